import { ByteBuffer } from '../model/byte-buffer.ts';
import { longestMessage } from '../model/redactor.ts';

/** One line without its end, or the length of one too long to keep. */
export type Line =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'too-long'; readonly bytes: number };

/** Cuts a byte stream into lines. A character is never split: lines are decoded whole (docs/reliability.md, R10). */
export class LineSplitter {
  readonly #limit: number;
  readonly #held = new ByteBuffer();
  /** Length of the line so far, also when it is too long to be held. */
  #length = 0;

  constructor(limit = longestMessage) {
    this.#limit = limit;
  }

  /** The lines that these bytes complete. */
  push(bytes: Uint8Array): Line[] {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const lines: Line[] = [];
    let start = 0;
    for (let end = text.indexOf(10, start); end !== -1; end = text.indexOf(10, start)) {
      const isWhole = this.#length === 0 && end - start <= this.#limit;
      lines.push(
        isWhole ? { kind: 'line', text: text.toString('utf8', start, end) } : this.#complete(text.subarray(start, end)),
      );
      start = end + 1;
    }
    this.#hold(text.subarray(start));
    return lines;
  }

  /** The last line, when it has no line feed. */
  end(): Line[] {
    return this.#length === 0 ? [] : [this.#complete(new Uint8Array())];
  }

  #complete(rest: Uint8Array): Line {
    const bytes = this.#length + rest.length;
    this.#length = 0;
    if (bytes > this.#limit) {
      this.#held.clear();
      return { kind: 'too-long', bytes };
    }
    this.#held.append(rest);
    const text = textOf(this.#held.bytes);
    this.#held.clear();
    return { kind: 'line', text };
  }

  /** Keeps a copy of the beginning of a line: the caller may use its buffer again. */
  #hold(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > this.#limit) this.#held.clear();
    else this.#held.append(part);
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

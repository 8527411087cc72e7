/** Lines longer than this are kept in the log only: the CLI's longest sensible line is far shorter (promises, R23). */
export const maxLineBytes = 16 * 1024 * 1024;

/** One line without its end, or the length of one too long to keep. */
export type Line =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'too-long'; readonly bytes: number };

/** Cuts a byte stream into lines. A character is never split: lines are decoded whole (R10). */
export class LineSplitter {
  readonly #limit: number;
  #parts: Uint8Array[] = [];
  #length = 0;

  constructor(limit = maxLineBytes) {
    this.#limit = limit;
  }

  /** The lines that these bytes complete. */
  push(bytes: Uint8Array): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = bytes.indexOf(10, start); end !== -1; end = bytes.indexOf(10, start)) {
      this.#keep(bytes.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    this.#keep(bytes.subarray(start));
    return lines;
  }

  /** The last line, when it has no line feed. */
  end(): Line[] {
    return this.#length === 0 ? [] : [this.#take()];
  }

  #keep(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > this.#limit) this.#parts = [];
    // A copy: the caller may use its buffer again.
    else if (part.length > 0) this.#parts.push(part.slice());
  }

  #take(): Line {
    const bytes = this.#length;
    const line: Line =
      bytes > this.#limit
        ? { kind: 'too-long', bytes }
        : { kind: 'line', text: Buffer.concat(this.#parts).toString('utf8') };
    this.#parts = [];
    this.#length = 0;
    return line;
  }
}

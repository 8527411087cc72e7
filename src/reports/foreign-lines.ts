import { Buffer } from 'node:buffer';
import { plainText } from '../text/plain-text.ts';

/** Stands before each line of a log that is not ours; no line of ours begins with it. */
const bar = '│ ';
const barBytes = Buffer.from(bar);
const [tab, lineFeed, firstPrintable, lastPrintable] = [0x09, 0x0a, 0x20, 0x7e];

/** A terminal sequence whose end is further away than this is shown, not removed. */
const longestHeld = 4_096;

/** Text of others, each line behind a bar, with nothing in it that a terminal would obey. */
export function foreignLines(text: string): string {
  const lines = plainText(text).replace(/\n$/u, '').replaceAll('\n', `\n${bar}`);
  return `${bar}${lines}\n`;
}

/** The same for bytes that come in pieces: each is shown when it comes, but for what may be the half of something. */
export class ForeignLines {
  readonly #decoder = new TextDecoder();
  #held = '';
  #hasHalf = false;
  #atLineStart = true;

  /** The lines that a piece goes on with. */
  push(bytes: Uint8Array): string | Uint8Array {
    const lines = this.#held === '' && !this.#hasHalf ? countPlainLines(bytes) : undefined;
    if (lines !== undefined) return this.#behindBars(bytes, lines);
    const text = this.#held + this.#decoder.decode(bytes, { stream: true });
    this.#hasHalf = (bytes.at(-1) ?? 0) > 0x7f;
    const end = endOfWhole(text);
    this.#held = text.slice(end);
    return this.#shown(text.slice(0, end));
  }

  /** What was held back, and the end of a line that has none. */
  end(): string {
    const rest = this.#shown(this.#held + this.#decoder.decode());
    return this.#atLineStart ? rest : `${rest}\n`;
  }

  #shown(text: string): string {
    if (text === '') return '';
    const plain = plainText(text);
    const start = this.#atLineStart ? bar : '';
    this.#atLineStart = plain.endsWith('\n');
    const lines = (this.#atLineStart ? plain.slice(0, -1) : plain).replaceAll('\n', `\n${bar}`);
    return `${start}${lines}${this.#atLineStart ? '\n' : ''}`;
  }

  /** Most output is plain: it needs no decoding, and there may be gigabytes of it. */
  #behindBars(bytes: Uint8Array, lines: number): Uint8Array {
    const shown = Buffer.allocUnsafe(bytes.length + (lines + 1) * barBytes.length);
    let length = 0;
    for (let from = 0; from < bytes.length; ) {
      if (this.#atLineStart) length += barBytes.copy(shown, length);
      const end = bytes.indexOf(lineFeed, from) + 1 || bytes.length;
      shown.set(bytes.subarray(from, end), length);
      length += end - from;
      this.#atLineStart = bytes[end - 1] === lineFeed;
      from = end;
    }
    return shown.subarray(0, length);
  }
}

/** How many line feeds there are among bytes that are all printable ASCII; undefined if any is not. */
function countPlainLines(bytes: Uint8Array): number | undefined {
  let lines = 0;
  for (const byte of bytes) {
    if (byte === lineFeed) lines += 1;
    else if ((byte < firstPrintable && byte !== tab) || byte > lastPrintable) return undefined;
  }
  return lines;
}

/** Where the text ends that surely is whole: behind it there may be the beginning of a terminal sequence, or half a line break. */
function endOfWhole(text: string): number {
  const sequence = Math.max(text.lastIndexOf('\u001b'), text.lastIndexOf('\u009b'));
  const isOpen = sequence !== -1 && text.length - sequence <= longestHeld && !text.includes('\n', sequence);
  if (isOpen) return sequence;
  return text.endsWith('\r') ? text.length - 1 : text.length;
}

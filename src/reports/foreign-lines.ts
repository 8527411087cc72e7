import { Buffer } from 'node:buffer';
import { plainText } from '../text/plain-text.ts';

/** Stands before each line of a log that is not ours; no line of ours begins with it. */
const bar = '│ ';
/** Its bytes as characters of Latin 1. */
const barInLatin1 = Buffer.from(bar).toString('latin1');
const printable = /^[\t\n -~]*$/;

/** A terminal sequence whose end is further away than this is shown, not removed. */
const longestHeld = 4_096;

/** Untrusted text, each line behind a bar, with nothing in it that a terminal would obey; text, or its bytes. */
export function foreignLines(text: string): string | Uint8Array {
  const isAscii = printable.test(text);
  const barOfLine = isAscii ? barInLatin1 : bar;
  const lines = (isAscii ? text : plainText(text)).replace(/\n$/u, '').replaceAll('\n', `\n${barOfLine}`);
  const behind = `${barOfLine}${lines}\n`;
  return isAscii ? Buffer.from(behind, 'latin1') : behind;
}

/** Untrusted text that comes in pieces: each is shown at once, except for an end that may be incomplete. */
export class ForeignLines {
  readonly #decoder = new TextDecoder();
  #held = '';
  #hasHalf = false;
  #atLineStart = true;

  /** The lines that a piece goes on with. */
  push(bytes: Uint8Array): string | Uint8Array {
    const ascii = this.#held === '' && !this.#hasHalf ? printableAscii(bytes) : undefined;
    if (ascii !== undefined) return Buffer.from(this.#behindBars(ascii, barInLatin1), 'latin1');
    const text = this.#held + this.#decoder.decode(bytes, { stream: true });
    this.#hasHalf = (bytes.at(-1) ?? 0) > 0x7f;
    const end = endOfWhole(text);
    this.#held = text.slice(end);
    return this.#behindBars(plainText(text.slice(0, end)), bar);
  }

  /** The bytes held back, and a line end where the last line has none. */
  end(): string {
    const rest = this.#behindBars(plainText(this.#held + this.#decoder.decode()), bar);
    return this.#atLineStart ? rest : `${rest}\n`;
  }

  #behindBars(text: string, barOfLine: string): string {
    if (text === '') return '';
    const start = this.#atLineStart ? barOfLine : '';
    this.#atLineStart = text.endsWith('\n');
    const lines = (this.#atLineStart ? text.slice(0, -1) : text).replaceAll('\n', `\n${barOfLine}`);
    return `${start}${lines}${this.#atLineStart ? '\n' : ''}`;
  }
}

/** The text of bytes that are all printable ASCII, which most output is: it needs no decoding, and there may be gigabytes of it. */
function printableAscii({ buffer, byteOffset, byteLength }: Uint8Array): string | undefined {
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
  return printable.test(text) ? text : undefined;
}

/** End of the text that is complete: after it a terminal sequence or a line break may be cut. */
function endOfWhole(text: string): number {
  const sequence = Math.max(text.lastIndexOf('\u001b'), text.lastIndexOf('\u009b'));
  const isOpen = sequence !== -1 && text.length - sequence <= longestHeld && !text.includes('\n', sequence);
  if (isOpen) return sequence;
  return text.endsWith('\r') ? text.length - 1 : text.length;
}

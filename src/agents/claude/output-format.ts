import { ByteBuffer } from '../../model/byte-buffer.ts';
import { parseMessage } from './messages.ts';

/** A first line that is longer is no message of the CLI's. */
const firstLineLimitBytes = 1024 * 1024;

const lineFeed = 10;
const openingBrace = 0x7b;

/** The detected format of standard output, and all of it so far. */
export interface KnownOutput {
  readonly format: 'stream-json' | 'plain';
  readonly bytes: Uint8Array;
}

/** Distinguishes messages of the CLI from plain text by the first line that is not blank: a JSON object with a text `type` is a message. */
export class FormatDetector {
  readonly #held = new ByteBuffer();
  /** Start of that line, as far as it is known, so that no byte is read twice. */
  #start = 0;

  /** Takes the next bytes; undefined while the format is not known yet. `isLast`: no more bytes follow. */
  push(bytes: Uint8Array, isLast: boolean): KnownOutput | undefined {
    const from = this.#held.length;
    this.#held.append(bytes);
    const format = this.#formatOf(this.#held.bytes, from, isLast);
    return format === undefined ? undefined : { format, bytes: this.#held.bytes };
  }

  #formatOf(held: Uint8Array, from: number, isLast: boolean): KnownOutput['format'] | undefined {
    while (this.#start < held.length && isBlank(held[this.#start])) this.#start += 1;
    if (this.#start === held.length) return isLast || held.length > firstLineLimitBytes ? 'plain' : undefined;
    if (held[this.#start] !== openingBrace) return 'plain';
    const end = held.indexOf(lineFeed, Math.max(this.#start, from));
    if (end === -1 && !isLast && held.length - this.#start <= firstLineLimitBytes) return undefined;
    const line = Buffer.from(held.subarray(this.#start, end === -1 ? held.length : end)).toString('utf8');
    return parseMessage(line) === undefined ? 'plain' : 'stream-json';
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte !== undefined && (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

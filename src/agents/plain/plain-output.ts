import { Buffer } from 'node:buffer';
import { ByteBuffer } from '../../model/byte-buffer.ts';
import { firstBytes } from '../../text/cut-text.ts';

/** `ProcessResult.output` holds this much. */
export const outputLimitBytes = 1024 * 1024;

/** Standard output of a plain program, which is its answer. */
export interface PlainAnswer {
  /** The beginning, at most `outputLimitBytes`. */
  readonly text: string;
  /** There was more. */
  readonly isTruncated: boolean;
}

/** Reads the output of a plain program: keeps the beginning, and counts the rest. */
export class PlainOutput {
  readonly #head = new ByteBuffer();
  #length = 0;

  take(bytes: Uint8Array): void {
    // One byte more than the limit, so that a cut at the limit is still a cut at a whole character.
    const room = outputLimitBytes + 1 - this.#length;
    if (room > 0) this.#head.append(bytes.subarray(0, room));
    this.#length += bytes.length;
  }

  answer(): PlainAnswer {
    return {
      text: firstBytes(Buffer.from(this.#head.bytes), outputLimitBytes),
      isTruncated: this.#length > outputLimitBytes,
    };
  }
}

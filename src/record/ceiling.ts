import { Buffer } from 'node:buffer';

const lineFeed = 10;

/** The most that a file may hold. */
export interface Ceiling {
  readonly bytes: number;
  /** Called when the rest is left out. */
  onReached(): void;
}

/** The beginning of a text up to its last complete line; without one, and unless `onlyWhole`, up to its last complete character. */
export function wholeLines(text: Uint8Array, onlyWhole = false): Uint8Array {
  const lines = text.lastIndexOf(lineFeed) + 1;
  if (lines > 0 || onlyWhole) return text.subarray(0, lines);
  let start = text.length - 1;
  while (start > 0 && ((text[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  // The first byte of a character begins with as many ones as the character has bytes, or with a zero.
  const wanted = Math.max(1, Math.clz32(~((text[start] ?? 0) << 24)));
  return text.length - start === wanted ? text : text.subarray(0, Math.max(0, start));
}

/** The parts of a content, without what is beyond the ceiling. */
export async function* withinCeiling(
  ceiling: Ceiling | undefined,
  parts: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): AsyncIterable<string | Uint8Array> {
  let room = ceiling?.bytes ?? Number.POSITIVE_INFINITY;
  for await (const part of parts) {
    const bytes = Buffer.byteLength(part);
    if (bytes > room) {
      ceiling?.onReached();
      yield wholeLines(Buffer.from(part).subarray(0, room));
      return;
    }
    room -= bytes;
    yield part;
  }
}

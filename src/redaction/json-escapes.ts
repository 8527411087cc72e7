import { alphabetOf, byteOf } from '../text/alphabet.ts';

const backslash = byteOf('\\');
const letterU = byteOf('u');
const hexDigits = alphabetOf('0123456789abcdefABCDEF');
const shortEscapes = alphabetOf('"\\/bfnrt');
const longEscapeLength = 6;

/** The length of the JSON escape sequence that begins at `at`; 0 when none does; more than there is when it is cut. */
export function escapeLengthAt(data: Uint8Array, at: number): number {
  if (data[at] !== backslash) return 0;
  const letter = data[at + 1];
  if (letter === undefined || shortEscapes[letter] === 1) return 2;
  if (letter !== letterU) return 0;
  for (let digit = at + 2; digit < Math.min(at + longEscapeLength, data.length); digit += 1) {
    if (hexDigits[data[digit] as number] === 0) return 0;
  }
  return longEscapeLength;
}

/**
 * Where the JSON escape sequence begins that `at` would cut in two; `at` itself when it cuts none. The data must not
 * begin within a sequence.
 */
export function escapeStart(data: Uint8Array, at: number): number {
  for (let start = at - 1; start >= Math.max(0, at - longEscapeLength + 1); start -= 1) {
    if (data[start] !== backslash) continue;
    // In a run of backslashes each second one is escaped by the one before it.
    let first = start;
    while (first > 0 && data[first - 1] === backslash) first -= 1;
    const opening = (start - first) % 2 === 0 ? start : start - 1;
    return opening + escapeLengthAt(data, opening) > at ? opening : at;
  }
  return at;
}

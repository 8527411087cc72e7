import { Buffer } from 'node:buffer';
import { byteOf, type ScannedBytes, wordAlphabet } from '../text/alphabet.ts';
import { controlEnd, sequenceEnd } from '../text/terminal-sequences.ts';

/** Bytes within a text that are no part of it. */
export interface IgnorableRange {
  readonly start: number;
  /** Infinite while the bytes so far do not show where, or whether, it ends. */
  readonly end: number;
}

const introducer = 0x1b;
/** The first byte, in UTF-8, of a control sequence whose introducer is one character. */
const shortIntroducer = [0xc2, 0x9b] as const;
const backspace = 0x08;
const lineFeed = byteOf('\n');
const carriageReturn = byteOf('\r');
const backslash = byteOf('\\');
const openingBytes = [introducer, shortIntroducer[0], lineFeed, carriageReturn, backslash];
const base64 = wordAlphabet('+/-_');
/** A line that `base64` has wrapped is longer (64 or 76); a shorter one ends where its writer wanted it to. */
const leastLine = 40;
/** JSON in JSON in JSON; more is no escape sequence that anyone writes. */
const mostBackslashes = 8;
/** In bytes. `u001b` behind so many backslashes takes 13, `r` and `n` each behind so many take 18: this is enough for both. */
const longestEscape = 2 * mostBackslashes + 5;
const escapedIntroducer = '\\u001';
const escapeCode = 'u001b';

/** Start of a search, and the number of bytes of base64 just before it, up to `leastLine`. */
interface SearchStart {
  readonly from: number;
  readonly word: number;
}

/**
 * Finds terminal sequences such as a colour, and line breaks of wrapped base64, be they as such or escaped in JSON; also what
 * moves a terminal back within its line.
 */
export class IgnorableRanges {
  readonly #bytes: ScannedBytes;
  readonly #start: SearchStart;
  /** The next opening of each kind, so that a rare one is searched only once. */
  readonly #introducers: Places;
  readonly #shortIntroducers: Places;
  readonly #backspaces: Places;
  readonly #returns: Places;
  readonly #escapes: Places;
  readonly #breaks: Places;
  readonly #tail: Places;
  #at: number;

  constructor(bytes: ScannedBytes, start: SearchStart) {
    const { data, final } = bytes;
    const { buffer, byteOffset, length } = data;
    const native = Buffer.from(buffer, byteOffset, length);
    this.#bytes = bytes;
    this.#start = start;
    this.#at = start.from;
    const next = (wanted: number | Uint8Array) => (from: number) => {
      const found = native.indexOf(wanted, from);
      return found === -1 ? length : found;
    };
    this.#introducers = new Places(next(introducer));
    this.#shortIntroducers = new Places(next(Buffer.from(shortIntroducer)));
    this.#backspaces = new Places(next(backspace));
    this.#returns = new Places((from) => this.#loneReturn(native, from));
    this.#escapes = new Places((from) => {
      const found = native.indexOf(escapedIntroducer, from, 'latin1');
      return found === -1 ? length : this.#firstBackslash(found, from);
    });
    this.#breaks = new Places((from) => this.#wordEnd(from));
    // Near the end of the bytes an opening may be cut off: there each byte counts that may be the first of one.
    this.#tail = new Places((from) => (final ? length : this.#anyOpening(Math.max(from, length - longestEscape))));
  }

  /** The next gap behind the one that was given last. */
  next(): IgnorableRange | undefined {
    const { data } = this.#bytes;
    for (let at = this.#opening(this.#at); at < data.length; at = this.#opening(at + 1)) {
      const end = this.#gapEnd(at);
      if (end <= at) continue;
      this.#at = end;
      return { start: this.#ownStart(at), end };
    }
    this.#at = data.length;
    return undefined;
  }

  /** Number of bytes of base64 just before `at`, up to `leastLine`. */
  wordBefore(at: number): number {
    const { data } = this.#bytes;
    const { from, word } = this.#start;
    let start = at;
    while (start > from && at - start < leastLine && base64[data[start - 1] as number] === 1) start -= 1;
    return Math.min(leastLine, at - start + (start === from ? word : 0));
  }

  /** The first place from `from` on where a gap may begin, or the end of the bytes. */
  #opening(from: number): number {
    if (from >= this.#bytes.data.length) return from;
    return Math.min(
      this.#introducers.next(from),
      this.#shortIntroducers.next(from),
      this.#backspaces.next(from),
      this.#returns.next(from),
      this.#escapes.next(from),
      this.#breaks.next(from),
      this.#tail.next(from),
    );
  }

  /** End of the gap that may begin at `at`; 0 when none does. */
  #gapEnd(at: number): number {
    const { data, final } = this.#bytes;
    switch (data[at]) {
      case introducer:
        return sequenceEnd(this.#bytes, at + 1, 'plain');
      case backspace:
        return at + 1;
      case shortIntroducer[0]:
        if (at + 1 === data.length) return final ? 0 : Number.POSITIVE_INFINITY;
        return data[at + 1] === shortIntroducer[1] ? controlEnd(this.#bytes, at + 2) : 0;
      default: {
        const end = escapedEnd(this.#bytes, at, this.wordBefore(at) >= leastLine);
        return end === 0 && data[at] === carriageReturn ? returnEnd(this.#bytes, at) : end;
      }
    }
  }

  /** The next carriage return without a line feed: a terminal goes on at the beginning of the same line. */
  #loneReturn(native: Buffer, from: number): number {
    let at = native.indexOf(carriageReturn, from);
    while (at !== -1 && native[at + 1] === lineFeed) at = native.indexOf(carriageReturn, at + 2);
    return at === -1 ? native.length : at;
  }

  /**
   * Where an escaped introducer begins, of whose backslashes the ones from `at` on may belong to the text before it. JSON
   * doubles both at each level: its own are the greatest power of two that divides their number.
   */
  #ownStart(at: number): number {
    const { data } = this.#bytes;
    let letter = at;
    while (data[letter] === backslash) letter += 1;
    if (letter === at || data[letter] !== byteOf('u')) return at;
    let first = at;
    while (first > 0 && data[first - 1] === backslash) first -= 1;
    const all = letter - first;
    return Math.max(at, letter - (all & -all));
  }

  /** The first of the backslashes that belong to the escape whose last one stands at a place. */
  #firstBackslash(place: number, from: number): number {
    const least = Math.max(from, place + 1 - mostBackslashes);
    let first = place;
    while (first > least && this.#bytes.data[first - 1] === backslash) first -= 1;
    return first;
  }

  /**
   * The end of the next run of base64 that is long enough to be a wrapped line (`leastLine`). Forty places are looked at from
   * the last one backwards: the first byte that is not base64 rules out all runs before it, so most text is passed in leaps.
   */
  #wordEnd(from: number): number {
    const { data } = this.#bytes;
    let start = from;
    if (from === this.#start.from) {
      start = this.#bytes.runEnd(base64, from);
      if (start < data.length && start - from + this.#start.word >= leastLine) return start;
    }
    for (;;) {
      const far = start + leastLine - 1;
      if (far >= data.length) return data.length;
      let near = far;
      while (near >= start && base64[data[near] as number] === 1) near -= 1;
      if (near < start) return this.#bytes.runEnd(base64, far);
      start = near + 1;
    }
  }

  #anyOpening(from: number): number {
    const { data } = this.#bytes;
    let at = from;
    while (at < data.length && !openingBytes.includes(data[at] as number)) at += 1;
    return at;
  }
}

/** Places of one kind, asked for from the first to the last. */
class Places {
  readonly #find: (from: number) => number;
  #next = -1;

  constructor(find: (from: number) => number) {
    this.#find = find;
  }

  /** The first one from `from` on. */
  next(from: number): number {
    if (this.#next < from) this.#next = this.#find(from);
    return this.#next;
  }
}

/** End of a carriage return without a line feed after it; 0 with one. */
function returnEnd({ data, final }: ScannedBytes, at: number): number {
  if (at + 1 === data.length) return final ? 0 : Number.POSITIVE_INFINITY;
  return data[at + 1] === lineFeed ? 0 : at + 1;
}

/** End of a line break, or of an escape of anything ignorable; 0 when there is none. */
function escapedEnd(bytes: ScannedBytes, at: number, isWrapped: boolean): number {
  const { data, final } = bytes;
  if (data[at] === lineFeed) return isWrapped ? at + 1 : 0;
  let letter = at;
  while (data[letter] === backslash && letter - at <= mostBackslashes) letter += 1;
  if (letter - at > mostBackslashes) return 0;
  if (letter === data.length) return final ? 0 : Number.POSITIVE_INFINITY;
  const name = String.fromCharCode(data[letter] as number);
  if (name === 'u') return escapedSequenceEnd(bytes, letter);
  if (!isWrapped) return 0;
  if (letter > at && name === 'n') return letter + 1;
  const isReturn = data[letter] === carriageReturn || (letter > at && name === 'r');
  return isReturn ? lineFeedEnd(bytes, letter + 1) : 0;
}

/** End of a line feed after a carriage return. */
function lineFeedEnd({ data, final }: ScannedBytes, at: number): number {
  if (data[at] === lineFeed) return at + 1;
  let letter = at;
  while (data[letter] === backslash && letter - at <= mostBackslashes) letter += 1;
  if (letter === data.length) return final ? 0 : Number.POSITIVE_INFINITY;
  return letter > at && data[letter] === byteOf('n') ? letter + 1 : 0;
}

function escapedSequenceEnd(bytes: ScannedBytes, at: number): number {
  const code = String.fromCharCode(...bytes.data.subarray(at, at + escapeCode.length)).toLowerCase();
  if (code === escapeCode) return sequenceEnd(bytes, at + escapeCode.length, 'escaped');
  // Decided as early as possible: an undecided rest counts as one gap, and is not searched.
  return escapeCode.startsWith(code) && !bytes.final ? Number.POSITIVE_INFINITY : 0;
}

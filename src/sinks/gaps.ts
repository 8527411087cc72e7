import { alphabetOf, byteOf, type ScannedBytes, wordAlphabet } from './alphabet.ts';

/** Bytes within a text that are no part of it. */
export interface Gap {
  readonly start: number;
  /** Infinite when the bytes so far do not tell where, or whether, it ends. */
  readonly end: number;
}

/** Where to look for a gap, and how many bytes of base64 stand just before, up to `leastLine`. */
export interface GapSearch {
  readonly from: number;
  readonly word: number;
}

const introducer = 0x1b;
const lineFeed = byteOf('\n');
const carriageReturn = byteOf('\r');
const backslash = byteOf('\\');
const openingBytes = [introducer, lineFeed, carriageReturn, backslash];
const base64 = wordAlphabet('+/-_');
/** A line that `base64` has wrapped is longer (64 or 76); a shorter one ends where its writer wanted it to. */
const leastLine = 40;
/** JSON in JSON in JSON; more is no escape sequence that anyone writes. */
const mostBackslashes = 8;
const escapeCode = /^u001b$/iu;
const parameters = alphabetOf("0123456789:;<=>? !#$%&'()*+,-./");
/** Without the backslash, which in JSON begins something else. */
const finals = wordAlphabet('@[]^_`{|}~');
const longestSequence = 64;

/** The places where a gap may begin, to be asked for from the first to the last. */
export class Openings {
  readonly #data: Uint8Array;
  /** The next of each kind: what is rare is looked for once only. */
  readonly #next: number[];

  constructor(data: Uint8Array, from: number) {
    this.#data = data;
    this.#next = openingBytes.map((byte) => this.#find(byte, from));
  }

  /** The first one from `from` on, or the end of the bytes. */
  from(from: number): number {
    let first = this.#data.length;
    for (let kind = 0; kind < openingBytes.length; kind += 1) {
      if ((this.#next[kind] as number) < from) this.#next[kind] = this.#find(openingBytes[kind] as number, from);
      first = Math.min(first, this.#next[kind] as number);
    }
    return first;
  }

  #find(byte: number, from: number): number {
    if (this.#data[from] === byte) return from;
    const at = this.#data.indexOf(byte, from);
    return at === -1 ? this.#data.length : at;
  }
}

/** The first terminal sequence such as a colour, or line break of wrapped base64, be they as such or escaped in JSON. */
export function nextGap(bytes: ScannedBytes, openings: Openings, { from, word }: GapSearch): Gap | undefined {
  const { data } = bytes;
  for (let at = openings.from(from); at < data.length; at = openings.from(at + 1)) {
    const isWrapped = wordBefore(data, at, { from, word }) >= leastLine;
    const end = data[at] === introducer ? sequenceEnd(bytes, at + 1) : escapedEnd(bytes, at, isWrapped);
    if (end > at) return { start: at, end };
  }
  return undefined;
}

/** How many bytes of base64 stand just before `at`, up to `leastLine`. */
export function wordBefore(data: Uint8Array, at: number, { from, word }: GapSearch): number {
  let start = at;
  while (start > from && at - start < leastLine && base64[data[start - 1] as number] === 1) start -= 1;
  return Math.min(leastLine, at - start + (start === from ? word : 0));
}

/** Where a line break, or the escape of anything that counts, ends; 0 when there is none. */
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

/** Where a line feed behind a carriage return ends. */
function lineFeedEnd({ data, final }: ScannedBytes, at: number): number {
  if (data[at] === lineFeed) return at + 1;
  let letter = at;
  while (data[letter] === backslash && letter - at <= mostBackslashes) letter += 1;
  if (letter === data.length) return final ? 0 : Number.POSITIVE_INFINITY;
  return letter > at && data[letter] === byteOf('n') ? letter + 1 : 0;
}

function escapedSequenceEnd(bytes: ScannedBytes, at: number): number {
  const code = String.fromCharCode(...bytes.data.subarray(at, at + 5));
  if (code.length === 5) return escapeCode.test(code) ? sequenceEnd(bytes, at + 5) : 0;
  return bytes.final ? 0 : Number.POSITIVE_INFINITY;
}

/** Where a control sequence ends whose introducer goes on at `at`: `[`, parameters, and a final byte (ECMA-48, 5.4). */
function sequenceEnd({ data, final }: ScannedBytes, at: number): number {
  if (at < data.length && data[at] !== byteOf('[')) return 0;
  let end = at + 1;
  while (end < data.length && end - at < longestSequence && parameters[data[end] as number] === 1) end += 1;
  if (end - at >= longestSequence) return 0;
  if (end >= data.length) return final ? 0 : Number.POSITIVE_INFINITY;
  return finals[data[end] as number] === 1 ? end + 1 : 0;
}

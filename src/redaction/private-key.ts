import { Buffer } from 'node:buffer';
import { alphabetOf, byteOf, type ScannedBytes, wordAlphabet } from '../text/alphabet.ts';
import type { Extent, SecretEnd, TokenShape } from './token-shape.ts';

const kinds = [
  ...['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED '].map((kind) => `${kind}PRIVATE KEY`),
  ...['PGP PRIVATE KEY BLOCK', 'SSH2 ENCRYPTED PRIVATE KEY'],
];

/** Every line of a key but its last is longer; prose about keys has no word that long. */
const leastKeyWord = 16;

/**
 * What may stand before each line of a key: its number and a tab or an arrow, as Claude's Read tool shows a file (the arrow in UTF-8),
 * or a colon, as `grep` does; the marks of a quotation, a comment, a difference or a table.
 */
const lineMarks = '0123456789 \t>|+:*#\xe2\x86\x92';

/** Also the path of its file, which `grep` puts before a line. */
const word = wordAlphabet('+/=-._');
const base64 = wordAlphabet('+/=');
const keyText = wordAlphabet(`+/=-_,.()\r\n${lineMarks}`);

/** The body below `-----BEGIN PRIVATE KEY-----`, whether its line feeds are real or the escapes of a string. */
export function privateKeyBlock(): TokenShape {
  return {
    prefixes: kinds.map((kind) => `-----BEGIN ${kind}-----`),
    measure(bytes, { at }): Extent {
      const start = jointEnd(bytes, at);
      if (start === Number.POSITIVE_INFINITY) return { kind: 'unfinished' };
      const end = bytes.shortRunEnd(word, { from: start, most: leastKeyWord });
      if (end === bytes.data.length && !bytes.final) return { kind: 'unfinished' };
      const isHeaderLine = end > start && bytes.data[end] === byteOf(':');
      if (end - start < leastKeyWord && !isHeaderLine) return { kind: 'none' };
      return { kind: 'secret', start: at, ...keyBlockEnd(bytes, at) };
    },
    extend: keyBlockEnd,
  };
}

/** In bytes. */
const longestJoint = 64;

/**
 * What parts two lines of a key where it is shown as something else: line ends, escaped or as `cat -A` shows them; quotes
 * and commas of a list; tags; the marks of a list or of a quotation, code marks among them.
 */
const joint =
  /(?:[\s"'`,$[\]|>*#:+0-9.\xe2\x86\x92]|-(?!----)|\^[MI@]|<\/?[a-z0-9]{1,10} {0,2}\/?>|&(?:#?\w{1,6});|\\+[nrt"'/])*/iy;

/** The beginning of something that parts lines, cut off. */
const partOfJoint = /^(?:\^|<\/?[a-z0-9]{0,10} {0,2}\/?|&#?\w{0,6}|\\+|-{1,4})$/iu;

/** End of a separator of two lines; infinite when more bytes are needed to decide. */
function jointEnd({ data, final }: ScannedBytes, at: number): number {
  const length = Math.min(longestJoint, data.length - at);
  const window = Buffer.from(data.buffer, data.byteOffset + at, length).toString('latin1');
  joint.lastIndex = 0;
  const end = joint.exec(window)?.[0].length ?? 0;
  const isCut = length < longestJoint && !final && partOfJoint.test(window.slice(end));
  return isCut ? Number.POSITIVE_INFINITY : at + end;
}

/** Goes on to the five dashes of the closing line, or to the first character that no key block holds. */
function keyBlockEnd(bytes: ScannedBytes, at: number): SecretEnd {
  const { data, final } = bytes;
  let end = at;
  while (end < data.length) {
    const length = keyTextLength(data, end) || partLength(bytes, end);
    if (length === 0) return { end, open: false };
    if (end + length > data.length) return { end: final ? data.length : end, open: !final };
    end += length;
  }
  return { end, open: !final };
}

/** The length of what a key block may go on with at `at`; past the end of the bytes when they do not decide it. */
function keyTextLength(data: Uint8Array, at: number): number {
  const byte = data[at] as number;
  if (byte === byteOf('\\')) return escapeLength(data, at);
  return byte === byteOf('-') ? dashLength(data, at) : (keyText[byte] as number);
}

/**
 * The length of what parts this line of a key from a next one, with the beginning of that; 0 when no line comes, infinite
 * when the bytes do not decide it.
 */
function partLength(bytes: ScannedBytes, at: number): number {
  const { data, final } = bytes;
  const start = jointEnd(bytes, at);
  if (start === at) return 0;
  if (start === Number.POSITIVE_INFINITY) return start;
  const end = bytes.shortRunEnd(base64, { from: start, most: leastKeyWord });
  if (end === data.length && !final) return start - at < longestJoint ? Number.POSITIVE_INFINITY : 0;
  if (end - start === leastKeyWord) return end - at;
  // The last line may be short: the closing one follows.
  const closing = jointEnd(bytes, end);
  if (closing + closingDashes > data.length && !final) return Number.POSITIVE_INFINITY;
  return dashLength(data, closing) === 0 && data[closing] === byteOf('-') ? closing - at : 0;
}

const closingDashes = 5;
const escapedInKey = alphabetOf('nrt/');

/** Far more than any nesting of strings in strings needs. */
const mostBackslashes = 64;

/** The length of the escape of a line feed or a tab at `at`, escaped any number of times itself; 0 for the escape of anything else. */
function escapeLength(data: Uint8Array, at: number): number {
  let letter = at;
  while (data[letter] === byteOf('\\')) letter += 1;
  const byte = data[letter];
  const mayFollow = byte === undefined || escapedInKey[byte] === 1;
  return mayFollow && letter - at <= mostBackslashes ? letter - at + 1 : 0;
}

/** 1 for a dash in the text, 0 for the five that close a block; past the end of the bytes when they do not decide it. */
function dashLength(data: Uint8Array, at: number): number {
  for (let next = at + 1; next < at + closingDashes; next += 1) {
    if (next >= data.length) return closingDashes;
    if (data[next] !== byteOf('-')) return 1;
  }
  return 0;
}

/** A key block in base64, as in a secret of Kubernetes. */
export function encodedPrivateKey(): TokenShape {
  const prefixes = kinds.flatMap((kind) => [0, 1, 2].map((shift) => innerBase64(`-----BEGIN ${kind}-----`, shift)));
  return {
    prefixes,
    measure: (bytes, { start, at }): Extent => ({ kind: 'secret', start, ...wrappedEnd(bytes, at) }),
    extend: wrappedEnd,
  };
}

/** The characters that stand for this text alone when so many bytes stand before it. */
function innerBase64(text: string, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64');
  const wholeBits = Math.floor(((shift + text.length) * 8) / 6);
  return encoded.slice(Math.ceil((shift * 8) / 6), wholeBits);
}

const base64Text = wordAlphabet('+/=-_');
const lineBreak = /(?:\r?\n|(?:\\+r)?\\+n)[ \t]{0,16}/y;
/** A line break and the beginning of a line, cut off. */
const partOfBreak = /^(?:\r?|(?:\\+r)?\\*|(?:\r?\n|(?:\\+r)?\\+n)[ \t]{0,16}[\w+/=-]{0,15})$/u;

/** Goes over line breaks as long as lines of base64 follow. */
function wrappedEnd(bytes: ScannedBytes, at: number): SecretEnd {
  const { data, final } = bytes;
  for (let end = bytes.runEnd(base64Text, at); ; ) {
    const length = Math.min(longestJoint, data.length - end);
    const window = Buffer.from(data.buffer, data.byteOffset + end, length).toString('latin1');
    if (length < longestJoint && !final && partOfBreak.test(window)) return { end, open: true };
    lineBreak.lastIndex = 0;
    const next = end + (lineBreak.exec(window)?.[0].length ?? 0);
    if (next === end || bytes.shortRunEnd(base64Text, { from: next, most: leastKeyWord }) - next < leastKeyWord)
      return { end, open: false };
    end = bytes.runEnd(base64Text, next);
  }
}

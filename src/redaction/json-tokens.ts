import type { Buffer } from 'node:buffer';
import type { MessageWords } from '../model/redactor.ts';
import { byteOf } from '../text/alphabet.ts';

/** A string or a number of a line of JSON. */
export interface JsonToken {
  readonly kind: 'key' | 'string' | 'number';
  readonly start: number;
  /** The place behind it. */
  readonly end: number;
  /** The key that a value belongs to; absent in a list. */
  readonly key?: string;
  /** It is within untrusted data (`payloads`). */
  readonly inPayload: boolean;
}

interface Level {
  readonly isObject: boolean;
  readonly inPayload: boolean;
  /** Role of a string at this place. */
  expects: 'key' | 'value';
  key: string | undefined;
}

const quote = byteOf('"');
const backslash = byteOf('\\');
const minus = byteOf('-');

/** The strings and numbers of one object in JSON, in order. The line must be valid. */
export function* jsonTokens(line: Buffer, { payloads }: MessageWords): Generator<JsonToken> {
  const levels: Level[] = [];
  const open = (isObject: boolean): void => {
    const above = levels.at(-1);
    const inPayload = above !== undefined && (above.inPayload || payloads.has(above.key ?? ''));
    levels.push({ isObject, inPayload, expects: isObject ? 'key' : 'value', key: undefined });
  };
  for (let at = 0; at < line.length; ) {
    const byte = line[at] as number;
    const level = levels.at(-1);
    let end = at + 1;
    if (byte === quote && level !== undefined) {
      end = stringEnd(line, at);
      yield stringToken(line, { start: at, end }, level);
    } else if ((byte === minus || isDigit(byte)) && level !== undefined) {
      while (isOfNumber(line[end])) end += 1;
      yield { kind: 'number', start: at, end, inPayload: level.inPayload, ...keyOf(level) };
    } else step(byte, levels, open);
    at = end;
  }
}

function step(byte: number, levels: Level[], open: (isObject: boolean) => void): void {
  const level = levels.at(-1);
  switch (String.fromCharCode(byte)) {
    case '{':
      open(true);
      return;
    case '[':
      open(false);
      return;
    case '}':
    case ']':
      levels.pop();
      return;
    case ',':
      if (level?.isObject === true) level.expects = 'key';
  }
}

function stringToken(line: Buffer, { start, end }: { start: number; end: number }, level: Level): JsonToken {
  const { inPayload } = level;
  if (level.expects === 'value') return { kind: 'string', start, end, inPayload, ...keyOf(level) };
  level.expects = 'value';
  level.key = line.toString('utf8', start + 1, end - 1);
  return { kind: 'key', start, end, inPayload };
}

function keyOf({ key }: Level): { readonly key?: string } {
  return key === undefined ? {} : { key };
}

/** Behind the quote that ends the string that begins at `start`. */
function stringEnd(line: Buffer, start: number): number {
  for (let at = line.indexOf(quote, start + 1); at !== -1; at = line.indexOf(quote, at + 1)) {
    let first = at;
    while (line[first - 1] === backslash) first -= 1;
    if ((at - first) % 2 === 0) return at + 1;
  }
  return line.length;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isOfNumber(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && '+-.eE'.includes(String.fromCharCode(byte)));
}

import { Buffer } from 'node:buffer';
import { ByteBuffer } from '../model/byte-buffer.ts';
import { longestMessage, type MessageRedactor, type MessageWords } from '../model/redactor.ts';
import type { Steps } from '../model/steps.ts';
import { byteOf } from '../text/alphabet.ts';
import { mayHide, redactedJsonLine } from './json-line.ts';
import type { SecretAutomaton } from './secret-automaton.ts';
import { type Cut, type SecretTag, StreamRedaction } from './stream-redaction.ts';

/** Dependencies of the redaction of JSON lines. */
export interface JsonLinesOptions {
  readonly automaton: SecretAutomaton<SecretTag>;
  readonly text: (text: string) => Steps<string>;
  readonly words: MessageWords;
}

const lineFeed = byteOf('\n');
const carriageReturn = byteOf('\r');
const openingBrace = byteOf('{');
const closingBrace = byteOf('}');
/** Bytes that are redacted in one step. */
const otherStepBytes = 64 * 1024;
const nothing = new Uint8Array(0);

/** An object on a line of its own, the beginning of what may be one, or anything else. */
type LineKind = 'object' | 'begun' | 'other';

/** Bytes up to `end` that are all of one kind. */
interface Lines {
  readonly kind: LineKind;
  readonly end: number;
}

/**
 * Redacts a stream in which lines may be objects in JSON, as those of stream-json are. Such a line is held until it is whole,
 * and stays what it was but for the texts with a secret in them; all else passes as in any other stream.
 */
export class JsonLinesRedaction implements MessageRedactor {
  readonly #options: JsonLinesOptions;
  /** Redaction of everything that is not a JSON line; absent until there is some. */
  #other: StreamRedaction | undefined;
  /** The last byte taken stands within a line of that kind. */
  #isWithinOther = false;
  /** The beginning of what may be an object. */
  readonly #held = new ByteBuffer();

  constructor(options: JsonLinesOptions) {
    this.#options = options;
  }

  *push(bytes: Uint8Array): Steps<Uint8Array> {
    const data = this.#withHeld(bytes);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < data.length; ) {
      const { kind, end } = this.#linesAt(data, at);
      yield* this.#take(data.subarray(at, end), kind, parts);
      at = end;
    }
    return joined(parts);
  }

  *end(): Steps<Uint8Array> {
    const parts: Uint8Array[] = [];
    const rest = this.#release();
    if (rest.length > 0) yield* this.#take(rest, isObject(rest, 0, rest.length) ? 'object' : 'other', parts);
    parts.push(this.#settleOther());
    return joined(parts);
  }

  /** The bytes behind the line that they complete; alone while they complete none. */
  #withHeld(bytes: Uint8Array): Uint8Array {
    if (this.#held.length === 0 || !bytes.includes(lineFeed)) return bytes;
    const whole = Buffer.concat([this.#held.bytes, bytes]);
    this.#held.clear();
    return whole;
  }

  /** The run of lines of one kind that begins at `from`. */
  #linesAt(bytes: Uint8Array, from: number): Lines {
    if (this.#held.length > 0) return { kind: 'begun', end: bytes.length };
    const first: Lines = this.#isWithinOther ? { kind: 'other', end: lineEnd(bytes, from) } : lineAt(bytes, from);
    const { kind } = first;
    let { end } = first;
    while (end < bytes.length) {
      const next = lineAt(bytes, end);
      if (next.kind !== kind) break;
      ({ end } = next);
    }
    return { kind, end };
  }

  *#take(bytes: Uint8Array, kind: LineKind, parts: Uint8Array[]): Steps<void> {
    switch (kind) {
      case 'object':
        parts.push(this.#settleOther(), yield* redactedObjects(bytes, this.#options));
        return;
      case 'begun':
        yield* this.#hold(bytes, parts);
        return;
      case 'other':
        this.#other ??= new StreamRedaction(this.#options.automaton);
        this.#isWithinOther = bytes.at(-1) !== lineFeed;
        // What was held as the beginning of a message may be long.
        for (let at = 0; at < bytes.length; at += otherStepBytes) {
          parts.push(this.#other.push(bytes.subarray(at, at + otherStepBytes)));
          if (bytes.length > otherStepBytes) yield;
        }
    }
  }

  *#hold(bytes: Uint8Array, parts: Uint8Array[]): Steps<void> {
    this.#held.append(bytes);
    if (this.#held.length > longestMessage) yield* this.#take(this.#release(), 'other', parts);
  }

  #release(): Uint8Array {
    const held = this.#held.bytes.slice();
    this.#held.clear();
    return held;
  }

  /** Nothing of it goes on behind an object. */
  #settleOther(): Uint8Array {
    const rest = this.#other?.end() ?? nothing;
    this.#other = undefined;
    this.#isWithinOther = false;
    return rest;
  }
}

/** Without a copy where there is one part only. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter(({ length }) => length > 0);
  return filled.length === 1 ? (filled[0] as Uint8Array) : Buffer.concat(filled);
}

/** Lines of which each is an object, or looks like one. */
function* redactedObjects(bytes: Uint8Array, options: JsonLinesOptions): Steps<Uint8Array> {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const cuts = yield* new StreamRedaction(options.automaton).cutsIn(lines);
  if (cuts.length === 0 && !mayHide(lines.toString('latin1'))) return bytes;
  const parts: Uint8Array[] = [];
  let nextCut = 0;
  for (let start = 0; start < lines.length; ) {
    const end = lineEnd(lines, start);
    while (nextCut < cuts.length && (cuts[nextCut] as Cut).end <= start) nextCut += 1;
    const own: Cut[] = [];
    for (let at = nextCut; at < cuts.length && (cuts[at] as Cut).start < end; at += 1) {
      const cut = cuts[at] as Cut;
      own.push({ start: cut.start - start, end: cut.end - start });
    }
    parts.push(yield* redactedObject(lines.subarray(start, end), own, options));
    start = end;
  }
  return Buffer.concat(parts);
}

function* redactedObject(
  line: Buffer,
  cuts: readonly Cut[],
  { automaton, text, words }: JsonLinesOptions,
): Steps<Uint8Array> {
  if (cuts.length === 0 && !mayHide(line.toString('latin1'))) return line;
  const redacted = yield* redactedJsonLine(line, { words, text, cuts });
  if (redacted !== undefined) return redacted;
  return yield* new StreamRedaction(automaton).wholly(line);
}

function lineAt(bytes: Uint8Array, start: number): Lines {
  const feed = bytes.indexOf(lineFeed, start);
  if (feed !== -1) return { kind: isObject(bytes, start, feed) ? 'object' : 'other', end: feed + 1 };
  return { kind: bytes[start] === openingBrace ? 'begun' : 'other', end: bytes.length };
}

function lineEnd(bytes: Uint8Array, start: number): number {
  const feed = bytes.indexOf(lineFeed, start);
  return feed === -1 ? bytes.length : feed + 1;
}

/** Judged by its first and its last character: the rest is parsed only where there is something to hide. */
function isObject(bytes: Uint8Array, start: number, end: number): boolean {
  const last = bytes[end - 1] === carriageReturn ? end - 2 : end - 1;
  return bytes[start] === openingBrace && bytes[last] === closingBrace;
}

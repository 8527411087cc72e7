import { Buffer } from 'node:buffer';
import type { MessageWords } from '../model/redactor.ts';
import type { Steps } from '../model/steps.ts';
import { escapeLengthAt, escapeStart } from './json-escapes.ts';
import { type JsonToken, jsonTokens } from './json-tokens.ts';
import type { Cut } from './stream-redaction.ts';

/** Options of the redaction of one line. */
export interface JsonLineOptions {
  readonly words: MessageWords;
  /** Redacts a text as its reader gets it, without the escapes of JSON. */
  readonly text: (text: string) => Steps<string>;
  /** Secrets in the raw line, in order; each byte at most once. */
  readonly cuts: readonly Cut[];
}

/** A word that a program chooses by: not a name, an address or a token. */
const controlWord = /^[a-z_]{1,40}$/u;

/** In one line. Those after them that are suspicious are hidden whole: a message that holds so many secrets is an attack. */
const mostReadTexts = 2_000;

/** In bytes. To look for secrets in a line of this length takes no time that anyone would notice. */
const shortLine = 64 * 1024;

const unusualEscape = /\\(?:[^"nrtbf]|b|r(?!\\n))|\xc2[\x80-\x9f]/u;
const mask = '"***"';

/**
 * The line with its secrets hidden, still the same JSON: text for text, and a text for a number that is a secret; the
 * reader's own words stay. Bytes of what holds no secret stay as they are. Undefined when it is no JSON.
 */
export function* redactedJsonLine(line: Buffer, options: JsonLineOptions): Steps<Buffer | undefined> {
  if (line.length > shortLine) yield;
  try {
    // Between its strings and numbers valid JSON holds nothing to hide.
    if (options.cuts.length > 0) JSON.parse(line.toString('utf8'));
    // Parsing a long line may have used up the slice.
    if (line.length > shortLine) yield;
    return yield* redactedTokens(line, options);
  } catch {
    return undefined;
  }
}

function* redactedTokens(line: Buffer, options: JsonLineOptions): Steps<Buffer> {
  const parts: Uint8Array[] = [];
  const cuts = new CutSearch(options.cuts);
  let written = 0;
  let readTexts = 0;
  for (const token of jsonTokens(line, options.words)) {
    const found = cuts.within(token);
    if (found.length === 0 && !mayHide(line.toString('latin1', token.start, token.end))) continue;
    if (isOurs(line, token, options.words)) continue;
    readTexts += 1;
    if (line.length > shortLine) yield;
    const redacted =
      readTexts > mostReadTexts ? Buffer.from(mask) : yield* redactedToken(line, token, { ...options, cuts: found });
    if (redacted === undefined) continue;
    parts.push(line.subarray(written, token.start), redacted);
    written = token.end;
  }
  if (line.length > shortLine) yield;
  return parts.length === 0 ? line : Buffer.concat([...parts, line.subarray(written)]);
}

/** Whether a part of a line as such, in one character a byte, may hold a secret that only shows when JSON is read. */
export function mayHide(part: string): boolean {
  return unusualEscape.test(part);
}

/** Keys and control words that the reader of messages depends on, and that untrusted data cannot choose. */
function isOurs(line: Buffer, { kind, start, end, key = '', inPayload }: JsonToken, words: MessageWords): boolean {
  if (inPayload) return false;
  const content = (): string => line.toString('utf8', start + 1, end - 1);
  switch (kind) {
    case 'key':
      return words.keys.has(content());
    case 'number':
      return words.keys.has(key);
    case 'string':
      return words.controls.has(key) && controlWord.test(content());
  }
}

function* redactedToken(
  line: Buffer,
  { kind, start, end }: JsonToken,
  { text, cuts }: JsonLineOptions,
): Steps<Uint8Array | undefined> {
  if (kind === 'number') return Buffer.from(mask);
  const content: string = JSON.parse(line.toString('utf8', start, end));
  const redacted = yield* text(content);
  if (redacted !== content) return Buffer.from(JSON.stringify(redacted));
  // It may be known by what stands around it, or reach beyond: a secret may be a piece of JSON.
  return cuts.length === 0 ? undefined : yield* withoutPieces(line, { start: start + 1, end: end - 1 }, cuts);
}

/** A string with parts of it hidden, none of which ends within an escape. */
function* withoutPieces(line: Buffer, { start, end }: Cut, cuts: readonly Cut[]): Steps<Uint8Array> {
  const content = line.subarray(start, end);
  const parts: Uint8Array[] = [Buffer.from('"')];
  let written = 0;
  for (const cut of cuts) {
    const from = escapeEnd(content, Math.max(written, cut.start - start));
    const to = escapeEnd(content, Math.min(content.length, cut.end - start));
    if (to <= from) continue;
    parts.push(content.subarray(written, from), Buffer.from('***'));
    written = to;
    if (parts.length % 4_096 === 1) yield;
  }
  return Buffer.concat([...parts, content.subarray(written), Buffer.from('"')]);
}

/** The offset itself, or the end of the escape that it is within. */
function escapeEnd(content: Uint8Array, place: number): number {
  const start = escapeStart(content, place);
  return start === place ? place : Math.min(content.length, start + escapeLengthAt(content, start));
}

/** Finds which of many places in order lie within tokens that come in order. */
class CutSearch {
  readonly #cuts: readonly Cut[];
  #next = 0;

  constructor(cuts: readonly Cut[]) {
    this.#cuts = cuts;
  }

  within({ start, end }: Cut): readonly Cut[] {
    while (this.#next < this.#cuts.length && (this.#cuts[this.#next] as Cut).end <= start) this.#next += 1;
    const found: Cut[] = [];
    for (let at = this.#next; at < this.#cuts.length && (this.#cuts[at] as Cut).start < end; at += 1)
      found.push(this.#cuts[at] as Cut);
    return found;
  }
}

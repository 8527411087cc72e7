import { Buffer } from 'node:buffer';
import type { StreamRedactor } from '../model/redactor.ts';
import type { Steps } from '../model/steps.ts';
import { alphabetOf, byteOf, ScannedBytes } from '../text/alphabet.ts';
import { escapeLengthAt, escapeStart } from './json-escapes.ts';
import type { SecretAutomaton } from './secret-automaton.ts';
import { SecretScan } from './secret-scan.ts';
import type { SecretEnd, TokenShape } from './token-shape.ts';

/** A match of the automaton: a known secret with its length in bytes, or the prefix of a token. */
export interface SecretTag {
  readonly length: number;
  readonly shape?: TokenShape;
}

/** Bytes to be hidden. */
export interface Cut {
  readonly start: number;
  readonly end: number;
}

/** A token whose end the bytes so far do not show. */
type Unsettled =
  | { readonly kind: 'unfinished'; readonly shape: TokenShape; readonly start: number; readonly at: number }
  | { readonly kind: 'open'; readonly shape: TokenShape; readonly at: number };

/** Bytes that are searched in one step. */
const stepBytes = 16 * 1024;
const mask = Buffer.from('***');
/** Most unfinished matches of one token shape. */
const mostUnfinished = 16;
const quote = byteOf('"');
const lineFeed = byteOf('\n');
const jsonStructure = alphabetOf(' ,:{}[]');
const nothing = new Uint8Array(0);

/**
 * Redacts one byte stream.
 *
 * Each push scans its own bytes once. What may still turn out to be the beginning of a secret is held back: as much of it
 * as the automaton stands deep, and tokens whose end has not come. Hidden parts are joined before they are written.
 */
export class StreamRedaction implements StreamRedactor {
  readonly #scan: SecretScan<SecretTag>;
  #held: Uint8Array = nothing;
  /** In places of `#held`. */
  #cuts: Cut[] = [];
  #unsettled: Unsettled[] = [];
  /** The last thing written was a mask: what is hidden next to it belongs to it. */
  #masking = false;
  /** A quote was kept last, so that the commas and brackets behind it are JSON's own. */
  #atStructure = false;
  /** Whether anything was ever hidden. */
  changed = false;

  constructor(automaton: SecretAutomaton<SecretTag>) {
    this.#scan = new SecretScan(automaton);
  }

  push(bytes: Uint8Array): Uint8Array {
    return this.#take(bytes, false);
  }

  end(): Uint8Array {
    return this.#take(nothing, true);
  }

  /** A text that is all there, redacted. Of a stream that has been handed nothing else. */
  *wholly(text: Uint8Array): Steps<Buffer> {
    const parts: Uint8Array[] = [];
    for (let at = 0; at + stepBytes < text.length; at += stepBytes) {
      parts.push(this.push(text.subarray(at, at + stepBytes)));
      yield;
    }
    const done = Math.max(0, Math.ceil(text.length / stepBytes) - 1) * stepBytes;
    return Buffer.concat([...parts, this.#take(text.subarray(done), true)]);
  }

  /** The ranges of secrets in a complete text, in order; for a new stream only. */
  *cutsIn(text: Uint8Array): Steps<readonly Cut[]> {
    for (let end = stepBytes; end < text.length; end += stepBytes) {
      this.#find(new ScannedBytes(text.subarray(0, end), false));
      yield;
    }
    this.#find(new ScannedBytes(text, true));
    return joined(this.#cuts);
  }

  #take(fresh: Uint8Array, final: boolean): Uint8Array {
    const data = this.#held.length === 0 ? fresh : Buffer.concat([this.#held, fresh]);
    this.#find(new ScannedBytes(data, final));
    const safe = final ? data.length : this.#safeEnd(data);
    const out = this.#write(data, safe);
    // A copy: the reader may use its buffer again.
    this.#held = safe === data.length ? nothing : new Uint8Array(data.subarray(safe));
    this.#rebase(safe);
    return out;
  }

  #find(bytes: ScannedBytes): void {
    const earlier = this.#unsettled;
    this.#unsettled = [];
    for (const token of earlier) {
      if (token.kind === 'open') this.#hideOpen(token, { start: token.at, ...token.shape.extend(bytes, token.at) });
      else this.#judge(token, bytes);
    }
    this.#scan.scan(bytes, {
      onFound: ({ length, shape }, end) => {
        if (shape === undefined) this.#hide({ start: end - length, end });
        else this.#judge({ shape, start: end - length, at: end }, bytes);
      },
      onInterrupted: (found) => this.#hide(found),
    });
  }

  #judge(
    prefix: { readonly shape: TokenShape; readonly start: number; readonly at: number },
    bytes: ScannedBytes,
  ): void {
    const extent = prefix.shape.measure(bytes, prefix);
    if (extent.kind === 'secret') this.#hideOpen(prefix, extent);
    if (extent.kind === 'unfinished') this.#keepUnsettled({ kind: 'unfinished', ...prefix });
  }

  #hideOpen({ shape }: { readonly shape: TokenShape }, found: SecretEnd & { readonly start: number }): void {
    this.#hide(found);
    if (found.open) this.#keepUnsettled({ kind: 'open', shape, at: found.end });
  }

  /**
   * Of those that go on, one of each shape is enough: both stand in the same run, and the first covers the second. Of the others
   * any may turn out to be one. They end within few bytes of each other, so that there are not many.
   */
  #keepUnsettled(token: Unsettled): void {
    const same = this.#unsettled.filter(({ kind, shape }) => kind === token.kind && shape === token.shape);
    if (same.length < (token.kind === 'open' ? 1 : mostUnfinished)) this.#unsettled.push(token);
  }

  #hide({ start, end }: Cut): void {
    const last = this.#cuts.at(-1);
    // A secret that repeats itself is found at every byte: joined at once, it stays one cut.
    if (last !== undefined && start <= last.end && end >= last.start) {
      this.#cuts[this.#cuts.length - 1] = { start: Math.min(start, last.start), end: Math.max(end, last.end) };
    } else {
      this.#cuts.push({ start, end });
    }
  }

  #safeEnd(data: Uint8Array): number {
    let safe = this.#scan.safeEnd;
    for (const token of this.#unsettled) safe = Math.min(safe, token.kind === 'open' ? token.at : token.start);
    return escapeStart(data, safe);
  }

  #rebase(by: number): void {
    this.#scan.rebase(by);
    this.#cuts = this.#cuts
      .filter(({ end }) => end > by)
      .map(({ start, end }) => ({ start: Math.max(0, start - by), end: end - by }));
    this.#unsettled = this.#unsettled.map((token) =>
      token.kind === 'open'
        ? { ...token, at: token.at - by }
        : { ...token, start: token.start - by, at: token.at - by },
    );
  }

  #write(data: Uint8Array, safe: number): Uint8Array {
    if (this.#cuts.length === 0) {
      if (safe > 0) this.#leaveHidden();
      return data.subarray(0, safe);
    }
    const parts: Uint8Array[] = [];
    let written = 0;
    for (const cut of joined(this.#cuts)) {
      const { start, end } = withoutCutEscapes(data, cut, safe);
      if (start >= safe) break;
      if (start > written) this.#leaveHidden();
      parts.push(data.subarray(written, start));
      this.#writeHidden(data, { start, end }, parts);
      written = end;
    }
    if (safe > written) this.#leaveHidden();
    parts.push(data.subarray(written, safe));
    return Buffer.concat(parts);
  }

  #leaveHidden(): void {
    this.#masking = false;
    this.#atStructure = false;
  }

  /**
   * A quote that is not escaped and a line feed stay, and so does the structure behind such a quote: what was a line of
   * JSON remains one.
   */
  #writeHidden(data: Uint8Array, { start, end }: Cut, parts: Uint8Array[]): void {
    if (!this.#masking) this.#atStructure ||= opensJson(data, start);
    for (let at = start; at < end; at += 1) {
      const byte = data[at] as number;
      const isKept = byte === quote || byte === lineFeed || (this.#atStructure && jsonStructure[byte] === 1);
      if (isKept) {
        parts.push(data.subarray(at, at + 1));
        this.#masking = false;
        this.#atStructure = byte !== lineFeed;
        continue;
      }
      this.#atStructure = false;
      if (!this.#masking) parts.push(mask);
      this.#masking = true;
      this.changed = true;
      at += Math.max(0, escapeLengthAt(data, at) - 1);
    }
  }
}

/** Whether an object or a list of JSON begins here, not a word that begins with a bracket. */
function opensJson(data: Uint8Array, at: number): boolean {
  return (data[at] === byteOf('{') || data[at] === byteOf('[')) && data[at + 1] === quote;
}

/** The cuts in order, those that touch as one. */
function joined(cuts: readonly Cut[]): readonly Cut[] {
  const whole: Cut[] = [];
  for (const { start, end } of cuts.toSorted((one, other) => one.start - other.start)) {
    const last = whole.at(-1);
    if (last === undefined || start > last.end) whole.push({ start, end });
    else whole[whole.length - 1] = { start: last.start, end: Math.max(end, last.end) };
  }
  return whole;
}

/** The part of a cut before `safe`, without the escape sequences that its ends would cut in two. */
function withoutCutEscapes(data: Uint8Array, cut: Cut, safe: number): Cut {
  const broken = escapeStart(data, cut.start);
  const start = broken === cut.start ? cut.start : broken + escapeLengthAt(data, broken);
  const end = cut.end >= safe ? safe : escapeStart(data, cut.end);
  return { start, end: Math.max(start, end) };
}

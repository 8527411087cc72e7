import type { ScannedBytes } from './alphabet.ts';
import { type Gap, nextGap, Openings, wordBefore } from './gaps.ts';
import type { SecretAutomaton } from './secret-automaton.ts';

/** The state of the automaton before and after it has read the fresh bytes, which begin at `from`, with nothing left out. */
export interface PlainScan {
  readonly from: number;
  readonly before: number;
  readonly after: number;
}

interface PassedGap extends Gap {
  /** Its start when no gap is counted. */
  readonly inText: number;
}

/** Finds known secrets that colours or the line breaks of wrapped base64 stand in. */
export class GappedScan<Tag extends { readonly length: number; readonly shape?: unknown }> {
  readonly #automaton: SecretAutomaton<Tag>;
  #state = 0;
  /** The place that is read next. */
  #at = 0;
  #word = 0;
  /** Those that a secret under way may go over. */
  #gaps: PassedGap[] = [];

  constructor(automaton: SecretAutomaton<Tag>) {
    this.#automaton = automaton;
  }

  /** Reads on, and tells of secrets with a gap in them. */
  scan(bytes: ScannedBytes, plain: PlainScan, onFound: (found: Gap) => void): void {
    const openings = new Openings(bytes.data, this.#at);
    for (;;) {
      const from = this.#at;
      const gap = nextGap(bytes, openings, { from, word: this.#word });
      const stop = gap?.start ?? bytes.data.length;
      const isPlain = gap === undefined && from === plain.from && this.#state === plain.before;
      this.#state = isPlain && this.#gaps.length === 0 ? plain.after : this.#read(bytes.data, stop, onFound);
      this.#word = wordBefore(bytes.data, stop, { from, word: this.#word });
      this.#at = stop;
      if (gap === undefined || gap.end === Number.POSITIVE_INFINITY) return;
      this.#pass(gap);
      this.#at = gap.end;
      this.#word = 0;
    }
  }

  /** From where on bytes may still turn out to be a part of a secret. */
  get safeEnd(): number {
    return this.#placeBefore(this.#at, this.#automaton.heldBytes(this.#state));
  }

  /** So many bytes are gone from the beginning. */
  rebase(by: number): void {
    this.#at -= by;
    this.#gaps = this.#gaps
      .filter(({ start }) => start >= by)
      .map(({ start, end, inText }) => ({ start: start - by, end: end - by, inText: inText - by }));
  }

  #pass(gap: Gap): void {
    if (this.#state === 0) {
      // No secret is under way that could go over one.
      this.#gaps = [];
      return;
    }
    const last = this.#gaps.at(-1);
    this.#gaps.push({ ...gap, inText: gap.start - (last === undefined ? 0 : last.end - last.inText) });
  }

  #read(data: Uint8Array, stop: number, onFound: (found: Gap) => void): number {
    const place = { from: this.#at, state: this.#state };
    return this.#automaton.scan(data.subarray(0, stop), place, ({ length, shape }, end) => {
      if (shape !== undefined) return;
      const start = this.#placeBefore(end, length);
      if (end - start > length) onFound({ start, end });
    });
  }

  /** The place that is so many bytes before another, which no gap comes behind; gaps are not counted. */
  #placeBefore(place: number, length: number): number {
    const gaps = this.#gaps;
    const last = gaps.at(-1);
    if (last === undefined) return place - length;
    const target = place - (last.end - last.inText) - length;
    let passed = 0;
    for (let beyond = gaps.length; passed < beyond; ) {
      const middle = (passed + beyond) >> 1;
      if ((gaps[middle] as PassedGap).inText <= target) passed = middle + 1;
      else beyond = middle;
    }
    const { start, end, inText } = gaps[Math.max(0, passed - 1)] as PassedGap;
    return target - inText + (passed === 0 ? start : end);
  }
}

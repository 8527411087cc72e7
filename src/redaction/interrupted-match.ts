import type { IgnorableRange } from './ignorable-ranges.ts';
import type { SecretAutomaton } from './secret-automaton.ts';

interface PassedRange extends IgnorableRange {
  /** Its start, not counting the gaps before it. */
  readonly inText: number;
}

/** Reads on behind a gap as if it were not there, for as long as that may be the rest of a literal that began before it. */
export class InterruptedMatches<Tag extends { readonly length: number; readonly shape?: unknown }> {
  readonly #automaton: SecretAutomaton<Tag>;
  #state = 0;
  /** The place that is read next. */
  #at = 0;
  /** Gaps that the current literal may span. */
  #gaps: PassedRange[] = [];

  constructor(automaton: SecretAutomaton<Tag>) {
    this.#automaton = automaton;
  }

  /** Whether the bytes read last may be a part of a literal with a gap in it. */
  get isUnderWay(): boolean {
    return this.#state !== 0;
  }

  /** Goes over a gap, in the state of the automaton just before it. */
  pass({ start, end }: IgnorableRange, state: number): void {
    if (this.#state === 0) {
      this.#state = state;
      this.#gaps = [];
    }
    const last = this.#gaps.at(-1);
    this.#gaps.push({ start, end, inText: start - (last === undefined ? 0 : last.end - last.inText) });
    this.#at = end;
  }

  /** Reads on up to `stop`, and reports literals with a gap in them. */
  read(data: Uint8Array, stop: number, onFound: (found: IgnorableRange) => void): void {
    if (this.#state === 0) return;
    const behind = (this.#gaps.at(-1) as PassedRange).end;
    this.#state = this.#automaton.follow(data, { from: this.#at, to: stop, state: this.#state, behind }, (tag, end) => {
      if (tag.shape !== undefined) return;
      const start = this.#placeBefore(end, tag.length);
      if (end - start > tag.length) onFound({ start, end });
    });
    this.#at = stop;
  }

  /** From where on bytes up to `end` may still turn out to be a part of a literal. */
  safeEnd(end: number): number {
    return this.#state === 0 ? end : this.#placeBefore(this.#at, this.#automaton.heldBytes(this.#state));
  }

  /** Adjusts all offsets after `by` bytes were removed from the beginning. */
  rebase(by: number): void {
    this.#at -= by;
    this.#gaps = this.#gaps
      .filter(({ start }) => start >= by)
      .map(({ start, end, inText }) => ({ start: start - by, end: end - by, inText: inText - by }));
  }

  /** The place so many bytes before `place`, when those in gaps do not count. No gap may begin behind `place`. */
  #placeBefore(place: number, length: number): number {
    const gaps = this.#gaps;
    const last = gaps.at(-1);
    if (last === undefined) return place - length;
    const target = place - (last.end - last.inText) - length;
    let passed = 0;
    for (let beyond = gaps.length; passed < beyond; ) {
      const middle = (passed + beyond) >> 1;
      if ((gaps[middle] as PassedRange).inText <= target) passed = middle + 1;
      else beyond = middle;
    }
    const { start, end, inText } = gaps[Math.max(0, passed - 1)] as PassedRange;
    return target - inText + (passed === 0 ? start : end);
  }
}

import type { ScannedBytes } from '../text/alphabet.ts';
import { type IgnorableRange, IgnorableRanges } from './ignorable-ranges.ts';
import { InterruptedMatches } from './interrupted-match.ts';
import type { OnFound, SecretAutomaton } from './secret-automaton.ts';

/** Callbacks of a scan. */
export interface ScanListener<Tag> {
  /** A literal, of which all bytes stand side by side. */
  readonly onFound: OnFound<Tag>;
  /** A literal with gaps in it. */
  readonly onInterrupted: (found: IgnorableRange) => void;
}

/** Finds literals in one byte stream, also where colours or the line breaks of wrapped base64 interrupt them. */
export class SecretScan<Tag extends { readonly length: number; readonly shape?: unknown }> {
  readonly #automaton: SecretAutomaton<Tag>;
  readonly #interrupted: InterruptedMatches<Tag>;
  #state = 0;
  /** The place to go on at, which is before the end of the bytes when these end within what may be a gap. */
  #at = 0;
  /** Number of bytes of base64 just before that place. */
  #word = 0;
  /** All before this place is settled. From here on there may be the beginning of a literal that is not all there yet. */
  #safeEnd = 0;

  constructor(automaton: SecretAutomaton<Tag>) {
    this.#automaton = automaton;
    this.#interrupted = new InterruptedMatches(automaton);
  }

  /** Reads on from where it stopped. */
  scan(bytes: ScannedBytes, { onFound, onInterrupted }: ScanListener<Tag>): void {
    const { data } = bytes;
    const gaps = new IgnorableRanges(bytes, { from: this.#at, word: this.#word });
    for (;;) {
      const gap = gaps.next();
      const stop = gap?.start ?? data.length;
      this.#state = this.#automaton.scan(data, { from: this.#at, to: stop, state: this.#state }, onFound);
      this.#interrupted.read(data, stop, onInterrupted);
      this.#at = stop;
      if (gap === undefined) break;
      // Most gaps are not within a literal.
      if (this.#automaton.heldBytes(this.#state) === 0 && !this.#interrupted.isUnderWay) continue;
      if (gap.end === Number.POSITIVE_INFINITY) break;
      this.#interrupted.pass(gap, this.#state);
    }
    this.#word = gaps.wordBefore(this.#at);
    this.#safeEnd = Math.min(this.#at - this.#automaton.heldBytes(this.#state), this.#interrupted.safeEnd(this.#at));
  }

  /** From where on bytes may still turn out to be a part of a literal. */
  get safeEnd(): number {
    return this.#safeEnd;
  }

  /** Adjusts all offsets after `by` bytes were removed from the beginning. */
  rebase(by: number): void {
    this.#at -= by;
    this.#interrupted.rebase(by);
  }
}

import type { Clock } from '../../src/model/clock.ts';

/** A clock that moves only when a test advances it, and whose random numbers a test chooses. */
export class FakeClock implements Clock {
  #now = 0;
  readonly #random: () => number;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  constructor(random: () => number = () => 0.5) {
    this.#random = random;
  }

  readonly now = (): number => this.#now;
  readonly date = (): Date => new Date(this.#now);
  readonly random = (): number => this.#random();

  readonly after = (delayMs: number, callback: () => void): (() => void) => {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves on, firing timers in their order, and lets what they woke run. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      const next = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
    this.#now = end;
    await settled();
  }
}

/** Lets every promise that can settle do so. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

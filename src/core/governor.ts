import type { Clock } from './clock.ts';
import { pause } from './clock.ts';
import type { Release } from './limiter.ts';
import { Limiter } from './limiter.ts';

/** The limits that all processes of a session share. */
export interface GovernorOptions {
  /** Processes at once. */
  readonly maxWorkers: number;
  /** Children that may be starting at once; start-up is CPU-bound, so about the number of cores (facts: start-up). */
  readonly maxStarting: number;
  /** Bytes of memory that the machine could still give to new processes. */
  readonly availableMemory: () => number;
  readonly clock: Clock;
}

/** What a CLI takes at its peak while it starts is 202 MB (facts: start-up); with less than this, nothing new is started. */
const memoryForOneBytes = 256 * 1024 * 1024;

/** How often memory is looked at while it is short. */
const memoryPauseMs = 500;

/** The worker limit halves at most once in this time, so that one burst of refusals counts once. */
const halvingPauseMs = 10_000;

/**
 * One governor for all processes of a session: a worker limit that halves when the service pushes back and grows by one
 * per full window of successes, a gate for starts, a cool-down that all starts share, and a look at the machine's memory.
 */
export class Governor {
  readonly #clock: Clock;
  readonly #availableMemory: () => number;
  readonly #maxWorkers: number;
  readonly #workers: Limiter;
  readonly #starts: Limiter;
  #successes = 0;
  #halvedAt = Number.NEGATIVE_INFINITY;
  #coolUntil = Number.NEGATIVE_INFINITY;

  constructor({ maxWorkers, maxStarting, availableMemory, clock }: GovernorOptions) {
    this.#clock = clock;
    this.#availableMemory = availableMemory;
    this.#maxWorkers = maxWorkers;
    this.#workers = new Limiter(maxWorkers);
    this.#starts = new Limiter(maxStarting);
  }

  /** Processes that wait for a worker. */
  get waiting(): number {
    return this.#workers.waiting;
  }

  /** The worker limit in force now. */
  get workerLimit(): number {
    return this.#workers.limit;
  }

  /** A worker's place for a whole process, retries included. */
  worker(signal: AbortSignal): Promise<Release | undefined> {
    return this.#workers.acquire(signal);
  }

  /** Leave to start a child: to be released at its first message or its end, whichever comes first. */
  async start(signal: AbortSignal): Promise<Release | undefined> {
    const release = await this.#starts.acquire(signal);
    for (let wait = this.#waitMs(); release && wait > 0 && !signal.aborted; wait = this.#waitMs()) {
      await pause(this.#clock, wait, signal);
    }
    if (!signal.aborted) return release;
    release?.();
    return undefined;
  }

  /** The shared cool-down; after it, memory, unless nothing else runs that could give some back. */
  #waitMs(): number {
    const coolDownMs = this.#coolUntil - this.#clock.now();
    if (coolDownMs > 0) return coolDownMs;
    return this.#workers.taken > 1 && this.#availableMemory() < memoryForOneBytes ? memoryPauseMs : 0;
  }

  /** The service or the machine pushed back: fewer at once, and no start before the delay is over. */
  pushedBack(coolDownMs: number): void {
    const now = this.#clock.now();
    this.#successes = 0;
    this.#coolUntil = Math.max(this.#coolUntil, now + coolDownMs);
    if (now - this.#halvedAt < halvingPauseMs) return;
    this.#halvedAt = now;
    this.#workers.limit = Math.max(1, Math.floor(this.#workers.limit / 2));
  }

  /** A process succeeded: after as many in a row as the limit, one more may run. */
  succeeded(): void {
    this.#successes += 1;
    if (this.#successes < this.#workers.limit || this.#workers.limit >= this.#maxWorkers) return;
    this.#successes = 0;
    this.#workers.limit += 1;
  }
}

import type { Clock } from '../model/clock.ts';
import { pause } from '../model/clock.ts';
import type { Emit } from '../model/event.ts';
import { longestDelayMs } from './retry.ts';
import type { Release } from './semaphore.ts';
import { Semaphore } from './semaphore.ts';

/** The limits that all processes of a session share. */
export interface AdmissionControlOptions {
  /** Processes at once. */
  readonly maxWorkers: number;
  /** Children that may be starting at once; start-up is CPU-bound, so about the number of cores (docs/claude-cli.md). */
  readonly maxStarting: number;
  /** Bytes of memory that the machine could still give to new processes. */
  readonly availableMemory: () => number;
  readonly clock: Clock;
  /** Called when starts are held for want of memory: a console that stands still needs a reason. */
  readonly emit: Emit;
}

const mebibyte = 1024 * 1024;

/** Permission to start a child, given back in two steps; to do one of them again does nothing. */
export interface StartPermit {
  /** The child's first message has come: the next may start. */
  readonly markStarted: () => void;
  /** The child has ended, or could not be started. */
  readonly release: () => void;
}

/** The CLI takes up to 202 MB while it starts (docs/claude-cli.md); with less than this, nothing new is started. */
const memoryForOneBytes = 256 * mebibyte;

/** How often memory is checked while it is short. */
const memoryPauseMs = 500;

/** The worker limit halves at most once in this time, so that one burst of refusals counts once. */
const halvingPauseMs = 10_000;

/**
 * One admission for all processes of a session: a worker limit that halves when the service pushes back and grows by one
 * per full window of successes, a gate for starts, a cool-down that all starts share, and a look at the machine's memory.
 */
export class AdmissionControl {
  readonly #clock: Clock;
  readonly #availableMemory: () => number;
  readonly #emit: Emit;
  readonly #maxWorkers: number;
  readonly #workers: Semaphore;
  readonly #starts: Semaphore;
  #successes = 0;
  #halvedAt = Number.NEGATIVE_INFINITY;
  #coolUntil = Number.NEGATIVE_INFINITY;
  #isShortOfMemory = false;
  /** Children that could give memory back; one that has a worker's place may not have been started yet. */
  #running = 0;

  constructor({ maxWorkers, maxStarting, availableMemory, clock, emit }: AdmissionControlOptions) {
    this.#clock = clock;
    this.#availableMemory = availableMemory;
    this.#emit = emit;
    this.#maxWorkers = maxWorkers;
    this.#workers = new Semaphore(maxWorkers);
    this.#starts = new Semaphore(maxStarting);
  }

  /** Processes that wait for a worker. */
  get waiting(): number {
    return this.#workers.waiting;
  }

  /** The worker limit in force now. */
  get workerLimit(): number {
    return this.#workers.limit;
  }

  /** A worker's place for a whole process, retries included, if one is free. Another can be free only after one was given back. */
  tryWorker(): Release | undefined {
    return this.#workers.tryAcquire();
  }

  /**
   * Waits for a permit to start a child; undefined when the signal aborts first. One that was started ahead waits only until
   * the service may be asked again.
   */
  async start(signal: AbortSignal, isAhead = false): Promise<StartPermit | undefined> {
    const markStarted = isAhead ? () => undefined : await this.#starts.acquire(signal);
    const waitMs = (): number => (isAhead ? this.#coolDownMs() : this.#waitMs());
    for (let wait = waitMs(); markStarted && wait > 0 && !signal.aborted; wait = waitMs()) {
      await pause(this.#clock, wait, signal);
    }
    if (markStarted === undefined || signal.aborted) {
      markStarted?.();
      return undefined;
    }
    this.#running += 1;
    let runs = true;
    const release = (): void => {
      markStarted();
      if (runs) this.#running -= 1;
      runs = false;
    };
    return { markStarted, release };
  }

  /**
   * Waits for a place to start a child before its turn: while others run and none of them starts, and as long as the next start
   * has memory as well. It is given back when the child's start-up is over. Undefined when the signal aborts first.
   */
  async startAhead(signal: AbortSignal): Promise<Release | undefined> {
    for (;;) {
      const place = await this.#starts.acquireIdle(signal);
      if (place === undefined) return undefined;
      const isRoomy = this.#running > 0 && this.#availableMemory() >= 2 * memoryForOneBytes;
      if (isRoomy && this.#coolDownMs() <= 0) return place;
      place();
      await pause(this.#clock, memoryPauseMs, signal);
    }
  }

  #coolDownMs(): number {
    return this.#coolUntil - this.#clock.now();
  }

  /** The shared cool-down; after it, memory, unless nothing else runs that could give some back. */
  #waitMs(): number {
    const coolDownMs = this.#coolDownMs();
    if (coolDownMs > 0) return coolDownMs;
    return this.#lacksMemory() ? memoryPauseMs : 0;
  }

  /** Reports each hold once: every process that waits checks twice a second. */
  #lacksMemory(): boolean {
    const available = this.#availableMemory();
    const lacks = this.#running > 0 && available < memoryForOneBytes;
    if (lacks && !this.#isShortOfMemory) {
      const message =
        `starts are held: ${Math.floor(available / mebibyte)} MiB of memory are free, and a start needs ` +
        `${memoryForOneBytes / mebibyte} MiB. They go on when memory is free again; a lower max-workers needs less of it.`;
      void this.#emit({ type: 'notice', level: 'info', message, starts: 'held' }); // Emitting never rejects.
    }
    this.#isShortOfMemory = lacks;
    return lacks;
  }

  /** The service or the machine pushed back: fewer at once, and no start before the delay, capped, is over. */
  pushedBack(coolDownMs: number): void {
    const now = this.#clock.now();
    this.#successes = 0;
    this.#coolUntil = Math.max(this.#coolUntil, now + Math.min(coolDownMs, longestDelayMs));
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

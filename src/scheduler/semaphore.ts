/** Releases a permit; calling it again does nothing. */
export type Release = () => void;

interface Waiting {
  readonly grant: (release: Release) => void;
}

/** A fair semaphore: at most `limit` permits are held at any time. The limit may change while in use. */
export class Semaphore {
  #limit: number;
  #taken = 0;
  readonly #queue: Waiting[] = [];
  readonly #idleQueue: Waiting[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Permits held now. */
  get taken(): number {
    return this.#taken;
  }

  /** Callers waiting for a permit. */
  get waiting(): number {
    return this.#queue.length;
  }

  get limit(): number {
    return this.#limit;
  }

  /** A lower limit revokes no permit; it only delays the next one. */
  set limit(limit: number) {
    this.#limit = limit;
    this.#grantFree();
  }

  /** Resolves with the release of a permit, or with undefined when the signal is aborted first. */
  acquire(signal: AbortSignal): Promise<Release | undefined> {
    return this.#wait(this.#queue, signal);
  }

  /** As `acquire`, but waits until no permit is held and no other caller waits. */
  acquireIdle(signal: AbortSignal): Promise<Release | undefined> {
    return this.#wait(this.#idleQueue, signal);
  }

  #wait(queue: Waiting[], signal: AbortSignal): Promise<Release | undefined> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(undefined);
      const onAbort = (): void => {
        queue.splice(queue.indexOf(waiting), 1);
        resolve(undefined);
      };
      const waiting: Waiting = {
        grant: (release) => {
          signal.removeEventListener('abort', onAbort);
          resolve(release);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      queue.push(waiting);
      this.#grantFree();
    });
  }

  /** The release of a permit if one is free now. */
  tryAcquire(): Release | undefined {
    return this.#taken < this.#limit ? this.#take() : undefined;
  }

  #grantFree(): void {
    while (this.#taken < this.#limit) {
      const next = this.#queue.shift() ?? (this.#taken === 0 ? this.#idleQueue.shift() : undefined);
      if (next === undefined) return;
      next.grant(this.#take());
    }
  }

  #take(): Release {
    this.#taken += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#taken -= 1;
      this.#grantFree();
    };
  }
}

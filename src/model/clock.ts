/** Time and chance, as arguments: tests put their own in. */
export interface Clock {
  /** Monotonic milliseconds: durations and deadlines never follow the wall clock. */
  now(): number;
  /** The wall clock, for time stamps only. */
  date(): Date;
  /** Calls back once after the delay (milliseconds); the result cancels it. With `background` it does not keep the program alive. */
  after(delayMs: number, callback: () => void, mode?: 'background'): () => void;
  /** Uniform in [0, 1). */
  random(): number;
}

/** Resolves after the delay, or at once when the signal is aborted. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || delayMs <= 0) return resolve();
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(delayMs, done);
    signal.addEventListener('abort', done);
  });
}

/** A wait for something that may never come. */
export interface BoundedWait {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly delayMs: number;
  /** Ends the wait when it is aborted. */
  readonly signal: AbortSignal;
}

/** Waits for a promise within bounds; the timer is cancelled, since it would keep the program alive. */
export async function waitAtMost(promise: Promise<unknown>, { clock, delayMs, signal }: BoundedWait): Promise<void> {
  const settled = new AbortController();
  try {
    await Promise.race([promise, pause(clock, delayMs, AbortSignal.any([signal, settled.signal]))]);
  } finally {
    settled.abort();
  }
}

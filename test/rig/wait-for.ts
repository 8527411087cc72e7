import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait for a fact before the test fails. */
export interface WaitOptions {
  /** Milliseconds; long enough for a machine that does other things as well. */
  readonly deadlineMs?: number;
}

const defaultDeadlineMs = 30_000;

/**
 * Looks at a fact until it is there and gives it back; `false`, `null`, `undefined` and a file that is missing mean "not yet".
 * For facts without an event, such as a file; everything else is better awaited.
 */
export async function waitFor<T>(
  what: string,
  look: () => T | Promise<T>,
  { deadlineMs = defaultDeadlineMs }: WaitOptions = {},
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const fact = await found(look);
    if (fact !== false && fact !== null && fact !== undefined) return fact as Exclude<T, false | null | undefined>;
    if (performance.now() > deadline) throw new Error(`Waited ${deadlineMs} ms for ${what}: it did not come.`);
    await sleep(10);
  }
}

async function found<T>(look: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Awaits a promise, but no longer than the deadline: the error then says what was missing. */
export async function within<T>(
  what: string,
  promise: Promise<T>,
  { deadlineMs = defaultDeadlineMs }: WaitOptions = {},
): Promise<T> {
  const timer = new AbortController();
  const late = sleep(deadlineMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`Waited ${deadlineMs} ms for ${what}: it did not come.`);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
    // The aborted sleep rejects; its result is not needed.
    late.catch(() => undefined);
  }
}

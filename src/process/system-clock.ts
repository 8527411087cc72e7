import type { Clock } from '../model/clock.ts';

/** The real clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after: afterDelay,
  random: Math.random,
};

/** A longer timer of Node's fires at once. */
const longestTimerMs = 2 ** 31 - 1;

function afterDelay(delayMs: number, callback: () => void): () => void {
  if (delayMs <= longestTimerMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  }
  let cancel = (): void => clearTimeout(first);
  const first = setTimeout(() => {
    cancel = afterDelay(delayMs - longestTimerMs, callback);
  }, longestTimerMs);
  return () => cancel();
}

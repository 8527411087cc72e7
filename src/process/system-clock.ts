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

function afterDelay(delayMs: number, callback: () => void, mode?: 'background'): () => void {
  const isLast = delayMs <= longestTimerMs;
  let cancel = (): void => clearTimeout(timer);
  const goOn = (): void => {
    cancel = afterDelay(delayMs - longestTimerMs, callback, mode);
  };
  const timer = setTimeout(isLast ? callback : goOn, Math.min(delayMs, longestTimerMs));
  if (mode === 'background') timer.unref();
  return () => cancel();
}

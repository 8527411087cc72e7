import { setTimeout as sleep } from 'node:timers/promises';
import { busyTicksOf } from './process-tree.ts';

const lookEveryMs = 150;

/** Longest wait for a program that stays busy; the whole wait where its processor time cannot be read. */
const longestMs = 3_000;

/** Waits until a process that is starting up sleeps and has used no processor time between two looks. */
export async function untilIdle(pid: number, isWaiting: () => boolean): Promise<void> {
  const until = performance.now() + longestMs;
  for (let before: number | undefined; isWaiting() && performance.now() < until; ) {
    await sleep(lookEveryMs, undefined, { ref: false });
    const busy = busyTicksOf(pid);
    // The launcher has not given way to the program yet while nothing was used.
    if (busy !== undefined && busy > 0 && busy === before) return;
    before = busy;
  }
}

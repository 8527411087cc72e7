import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from '../model/steps.ts';

/** Milliseconds. A cancel is to be obeyed within 100 ms (docs/reliability.md, R31), and another child may take as long at the same time. */
const longestSlice = 15;

/** Does work in steps, and lets signals and timers be served in between when it takes long; short work is done at once. */
export function withPauses<T>(work: Steps<T>): T | Promise<T> {
  const done = slice(work);
  return done === undefined ? goOn(work) : done.value;
}

async function goOn<T>(work: Steps<T>): Promise<T> {
  for (;;) {
    await nextTurn();
    const done = slice(work);
    if (done === undefined) continue;
    // The caller may use the result for as long again: serve signals first.
    await nextTurn();
    return done.value;
  }
}

/** Undefined when the time is up and steps are left. */
function slice<T>(work: Steps<T>): { readonly value: T } | undefined {
  const until = performance.now() + longestSlice;
  for (;;) {
    const step = work.next();
    if (step.done === true) return step;
    if (performance.now() >= until) return undefined;
  }
}

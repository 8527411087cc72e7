import type { Fault } from '../../options/fault.ts';

/** Throws what is wrong with arguments, all of it, in the words that the Action would print. */
export function throwFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const message = faults.map((fault) => fault.message).join('\n');
  throw faults.some(({ kind }) => kind === 'type') ? new TypeError(message) : new RangeError(message);
}

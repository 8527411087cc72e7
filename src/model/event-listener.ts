import { errorMessage } from './errors.ts';
import type { EnsembleEvent, Sink } from './event.ts';

/**
 * The sink of a caller's listener. What the listener returns is not awaited; the first promise that rejects becomes a warning.
 */
export function eventListener(onEvent: (event: EnsembleEvent) => unknown, warn: (message: string) => void): Sink {
  let hasFailed = false;
  const fail = (error: unknown): void => {
    if (!hasFailed) warn(`onEvent failed: ${errorMessage(error)}`);
    hasFailed = true;
  };
  return {
    name: 'onEvent',
    handle(event) {
      // Whoever sorts the results sorts a list of their own.
      const returned = onEvent(event.type === 'session-ended' ? { ...event, results: [...event.results] } : event);
      if (isThenable(returned)) Promise.resolve(returned).catch(fail);
    },
  };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

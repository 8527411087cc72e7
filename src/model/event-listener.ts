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
      const returned = onEvent(ownCopy(event));
      if (isThenable(returned)) Promise.resolve(returned).catch(fail);
    },
  };
}

/** Whoever sorts results, or changes one, does so to copies: the session goes on with its own. */
function ownCopy(event: EnsembleEvent): EnsembleEvent {
  switch (event.type) {
    case 'process-ended':
      return { ...event, result: { ...event.result } };
    case 'session-ended':
      return { ...event, results: event.results.map((result) => ({ ...result })) };
    default:
      return event;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

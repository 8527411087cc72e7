import type { EnsembleEvent, Sink } from './event.ts';

/**
 * The sink of a listener that somebody else wrote. Nobody waits for what it returns; the first promise that it rejects is told of.
 */
export function eventListener(onEvent: (event: EnsembleEvent) => unknown, warn: (message: string) => void): Sink {
  let hasFailed = false;
  const fail = (error: unknown): void => {
    if (!hasFailed) warn(`onEvent failed: ${error instanceof Error ? error.message : String(error)}`);
    hasFailed = true;
  };
  return {
    name: 'onEvent',
    handle(event) {
      const returned = onEvent(event);
      if (isThenable(returned)) Promise.resolve(returned).catch(fail);
    },
  };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

import type { Clock } from '../model/clock.ts';
import type { RunRequest } from './run-request.ts';

/** Ends the checks before a session: when it is interrupted, or, with the reason `deadline`, when `total-timeout` has passed. */
export class PreflightStop implements Disposable {
  readonly signal: AbortSignal;
  readonly #undo: () => void;

  constructor({ settings, interrupt }: RunRequest, clock: Clock) {
    const { totalTimeoutMs } = settings.policy;
    const deadline = new AbortController();
    this.signal = interrupt === undefined ? deadline.signal : AbortSignal.any([interrupt, deadline.signal]);
    const stop = (): void => deadline.abort('deadline');
    this.#undo = totalTimeoutMs === undefined ? () => undefined : clock.after(totalTimeoutMs, stop, 'background');
  }

  [Symbol.dispose](): void {
    this.#undo();
  }
}

import type { Clock } from '../model/clock.ts';
import type { SessionControlOptions } from '../scheduler/session-control.ts';

/** Ends the checks before a session: when it is interrupted, or, with the reason `deadline`, when `total-timeout` has passed. */
export class PreflightStop implements Disposable {
  readonly signal: AbortSignal;
  readonly #undo: () => void;

  constructor(
    { totalTimeoutMs, startedMs, interrupt }: Pick<SessionControlOptions, 'totalTimeoutMs' | 'startedMs' | 'interrupt'>,
    clock: Clock,
  ) {
    const deadline = new AbortController();
    this.signal = interrupt === undefined ? deadline.signal : AbortSignal.any([interrupt, deadline.signal]);
    const stop = (): void => deadline.abort('deadline');
    const leftMs = totalTimeoutMs === undefined ? undefined : Math.max(0, startedMs + totalTimeoutMs - clock.now());
    this.#undo = leftMs === undefined ? () => undefined : clock.after(leftMs, stop, 'background');
  }

  [Symbol.dispose](): void {
    this.#undo();
  }
}

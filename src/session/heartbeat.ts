import type { Clock } from '../model/clock.ts';
import type { Emit } from '../model/event.ts';
import type { SessionState } from '../model/session-state.ts';

/** A little under the promised minute (docs/reliability.md, R24), so that a late timer still keeps it. */
const intervalMs = 55_000;

/** Reports what runs, so that an unattended console is never silent for long. */
export class Heartbeat implements Disposable {
  readonly #clock: Clock;
  readonly #state: SessionState;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, state: SessionState) {
    this.#clock = clock;
    this.#state = state;
  }

  /** Begins to beat. */
  start(emit: Emit): void {
    const beat = (): void => {
      const { waiting, done } = this.#state;
      const running = [...this.#state.running.values()];
      if (running.length > 0) void emit({ type: 'heartbeat', running, waiting, done }); // Emitting never rejects.
      this.start(emit);
    };
    this.#cancel = this.#clock.after(intervalMs, beat, 'background');
  }

  [Symbol.dispose](): void {
    this.#cancel();
  }
}

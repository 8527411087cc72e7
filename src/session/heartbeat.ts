import type { Clock } from '../model/clock.ts';
import type { Emit, EnsembleEvent, ProcessIntroduction, Sink } from '../model/event.ts';

/** A little under the promised minute (promises, R24), so that a late timer still keeps it. */
const intervalMs = 55_000;

/** Says what runs, so that an unattended console is never silent for long. */
export class Heartbeat implements Sink, Disposable {
  readonly name = 'heartbeat';
  readonly #clock: Clock;
  readonly #names = new Map<string, ProcessIntroduction>();
  readonly #running = new Set<string>();
  #done = 0;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Begins to beat. */
  start(emit: Emit): void {
    this.#cancel = this.#clock.after(intervalMs, () => {
      const running = [...this.#running].map((id) => this.#names.get(id) ?? { processId: id, name: id });
      const waiting = this.#names.size - this.#done - running.length;
      if (running.length > 0) void emit({ type: 'heartbeat', running, waiting, done: this.#done }); // Emitting never rejects.
      this.start(emit);
    });
  }

  handle(event: EnsembleEvent): void {
    if (event.type === 'session-started')
      for (const process of event.processes) this.#names.set(process.processId, process);
    if (event.type === 'process-started') this.#running.add(event.processId);
    if (event.type !== 'process-ended') return;
    this.#running.delete(event.result.processId);
    this.#done += 1;
  }

  [Symbol.dispose](): void {
    this.#cancel();
  }
}

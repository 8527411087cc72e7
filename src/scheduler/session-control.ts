import type { Clock } from '../model/clock.ts';
import type { Emit, StopCause } from '../model/event.ts';

/** Causes that may end a session before its work is done. */
export interface SessionControlOptions {
  readonly clock: Clock;
  /** Milliseconds for the whole session; absent means no limit. */
  readonly totalTimeoutMs?: number;
  /** The monotonic time at which the session's time began: what was checked and installed first counts. */
  readonly startedMs: number;
  /** Aborted when someone interrupts us, with the signal's name as the reason. */
  readonly interrupt?: AbortSignal;
  /** Aborted when they insist. */
  readonly kill?: AbortSignal;
  readonly emit: Emit;
}

/** The one switch that stops a session: nothing new starts, and what runs is ended, for one cause. */
export class SessionControl implements Disposable {
  /** Aborted with the `StopCause`. */
  readonly stop: AbortSignal;
  /** Aborted when children are to be killed without grace. */
  readonly kill: AbortSignal;
  /** The monotonic time of the deadline; absent means never. */
  readonly deadlineAt?: number;
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();
  readonly #undo: (() => void)[] = [];
  readonly #emit: Emit;
  #interruptedBy: string | undefined;
  /** Nobody can place an interrupt in a session that they do not know of yet. */
  #isAnnounced = false;

  constructor({ clock, totalTimeoutMs, startedMs, interrupt, kill, emit }: SessionControlOptions) {
    this.#emit = emit;
    this.stop = this.#stop.signal;
    this.kill = this.#kill.signal;
    if (totalTimeoutMs !== undefined) {
      this.deadlineAt = startedMs + totalTimeoutMs;
      const left = this.deadlineAt - clock.now();
      if (left <= 0) this.#stopFor('deadline');
      else this.#undo.push(clock.after(left, () => this.#stopFor('deadline'), 'background'));
    }
    this.#listen(interrupt, () => {
      this.#interruptedBy = String(interrupt?.reason);
      // The cause is reported before its effects.
      if (this.#isAnnounced) this.#reportInterrupt();
      this.#stopFor('cancelled');
    });
    this.#listen(kill, () => this.abandon());
  }

  /** From now on interrupts are reported as they come; one that came before is the first event of the session's start. */
  announced(): void {
    this.#isAnnounced = true;
    this.#reportInterrupt();
  }

  /** The signal that interrupted the session, if one did. */
  get interruptedBy(): string | undefined {
    return this.#interruptedBy;
  }

  /** Why nothing new starts, once `stop` is aborted. */
  readonly haltReason = (): 'deadline' | 'session-cancelled' =>
    this.stop.reason === 'deadline' ? 'deadline' : 'session-cancelled';

  /** Kills whatever runs, now. */
  abandon(): void {
    this.#stopFor('cancelled');
    this.#kill.abort();
  }

  [Symbol.dispose](): void {
    for (const undo of this.#undo) undo();
  }

  #reportInterrupt(): void {
    if (this.#interruptedBy === undefined) return;
    void this.#emit({ type: 'session-interrupted', signal: this.#interruptedBy }); // Emitting never rejects.
  }

  #stopFor(cause: StopCause): void {
    if (!this.stop.aborted) this.#stop.abort(cause);
  }

  #listen(signal: AbortSignal | undefined, react: () => void): void {
    if (signal === undefined) return;
    if (signal.aborted) {
      react();
      return;
    }
    signal.addEventListener('abort', react, { once: true });
    this.#undo.push(() => signal.removeEventListener('abort', react));
  }
}

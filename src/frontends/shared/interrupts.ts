import { constants } from 'node:os';
import process from 'node:process';

/** Requests from outside to end early, and how urgent they are. */
export interface Interrupts {
  /** Aborted by the first signal, with its name as the reason. */
  readonly interrupt: AbortSignal;
  /** Aborted by the second signal, or by us: what runs is to be killed at once. */
  readonly kill: AbortSignal;
  /** Has everything killed, for a fault of our own. */
  readonly abandon: () => void;
  /** 128 and the first signal's number; undefined before the first signal. */
  readonly exitCode: () => number | undefined;
  /** Resolves when so little is left of the time after the first signal that the step has to end as it is. */
  readonly outOfTime: Promise<void>;
}

/**
 * GitHub cancels with SIGINT, sends SIGTERM 7.5 s later, and kills the tree after 2.5 s more. The session has everything on
 * disk 5 s after the signal and the step has ended after 7 (docs/reliability.md, R1); this is the limit for a session that does not keep that.
 */
const patienceMs = 6_000;

/** Listens for the signals by which a job is cancelled. */
export function listenForInterrupts(): Interrupts {
  const interrupt = new AbortController();
  const kill = new AbortController();
  const { promise: outOfTime, resolve } = Promise.withResolvers<void>();
  const react = (signal: NodeJS.Signals): void => {
    if (interrupt.signal.aborted) {
      kill.abort(signal);
      return;
    }
    interrupt.abort(signal);
    // Not unref'd: a hanging disk may leave nothing else that keeps Node running until then.
    setTimeout(resolve, patienceMs);
  };
  // SIGBREAK is what Windows has for SIGTERM.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) process.on(signal, react);
  return {
    interrupt: interrupt.signal,
    kill: kill.signal,
    abandon: () => kill.abort('abandoned'),
    exitCode: () => {
      if (!interrupt.signal.aborted) return undefined;
      return 128 + constants.signals[interrupt.signal.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM'];
    },
    outOfTime,
  };
}

import { constants } from 'node:os';
import process from 'node:process';
import type { Interrupts as StepInterrupts } from '../shared/interrupts.ts';

/** Requests from outside to end the command early, and how urgent they are. */
export type Interrupts = Omit<StepInterrupts, 'outOfTime'> & Disposable;

/**
 * A session is over 5 s after the signal; what could still hold this process is a pipe that nobody reads. It has to be gone
 * after 7 s (docs/reliability.md, R1).
 */
const patienceMs = 6_500;

/** Wrappers such as timeout(1) send a signal to the process and to its group: that is one request, not two. */
const echoMs = 300;

/** Wait after the second signal, for the last line of the log. */
const shortPatienceMs = 1_000;

/**
 * Listens for the signals that end a command. A closed terminal (SIGHUP) ends the children as well: in groups of their own
 * they would not hear of it.
 */
export function listenForInterrupts(): Interrupts {
  const interrupt = new AbortController();
  const kill = new AbortController();
  const exitCode = (): number | undefined =>
    interrupt.signal.aborted ? 128 + numberOf(interrupt.signal.reason) : undefined;
  // They keep the command running until it has ended: a hanging disk may leave nothing else that does.
  const patience: NodeJS.Timeout[] = [];
  let firstMs = 0;
  const react = (signal: NodeJS.Signals): void => {
    const isFirst = !interrupt.signal.aborted;
    if (!isFirst && signal === interrupt.signal.reason && performance.now() - firstMs < echoMs) return;
    if (isFirst) {
      firstMs = performance.now();
      interrupt.abort(signal);
    } else kill.abort(signal);
    patience.push(setTimeout(() => process.exit(exitCode()), isFirst ? patienceMs : shortPatienceMs));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;
  for (const signal of signals) process.on(signal, react);
  return {
    interrupt: interrupt.signal,
    kill: kill.signal,
    abandon: () => kill.abort('abandoned'),
    exitCode,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, react);
      for (const timer of patience) timer.unref();
    },
  };
}

/** SIGBREAK is what Windows has for SIGTERM. */
function numberOf(signal: NodeJS.Signals): number {
  return constants.signals[signal === 'SIGBREAK' ? 'SIGTERM' : signal];
}

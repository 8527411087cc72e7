import type { Clock } from '../model/clock.ts';
import type { StopCause } from '../model/event.ts';
import type { ChildExit } from '../model/result.ts';
import type { ReadAhead } from './read-ahead.ts';
import type { Timings } from './timings.ts';

/** The command of a child, and the rules for ending it. */
export interface ChildRequest {
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  /** The value of the marker variable in `environment`. */
  readonly marker: string;
  /** The mark in the child's resource limits, where the command sets one. */
  readonly limitMark?: number;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly readAhead: ReadAhead;
}

/** The work of a child, and who follows it. */
export interface ChildTask {
  /** Written to standard input. */
  readonly input: string;
  /** Milliseconds from the input to SIGTERM; absent means no limit. */
  readonly timeoutMs?: number;
  /** Milliseconds without output to SIGTERM; absent means no limit. */
  readonly idleTimeoutMs?: number;
  /** Takes what the child wrote; a child whose output is taken slowly is read slowly. */
  readonly onOutput: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => Promise<unknown>;
  /** Told of each signal that the child is sent. */
  readonly onStop: (cause: StopCause, signal: NodeJS.Signals) => void;
}

/** Exit of a child. */
export type ChildEnd =
  | { readonly kind: 'not-started'; readonly code: string; readonly message: string }
  | {
      readonly kind: 'exited';
      readonly exit: ChildExit;
      /** Why we ended it; absent when it ended by itself. */
      readonly stopCause?: StopCause;
      /** The final result had come before we ended it. */
      readonly resultFirst: boolean;
      /** Processes that it had left behind, and that were killed; absent when there were none. */
      readonly survivorsKilled?: number;
    };

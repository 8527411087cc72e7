import type { EnsembleEvent } from '../../model/event.ts';
import type { ProcessOptionFields, SessionOptionFields } from './option-fields.ts';

/** Options of a session, and of its processes where these leave them out. */
export interface SessionOptions extends SessionOptionFields, StreamOptions {}

/** Options of one process; those left out are the session's. */
export interface ProcessOptions extends ProcessOptionFields, StreamOptions {
  /** Name for people, shown instead of the id. */
  readonly name?: string | undefined;
}

/** Destination of the text of a process as it comes. */
export interface StreamOptions {
  /**
   * Write the redacted text to standard output as it comes.
   * @default true
   */
  readonly streamOutput?: boolean | undefined;
}

type PatternField = 'maxWorkers' | 'batchSize' | 'passOutput' | 'stopOnFailure';

/** Options of every call that runs processes. */
export interface RunOptions {
  /** Cancels the call when it is aborted: what runs is ended, the rest is skipped, and all results are given. */
  readonly signal?: AbortSignal | undefined;
  /** Called with every event, redacted, in order. What it returns is not awaited; its first rejection becomes a warning. */
  readonly onEvent?: ((event: EnsembleEvent) => void) | undefined;
}

type PatternOptions<Field extends PatternField> = Pick<SessionOptions, Field> & RunOptions;

/** Options of `runParallel`; what is left out is the session's. */
export type ParallelOptions = PatternOptions<'maxWorkers' | 'stopOnFailure'>;

/** Options of `runSequential`; what is left out is the session's. */
export type SequentialOptions = PatternOptions<'passOutput' | 'stopOnFailure'>;

/** Options of `runWithFallback`. */
export type FallbackOptions = RunOptions & {
  /** Replaces each process's own timeout. */
  readonly timeout?: SessionOptions['timeout'];
};

/** Options of `runBatched`; what is left out is the session's. */
export type BatchedOptions = PatternOptions<'batchSize' | 'maxWorkers' | 'passOutput' | 'stopOnFailure'>;

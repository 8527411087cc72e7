import type { FailOn, Pattern } from './plan.ts';
import type { ProcessResult } from './result.ts';

/** The session's verdict, in one word. */
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

/** Sums over all results. */
export interface Totals {
  readonly total: number;
  readonly succeeded: number;
  /** Timed-out included. */
  readonly failed: number;
  readonly cancelled: number;
  readonly skipped: number;
  /** Processes with at least one denied tool call. */
  readonly denied: number;
  readonly costUsd: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Seconds from the session's start to its end. */
  readonly durationSeconds: number;
}

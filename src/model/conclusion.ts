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
  /** Without the tokens that were read from the cache or written to it. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** Seconds from the session's start to its end. */
  readonly durationSeconds: number;
}

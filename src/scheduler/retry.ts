import type { AttemptOutcome } from '../model/attempt.ts';

/** No delay and no pause is longer, whatever the attempt or the server says (docs/reliability.md, R14). */
export const longestDelayMs = 60_000;

/** The rules of one session's retries. */
export interface RetryPolicy {
  /** More attempts after the first. */
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly retryAfterTools: boolean;
}

/** The retries that a whole session may make: a service that is down must not be asked again by everyone (docs/reliability.md, R14). */
export class RetryAllowance {
  #processCount: number;
  #taken = 0;

  constructor(processCount: number) {
    this.#processCount = processCount;
  }

  /** More processes may make more retries. */
  add(processCount: number): void {
    this.#processCount += processCount;
  }

  /** Takes one retry; false when none is left. */
  take(): boolean {
    if (this.#taken >= Math.max(5, Math.floor(this.#processCount / 5))) return false;
    this.#taken += 1;
    return true;
  }
}

/** Whether another attempt may succeed where this one failed, and the process has one left. */
export function isRetryable({ transient }: AttemptOutcome, attempt: number, { retries }: RetryPolicy): boolean {
  return transient && attempt <= retries;
}

/** Whether another attempt would repeat nothing that a tool has done, or may repeat it. */
export function isRepeatable({ toolsRan }: AttemptOutcome, { retryAfterTools }: RetryPolicy): boolean {
  return retryAfterTools || !toolsRan;
}

/** Inputs of a retry's delay. */
export interface RetryDelayOptions {
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly firstDelayMs: number;
  /** Uniform in [0, 1). */
  readonly random: number;
  /** Delay that the service asked for. */
  readonly retryAfterMs?: number | undefined;
}

/** Full jitter over an exponential ceiling, but never less than the service asked for. */
export function retryDelayMs({ attempt, firstDelayMs, random, retryAfterMs = 0 }: RetryDelayOptions): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1));
  return Math.max(Math.round(random * ceiling), Math.min(retryAfterMs, longestDelayMs));
}

/** Time limit of each step of a child's end, in milliseconds; they keep the promises R1, R2, R3 and R7 of docs/reliability.md. */
export interface Timings {
  /** From SIGTERM to SIGKILL after a timeout or a hang. */
  readonly stopGraceMs: number;
  /** From SIGTERM to SIGKILL after a cancel: the runner gives us 10 s in all. */
  readonly cancelGraceMs: number;
  /** From the final result to SIGTERM. */
  readonly lingerMs: number;
  /** After the exit: silence on a pipe that something else still holds. */
  readonly drainSilenceMs: number;
  /** After the exit: reading in all. */
  readonly drainLimitMs: number;
  /** After the exit by a kill of ours: reading in all. */
  readonly drainAfterKillMs: number;
}

export const defaultTimings: Timings = {
  stopGraceMs: 5_000,
  cancelGraceMs: 3_000,
  lingerMs: 30_000,
  drainSilenceMs: 2_000,
  drainLimitMs: 5_000,
  drainAfterKillMs: 500,
};

import type { AttemptOutcome } from '../model/attempt.ts';
import type { Clock } from '../model/clock.ts';
import { pause } from '../model/clock.ts';
import { internalErrorMessage } from '../model/errors.ts';
import type { Emit, EnsembleFact } from '../model/event.ts';
import { answerRole } from '../model/finding-schemas.ts';
import type { PassedOutputs, ProcessSpec } from '../model/plan.ts';
import type { FieldRedactor } from '../model/redacted-fields.ts';
import { redactedResult } from '../model/redacted-fields.ts';
import type { Ending, ProcessResult, SkipReason } from '../model/result.ts';
import type { AdmissionControl, StartPermit } from './admission-control.ts';
import type { AttemptTotals } from './attempt-totals.ts';
import { attemptEnded, count, newTotals, resultOf } from './attempt-totals.ts';
import type { Breaker } from './breaker.ts';
import type { Budget, Reservation } from './budget.ts';
import type { RetryAllowance, RetryPolicy } from './retry.ts';
import { isRepeatable, isRetryable, retryDelayMs } from './retry.ts';
import type { Dispatch } from './scheduler-options.ts';

/** Milliseconds until the next start after one that failed for want of memory or file descriptors. */
const exhaustionPauseMs = 1_000;

/** Starts that fail in a row for want of a resource, before the process fails: the machine will not recover soon. */
const mostExhaustions = 60;

/** One attempt, as the runner of children is asked for it. */
export interface AttemptRequest {
  readonly process: ProcessSpec;
  readonly passed: PassedOutputs;
  readonly attempt: number;
  /** US dollars that this attempt may spend. */
  readonly ceilingUsd?: number;
  /** To be called when the child's start-up is over; its end counts as well. */
  readonly onStarted: () => void;
  /** Aborted when an attempt that has not been given its prompt is not to be. */
  readonly skipSignal: AbortSignal;
  /** Aborted when this process alone is to be ended. */
  readonly cancel?: AbortSignal;
}

/** Parts of the session that a process depends on. */
export interface ProcessRunOptions extends Dispatch {
  /** Undefined when the attempt was skipped before it was given its prompt. */
  readonly attempt: (request: AttemptRequest) => Promise<AttemptOutcome | undefined>;
  /** Whether a child has been started for a process before its turn. */
  readonly isStartedAhead?: (processId: string) => boolean;
  readonly admission: Pick<AdmissionControl, 'start' | 'pushedBack' | 'succeeded'>;
  readonly breaker: Breaker;
  readonly budget: Budget;
  readonly allowance: RetryAllowance;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Results are redacted where they are made, before a caller or a later process can see them. */
  readonly redactor: FieldRedactor;
  /** Aborted when nothing new may start. */
  readonly halt: AbortSignal;
  readonly haltReason: () => 'session-cancelled' | 'deadline';
  /** Has all that runs killed, and nothing new started. */
  readonly abandon: () => void;
  /** The monotonic time after which nothing starts; absent means never. */
  readonly deadlineAt?: number;
  readonly offline: boolean;
}

/** Runs one process to its end: money, a permit to start, attempts and the waits between them. Never rejects. */
export async function runProcess(
  process: ProcessSpec,
  passed: PassedOutputs,
  session: ProcessRunOptions,
): Promise<ProcessResult> {
  const options = withBreaker(process, session);
  const reservation = await reserve(process, options);
  if ('skipped' in reservation) return endUnstarted(process, skipped(reservation.skipped), options);
  const totals = newTotals(options.clock);
  const result = (ending: Ending): ProcessResult =>
    resultOf({ process, ending, totals, clock: options.clock, offline: options.offline });
  try {
    const ending = await runAttempts({ process, passed, reservation, totals, options });
    reservation.settle(totals.attempts === 0 ? 0 : totals.chargedUsd);
    if (ending.status === 'skipped') return endUnstarted(process, ending, options);
    if (ending.status === 'succeeded') options.admission.succeeded();
    return reportResult(result(ending), options);
  } catch (error) {
    // A fault of our own (docs/reliability.md, R20): nothing that runs is to be trusted, and the result says so.
    options.abandon();
    reservation.settle(totals.chargedUsd);
    const message = internalErrorMessage(error);
    return reportResult({ ...result({ status: 'failed', reason: 'internal-error' }), message }, options);
  }
}

/** A process that waits for its first start is skipped by the breaker as well. */
function withBreaker(process: ProcessSpec, options: ProcessRunOptions): ProcessRunOptions {
  const { breaker, halt, skipSignal, skipReason } = options;
  return {
    ...options,
    skipSignal: AbortSignal.any([skipSignal, breaker.signalFor(process)]),
    skipReason: () => (halt.aborted ? undefined : breaker.reasonFor(process)) ?? skipReason(),
  };
}

/** The session's part in what is reported of a process. */
export type ReportOptions = Pick<ProcessRunOptions, 'clock' | 'emit' | 'redactor' | 'offline'>;

/** Accounts for a process that is not started. */
export function endUnstarted(
  process: ProcessSpec,
  ending: Ending & { readonly message?: string },
  options: ReportOptions,
): ProcessResult {
  const result: ProcessResult = {
    ...ending,
    processId: process.id,
    name: process.name,
    ...answerRole(process.claude.jsonSchema, process.checkedFinding),
    exitCode: -1,
    output: '',
    stderr: '',
    duration: 0,
    attempts: 0,
    endedAt: options.clock.date().toISOString(),
    permissionDenials: [],
    ...(process.continueOnError && { continueOnError: true as const }),
    ...(options.offline && { offline: true as const }),
  };
  return reportResult(result, options);
}

/** The ending of a process that is not started. */
export function skipped(reason: SkipReason): Ending {
  return { status: 'skipped', reason };
}

/** Reports a result, and gives it as callers and later processes may see it. The only place where a result is redacted. */
export function reportResult(
  unsafe: ProcessResult,
  { emit, redactor }: Pick<ProcessRunOptions, 'emit' | 'redactor'>,
): ProcessResult {
  const result = redactedResult(unsafe, redactor);
  void emit({ type: 'process-ended', result }); // Emitting never rejects.
  return result;
}

async function reserve(
  process: ProcessSpec,
  { budget, skipSignal, skipReason }: ProcessRunOptions,
): Promise<Reservation | { skipped: SkipReason }> {
  for (;;) {
    if (skipSignal.aborted) return { skipped: skipReason() };
    const answer = budget.reserve(process.maxBudgetUsd);
    if (answer.kind === 'reserved') return answer.reservation;
    if (answer.kind === 'exhausted') return { skipped: 'budget' };
    // What runs settles when it is halted, so this wait ends then too.
    await answer.changed;
  }
}

interface AttemptsOptions {
  readonly process: ProcessSpec;
  readonly passed: PassedOutputs;
  readonly reservation: Reservation;
  readonly totals: AttemptTotals;
  readonly options: ProcessRunOptions;
}

async function runAttempts({ process, passed, reservation, totals, options }: AttemptsOptions): Promise<Ending> {
  const { admission, breaker, halt, clock } = options;
  const mayRetry = AbortSignal.any([halt, breaker.signalFor(process)]);
  for (let exhaustions = 0; ; ) {
    const skipSignal = totals.attempts === 0 ? options.skipSignal : mayRetry;
    const permit = await startPermit(process, { skipSignal, isFirst: totals.attempts === 0 }, options);
    if (permit === undefined) return endingWithoutStart(totals, options);
    if (totals.attempts === 0) Object.assign(totals, { startedAt: clock.date(), startedMs: clock.now() });
    const left = moneyLeft(reservation, totals);
    const outcome = await options.attempt({
      process,
      passed,
      attempt: totals.attempts + 1,
      ...(left !== undefined && { ceilingUsd: left }),
      onStarted: permit.markStarted,
      skipSignal,
    });
    if (outcome === undefined) {
      permit.release();
      return endingWithoutStart(totals, options);
    }
    if (outcome.resourceExhausted && exhaustions < mostExhaustions) {
      exhaustions += 1;
      admission.pushedBack(exhaustionPauseMs);
      permit.release();
      if (exhaustions === 1) void options.emit(exhaustionNotice(process, outcome));
      continue;
    }
    count(totals, outcome, left);
    void options.emit(attemptEnded(process, outcome, { attempt: totals.attempts, ceilingUsd: left, clock }));
    const resetMs = breaker.record(process, outcome);
    const { delayMs, barrier } = nextAttempt({ outcome, totals, reservation, options, resetMs });
    if (isPushBack(outcome)) admission.pushedBack(delayMs ?? outcome.retryAfterMs ?? options.policy.retryDelayMs);
    if (delayMs === undefined) options.onOutcome(outcome.ending);
    permit.release();
    const { message, ending } = outcome;
    if (barrier !== undefined) totals.last = { ...outcome, message: withBarrier(message, barrier) };
    if (delayMs === undefined || ending.reason === undefined) return ending;
    const fact = { type: 'process-retrying', processId: process.id, attempt: totals.attempts, delayMs } as const;
    void options.emit({ ...fact, reason: ending.reason, ...(message !== undefined && { message }) });
    await pause(clock, delayMs, mayRetry);
    if (mayRetry.aborted) return endingWithoutStart(totals, options);
  }
}

/** Waits until no used up limit holds the process back and the admission lets it start. */
async function startPermit(
  process: ProcessSpec,
  { skipSignal, isFirst }: { readonly skipSignal: AbortSignal; readonly isFirst: boolean },
  { admission, breaker, isStartedAhead }: Pick<ProcessRunOptions, 'admission' | 'breaker' | 'isStartedAhead'>,
): Promise<StartPermit | undefined> {
  for (;;) {
    await breaker.reset(process, skipSignal);
    const permit = await admission.start(skipSignal, isFirst && isStartedAhead?.(process.id) === true);
    if (permit === undefined || !breaker.isHeld(process)) return permit;
    permit.release();
  }
}

/** The ending of a process that is not to be started, or not again. */
function endingWithoutStart({ attempts, last }: AttemptTotals, options: ProcessRunOptions): Ending {
  const { halt, haltReason, skipReason } = options;
  if (attempts === 0 || last === undefined) return { status: 'skipped', reason: skipReason() };
  // The credential was refused to another process meanwhile: what happened to this one stands.
  if (!halt.aborted) return last.ending;
  return { status: 'cancelled', reason: haltReason() === 'deadline' ? 'deadline' : 'cancelled' };
}

/** Once per process: while the machine is short of something, it is asked every second. */
function exhaustionNotice({ id }: ProcessSpec, { message = 'it could not be started' }: AttemptOutcome): EnsembleFact {
  const text = `${message}. The machine is short of something: it is started later, and no attempt is counted.`;
  return { type: 'notice', level: 'info', processId: id, message: text, starts: 'held' };
}

interface RetryInput {
  readonly outcome: AttemptOutcome;
  readonly totals: AttemptTotals;
  readonly reservation: Reservation;
  readonly options: ProcessRunOptions;
  /** Milliseconds until the limit that the attempt met resets; undefined when that is no reason for another attempt. */
  readonly resetMs: number | undefined;
}

/** Milliseconds until another attempt, or what rules one out although retries are left; neither when none are left. */
interface NextAttempt {
  readonly delayMs?: number;
  readonly barrier?: string;
}

const barriers = {
  money: 'no money is left for another attempt',
  tools: 'a tool had been called, and another attempt may call it again; retry-after-tools allows that',
  deadline: 'another attempt would begin after total-timeout',
  allowance: 'the processes of the session have used up the retries that they share',
};

function nextAttempt({ outcome, totals, reservation, options, resetMs }: RetryInput): NextAttempt {
  const { policy, clock, deadlineAt, allowance } = options;
  const left = moneyLeft(reservation, totals);
  const hasRetries = resetMs !== undefined || isRetryable(outcome, totals.attempts, policy);
  if (left !== undefined && left <= 0) return hasRetries ? { barrier: barriers.money } : {};
  if (outcome.isAdapted === true) return { delayMs: 0 };
  if (!hasRetries) return {};
  if (!isRepeatable(outcome, policy)) return { barrier: barriers.tools };
  // No fault of the process's: neither its retries nor the session's are spent.
  if (resetMs !== undefined) return { delayMs: resetMs };
  const delayMs = retryDelayMs({
    attempt: totals.attempts,
    firstDelayMs: policy.retryDelayMs,
    random: clock.random(),
    retryAfterMs: outcome.retryAfterMs,
  });
  if (deadlineAt !== undefined && clock.now() + delayMs >= deadlineAt) return { barrier: barriers.deadline };
  return allowance.take() ? { delayMs } : { barrier: barriers.allowance };
}

function withBarrier(message: string | undefined, barrier: string): string {
  const why = `not tried again: ${barrier}`;
  return message === undefined ? why : `${message} (${why})`;
}

function moneyLeft({ ceilingUsd }: Reservation, { chargedUsd }: AttemptTotals): number | undefined {
  return ceilingUsd === undefined ? undefined : ceilingUsd - (chargedUsd ?? 0);
}

function isPushBack({ ending }: AttemptOutcome): boolean {
  return ending.reason === 'rate-limited' || ending.reason === 'overloaded';
}

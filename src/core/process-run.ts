import type { AttemptOutcome } from './attempt.ts';
import type { Budget, Reservation } from './budget.ts';
import type { Clock } from './clock.ts';
import { pause } from './clock.ts';
import type { Emit } from './event.ts';
import type { Governor } from './governor.ts';
import type { DataBlock, ProcessSpec } from './plan.ts';
import type { Redactor } from './redactor.ts';
import type { Ending, ProcessResult, SkipReason, Usage } from './result.ts';
import type { RetryAllowance, RetryPolicy } from './retry.ts';
import { isRetryable, retryDelayMs } from './retry.ts';

/** Pressure on the machine (no memory, no file descriptors) passes within about this time. */
const pressurePauseMs = 1_000;

/** One attempt, as the runner of children is asked for it. */
export interface AttemptRequest {
  readonly process: ProcessSpec;
  readonly passed: readonly DataBlock[];
  readonly attempt: number;
  /** US dollars that this attempt may spend. */
  readonly ceilingUsd?: number;
  /** To be called when the child's start-up is over; its end counts as well. */
  readonly onStarted: () => void;
}

/** What a process needs of its session. */
export interface ProcessRunOptions {
  readonly attempt: (request: AttemptRequest) => Promise<AttemptOutcome>;
  readonly governor: Pick<Governor, 'start' | 'pushedBack' | 'succeeded'>;
  readonly budget: Budget;
  readonly allowance: RetryAllowance;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Results are redacted where they are made, before a caller or a later process can see them. */
  readonly redactor: Pick<Redactor, 'value'>;
  /** Aborted when nothing new may start. */
  readonly halt: AbortSignal;
  readonly haltReason: () => 'session-cancelled' | 'deadline';
  /** The monotonic time after which nothing starts; absent means never. */
  readonly deadlineAt?: number;
  /** What the log directory knows of the process. */
  readonly logsOf: (processId: string) => Pick<ProcessResult, 'logFile' | 'logIncomplete'>;
  readonly offline: boolean;
}

/** What the attempts of one process came to so far. */
interface Tally {
  readonly startedAt: Date;
  readonly startedMs: number;
  attempts: number;
  costUsd: number | undefined;
  /** Counted against the ceiling: an attempt of unknown cost counts in full. */
  chargedUsd: number | undefined;
  usage: Usage | undefined;
  last: AttemptOutcome | undefined;
}

/** Runs one process to its end: money, leave to start, attempts and the waits between them. Never rejects. */
export async function runProcess(process: ProcessSpec, passed: readonly DataBlock[], options: ProcessRunOptions): Promise<ProcessResult> {
  const reservation = await reserve(process, options);
  if ('skipped' in reservation) return skipProcess(process, reservation.skipped, options);
  const tally = newTally(options.clock);
  const ending = await runAttempts({ process, passed, reservation, tally, options });
  reservation.settle(tally.attempts === 0 ? 0 : tally.chargedUsd);
  if (ending.status === 'skipped') return skipProcess(process, ending.reason, options);
  if (ending.status === 'succeeded') options.governor.succeeded();
  return report(resultOf({ process, ending, tally, options }), options);
}

/** Accounts for a process that is not started. */
export function skipProcess(
  process: ProcessSpec,
  reason: SkipReason,
  options: Pick<ProcessRunOptions, 'clock' | 'emit' | 'redactor' | 'logsOf' | 'offline'>,
): Promise<ProcessResult> {
  const result: ProcessResult = {
    status: 'skipped',
    reason,
    processId: process.id,
    name: process.name,
    exitCode: -1,
    output: '',
    stderr: '',
    duration: 0,
    attempts: 0,
    endedAt: options.clock.date().toISOString(),
    permissionDenials: [],
    ...(options.offline && { offline: true as const }),
  };
  return report(result, options);
}

async function report(
  unsafe: ProcessResult,
  { emit, redactor, logsOf }: Pick<ProcessRunOptions, 'emit' | 'redactor' | 'logsOf'>,
): Promise<ProcessResult> {
  const result = redactor.value(unsafe);
  await emit({ type: 'process-ended', result });
  return result.attempts === 0 ? result : { ...result, ...logsOf(result.processId) };
}

async function reserve(process: ProcessSpec, { budget, halt, haltReason }: ProcessRunOptions): Promise<Reservation | { skipped: SkipReason }> {
  for (;;) {
    if (halt.aborted) return { skipped: haltReason() };
    const answer = budget.reserve(process.maxBudgetUsd);
    if (answer.kind === 'reserved') return answer.reservation;
    if (answer.kind === 'exhausted') return { skipped: 'budget' };
    // What runs settles when it is halted, so this wait ends then too.
    await answer.changed;
  }
}

interface AttemptsOptions {
  readonly process: ProcessSpec;
  readonly passed: readonly DataBlock[];
  readonly reservation: Reservation;
  readonly tally: Tally;
  readonly options: ProcessRunOptions;
}

async function runAttempts({ process, passed, reservation, tally, options }: AttemptsOptions): Promise<Ending> {
  const { governor, halt, haltReason, policy, clock } = options;
  const halted = (): Ending =>
    tally.attempts === 0
      ? { status: 'skipped', reason: haltReason() }
      : { status: 'cancelled', reason: haltReason() === 'deadline' ? 'deadline' : 'cancelled' };
  for (;;) {
    const started = await governor.start(halt);
    if (started === undefined) return halted();
    const { ceilingUsd } = reservation;
    const left = ceilingUsd === undefined ? undefined : ceilingUsd - (tally.chargedUsd ?? 0);
    const outcome = await options.attempt({
      process,
      passed,
      attempt: tally.attempts + 1,
      ...(left !== undefined && { ceilingUsd: left }),
      onStarted: started,
    });
    started();
    if (outcome.pressure) {
      governor.pushedBack(pressurePauseMs);
      continue;
    }
    count(tally, outcome, left);
    if (outcome.ending.status === 'succeeded' || !isRetryable(outcome, tally.attempts, policy)) return outcome.ending;
    if (ceilingUsd !== undefined && (tally.chargedUsd ?? 0) >= ceilingUsd) return outcome.ending;
    const delayMs = retryDelayMs(tally.attempts, policy, clock.random(), outcome.retryAfterMs);
    if (options.deadlineAt !== undefined && clock.now() + delayMs >= options.deadlineAt) return outcome.ending;
    if (!options.allowance.take()) return outcome.ending;
    if (isPushBack(outcome)) governor.pushedBack(delayMs);
    await announceRetry(process, tally.attempts, delayMs, outcome, options.emit);
    await pause(clock, delayMs, halt);
    if (halt.aborted) return halted();
  }
}

function isPushBack({ ending }: AttemptOutcome): boolean {
  return ending.reason === 'rate-limited' || ending.reason === 'overloaded';
}

async function announceRetry(process: ProcessSpec, attempt: number, delayMs: number, outcome: AttemptOutcome, emit: Emit): Promise<void> {
  const { ending, message } = outcome;
  if (ending.reason === undefined) return;
  await emit({ type: 'process-retrying', processId: process.id, attempt, reason: ending.reason, delayMs, ...(message !== undefined && { message }) });
}

function newTally(clock: Clock): Tally {
  return {
    startedAt: clock.date(),
    startedMs: clock.now(),
    attempts: 0,
    costUsd: undefined,
    chargedUsd: undefined,
    usage: undefined,
    last: undefined,
  };
}

function count(tally: Tally, outcome: AttemptOutcome, ceilingUsd: number | undefined): void {
  tally.attempts += 1;
  tally.last = outcome;
  tally.costUsd = sum(tally.costUsd, outcome.costUsd);
  tally.chargedUsd = sum(tally.chargedUsd, outcome.costUsd ?? ceilingUsd);
  tally.usage = sumUsage(tally.usage, outcome.usage);
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : a + (b ?? 0);
}

function sumUsage(a: Usage | undefined, b: Usage | undefined): Usage | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  };
}

interface ResultOptions {
  readonly process: ProcessSpec;
  readonly ending: Ending;
  readonly tally: Tally;
  readonly options: ProcessRunOptions;
}

function resultOf({ process, ending, tally, options }: ResultOptions): ProcessResult {
  const { last } = tally;
  return {
    ...ending,
    processId: process.id,
    name: process.name,
    // A process cancelled between two attempts did not fail by its last exit.
    exitCode: ending === last?.ending ? last.exitCode : -1,
    output: last?.output ?? '',
    stderr: last?.stderr ?? '',
    duration: (options.clock.now() - tally.startedMs) / 1000,
    attempts: tally.attempts,
    startedAt: tally.startedAt.toISOString(),
    endedAt: options.clock.date().toISOString(),
    permissionDenials: last?.permissionDenials ?? [],
    ...present({
      message: last?.message,
      conversationId: last?.conversationId,
      model: last?.model,
      usage: tally.usage,
      costUsd: tally.costUsd,
      numTurns: last?.numTurns,
      structuredOutput: last?.structuredOutput,
      childExit: last?.childExit,
      killedAfterResult: last?.killedAfterResult || undefined,
      outputTruncated: last?.outputTruncated || undefined,
      offline: options.offline || undefined,
    }),
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is not there: an absent field says more than an undefined one. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}

import type { AttemptOutcome } from '../model/attempt.ts';
import type { Clock } from '../model/clock.ts';
import { compact } from '../model/compact.ts';
import type { EnsembleFact } from '../model/event.ts';
import { answerRole } from '../model/finding-schemas.ts';
import { roundedUsd } from '../model/money.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { Ending, ProcessResult, Usage, UsageByModel } from '../model/result.ts';
import { addByModel, sumUsage } from '../model/usage.ts';

/** Totals over the attempts of one process so far. */
export interface AttemptTotals {
  /** Start of the first attempt: waiting for a permit to start is no part of the duration. */
  startedAt: Date;
  startedMs: number;
  attempts: number;
  costUsd: number | undefined;
  /** Counted against the ceiling: an attempt of unknown cost counts in full. */
  chargedUsd: number | undefined;
  usage: Usage | undefined;
  usageByModel: UsageByModel;
  last: AttemptOutcome | undefined;
}

/** Begins to count: the process is about to be started. */
export function newTotals(clock: Clock): AttemptTotals {
  return {
    startedAt: clock.date(),
    startedMs: clock.now(),
    attempts: 0,
    costUsd: undefined,
    chargedUsd: undefined,
    usage: undefined,
    usageByModel: {},
    last: undefined,
  };
}

/** Adds one attempt; an unknown cost counts as its ceiling. */
export function count(totals: AttemptTotals, outcome: AttemptOutcome, ceilingUsd: number | undefined): void {
  totals.attempts += 1;
  totals.last = outcome;
  totals.costUsd = sum(totals.costUsd, outcome.costUsd);
  totals.chargedUsd = sum(totals.chargedUsd, outcome.costUsd ?? ceilingUsd);
  totals.usage = sumUsage(totals.usage, outcome.usage);
  totals.usageByModel = addByModel(totals.usageByModel, outcome.usageByModel);
}

/** Which attempt has ended, and what it might have spent. */
export interface EndedAttempt {
  readonly attempt: number;
  /** In US dollars; undefined means no ceiling. */
  readonly ceilingUsd: number | undefined;
  readonly clock: Clock;
}

/** An attempt that has ended, as an event. */
export function attemptEnded(
  { id }: ProcessSpec,
  outcome: AttemptOutcome,
  { attempt, ceilingUsd, clock }: EndedAttempt,
): EnsembleFact {
  const { ending, childExit, costUsd, usage, usageByModel, permissionDenials, survivorsKilled } = outcome;
  return {
    type: 'process-attempt-ended',
    processId: id,
    attempt,
    status: ending.status,
    permissionDenials,
    ...compact({
      reason: ending.reason,
      childExit,
      costUsd,
      chargedUsd: costUsd ?? ceilingUsd,
      usage,
      usageByModel,
      retryAt: retryAtOf(outcome, clock),
      survivorsKilled,
    }),
  };
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : roundedUsd(a + (b ?? 0));
}

/** Inputs of a result. */
export interface ResultOptions {
  readonly process: ProcessSpec;
  readonly ending: Ending;
  readonly totals: AttemptTotals;
  readonly clock: Clock;
  readonly offline: boolean;
}

/** The result of a process whose attempts are over. */
export function resultOf({ process, ending, totals, clock, offline }: ResultOptions): ProcessResult {
  const { last } = totals;
  return {
    ...ending,
    processId: process.id,
    name: process.name,
    ...answerRole(process.claude.jsonSchema, process.checkedFinding),
    // A process cancelled between two attempts did not fail by its last exit.
    exitCode: ending === last?.ending ? last.exitCode : -1,
    output: last?.output ?? '',
    stderr: last?.stderr ?? '',
    duration: Math.round(clock.now() - totals.startedMs) / 1000,
    attempts: totals.attempts,
    startedAt: totals.startedAt.toISOString(),
    endedAt: clock.date().toISOString(),
    permissionDenials: last?.permissionDenials ?? [],
    ...compact({
      mcpFaults: last?.mcpFaults?.length ? last.mcpFaults : undefined,
      message: last?.message,
      cause: last?.cause,
      timedOutAfter: ending.status === 'timed-out' && last?.limitMs !== undefined ? last.limitMs / 1000 : undefined,
      retryAt: retryAtOf(last, clock),
      conversationId: last?.conversationId,
      model: last?.model,
      usage: totals.usage,
      usageByModel: Object.keys(totals.usageByModel).length === 0 ? undefined : totals.usageByModel,
      costUsd: totals.costUsd,
      numTurns: last?.numTurns,
      structuredOutput: last?.structuredOutput,
      childExit: last?.childExit,
      killedAfterResult: last?.killedAfterResult || undefined,
      outputTruncated: last?.outputTruncated || undefined,
      continueOnError: process.continueOnError || undefined,
      offline: offline || undefined,
    }),
  };
}

/** ISO 8601; undefined without a usage limit, and for a reset that has passed already. */
function retryAtOf(last: AttemptOutcome | undefined, clock: Clock): string | undefined {
  const { ending, refusal: { resetsAt } = {} } = last ?? {};
  if (ending?.reason !== 'quota' || resetsAt === undefined || resetsAt <= clock.date().getTime()) return undefined;
  return new Date(resetsAt).toISOString();
}

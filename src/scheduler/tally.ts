import type { AttemptOutcome } from '../model/attempt.ts';
import type { Clock } from '../model/clock.ts';
import { compact } from '../model/compact.ts';
import { roundedUsd } from '../model/money.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { Ending, ProcessResult, Usage, UsageByModel } from '../model/result.ts';

/** What the attempts of one process came to so far. */
export interface Tally {
  /** Of the first attempt: waiting for leave to start is no part of the duration. */
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
export function newTally(clock: Clock): Tally {
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
export function count(tally: Tally, outcome: AttemptOutcome, ceilingUsd: number | undefined): void {
  tally.attempts += 1;
  tally.last = outcome;
  tally.costUsd = sum(tally.costUsd, outcome.costUsd);
  tally.chargedUsd = sum(tally.chargedUsd, outcome.costUsd ?? ceilingUsd);
  tally.usage = sumUsage(tally.usage, outcome.usage);
  tally.usageByModel = addByModel(tally.usageByModel, outcome.usageByModel);
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : roundedUsd(a + (b ?? 0));
}

/** Adds the tokens of each model. */
export function addByModel(sums: UsageByModel, more: UsageByModel = {}): UsageByModel {
  const models = Object.keys({ ...sums, ...more });
  return Object.fromEntries(models.map((model) => [model, sumUsage(sums[model], more[model]) ?? noTokens]));
}

const noTokens: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

function sumUsage(a: Usage | undefined, b: Usage | undefined): Usage | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  };
}

/** What a result is made from. */
export interface ResultOptions {
  readonly process: ProcessSpec;
  readonly ending: Ending;
  readonly tally: Tally;
  readonly clock: Clock;
  readonly offline: boolean;
}

/** The result of a process whose attempts are over. */
export function resultOf({ process, ending, tally, clock, offline }: ResultOptions): ProcessResult {
  const { last } = tally;
  return {
    ...ending,
    processId: process.id,
    name: process.name,
    // A process cancelled between two attempts did not fail by its last exit.
    exitCode: ending === last?.ending ? last.exitCode : -1,
    output: last?.output ?? '',
    stderr: last?.stderr ?? '',
    duration: Math.round(clock.now() - tally.startedMs) / 1000,
    attempts: tally.attempts,
    startedAt: tally.startedAt.toISOString(),
    endedAt: clock.date().toISOString(),
    permissionDenials: last?.permissionDenials ?? [],
    ...compact({
      mcpFaults: last?.mcpFaults?.length ? last.mcpFaults : undefined,
      message: last?.message,
      retryAt: retryAtOf(last, clock),
      conversationId: last?.conversationId,
      model: last?.model,
      usage: tally.usage,
      usageByModel: Object.keys(tally.usageByModel).length === 0 ? undefined : tally.usageByModel,
      costUsd: tally.costUsd,
      numTurns: last?.numTurns,
      structuredOutput: last?.structuredOutput,
      childExit: last?.childExit,
      killedAfterResult: last?.killedAfterResult || undefined,
      outputTruncated: last?.outputTruncated || undefined,
      offline: offline || undefined,
    }),
  };
}

/** A reset that has passed already tells nobody when to come back; nor does a date that no calendar knows. */
function retryAtOf(last: AttemptOutcome | undefined, clock: Clock): string | undefined {
  const { ending, refusal: { resetsAt } = {} } = last ?? {};
  if (ending?.reason !== 'quota' || resetsAt === undefined || resetsAt <= clock.date().getTime()) return undefined;
  return new Date(resetsAt).toISOString();
}

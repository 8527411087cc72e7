import type { EnsembleFact, PlannedPolicy, PlannedProcess } from '../../model/event.ts';
import type { Graph } from '../../model/graph.ts';
import type { FailOn } from '../../model/option-row.ts';
import type { Pattern } from '../../model/plan.ts';
import type { ProcessResult } from '../../model/result.ts';
import type { SessionState } from '../../model/session-state.ts';
import type { PlanInShards } from '../../model/shard.ts';
import type { BudgetFigures, NotRun } from '../verdict.ts';
import { type Choice, listOf } from './choice.ts';
import type { FinishedShard } from './replayed-events.ts';

/** ISO 8601: when the first shard began. */
export function startOf(shards: readonly FinishedShard[]): string {
  return shards.map(({ log }) => log.started.at).toSorted()[0] ?? '';
}

/** ISO 8601: when the last shard ended. */
export function endOf(shards: readonly FinishedShard[]): string {
  return (
    shards
      .map(({ log }) => log.lastAt)
      .toSorted()
      .at(-1) ?? ''
  );
}

type Started = Extract<EnsembleFact, { readonly type: 'session-started' }>;

/** The start of the one session, but for what is new in it. */
export function mergedStart(
  { plan }: Choice,
  shards: readonly FinishedShard[],
  failOn: FailOn,
): Omit<Started, 'sessionId' | 'directory' | 'title'> {
  const starts = shards.map(({ log }) => log.started);
  const [first] = starts;
  if (first === undefined) throw new Error('Internal error: a merge of no shards.');
  const planned = new Map(starts.flatMap(({ processes }) => processes.map((one) => [one.processId, one] as const)));
  const processes = plan.entries
    .filter(({ isList }) => !isList)
    .map(
      ({ id, name, answerKind }): PlannedProcess =>
        planned.get(id) ?? { processId: id, name, ...(answerKind !== undefined && { answerKind }) },
    );
  const groups = starts.flatMap((start) => start.groups ?? []);
  const policy = mergedPolicy(starts, failOn);
  return {
    type: 'session-started',
    pattern: first.pattern,
    processes,
    ...(groups.length > 0 && { groups }),
    ...(policy !== undefined && { policy }),
    trust: first.trust,
    offline: starts.some(({ offline }) => offline),
    executable: executablesOf(starts),
  };
}

/** A shard without processes has not looked for any. */
function executablesOf(starts: readonly Started[]): string {
  const busy = starts.filter(({ processes }) => processes.length > 0);
  return [...new Set((busy.length > 0 ? busy : starts).map(({ executable }) => executable))].join(', ');
}

/** The rules that the shards had, with the ceiling of all and another judge. */
function mergedPolicy(starts: readonly Started[], failOn: FailOn): PlannedPolicy | undefined {
  const policy = starts.find((start) => start.policy !== undefined)?.policy;
  if (policy === undefined) return undefined;
  const { maxBudgetUsd: _share, ...common } = policy;
  const maxBudgetUsd = starts[0]?.shard?.maxBudgetUsd;
  return { ...common, failOn, ...(maxBudgetUsd !== undefined && { maxBudgetUsd }) };
}

/** The money of all shards; undefined without a ceiling. */
export function mergedBudget(
  shards: readonly FinishedShard[],
  results: readonly ProcessResult[],
): BudgetFigures | undefined {
  const maxUsd = shards[0]?.log.shard.maxBudgetUsd;
  if (maxUsd === undefined) return undefined;
  const charges = shards.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'process-attempt-ended' ? (event.chargedUsd ?? event.costUsd ?? 0) : [])),
  );
  const costs = results.map(({ costUsd }) => costUsd ?? 0);
  const chargedUsd = (charges.length > 0 ? charges : costs).reduce((sum, usd) => sum + usd, 0);
  return { maxUsd, chargedUsd, overspentUsd: Math.max(0, chargedUsd - maxUsd) };
}

/** Stand for the processes of shards that are not there; one for each list that would have been found there. */
export function notRunResults({ plan, missing }: Choice, endedAt: string): readonly ProcessResult[] {
  return plan.entries
    .filter(({ shard }) => missing.includes(shard))
    .map(({ id, name, shard, answerKind }) => ({
      ...{ processId: id, name, status: 'skipped', reason: 'not-run', exitCode: -1, output: '', stderr: '' },
      ...{ duration: 0, attempts: 0, endedAt, permissionDenials: [] },
      message: `shard ${shard}/${plan.count}`,
      ...(answerKind !== undefined && { answerKind }),
    }));
}

/** In the order of the plan; the processes of a list stand where its entry does. */
export function mergedResults({ entries }: PlanInShards, results: readonly ProcessResult[]): readonly ProcessResult[] {
  const places = new Map(entries.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => places.get(id) ?? places.get(listOf(id)) ?? entries.length;
  // What is left out of a list comes last.
  const numberOf = (id: string): number => Number(/-(\d+)$/.exec(id)?.[1] ?? Number.MAX_SAFE_INTEGER);
  return results.toSorted((one, other) => {
    const [first, second] = [one.processId, other.processId];
    return placeOf(first) - placeOf(second) || numberOf(first) - numberOf(second);
  });
}

/** Nothing was to be started in any shard. */
export function notRunReason(results: readonly ProcessResult[], shards: readonly FinishedShard[]): NotRun | undefined {
  // Empty lists have groups that stand for them.
  if (results.length === 0) return shards.some(({ log }) => log.started.groups) ? 'no-items' : 'no-prompts';
  for (const reason of ['dry-run', 'missing-credentials'] as const)
    if (results.every((result) => result.reason === reason)) return reason;
  return undefined;
}

/** The rule of the verdict, and the result that stands for all. */
export type Shape = Pick<Graph, 'answer' | 'succeeds'> & { readonly pattern: Pattern };

const answers: Readonly<Record<Pattern, Graph['answer']>> = {
  parallel: 'none',
  sequential: 'last-success',
  fallback: 'first-success',
  batch: 'none',
  graph: 'only-sink',
};

/** The shape of the session that the shards are of. */
export function shapeOf(shards: readonly FinishedShard[]): Shape {
  const pattern = shards[0]?.log.started.pattern ?? 'parallel';
  return { pattern, answer: answers[pattern], succeeds: pattern === 'fallback' ? 'with-one' : 'by-fail-on' };
}

/** The processes that nothing else needs; a group is needed through what needs the group. */
export function finalIds(
  { needs, processes }: Pick<SessionState, 'needs' | 'processes'>,
  results: readonly ProcessResult[],
  { answer }: Shape,
): readonly string[] {
  const ids = results.map(({ processId }) => processId);
  if (answer !== 'only-sink') return ids;
  const needers = new Map<string, string[]>();
  for (const [id, needed] of needs)
    for (const of of needed) {
      const others = needers.get(of);
      if (others === undefined) needers.set(of, [id]);
      else others.push(id);
    }
  const seen = new Map<string, boolean>();
  const isNeeded = (id: string): boolean => {
    const known = seen.get(id);
    if (known !== undefined) return known;
    // Against a circle in a hostile record.
    seen.set(id, false);
    const isIt = (needers.get(id) ?? []).some((by) => processes.has(by) || isNeeded(by));
    seen.set(id, isIt);
    return isIt;
  };
  return ids.filter((id) => !isNeeded(id));
}

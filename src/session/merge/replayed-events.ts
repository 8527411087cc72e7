import type { EnsembleEvent } from '../../model/event.ts';
import type { ProcessResult } from '../../model/result.ts';
import type { PlannedEntry } from '../../model/shard.ts';
import type { ShardLog } from '../../record/shard-log.ts';
import { unfinished } from '../recovery.ts';

/** A shard brought to its end: every process in its record has a result. */
export interface FinishedShard {
  readonly log: ShardLog;
  readonly events: readonly EnsembleEvent[];
  /** Results by id. */
  readonly results: ReadonlyMap<string, ProcessResult>;
}

/** Ends what had not ended: what ran is cancelled, what waited is skipped, lists that were not found yet included. */
export function finishShard(log: ShardLog): FinishedShard {
  const { state, lastAt } = log;
  const results = new Map(log.results);
  const ends: EnsembleEvent[] = [];
  const costs = attemptCosts(log.events);
  for (const { id, name } of state.processes.values()) {
    if (results.has(id)) continue;
    const costUsd = costs.get(id);
    const end = unfinished({ processId: id, name }, state, lastAt);
    const result = { ...end, ...(costUsd !== undefined && { costUsd }) };
    results.set(id, result);
    ends.push({ type: 'process-ended', result, at: lastAt });
  }
  for (const { id, name, answerKind } of untoldEntries(log)) {
    const end = unfinished({ processId: id, name }, state, lastAt);
    const result = { ...end, ...(answerKind !== undefined && { answerKind }) };
    results.set(id, result);
    ends.push({ type: 'process-ended', result, at: lastAt });
  }
  return { log, events: [...log.events, ...ends], results };
}

/** Entries of a shard that was stopped before its record told of a process of theirs. */
function untoldEntries({ shard, state, results, events, ended }: ShardLog): readonly PlannedEntry[] {
  if (ended !== undefined) return [];
  const found = new Set(events.flatMap((event) => (event.type === 'processes-added' ? (event.into ?? []) : [])));
  return shard.entries.filter(
    ({ id, shard: index }) => index === shard.index && !found.has(id) && !state.processes.has(id) && !results.has(id),
  );
}

/** US dollars that the attempts of each process cost, as far as the CLI said. */
function attemptCosts(events: readonly EnsembleEvent[]): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const event of events)
    if (event.type === 'process-attempt-ended' && event.costUsd !== undefined)
      costs.set(event.processId, (costs.get(event.processId) ?? 0) + event.costUsd);
  return costs;
}

/** The events of all shards by the time at which they happened; those of one shard stay in their order, whatever its clock did. */
export function inOrderOfTime(shards: readonly FinishedShard[]): readonly EnsembleEvent[] {
  const timed = shards.flatMap(({ events }) => {
    let latest = 0;
    return events.map((event) => {
      latest = Math.max(latest, Date.parse(event.at) || 0);
      return { event, ms: latest };
    });
  });
  return timed.toSorted((one, other) => one.ms - other.ms).map(({ event }) => event);
}

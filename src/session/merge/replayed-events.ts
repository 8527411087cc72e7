import type { EnsembleEvent } from '../../model/event.ts';
import type { ProcessResult } from '../../model/result.ts';
import type { ShardLog } from '../../record/shard-log.ts';
import { unfinished } from '../recovery.ts';

/** A shard brought to its end: every process in its record has a result. */
export interface FinishedShard {
  readonly log: ShardLog;
  readonly events: readonly EnsembleEvent[];
  /** Results by id. */
  readonly results: ReadonlyMap<string, ProcessResult>;
}

/** Ends what had not ended: what ran is cancelled, what waited is skipped. */
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
  return { log, events: [...log.events, ...ends], results };
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

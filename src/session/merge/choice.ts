import type { EnsembleEvent } from '../../model/event.ts';
import type { PlanInShards } from '../../model/shard.ts';
import { planHash } from '../../plan/plan-hash.ts';
import type { ShardLog, UnusableLog } from '../../record/shard-log.ts';
import { interruptionText } from '../../text/causes.ts';

/** The plan, as far as it is known without any shard. */
export interface WantedPlan {
  readonly hash?: string;
  readonly count?: number;
  /** The attempt of the run that merges: no shard can be of a later one. */
  readonly attempt?: number;
}

/** The shards that are merged, and all that is to be said of the others. */
export interface Choice {
  readonly plan: PlanInShards;
  /** The chosen shards by their index; at most one of each. */
  readonly shards: ReadonlyMap<number, ShardLog>;
  /** Indices of which there is none. */
  readonly missing: readonly number[];
  /** Each is an error of the merge. */
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** Chooses of each shard the newest attempt that can be used; what cannot be used is named with the cause. Without any there is no plan. */
export function chooseShards(
  found: readonly (ShardLog | UnusableLog)[],
  wanted: WantedPlan,
): Choice | { readonly faults: readonly string[] } {
  const faults: string[] = [];
  const refuse = (name: string, cause: string): void => void faults.push(`${name} is not used: ${cause}.`);
  const sound = found.filter((log): log is ShardLog => {
    const fault = 'fault' in log ? log.fault : faultOf(log, wanted);
    if (fault !== undefined) refuse(log.name, fault);
    return fault === undefined;
  });
  const hash = wanted.hash ?? mostOften(sound.map(({ shard }) => shard.hash));
  const ours = sound.filter(({ name, shard }) => {
    if (shard.hash !== hash)
      refuse(name, `it is of another plan, ${shortened(shard.hash)}, not ${shortened(hash ?? '')}`);
    return shard.hash === hash;
  });
  const [reference] = ours;
  if (reference === undefined) return { faults: [...faults, noShard(wanted)] };
  const { shards, warnings, notices } = newestOfEach(ours, refuse);
  const { index: _index, attempt: _attempt, ...plan } = reference.shard;
  if (wanted.count !== undefined && wanted.count !== plan.count)
    faults.push(`count is ${wanted.count}, and the plan of the shards has ${plan.count}.`);
  const missing = Array.from({ length: plan.count }, (_, place) => place + 1).filter((index) => !shards.has(index));
  faults.push(...missing.map((index) => `shard ${index}/${plan.count} is missing.`));
  return { plan, shards, missing, faults, warnings, notices };
}

function noShard({ hash }: WantedPlan): string {
  return hash === undefined
    ? 'No shard was found that can be used.'
    : `No shard of the plan ${shortened(hash)} was found. Did every job of the matrix end before it could upload?`;
}

/** Why a record is not that of a shard of its plan. */
function faultOf(log: ShardLog, { attempt = Number.POSITIVE_INFINITY }: WantedPlan) {
  const { shard, started, state, events, results, ended } = log;
  const { hash, index, count, entries } = shard;
  if (planHash(shard) !== hash) return 'its plan is not the one that its hash was made of';
  if (index > count || entries.some((entry) => entry.shard > count)) return 'its plan has shards beyond their number';
  const ids = new Set(entries.map(({ id }) => id.toLowerCase()));
  if (ids.size < entries.length) return 'its plan has an id twice';
  if (shard.attempt > attempt) return `it says that it is of attempt ${shard.attempt}, and this is attempt ${attempt}`;
  if (started.trust.level !== shard.trust) return `it is ${started.trust.level}, and the plan is ${shard.trust}`;
  if (count > 1 && (started.pattern === 'sequential' || started.pattern === 'fallback'))
    return `pattern ${started.pattern} has no shards`;
  const isTold = (id: string): boolean => results.has(id) || state.processes.has(id);
  const untold = ended && entries.find(({ id, isList, shard: of }) => of === index && !isList && !isTold(id));
  if (untold !== undefined) return `it has ended, but says nothing of the process ${untold.id}`;
  const isOwn = ownIds(shard);
  const stranger = [...state.processes.keys(), ...events.flatMap(idIn)].find((id) => !isOwn(id));
  return stranger === undefined
    ? undefined
    : `it tells of the process ${stranger}, which is not in shard ${index}/${count}`;
}

/** Whether a process may be of this shard: it is planned, or is one of a list that was found at run time. */
function ownIds({ entries, index }: ShardLog['shard']): (id: string) => boolean {
  const own = entries.filter(({ shard }) => shard === index);
  const planned = new Set(own.filter(({ isList }) => !isList).map(({ id }) => id));
  const lists = new Set(own.filter(({ isList }) => isList).map(({ id }) => id));
  return (id) => planned.has(id) || lists.has(listOf(id));
}

/** The entry that a process belongs to which was added at run time. */
export function listOf(id: string): string {
  return id.replace(/-(?:\d+|rest)$/, '');
}

function idIn(event: EnsembleEvent): readonly string[] {
  if (event.type === 'process-ended') return [event.result.processId];
  return 'processId' in event && event.processId !== undefined ? [event.processId] : [];
}

function mostOften(hashes: readonly string[]): string | undefined {
  const counts = Map.groupBy(hashes, (hash) => hash);
  return [...counts].toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0];
}

type Refuse = (name: string, cause: string) => void;

function newestOfEach(logs: readonly ShardLog[], refuse: Refuse) {
  const shards = new Map<number, ShardLog>();
  const warnings: string[] = [];
  const notices: string[] = [];
  for (const [index, all] of Map.groupBy(logs, ({ shard }) => shard.index)) {
    const newestFirst = [...Map.groupBy(all, ({ shard }) => shard.attempt)].toSorted(([one], [other]) => other - one);
    for (const [attempt, same] of newestFirst) {
      const [first, ...others] = same.toSorted(wholeFirst);
      const isDoubled = others.some(({ started }) => started.sessionId !== first?.started.sessionId);
      const label = `shard ${index}/${first?.shard.count} of attempt ${attempt}`;
      if (isDoubled)
        for (const { name } of same) refuse(name, `${label} is there ${same.length} times, from different sessions`);
      else if (first !== undefined && !shards.has(index)) {
        shards.set(index, first);
        notices.push(...others.map(({ name }) => `${name} is the same session as ${first.name}, and is used once.`));
      } else if (first !== undefined)
        notices.push(`${first.name} is not used: there is a newer attempt than ${attempt}.`);
    }
    const chosen = shards.get(index);
    if (chosen !== undefined) warnings.push(...warningsOf(chosen));
  }
  return { shards, warnings, notices };
}

/** Of several copies of one record that which tells most. */
function wholeFirst(one: ShardLog, other: ShardLog): number {
  const isWhole = ({ ended, damage }: ShardLog): number => Number(ended !== undefined && damage === undefined);
  return isWhole(other) - isWhole(one) || other.events.length - one.events.length;
}

/** A shard that was taken although something is wrong with it. */
function warningsOf({ name, damage, ended, state }: ShardLog): readonly string[] {
  if (damage !== undefined) return [`${name}: events.jsonl ${damage}. What is whole was taken.`];
  if (ended === undefined)
    return [
      `${name} has not ended: it was killed, or it still runs. What it had written was taken; what ran is cancelled.`,
    ];
  const by = state.interruptedBy;
  return by === undefined ? [] : [`${name} was ${interruptionText(by)}. What it had done was taken.`];
}

function shortened(hash: string): string {
  return `${hash.slice(0, 12)}...`;
}

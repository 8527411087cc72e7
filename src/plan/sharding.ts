import type { Plan } from '../model/graph.ts';
import { processesOf } from '../model/graph.ts';
import type { CompleteValues } from '../model/option-table.ts';
import type { ProcessSpec } from '../model/plan.ts';
import { type PlanInShards, type Shard, shardText } from '../model/shard.ts';
import { type Diagnostic, diagnosticOf } from '../options/diagnostic.ts';
import type { Settings } from '../options/settings.ts';
import { costText } from '../text/format.ts';
import { dealOut, graphOfShard, planInShards, undividable } from './shards.ts';

/** A plan, and what was given of shards. */
export interface ShardingRequest {
  readonly plan: Plan;
  readonly settings: Omit<Settings, 'plan'>;
  readonly values: Pick<CompleteValues, 'shard' | 'plan-hash' | 'shards' | 'upload-logs' | 'comment' | 'title'>;
  /** Makes a plan of the same pattern of some of its processes. */
  readonly rebuild: (processes: readonly ProcessSpec[]) => Plan;
}

/** The settings of a session that runs one shard, or all. */
export interface Sharding {
  readonly settings: Settings;
  /** The plan divided into shards; absent when none were asked for. */
  readonly whole?: PlanInShards;
  readonly faults: readonly Diagnostic[];
  readonly warnings: readonly string[];
}

/** Less than this, and no process could start. */
const smallestUsd = 0.01;

/** Leaves of a plan what the shard runs, with its share of the money; without a shard, all. */
export function inShard(request: ShardingRequest): Sharding {
  const { plan, settings, values } = request;
  const { shard, 'plan-hash': wanted } = values;
  const all = { settings: { ...settings, plan }, warnings: [] };
  if (shard === undefined) {
    const text = 'it is compared by a shard; give shard as well.';
    return { ...all, faults: wanted === undefined ? [] : [fault('plan-hash', text)] };
  }
  const why = shard.count === 1 ? undefined : undividable(plan);
  if (why !== undefined) return { ...all, faults: [fault('shard', why)] };
  const whole = planInShards({ plan, settings, count: shard.count });
  if (wanted !== undefined && wanted !== whole.hash)
    return { ...all, faults: [fault('plan-hash', otherPlan(whole.hash, wanted))] };
  const { maxBudgetUsd } = settings.policy;
  const share = sharesOf(request, shard.count)?.[shard.index - 1];
  const policy = { ...settings.policy, ...(share !== undefined && { maxBudgetUsd: share.usd }) };
  return {
    settings: {
      ...settings,
      ...titleOf(request, shard),
      policy,
      plan: partOf(request, shard),
      shard: { ...whole, index: shard.index, ...(maxBudgetUsd !== undefined && { maxBudgetUsd }) },
    },
    whole,
    faults: share?.faults ?? [],
    warnings: [
      ...(values['upload-logs'] === 'always' ? [] : [uploadWarning]),
      ...(values.comment === 'none' ? [] : [commentWarning]),
    ],
  };
}

/** A title that was made up tells the legs of a matrix apart. */
function titleOf({ settings, values }: ShardingRequest, shard: Shard): Pick<Settings, 'title'> {
  if (settings.title === undefined || values.title !== undefined) return {};
  return { title: `${settings.title} ${shardText(shard)}` };
}

/** Deals the plan out for `plan`; every share of the money must be of use. */
export function inShards(request: ShardingRequest): Sharding {
  const { plan, settings, values } = request;
  const count = values.shards;
  const why = count === 1 ? undefined : undividable(plan);
  const all = { settings: { ...settings, plan }, warnings: [] };
  if (why !== undefined) return { ...all, faults: [fault('shards', why)] };
  const whole = planInShards({ plan, settings, count });
  const faults = sharesOf(request, count)?.flatMap((share) => share?.faults ?? []) ?? [];
  return { ...all, whole, faults: faults.slice(0, 1) };
}

function partOf({ plan, rebuild }: ShardingRequest, shard: Shard): Plan {
  const part = graphOfShard(plan, shard);
  // Its batches are made anew, of its own processes.
  return plan.pattern === 'batch' ? rebuild(processesOf(part.graph)) : part;
}

/** Budget of a shard, and its faults. */
interface Share {
  readonly usd: number;
  readonly faults: readonly Diagnostic[];
}

/** The session's ceiling is shared by entries, of which one with copies counts once; a shard without any needs none. */
function sharesOf({ plan, settings }: ShardingRequest, count: number): readonly (Share | undefined)[] | undefined {
  const { maxBudgetUsd } = settings.policy;
  if (maxBudgetUsd === undefined) return undefined;
  const shards = dealOut(plan, count);
  const nodes = plan.graph.nodes.filter((node) => node.kind !== 'group');
  const entriesOf = (some: typeof nodes): number => new Set(some.map(({ rank }) => rank[0])).size;
  const all = entriesOf(nodes);
  const parts = Map.groupBy(nodes, ({ id }) => shards.get(id));
  return Array.from({ length: count }, (_, place) => {
    const own = parts.get(place + 1);
    if (own === undefined) return undefined;
    const usd = Math.floor((maxBudgetUsd * entriesOf(own) * 1e6) / all) / 1e6;
    const share = `the share of shard ${place + 1}/${count} by its entries is ${costText(usd)}`;
    if (usd < smallestUsd)
      return { usd, faults: [fault('max-budget-usd', `${share}, and with less than a cent nothing starts.`)] };
    const dear = own
      .map((node) => (node.kind === 'task' ? node.process : node.template))
      .find((process) => (process.maxBudgetUsd ?? 0) > usd);
    const text = `"${dear?.maxBudgetUsd}" for ${dear?.id} is more than max-budget-usd has for it: ${share}.`;
    return { usd, faults: dear === undefined ? [] : [fault('max-process-budget-usd', text)] };
  });
}

const uploadWarning =
  'upload-logs is not "always": merge finds only what was uploaded, and takes a shard without an artifact for lost.';

const commentWarning =
  'comment: each shard comments on what it found itself; for one comment on all findings give this option to merge, and to no shard.';

function otherPlan(own: string, wanted: string): string {
  return (
    `this is another plan (${own.slice(0, 12)}...) than plan saw (${wanted.slice(0, 12)}...). Prompts, context, options and shards must be ` +
    'the same there and here: the likely causes are files that have changed in between, and inputs that differ.'
  );
}

function fault(option: string, text: string): Diagnostic {
  return diagnosticOf(option, { kind: 'range', text });
}

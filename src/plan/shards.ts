import { hash } from 'node:crypto';
import { answerRole } from '../model/finding-schemas.ts';
import type { Graph, GraphNode, NodeId, Plan } from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { PlanInShards, PlannedEntry, Shard } from '../model/shard.ts';
import type { Settings } from '../options/settings.ts';
import { contentHash, planHash } from './plan-hash.ts';

/** Why a plan cannot be dealt out; undefined when it can. */
export function undividable({ pattern, graph }: Plan): string | undefined {
  const passesOn = graph.nodes.some(({ needs }) => needs.some(({ passes }) => passes === 'outputs-so-far'));
  switch (pattern) {
    case 'sequential':
    case 'fallback':
      return `pattern ${pattern} runs one process after the other, so it has no parts for several machines.`;
    case 'batch':
      return passesOn ? 'with pass-output each batch is given what the ones before it wrote.' : undefined;
    case 'parallel':
    case 'graph':
      return undefined;
    default:
      return pattern satisfies never;
  }
}

/** A plan and the settings that its shards share. */
export interface DividedPlan {
  readonly plan: Plan;
  readonly settings: Omit<Settings, 'plan'>;
  readonly count: number;
}

/** Deals a plan out. The same plan is dealt out in the same way everywhere. */
export function planInShards({ plan, settings, count }: DividedPlan): PlanInShards {
  const shards = dealOut(plan, count);
  const entries = plan.graph.nodes.flatMap((node) => entryOf(node, shards) ?? []);
  const { level: trust } = settings.policy.trust;
  const facts = { count, trust, content: contentHash(plan, settings), entries };
  return { hash: planHash(facts), ...facts };
}

function entryOf(node: GraphNode, shards: ReadonlyMap<NodeId, number>): PlannedEntry | undefined {
  const shard = shards.get(node.id) ?? 1;
  switch (node.kind) {
    case 'task':
      return { id: node.id, name: node.process.name, shard, ...answerKindOf(node.process) };
    case 'each':
      return { id: node.into, name: node.template.name, shard, isList: true, ...answerKindOf(node.template) };
    case 'group':
      return undefined;
    default:
      return node satisfies never;
  }
}

function answerKindOf({ claude, checkedFinding }: ProcessSpec): Pick<PlannedEntry, 'answerKind'> {
  const { answerKind } = answerRole(claude.jsonSchema, checkedFinding);
  return answerKind === undefined ? {} : { answerKind };
}

/** The part of a graph that one shard runs. */
export function graphOfShard(plan: Plan, { index, count }: Shard): Plan {
  const shards = dealOut(plan, count);
  const nodes = plan.graph.nodes.filter(({ id }) => shards.get(id) === index);
  return { ...plan, graph: { ...plan.graph, nodes } };
}

/**
 * The shard of every node, from 1. What is connected stays together; the parts are sorted by a hash of their ids, and dealt out one by
 * one, so that the numbers of parts differ by one at most.
 */
export function dealOut({ pattern, graph }: Plan, count: number): ReadonlyMap<NodeId, number> {
  // Between batches nothing is handed on: each shard makes batches of its own processes.
  const tasks = graph.nodes.filter(({ kind }) => kind === 'task');
  const parts = pattern === 'batch' ? tasks.map(({ id }) => [id]) : connectedParts(graph);
  const sorted = parts
    .map((ids) => ({ ids, key: hashOf(ids) }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
  return new Map(sorted.flatMap(({ ids }, place) => ids.map((id) => [id, (place % count) + 1] as const)));
}

function hashOf(ids: readonly NodeId[]): string {
  return hash('sha256', ids.join('\n'));
}

/** The ids of nodes that depend on each other, directly or not, each part in the order of the nodes. */
function connectedParts({ nodes }: Pick<Graph, 'nodes'>): readonly (readonly NodeId[])[] {
  const parents = new Map<NodeId, NodeId>();
  const rootOf = (id: NodeId): NodeId => {
    let root = id;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    // The way is shortened, so that a long chain costs no more than a short one.
    for (let next = id; next !== root; ) {
      const parent = parents.get(next) ?? root;
      parents.set(next, root);
      next = parent;
    }
    return root;
  };
  const join = (one: NodeId, other: NodeId): void => {
    const [from, to] = [rootOf(one), rootOf(other)];
    if (from !== to) parents.set(from, to);
  };
  for (const node of nodes) {
    for (const { of } of node.needs) join(node.id, of);
    if (node.kind === 'each') join(node.id, node.into);
  }
  return [...Map.groupBy(nodes, ({ id }) => rootOf(id)).values()].map((part) => part.map(({ id }) => id));
}

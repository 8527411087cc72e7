import type { NodeId, TaskNode } from '../model/graph.ts';
import type { NodeState } from './node-state.ts';
import { unmetNeeds } from './readiness.ts';
import { compareRanks } from './ready-queue.ts';

/** The processes of a graph as they stand. */
export interface GraphProgress {
  /** They wait for a worker only; in the order of ranks. */
  readonly ready: readonly NodeState[];
  readonly running: ReadonlySet<NodeState>;
  readonly progressOf: (id: NodeId) => NodeState;
}

/**
 * The processes that start next if all that runs goes well, in the order of ranks, at most so many. They wait for a worker, or for
 * nothing but what runs.
 */
export function likelyNext(graph: GraphProgress, most: number): readonly TaskNode[] {
  const waiting = new Set<NodeState>();
  for (const state of graph.running) for (const next of followersOf(state, graph)) waiting.add(next);
  const after = [...waiting].toSorted((one, other) => compareRanks(one.node.rank, other.node.rank));
  return [...graph.ready, ...after]
    .flatMap(({ node }) => (node.kind === 'task' && isLikely(node, graph) ? [node] : []))
    .slice(0, most);
}

/** Nodes that wait for this one and for nothing else that does not run, also through the groups that stand for it. */
function* followersOf({ dependants }: NodeState, graph: GraphProgress): Iterable<NodeState> {
  for (const next of dependants) {
    if (!waitsForRunning(next, graph)) continue;
    if (next.node.kind === 'group') yield* followersOf(next, graph);
    else yield next;
  }
}

function waitsForRunning({ state, left, needs }: NodeState, graph: GraphProgress): boolean {
  // Most wait for more processes than run at all: their needs are not checked one by one.
  if (state !== 'waiting' || left > graph.running.size) return false;
  return needs.every(({ of }) => {
    const needed = graph.progressOf(of);
    if (needed.state === 'ended' || needed.state === 'running') return true;
    return needed.node.kind === 'group' && waitsForRunning(needed, graph);
  });
}

/** Whether it starts when what it waits for succeeds. */
function isLikely(node: TaskNode, graph: GraphProgress): boolean {
  if (node.when === 'failure') return false;
  const { conversationFrom } = node.process;
  // The conversation that it is to be started with is not there before.
  if (conversationFrom !== undefined && graph.progressOf(conversationFrom).result?.status !== 'succeeded') return false;
  const ended = node.needs.filter(({ of }) => graph.progressOf(of).state === 'ended');
  // A condition on what has not ended may hold.
  const when = Array.isArray(node.when)
    ? node.when.filter(({ of }) => graph.progressOf(of).state === 'ended')
    : node.when;
  return unmetNeeds({ needs: ended, when }, graph.progressOf) === undefined;
}

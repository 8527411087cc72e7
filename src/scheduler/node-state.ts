import type { GraphNode, Need } from '../model/graph.ts';
import type { ProcessResult } from '../model/result.ts';
import type { OutputChain } from './passed-outputs.ts';
import type { Outcome } from './readiness.ts';

/** The progress of a node: waiting for its needs, ready, running, ended. */
export interface NodeState {
  readonly node: GraphNode;
  readonly rank: readonly number[];
  needs: readonly Need[];
  state: 'waiting' | 'ready' | 'running' | 'ended';
  /** Needs that have not ended. */
  left: number;
  readonly dependants: NodeState[];
  outcome: Outcome;
  result?: ProcessResult;
  /** Computed on demand; null when nothing is passed on. */
  chain?: OutputChain | null;
}

/** The initial state of a node. */
export function stateOf(node: GraphNode): NodeState {
  const { rank, needs } = node;
  return { node, rank, needs, state: 'waiting', left: 0, dependants: [], outcome: 'unsuccessful' };
}

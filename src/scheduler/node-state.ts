import type { GraphNode, Need } from '../model/graph.ts';
import type { ProcessResult } from '../model/result.ts';
import type { OutputChain } from './passed-outputs.ts';
import type { Outcome } from './readiness.ts';

/** One node and how far it has come: waiting for its needs, ready, handed out, ended. */
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
  /** Made when it is asked for; null when nothing is passed on. */
  chain?: OutputChain | null;
}

/** A node at the beginning. */
export function stateOf(node: GraphNode): NodeState {
  const { rank, needs } = node;
  return { node, rank, needs, state: 'waiting', left: 0, dependants: [], outcome: 'unsuccessful' };
}

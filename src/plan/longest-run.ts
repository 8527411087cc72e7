import { type Graph, type GraphNode, inOrderOfNeeds, type NodeId } from '../model/graph.ts';
import { ReadyQueue } from '../scheduler/ready-queue.ts';

/** A node that can start, or a process that ends, at a time. */
interface Timed {
  readonly rank: readonly number[];
  readonly node: GraphNode;
}

/**
 * How long a graph takes when every process uses its whole timeout; undefined when one has none. Of a list that is found at run time one
 * item is counted.
 */
export function longestRunMs({ nodes, maxWorkers }: Pick<Graph, 'nodes' | 'maxWorkers'>): number | undefined {
  const isUnlimited = nodes.some((node) => node.kind !== 'group' && timeoutOf(node) === undefined);
  if (isUnlimited || inOrderOfNeeds(nodes).length < nodes.length) return undefined;
  const left = new Map(nodes.map(({ id, needs }) => [id, needs.length]));
  const dependants = Map.groupBy(
    nodes.flatMap((node) => node.needs.map(({ of }) => ({ of, node }))),
    ({ of }) => of,
  );
  const ready = new ReadyQueue<Timed>();
  const running = new ReadyQueue<Timed>();
  for (const node of nodes) if (node.needs.length === 0) ready.add({ rank: node.rank, node });
  const end = (id: NodeId): void => {
    for (const { node } of dependants.get(id) ?? []) {
      const count = (left.get(node.id) ?? 0) - 1;
      left.set(node.id, count);
      if (count === 0) ready.add({ rank: node.rank, node });
    }
  };
  let now = 0;
  for (let free = maxWorkers; ; ) {
    const next = ready.first;
    if (next !== undefined && (next.node.kind === 'group' || free > 0)) {
      ready.removeFirst();
      if (next.node.kind === 'group') end(next.node.id);
      else {
        free -= 1;
        running.add({ rank: [now + (timeoutOf(next.node) ?? 0), ...next.rank], node: next.node });
      }
      continue;
    }
    const ended = running.first;
    if (ended === undefined) return now;
    running.removeFirst();
    now = ended.rank[0] ?? now;
    free += 1;
    end(ended.node.id);
  }
}

function timeoutOf(node: GraphNode): number | undefined {
  if (node.kind === 'group') return 0;
  return (node.kind === 'task' ? node.process : node.template).timeoutMs;
}

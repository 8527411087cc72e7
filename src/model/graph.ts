import type { Pattern, ProcessSpec } from './plan.ts';

/** The name of a node; that of a task is the id of its process. */
export type NodeId = string;

/** Something that a node waits for. */
export interface Need {
  readonly of: NodeId;
  /**
   * Handed on as data: nothing; the result of the node, whatever it was; or its output with all that was passed on to it,
   * successes only.
   */
  readonly passes: 'nothing' | 'output' | 'outputs-so-far';
}

/** Holds when the value at a path of the structured output of a node is one of these texts. */
export interface Condition {
  readonly of: NodeId;
  /** Names of own properties, the outermost first. */
  readonly path: readonly string[];
  /** JSON text for numbers and booleans. */
  readonly oneOf: readonly string[];
}

/** Condition on the needs of a node for it to start; a list of conditions also requires that all needs succeeded. */
export type When = 'success' | 'always' | 'failure' | readonly Condition[];

interface CommonNode {
  readonly id: NodeId;
  /** Place in the order of results and starts: `[4, 2]` is copy 2 of entry 4. Unique in a graph. */
  readonly rank: readonly number[];
  readonly needs: readonly Need[];
  readonly when: When;
}

/** One process. */
export interface TaskNode extends CommonNode {
  readonly kind: 'task';
  readonly process: ProcessSpec;
}

/** Stands for the nodes that it needs: it ends with the last of them, and succeeded if all of them did. */
export interface GroupNode extends CommonNode {
  readonly kind: 'group';
}

/** Becomes one task for each item of a list that earlier processes have written. */
export interface EachNode extends CommonNode {
  readonly kind: 'each';
  /** The nodes whose structured output holds a list; they are among the needs. */
  readonly from: readonly NodeId[];
  /** Path of the list in that output. */
  readonly path: readonly string[];
  /** The process of each item, but for its id, its name and the item. */
  readonly template: ProcessSpec;
  readonly maxItems: number;
  /** The group that stands for all of them. */
  readonly into: NodeId;
}

export type GraphNode = TaskNode | GroupNode | EachNode;

/** An outcome after which nothing new starts. */
export interface Halt {
  readonly on: 'success' | 'failure';
  readonly reason: 'earlier-success' | 'earlier-failure';
  /** Nodes with `when` `always` or `failure` start all the same: they were written for it. */
  readonly sparesHandlers: boolean;
}

/** Processes and what they wait for. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly halt?: Halt;
  /** Processes at once. */
  readonly maxWorkers: number;
  /** Processes in all; of a list found at run time, what is beyond it is left out. Absent means no limit. */
  readonly maxProcesses?: number;
  /** Which result stands for a session of several processes: its last or first success, or the one that nothing needs. */
  readonly answer: 'last-success' | 'first-success' | 'only-sink' | 'none';
  /** Whether the session succeeds by its `fail-on`, or as soon as one process has. */
  readonly succeeds: 'by-fail-on' | 'with-one';
}

/** The processes of a session and what they wait for. */
export interface Plan {
  /** Name of the pattern for people. Nothing is decided by it: `graph` says all. */
  readonly pattern: Pattern;
  readonly graph: Graph;
}

/** The processes of a graph that are known before it runs, in the order of its nodes. */
export function processesOf({ nodes }: Pick<Graph, 'nodes'>): readonly ProcessSpec[] {
  return nodes.flatMap((node) => (node.kind === 'task' ? [node.process] : []));
}

/** The processes of a graph, and the templates of processes that are made for each item of a list. */
export function processesAndTemplatesOf({ nodes }: Pick<Graph, 'nodes'>): readonly ProcessSpec[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'group') return [];
    return [node.kind === 'task' ? node.process : node.template];
  });
}

/** Whether the conversation of a process of the graph is continued by another. */
export function isAnyContinued(graph: Pick<Graph, 'nodes'>): boolean {
  return processesAndTemplatesOf(graph).some(({ isContinued }) => isContinued === true);
}

/** The nodes that no other node needs. */
export function sinksOf({ nodes }: Pick<Graph, 'nodes'>): readonly GraphNode[] {
  const needed = new Set(nodes.flatMap(({ needs }) => needs.map(({ of }) => of)));
  return nodes.filter(({ id }) => !needed.has(id));
}

/** The nodes of a graph, each after all that it needs; nodes on a cycle are left out. */
export function inOrderOfNeeds<Item extends Pick<GraphNode, 'id' | 'needs'>>(nodes: readonly Item[]): readonly Item[] {
  const left = new Map(nodes.map(({ id, needs }) => [id, needs.length]));
  const dependants = new Map<NodeId, Item[]>();
  for (const node of nodes) {
    for (const { of } of node.needs) {
      const others = dependants.get(of);
      if (others === undefined) dependants.set(of, [node]);
      else others.push(node);
    }
  }
  const ordered = nodes.filter(({ needs }) => needs.length === 0);
  // Grows while it is walked.
  for (const { id } of ordered) {
    for (const next of dependants.get(id) ?? []) {
      const count = (left.get(next.id) ?? 0) - 1;
      left.set(next.id, count);
      if (count === 0) ordered.push(next);
    }
  }
  return ordered;
}

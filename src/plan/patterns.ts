import type { Graph, GraphNode, GroupNode, Halt, Need, Plan, TaskNode } from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';

/** Options of the patterns. */
export interface PatternOptions {
  /** Processes at once. */
  readonly maxWorkers: number;
  readonly batchSize: number;
  /** Whether successful outputs so far are passed on. */
  readonly passOutput: boolean;
  /** Whether nothing new starts after a failure. */
  readonly stopOnFailure: boolean;
}

/** Side by side. */
export function parallel(
  processes: readonly ProcessSpec[],
  options: Pick<PatternOptions, 'maxWorkers' | 'stopOnFailure'>,
): Plan {
  const { maxWorkers, stopOnFailure } = options;
  const nodes = processes.map((process, index) => taskNode(process, [index], []));
  return planOf('parallel', { nodes, maxWorkers, answer: 'none', ...haltOn(stopOnFailure) });
}

/** One after the other. */
export function sequential(
  processes: readonly ProcessSpec[],
  { passOutput, stopOnFailure }: Pick<PatternOptions, 'passOutput' | 'stopOnFailure'>,
): Plan {
  const nodes = chain(processes, passOutput ? 'outputs-so-far' : 'nothing');
  return planOf('sequential', { nodes, maxWorkers: 1, answer: 'last-success', ...haltOn(stopOnFailure) });
}

/** One after the other until one succeeds. */
export function fallback(processes: readonly ProcessSpec[]): Plan {
  const halt = { on: 'success', reason: 'earlier-success', sparesHandlers: false } as const;
  const nodes = chain(processes, 'nothing');
  return planOf('fallback', { nodes, maxWorkers: 1, answer: 'first-success', succeeds: 'with-one', halt });
}

/** Batches one after the other, the processes of a batch side by side. A group stands for each batch and all before it. */
export function batch(processes: readonly ProcessSpec[], options: PatternOptions): Plan {
  const { maxWorkers, batchSize, passOutput, stopOnFailure } = options;
  const nodes: GraphNode[] = [];
  let before: readonly Need[] = [];
  for (let start = 0; start < processes.length; start += batchSize) {
    const tasks = processes.slice(start, start + batchSize).map((process, index) => {
      return taskNode(process, [start + index], before);
    });
    const members = tasks.map(({ id }): Need => ({ of: id, passes: 'output' }));
    // No id of a process begins with a character like this, and no two batches of a session have the same first process.
    const group = groupNode(`=${processes[start]?.id}`, [start + batchSize - 1, 0], [...before, ...members]);
    before = [{ of: group.id, passes: passOutput ? 'outputs-so-far' : 'nothing' }];
    nodes.push(...tasks, group);
  }
  return planOf('batch', { nodes, maxWorkers, answer: 'none', ...haltOn(stopOnFailure) });
}

/** Nothing yet: processes join while it runs. */
export function open({ maxWorkers, stopOnFailure }: Pick<PatternOptions, 'maxWorkers' | 'stopOnFailure'>): Plan {
  return planOf('graph', { nodes: [], maxWorkers, answer: 'none', ...haltOn(stopOnFailure) });
}

/** A process that starts however its needs ended. */
export function taskNode(process: ProcessSpec, rank: readonly number[], needs: readonly Need[]): TaskNode {
  return { kind: 'task', id: process.id, rank, needs, when: 'always', process };
}

/** A node that stands for others. */
export function groupNode(id: string, rank: readonly number[], needs: readonly Need[]): GroupNode {
  return { kind: 'group', id, rank, needs, when: 'always' };
}

/** The end of a graph that stops after a failure. */
export function haltOn(stopOnFailure: boolean, sparesHandlers = false): { readonly halt?: Halt } {
  return stopOnFailure ? { halt: { on: 'failure', reason: 'earlier-failure', sparesHandlers } } : {};
}

function chain(processes: readonly ProcessSpec[], passes: Need['passes']): TaskNode[] {
  return processes.map((process, index) => {
    const before = processes[index - 1];
    return taskNode(process, [index], before === undefined ? [] : [{ of: before.id, passes }]);
  });
}

function planOf(pattern: Plan['pattern'], graph: Omit<Graph, 'succeeds'> & Partial<Graph>): Plan {
  return { pattern, graph: { succeeds: 'by-fail-on', ...graph } };
}

import type { EachNode, TaskNode } from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { ProcessResult } from '../model/result.ts';
import { valueAt } from './readiness.ts';

/** The largest item, in bytes of UTF-8: a prompt takes 2.5 MiB with all its data. */
const largestItemBytes = 1024 * 1024;

/** The tasks of a list that was found at run time. */
export interface Expansion {
  readonly kind: 'expanded';
  readonly tasks: readonly TaskNode[];
  /** Stands for the items that are too many. */
  readonly rest?: { readonly task: TaskNode; readonly message: string };
}

/** A list that cannot be expanded, and why. */
export interface InvalidItems {
  readonly kind: 'invalid';
  readonly message: string;
}

/** Sources of a list. */
export interface ExpandOptions {
  /** Results of the nodes that it comes from. */
  readonly sources: readonly ProcessResult[];
  /** Processes that the session may have in all; absent means no limit. */
  readonly most?: number;
  /** Processes that it has. */
  readonly taken?: number;
  /** Gives the items of what was written where they are more than the elements of a list. */
  readonly itemsOf?: (node: EachNode, written: readonly ProcessResult[]) => readonly Item[] | undefined;
}

/** An item as a process is given it. */
export interface Item {
  readonly text: string;
  /** The `id` of the finding that it is. */
  readonly checkedFinding?: string;
}

/** Makes one task for each item that the sources of a node have written. */
export function expand(node: EachNode, { sources, itemsOf, ...limit }: ExpandOptions): Expansion | InvalidItems {
  const written = sources.filter(({ status }) => status === 'succeeded');
  if (written.length === 0 && sources.length > 0)
    return invalid('None of the processes that it takes items from has succeeded');
  const items = itemsOf?.(node, written) ?? elementsOf(node, written);
  if ('kind' in items) return items;
  const large = items.findIndex(({ text }) => Buffer.byteLength(text) > largestItemBytes);
  if (large !== -1) return invalid(`Item ${large + 1} has more than ${largestItemBytes / 1024 / 1024} MiB`);
  return tasksOf(node, items, limit);
}

/** The elements of the lists that processes have written. */
function elementsOf({ path }: EachNode, written: readonly ProcessResult[]): readonly Item[] | InvalidItems {
  const items: unknown[] = [];
  for (const { processId, structuredOutput } of written) {
    const list = valueAt(structuredOutput, path);
    if (!Array.isArray(list))
      return invalid(`The structured output of "${processId}" has no list at "${path.join('.')}"`);
    for (const item of list) items.push(item);
  }
  return items.map((item) => ({ text: typeof item === 'string' ? item : JSON.stringify(item) }));
}

/** All processes of an expansion, with the one that stands for the rest. */
export function addedProcesses({ tasks, rest }: Expansion): readonly ProcessSpec[] {
  return [...tasks, ...(rest === undefined ? [] : [rest.task])].map(({ process }) => process);
}

function tasksOf(
  node: EachNode,
  items: readonly Item[],
  { most: mostInAll = Number.POSITIVE_INFINITY, taken = 0 }: Pick<ExpandOptions, 'most' | 'taken'>,
): Expansion {
  const most = Math.max(0, Math.min(node.maxItems, mostInAll - taken));
  const tasks = items.slice(0, most).map((item, index) => taskOf(node, index + 1, item));
  if (items.length <= most) return { kind: 'expanded', tasks };
  const limit = most < node.maxItems ? `max-prompts is ${mostInAll}` : `max-items is ${node.maxItems}`;
  const left = items.length - most;
  const message = `${left} of ${items.length} items ${left === 1 ? 'was' : 'were'} left out: ${limit}.`;
  const { template } = node;
  const process = { ...template, id: `${template.id}-rest`, name: `${template.name} rest` };
  return {
    kind: 'expanded',
    tasks,
    rest: { task: { ...taskOf(node, most + 1, { text: '' }), id: process.id, process }, message },
  };
}

/** An item has the needs of its list: they have ended, and what they pass on goes to each item. */
function taskOf({ template, rank, needs, when }: EachNode, number: number, { text, checkedFinding }: Item): TaskNode {
  const id = `${template.id}-${number}`;
  const name = template.name === template.id ? id : `${template.name} ${number}`;
  const data = [...(template.data ?? []), { id: 'item', text }];
  return {
    kind: 'task',
    id,
    rank: [...rank, number],
    needs,
    when,
    process: { ...template, id, name, data, ...(checkedFinding !== undefined && { checkedFinding }) },
  };
}

function invalid(what: string): InvalidItems {
  return { kind: 'invalid', message: `${what}.` };
}

import type { EachNode, NodeId, TaskNode } from '../model/graph.ts';
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

/** Makes one task for each item that the sources of a node have written; `room` is how many more the session may have. */
export function expand(
  node: EachNode,
  resultsOf: (id: NodeId) => readonly ProcessResult[],
  room: number,
): Expansion | InvalidItems {
  const sources = node.from.flatMap((id) => resultsOf(id));
  const written = sources.filter(({ status }) => status === 'succeeded');
  if (written.length === 0 && sources.length > 0)
    return invalid('none of the processes that it takes items from has succeeded');
  const items: unknown[] = [];
  for (const { processId, structuredOutput } of written) {
    const list = valueAt(structuredOutput, node.path);
    if (!Array.isArray(list))
      return invalid(`the structured output of "${processId}" has no list at "${node.path.join('.')}"`);
    items.push(...list);
  }
  const texts = items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
  const large = texts.findIndex((text) => Buffer.byteLength(text) > largestItemBytes);
  if (large !== -1) return invalid(`item ${large + 1} has more than ${largestItemBytes / 1024 / 1024} MiB`);
  return tasksOf(node, texts, room);
}

function tasksOf(node: EachNode, texts: readonly string[], room: number): Expansion {
  const most = Math.max(0, Math.min(node.maxItems, room));
  const tasks = texts.slice(0, most).map((text, index) => taskOf(node, index + 1, text));
  if (texts.length <= most) return { kind: 'expanded', tasks };
  const limit = most < node.maxItems ? 'the session may have max-prompts processes' : `max-items is ${node.maxItems}`;
  const message = `${texts.length - most} of ${texts.length} items were left out: ${limit}.`;
  const { template } = node;
  const process = { ...template, id: `${template.id}-rest`, name: `${template.name} rest` };
  return {
    kind: 'expanded',
    tasks,
    rest: { task: { ...taskOf(node, most + 1, ''), id: process.id, process }, message },
  };
}

function taskOf({ template, rank }: EachNode, number: number, item: string): TaskNode {
  const id = `${template.id}-${number}`;
  const name = template.name === template.id ? id : `${template.name} ${number}`;
  const data = [...(template.data ?? []), { id: 'item', text: item }];
  return {
    kind: 'task',
    id,
    rank: [...rank, number],
    needs: [],
    when: 'always',
    process: { ...template, id, name, data },
  };
}

function invalid(what: string): InvalidItems {
  return { kind: 'invalid', message: `There is no list to work on: ${what}.` };
}

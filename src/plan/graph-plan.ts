import {
  type Condition,
  type GraphNode,
  inOrderOfNeeds,
  type Need,
  type NodeId,
  type Plan,
  type TaskNode,
  type When,
} from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';
import { accept, type Diagnostic, diagnosticOf, quote, type Result, refuseRange } from '../options/diagnostic.ts';
import { longestId } from '../options/process-id.ts';
import { didYouMean } from '../text/nearest.ts';
import { withConversations } from './continued-conversations.ts';
import type { GraphEntry } from './graph-entry.ts';
import { type GraphKeyName, type GraphKeys, isSeveral, type WrittenCondition } from './graph-keys.ts';
import { groupNode, haltOn, taskNode } from './patterns.ts';
import type { PromptDraft } from './sources/prompt-draft.ts';
import { fillIn, hasPlaceholder } from './static-items.ts';

/** Limits of a graph. */
export interface GraphLimits {
  readonly maxWorkers: number;
  readonly maxPrompts: number;
  readonly stopOnFailure: boolean;
}

/** A plan, or everything that is wrong with its entries. */
export interface CompiledGraph {
  readonly plan: Plan;
  readonly faults: readonly Diagnostic[];
}

/** Items of one entry, unless it says otherwise. */
const defaultMaxItems = 50;

/** `<id>-` and up to seven digits, or `-rest`, must fit an id. */
const longestBaseId = longestId - 8;

/** All needs of a graph together: `needs: all` in thousands of entries would be millions. */
const mostNeeds = 500_000;

/** The rank of the group of an entry: after all its copies. */
const behindCopies = Number.MAX_SAFE_INTEGER;

/** Compiles entries with their keys to a graph. Each entry that runs more than once, or not yet known how often, has a group of its id. */
export function compileGraph(written: readonly GraphEntry[], limits: GraphLimits): CompiledGraph {
  const { entries, faults } = withConversations(written);
  const byId = new Map(entries.map((entry) => [entry.process.id.toLowerCase(), entry]));
  const nodes: GraphNode[] = [];
  let needs = 0;
  for (const [index, entry] of entries.entries()) {
    const refuse = (option: string, text: string): void => {
      faults.push(diagnosticOf(option, { kind: 'range', text }, entry.draft.place));
    };
    const linked = linksOf(entry, { index, entries, byId, refuse });
    needs += linked.needs.length;
    checkIds(entry, byId, refuse);
    nodes.push(...nodesOf(entry, { index, ...linked, refuse }));
  }
  if (needs > mostNeeds) faults.push(diagnosticOf('needs', { kind: 'range', text: `more than ${mostNeeds} in all.` }));
  else faults.push(...cycleFaults(nodes, entries));
  const count = nodes.filter(({ kind }) => kind === 'task').length;
  if (count > limits.maxPrompts) {
    const text = `the entries make ${count} processes, more than ${limits.maxPrompts} prompts. To allow more, raise max-prompts.`;
    faults.push(diagnosticOf(entries[0]?.draft.source ?? 'prompts', { kind: 'range', text }));
  }
  return {
    plan: {
      pattern: 'graph',
      graph: {
        ...{ nodes, maxWorkers: limits.maxWorkers, maxProcesses: limits.maxPrompts },
        ...{ answer: 'only-sink', succeeds: 'by-fail-on' },
        ...haltOn(limits.stopOnFailure, true),
      },
    },
    faults,
  };
}

type Refuse = (option: string, text: string) => void;

interface LinkContext {
  readonly index: number;
  readonly entries: readonly GraphEntry[];
  readonly byId: ReadonlyMap<string, GraphEntry>;
  readonly refuse: Refuse;
}

/** The needs of an entry and when it starts. */
interface Links {
  readonly needs: readonly Need[];
  readonly when: When;
}

function linksOf({ draft, process: own }: GraphEntry, { index, entries, byId, refuse }: LinkContext): Links {
  const keys = draft.graph ?? {};
  const known = [...byId.values()].map(({ process }) => process.id);
  const find = (option: string, id: string): string | undefined => {
    const found = byId.get(id.toLowerCase())?.process.id;
    if (found === undefined) refuse(option, `there is no entry ${quote(id)}.${didYouMean(id, known)}`);
    return found;
  };
  const needs = new Map<string, Need>();
  const needed = keys.needs === 'all' ? entries.slice(0, index).map(({ process }) => process.id) : (keys.needs ?? []);
  for (const id of needed) {
    const of = find('needs', id);
    if (of !== undefined) needs.set(of, { of, passes: 'output' });
  }
  const wait = (of: string | undefined): void => {
    if (of !== undefined && !needs.has(of)) needs.set(of, { of, passes: 'nothing' });
  };
  wait(own.conversationFrom);
  if (keys.forEach?.kind === 'from') for (const id of keys.forEach.ids) wait(find('for-each', id));
  const conditions: Condition[] = [];
  if (Array.isArray(keys.when)) {
    for (const written of keys.when as readonly WrittenCondition[]) {
      const condition = conditionOf(written, byId);
      if (!condition.ok) for (const { text } of condition.diagnostics) refuse('when', text);
      else {
        conditions.push(condition.value);
        wait(condition.value.of);
      }
    }
  }
  if (
    keys.when !== undefined &&
    needs.size === 0 &&
    needed.length === 0 &&
    conditions.length === 0 &&
    !Array.isArray(keys.when)
  )
    refuse('when', 'it has nothing to wait for; give needs as well.');
  return { needs: [...needs.values()], when: whenOf(keys, conditions, needs.size) };
}

function whenOf({ when = 'success' }: GraphKeys, conditions: readonly Condition[], needs: number): When {
  if (needs === 0) return 'always';
  return typeof when === 'string' ? when : conditions;
}

/** The longest id that the key begins with is the entry; the rest is the path. */
function conditionOf({ key, oneOf }: WrittenCondition, byId: LinkContext['byId']): Result<Condition> {
  const ends = [...key.matchAll(/\./g)].map(({ index }) => index).reverse();
  for (const end of ends) {
    const entry = byId.get(key.slice(0, end).toLowerCase());
    const path = key.slice(end + 1).split('.');
    if (entry === undefined || path.some((name) => name === '')) continue;
    const { process, draft } = entry;
    if (isSeveral(draft.graph))
      return refuseRange(`${quote(process.id)} stands for several processes; a condition looks at one.`);
    if (process.claude.jsonSchema === undefined)
      return refuseRange(`${quote(process.id)} has no json-schema, so it gives no structured output to look at.`);
    return accept({ of: process.id, path, oneOf });
  }
  const known = [...byId.values()].map(({ process }) => process.id);
  const id = key.split('.')[0] ?? key;
  const hint = byId.has(id.toLowerCase()) ? '' : didYouMean(id, known);
  return refuseRange(`${quote(key)} does not begin with the id of an entry, a dot, and a name in its output.${hint}`);
}

function checkIds({ draft, process }: GraphEntry, byId: LinkContext['byId'], refuse: Refuse): void {
  if (!isSeveral(draft.graph)) return;
  if (process.id.length > longestBaseId)
    refuse('id', `${quote(process.id)} has more than ${longestBaseId} characters, and a number is added to it.`);
  const beginning = `${process.id.toLowerCase()}-`;
  for (const id of byId.keys())
    if (id.startsWith(beginning) && /^(?:\d+|rest)$/.test(id.slice(beginning.length)))
      refuse('id', `${quote(id)} is reserved for a process of the entry ${quote(process.id)}.`);
}

interface NodeContext extends Links {
  readonly index: number;
  readonly refuse: Refuse;
}

function nodesOf(entry: GraphEntry, { index, needs, when, refuse }: NodeContext): readonly GraphNode[] {
  const { draft, process } = entry;
  const keys = draft.graph ?? {};
  const task = (spec: ProcessSpec, rank: readonly number[]): TaskNode => ({ ...taskNode(spec, rank, needs), when });
  if (isSeveral(keys)) checkPlaceholders(entry, refuse);
  if (keys.forEach?.kind === 'from') {
    const each = { from: needsOf(keys.forEach.ids, needs), path: keys.forEach.path, template: process };
    const into = groupNode(process.id, [index, behindCopies], [{ of: `${process.id}*`, passes: 'output' }]);
    const maxItems = keys.maxItems ?? defaultMaxItems;
    return [
      { kind: 'each', id: `${process.id}*`, rank: [index], needs, when, ...each, maxItems, into: process.id },
      into,
    ];
  }
  if (!isSeveral(keys)) return [task(process, [index])];
  const specs = copiesOf(entry, refuse);
  const copies = specs.map((spec, copy) => task(spec, [index, copy + 1]));
  const members = copies.map(({ id }): Need => ({ of: id, passes: 'output' }));
  return [...copies, groupNode(process.id, [index, behindCopies], members)];
}

/** The ids as they are among the needs, where case does not matter, each once. */
function needsOf(ids: readonly string[], needs: readonly Need[]): readonly string[] {
  const found = ids.flatMap((id) => needs.find(({ of }) => of.toLowerCase() === id.toLowerCase())?.of ?? []);
  return [...new Set(found)];
}

function copiesOf({ draft, process, items }: GraphEntry, refuse: Refuse): readonly ProcessSpec[] {
  const { repeat, maxItems = defaultMaxItems } = draft.graph ?? {};
  if (repeat !== undefined)
    return Array.from({ length: repeat }, (_, index) => ({ ...process, ...identityOf(draft, process, index) }));
  const all = items ?? [];
  if (all.length > maxItems) {
    refuse('for-each', `the list has ${all.length} items, more than ${maxItems}. To allow more, raise max-items.`);
    return [];
  }
  return all.flatMap((item, index): ProcessSpec[] => {
    const prompt = item.own === undefined ? accept(process.prompt) : fillIn(process.prompt, item.own);
    const name = item.own === undefined || draft.name === undefined ? undefined : fillIn(draft.name, item.own);
    for (const parsed of [prompt, name])
      if (parsed?.ok === false) for (const { text } of parsed.diagnostics) refuse('for-each', text);
    if (prompt.ok && prompt.value.trim() === '') refuse('for-each', `item ${index + 1} makes the prompt blank.`);
    const identity = identityOf(draft, process, index);
    const isNamed = name?.ok === true && draft.name !== undefined && hasPlaceholder(draft.name);
    return [
      {
        ...process,
        ...identity,
        ...(isNamed && { name: name.value }),
        ...(prompt.ok && { prompt: prompt.value }),
        data: [...(process.data ?? []), { id: 'item', text: item.text }],
      },
    ];
  });
}

function identityOf({ name }: PromptDraft, { id }: ProcessSpec, index: number): Pick<ProcessSpec, 'id' | 'name'> {
  const copy = `${id}-${index + 1}`;
  return { id: copy, name: name === undefined ? copy : `${name} ${index + 1}` };
}

/** Untrusted text stays data: only literal items, written where the prompt is, are filled into it. */
function checkPlaceholders({ draft, process }: GraphEntry, refuse: Refuse): void {
  const isLiteral = draft.graph?.forEach?.kind === 'list';
  const texts = [
    ...(isLiteral && draft.isFromFile !== true ? [] : [process.prompt]),
    ...(isLiteral ? [] : [draft.name ?? '']),
    JSON.stringify(draft.values),
  ];
  if (texts.some(hasPlaceholder))
    refuse(
      'for-each',
      '{{item}} is filled in only from a list that is written in the entry, and only in prompt and name; elsewhere the item is given as the data block "item".',
    );
}

function cycleFaults(nodes: readonly GraphNode[], entries: readonly GraphEntry[]): readonly Diagnostic[] {
  const ordered = new Set(inOrderOfNeeds(nodes).map(({ id }) => id));
  const drafts = new Map(entries.map(({ process, draft }) => [process.id, draft]));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<NodeId>();
  return nodes.flatMap((first) => {
    const path: GraphNode[] = [];
    let node: GraphNode | undefined = ordered.has(first.id) ? undefined : first;
    // Every node that is left needs another one that is left, so this comes to one that was seen: on this way, or on one before.
    while (node !== undefined && !seen.has(node.id)) {
      seen.add(node.id);
      path.push(node);
      const next: Need | undefined = node.needs.find(({ of }) => !ordered.has(of));
      node = next && byId.get(next.of);
    }
    const start = node === undefined ? -1 : path.indexOf(node);
    const cycle = start === -1 ? [] : path.slice(start).flatMap(({ id }) => (drafts.has(id) ? [id] : []));
    return cycle.length === 0 ? [] : [cycleFault(cycle, drafts)];
  });
}

function cycleFault(cycle: readonly NodeId[], drafts: ReadonlyMap<NodeId, PromptDraft>): Diagnostic {
  const [first = '', next = first] = cycle;
  const draft = drafts.get(first);
  const text =
    cycle.length === 1 ? 'it waits for itself.' : `they wait for each other: ${[...cycle, first].join(' -> ')}.`;
  return diagnosticOf(keyThatWaits(draft?.graph ?? {}, next), { kind: 'range', text }, draft?.place);
}

/** The key by which an entry waits for another one. */
function keyThatWaits({ needs, forEach, conversationFrom, when }: GraphKeys, id: NodeId): GraphKeyName {
  const names = (text: string): boolean => text.toLowerCase() === id.toLowerCase();
  if (needs === 'all' || needs?.some(names)) return 'needs';
  if (conversationFrom !== undefined && names(conversationFrom)) return 'conversation-from';
  if (forEach?.kind === 'from' && forEach.ids.some(names)) return 'for-each';
  return when === undefined ? 'needs' : 'when';
}

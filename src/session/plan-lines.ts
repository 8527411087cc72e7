import type { Condition, EachNode, GraphNode, NodeId, TaskNode } from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { Settings } from '../options/settings.ts';
import { durationText, plural, someOf } from '../text/format.ts';
import { estimateText, withoutTaken } from './estimate.ts';

/** More than this of one kind are counted, not named. */
const mostNames = 8;

/**
 * The plan of a dry run, for people: a line for each process with its needs, and an estimate of what is not taken from an earlier
 * session.
 */
export function planLines({ plan, policy }: Settings, taken: ReadonlySet<NodeId> = new Set()): string[] {
  const byId = new Map(plan.graph.nodes.map((node) => [node.id, node]));
  const nodes = plan.graph.nodes.filter((node) => node.kind !== 'group');
  return [
    `The session would be ${policy.trust.level}: ${policy.trust.why}.`,
    ...nodes.map(
      (node, index) =>
        `${index + 1}. ${processLine(specOf(node), listText(node))}; ${taken.has(node.id) ? 'taken from the earlier session' : startText(node, byId)}`,
    ),
    estimateText(withoutTaken({ plan, policy }, taken)),
  ];
}

function specOf(node: TaskNode | EachNode): ProcessSpec {
  return node.kind === 'task' ? node.process : node.template;
}

function processLine({ id, name, prompt, timeoutMs, claude, workingDirectory }: ProcessSpec, list: string): string {
  const parts = [
    `${name === id ? id : `${id} (${name})`}${list}`,
    `prompt of ${plural(prompt.length, 'character', 'characters')}`,
    claude.model === undefined ? "the CLI's model" : `model ${claude.model}`,
    timeoutMs === undefined ? 'no timeout' : `timeout ${durationText(timeoutMs / 1000)}`,
    `in ${workingDirectory}`,
  ];
  return parts.join(', ');
}

function listText(node: TaskNode | EachNode): string {
  if (node.kind === 'task') return '';
  const most = plural(node.maxItems, 'process', 'processes');
  return `, one for each of ${node.path.join('.')} of ${someOf(node.from, mostNames)} (at most ${most})`;
}

/** When a process starts, and what it is given of what it waits for. */
function startText(node: TaskNode | EachNode, byId: ReadonlyMap<NodeId, GraphNode>): string {
  const { needs, when } = node;
  const { conversationFrom: original } = specOf(node);
  const waitsFor = needs.flatMap(({ of }) => namesOf(of, byId));
  if (waitsFor.length === 0) return 'starts at once';
  const given = needs.filter(({ passes }) => passes !== 'nothing').flatMap(({ of }) => namesOf(of, byId));
  const all = given.length === waitsFor.length ? 'the results' : `the results of ${someOf(given, mostNames)}`;
  const what = given.length === 0 ? 'nothing of them' : all;
  const parts = [
    `waits for ${someOf(waitsFor, mostNames)}`,
    ...(original === undefined ? [] : [`continues the conversation of ${original}`]),
    ...(original === undefined || given.length > 0 ? [`is given ${what}`] : []),
    `starts ${whenText(when)}`,
  ];
  return parts.join(', ');
}

/** The id of an entry, or those that an unnamed group stands for. */
function namesOf(id: NodeId, byId: ReadonlyMap<NodeId, GraphNode>): readonly string[] {
  const node = byId.get(id);
  if (node?.kind !== 'group' || !id.startsWith('=')) return [id];
  return node.needs.filter(({ passes }) => passes === 'output').map(({ of }) => of);
}

function whenText(when: GraphNode['when']): string {
  switch (when) {
    case 'success':
      return 'if all of them succeed';
    case 'failure':
      return 'if one of them does not succeed';
    case 'always':
      return 'whatever comes of them';
    default:
      return `if all of them succeed and ${when.map(conditionText).join(' and ')}`;
  }
}

function conditionText({ of, path, oneOf }: Condition): string {
  return `${[of, ...path].join('.')} is ${oneOf.join(' or ')}`;
}

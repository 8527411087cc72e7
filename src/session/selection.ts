import type { Fingerprint } from '../model/event.ts';
import type { Plan } from '../model/graph.ts';
import { type GraphNode, inOrderOfNeeds, type Need, type NodeId } from '../model/graph.ts';
import type { SessionPolicy } from '../model/plan.ts';
import type { EarlierSession } from '../record/earlier-session.ts';
import type { Success } from '../record/resumable-events.ts';
import { type EndedNode, type Outcome, outcomeOfAll, unmetNeeds, unmetReason } from '../scheduler/readiness.ts';
import { someOf } from '../text/format.ts';
import { changedParts } from './fingerprint.ts';

/** Reasons why nothing may be taken over from an earlier session, a line each. */
export function refusals(
  { sessionId, trust, offline }: Pick<EarlierSession, 'sessionId' | 'trust' | 'offline'>,
  policy: Pick<SessionPolicy, 'trust' | 'offline'>,
): readonly string[] {
  const lines: string[] = [];
  const refuse = (text: string): void => void lines.push(`resume-from: ${text}. ${runAll}.`);
  if (policy.trust.level === 'trusted' && trust === 'untrusted')
    refuse(`session ${sessionId} was untrusted, and a trusted one takes nothing from such`);
  if (policy.offline !== offline) {
    const which = offline ? 'was offline, and this one is not' : 'asked a model, and this one is offline';
    refuse(`session ${sessionId} ${which}: their answers are not mixed`);
  }
  return lines;
}

const runAll = 'Run without resume-from (with previous-attempt: start a new run)';

/** A session that is to go on from an earlier one. */
export interface Continuation {
  readonly earlier: Pick<
    EarlierSession,
    'sessionId' | 'successes' | 'skippedByCondition' | 'expanded' | 'fingerprints'
  >;
  readonly plan: Plan;
  /** Of every process of the plan by its id, and of every list found at run time by its node. */
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
}

/** The successes of an earlier session that still stand. */
export interface Selection {
  /** By the id of their process. */
  readonly successes: EarlierSession['successes'];
  /** Lists found at run time whose items are given something by a process that runs again. */
  readonly anew: ReadonlySet<NodeId>;
  /** For people: which processes succeeded there and run again all the same, and why. */
  readonly notices: readonly string[];
}

/**
 * Selects the successes that are taken over. A process that has changed runs again, and so does each that depends on one that runs
 * again: it received its output or its conversation, or whether it runs depends on it. Conversations are not kept: one that is still
 * to be continued has to be had again.
 */
export function selectSuccesses(continuation: Continuation): Selection {
  const originals = new Map<NodeId, NodeId>();
  for (;;) {
    const { causes, ...selection } = selectWithout(originals, continuation);
    const known = originals.size;
    for (const node of continuation.plan.graph.nodes) {
      const original = originalOf(node);
      if (original === undefined || !selection.successes.has(original)) continue;
      if (causes.has(node.id)) originals.set(original, node.kind === 'each' ? node.template.id : node.id);
    }
    if (originals.size === known) return selection;
  }
}

/** The process whose conversation a node continues. */
function originalOf(node: GraphNode): NodeId | undefined {
  if (node.kind === 'group') return undefined;
  return (node.kind === 'task' ? node.process : node.template).conversationFrom;
}

/** A process of a list found at run time that has not succeeded, or is made otherwise now; undefined when all of them stand. */
function openItem(
  { id, into, template, maxItems }: Extract<GraphNode, { kind: 'each' }>,
  { earlier, fingerprints }: Continuation,
): string | undefined {
  if (!earlier.expanded.has(into)) return template.id;
  const now = fingerprints.get(id) ?? {};
  if (changedParts(earlier.fingerprints.get(id) ?? {}, now).length > 0) return template.id;
  const prefix = `${template.id}-`;
  let count = 0;
  for (const item of earlier.fingerprints.keys()) {
    if (!item.startsWith(prefix) || !/^(?:\d+|rest)$/.test(item.slice(prefix.length))) continue;
    if (!earlier.successes.has(item)) return item;
    count += 1;
  }
  // The limit is lower now, and leaves items out.
  return count > maxItems ? `${prefix}rest` : undefined;
}

/** Selects without those whose conversation is to be continued, each with the node that does so. */
function selectWithout(
  originals: ReadonlyMap<NodeId, NodeId>,
  continuation: Continuation,
): Selection & { readonly causes: ReadonlyMap<NodeId, string> } {
  const { earlier, plan, fingerprints } = continuation;
  const successes = new Map<string, Success>();
  const again = new Map<string, string[]>();
  /** Processes that succeeded then and would be skipped now by their condition; those that depend on them run again. */
  const leftOut = new Set<NodeId>();
  // Where one success is enough, what failed does not run again while the one that won after it stands.
  const isChangeOnly = plan.graph.succeeds === 'with-one';
  /** For each node that runs again, or of which a part does: the process that is the cause. */
  const causes = new Map<NodeId, string>();
  const ended = new Map<NodeId, EndedNode>();
  for (const node of inOrderOfNeeds(plan.graph.nodes)) {
    const need = node.needs.find(({ of, passes }) => causes.has(of) && (isChangeOnly || depends(node, { of, passes })));
    const cause = need && causes.get(need.of);
    const known = cause === undefined ? endedAgain(node, continuation, ended) : { cause };
    if ('cause' in known) causes.set(node.id, known.cause);
    else if (known.outcome !== undefined) ended.set(node.id, { outcome: known.outcome });
    if (node.kind !== 'task' || ended.has(node.id)) continue;
    const changed = changedParts(earlier.fingerprints.get(node.id) ?? {}, fingerprints.get(node.id) ?? {});
    const success = earlier.successes.get(node.id);
    if (success === undefined) {
      if (!isChangeOnly || changed.length > 0) causes.set(node.id, node.id);
      continue;
    }
    if (isUnmetNow(node, ended)) {
      leftOut.add(node.id);
      causes.set(node.id, node.id);
      ended.set(node.id, { outcome: 'condition' });
      continue;
    }
    const continuer = originals.get(node.id);
    const reason =
      changeOf(changed, earlier.sessionId) ??
      (continuer && `"${continuer}" runs, and continues its conversation`) ??
      (need && cause && dependence(need, cause, { isChangeOnly, leftOut, isContinued: need.of === originalOf(node) }));
    if (reason === undefined) {
      successes.set(node.id, success);
      ended.set(node.id, { outcome: 'succeeded', result: success });
    } else {
      again.set(reason, [...(again.get(reason) ?? []), node.id]);
      if (changed.length > 0 || continuer !== undefined) causes.set(node.id, node.id);
    }
  }
  const lines = [...leftOutTexts([...leftOut], earlier.sessionId), ...againTexts(again)];
  const anew = listsGivenAny(causes, plan.graph.nodes);
  for (const id of leftOut) causes.delete(id);
  const notices = lines.map((line) => `resume-from: ${line}.`);
  return { successes, anew, notices, causes };
}

/** Outcome of a node with unchanged needs without a start, or the process of it that is not done. */
function endedAgain(
  node: GraphNode,
  continuation: Continuation,
  ended: ReadonlyMap<NodeId, EndedNode>,
): { readonly outcome?: Outcome } | { readonly cause: string } {
  const needs = node.needs.flatMap(({ of }) => ended.get(of) ?? []);
  const isKnown = needs.length === node.needs.length;
  if (node.kind === 'group') return isKnown ? { outcome: outcomeOfAll(needs) } : {};
  const id = node.kind === 'task' ? node.id : node.template.id;
  const wasSkipped = isKnown && continuation.earlier.skippedByCondition.has(id);
  // A condition that left it out does so again if all that decides is as it was.
  if (wasSkipped && unmetReason(node, (of) => ended.get(of) as EndedNode) === 'condition')
    return { outcome: 'condition' };
  if (node.kind === 'task') return {};
  if (isUnmetNow(node, ended)) return { cause: id };
  const cause = openItem(node, continuation);
  return cause === undefined ? { outcome: 'succeeded' } : { cause };
}

/** Whether a node is not to start now, as far as its needs are known; conditions are evaluated again. */
function isUnmetNow(node: GraphNode, ended: ReadonlyMap<NodeId, EndedNode>): boolean {
  if (!node.needs.every(({ of }) => ended.has(of))) return false;
  return unmetNeeds(node, (of) => ended.get(of) as EndedNode) !== undefined;
}

/** Whether the outcome of a need matters to a node: by what it passes on, by its conversation, or by a condition. */
function depends(node: GraphNode, { of, passes }: Need): boolean {
  if (passes !== 'nothing' || of === originalOf(node)) return true;
  if (node.kind === 'each' && node.from.includes(of)) return true;
  return node.kind !== 'group' && node.when !== 'always';
}

/** The lists found at run time whose items are given what one of these has written. */
function listsGivenAny(ids: ReadonlyMap<NodeId, string>, nodes: readonly GraphNode[]): ReadonlySet<NodeId> {
  const given = ({ needs }: GraphNode) => needs.some(({ of, passes }) => passes === 'output' && ids.has(of));
  return new Set(nodes.flatMap((node) => (node.kind === 'each' && given(node) ? [node.id] : [])));
}

function changeOf(parts: readonly string[], sessionId: string): string | undefined {
  if (parts.length === 0) return undefined;
  const named = parts.map((part) => `its ${part}`);
  const what = [named.slice(0, -1).join(', '), ...named.slice(-1)].filter(Boolean).join(' and ');
  return `changed since session ${sessionId} (${what})`;
}

function dependence(
  { passes }: Need,
  cause: string,
  {
    isChangeOnly,
    leftOut,
    isContinued,
  }: { readonly isChangeOnly: boolean; readonly leftOut: ReadonlySet<NodeId>; readonly isContinued: boolean },
): string {
  if (leftOut.has(cause)) return `"${cause}", which it waits for, does not run now`;
  if (isChangeOnly) return `"${cause}", which comes first, has changed`;
  if (isContinued) return `"${cause}" runs, and its conversation is continued`;
  if (passes === 'nothing') return `"${cause}" runs, and whether it starts depends on that`;
  return `"${cause}" runs, and its output is passed on`;
}

function leftOutTexts(ids: readonly string[], sessionId: string): readonly string[] {
  if (ids.length === 0) return [];
  const condition = ids.length === 1 ? 'its condition does' : 'their conditions do';
  return [`${someOf(ids.map((id) => `"${id}"`))} succeeded in session ${sessionId}, but ${condition} not hold now`];
}

function againTexts(again: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...again].map(([reason, ids]) => {
    return `${someOf(ids.map((id) => `"${id}"`))} ${ids.length === 1 ? 'runs' : 'run'} again: ${reason}`;
  });
}

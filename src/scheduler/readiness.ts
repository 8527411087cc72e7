import type { Condition, GraphNode, NodeId } from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { ProcessResult } from '../model/result.ts';

/** Outcome of a node for those that need it: `condition` when it was left out because a condition did not hold. */
export type Outcome = 'succeeded' | 'condition' | 'unsuccessful';

/** A node that has ended. */
export interface EndedNode {
  readonly outcome: Outcome;
  readonly result?: Pick<ProcessResult, 'status' | 'structuredOutput' | 'resumedFrom'>;
}

/** The outcome of a result; where errors are to be continued on, a failure counts as a success. */
export function outcomeOf({ status, reason, continueOnError }: ProcessResult): Outcome {
  if (reason === 'condition') return 'condition';
  return status === 'succeeded' || continueOnError === true ? 'succeeded' : 'unsuccessful';
}

/** The outcome of several nodes together; that of none is a success. */
export function outcomeOfAll(nodes: readonly Pick<EndedNode, 'outcome'>[]): Outcome {
  if (nodes.every(({ outcome }) => outcome === 'succeeded')) return 'succeeded';
  return nodes.some(({ outcome }) => outcome === 'unsuccessful') ? 'unsuccessful' : 'condition';
}

/** The reason why a node whose needs have ended is not to start; undefined when it may. */
export function unmetReason(node: GraphNode, ended: (id: NodeId) => EndedNode): 'needs' | 'condition' | undefined {
  return unmetNeeds(node, ended) ?? (node.kind === 'task' ? missingConversation(node.process, ended) : undefined);
}

/** A conversation can be continued only if its process has succeeded in this session, whatever else counts as a success. */
function missingConversation(
  { conversationFrom }: ProcessSpec,
  ended: (id: NodeId) => EndedNode,
): 'needs' | 'condition' | undefined {
  const original = conversationFrom === undefined ? undefined : ended(conversationFrom);
  if (original === undefined) return undefined;
  if (original.result?.status === 'succeeded' && original.result.resumedFrom === undefined) return undefined;
  return original.outcome === 'condition' ? 'condition' : 'needs';
}

/** Says that a conversation is missing although its process succeeded: it did so in an earlier session. */
export function lostConversation(node: GraphNode, ended: (id: NodeId) => EndedNode): string | undefined {
  const original = node.kind === 'task' ? node.process.conversationFrom : undefined;
  const from = original === undefined ? undefined : ended(original).result?.resumedFrom;
  if (from === undefined) return undefined;
  return `The result of "${original}" was taken from session ${from}, and its conversation is not kept. To continue it, run without resume-from.`;
}

/** The same without the condition that a conversation can be continued. */
export function unmetNeeds(
  { needs, when }: Pick<GraphNode, 'needs' | 'when'>,
  ended: (id: NodeId) => EndedNode,
): 'needs' | 'condition' | undefined {
  if (when === 'always') return undefined;
  const all = outcomeOfAll(needs.map(({ of }) => ended(of)));
  if (when === 'failure') return all === 'unsuccessful' ? undefined : 'condition';
  if (all !== 'succeeded') return all === 'condition' ? 'condition' : 'needs';
  return when === 'success' || when.every((condition) => holds(condition, ended(condition.of)))
    ? undefined
    : 'condition';
}

/** Only the structured output of a process that succeeded counts; objects, lists and missing values never match. */
function holds({ path, oneOf }: Condition, { result }: EndedNode): boolean {
  if (result?.status !== 'succeeded') return false;
  const value = valueAt(result.structuredOutput, path);
  if (typeof value === 'string') return oneOf.includes(value);
  return (typeof value === 'number' || typeof value === 'boolean') && oneOf.includes(JSON.stringify(value));
}

/** The value at a path of own properties; undefined when there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null || Array.isArray(current)) return undefined;
    current = Object.getOwnPropertyDescriptor(current, name)?.value;
  }
  return current;
}

import type { Fingerprint, PlannedGroup, PlannedPolicy, PlannedProcess } from '../model/event.ts';
import { answerRole } from '../model/finding-schemas.ts';
import type { Graph, NodeId, Plan } from '../model/graph.ts';
import type { ProcessSpec, SessionPolicy } from '../model/plan.ts';

/** Facts about processes that are not in their specifications. */
export interface PlannedContext {
  /** Fingerprints by the id of the process. */
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
  readonly needs?: readonly NodeId[];
}

/** A process as `session-started` lists it: its limits, and the fingerprint by which a later session recognizes it. */
export function plannedProcess(
  { id, name, timeoutMs, maxBudgetUsd, checkedFinding, claude: { model, maxTurns, jsonSchema } }: ProcessSpec,
  { fingerprints, needs = [] }: PlannedContext,
): PlannedProcess {
  const fingerprint = fingerprints.get(id);
  return {
    processId: id,
    name,
    ...(model !== undefined && { model }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maxTurns !== undefined && { maxTurns }),
    ...(maxBudgetUsd !== undefined && { maxBudgetUsd }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(needs.length > 0 && { needs }),
    ...answerRole(jsonSchema, checkedFinding),
  };
}

/** The graph as `session-started` records it. */
export function plannedGraph(
  { nodes }: Graph,
  fingerprints: PlannedContext['fingerprints'],
): { readonly processes: readonly PlannedProcess[]; readonly groups?: readonly PlannedGroup[] } {
  const processes: PlannedProcess[] = [];
  const groups: PlannedGroup[] = [];
  for (const node of nodes) {
    const needs = node.needs.map(({ of }) => of);
    if (node.kind === 'task') processes.push(plannedProcess(node.process, { fingerprints, needs }));
    else {
      const fingerprint = fingerprints.get(node.id);
      groups.push({ id: node.id, needs, ...(fingerprint !== undefined && { fingerprint }) });
    }
  }
  return { processes, ...(groups.length > 0 && { groups }) };
}

/** The rules of a session as `session-started` records them. */
export function plannedPolicy({
  plan,
  policy,
}: {
  readonly plan: Plan;
  readonly policy: SessionPolicy;
}): PlannedPolicy {
  const { failOn, onDenied, retries, idleTimeoutMs, totalTimeoutMs, maxBudgetUsd } = policy;
  return {
    ...{ failOn, onDenied, retries, maxWorkers: plan.graph.maxWorkers },
    ...(idleTimeoutMs !== undefined && { idleTimeoutMs }),
    ...(totalTimeoutMs !== undefined && { totalTimeoutMs }),
    ...(maxBudgetUsd !== undefined && { maxBudgetUsd }),
  };
}

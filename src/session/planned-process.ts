import type { Fingerprint, PlannedPolicy, PlannedProcess } from '../model/event.ts';
import type { Plan } from '../model/graph.ts';
import type { ProcessSpec, SessionPolicy } from '../model/plan.ts';

/** A process as its session's first event tells of it: what it may use, and by what a later session knows it. */
export function plannedProcess(
  { id, name, timeoutMs, maxBudgetUsd, claude: { model, maxTurns } }: ProcessSpec,
  fingerprints: ReadonlyMap<string, Fingerprint>,
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
  };
}

/** The rules of a session as its first event tells of them. */
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

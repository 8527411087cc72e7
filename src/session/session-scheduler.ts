import { availableParallelism } from 'node:os';
import type { Clock } from '../model/clock.ts';
import type { Emit } from '../model/event.ts';
import { processesAndTemplatesOf } from '../model/graph.ts';
import type { FieldRedactor } from '../model/redacted-fields.ts';
import { availableMemory } from '../process/available-memory.ts';
import { AdmissionControl } from '../scheduler/admission-control.ts';
import { Breaker } from '../scheduler/breaker.ts';
import type { Budget } from '../scheduler/budget.ts';
import { passedOutputsLimitBytes } from '../scheduler/passed-outputs.ts';
import { endUnstarted, type ProcessRunOptions, runProcess } from '../scheduler/process-run.ts';
import { RetryAllowance } from '../scheduler/retry.ts';
import { type Dispatch, Scheduler, type SchedulerOptions } from '../scheduler/scheduler.ts';
import type { SessionControl } from '../scheduler/session-control.ts';
import { someOf } from '../text/format.ts';
import { findingItems } from './finding-items.ts';
import type { RunRequest } from './run-request.ts';

/** The parts of a session that decide over its processes. */
export interface SessionParts {
  readonly request: RunRequest;
  readonly control: SessionControl;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Results are redacted where they are made. */
  readonly redactor: FieldRedactor;
}

/** Puts together who decides when a process of the session starts, and who runs it. */
export function schedulerOf(
  session: SessionParts,
  attempt: ProcessRunOptions['attempt'],
  onAdded: NonNullable<SchedulerOptions['onAdded']>,
): Scheduler {
  const { request, control, budget, clock, emit, redactor } = session;
  const { plan, policy } = request.settings;
  const admission = admissionOf(session);
  const halt = { halt: control.stop, haltReason: control.haltReason };
  const deadline = control.deadlineAt === undefined ? {} : { deadlineAt: control.deadlineAt };
  const breaker = new Breaker({ clock, emit, ...deadline });
  const options: Omit<ProcessRunOptions, keyof Dispatch> = {
    ...{ attempt, clock, emit, redactor, admission, breaker, budget, policy },
    offline: policy.offline,
    ...halt,
    abandon: () => control.abandon(),
    allowance: new RetryAllowance(processesAndTemplatesOf(plan.graph).length),
    ...deadline,
  };
  return new Scheduler({
    graph: plan.graph,
    admission,
    ...halt,
    blockedBy: (process) => breaker.reasonFor(process),
    run: (process, passed, dispatch) => runProcess(process, passed, { ...options, ...dispatch }),
    endUnstarted: (process, ending, message) =>
      endUnstarted(process, { ...ending, ...(message !== undefined && { message }) }, options),
    itemsOf: findingItems,
    onAdded,
    onCut: ({ id }, cut) => void emit({ type: 'notice', level: 'warning', processId: id, message: cutNotice(id, cut) }),
  });
}

function cutNotice(id: string, cut: readonly string[]): string {
  const limit = `${passedOutputsLimitBytes / 1024} KiB`;
  return `needs: "${id}" is given a part only of what ${someOf(cut)} wrote: all that is passed on to one process has ${limit}.`;
}

function admissionOf({ request, clock, emit }: SessionParts): AdmissionControl {
  const { maxWorkers } = request.settings.plan.graph;
  return new AdmissionControl({ maxWorkers, maxStarting: availableParallelism(), availableMemory, clock, emit });
}

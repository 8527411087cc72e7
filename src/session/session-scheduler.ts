import { availableParallelism } from 'node:os';
import type { Connection } from '../model/agent.ts';
import type { Clock } from '../model/clock.ts';
import type { Emit } from '../model/event.ts';
import { processesAndTemplatesOf } from '../model/graph.ts';
import type { FieldRedactor } from '../model/redacted-fields.ts';
import { availableMemory } from '../process/available-memory.ts';
import { AdmissionControl } from '../scheduler/admission-control.ts';
import { Breaker } from '../scheduler/breaker.ts';
import type { Budget } from '../scheduler/budget.ts';
import { passedOutputsLimitBytes } from '../scheduler/passed-outputs.ts';
import { PrefixGate } from '../scheduler/prefix-gate.ts';
import { endUnstarted, type ProcessRunOptions, runProcess } from '../scheduler/process-run.ts';
import { RetryAllowance } from '../scheduler/retry.ts';
import { Scheduler } from '../scheduler/scheduler.ts';
import type { CutReport, Dispatch, SchedulerOptions } from '../scheduler/scheduler-options.ts';
import type { SessionControl } from '../scheduler/session-control.ts';
import { runInSlot } from '../scheduler/slot-run.ts';
import { SlotsAhead } from '../scheduler/slots-ahead.ts';
import { someOf } from '../text/format.ts';
import { findingItems } from './finding-items.ts';
import type { JoinedProcesses } from './joining.ts';
import type { RunRequest } from './run-request.ts';

/** Dependencies of the scheduler of a session. */
export interface SessionParts {
  readonly joined: JoinedProcesses;
  readonly request: RunRequest;
  readonly control: SessionControl;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Results are redacted where they are made. */
  readonly redactor: FieldRedactor;
  readonly connection: Connection;
}

/** The scheduler of a session; disposing of it ends what was started ahead and is not needed. */
export interface SessionScheduler extends AsyncDisposable {
  readonly scheduler: Scheduler;
}

/** Assembles the scheduler of a session: admission, budget, breaker and the runner of processes. */
export function schedulerOf(
  session: SessionParts,
  onAdded: NonNullable<SchedulerOptions['onAdded']>,
): SessionScheduler {
  const { request, control, budget, clock, emit, redactor, connection, joined } = session;
  const { plan, policy, checkout } = request.settings;
  const admission = admissionOf(session);
  const ahead = new SlotsAhead({ connection, admission, budget });
  const isAhead = policy.startAhead && connection.opensAhead;
  const tools = { connection, gate: new PrefixGate(clock), ahead };
  const halt = { halt: control.stop, haltReason: control.haltReason };
  const deadline = control.deadlineAt === undefined ? {} : { deadlineAt: control.deadlineAt };
  const breaker = new Breaker({ clock, emit, ...deadline });
  const allowance = new RetryAllowance(processesAndTemplatesOf(plan.graph).length);
  const options: Omit<ProcessRunOptions, keyof Dispatch> = {
    attempt: (attempt) => runInSlot(attempt, tools),
    isStartedAhead: (id) => ahead.has(id),
    ...{ clock, emit, redactor, admission, breaker, budget, policy },
    offline: policy.offline,
    ...halt,
    abandon: () => control.abandon(),
    allowance,
    ...deadline,
  };
  const scheduler = new Scheduler({
    graph: plan.graph,
    admission,
    ...halt,
    blockedBy: (process) => joined.blockedBy(process) ?? breaker.reasonFor(process),
    run: (process, passed, dispatch) => {
      const run = { ...options, ...dispatch };
      return runProcess(process, passed, withCancel(run, joined.cancelOf(process.id)));
    },
    onEnded: (result) => joined.end(result),
    endUnstarted: (process, ending, message) =>
      endUnstarted(process, { ...ending, ...(message !== undefined && { message }) }, options),
    // Start-ups keep the cores busy: more of them at once would be no faster.
    ...(isAhead && { ahead: { most: availableParallelism(), prepare: ahead.prepare } }),
    itemsOf: (node, written) => findingItems(node, written, checkout),
    onAdded: (added) => {
      allowance.add(added.processes.length);
      return onAdded(added);
    },
    onCut: (report) =>
      void emit({ type: 'notice', level: 'warning', processId: report.process.id, message: cutNotice(report) }),
  });
  return { scheduler, [Symbol.asyncDispose]: () => ahead[Symbol.asyncDispose]() };
}

/** The options of a process that may be cancelled alone. */
function withCancel(options: ProcessRunOptions, cancel: AbortSignal | undefined): ProcessRunOptions {
  if (cancel === undefined) return options;
  const { attempt, halt, haltReason, skipSignal, skipReason } = options;
  return {
    ...options,
    attempt: (request) => attempt({ ...request, cancel }),
    halt: AbortSignal.any([halt, cancel]),
    haltReason: () => (halt.aborted ? haltReason() : 'session-cancelled'),
    skipSignal: AbortSignal.any([skipSignal, cancel]),
    skipReason: () => (cancel.aborted && !skipSignal.aborted ? 'session-cancelled' : skipReason()),
  };
}

function cutNotice({ process: { id }, cut, isCopy }: CutReport): string {
  const who = isCopy ? `"${id}" and the others of its entry are` : `"${id}" is`;
  const limit = `${passedOutputsLimitBytes / 1024} KiB`;
  return `needs: ${who} given a part only of what ${someOf(cut)} wrote: all that is passed on to one process has ${limit}.`;
}

function admissionOf({ request, clock, emit }: SessionParts): AdmissionControl {
  const { maxWorkers } = request.settings.plan.graph;
  return new AdmissionControl({ maxWorkers, maxStarting: availableParallelism(), availableMemory, clock, emit });
}

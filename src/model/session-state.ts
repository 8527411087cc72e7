import type { EnsembleEvent, Phase, PlannedProcess, ProcessIntroduction } from './event.ts';
import type { AnswerRole } from './finding-schemas.ts';
import type { ProcessResult, Reason, Status } from './result.ts';

/** An event of one type. */
export type EventOf<Type extends EnsembleEvent['type']> = Extract<EnsembleEvent, { readonly type: Type }>;

/** Progress of a process; one that waits for its next attempt is queued again. */
export interface ProcessProgress {
  readonly id: string;
  readonly name: string;
  readonly state: 'queued' | 'running' | 'ended';
  readonly attempts: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly status?: Status;
  readonly reason?: Reason;
  /** Process id of the child that runs, or ran last. */
  readonly pid?: number;
}

/** Activity that a process spends its time on: `starting` is the CLI's start-up, `retry` the wait for the next attempt. */
export type Activity = Phase | { readonly kind: 'starting' | 'retry' | 'stopping' };

/** Start of an activity; it lasts until the next one of the process, or until its end. */
export type ActivityStart = Activity & {
  /** Milliseconds since 1970. */
  readonly atMs: number;
};

/**
 * The state of a session after all its runs, folded from its events: the documents are functions of it. An event costs the same,
 * however many came before.
 */
export class SessionState {
  /** The start of its last run. */
  started: EventOf<'session-started'> | undefined;
  /** ISO 8601: the start of its first run. */
  startedAt: string | undefined;
  /** The end of its last run; undefined while that lasts. */
  ended: EventOf<'session-ended'> | undefined;
  /** The signal that interrupted its last run. */
  interruptedBy: string | undefined;
  /** Every process by its id, those of earlier runs ahead. */
  readonly processes = new Map<string, ProcessProgress>();
  /** Processes that were started and have not ended, by their ids. */
  readonly running = new Map<string, ProcessIntroduction>();
  /** Processes that were not started yet. */
  waiting = 0;
  /** Processes that have ended. */
  done = 0;
  /** Of `done`, the processes that failed, were cancelled or timed out, without `continue-on-error`. */
  failed = 0;
  /** Sums over the processes that were started and have ended. */
  readonly ran = { count: 0, seconds: 0, costUsd: 0, unknownCosts: 0 };
  /** Why each process was tried again, by its id. */
  readonly retries = new Map<string, Reason[]>();
  /** Activities of each process that was started, by its id. */
  readonly activities = new Map<string, ActivityStart[]>();
  /** Ids of the processes and groups that each process or group waits for, by its id; those that wait for none are absent. */
  readonly needs = new Map<string, readonly string[]>();
  /** Roles of the processes that were asked for findings, or for a check of one, by their ids. */
  readonly roles = new Map<string, AnswerRole>();
  readonly #warnings = new Set<string>();

  /** Each once, in the order in which they came: many processes may have the same cause to complain. */
  get warnings(): readonly string[] {
    return [...this.#warnings];
  }

  /** Takes in a warning that came too late to be an event. */
  warn(message: string): void {
    this.#warnings.add(message);
  }

  /** Takes in one event. */
  apply(event: EnsembleEvent): void {
    switch (event.type) {
      case 'session-started':
        this.#start(event);
        return;
      case 'session-interrupted':
        this.interruptedBy = event.signal;
        return;
      case 'notice':
        if (event.level === 'warning') this.warn(event.message);
        return;
      case 'processes-added':
        this.#join(event);
        return;
      case 'process-started':
        this.#startProcess(event);
        return;
      case 'process-retrying':
        this.#retry(event);
        return;
      case 'process-phase':
        // What comes of a process that is being ended is no phase of its work.
        if (this.activities.get(event.processId)?.at(-1)?.kind !== 'stopping') this.#begin(event, event.phase);
        return;
      case 'process-stopping':
        this.#begin(event, { kind: 'stopping' });
        return;
      case 'process-ended':
        this.#endProcess(event.result);
        return;
      case 'session-ended':
        this.ended = event;
        return;
      default:
    }
  }

  #start(event: EventOf<'session-started'>): void {
    this.started = event;
    this.startedAt ??= event.at;
    this.ended = undefined;
    this.interruptedBy = undefined;
    this.#add(event.processes);
    for (const { id, needs } of event.groups ?? []) this.needs.set(id, needs);
  }

  #add(processes: readonly PlannedProcess[]): void {
    this.waiting += processes.length;
    for (const { processId: id, name, needs, answerKind, checkedFinding } of processes) {
      this.processes.set(id, { id, name, state: 'queued', attempts: 0 });
      if (answerKind !== undefined)
        this.roles.set(id, { answerKind, ...(checkedFinding !== undefined && { checkedFinding }) });
      if (needs !== undefined) this.needs.set(id, needs);
    }
  }

  #join({ into, processes }: EventOf<'processes-added'>): void {
    this.#add(processes);
    if (into === undefined) return;
    this.needs.set(into, [...(this.needs.get(into) ?? []), ...processes.map(({ processId }) => processId)]);
  }

  #begin({ processId, at }: { readonly processId: string; readonly at: string }, activity: Activity): void {
    const start = { ...activity, atMs: Date.parse(at) };
    const known = this.activities.get(processId);
    if (known === undefined) this.activities.set(processId, [start]);
    else known.push(start);
  }

  #startProcess(event: EventOf<'process-started'>): void {
    const { processId, attempt, pid, at } = event;
    this.#begin(event, { kind: 'starting' });
    const { pid: _earlier, ...process } = this.#progressOf(processId);
    const next = { startedAt: at, ...process, state: 'running' as const, attempts: attempt };
    this.processes.set(processId, { ...next, ...(pid !== undefined && { pid }) });
    if (!this.running.has(processId)) this.waiting -= 1;
    this.running.set(processId, { processId, name: process.name });
  }

  #retry(event: EventOf<'process-retrying'>): void {
    const { processId, reason } = event;
    this.#begin(event, { kind: 'retry' });
    this.processes.set(processId, { ...this.#progressOf(processId), state: 'queued' });
    const reasons = this.retries.get(processId);
    if (reasons === undefined) this.retries.set(processId, [reason]);
    else reasons.push(reason);
  }

  #endProcess(result: ProcessResult): void {
    const { processId, status, attempts, duration, costUsd, continueOnError } = result;
    this.processes.set(processId, { ...this.#progressOf(processId), ...endOf(result) });
    if (!this.running.delete(processId)) this.waiting -= 1;
    this.done += 1;
    if (status !== 'succeeded' && status !== 'skipped' && continueOnError !== true) this.failed += 1;
    if (attempts === 0) return;
    this.ran.count += 1;
    this.ran.seconds += duration;
    this.ran.costUsd += costUsd ?? 0;
    if (costUsd === undefined) this.ran.unknownCosts += 1;
  }

  #progressOf(id: string): ProcessProgress {
    return this.processes.get(id) ?? { id, name: id, state: 'queued', attempts: 0 };
  }
}

function endOf({ processId, name, attempts, status, reason, startedAt, endedAt }: ProcessResult): ProcessProgress {
  const facts = { ...(startedAt !== undefined && { startedAt }), ...(reason !== undefined && { reason }) };
  return { id: processId, name, state: 'ended', attempts, status, ...facts, endedAt };
}

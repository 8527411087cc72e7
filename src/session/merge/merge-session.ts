import { waitAtMost } from '../../model/clock.ts';
import type { EnsembleEvent, EnsembleFact, Sink } from '../../model/event.ts';
import type { SessionPolicy } from '../../model/plan.ts';
import { redactedResult } from '../../model/redacted-fields.ts';
import type { Redactor } from '../../model/redactor.ts';
import type { ProcessResult } from '../../model/result.ts';
import type { SessionState } from '../../model/session-state.ts';
import { systemClock } from '../../process/system-clock.ts';
import { readShardLog, type ShardLog, type UnusableLog } from '../../record/shard-log.ts';
import { plural } from '../../text/format.ts';
import { answersOf } from '../answers.ts';
import { EventBus } from '../event-bus.ts';
import { locatedFindings } from '../located-findings.ts';
import type { SessionOutcome } from '../run-request.ts';
import { openSessionRecorder, type SessionRecorder } from '../session-recorder.ts';
import { judgeSession } from '../verdict.ts';
import { type Choice, chooseShards, type WantedPlan } from './choice.ts';
import { type CopyTools, copyContext, copyFiles } from './copies.ts';
import {
  endOf,
  finalIds,
  mergedBudget,
  mergedResults,
  mergedStart,
  notRunReason,
  notRunResults,
  shapeOf,
  startOf,
} from './merged-facts.ts';
import { type FinishedShard, finishShard, inOrderOfTime } from './replayed-events.ts';
import type { ShardPlace } from './shard-places.ts';

/** Shards to merge, and the session to merge them into. */
export interface MergeRequest {
  /** Directories of shards, and what could not be had of others. */
  readonly places: readonly ShardPlace[];
  readonly wanted: WantedPlan;
  readonly failOn: SessionPolicy['failOn'];
  readonly failOnSeverity: SessionPolicy['failOnSeverity'];
  readonly title?: string;
  /** Absolute base of the session's directory. */
  readonly logDirectory: string;
  readonly maxLogSize: number;
  /** Absolute; where findings are looked for. */
  readonly checkout: string;
  /** Key of the findings (`SessionFindings.key`). */
  readonly findingsKey?: string;
  readonly notices?: readonly string[];
  readonly warnings?: readonly string[];
  readonly redactor: Redactor;
  /** Faults of the request that show only when the ids of all processes are known; with any, nothing is written. */
  readonly faultsOf?: (processIds: readonly string[]) => readonly string[];
  /** Sinks of the start, the end and the notices of the merge; they get no replayed events. */
  readonly sinks: readonly Sink[];
  readonly interrupt: AbortSignal;
  readonly kill: AbortSignal;
  readonly ledgerKey?: Uint8Array;
}

/** One session of all shards, or why there is none. */
export type MergeResult =
  | { readonly kind: 'merged'; readonly outcome: SessionOutcome; readonly state: SessionState }
  | { readonly kind: 'refused'; readonly faults: readonly string[] };

/** Bytes of the logs of all shards together, which are held in memory. */
const mostLogBytes = 512 * 1024 * 1024;

/** Milliseconds that a sink has for one event after an interrupt, and the ledger for its last lines. */
const patienceWhenInterruptedMs = 1_500;
const ledgerPatienceMs = 500;

/** Events that are handed to the sinks before the merge waits for the disk. */
const eventsAtOnce = 512;

/** Makes one session of the records of its shards: a replay of their logs, judged once. */
export async function mergeSession(request: MergeRequest): Promise<MergeResult> {
  const read = await readAll(request.places);
  const choice = chooseShards(read.logs, request.wanted);
  if (!('plan' in choice)) return { kind: 'refused', faults: [...read.notices, ...choice.faults] };
  const shards = [...choice.shards.values()].map(finishShard);
  const wrong = request.faultsOf?.(processIds(choice, shards)) ?? [];
  if (wrong.length > 0) return { kind: 'refused', faults: wrong };
  const logs = await openSessionRecorder({
    base: request.logDirectory,
    maxFileBytes: request.maxLogSize,
    startedAt: new Date(),
    isMerge: true,
    ...(request.ledgerKey !== undefined && { ledgerKey: request.ledgerKey }),
  });
  const replayClock: ReplayClock = { date: new Date(startOf(shards)), isReplay: false };
  await using bus = busOf(request, logs, replayClock);
  logs.reportTo(bus.emit);
  const merge: Merge = { request, choice, shards, logs, replayClock, bus };
  announce(merge, read.notices);
  const copied = await copyAll(merge);
  replayClock.isReplay = true;
  await replay(merge);
  replayClock.date = new Date(endOf(shards));
  const lost = notRunResults(choice, replayClock.date.toISOString());
  for (const result of lost) await bus.emit({ type: 'process-ended', result });
  replayClock.isReplay = false;
  await bus.flush();
  const change = await bus.within(logs.target, () => logs.changeByOthers());
  if (change !== undefined) warn(merge, change);
  return await conclude(merge, mergedResults(choice.plan, [...copied, ...lost]));
}

/** The clock of a merge: events that are replayed keep the time that their shard recorded. */
interface ReplayClock {
  date: Date;
  isReplay: boolean;
}

interface Merge {
  readonly request: MergeRequest;
  readonly choice: Choice;
  readonly shards: readonly FinishedShard[];
  readonly logs: SessionRecorder;
  readonly replayClock: ReplayClock;
  readonly bus: EventBus;
}

/** Replayed events keep their times, and go into the files only. */
function busOf(
  { sinks, redactor, interrupt }: MergeRequest,
  logs: SessionRecorder,
  replayClock: ReplayClock,
): EventBus {
  const audience = sinks.map(
    (sink): Sink => ({
      ...sink,
      handle: (event) => (replayClock.isReplay ? undefined : sink.handle(event)),
    }),
  );
  const clock = { ...systemClock, date: () => replayClock.date };
  const bus = new EventBus({ sinks: [...logs.sinks, ...audience], redactor, clock });
  const hurry = (): void => bus.hurry(patienceWhenInterruptedMs);
  if (interrupt.aborted) hurry();
  else interrupt.addEventListener('abort', hurry, { once: true });
  return bus;
}

function processIds(choice: Choice, shards: readonly FinishedShard[]): readonly string[] {
  const lost = notRunResults(choice, '').map(({ processId }) => processId);
  return [...shards.flatMap(({ results }) => [...results.keys()]), ...lost];
}

async function readAll(places: readonly ShardPlace[]) {
  const logs: (ShardLog | UnusableLog)[] = [];
  const notices: string[] = [];
  let left = mostLogBytes;
  for (const place of places) {
    const log = 'fault' in place ? place : await readShardLog(place.directory, place.name, left);
    // In a named directory of sessions only the shards count.
    if ('fault' in log && log.isWhole && 'isFound' in place && place.isFound)
      notices.push(`${log.name} is no shard: it is a whole session.`);
    else logs.push(log);
    if ('bytes' in log) left -= log.bytes;
  }
  return { logs, notices };
}

/** The title that all shards have. */
function commonTitle(shards: readonly FinishedShard[]): string | undefined {
  const titles = new Set(shards.map(({ log }) => log.started.title));
  return titles.size === 1 ? [...titles][0] : undefined;
}

/** Nothing waits for the sinks: emitting never rejects. */
function announce({ request, choice, shards, logs, bus: { emit } }: Merge, notices: readonly string[]): void {
  const { sessionId, directory } = logs;
  const { title = commonTitle(shards), failOn } = request;
  const named = { sessionId, directory, ...(title !== undefined && { title }) };
  void emit({ ...mergedStart(choice, shards, failOn), ...named });
  const notify = (level: 'info' | 'warning', messages: readonly string[]): void => {
    for (const message of messages) void emit({ type: 'notice', level, message });
  };
  notify('info', [`Merged from ${plural(shards.length, 'shard', 'shards')} of ${choice.plan.count}.`]);
  notify('info', [...(request.notices ?? []), ...notices, ...choice.notices]);
  notify('warning', [...(request.warnings ?? []), ...choice.faults, ...choice.warnings]);
}

function warn({ bus }: Merge, message: string): void {
  void bus.emit({ type: 'notice', level: 'warning', message }); // It never rejects.
}

async function copyAll(merge: Merge): Promise<readonly ProcessResult[]> {
  const { request, shards, logs } = merge;
  const { redactor, maxLogSize: maxBytes, interrupt: stop } = request;
  const tools: CopyTools = { logs, redactor, maxBytes, stop, warn: (message) => warn(merge, message) };
  await copyContext(shards, tools);
  const results: ProcessResult[] = [];
  for (const shard of shards) results.push(...(await copyFiles(shard, tools)));
  return results.map((result) => redactedResult(result, redactor));
}

async function replay({ request, shards, replayClock, bus }: Merge): Promise<void> {
  const reported = new Set<string>();
  let taken: Promise<void> = Promise.resolve();
  for (const [place, event] of inOrderOfTime(shards).entries()) {
    replayClock.date = new Date(event.at);
    const fact = replayed(event, reported, request.redactor);
    if (fact !== undefined) taken = bus.emit(fact);
    if (place % eventsAtOnce === 0) await taken;
  }
  await taken;
}

/** Every shard has the events of a session; the interrupt of a shard is reported with the shard. */
function replayed(event: EnsembleEvent, reported: Set<string>, redactor: Redactor): EnsembleFact | undefined {
  switch (event.type) {
    case 'session-interrupted':
      return undefined;
    case 'process-ended': {
      const { logFile: _elsewhere, logIncomplete: _there, ...result } = event.result;
      return { type: 'process-ended', result: redactedResult(result, redactor) };
    }
    case 'notice': {
      if (event.processId !== undefined) return event;
      const isNew = !reported.has(event.message);
      reported.add(event.message);
      return isNew ? event : undefined;
    }
    default:
      return event;
  }
}

async function conclude(merge: Merge, results: readonly ProcessResult[]): Promise<MergeResult> {
  const { request, choice, shards, logs, bus } = merge;
  const { failOn, failOnSeverity, checkout, title = '', redactor, interrupt, kill } = request;
  const key = redactor.text(request.findingsKey ?? title);
  const found = await locatedFindings(results, { key, checkout, clock: systemClock, kill });
  const shape = shapeOf(shards);
  const reason = notRunReason(results, shards);
  const budget = mergedBudget(shards, results);
  const verdict = judgeSession({
    ...{ pattern: shape.pattern, succeeds: shape.succeeds, failOn, results, ...found },
    severityGate: { failOnSeverity, isAdvice: choice.plan.trust === 'untrusted' },
    // The clock of a machine may have been set back.
    durationSeconds: Math.max(0, Date.parse(endOf(shards)) - Date.parse(startOf(shards))) / 1000,
    shardFaults: choice.faults.map(redactor.text),
    ...(interrupt.aborted && { interruptedBy: String(interrupt.reason) }),
    ...(reason !== undefined && { notRun: reason }),
    ...(budget !== undefined && { budget }),
  });
  await bus.emit({ type: 'session-ended', ...verdict, results, ...found });
  const late = await bus.close();
  if (request.ledgerKey !== undefined)
    await waitAtMost(logs.closeLedger(), { clock: systemClock, delayMs: ledgerPatienceMs, signal: kill });
  const { sessionId, directory, files, written, state } = logs;
  const answers = answersOf(shape, results, finalIds(state, results, shape));
  const warnings = [...state.warnings, ...late];
  const place = { sessionId, directory, files, ...(written !== undefined && { written }) };
  return { kind: 'merged', outcome: { ...place, results, ...verdict, ...found, answers, warnings }, state };
}

import { tmpdir } from 'node:os';
import { connectClaude } from '../agents/claude/connect.ts';
import type { Connection } from '../model/agent.ts';
import type { Clock } from '../model/clock.ts';
import { waitAtMost } from '../model/clock.ts';
import type { Emit } from '../model/event.ts';
import { eventListener } from '../model/event-listener.ts';
import { isAnyContinued, processesAndTemplatesOf, processesOf, sinksOf } from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { Redactor } from '../model/redactor.ts';
import type { ProcessResult } from '../model/result.ts';
import { runAttempt, type ShardRecord } from '../model/shard.ts';
import { sessionEnvironment } from '../options/trusted-path.ts';
import { ReadAhead } from '../process/read-ahead.ts';
import { systemClock } from '../process/system-clock.ts';
import { defaultTimings } from '../process/timings.ts';
import { createRedactor } from '../redaction/redaction.ts';
import { Budget } from '../scheduler/budget.ts';
import { endUnstarted } from '../scheduler/process-run.ts';
import type { AddedProcesses } from '../scheduler/scheduler-options.ts';
import { SessionControl } from '../scheduler/session-control.ts';
import { answersOf } from './answers.ts';
import { supersededAfter } from './earlier-runs.ts';
import { EventBus, hurryWhenEnding } from './event-bus.ts';
import { Heartbeat } from './heartbeat.ts';
import { type Join, JoinedProcesses, type JoinTools } from './joining.ts';
import { locatedFindings } from './located-findings.ts';
import { plannedGraph, plannedPolicy, plannedProcess } from './planned-process.ts';
import { joinFaults, type Preflight, prepare } from './preflight.ts';
import { PreflightStop } from './preflight-stop.ts';
import { fingerprinter, importAdded, importResults, notRunEnding, takenAfter } from './resume.ts';
import type { RunRequest, RunResult } from './run-request.ts';
import { openSessionRecorder, type SessionRecorder } from './session-recorder.ts';
import { schedulerOf } from './session-scheduler.ts';
import { sessionSecrets } from './session-secrets.ts';
import { startNotices } from './start-notices.ts';
import type { Verdict, VerdictOptions } from './verdict.ts';
import { judgeSession } from './verdict.ts';

export type { RunRequest, RunResult, SessionOutcome } from './run-request.ts';

/** Longest wait for the last lines of the ledger, in milliseconds: the disk may hang. */
const ledgerPatienceMs = 500;

/** Runs one session from valid settings to its verdict. Rejects only for a fault of our own, after everything was killed. */
export async function runSession(given: RunRequest): Promise<RunResult> {
  const { request, redactor } = await withSecrets(given);
  const { settings, earlierRuns, clock = systemClock } = request;
  const { startedMs = clock.now() } = earlierRuns ?? {};
  using deadline = new PreflightStop({ ...request, ...settings.policy, startedMs }, clock);
  const preflight = await prepare(request, redactor, deadline.signal);
  if (preflight.kind === 'refused') return preflight;
  const logs = await openLogs(request, clock.date());
  const { target, state } = logs;
  using heartbeat = new Heartbeat(clock, state);
  const warn = (message: string): void => void emit({ type: 'notice', level: 'warning', message }); // It never rejects.
  const listeners = request.onEvent === undefined ? [] : [eventListener(request.onEvent, warn)];
  const sinks = [...logs.sinks, ...request.sinks, ...listeners];
  await using bus = new EventBus({ sinks, redactor, clock });
  const { emit } = bus;
  using control = new SessionControl({ ...request, ...settings.policy, startedMs, clock, emit });
  hurryWhenEnding(bus, control);
  logs.reportTo(emit);
  heartbeat.start(emit);
  const budget = new Budget(settings.policy.maxBudgetUsd, settings.plan.graph.maxWorkers, earlierRuns?.spentUsd);
  const flush = () => bus.flush();
  const run: Run = { request, preflight, logs, redactor, emit, flush, control, budget, clock };
  announce(run);
  const { announcedMs = clock.now() } = earlierRuns ?? {};
  const { results: own, finalIds } = await runPlan(run);
  // Whether its logs are complete is known when they are written.
  await bus.flush();
  const change = await bus.within(target, () => logs.changeByOthers());
  if (change !== undefined) warn(change);
  const located = own.map((result) => withLogs(result, logs));
  const results = [...(earlierRuns?.results ?? []), ...located];
  const found = await sessionFindings(run, results);
  const verdict = judge(run, { results, durationSeconds: (clock.now() - announcedMs) / 1000, ...found });
  await emit({ type: 'session-ended', ...verdict, results, ...found });
  for (const message of await bus.close()) state.warn(message);
  const evidence = await evidenceOf(run);
  const answers = answersOf(settings.plan.graph, results, finalIds);
  const { warnings } = state;
  const superseded = supersededAfter(earlierRuns, located, settings.plan.graph);
  const taken = takenAfter(earlierRuns, preflight.earlier);
  const runs = { results, superseded, taken, state, startedMs, announcedMs, spentUsd: budget.spentUsd };
  return { kind: 'finished', outcome: { ...evidence, results, ...verdict, ...found, answers, warnings }, runs };
}

/** The state of the disk when all sinks are closed. */
async function evidenceOf({ request, logs, clock, control }: Run) {
  if (request.ledgerKey !== undefined)
    await waitAtMost(logs.closeLedger(), { clock, delayMs: ledgerPatienceMs, signal: control.kill });
  const { sessionId, directory, files, written } = logs;
  return { sessionId, directory, files, ...(written !== undefined && { written }) };
}

function openLogs(
  { settings, sessionId, earlierRuns, ledgerKey }: RunRequest,
  startedAt: Date,
): Promise<SessionRecorder> {
  return openSessionRecorder({
    base: settings.logDirectory,
    maxFileBytes: settings.maxLogSize,
    workingDirectories: [
      settings.workingDirectory,
      ...processesAndTemplatesOf(settings.plan.graph).map((each) => each.workingDirectory),
    ],
    ...(sessionId !== undefined && { sessionId }),
    ...(earlierRuns !== undefined && { earlier: earlierRuns }),
    ...(ledgerKey !== undefined && { ledgerKey }),
    startedAt,
  });
}

function withLogs(result: ProcessResult, logs: SessionRecorder): ProcessResult {
  const hasLogs = result.attempts > 0 || result.resumedFrom !== undefined;
  return hasLogs ? { ...result, ...logs.stateOf(result.processId) } : result;
}

/** The request with the notices about its secrets, and the redactor of them. */
async function withSecrets(given: RunRequest): Promise<{ readonly request: RunRequest; readonly redactor: Redactor }> {
  const { values, notices, warnings } = await sessionSecrets(given);
  const request = {
    ...given,
    notices: [...(given.notices ?? []), ...notices],
    warnings: [...(given.warnings ?? []), ...warnings],
  };
  return { request, redactor: createRedactor({ values, environment: given.environment }) };
}

interface Run {
  readonly request: RunRequest;
  readonly preflight: Preflight;
  readonly logs: SessionRecorder;
  readonly redactor: Redactor;
  readonly emit: Emit;
  /** Resolves when the sinks have taken what they were given so far. */
  readonly flush: () => Promise<void>;
  readonly control: SessionControl;
  readonly budget: Budget;
  readonly clock: Clock;
}

/** Nothing waits for the sinks: emitting never rejects. */
function announce({ request, preflight, logs, emit, control }: Run): void {
  const { plan, policy } = request.settings;
  void emit({
    type: 'session-started',
    sessionId: logs.sessionId,
    directory: logs.directory,
    ...(request.settings.title !== undefined && { title: request.settings.title }),
    pattern: plan.pattern,
    ...plannedGraph(plan.graph, preflight.fingerprints),
    policy: plannedPolicy(request.settings),
    ...shardRecord(request),
    trust: policy.trust,
    offline: policy.offline,
    executable: preflight.description,
  });
  control.announced();
  if (policy.context.length > 0) void emit({ type: 'session-context', context: policy.context });
  for (const notice of startNotices(request, preflight)) void emit({ type: 'notice', ...notice });
}

function shardRecord({ settings: { shard }, environment }: RunRequest): { readonly shard?: ShardRecord } {
  return shard === undefined ? {} : { shard: { ...shard, attempt: runAttempt(environment) } };
}

/** The results of a plan, and which of them nothing in it needs. */
interface PlanResults {
  readonly results: readonly ProcessResult[];
  readonly finalIds: readonly string[];
}

async function runPlan(run: Run): Promise<PlanResults> {
  const { request, preflight, clock, emit, redactor, logs } = run;
  const { plan, policy } = request.settings;
  const common = { clock, emit, redactor, offline: policy.offline };
  const { notRun, earlier } = preflight;
  if (notRun === 'no-prompts' || notRun === 'no-items') return { results: [], finalIds: [] };
  if (notRun !== undefined) {
    const skip = (process: ProcessSpec) => endUnstarted(process, notRunEnding(process, notRun, earlier), common);
    const results = processesOf(plan.graph).map(skip);
    const skipJoined: Join = async (process) => {
      await addProcesses({ processes: [process] }, run);
      const result = skip(process);
      results.push(result);
      return { kind: 'ended', result };
    };
    await Promise.all([request.joining?.(skipJoined)]);
    return { results, finalIds: idsOf(results) };
  }
  const known = earlier && (await importResults(earlier, plan, { ...common, logs }));
  await using connection = await connect(run);
  const joined = new JoinedProcesses();
  await using session = schedulerOf({ ...run, connection, joined }, (added) => addProcesses(added, run));
  const { scheduler } = session;
  try {
    scheduler.add(plan.graph.nodes, known);
    await Promise.race([scheduler.done, request.joining?.(joined.joinWith(scheduler, joinTools(run)))]);
    const results = await scheduler.finish();
    const isGraph = plan.graph.answer === 'only-sink';
    const final = isGraph ? sinksOf(plan.graph).flatMap(({ id }) => scheduler.resultsOf(id)) : results;
    return { results, finalIds: idsOf(final) };
  } catch (error) {
    run.control.abandon();
    throw error;
  }
}

function joinTools(run: Run): JoinTools {
  const { request, preflight, redactor, flush, logs, emit } = run;
  return {
    faultsOf: joinFaults(request, preflight.executable, redactor),
    introduce: (processes, after) => addProcesses({ processes }, run, after),
    warn: (message) => void emit({ type: 'notice', level: 'warning', message }), // It never rejects.
    withLogs: (result) => flush().then(() => withLogs(result, logs)),
  };
}

/** Introduces processes that were not known at the start, and takes over those that have succeeded before. */
async function addProcesses(
  { processes, list }: Partial<AddedProcesses> & Pick<AddedProcesses, 'processes'>,
  { request, preflight, emit, redactor, clock, logs }: Run,
  after?: Promise<void>,
): Promise<ReadonlyMap<string, ProcessResult>> {
  const take = fingerprinter(request, preflight.executable, redactor);
  const takeOf = (process: ProcessSpec) => take(process, list?.needs ?? []);
  const fingerprints = new Map(processes.map((process) => [process.id, takeOf(process)]));
  const context = { fingerprints, needs: list === undefined ? [] : [list.id] };
  const planned = processes.map((process) => plannedProcess(process, context));
  void emit({ type: 'processes-added', processes: planned, ...(list !== undefined && { into: list.into }) });
  const { earlier } = preflight;
  if (earlier === undefined) return new Map();
  await after;
  return await importAdded(earlier, processes, { emit, redactor, clock, logs, list, fingerprintOf: takeOf });
}

function idsOf(results: readonly ProcessResult[]): readonly string[] {
  return results.map(({ processId }) => processId);
}

function connect({ request, preflight, control, redactor, emit, clock }: Run): Promise<Connection> {
  const { settings, environment, temporaryDirectory = tmpdir(), timings = defaultTimings } = request;
  const { policy, credentials, passEnv } = settings;
  return connectClaude({
    executable: preflight.executable,
    ...(preflight.unusable !== undefined && { unusable: preflight.unusable }),
    trust: policy.trust,
    context: policy.context,
    denialsFail: policy.onDenied === 'fail',
    ...(policy.idleTimeoutMs !== undefined && { idleTimeoutMs: policy.idleTimeoutMs }),
    environment: {
      environment: sessionEnvironment({ trust: policy.trust, checkout: settings.checkout }, environment),
      credentials,
      passEnv,
    },
    isOffline: policy.offline,
    promptCaching: policy.promptCaching,
    isContinuing: request.joining !== undefined || isAnyContinued(settings.plan.graph),
    logDirectory: settings.logDirectory,
    temporaryDirectory,
    ownConfiguration: preflight.ownConfiguration,
    stop: control.stop,
    kill: control.kill,
    redactor,
    emit,
    clock,
    timings,
    readAhead: new ReadAhead(),
  });
}

function sessionFindings({ request, redactor, clock, control }: Run, results: readonly ProcessResult[]) {
  const { settings, findingsKey = settings.title ?? '' } = request;
  const { checkout } = settings;
  return locatedFindings(results, { key: redactor.text(findingsKey), checkout, clock, kill: control.kill });
}

function judge(
  { request, preflight: { notRun }, control: { interruptedBy }, budget }: Run,
  facts: Pick<VerdictOptions, 'results' | 'durationSeconds' | 'findings'>,
): Verdict {
  const { plan, policy, shard } = request.settings;
  const { maxBudgetUsd: maxUsd } = policy;
  return judgeSession({
    ...{ pattern: plan.pattern, succeeds: plan.graph.succeeds },
    failOn: policy.failOn,
    ...(shard === undefined
      ? { severityGate: { failOnSeverity: policy.failOnSeverity, isAdvice: policy.trust.level === 'untrusted' } }
      : { isShard: true as const }),
    ...facts,
    ...(request.earlierRuns !== undefined && { earlier: request.earlierRuns }),
    ...(interruptedBy !== undefined && { interruptedBy }),
    ...(notRun !== undefined && { notRun }),
    ...(maxUsd !== undefined && { budget: { maxUsd, chargedUsd: budget.spentUsd, overspentUsd: budget.overspentUsd } }),
  });
}

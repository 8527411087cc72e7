import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrchestratorSession, runBatched, runParallel, runSequential, runWithFallback } from '../../src/index.ts';
import type { AttemptOutcome } from '../../src/model/attempt.ts';
import type { EnsembleFact } from '../../src/model/event.ts';
import { processesOf } from '../../src/model/graph.ts';
import type { ProcessSpec } from '../../src/model/plan.ts';
import type { ProcessResult } from '../../src/model/result.ts';
import { AdmissionControl } from '../../src/scheduler/admission-control.ts';
import { Breaker } from '../../src/scheduler/breaker.ts';
import { Budget } from '../../src/scheduler/budget.ts';
import { endUnstarted, runProcess } from '../../src/scheduler/process-run.ts';
import { RetryAllowance } from '../../src/scheduler/retry.ts';
import { SessionControl } from '../../src/scheduler/session-control.ts';
import { judgeSession } from '../../src/session/verdict.ts';
import { plainRedactor } from '../rig/attempt.ts';
import { FakeClock, settled } from '../rig/fake-clock.ts';
import { listPatterns, planOf, runPlan } from '../rig/plan.ts';
import { runs } from '../rig/random-seed.ts';
import { processSpec } from '../rig/results.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const endings: readonly AttemptOutcome['ending'][] = [
  { status: 'succeeded' },
  { status: 'failed', reason: 'exit-code' },
  { status: 'failed', reason: 'rate-limited' },
  { status: 'failed', reason: 'overloaded' },
  { status: 'failed', reason: 'quota' },
  { status: 'failed', reason: 'auth' },
  { status: 'timed-out', reason: 'timeout' },
];

/** One attempt: how it comes out, and after how long. */
const attemptArbitrary = fc.record({
  ending: fc.constantFrom(...endings),
  lastsMs: fc.integer({ min: 0, max: 20_000 }),
  costUsd: fc.option(fc.double({ min: 0, max: 0.5, noNaN: true }), { nil: undefined }),
  toolsRan: fc.boolean(),
  /** Of a used up limit: seconds until it resets. */
  resetSeconds: fc.option(fc.integer({ min: -10, max: 900 }), { nil: undefined }),
  resourceExhausted: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
});
type PlannedAttempt = typeof attemptArbitrary extends fc.Arbitrary<infer T> ? T : never;

const scenarioArbitrary = fc.record({
  pattern: fc.constantFrom(...listPatterns),
  processes: fc.array(fc.array(attemptArbitrary, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
  maxWorkers: fc.integer({ min: 1, max: 5 }),
  batchSize: fc.integer({ min: 1, max: 4 }),
  passOutput: fc.boolean(),
  stopOnFailure: fc.boolean(),
  retries: fc.integer({ min: 0, max: 3 }),
  maxBudgetUsd: fc.option(fc.double({ min: 0.1, max: 3, noNaN: true }), { nil: undefined }),
  interruptAtMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
  totalTimeoutMs: fc.option(fc.integer({ min: 1, max: 60_000 }), { nil: undefined }),
  dice: fc.double({ min: 0, max: 0.999, noNaN: true }),
});
type Scenario = typeof scenarioArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** A child that lasts as long as the scenario says, or until the session stops it. */
function attemptOf(planned: PlannedAttempt, clock: FakeClock, stop: AbortSignal): Promise<AttemptOutcome> {
  const outcome = (ending: AttemptOutcome['ending']): AttemptOutcome => ({
    ending,
    transient: ending.reason === 'rate-limited' || ending.reason === 'overloaded',
    refusal: planned.resetSeconds === undefined ? {} : { resetsAt: clock.now() + planned.resetSeconds * 1000 },
    resourceExhausted: planned.resourceExhausted && ending.status !== 'cancelled',
    toolsRan: planned.toolsRan,
    exitCode: ending.status === 'succeeded' ? 0 : 1,
    output: 'text',
    outputTruncated: false,
    stderr: '',
    ...(planned.costUsd !== undefined && { costUsd: planned.costUsd }),
    permissionDenials: [],
    killedAfterResult: false,
  });
  return new Promise((resolve) => {
    const cancelled = (): void => resolve(outcome({ status: 'cancelled', reason: stop.reason }));
    if (stop.aborted) cancelled();
    stop.addEventListener('abort', cancelled);
    clock.after(planned.lastsMs, () => resolve(outcome(planned.ending)));
  });
}

/** Plays a scenario on a clock that stands still, and keeps count of what it may not exceed. */
async function play(scenario: Scenario) {
  const clock = new FakeClock(() => scenario.dice);
  const specs = scenario.processes.map((_, index) => processSpec(`p${index}`));
  const plan = planOf(scenario.pattern, specs, scenario);
  const workers = plan.graph.maxWorkers;
  const interrupt = new AbortController();
  const ended: string[] = [];
  const retried: string[] = [];
  const startedAfterStop: string[] = [];
  let running = 0;
  let most = 0;
  const emit = (fact: EnsembleFact): Promise<void> => {
    if (fact.type === 'process-retrying' && fact.reason !== 'quota') retried.push(fact.processId);
    if (fact.type === 'process-ended') ended.push(fact.result.processId);
    return Promise.resolve();
  };
  using control = new SessionControl({
    clock,
    startedMs: clock.now(),
    interrupt: interrupt.signal,
    emit,
    ...(scenario.totalTimeoutMs !== undefined && { totalTimeoutMs: scenario.totalTimeoutMs }),
  });
  const admission = new AdmissionControl({
    maxWorkers: workers,
    maxStarting: 2,
    availableMemory: () => Number.POSITIVE_INFINITY,
    clock,
    emit,
  });
  const { deadlineAt } = control;
  const breaker = new Breaker({ clock, emit, ...(deadlineAt !== undefined && { deadlineAt }) });
  const budget = new Budget(scenario.maxBudgetUsd, workers);
  const halt = { halt: control.stop, haltReason: control.haltReason };
  const options = {
    ...halt,
    abandon: () => control.abandon(),
    clock,
    emit,
    admission,
    breaker,
    budget,
    redactor: plainRedactor,
    allowance: new RetryAllowance(specs.length),
    policy: { retries: scenario.retries, retryDelayMs: 5_000, retryAfterTools: false },
    offline: false,
    attempt: async ({
      process,
      attempt,
      onStarted,
    }: {
      process: ProcessSpec;
      attempt: number;
      onStarted: () => void;
    }) => {
      if (control.stop.aborted) startedAfterStop.push(process.id);
      running += 1;
      most = Math.max(most, running);
      const attempts = scenario.processes[Number(process.id.slice(1))] ?? [];
      const planned = attempts[Math.min(attempt, attempts.length) - 1] as PlannedAttempt;
      onStarted();
      // Pressure passes: otherwise a scenario could last forever.
      const outcome = await attemptOf(
        { ...planned, resourceExhausted: planned.resourceExhausted && clock.now() < 100_000 },
        clock,
        control.stop,
      );
      running -= 1;
      return outcome;
    },
  };
  if (scenario.interruptAtMs !== undefined) clock.after(scenario.interruptAtMs, () => interrupt.abort('SIGTERM'));
  let results: ProcessResult[] | undefined;
  void runPlan(plan, {
    admission,
    ...halt,
    blockedBy: (process) => breaker.reasonFor(process),
    run: (process, passed, dispatch) => runProcess(process, passed, { ...options, ...dispatch }),
    endUnstarted: (process, ending) => endUnstarted(process, ending, options),
  }).then((value) => {
    results = value;
  });
  for (let step = 0; results === undefined && step < 2_000; step += 1) {
    await clock.advance(1_000);
    await settled();
  }
  return { plan, results, ended, retried, startedAfterStop, most, workers };
}

describe('R25: random schedules of outcomes, for every pattern', () => {
  it('give one result per prompt in the order given, in exactly one status, within every limit', async () => {
    await fc.assert(
      fc.asyncProperty(scenarioArbitrary, async (scenario) => {
        const { plan, results, ended, retried, startedAfterStop, most, workers } = await play(scenario);
        const ids = processesOf(plan.graph).map(({ id }) => id);
        expect(results?.map(({ processId }) => processId)).toEqual(ids);
        expect(ended.toSorted()).toEqual(ids.toSorted());
        expect(startedAfterStop).toEqual([]);
        expect(most).toBeLessThanOrEqual(workers);
        const { totals } = judgeSession({
          succeeds: plan.graph.succeeds,
          failOn: { kind: 'any' },
          results: results ?? [],
          durationSeconds: 0,
        });
        expect(totals.succeeded + totals.failed + totals.cancelled + totals.skipped).toBe(ids.length);
        for (const { processId, exitCode, status, attempts } of results ?? []) {
          expect(exitCode === 0).toBe(status === 'succeeded');
          expect(attempts === 0).toBe(status === 'skipped');
          expect(retried.filter((id) => id === processId).length).toBeLessThanOrEqual(scenario.retries);
        }
      }),
      { numRuns: runs(150) },
    );
  });
});

/** What a real child may do. `daemon` leaves a process of its own session behind. */
const wishes = [
  'echo fine',
  'exit 3',
  'kill -9 $$',
  'true',
  'sleep 0.05; echo slow',
  'sleep 30',
  'setsid sleep 300 >/dev/null 2>&1 & echo left',
];

const realArbitrary = fc.record({
  pattern: fc.constantFrom(...listPatterns),
  wishes: fc.array(fc.constantFrom(...wishes), { minLength: 1, maxLength: 5 }),
  maxWorkers: fc.integer({ min: 1, max: 3 }),
  cancelAfterMs: fc.option(fc.integer({ min: 0, max: 150 }), { nil: undefined }),
});
type RealScenario = typeof realArbitrary extends fc.Arbitrary<infer T> ? T : never;

async function playForReal({ pattern, wishes: chosen, maxWorkers, cancelAfterMs }: RealScenario): Promise<void> {
  await using directory = await temporaryDirectory();
  const claudePath = directory.join('program');
  const script = '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho $$ >> pids\nread -r wish; eval "$wish"\n';
  await writeFile(claudePath, script, { mode: 0o755 });
  const session = new OrchestratorSession('s', {
    workingDir: directory.path,
    claudePath,
    timeout: 0.3,
    streamOutput: false,
  });
  const processes = chosen.map((wish) => session.createProcess(`${wish}\n`));
  const abort = new AbortController();
  const options = { signal: abort.signal };
  const runs = {
    parallel: () => runParallel(processes, { ...options, maxWorkers }),
    sequential: () => runSequential(processes, options),
    fallback: () => runWithFallback(processes, options),
    batch: () => runBatched(processes, { ...options, batchSize: 2, maxWorkers }),
  };
  let over = false;
  const manifests = (async () => {
    const manifest = join(session.logDir, 'manifest.json');
    for (; !over; await delay(2)) if (existsSync(manifest)) JSON.parse(readFileSync(manifest, 'utf8'));
  })();
  if (cancelAfterMs !== undefined) setTimeout(() => abort.abort(), cancelAfterMs);
  await runs[pattern]();
  over = true;
  await manifests;
  expect(session.results.map(({ processId }) => processId)).toEqual(processes.map(({ processId }) => processId));
  for (const { status, exitCode } of session.results) expect(exitCode === 0).toBe(status === 'succeeded');
  // A child that was killed in the middle may have made the file without writing to it.
  const pids = existsSync(directory.join('pids')) ? readFileSync(directory.join('pids'), 'utf8').match(/\d+/g) : [];
  for (const pid of pids ?? []) expect(existsSync(`/proc/${pid}`)).toBe(false);
}

describe('R25: random schedules of real child processes, through the public functions', () => {
  it('give one result per prompt, a manifest that parses at every moment, and no survivor', async () => {
    await fc.assert(fc.asyncProperty(realArbitrary, playForReal), { numRuns: runs(25) });
  });
});

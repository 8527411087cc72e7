import { describe, expect, it } from 'vitest';
import type { AttemptOutcome, Refusal } from '../../src/model/attempt.ts';
import type { EnsembleFact } from '../../src/model/event.ts';
import type { ProcessSpec } from '../../src/model/plan.ts';
import type { FailureReason, ProcessResult } from '../../src/model/result.ts';
import { AdmissionControl } from '../../src/scheduler/admission-control.ts';
import { Breaker } from '../../src/scheduler/breaker.ts';
import { Budget } from '../../src/scheduler/budget.ts';
import { endUnstarted, runProcess } from '../../src/scheduler/process-run.ts';
import { RetryAllowance } from '../../src/scheduler/retry.ts';
import { plainRedactor } from '../rig/attempt.ts';
import { FakeClock, settled } from '../rig/fake-clock.ts';
import { type ListPattern, planOf, runPlan } from '../rig/plan.ts';
import { processSpec } from '../rig/results.ts';

const done: AttemptOutcome = {
  ending: { status: 'succeeded' },
  transient: false,
  resourceExhausted: false,
  toolsRan: false,
  exitCode: 0,
  output: 'done',
  outputTruncated: false,
  stderr: '',
  permissionDenials: [],
  killedAfterResult: false,
};

function failure(reason: FailureReason, more: Partial<AttemptOutcome> = {}): AttemptOutcome {
  return { ...done, ending: { status: 'failed', reason }, exitCode: 1, ...more };
}

function usedUp(refusal: Refusal = {}): AttemptOutcome {
  return failure('quota', { refusal });
}

const refused = failure('auth', { message: 'Invalid API key' });
const busy = failure('overloaded', { transient: true });
const minute = 60_000;

interface Setup {
  readonly processes: readonly ProcessSpec[];
  readonly pattern?: ListPattern;
  readonly maxWorkers?: number;
  readonly maxStarting?: number;
  readonly retries?: number;
  readonly stopOnFailure?: boolean;
  readonly deadlineAt?: number;
}

/** A session whose attempts end when, and as, the test says. */
function start(setup: Setup) {
  const clock = new FakeClock(() => 0.5);
  const facts: EnsembleFact[] = [];
  const emit = (fact: EnsembleFact): Promise<void> => {
    facts.push(fact);
    return Promise.resolve();
  };
  const { maxWorkers = 3, maxStarting = 9, retries = 2, deadlineAt } = setup;
  const deadline = deadlineAt === undefined ? {} : { deadlineAt };
  const breaker = new Breaker({ clock, emit, ...deadline });
  const availableMemory = () => Number.POSITIVE_INFINITY;
  const admission = new AdmissionControl({ maxWorkers, maxStarting, availableMemory, clock, emit });
  const halting = { halt: new AbortController().signal, haltReason: () => 'session-cancelled' as const };
  const running = new Map<string, (outcome: AttemptOutcome) => void>();
  const started: string[] = [];
  const options = {
    ...halting,
    ...{ clock, emit, admission, breaker, redactor: plainRedactor, ...deadline },
    budget: new Budget(undefined, maxWorkers),
    allowance: new RetryAllowance(setup.processes.length),
    policy: { retries, retryDelayMs: 5_000, retryAfterTools: false },
    abandon: () => undefined,
    logsOf: () => ({}),
    offline: false,
    attempt: ({ process }: { readonly process: ProcessSpec }) => {
      started.push(process.id);
      return new Promise<AttemptOutcome>((resolve) => running.set(process.id, resolve));
    },
  };
  const results = runPlan(planOf(setup.pattern ?? 'parallel', setup.processes, setup), {
    ...{ admission, ...halting },
    blockedBy: (process) => breaker.reasonFor(process),
    run: (process, passed, dispatch) => runProcess(process, passed, { ...options, ...dispatch }),
    endUnstarted: (process, ending) => endUnstarted(process, ending, options),
  });
  const end = async (id: string, outcome: AttemptOutcome): Promise<void> => {
    running.get(id)?.(outcome);
    await settled();
  };
  return { clock, facts, started, end, endings: results.then(endingsOf), results };
}

function endingsOf(results: readonly ProcessResult[]): string[] {
  return results.map(({ status, reason }) => (reason === undefined ? status : `${status}: ${reason}`));
}

function specs(count: number, model?: string): ProcessSpec[] {
  const claude = { allowedTools: [], disallowedTools: [], claudeArgs: [] };
  return Array.from({ length: count }, (_, index) =>
    processSpec(`p${index + 1}`, model === undefined ? {} : { claude: { ...claude, model } }),
  );
}

function withModels(...models: readonly string[]): ProcessSpec[] {
  return models.flatMap((model, index) =>
    specs(1, model).map((spec) => ({ ...spec, id: `p${index + 1}`, name: model })),
  );
}

describe('after a refused credential', () => {
  it('nothing more is started, and what runs is left to end', async () => {
    const { started, end, endings, facts } = start({ processes: specs(6), maxWorkers: 2 });
    await settled();
    await end('p1', refused);
    expect(started).toEqual(['p1', 'p2']);
    await end('p2', done);
    const rest = Array(4).fill('skipped: auth');
    expect(await endings).toEqual(['failed: auth', 'succeeded', ...rest]);
    expect(facts.filter(({ type }) => type === 'notice')).toMatchObject([{ level: 'warning' }]);
  });

  it('what has a worker and waits for leave to start only is not started either', async () => {
    const { started, end, endings } = start({ processes: specs(3), maxStarting: 1 });
    await settled();
    await end('p1', refused);
    expect(started).toEqual(['p1']);
    expect(await endings).toEqual(['failed: auth', 'skipped: auth', 'skipped: auth']);
  });

  it('what waits for its next attempt gets none, and keeps the reason of its last one', async () => {
    const { started, end, endings } = start({ processes: specs(2) });
    await settled();
    await end('p1', busy);
    await end('p2', refused);
    expect(await endings).toEqual(['failed: overloaded', 'failed: auth']);
    expect(started).toEqual(['p1', 'p2']);
  });

  it.each(['sequential', 'fallback', 'batch'] as const)('nothing more of a %s pattern is started', async (pattern) => {
    const { end, endings } = start({ processes: specs(4), pattern, maxWorkers: 1 });
    await settled();
    await end('p1', refused);
    expect(await endings).toEqual(['failed: auth', ...Array(3).fill('skipped: auth')]);
  });

  it('the rest is skipped for that also where a failure would stop it', async () => {
    const { end, endings } = start({ processes: specs(2), maxWorkers: 1, stopOnFailure: true });
    await settled();
    await end('p1', refused);
    expect(await endings).toEqual(['failed: auth', 'skipped: auth']);
  });

  it('that works, but not for one model, other models go on', async () => {
    const { end, endings } = start({ processes: withModels('opus', 'sonnet'), pattern: 'fallback' });
    await settled();
    await end('p1', failure('auth', { refusal: { model: 'opus' } }));
    await end('p2', done);
    expect(await endings).toEqual(['failed: auth', 'succeeded']);
  });
});

describe('after a used up limit', () => {
  it('that resets late or never the rest is skipped, and the result says when it resets', async () => {
    const { end, endings, results } = start({ processes: specs(3), maxWorkers: 1 });
    await settled();
    await end('p1', usedUp({ resetsAt: 60 * minute }));
    expect(await endings).toEqual(['failed: quota', 'skipped: quota', 'skipped: quota']);
    expect((await results).map(({ retryAt }) => retryAt)).toEqual(['1970-01-01T01:00:00.000Z', undefined, undefined]);
    const unknown = start({ processes: specs(2), maxWorkers: 1 });
    await settled();
    await unknown.end('p1', usedUp());
    expect(await unknown.endings).toEqual(['failed: quota', 'skipped: quota']);
  });

  it('that resets within 5 minutes all starts wait, and the refused process is tried again, whatever `retries` says', async () => {
    const { clock, started, end, endings } = start({ processes: specs(3), maxWorkers: 2, retries: 0 });
    await settled();
    await end('p1', usedUp({ resetsAt: 5 * minute }));
    await end('p2', done);
    await clock.advance(5 * minute);
    expect(started).toEqual(['p1', 'p2']);
    await clock.advance(1_000);
    expect(started.toSorted()).toEqual(['p1', 'p1', 'p2', 'p3']);
    await end('p1', done);
    await end('p3', done);
    expect(await endings).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('that resets past the deadline of the session nothing waits', async () => {
    const { end, endings } = start({ processes: specs(2), maxWorkers: 1, deadlineAt: 2 * minute });
    await settled();
    await end('p1', usedUp({ resetsAt: 2 * minute }));
    expect(await endings).toEqual(['failed: quota', 'skipped: quota']);
  });

  it('a process whose tools have run is not tried again, and the others still wait for the reset', async () => {
    const { clock, started, end, endings } = start({ processes: specs(2), maxWorkers: 1 });
    await settled();
    await end('p1', { ...usedUp({ resetsAt: minute }), toolsRan: true });
    await clock.advance(minute);
    expect(started).toEqual(['p1']);
    await clock.advance(1_000);
    await end('p2', done);
    expect(await endings).toEqual(['failed: quota', 'succeeded']);
  });

  it('a reset that has passed already, or that never helps, is not waited for without end', async () => {
    const { clock, started, end, endings, results } = start({ processes: specs(1) });
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await clock.advance(2_000);
      expect(started).toHaveLength(attempt);
      await end('p1', usedUp({ resetsAt: 0 }));
    }
    expect(await endings).toEqual(['failed: quota']);
    expect((await results)[0]?.retryAt).toBeUndefined();
  });

  it('of one model, other models go on', async () => {
    const { end, endings } = start({ processes: withModels('opus', 'sonnet', 'claude-opus-5-5'), maxWorkers: 1 });
    await settled();
    await end('p1', usedUp({ model: 'opus', resetsAt: 60 * minute }));
    await end('p2', done);
    expect(await endings).toEqual(['failed: quota', 'succeeded', 'skipped: quota']);
  });

  it('of one model that resets soon, other models do not wait', async () => {
    const { clock, started, end, endings } = start({ processes: withModels('opus', 'sonnet', 'opus') });
    await settled();
    await end('p1', usedUp({ model: 'opus', resetsAt: minute }));
    await end('p3', done);
    await end('p2', done);
    expect(started).toEqual(['p1', 'p2', 'p3']);
    await clock.advance(minute + 1_000);
    await end('p1', done);
    expect(await endings).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('of the model that is asked by default, what asks for no model waits too', async () => {
    const { end, endings } = start({ processes: specs(2), maxWorkers: 1 });
    await settled();
    await end('p1', usedUp({ model: 'opus' }));
    expect(await endings).toEqual(['failed: quota', 'skipped: quota']);
  });
});

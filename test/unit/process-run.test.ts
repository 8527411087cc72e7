import { describe, expect, it, test } from 'vitest';
import type { AttemptOutcome } from '../../src/model/attempt.ts';
import type { EnsembleFact } from '../../src/model/event.ts';
import { AdmissionControl } from '../../src/scheduler/admission-control.ts';
import { Breaker } from '../../src/scheduler/breaker.ts';
import { Budget } from '../../src/scheduler/budget.ts';
import type { AttemptRequest, ProcessRunOptions } from '../../src/scheduler/process-run.ts';
import { runProcess } from '../../src/scheduler/process-run.ts';
import { RetryAllowance, retryDelayMs } from '../../src/scheduler/retry.ts';
import { plainRedactor } from '../rig/attempt.ts';
import { FakeClock, settled } from '../rig/fake-clock.ts';
import { processSpec } from '../rig/results.ts';

const success: AttemptOutcome = {
  ending: { status: 'succeeded' },
  transient: false,
  resourceExhausted: false,
  toolsRan: false,
  exitCode: 0,
  output: 'done',
  outputTruncated: false,
  stderr: '',
  costUsd: 0.1,
  permissionDenials: [],
  killedAfterResult: false,
};
const busy: AttemptOutcome = {
  ...success,
  ending: { status: 'failed', reason: 'rate-limited' },
  transient: true,
  exitCode: 1,
  message: 'API Error: 429',
};

/** Of a machine with memory for everyone. */
function roomyGovernor(maxWorkers: number, clock: FakeClock): AdmissionControl {
  const availableMemory = (): number => Number.POSITIVE_INFINITY;
  return new AdmissionControl({
    maxWorkers,
    maxStarting: maxWorkers,
    availableMemory,
    clock,
    emit: () => Promise.resolve(),
  });
}

interface Setup {
  readonly outcomes: readonly AttemptOutcome[];
  readonly options?: Partial<ProcessRunOptions>;
  readonly maxBudgetUsd?: number;
}

/** One process whose attempts come out as the test says; the dice always fall on one half. */
function start({ outcomes, options, maxBudgetUsd }: Setup) {
  const clock = new FakeClock(() => 0.5);
  const attempts: AttemptRequest[] = [];
  const facts: EnsembleFact[] = [];
  const halt = new AbortController();
  const result = runProcess(
    processSpec('p1'),
    { blocks: [], omitted: [] },
    {
      attempt: (request) => {
        const outcome = outcomes[attempts.length] ?? outcomes.at(-1);
        attempts.push(request);
        return Promise.resolve(outcome as AttemptOutcome);
      },
      admission: roomyGovernor(3, clock),
      breaker: new Breaker({ clock, emit: () => Promise.resolve() }),
      budget: new Budget(maxBudgetUsd, 1),
      allowance: new RetryAllowance(1),
      policy: { retries: 2, retryDelayMs: 5_000, retryAfterTools: false },
      clock,
      emit: (fact) => {
        facts.push(fact);
        return Promise.resolve();
      },
      redactor: plainRedactor,
      halt: halt.signal,
      haltReason: () => 'session-cancelled',
      skipSignal: halt.signal,
      skipReason: () => 'session-cancelled',
      onOutcome: () => undefined,
      abandon: () => undefined,
      offline: false,
      ...options,
    },
  );
  return { clock, attempts, facts, halt, result };
}

test('an attempt after which the agent sends something else is followed by another at once, without a retry', async () => {
  const refused = { ...success, ending: { status: 'failed', reason: 'invalid-request' }, isAdapted: true } as const;
  const policy = { retries: 0, retryDelayMs: 5_000, retryAfterTools: false };
  const { attempts, result } = start({ outcomes: [refused, success], options: { policy } });
  expect(await result).toMatchObject({ status: 'succeeded', attempts: 2 });
  expect(attempts).toHaveLength(2);
});

test('an attempt that is withdrawn before it is given its prompt is none', async () => {
  const { result } = start({ outcomes: [], options: { attempt: () => Promise.resolve(undefined) } });
  expect(await result).toMatchObject({ status: 'skipped', reason: 'session-cancelled', attempts: 0 });
});

describe('a transient failure', () => {
  it('is tried again after a random part of a doubling delay, at most `retries` times', async () => {
    const { clock, attempts, facts, result } = start({ outcomes: [busy] });
    await clock.advance(2_499);
    expect(attempts).toHaveLength(1);
    await clock.advance(1);
    expect(attempts).toHaveLength(2);
    await clock.advance(5_000);
    expect(await result).toMatchObject({ status: 'failed', reason: 'rate-limited', attempts: 3, exitCode: 1 });
    expect(facts.filter(({ type }) => type === 'process-retrying')).toMatchObject([
      { attempt: 1, reason: 'rate-limited', delayMs: 2_500, message: 'API Error: 429' },
      { attempt: 2, delayMs: 5_000 },
    ]);
  });

  it('costs what all its attempts cost', async () => {
    const { clock, result } = start({ outcomes: [busy, success] });
    await clock.advance(60_000);
    expect(await result).toMatchObject({ status: 'succeeded', attempts: 2, costUsd: 0.2, exitCode: 0 });
  });

  it('waits at least as long as the service asked for, up to a minute', () => {
    const delay = { attempt: 1, firstDelayMs: 5_000, random: 0.5 };
    expect(retryDelayMs({ ...delay, retryAfterMs: 30_000 })).toBe(30_000);
    expect(retryDelayMs({ ...delay, retryAfterMs: 300_000 })).toBe(60_000);
    expect(retryDelayMs({ ...delay, attempt: 30, random: 1 })).toBe(60_000);
  });

  it('is not tried again when a tool has run, unless asked', async () => {
    const ran = { ...busy, toolsRan: true };
    expect(await start({ outcomes: [ran] }).result).toMatchObject({
      attempts: 1,
      message:
        'API Error: 429 (not tried again: a tool had been called, and another attempt may call it again; retry-after-tools allows that)',
    });
    // Without retries that is not the reason.
    const none = { retries: 0, retryDelayMs: 0, retryAfterTools: false };
    expect(await start({ outcomes: [ran], options: { policy: none } }).result).toMatchObject({
      message: 'API Error: 429',
    });
    const policy = { retries: 1, retryDelayMs: 0, retryAfterTools: true };
    expect(await start({ outcomes: [ran], options: { policy } }).result).toMatchObject({ attempts: 2 });
  });

  it('is not tried again past a deadline', async () => {
    expect(await start({ outcomes: [busy], options: { deadlineAt: 2_500 } }).result).toMatchObject({
      attempts: 1,
      message: expect.stringContaining('(not tried again: another attempt would begin after total-timeout)'),
    });
  });

  it('is not tried again when the session has used up its retries', async () => {
    const allowance = new RetryAllowance(1);
    for (let i = 0; i < 5; i += 1) expect(allowance.take()).toBe(true);
    expect(await start({ outcomes: [busy], options: { allowance } }).result).toMatchObject({
      attempts: 1,
      message: expect.stringContaining('have used up the retries that they share)'),
    });
    const large = new RetryAllowance(50);
    expect(Array.from({ length: 11 }, () => large.take())).toEqual([...Array(10).fill(true), false]);
  });

  it('becomes a cancel when the session is halted during the wait', async () => {
    const { halt, result } = start({ outcomes: [busy] });
    await settled();
    halt.abort();
    expect(await result).toMatchObject({ status: 'cancelled', reason: 'cancelled', attempts: 1, exitCode: -1 });
  });

  it('slows the others down also when it is not tried again', async () => {
    const clock = new FakeClock();
    const admission = roomyGovernor(4, clock);
    const policy = { retries: 0, retryDelayMs: 5_000, retryAfterTools: false };
    await start({ outcomes: [busy], options: { admission, policy } }).result;
    expect(admission.workerLimit).toBe(2);
    let started = false;
    void admission.start(new AbortController().signal).then(() => {
      started = true;
    });
    await clock.advance(4_999);
    expect(started).toBe(false);
    await clock.advance(1);
    expect(started).toBe(true);
  });

  it('that is not transient is never tried again', async () => {
    expect(await start({ outcomes: [{ ...busy, transient: false }] }).result).toMatchObject({ attempts: 1 });
  });
});

describe('a machine that cannot start a child for now', () => {
  it('costs no attempt: the process waits and is started later', async () => {
    const pressed = { ...busy, resourceExhausted: true };
    const { clock, result } = start({ outcomes: [pressed, pressed, success] });
    await clock.advance(10_000);
    expect(await result).toMatchObject({ status: 'succeeded', attempts: 1 });
  });

  it('is told once, however often it is asked', async () => {
    const pressed = { ...busy, resourceExhausted: true, message: 'spawn EMFILE' };
    const { clock, facts, result } = start({ outcomes: [pressed, pressed, pressed, success] });
    await clock.advance(10_000);
    await result;
    expect(facts.filter(({ type }) => type === 'notice')).toEqual([
      {
        type: 'notice',
        level: 'info',
        processId: 'p1',
        starts: 'held',
        message: expect.stringMatching(/^spawn EMFILE\. .*later/),
      },
    ]);
  });
});

describe('money', () => {
  it('is handed on to each attempt as what is left of the ceiling', async () => {
    const { clock, attempts, result } = start({ outcomes: [busy, success], maxBudgetUsd: 1 });
    await clock.advance(60_000);
    await result;
    expect(attempts.map(({ ceilingUsd }) => ceilingUsd)).toEqual([1, 0.9]);
  });

  it('of unknown amount counts as the ceiling, so that there is no further attempt', async () => {
    const { costUsd: _unknown, ...unbilled } = busy;
    expect(await start({ outcomes: [unbilled], maxBudgetUsd: 1 }).result).toMatchObject({
      attempts: 1,
      message: 'API Error: 429 (not tried again: no money is left for another attempt)',
    });
  });

  it('that is not there starts nothing', async () => {
    const budget = new Budget(1, 1);
    const answer = budget.reserve(undefined);
    if (answer.kind === 'reserved') answer.reservation.settle(1);
    expect(await start({ outcomes: [success], options: { budget } }).result).toMatchObject({
      status: 'skipped',
      reason: 'budget',
      attempts: 0,
      duration: 0,
    });
  });
});

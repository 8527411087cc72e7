import { expect, test } from 'vitest';
import { failedToStart } from '../../src/agents/claude/outcome.ts';
import type { AttemptOutcome } from '../../src/model/attempt.ts';
import { AdmissionControl } from '../../src/scheduler/admission-control.ts';
import { Breaker } from '../../src/scheduler/breaker.ts';
import { Budget } from '../../src/scheduler/budget.ts';
import { endUnstarted, runProcess } from '../../src/scheduler/process-run.ts';
import { RetryAllowance } from '../../src/scheduler/retry.ts';
import { plainRedactor } from '../rig/attempt.ts';
import { FakeClock, settled } from '../rig/fake-clock.ts';
import { planOf, runPlan } from '../rig/plan.ts';
import { processSpec } from '../rig/results.ts';

/** Three processes with a worker each, of which all but one wait for something else; the first one's end is the test's. */
function start({ maxStarting = 3, maxBudgetUsd }: { readonly maxStarting?: number; readonly maxBudgetUsd?: number }) {
  const clock = new FakeClock();
  const emit = () => Promise.resolve();
  const started: string[] = [];
  const { promise: outcome, resolve: endFirst } = Promise.withResolvers<AttemptOutcome>();
  const availableMemory = () => Number.POSITIVE_INFINITY;
  const admission = new AdmissionControl({ maxWorkers: 3, maxStarting, availableMemory, clock, emit });
  const halting = { halt: new AbortController().signal, haltReason: () => 'session-cancelled' as const };
  const options = {
    attempt: ({ process }: { readonly process: { readonly id: string } }) => {
      started.push(process.id);
      return outcome;
    },
    ...{ admission, breaker: new Breaker({ clock, emit }) },
    ...{ budget: new Budget(maxBudgetUsd, 3), allowance: new RetryAllowance(3) },
    policy: { retries: 0, retryDelayMs: 5_000, retryAfterTools: false },
    ...{
      clock,
      emit,
      redactor: plainRedactor,
      ...halting,
      abandon: () => undefined,
      offline: false,
    },
  };
  const processes = ['first', 'second', 'third'].map((id) => ({ ...processSpec(id), maxBudgetUsd: 0.9 }));
  const results = runPlan(planOf('parallel', processes, { stopOnFailure: true }), {
    ...{ admission, ...halting },
    run: (process, passed, dispatch) => runProcess(process, passed, { ...options, ...dispatch }),
    endUnstarted: (process, ending) => endUnstarted(process, ending, options),
  });
  return { started, endFirst, results };
}

test.each([
  ['a permit to start', { maxStarting: 1 }],
  ['money', { maxBudgetUsd: 1 }],
])('after a failure nothing is started that has a worker and waits for %s only', async (_, limits) => {
  const { started, endFirst, results } = start(limits);
  await settled();
  expect(started).toEqual(['first']);
  endFirst(failedToStart('exit-code', 'it exited with 3'));
  expect((await results).map(({ status, reason }) => `${status}: ${reason}`)).toEqual([
    'failed: exit-code',
    'skipped: earlier-failure',
    'skipped: earlier-failure',
  ]);
  expect(started).toEqual(['first']);
});

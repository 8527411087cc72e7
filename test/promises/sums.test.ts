import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figure } from '../rig/figure.ts';
import { type FrontendResult, frontends } from '../rig/frontend.ts';
import { listPatterns } from '../rig/plan.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { say, scriptedProgram, scriptedPrompt } from '../rig/scripted-program.ts';
import { apiErrorResult, initMessage, resultMessage } from '../rig/stream-messages.ts';
import { waitFor } from '../rig/wait-for.ts';

/** What a child may do, and the statuses that may result. */
const scripts = [
  say(resultMessage('Fine.')),
  `sleep 0.1\n${say(resultMessage('Late.'))}`,
  'exit 3',
  'kill -9 $$',
  'exec sleep 30',
  say(initMessage()),
  say(resultMessage('')),
  `${say(apiErrorResult(529, 'API Error: 529'))}\nexit 1`,
  `setsid sleep 300 > /dev/null 2>&1 &\n${say(resultMessage('Left a daemon.'))}`,
];

const planArbitrary = fc.record({
  pattern: fc.constantFrom(...listPatterns),
  scripts: fc.array(fc.constantFrom(...scripts), { minLength: 1, maxLength: 8 }),
  workers: fc.integer({ min: 1, max: 4 }),
  stopOnFailure: fc.boolean(),
  cancelAfterMs: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
});

const statuses = ['succeeded', 'failed', 'timed-out', 'cancelled', 'skipped'];
const runs = 8;

/** The counts that a workflow reads; `failed-count` includes the timed-out. */
function countsOf({ outputs }: FrontendResult): readonly number[] {
  return ['succeeded', 'failed', 'cancelled', 'skipped', 'total'].map((name) => Number(outputs[`${name}-count`]));
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R25: whatever the plan, its outcomes and a cancel, every prompt has one result with one status, and they add up', async () => {
    // A failure prints the seed, with which `fc.assert` plays the same plans again.
    await fc.assert(
      fc.asyncProperty(planArbitrary, async ({ pattern, scripts: chosen, workers, stopOnFailure, cancelAfterMs }) => {
        await using job = await startJob({ env: credentials });
        const { executable, starts } = scriptedProgram(job.temporary);
        const prompts = chosen.map((script, index) => scriptedPrompt(`p${index}`, script));
        const options = {
          'claude-path': executable,
          'max-workers': String(workers),
          'stop-on-failure': String(stopOnFailure),
          ...{ timeout: '500ms', retries: '1', 'retry-delay': '10ms' },
        };
        const session = start(job, { pattern, prompts, options });
        if (cancelAfterMs !== undefined) {
          await waitFor('the first start', () => starts().length > 0);
          await sleep(cancelAfterMs);
          session.signal('SIGTERM');
        }
        const done = await session.done;
        const { returned, results } = done;
        expect(returned.map(({ id, processId }) => id ?? processId)).toEqual(prompts.map(({ id }) => id));
        expect(results.map(({ processId, status }) => [processId, status])).toEqual(
          returned.map(({ id, processId, status }) => [id ?? processId, status]),
        );
        for (const { status, exitCode, attempts, processId } of results) {
          expect(statuses).toContain(status);
          expect(exitCode === 0).toBe(status === 'succeeded');
          const seen = starts().filter((id) => id === processId).length;
          // A child that is ended at once may not have recorded its start.
          expect(seen).toBeLessThanOrEqual(attempts);
          if (cancelAfterMs === undefined) expect(seen).toBe(attempts);
        }
        if (frontend === 'built Action') {
          const [succeeded = 0, failed = 0, cancelledCount = 0, skipped = 0, total] = countsOf(done);
          expect(total).toBe(prompts.length);
          expect(succeeded + failed + cancelledCount + skipped).toBe(total);
        }
        expect(done.survivors).toEqual([]);
      }),
      { numRuns: runs },
    );
    figure({ row: 'R25', frontend }, `${runs} random plans with real children: one result each, sums right`);
  });
});

import { describe, expect, test } from 'vitest';
import { type ControlledChild, type Rig, startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { frontends } from '../rig/frontend.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { apiErrorResult, apiRetry, initMessage, resultMessage } from '../rig/stream-messages.ts';

const workers = 8;
const coolDownMs = 2_000;

/** The next children, started up. The gate for starts lets only a few be silent at once. */
async function nextChildren(rig: Rig, count: number): Promise<readonly ControlledChild[]> {
  const children: ControlledChild[] = [];
  while (children.length < count) {
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    children.push(child);
  }
  return children;
}

async function refuse(child: ControlledChild): Promise<void> {
  await child.printJson(apiRetry({ retry_delay_ms: coolDownMs, error_status: 429, error: 'rate_limit' }));
  await child.printJson(apiErrorResult(429, 'API Error: 429'));
  await child.exit(1);
}

async function succeed(child: ControlledChild): Promise<void> {
  await child.printJson(resultMessage('Done.'));
  await child.exit(0);
}

/** In the time that three programs take to start, one more child would have been started if it were allowed. */
async function expectNoMore(rig: Rig, running: readonly ControlledChild[]): Promise<void> {
  const { started } = rig;
  for (let program = 0; program < 3; program += 1) await running[0]?.spawnGrandchild();
  expect(rig.started).toBe(started);
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R16: eight that hit 429 together pause all starts, halve the worker limit once, and successes bring it back', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const prompts = Array.from({ length: 20 }, (_, index) => ({ id: `p${index}`, prompt: 'x' }));
    const options = { 'claude-path': rig.executable, 'max-workers': String(workers), retries: '0' };
    const session = start(job, { prompts, options });

    const burst = await nextChildren(rig, workers);
    expect(rig.started).toBe(workers);
    const refusedAt = performance.now();
    await Promise.all(burst.map(refuse));
    const first = await rig.nextChild();
    const pausedMs = performance.now() - refusedAt;
    expect(pausedMs).toBeGreaterThanOrEqual(coolDownMs);
    await first.printJson(initMessage());

    // One halving: 8 / 2 = 4. A window of four successes makes it five.
    let running = [first, ...(await nextChildren(rig, 3))];
    await expectNoMore(rig, running);
    for (let success = 1; success <= 4; success += 1) {
      expect(rig.started).toBe(workers + 3 + success);
      const [done, ...rest] = running;
      if (done !== undefined) await succeed(done);
      running = [...rest, ...(await nextChildren(rig, 1))];
    }
    running = [...running, ...(await nextChildren(rig, 1))];
    await expectNoMore(rig, running);
    expect(running).toHaveLength(5);
    expect(rig.started).toBe(workers + 9);

    while (running.length > 0) {
      await Promise.all(running.map(succeed));
      const left = prompts.length - rig.started;
      running = [...(await nextChildren(rig, Math.min(5, left)))];
    }
    const { results } = await session.done;
    expect(results.map(({ reason }) => reason)).toEqual(
      prompts.map((_, index) => (index < workers ? 'rate-limited' : undefined)),
    );
    figure(
      { row: 'R16', frontend },
      `8 refusals at once: starts paused for ${(pausedMs / 1000).toFixed(1)} s, then 4 at once, after 4 successes 5`,
    );
  });
});

import { describe, expect, test } from 'vitest';
import { startRig } from '../rig/controlled-child.ts';
import { doors } from '../rig/door.ts';
import { figure } from '../rig/figure.ts';
import { startJob } from '../rig/runner.ts';

const credentials = { ANTHROPIC_API_KEY: 'sk-ant-example-0123456789' };

describe.each(doors)('$name', ({ name: door, start }) => {
  test('R7: a child that ignores SIGTERM is killed 5 s after its timeout, and settled by 6 s', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: [{ id: 'stubborn', prompt: 'x' }],
      options: { 'claude-path': rig.executable, timeout: '1' },
    });
    const child = await rig.nextChild();
    await child.ignore('SIGTERM');
    await child.signalled('SIGTERM');
    const { results, survivors } = await session.done;
    expect(results).toMatchObject([{ status: 'timed-out', reason: 'timeout', exitCode: -1 }]);
    const seconds = results[0]?.duration ?? 0;
    expect(seconds).toBeGreaterThanOrEqual(6);
    expect(seconds).toBeLessThan(7);
    expect(survivors).toEqual([]);
    figure({ row: 'R7', door }, `settled ${(seconds - 1).toFixed(1)} s after the timeout`);
  });

  test('R7: a polite child ends its timeout at once', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: [{ id: 'polite', prompt: 'x', timeout: '1' }],
      options: { 'claude-path': rig.executable },
    });
    const child = await rig.nextChild();
    await child.exitOn('SIGTERM', 143);
    const { results } = await session.done;
    expect(results).toMatchObject([{ status: 'timed-out', reason: 'timeout', childExit: { code: 143 } }]);
    expect(results[0]?.duration).toBeLessThan(2);
  });
});

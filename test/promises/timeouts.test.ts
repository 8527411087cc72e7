import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { frontends } from '../rig/frontend.ts';
import { monotonicMs } from '../rig/monotonic.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { assistantText, initMessage, resultMessage } from '../rig/stream-messages.ts';
import { within } from '../rig/wait-for.ts';

/** Seconds; long enough for a child to be ready for it on a machine that does other things as well. */
const timeout = 4;

// These tests wait for most of their time.
describe.concurrent.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R7: a group that ignores SIGTERM is killed 5 s after its timeout, and settled by 6 s', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: [{ id: 'stubborn', prompt: 'x' }],
      options: { 'claude-path': rig.executable, timeout: `${timeout}` },
    });
    const child = await rig.nextChild();
    await child.ignore('SIGTERM');
    const member = await child.spawnGrandchild({ ignoreTerm: true });
    const [askedAt] = await Promise.all([child.signalled('SIGTERM'), member.signalled('SIGTERM')]);
    await within('the group to end', Promise.all([child.closed, member.closed]));
    const graceMs = monotonicMs() - askedAt;
    // A child on a busy machine reports its signal late.
    expect(graceMs).toBeGreaterThan(4500);
    const { results, survivors } = await session.done;
    expect(results).toMatchObject([{ status: 'timed-out', reason: 'timeout', timedOutAfter: timeout, exitCode: -1 }]);
    const settled = (results[0]?.duration ?? 0) - timeout;
    expect(settled).toBeGreaterThanOrEqual(5);
    expect(settled).toBeLessThan(6);
    expect(survivors).toEqual([]);
    figure(
      { row: 'R7', frontend },
      `SIGKILL ${(graceMs / 1000).toFixed(2)} s after SIGTERM, settled at T + ${settled.toFixed(2)} s`,
    );
  });

  test('R7: a polite child ends its timeout at once', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: [{ id: 'polite', prompt: 'x', timeout: `${timeout}` }],
      options: { 'claude-path': rig.executable },
    });
    const child = await rig.nextChild();
    await child.exitOn('SIGTERM', 143);
    const { results } = await session.done;
    expect(results).toMatchObject([{ status: 'timed-out', reason: 'timeout', childExit: { code: 143 } }]);
    const settled = (results[0]?.duration ?? 0) - timeout;
    expect(settled).toBeLessThan(1);
    figure({ row: 'R7', frontend }, `a polite child: settled at T + ${settled.toFixed(2)} s`);
  });

  test('R7: an idle timeout begins anew with every event, and ends a child that falls silent', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: [{ id: 'silent', prompt: 'x' }],
      options: { 'claude-path': rig.executable, 'idle-timeout': '3' },
    });
    const child = await rig.nextChild();
    await child.ignore('SIGTERM');
    await child.printJson(initMessage());
    let spokenAt = 0;
    // For longer than the timeout in all, but without a pause as long as that.
    for (let word = 0; word < 8; word += 1) {
      await sleep(500);
      spokenAt = monotonicMs();
      await child.printJson(assistantText('still here'));
    }
    const silentMs = (await child.signalled('SIGTERM')) - spokenAt;
    // A timer of Node may fire within the millisecond before.
    expect(silentMs).toBeGreaterThan(2990);
    expect(silentMs).toBeLessThan(4000);
    await child.printJson(resultMessage('Too late.'));
    await child.exit(0);
    const { results } = await session.done;
    expect(results).toMatchObject([{ status: 'timed-out', reason: 'idle-timeout', exitCode: -1 }]);
    figure({ row: 'R7', frontend }, `idle timeout of 3 s: SIGTERM after ${(silentMs / 1000).toFixed(2)} s of silence`);
  });

  test('R7: a total timeout cancels what runs, kills the stubborn in 3 s, starts nothing more, and has every result', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: ['done', 'running', 'waiting'].map((id) => ({ id, prompt: 'x' })),
      options: { 'claude-path': rig.executable, 'total-timeout': '6', 'max-workers': '1' },
    });
    const first = await rig.nextChild();
    await first.printJson(resultMessage('In time.'));
    await first.exit(0);
    const child = await rig.nextChild();
    await child.ignore('SIGTERM');
    const askedAt = await child.signalled('SIGTERM');
    await within('the child to end', child.closed);
    const graceMs = monotonicMs() - askedAt;
    expect(graceMs).toBeGreaterThan(2500);
    expect(graceMs).toBeLessThan(4000);
    const { results, survivors } = await session.done;
    expect(results).toMatchObject([
      { status: 'succeeded' },
      { status: 'cancelled', reason: 'deadline', exitCode: -1 },
      { status: 'skipped', reason: 'deadline', exitCode: -1 },
    ]);
    expect([rig.started, survivors]).toEqual([2, []]);
    figure({ row: 'R7', frontend }, `total timeout: SIGKILL ${(graceMs / 1000).toFixed(2)} s after SIGTERM`);
  });
});

import { describe, expect, test } from 'vitest';
import { type ControlledChild, startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { frontends } from '../rig/frontend.ts';
import { monotonicMs } from '../rig/monotonic.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { apiErrorResult, assistantText, initMessage, resultMessage } from '../rig/stream-messages.ts';
import { within } from '../rig/wait-for.ts';

const answer = 'é'.repeat(300_000);

async function endOf({ closed }: ControlledChild): Promise<number> {
  await within('the child to end', closed, { deadlineMs: 60_000 });
  return monotonicMs();
}

/** Milliseconds from the end of one process to that of another. */
async function endedAfter(later: ControlledChild, earlier: ControlledChild): Promise<number> {
  const [end, begin] = await Promise.all([endOf(later), endOf(earlier)]);
  return end - begin;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

// These tests wait for most of their time.
describe.concurrent.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R2: a silent grandchild that holds the pipe is killed after 2 s; success stays success, and no byte is lost', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, { prompts: [{ id: 'held', prompt: 'x' }], options: { 'claude-path': rig.executable } });
    const child = await rig.nextChild();
    const holder = await child.spawnGrandchild({ holdPipe: true, ignoreTerm: true });
    await child.printJson(resultMessage(answer));
    await child.exit(0);
    const exitedAt = monotonicMs();
    const heldMs = (await endOf(holder)) - exitedAt;
    const { results, survivors } = await session.done;
    expect(results).toMatchObject([{ status: 'succeeded', exitCode: 0, output: answer, childExit: { code: 0 } }]);
    // On a busy machine the exit is seen here after it is seen there.
    expect(heldMs).toBeGreaterThan(1500);
    expect(heldMs).toBeLessThan(3000);
    expect(survivors).toEqual([]);
    figure({ row: 'R2', frontend }, `a silent holder of the pipe: killed after ${seconds(heldMs)}`);
  });

  test('R2: a grandchild that goes on writing is read for 5 s, and killed then', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, { prompts: [{ id: 'loud', prompt: 'x' }], options: { 'claude-path': rig.executable } });
    const child = await rig.nextChild();
    const holder = await child.spawnGrandchild({ holdPipe: true, ignoreTerm: true });
    await child.exit(0);
    const exitedAt = monotonicMs();
    // The answer comes from the grandchild, when a silent one would be gone; then it writes without end.
    const writing = (async () => {
      await holder.printMany('{"type":"noise"}\n', 10);
      while (monotonicMs() - exitedAt < 2500) await holder.printMany('{"type":"noise"}\n', 1000);
      await holder.printJson(resultMessage('From a grandchild.'));
      while (holder.alive) await holder.printMany('{"type":"noise"}\n', 1000);
    })().catch(() => undefined);
    const readMs = (await endOf(holder)) - exitedAt;
    await writing;
    const { results, survivors } = await session.done;
    expect(results).toMatchObject([{ status: 'succeeded', output: 'From a grandchild.' }]);
    expect(readMs).toBeGreaterThan(4500);
    expect(readMs).toBeLessThan(6000);
    expect(survivors).toEqual([]);
    figure({ row: 'R2', frontend }, `a loud holder of the pipe: read and killed after ${seconds(readMs)}`);
  });

  test('R2: after a kill of ours a grandchild holds the pipe for 0.5 s at most', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: [{ id: 'late', prompt: 'x', timeout: '4' }],
      options: { 'claude-path': rig.executable },
    });
    const child = await rig.nextChild();
    await child.exitOn('SIGTERM', 143);
    const holder = await child.spawnGrandchild({ holdPipe: true, ignoreTerm: true });
    const heldMs = await endedAfter(holder, child);
    const { results, survivors } = await session.done;
    expect(results).toMatchObject([{ status: 'timed-out', reason: 'timeout' }]);
    expect(heldMs).toBeLessThan(1000);
    expect(survivors).toEqual([]);
    figure({ row: 'R2', frontend }, `after a kill of ours: killed after ${seconds(heldMs)}`);
  });

  test('R3: a CLI that hangs after its result gets SIGTERM 30 s later and SIGKILL 5 s later, and the result stands', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      // Its timeouts are over when the result is there.
      prompts: [{ id: 'hanging', prompt: 'x', timeout: '10' }],
      options: { 'claude-path': rig.executable, 'idle-timeout': '5' },
    });
    const child = await rig.nextChild();
    await child.ignore('SIGTERM');
    await child.printJson(initMessage());
    const saidAt = monotonicMs();
    await child.printJson(resultMessage('The answer.'));
    const askedAt = await child.signalled('SIGTERM', { deadlineMs: 60_000 });
    const killedAt = await endOf(child);
    expect(askedAt - saidAt).toBeGreaterThan(29_990);
    expect(askedAt - saidAt).toBeLessThan(31_000);
    // A child on a busy machine reports its signal late.
    expect(killedAt - askedAt).toBeGreaterThan(4500);
    expect(killedAt - askedAt).toBeLessThan(6000);
    const { results, returned, exitCode, survivors } = await session.done;
    const result = { status: 'succeeded', exitCode: 0, output: 'The answer.' };
    expect(results).toMatchObject([{ ...result, killedAfterResult: true, childExit: { signal: 'SIGKILL' } }]);
    expect(returned).toMatchObject([result]);
    expect([exitCode, survivors]).toEqual([0, []]);
    figure(
      { row: 'R3', frontend },
      `SIGTERM after ${seconds(askedAt - saidAt)}, SIGKILL ${seconds(killedAt - askedAt)} later`,
    );
  });

  /** What a wrong success does, and what is said of it. */
  const wrongSuccesses = [
    {
      id: 'killed',
      act: async (child: ControlledChild) => {
        await child.printJson(resultMessage('Fine, it seems.'));
        await child.dieBy('SIGKILL');
      },
      said: { reason: 'signal', exitCode: 137, childExit: { code: null, signal: 'SIGKILL' } },
    },
    {
      id: 'erroneous',
      act: async (child: ControlledChild) => {
        await child.printJson(apiErrorResult(null, 'It went wrong.'));
        await child.exit(0);
      },
      said: { reason: 'claude-error', exitCode: -1, message: 'It went wrong.' },
    },
    {
      id: 'speechless',
      act: async (child: ControlledChild) => {
        await child.printJson(assistantText('About to begin.'));
        await child.exit(0);
      },
      said: { reason: 'no-result', exitCode: -1, childExit: { code: 0, signal: null } },
    },
    {
      id: 'empty',
      act: async (child: ControlledChild) => {
        await child.printJson(resultMessage(' \n'));
        await child.exit(0);
      },
      said: { reason: 'empty-output', exitCode: -1, childExit: { code: 0, signal: null } },
    },
    {
      id: 'failing',
      act: async (child: ControlledChild) => {
        await child.printJson(resultMessage('Fine, it seems.'));
        await child.exit(3);
      },
      said: { reason: 'exit-code', exitCode: 3, childExit: { code: 3, signal: null } },
    },
  ];

  test('R4: each wrong success is failed, with a reason of its own', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: wrongSuccesses.map(({ id }) => ({ id, prompt: 'x' })),
      options: { 'claude-path': rig.executable, 'max-workers': '1', retries: '0' },
    });
    for (const { act } of wrongSuccesses) await act(await rig.nextChild());
    const { results, returned, exitCode } = await session.done;
    expect(results).toMatchObject(wrongSuccesses.map(({ id, said }) => ({ processId: id, status: 'failed', ...said })));
    const reasons = wrongSuccesses.map(({ said }) => said.reason);
    expect(new Set(reasons).size).toBe(wrongSuccesses.length);
    expect(returned.map(({ reason }) => reason)).toEqual(reasons);
    expect(exitCode).toBe(1);
    figure(
      { row: 'R4', frontend },
      `${wrongSuccesses.length} of ${wrongSuccesses.length} failed: ${reasons.join(', ')}`,
    );
  });

  test('R9: a CLI that dies before it reads its prompt is told by its exit code and its error output', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const prompts = ['unread', 'after'].map((id) => ({ id, prompt: 'x'.repeat(2 * 1024 * 1024) }));
    const session = start(job, { prompts, options: { 'claude-path': rig.executable, 'max-workers': '1' } });
    const child = await rig.nextChild();
    await child.printError('claude: no such flag\n');
    await child.exit(9);
    const next = await rig.nextChild();
    await next.stdin();
    await next.printJson(resultMessage('It goes on.'));
    await next.exit(0);
    const { results, printed } = await session.done;
    expect(results).toMatchObject([
      {
        status: 'failed',
        reason: 'exit-code',
        exitCode: 9,
        stderr: 'claude: no such flag\n',
        message: 'claude: no such flag',
      },
      { status: 'succeeded', output: 'It goes on.' },
    ]);
    expect(printed).not.toContain('EPIPE');
    figure({ row: 'R9', frontend }, 'exit code 9 and stderr kept, with 2 MiB unread');
  });
});

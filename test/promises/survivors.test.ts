import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type ControlledChild, startRig } from '../rig/controlled-child.ts';
import { type DoorSession, doors } from '../rig/door.ts';
import { figure } from '../rig/figure.ts';
import { credentials, type Job, startJob } from '../rig/runner.ts';
import { initMessage, resultMessage } from '../rig/stream-messages.ts';
import { waitFor, within } from '../rig/wait-for.ts';

const linux = process.platform === 'linux';

/** How a process comes to its end, and what is said of it. */
const endings = [
  {
    end: 'a normal end',
    options: {},
    act: async (child: ControlledChild) => {
      // A tool that ran for two looks at the least (one a second) was seen.
      await sleep(2500);
      await child.printJson(resultMessage('Done.'));
      await child.exit(0);
    },
    said: { status: 'succeeded', output: 'Done.' },
  },
  { end: 'a timeout', options: { timeout: '8' }, act: async () => undefined, said: { reason: 'timeout' } },
  {
    end: 'an idle timeout',
    options: { 'idle-timeout': '8' },
    act: async () => undefined,
    said: { reason: 'idle-timeout' },
  },
  {
    end: 'a cancel',
    options: {},
    act: async (_child: ControlledChild, session: DoorSession) => session.signal('SIGINT'),
    said: { status: 'cancelled', reason: 'cancelled' },
  },
  {
    end: 'a death of its own',
    options: {},
    act: (child: ControlledChild) => child.dieBy('SIGKILL'),
    said: { status: 'failed', reason: 'signal' },
  },
];

/** A tool call that starts a daemon in a session of its own, and the file that has its process id. */
function daemonCall(id: string): string {
  const command = `setsid sh -c 'echo $$ > ${id}.pid; exec sleep 300' >/dev/null 2>&1 & until [ -s ${id}.pid ]; do sleep 0.1; done`;
  return `offline: tool Bash ${JSON.stringify({ command })}`;
}

/** A tool call that does not end by itself. */
function endlessCall(id: string): string {
  return `offline: tool Bash ${JSON.stringify({ command: `echo $$ > ${id}.pid; sleep 300` })}`;
}

/** Resolves with the process id of a tool, which shows that it was started. */
function toolOf(job: Job, id: string): Promise<number> {
  const path = join(job.workspace, `${id}.pid`);
  const read = () => existsSync(path) && Number(readFileSync(path, 'utf8'));
  return waitFor(`the tool of ${id}`, () => read() || undefined, { deadlineMs: 60_000 });
}

const realOptions = { offline: 'true', 'allowed-tools': 'Bash', 'max-workers': '2' };

describe.runIf(linux).concurrent.each(doors)('$name', ({ name: door, start }) => {
  test.each(endings)(
    'R8: $end leaves no process that kept the marker, or that was seen before it hid',
    async (ending) => {
      await using rig = await startRig();
      await using job = await startJob({ env: credentials });
      const options = { 'claude-path': rig.executable, ...ending.options };
      const session = start(job, { prompts: [{ id: 'parent', prompt: 'x' }], options });
      const child = await rig.nextChild();
      await child.exitOn('SIGTERM', 143);
      await child.printJson(initMessage());
      const tools = [
        await child.spawnGrandchild({ ignoreTerm: true }),
        await child.spawnGrandchild({ setsid: true, ignoreTerm: true }),
      ];
      // One that hides and dies with its parent between two looks is not promised.
      if (ending.end !== 'a death of its own')
        tools.push(await child.spawnGrandchild({ setsid: true, ignoreTerm: true, clearEnvironment: true }));
      await ending.act(child, session);
      const { results, survivors } = await session.done;
      await within('the tools to be gone', Promise.all(tools.map(({ closed }) => closed)));
      expect(results).toMatchObject([ending.said]);
      expect(survivors).toEqual([]);
      figure({ row: 'R8', door }, `after ${ending.end}: 0 of ${tools.length} left`);
    },
  );

  test('R8: a daemon that a tool of the real CLI started is gone after a normal end and after a timeout', async () => {
    await using job = await startJob();
    const session = start(job, {
      prompts: [
        { id: 'normal', prompt: `${daemonCall('normal')}\noffline: reply Done.` },
        { id: 'late', prompt: `${daemonCall('late')}\noffline: hang`, timeout: '15' },
      ],
      options: realOptions,
    });
    await Promise.all([toolOf(job, 'normal'), toolOf(job, 'late')]);
    const { results, survivors } = await session.done;
    expect(results).toMatchObject([
      { status: 'succeeded', output: 'Done.' },
      { status: 'timed-out', reason: 'timeout' },
    ]);
    expect(survivors).toEqual([]);
    figure({ row: 'R8', door }, 'the real CLI, daemons after a normal end and a timeout: 0 of 2 left');
  });

  test('R8: a cancel leaves neither a daemon nor a tool that runs in the real CLI', async () => {
    await using job = await startJob();
    const session = start(job, {
      prompts: [
        { id: 'daemon', prompt: `${daemonCall('daemon')}\noffline: hang` },
        { id: 'tool', prompt: endlessCall('tool') },
      ],
      options: realOptions,
    });
    await Promise.all([toolOf(job, 'daemon'), toolOf(job, 'tool')]);
    session.signal('SIGTERM');
    const { results, survivors, sinceSignal } = await session.done;
    expect(results.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(survivors).toEqual([]);
    expect(sinceSignal).toBeLessThan(7000);
    figure({ row: 'R8', door }, 'the real CLI, a daemon and a tool after a cancel: 0 of 2 left');
  });

  test('R8: when we are killed ourselves, the real CLI does not go on, and neither does its tool', async () => {
    await using job = await startJob();
    const prompts = [
      { id: 'asking', prompt: 'offline: hang' },
      { id: 'tool', prompt: endlessCall('tool') },
    ];
    const session = start(job, { prompts, options: realOptions });
    await toolOf(job, 'tool');
    session.signal('SIGKILL');
    const killed = performance.now();
    expect(await session.done).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    await waitFor('the CLIs and the tool to end', () => session.processes().length === 0);
    figure({ row: 'R8', door }, `we are killed: 0 left after ${((performance.now() - killed) / 1000).toFixed(2)} s`);
  });
});

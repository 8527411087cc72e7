import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { type ControlledChild, startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { type FrontendSession, frontends } from '../rig/frontend.ts';
import { credentials, type Job, startJob } from '../rig/runner.ts';
import { quote, scriptedProgram, scriptedPrompt } from '../rig/scripted-program.ts';
import { initMessage, resultMessage } from '../rig/stream-messages.ts';
import { waitFor, within } from '../rig/wait-for.ts';

const linux = process.platform === 'linux';

/** How a process ends, and its expected result. */
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
    act: async (_child: ControlledChild, session: FrontendSession) => session.signal('SIGINT'),
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

/** prctl(PR_SET_DUMPABLE, 0): the environment of such a process can be read by root alone. */
const becomeUndumpable = `syscall(${process.arch === 'arm64' ? 167 : 157}, 4, 0);`;

/** Perl for what a daemon does about being found; each has left its parent, its group and its session already. */
const disguises = [
  { disguise: 'writes its title over its environment', perl: '$0 = "worker: idle " . ("x" x 3000);' },
  { disguise: 'is not dumpable', perl: becomeUndumpable },
  {
    disguise: 'started anew without its environment',
    perl: 'if (%ENV) { %ENV = (); exec "/usr/bin/perl", $self, @ARGV }',
  },
  {
    disguise: 'is replaced by its own child every millisecond',
    // An alarm is not inherited: without an end of its own it would outlive a run that is broken off.
    perl: 'while (1) { exit if fork || time > $^T + 90; POSIX::setsid(); select undef, undef, undef, 0.001 }',
  },
];

/**
 * Shell that starts a daemon and goes on once it runs. The daemon holds a FIFO open, whose reader so learns of the end of
 * the last of its processes, and its number stands in the file.
 */
function startDaemon(path: string, perl: string): string {
  const detach = 'if (!$ENV{DETACHED} && %ENV) { exit if fork; POSIX::setsid(); exit if fork }';
  const open = 'open(F, ">", $ARGV[0] . ".fifo"); $| = 1; open(P, ">", $ARGV[0] . ".tmp"); print P $$; close P;';
  const script = `use POSIX; $^F = 99; my $self = $0; alarm 90; ${detach} ${open} rename $ARGV[0] . ".tmp", $ARGV[0]; ${perl} sleep 90;`;
  writeFileSync(`${path}.pl`, script);
  execFileSync('mkfifo', [`${path}.fifo`]);
  return `perl ${quote(`${path}.pl`)} ${quote(path)} </dev/null >/dev/null 2>&1\nuntil [ -s ${quote(path)} ]; do sleep 0.05; done`;
}

/**
 * Resolves when no process of the daemon is left. A process of its own waits at the FIFO: an open of ours would hold one of
 * Node's four threads until the daemon runs, and four of them everything else.
 */
async function endOf(path: string): Promise<void> {
  await execa('cat', [`${path}.fifo`], { stdio: 'ignore', timeout: 110_000 });
}

type Three<T = string> = [T, T, T];

function isAlive(path: string): boolean {
  return existsSync(`/proc/${readFileSync(path, 'utf8')}/stat`);
}

const realOptions = { offline: 'true', 'allowed-tools': 'Bash', 'max-workers': '2' };

describe.runIf(linux).concurrent.each(frontends)('$name', ({ name: frontend, start }) => {
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
      figure({ row: 'R8', frontend }, `after ${ending.end}: 0 of ${tools.length} left`);
    },
  );

  test.each(disguises)('R8: a daemon that $disguise is gone at the end', async ({ disguise, perl }) => {
    await using job = await startJob();
    const { executable } = scriptedProgram(job.temporary, 'plain');
    const daemon = join(job.workspace, 'daemon');
    const script = `${startDaemon(daemon, perl)}\necho Done.`;
    const gone = endOf(daemon);
    const session = start(job, { prompts: [scriptedPrompt('a', script)], options: { 'claude-path': executable } });
    expect((await session.done).results).toMatchObject([{ status: 'succeeded', output: 'Done.\n' }]);
    await within('the daemon to be gone', gone);
    figure({ row: 'R8', frontend }, `a daemon that ${disguise}: 0 of 1 left`);
  });

  test('R8: the daemons of another session, and those that no session started, go on', async () => {
    await using job = await startJob();
    const { executable } = scriptedProgram(job.temporary, 'plain');
    const [mine, other, foreign] = ['mine', 'other', 'foreign'].map((name) => join(job.workspace, name)) as Three;
    const scripts = [mine, other, foreign].map((path) => startDaemon(path, '$0 = "worker " . ("x" x 3000);')) as Three;
    const gone = [mine, other, foreign].map(endOf) as Three<Promise<void>>;
    const startAfter = (script: string, file: string) => {
      const prompt = `${script}\nuntil [ -s ${quote(file)} ]; do sleep 0.05; done\necho Done.`;
      return start(job, { prompts: [scriptedPrompt('a', prompt)], options: { 'claude-path': executable } });
    };
    const second = startAfter(scripts[1], join(job.workspace, 'go'));
    const session = startAfter(scripts[0], foreign);
    await waitFor('the daemons', () => existsSync(mine) && existsSync(other), { deadlineMs: 60_000 });
    spawn('sh', ['-c', scripts[2]], { stdio: 'ignore' });
    expect((await session.done).results).toMatchObject([{ status: 'succeeded' }]);
    await within('the daemon of the first session to be gone', gone[0]);
    expect([other, foreign].map(isAlive)).toEqual([true, true]);
    writeFileSync(join(job.workspace, 'go'), 'x');
    expect((await second.done).results).toMatchObject([{ status: 'succeeded' }]);
    await within('the daemon of the second session to be gone', gone[1]);
    expect(isAlive(foreign)).toBe(true);
    process.kill(Number(readFileSync(foreign, 'utf8')), 'SIGKILL');
    await within('the last daemon to be gone', gone[2]);
    figure({ row: 'R8', frontend }, 'daemons of others: 0 of 2 ended');
  });

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
    figure({ row: 'R8', frontend }, 'the real CLI, daemons after a normal end and a timeout: 0 of 2 left');
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
    figure({ row: 'R8', frontend }, 'the real CLI, a daemon and a tool after a cancel: 0 of 2 left');
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
    figure(
      { row: 'R8', frontend },
      `we are killed: 0 left after ${((performance.now() - killed) / 1000).toFixed(2)} s`,
    );
  });
});

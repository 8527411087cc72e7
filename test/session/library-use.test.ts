import { spawnSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { findExecutable } from '../../src/agents/claude/executable.ts';
import { makeTemporaryBase, removeLeftBases } from '../../src/agents/claude/temporary-base.ts';
import { ClaudeProcess, OrchestratorSession, runParallel } from '../../src/index.ts';
import { commandPlace } from '../rig/command.ts';
import { startRig } from '../rig/controlled-child.ts';
import { plainProgram } from '../rig/plain-program.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';
import { waitFor } from '../rig/wait-for.ts';

describe('wrong arguments', () => {
  const session = new OrchestratorSession('s', { claudePath: '/bin/true', streamOutput: false });
  const Untyped = ClaudeProcess as unknown as new (...args: readonly unknown[]) => unknown;
  const untyped = (options: unknown) => runParallel([session.createProcess('x')], options as { signal: AbortSignal });

  it('of new ClaudeProcess are a TypeError that shows what is expected', () => {
    for (const args of [[], ['Review src'], [null], [42]])
      expect(() => new Untyped(...args)).toThrow(
        new TypeError('new ClaudeProcess takes an object with a prompt, such as { prompt: "Review src" }.'),
      );
  });

  it('of a call are a TypeError before anything starts', async () => {
    for (const signal of [new AbortController(), {}, 'x', null])
      await expect(untyped({ signal })).rejects.toThrow(/^signal: an AbortSignal is expected/);
    for (const onEvent of [{}, 'x', null])
      await expect(untyped({ onEvent })).rejects.toThrow(/^onEvent: a function is expected/);
    await expect(untyped(null)).rejects.toThrow(/^options: an object is expected/);
    await expect(untyped({ maxWorker: 3 })).rejects.toThrow(/maxWorker.*Did you mean "maxWorkers"/);
    const run = session.createProcess('x').run({ sginal: 1 } as object);
    await expect(run).rejects.toThrow(TypeError);
    expect(() => session.createProcess('x', 'y', null as unknown as object)).toThrow(/^options: the third argument/);
  });
});

it('shows nothing of its inside to those who look at a process', () => {
  const made = new OrchestratorSession('s').createProcess('x', 'a');
  expect(Object.keys(made).sort()).toEqual(['processId', 'prompt', 'streamOutput', 'workingDir']);
  const members = Object.getOwnPropertyNames(ClaudeProcess.prototype).sort();
  expect(members).toEqual(['constructor', 'logDir', 'model', 'run']);
});

it('ends cleanly when its block is left: what runs is cancelled and written down, nothing of it stays, nothing can follow', async () => {
  await using rig = await startRig();
  await using directory = await temporaryDirectory();
  let running: Promise<unknown> | undefined;
  let left: OrchestratorSession;
  {
    await using session = new OrchestratorSession('s', {
      claudePath: rig.executable,
      streamOutput: false,
      baseLogDir: directory.join('logs'),
    });
    left = session;
    running = runParallel([session.createProcess('a', 'a'), session.createProcess('b', 'b')], { maxWorkers: 1 });
    await rig.nextChild();
  }
  const { results } = JSON.parse(readFileSync(join(left.logDir, 'results.json'), 'utf8')) as {
    results: { status: string }[];
  };
  expect(results.map(({ status }) => status)).toEqual(['cancelled', 'skipped']);
  expect(await running).toMatchObject([{ status: 'cancelled' }, { status: 'skipped', reason: 'session-cancelled' }]);
  expect(left.results).toHaveLength(2);
  expect(() => left.createProcess('c')).toThrow('session: it was disposed of; make a new one.');
});

describe('a Claude CLI among the dependencies of a project', () => {
  const claude = '#!/bin/sh\necho "2.1.330 (Claude Code)"\n';
  function install(project: string): string {
    const file = join(project, 'node_modules/@anthropic-ai/claude-code/bin/claude');
    const link = join(project, 'node_modules/.bin/claude');
    for (const path of [file, link]) mkdirSync(dirname(path), { recursive: true });
    writeFileSync(file, claude, { mode: 0o755 });
    symlinkSync('../@anthropic-ai/claude-code/bin/claude', link);
    return link;
  }

  it('is used where the PATH has none, from any directory of the project; not when the checkout may be hostile', async () => {
    await using directory = await temporaryDirectory();
    const link = install(directory.path);
    const search = { choice: {}, environment: { PATH: '/usr/bin:/bin' }, project: directory.join('packages/web/src') };
    expect(await findExecutable(search)).toEqual({
      kind: 'found',
      executable: { path: link, kind: 'claude', version: '2.1.330' },
    });
    expect(await findExecutable({ ...search, distrusted: directory.path })).toMatchObject({ kind: 'absent' });
    expect(await findExecutable({ choice: {}, environment: search.environment })).toMatchObject({ kind: 'absent' });
  });

  it('is found by the command', async () => {
    await using place = await commandPlace();
    install(place.directory);
    await place.run(['run', '--dry-run', '--anthropic-api-key', 'sk-ant-example-0123', 'x'], {
      env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` },
    });
    const [log = ''] = globSync('.claude/runtime/logs/*/session.log', { cwd: place.directory });
    expect(readFileSync(join(place.directory, log), 'utf8')).toContain('node_modules/.bin/claude');
  });
});

it('removes what a session left whose program was killed, and nothing of one that runs', async () => {
  await using directory = await temporaryDirectory();
  const source = `
    import { makeTemporaryBase } from ${JSON.stringify(join(import.meta.dirname, '../../src/agents/claude/temporary-base.ts'))};
    console.log(await makeTemporaryBase(process.argv[1]));
    process.kill(process.pid, 'SIGKILL');`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', source, directory.path], {
    encoding: 'utf8',
  });
  const left = stdout.trim();
  expect(existsSync(left)).toBe(true);
  const ours = await makeTemporaryBase(directory.path);
  const foreign = mkdtempSync(directory.join('claude-ensemble-'));
  await removeLeftBases(directory.path);
  await waitFor('the directory to be gone', () => !existsSync(left));
  expect(
    readdirSync(directory.path)
      .map((name) => directory.join(name))
      .sort(),
  ).toEqual([ours, foreign].sort());
});

it('leaves no timer behind that would keep the program alive', async () => {
  await using directory = await temporaryDirectory();
  const program = plainProgram(directory.path, 'cat');
  const source = `
    import { ClaudeProcess } from ${JSON.stringify(join(import.meta.dirname, '../../src/index.ts'))};
    await new ClaudeProcess({ prompt: 'x', claudePath: process.argv[1], streamOutput: false }).run();
    console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length);`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', source, program], {
    cwd: directory.path,
    encoding: 'utf8',
  });
  expect(stdout).toBe('0\n');
});

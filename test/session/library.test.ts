import { existsSync } from 'node:fs';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { internalsOf } from '../../src/frontends/library/claude-process.ts';
import type { EnsembleEvent, SessionOptions } from '../../src/index.ts';
import {
  ClaudeProcess,
  OrchestratorSession,
  runBatched,
  runParallel,
  runSequential,
  runWithFallback,
} from '../../src/index.ts';
import { startRig } from '../rig/controlled-child.ts';
import { plainProgram } from '../rig/plain-program.ts';
import { apiRetry, initMessage, resultMessage } from '../rig/stream-messages.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

/** For sessions whose logs no test reads. */
const logs = await temporaryDirectory();
afterAll(() => logs[Symbol.asyncDispose]());

/** A session in a directory of its own that talks to the real CLI and, instead of a model, to the stand-in. */
async function offlineSession(options: SessionOptions = {}) {
  const directory = await temporaryDirectory();
  const session = new OrchestratorSession('my-pattern', {
    workingDir: directory.path,
    offline: true,
    streamOutput: false,
    timeout: 60,
    ...options,
  });
  return { session, directory, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

/** A session of a plain program, a shell script that is handed the prompt on standard input. */
async function scriptSession(script: string, options: SessionOptions = {}) {
  const directory = await temporaryDirectory();
  const claudePath = plainProgram(directory.path, script);
  const session = new OrchestratorSession('script', {
    workingDir: directory.path,
    claudePath,
    streamOutput: false,
    timeout: 30,
    ...options,
  });
  return { session, directory, claudePath, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

describe('the seed, row by row', () => {
  it("OrchestratorSession('my-pattern', {workingDir, baseLogDir, model}): logs go to .claude/runtime/logs below the working directory", async () => {
    await using directory = await temporaryDirectory();
    const session = new OrchestratorSession('my-pattern', { workingDir: directory.path, model: 'opus' });
    expect(session.logDir).toBe(join(directory.path, '.claude/runtime/logs', session.sessionId));
    const other = new OrchestratorSession('x', { workingDir: directory.path, baseLogDir: directory.join('logs') });
    expect(other.logDir).toBe(directory.join('logs', other.sessionId));
    expect(new OrchestratorSession('y').createProcess('Task').workingDir).toBe(process.cwd());
  });

  it("session.createProcess('Task', 'task-001', {timeout: 300}): ids are generated when left out, and the model is the session's", () => {
    const session = new OrchestratorSession('s', { model: 'opus' });
    const task = session.createProcess('Task', 'task-001', { timeout: 300 });
    expect(task).toMatchObject({ processId: 'task-001', prompt: 'Task', model: 'opus' });
    expect(internalsOf(task).spec.timeoutMs).toBe(300_000);
    expect(session.createProcess('Task', undefined, { model: 'haiku' })).toMatchObject({
      processId: 'process_002',
      model: 'haiku',
    });
    expect(session.createProcess('Task').processId).toBe('process_003');
    expect(new OrchestratorSession('t').createProcess('Task').processId).toBe('process_001');
  });

  it('new ClaudeProcess({prompt, processId, workingDir, logDir, model, streamOutput, timeout}).run(): one result', async () => {
    await using directory = await temporaryDirectory();
    const task = new ClaudeProcess({
      prompt: 'Say hello.',
      processId: 'hello',
      workingDir: directory.path,
      logDir: directory.join('logs'),
      model: 'sonnet',
      streamOutput: false,
      timeout: 60,
      offline: true,
    });
    const result = await task.run();
    expect(result).toMatchObject({ status: 'succeeded', processId: 'hello', exitCode: 0, offline: true });
    expect(result.model).toContain('sonnet');
    expect(result.logFile).toBe(join(task.logDir, 'hello.log'));
  });

  it('result.exitCode, .output, .stderr, .duration, .processId', async () => {
    await using rig = await scriptSession('cat; echo problem >&2; exit 7');
    const result = await rig.session.createProcess('Some text', 'p1').run();
    expect(result).toMatchObject({ exitCode: 7, output: 'Some text', stderr: 'problem\n', processId: 'p1' });
    expect(result.duration).toBeGreaterThan(0);
    expect(result.duration).toBeLessThan(30);
  });

  it('exit codes: 0 success, -1 timeout or fatal error, above 0 an error of the CLI', async () => {
    await using rig = await scriptSession('read -r wish; eval "$wish"');
    const { session } = rig;
    const results = await runParallel([
      session.createProcess('echo fine\n'),
      session.createProcess('sleep 60\n', undefined, { timeout: '200ms' }),
      session.createProcess('exit 3\n'),
      session.createProcess('kill -9 $$\n'),
      session.createProcess('true\n'),
    ]);
    expect(results.map(({ exitCode, status, reason }) => [exitCode, status, reason])).toEqual([
      [0, 'succeeded', undefined],
      [-1, 'timed-out', 'timeout'],
      [3, 'failed', 'exit-code'],
      [137, 'failed', 'signal'],
      [-1, 'failed', 'empty-output'],
    ]);
  });

  it('runParallel(processes, {maxWorkers: 3}): results in the order given, one per process', async () => {
    await using rig = await scriptSession('read -r seconds; sleep "$seconds"; echo "slept $seconds"');
    const processes = ['0.3', '0.1', '0.2', '0'].map((seconds) => rig.session.createProcess(`${seconds}\n`));
    const results = await runParallel(processes, { maxWorkers: 3 });
    expect(results.map(({ output }) => output)).toEqual(['slept 0.3\n', 'slept 0.1\n', 'slept 0.2\n', 'slept 0\n']);
  });

  it('runSequential(processes, {passOutput: true, stopOnFailure: true}): output is passed on as data, and a failure stops the rest', async () => {
    await using rig = await scriptSession('input=$(cat); case "$input" in *fails) exit 1;; esac; printf %s "$input"');
    const { session } = rig;
    const [first, second, third, fourth] = await runSequential(
      [
        session.createProcess('The cat is Tabby.', 'finder'),
        session.createProcess('Name the cat.', 'namer'),
        session.createProcess('This one fails', 'failing'),
        session.createProcess('Never started.', 'never'),
      ],
      { passOutput: true, stopOnFailure: true },
    );
    expect(first).toMatchObject({ status: 'succeeded', output: 'The cat is Tabby.' });
    expect(second?.output).toMatch(/\n<data-(\S+) id="finder">\nThe cat is Tabby\.\n<\/data-\1>\n\nName the cat\.$/);
    expect(third).toMatchObject({ status: 'failed', reason: 'exit-code', exitCode: 1 });
    expect(fourth).toMatchObject({ status: 'skipped', reason: 'earlier-failure', attempts: 0 });
  });

  it('runWithFallback(processes, {timeout: 300}): the first success, or the last failure; the timeout replaces their own', async () => {
    await using rig = await scriptSession('read -r wish; eval "$wish"');
    const { session } = rig;
    const winner = await runWithFallback(
      [
        session.createProcess('exit 1\n', 'a'),
        session.createProcess('echo won\n', 'b'),
        session.createProcess('echo late\n', 'c'),
      ],
      { timeout: 300 },
    );
    expect(winner).toMatchObject({ processId: 'b', output: 'won\n' });
    expect(session.results.map(({ status }) => status)).toEqual(['failed', 'succeeded', 'skipped']);
    const loser = await runWithFallback(
      [
        session.createProcess('exit 1\n', 'd', { timeout: 60 }),
        session.createProcess('sleep 60\n', 'e', { timeout: 60 }),
      ],
      { timeout: 0.2 },
    );
    expect(loser).toMatchObject({ processId: 'e', status: 'timed-out' });
  });

  it('a fallback that was won is a success of the session also when more runs after it; one that was lost is none', async () => {
    await using rig = await scriptSession('read -r wish; eval "$wish"');
    const { session } = rig;
    await runWithFallback([session.createProcess('exit 1\n', 'a'), session.createProcess('echo won\n', 'b')]);
    await session.agent('echo after\n');
    const { conclusion, verdict } = await session.finish();
    expect([conclusion, verdict]).toEqual(['success', expect.stringMatching(/^Success: 2 of 3 processes succeeded; /)]);

    await using other = await scriptSession('read -r wish; eval "$wish"');
    await other.session.agent('exit 1\n');
    await runWithFallback([other.session.createProcess('echo won\n', 'b')]);
    expect(await other.session.finish()).toMatchObject({ conclusion: 'failure' });
  });

  it('runBatched(processes, {batchSize: 2, passOutput: true}): batches in order, outputs of earlier batches passed on', async () => {
    await using rig = await scriptSession('cat');
    const processes = ['one', 'two', 'three'].map((text) => rig.session.createProcess(text, text));
    const [, , third] = await runBatched(processes, { batchSize: 2, passOutput: true });
    expect(third?.output).toMatch(/id="one">\none\n.*id="two">\ntwo\n.*three$/s);
  });

  it("logs at <session_id>/session.log and <process_id>.log, the model's output included", async () => {
    await using rig = await offlineSession();
    await rig.session.createProcess('offline: reply The answer is 42.', 'task-001').run();
    const log = (name: string): Promise<string> => readFile(join(rig.session.logDir, name), 'utf8');
    expect(await log('session.log')).toContain('task-001');
    expect(await log('task-001.log')).toContain('The answer is 42.');
    expect(await log('outputs/task-001.md')).toBe('The answer is 42.');
    expect((await readdir(rig.session.logDir)).sort()).toEqual([
      'events.jsonl',
      'manifest.json',
      'outputs',
      'report.html',
      'results.json',
      'session.log',
      'summary.md',
      'task-001.jsonl',
      'task-001.log',
      'task-001.prompt.md',
    ]);
    expect(await log('task-001.prompt.md')).toBe('offline: reply The answer is 42.');
    // Once in the prompt, once as the answer.
    expect((await log('task-001.log')).match(/The answer is 42/g)).toHaveLength(2);
  });

  it('session ids sort by time and never collide', async () => {
    const ids = Array.from({ length: 50 }, () => new OrchestratorSession('s').sessionId);
    expect(new Set(ids).size).toBe(50);
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect(new OrchestratorSession('s').sessionId > (ids[0] as string)).toBe(true);
  });
});

describe("the seed's known faults", () => {
  it('a prompt over 128 KiB starts, and arrives whole', async () => {
    await using rig = await scriptSession('wc -c');
    expect((await rig.session.createProcess('x'.repeat(1_000_000)).run()).output.trim()).toBe('1000000');
  });

  it('a timeout does not hang when a grandchild holds the pipe', async () => {
    await using rig = await scriptSession('sleep 600 & echo started; sleep 600');
    const result = await rig.session.createProcess('x', 'p', { timeout: '300ms' }).run();
    expect(result).toMatchObject({ status: 'timed-out', exitCode: -1 });
    expect(result.duration).toBeLessThan(6.3);
  });

  it('an id cannot leave the log directory, nor take the log of another process or of the session', () => {
    const session = new OrchestratorSession('s');
    for (const id of ['../../x', 'a/b', 'a\\b', '', '.hidden', 'session', 'CON', 'x'.repeat(65)]) {
      expect(() => session.createProcess('Task', id)).toThrow(RangeError);
    }
    session.createProcess('Task', 'same');
    expect(() => session.createProcess('Task', 'SAME')).toThrow('already in use');
  });

  it('a timeout and a failure to start are told apart', async () => {
    const missing = new OrchestratorSession('s', { claudePath: '/nowhere/claude', streamOutput: false });
    expect(await missing.createProcess('x').run()).toMatchObject({
      status: 'failed',
      reason: 'spawn-error',
      exitCode: -1,
      attempts: 1,
    });
    await using rig = await scriptSession('echo hi', {
      workingDir: '/nowhere/at/all',
      baseLogDir: logs.path,
    });
    expect(await rig.session.createProcess('x').run()).toMatchObject({ status: 'failed', reason: 'spawn-error' });
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['is missing', async () => undefined],
    ['is a file', (path) => writeFile(path, '')],
    ['is a link that leads nowhere', (path) => symlink(`${path}-elsewhere`, path)],
  ])('a working directory that %s fails every process and stays as it is', async (_, make) => {
    await using place = await temporaryDirectory();
    const workingDir = place.join('work');
    await make(workingDir);
    const before = await readdir(place.path);
    const options = { workingDir, claudePath: process.execPath, streamOutput: false };
    const session = new OrchestratorSession('s', options);
    const results = [
      ...(await runParallel([session.createProcess('x'), session.createProcess('y')])),
      await new ClaudeProcess({ ...options, prompt: 'z' }).run(),
    ];
    const message = expect.stringContaining(`working-directory: "${workingDir}"`);
    for (const result of results)
      expect(result).toMatchObject({ status: 'failed', reason: 'spawn-error', message, logIncomplete: true });
    expect(await readdir(place.path)).toEqual(before);
  });

  it("a missing working directory of one process is not created by another's, nor by the log directory in it", async () => {
    await using rig = await scriptSession('echo done');
    const missing = rig.directory.join('missing');
    const results = await runParallel([
      rig.session.createProcess('x'),
      rig.session.createProcess('y', 'lost', { workingDir: missing }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
    expect(results.map(({ logIncomplete = false }) => logIncomplete)).toEqual([false, false]);
    const options = { workingDir: missing, logDir: join(missing, 'logs'), streamOutput: false };
    const alone = await new ClaudeProcess({ ...options, claudePath: process.execPath, prompt: 'z' }).run();
    expect(alone).toMatchObject({ status: 'failed', reason: 'spawn-error', logIncomplete: true });
    expect(existsSync(missing)).toBe(false);
  });

  it("passing output on does not change the caller's prompts", async () => {
    await using rig = await scriptSession('cat');
    const processes = ['a', 'b'].map((text) => rig.session.createProcess(text));
    await runSequential(processes, { passOutput: true });
    expect(processes.map(({ prompt }) => prompt)).toEqual(['a', 'b']);
  });

  it('permissions are not bypassed', async () => {
    await using rig = await startRig();
    const session = new OrchestratorSession('s', {
      claudePath: rig.executable,
      streamOutput: false,
      baseLogDir: logs.path,
    });
    const running = session.createProcess('x').run();
    const child = await rig.nextChild();
    expect(child.argv.join(' ')).not.toMatch(/skip-permissions|bypass/);
    await child.exit(1);
    await running;
  });

  it('output that is no UTF-8 does not lose the rest', async () => {
    await using rig = await scriptSession(`printf 'good\\n\\377\\376bad\\nmore\\n'`);
    expect((await rig.session.createProcess('x').run()).output).toBe('good\n\uFFFD\uFFFDbad\nmore\n');
  });
});

describe('the library', () => {
  it('throws for wrong arguments only, in the words of the Action', async () => {
    expect(() => new OrchestratorSession('s', { timeout: -1 })).toThrow(RangeError);
    expect(() => new OrchestratorSession('s', { maxWorker: 3 } as SessionOptions)).toThrow(
      /Did you mean "maxWorkers"\?/,
    );
    expect(() => new OrchestratorSession('s', { onDenied: 'no' as 'fail' })).toThrow(
      'on-denied: "no" is not one of warn, fail, ignore.',
    );
    expect(() => new OrchestratorSession('s').createProcess(' ')).toThrow(RangeError);
    await expect(runWithFallback([])).rejects.toThrow(RangeError);
    await expect(runParallel([], { maxWorkers: 0 })).rejects.toThrow(RangeError);
    expect(await runParallel([])).toEqual([]);
  });

  it('refuses processes of two sessions in one call, and a process that was run before', async () => {
    await using rig = await scriptSession('cat');
    await using other = await scriptSession('cat');
    const first = rig.session.createProcess('x');
    await expect(runParallel([first, other.session.createProcess('x')])).rejects.toThrow(TypeError);
    await first.run();
    await expect(first.run()).rejects.toThrow(TypeError);
  });

  it('runs processes that were made without a session together', async () => {
    await using rig = await scriptSession('cat');
    const options = {
      claudePath: rig.claudePath,
      logDir: rig.directory.join('logs'),
      streamOutput: false,
    };
    const results = await runParallel(['a', 'b'].map((prompt) => new ClaudeProcess({ prompt, ...options })));
    expect(results.map(({ output }) => output)).toEqual(['a', 'b']);
    expect(existsSync(results[1]?.logFile ?? '')).toBe(true);
  });

  it('may use the id of a process without a session again, but not twice in one call', async () => {
    await using rig = await scriptSession('cat');
    const options = {
      claudePath: rig.claudePath,
      logDir: rig.directory.join('logs'),
      streamOutput: false,
    };
    const make = (): ClaudeProcess => new ClaudeProcess({ prompt: 'x', processId: 'task', ...options });
    expect((await make().run()).status).toBe('succeeded');
    expect((await make().run()).status).toBe('succeeded');
    await expect(runParallel([make(), make()])).rejects.toThrow(RangeError);
  });

  it('starts as many silent plain programs at once as there are workers', async () => {
    await using rig = await startRig({ version: 'some program 1.0' });
    await using directory = await temporaryDirectory();
    const session = new OrchestratorSession('s', {
      claudePath: rig.executable,
      baseLogDir: directory.path,
      streamOutput: false,
    });
    const processes = Array.from({ length: 6 }, () => session.createProcess('x'));
    const running = runParallel(processes, { maxWorkers: 6 });
    const children = await Promise.all(processes.map(() => rig.nextChild()));
    await Promise.all(children.map((child) => child.exit(1)));
    expect(await running).toHaveLength(6);
  });

  it('goes on, and says so, when a listener rejects', async () => {
    await using rig = await scriptSession('cat');
    const onEvent = (() => Promise.reject(new Error('broken listener'))) as () => void;
    expect((await rig.session.createProcess('x').run({ onEvent })).status).toBe('succeeded');
    expect(await readFile(join(rig.session.logDir, 'session.log'), 'utf8')).toContain('broken listener');
  });

  it('R29: does not wait for a listener that never comes to its end', async () => {
    await using rig = await scriptSession('cat', { totalTimeout: 60 });
    const onEvent = (() => new Promise(() => undefined)) as () => void;
    expect(await rig.session.createProcess('x').run({ onEvent })).toMatchObject({ status: 'succeeded', output: 'x' });
    const log = await readFile(join(rig.session.logDir, 'session.log'), 'utf8');
    expect(log).not.toContain('warning');
  });

  it('leaves the program that calls it as it is: its signals and its streams', async () => {
    await using rig = await scriptSession('cat', { streamOutput: true });
    const listeners = (): unknown[] => [
      process.eventNames().map((name) => [name, process.listenerCount(name)]),
      process.stdout.listeners('error'),
      process.stderr.listeners('error'),
    ];
    const before = listeners();
    expect((await rig.session.createProcess('x').run()).status).toBe('succeeded');
    await new Promise((resolve) => setImmediate(resolve));
    expect(listeners()).toEqual(before);
  });

  it('holds the ceiling of a session over all its runs', async () => {
    const line = JSON.stringify(resultMessage('x', { total_cost_usd: 0.9 }));
    await using directory = await temporaryDirectory();
    const claudePath = plainProgram(directory.path, `echo '${line}'`, '2.1.330 (Claude Code)');
    const session = new OrchestratorSession('s', {
      claudePath,
      maxBudgetUsd: 0.9,
      baseLogDir: directory.path,
      streamOutput: false,
    });
    expect((await session.createProcess('a').run()).status).toBe('succeeded');
    expect(await session.createProcess('b').run()).toMatchObject({ status: 'skipped', reason: 'budget' });
  });

  it.runIf(process.platform === 'linux')(
    'R18: keeps its results where no log can be written, and says so',
    async () => {
      await using rig = await scriptSession('cat', { baseLogDir: '/proc/nothing/can/be/made/here' });
      const events: EnsembleEvent[] = [];
      const result = await rig.session.createProcess('x').run({ onEvent: (event) => events.push(event) });
      expect(result).toMatchObject({ status: 'succeeded', output: 'x', logIncomplete: true });
      expect(result.logFile).toBeUndefined();
      expect(events.filter((event) => event.type === 'notice' && event.level === 'warning')).toHaveLength(1);
    },
  );

  it('appends the results of a second run on a session', async () => {
    await using rig = await scriptSession('cat');
    await rig.session.createProcess('first', 'a').run();
    await rig.session.createProcess('second', 'b').run();
    const { results } = JSON.parse(await readFile(join(rig.session.logDir, 'results.json'), 'utf8')) as {
      results: { processId: string }[];
    };
    expect(results.map(({ processId }) => processId)).toEqual(['a', 'b']);
    expect(rig.session.results).toHaveLength(2);
    expect(await readFile(join(rig.session.logDir, 'a.log'), 'utf8')).toContain('first');
  });

  it('ends what runs and skips the rest when its signal is aborted', async () => {
    await using rig = await startRig();
    const session = new OrchestratorSession('s', {
      claudePath: rig.executable,
      streamOutput: false,
      baseLogDir: logs.path,
    });
    const abort = new AbortController();
    const running = runParallel([session.createProcess('a'), session.createProcess('b')], {
      maxWorkers: 1,
      signal: abort.signal,
    });
    const child = await rig.nextChild();
    abort.abort();
    expect((await running).map(({ status, reason }) => `${status}:${reason}`)).toEqual([
      'cancelled:cancelled',
      'skipped:session-cancelled',
    ]);
    await child.closed;
    expect(rig.started).toBe(1);
  });

  it('tells every event, and redacts what it tells and returns', async () => {
    await using rig = await startRig();
    const secret = 'correct-horse-battery-staple';
    const events: EnsembleEvent[] = [];
    const session = new OrchestratorSession('s', {
      claudePath: rig.executable,
      streamOutput: false,
      mask: [secret],
      baseLogDir: logs.path,
    });
    const running = runParallel([session.createProcess('a', 'p', { name: secret })], {
      onEvent: (event) => events.push(event),
    });
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    await child.printJson(apiRetry());
    await child.printJson(resultMessage(`The secret is ${secret}.`, { structured_output: { secret } }));
    await child.exit(0);
    const [result] = await running;
    expect(result).toMatchObject({ output: 'The secret is ***.', name: '***', structuredOutput: { secret: '***' } });
    expect(JSON.stringify(events)).not.toContain(secret);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['session-started', 'process-started', 'process-ended', 'session-ended']),
    );
  });
});

it('a session that is interrupted before its start says so in its manifest, and its events are in order', async () => {
  await using directory = await temporaryDirectory();
  await using script = await scriptSession('echo fine', { baseLogDir: directory.path });
  const events: EnsembleEvent[] = [];
  const signal = AbortSignal.abort();
  await runParallel([script.session.createProcess('x')], { signal, onEvent: (event) => events.push(event) });
  expect(events.map(({ type }) => type).slice(0, 2)).toEqual(['session-started', 'session-interrupted']);
  expect(events.filter(({ type }) => type === 'session-interrupted')).toHaveLength(1);
  const manifest = JSON.parse(await readFile(join(script.session.logDir, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({ interruptedBy: expect.any(String), conclusion: 'cancelled' });
  const log = await readFile(join(script.session.logDir, 'session.log'), 'utf8');
  expect(log.split('\n')[0]).toContain(`session ${script.session.sessionId}`);
});

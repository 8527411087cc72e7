import { existsSync, readFileSync } from 'node:fs';
import { appendFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ProcessResult, SessionOptions } from '../../src/index.ts';
import { OrchestratorSession, runBatched, runParallel, runSequential, runWithFallback } from '../../src/index.ts';
import { commandPlace } from '../rig/command.ts';
import { startRig } from '../rig/controlled-child.ts';
import { plainProgram, shellProgram } from '../rig/plain-program.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';
import { waitFor } from '../rig/wait-for.ts';

/**
 * Sessions of one plain program that carries out the last line of its input as a shell script, in a directory with an empty file `runs`.
 * The program is the same for all of them, so that a session can go on from another.
 */
async function scripts() {
  const directory = await temporaryDirectory();
  const claudePath = plainProgram(directory.path, `cd ${directory.path}\neval "$(tail -n 1)"`);
  await writeFile(directory.join('runs'), '');
  const session = (options: SessionOptions = {}): OrchestratorSession =>
    new OrchestratorSession('s', {
      ...{ claudePath, baseLogDir: directory.join('logs'), streamOutput: false, timeout: 30, ...options },
    });
  return {
    session,
    directory,
    /** What has run since the last call. */
    async runs(): Promise<readonly string[]> {
      const lines = readFileSync(directory.join('runs'), 'utf8').trim().split('\n').filter(Boolean);
      await writeFile(directory.join('runs'), '');
      return lines.sort();
    },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

/** Runs prompts by id, in parallel. */
function run(session: OrchestratorSession, prompts: Readonly<Record<string, string>>): Promise<ProcessResult[]> {
  return runParallel(Object.entries(prompts).map(([id, prompt]) => session.createProcess(prompt, id)));
}

function read(session: OrchestratorSession, name: string): string {
  return readFileSync(join(session.logDir, name), 'utf8');
}

/** Succeeds once the file `mended` is there. */
const broken = 'echo b >> runs; [ -e mended ] && echo "b is fine"';
const prompts = { a: 'echo a >> runs; echo "a is fine"', b: broken, c: 'echo c >> runs; echo "c is fine"' };

test('only what did not succeed runs again; the rest is taken over, marked, with every file and without cost', async () => {
  await using place = await scripts();
  const first = place.session();
  expect((await run(first, prompts)).map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded']);
  expect(await place.runs()).toEqual(['a', 'b', 'c']);

  await writeFile(place.directory.join('mended'), '');
  const second = place.session({ resumeFrom: first.logDir });
  const results = await run(second, prompts);
  expect(await place.runs()).toEqual(['b']);
  expect(results.map(({ processId, status, output }) => [processId, status, output])).toEqual([
    ['a', 'succeeded', 'a is fine\n'],
    ['b', 'succeeded', 'b is fine\n'],
    ['c', 'succeeded', 'c is fine\n'],
  ]);
  expect(results[0]).toMatchObject({
    ...{ resumedFrom: first.sessionId, attempts: 0, exitCode: 0, duration: 0, logFile: join(second.logDir, 'a.log') },
  });
  expect(results[0]).not.toHaveProperty('costUsd');
  expect(results[1]).not.toHaveProperty('resumedFrom');

  expect(read(second, 'outputs/a.md')).toBe('a is fine\n');
  expect(read(second, 'a.log')).toContain(`succeeded (in session ${first.sessionId})`);
  expect(read(second, 'session.log')).toContain(`2 of 3 results are taken from session ${first.sessionId}`);
  const written = JSON.parse(read(second, 'results.json'));
  expect(written).toMatchObject({
    results: [{ resumedFrom: first.sessionId }, {}, { resumedFrom: first.sessionId }],
    totals: { total: 3, succeeded: 3, costUsd: 0 },
    verdict: 'Success: 3 of 3 processes succeeded; 2 taken from an earlier session.',
  });
  expect(JSON.parse(read(second, 'manifest.json')).processes[0]).toMatchObject({ state: 'ended', status: 'succeeded' });
  // The page's script knows the words.
  expect(read(second, 'report.html').replace(/<script.*?<\/script>/gs, '')).not.toContain('never started');
});

test('a session that went on from another can be gone on from, and its results name where they succeeded', async () => {
  await using place = await scripts();
  const first = place.session();
  await run(first, prompts);
  const second = place.session({ resumeFrom: first.logDir });
  await run(second, prompts);
  await place.runs();
  await rm(first.logDir, { recursive: true });
  await writeFile(place.directory.join('mended'), '');
  // The id alone is enough below the same log directory.
  const results = await run(place.session({ resumeFrom: second.sessionId }), prompts);
  expect(await place.runs()).toEqual(['b']);
  expect(results.map(({ resumedFrom }) => resumedFrom)).toEqual([first.sessionId, undefined, first.sessionId]);
});

test('a dry run says of each process whether the earlier session would give its result', async () => {
  await using place = await scripts();
  const first = place.session();
  await run(first, prompts);
  const second = place.session({ resumeFrom: first.logDir, dryRun: true });
  const taken = `it would be taken from session ${first.sessionId}`;
  expect((await run(second, prompts)).map(({ reason, message }) => [reason, message])).toEqual([
    ['dry-run', taken],
    ['dry-run', undefined],
    ['dry-run', taken],
  ]);
  expect(read(second, 'summary.md')).toContain('<td><b>c</b></td><td>it would be taken from session');
});

test('outputs are passed on as in the first run, to a process that may have changed because it had not succeeded', async () => {
  await using place = await scripts();
  const claudePath = shellProgram(place.directory.path, 'case "$prompt" in *fail) exit 1;; esac; printf %s "$prompt"');
  const sequence = (prompt: string, resumeFrom?: string) => {
    const session = place.session({ claudePath, resumeFrom });
    const processes = [session.createProcess('Tabby', 'finder'), session.createProcess(prompt, 'namer')];
    return { session, results: runSequential(processes, { passOutput: true, stopOnFailure: true }) };
  };
  const first = sequence('fail');
  expect((await first.results).map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  const [finder, namer] = await sequence('Name the cat.', first.session.logDir).results;
  expect(finder).toMatchObject({ output: 'Tabby', resumedFrom: first.session.sessionId });
  expect(namer).toMatchObject({ status: 'succeeded', attempts: 1 });
  expect(namer?.output).toMatch(/\n<data-(\S+) id="finder">\nTabby\n<\/data-\1>\n\nName the cat\.$/);
});

test('a success that has changed since runs again, and a notice says what has changed', async () => {
  await using place = await scripts();
  const first = place.session();
  await run(first, prompts);
  await place.runs();
  const second = place.session({ resumeFrom: first.logDir });
  await run(second, { ...prompts, a: `${prompts.a} # changed` });
  expect(await place.runs()).toEqual(['a', 'b']);
  expect(read(second, 'session.log')).toContain('1 of 3 results are taken from session');
  expect(read(second, 'session.log')).toContain(
    `resume-from: "a" runs again: changed since session ${first.sessionId} (its prompt).`,
  );
  const third = place.session({ resumeFrom: first.logDir, model: 'opus' });
  await run(third, prompts);
  expect(await place.runs()).toEqual(['a', 'b', 'c']);
  expect(read(third, 'session.log')).toContain('"a", "c" run again: changed since session');
});

const list = (session: OrchestratorSession, prompts: Readonly<Record<string, string>>) =>
  Object.entries(prompts).map(([id, prompt]) => session.createProcess(prompt, id));

test('whatever received an output of one that runs again runs again too, in a sequence and in later batches', async () => {
  await using place = await scripts();
  const four = { ...prompts, d: 'echo d >> runs; echo "d is fine"' };
  const first = place.session();
  await runSequential(list(first, four), { passOutput: true });
  expect(await place.runs()).toEqual(['a', 'b', 'c', 'd']);
  const second = place.session({ resumeFrom: first.logDir });
  await runSequential(list(second, four), { passOutput: true });
  expect(await place.runs()).toEqual(['b', 'c', 'd']);
  expect(read(second, 'session.log')).toContain(
    'resume-from: "c", "d" run again: "b" runs, and its output is passed on.',
  );

  const batched = place.session();
  await runBatched(list(batched, four), { batchSize: 2, passOutput: true });
  await place.runs();
  await runBatched(list(place.session({ resumeFrom: batched.logDir }), four), { batchSize: 2, passOutput: true });
  expect(await place.runs()).toEqual(['b', 'c', 'd']);

  const apart = place.session();
  await runSequential(list(apart, four));
  await place.runs();
  await runSequential(list(place.session({ resumeFrom: apart.logDir }), four));
  expect(await place.runs()).toEqual(['b']);
});

test('in a fallback a winner does not stand once one that comes before it has changed', async () => {
  await using place = await scripts();
  const candidates = { bold: 'echo bold >> runs; exit 1', careful: 'echo careful >> runs; echo done' };
  const first = place.session();
  await runWithFallback(list(first, candidates));
  await place.runs();
  const second = place.session({ resumeFrom: first.logDir });
  await runWithFallback(list(second, { ...candidates, bold: 'echo bold >> runs; echo done' }));
  expect(await place.runs()).toEqual(['bold']);
  expect(read(second, 'session.log')).toContain('"careful" runs again: "bold", which comes first, has changed.');
});

test('a limit may change, and so may what is new', async () => {
  await using place = await scripts();
  const first = place.session();
  await run(first, prompts);
  await place.runs();
  const second = place.session({
    resumeFrom: first.logDir,
    timeout: 10,
    retries: 7,
    maxTurns: 9,
    fallbackModel: 'haiku',
  });
  await run(second, { ...prompts, d: 'echo d >> runs; echo d' });
  expect(await place.runs()).toEqual(['b', 'd']);
});

test('a trusted session takes nothing from an untrusted one; the reverse is fine', async () => {
  await using place = await scripts();
  const careful = place.session({ trust: 'untrusted' });
  await run(careful, prompts);
  await expect(run(place.session({ resumeFrom: careful.logDir }), prompts)).rejects.toThrow(
    `resume-from: session ${careful.sessionId} was untrusted, and a trusted one takes nothing from such.`,
  );
  const trusted = place.session();
  await run(trusted, prompts);
  await place.runs();
  await run(place.session({ resumeFrom: trusted.logDir, trust: 'untrusted' }), prompts);
  expect(await place.runs()).toEqual(['b']);
});

test('answers of the stand-in and of a model are not mixed', async () => {
  await using place = await scripts();
  const online = place.session();
  await run(online, prompts);
  await expect(run(place.session({ resumeFrom: online.logDir, offline: true }), prompts)).rejects.toThrow(
    `resume-from: session ${online.sessionId} asked a model, and this one is offline: their answers are not mixed.`,
  );
});

test('in a fallback with a winner nothing runs again, and the winner stays the winner', async () => {
  await using place = await scripts();
  const candidates = { bold: 'echo bold >> runs; exit 1', careful: 'echo careful >> runs; echo done', spare: 'echo x' };
  const fallback = (session: OrchestratorSession) =>
    runWithFallback(Object.entries(candidates).map(([id, prompt]) => session.createProcess(prompt, id)));
  const first = place.session();
  await fallback(first);
  expect(await place.runs()).toEqual(['bold', 'careful']);
  const second = place.session({ resumeFrom: first.logDir });
  expect(await fallback(second)).toMatchObject({
    processId: 'careful',
    output: 'done\n',
    resumedFrom: first.sessionId,
  });
  expect(second.results.map(({ reason }) => reason)).toEqual(['earlier-success', undefined, 'earlier-success']);
  expect(await place.runs()).toEqual([]);
});

test('a failure that stops the rest does not lose what had succeeded', async () => {
  await using place = await scripts();
  const first = place.session();
  await run(first, prompts);
  const second = place.session({ resumeFrom: first.logDir, stopOnFailure: true, maxWorkers: 1 });
  const results = await run(second, { b: broken, a: prompts.a, d: 'echo d' });
  expect(results.map(({ processId, status, reason }) => [processId, status, reason])).toEqual([
    ['b', 'failed', 'exit-code'],
    ['a', 'succeeded', undefined],
    ['d', 'skipped', 'earlier-failure'],
  ]);
});

test('an output of more than 1 MiB is whole in the file again', async () => {
  await using place = await scripts();
  const long = { long: 'head -c 3000000 /dev/zero | tr "\\0" x' };
  const first = place.session();
  const [before] = await run(first, long);
  const second = place.session({ resumeFrom: first.logDir });
  const [after] = await run(second, long);
  expect(after).toMatchObject({ attempts: 0, outputTruncated: true });
  expect(after?.output).toBe(before?.output);
  expect(read(second, 'outputs/long.md')).toHaveLength(3_000_000);
});

test('what is taken over is redacted again, for this session may know of more secrets', async () => {
  await using place = await scripts();
  const secret = 'correct-horse-battery-staple';
  const told = { a: `echo "It is correct-horse-$(echo battery-staple)."` };
  const first = place.session();
  expect((await run(first, told))[0]?.output).toContain(secret);
  const second = place.session({ resumeFrom: first.logDir, mask: [secret] });
  expect((await run(second, told))[0]?.output).toBe('It is ***.\n');
  for (const name of await readdir(second.logDir, { recursive: true })) {
    if (name !== 'outputs') expect(read(second, name)).not.toContain(secret);
  }
});

test('a link in the place of an output is not followed', async () => {
  await using place = await scripts();
  const first = place.session();
  await run(first, prompts);
  await writeFile(place.directory.join('secret'), 'a secret of someone else');
  await rm(join(first.logDir, 'outputs/a.md'));
  await symlink(place.directory.join('secret'), join(first.logDir, 'outputs/a.md'));
  const second = place.session({ resumeFrom: first.logDir });
  await run(second, prompts);
  expect(read(second, 'outputs/a.md')).toBe('a is fine\n');
});

test('a session that was killed can be gone on from, also when its log ends in the middle of a line, and that is said', async () => {
  await using rig = await startRig({ version: '1.0.0 (a plain program)' });
  await using place = await commandPlace();
  const args = ['run', '--claude-path', rig.executable, '--max-workers', '1', '--prompts'];
  const list = JSON.stringify([
    { id: 'first', prompt: 'One' },
    { id: 'second', prompt: 'Two' },
  ]);
  const command = place.start([...args, list]);
  const done = await rig.nextChild();
  await done.print('The first answer.');
  await done.exit(0);
  const second = await rig.nextChild();
  command.signal('SIGKILL');
  await command.done;
  await second.closed;
  const logs = join(place.directory, '.claude/runtime/logs');
  const [killed = ''] = (await readdir(logs)).filter((name) => !name.startsWith('.'));
  await appendFile(join(logs, killed, 'events.jsonl'), '{"seq":9,"type":"process-ended","result":{"sta');

  const again = place.start([...args, list, '--resume-from', killed, '--json']);
  const rerun = await rig.nextChild();
  expect(await rerun.stdin()).toBe('Two');
  await rerun.print('The second answer.');
  await rerun.exit(0);
  const { exitCode, stdout, stderr } = await again.done;
  expect(exitCode).toBe(0);
  expect(stderr).toContain(
    `session ${killed} has not ended: it was killed, or it still runs. What it left is recovered, not verified`,
  );
  expect(JSON.parse(stdout).results).toMatchObject([
    { processId: 'first', status: 'succeeded', output: 'The first answer.', resumedFrom: killed, attempts: 0 },
    { processId: 'second', status: 'succeeded', output: 'The second answer.', attempts: 1 },
  ]);
  expect(rig.started).toBe(3);
});

test('what was taken over is in the log before anything starts, so that a second kill loses nothing', async () => {
  await using place = await scripts();
  const first = place.session();
  await run(first, prompts);
  const second = place.session({ resumeFrom: first.logDir });
  const stop = new AbortController();
  const processes = [second.createProcess('sleep 30', 'b'), second.createProcess(prompts.a, 'a')];
  const running = runParallel(processes, { signal: stop.signal });
  const types = (): readonly string[] => {
    const lines = existsSync(join(second.logDir, 'events.jsonl')) ? read(second, 'events.jsonl').split('\n') : [];
    return lines.flatMap((line) => /"type":"(process-\w+)"/.exec(line)?.[1] ?? []);
  };
  await waitFor('b to start', () => types().includes('process-started'));
  expect(types()).toEqual(['process-ended', 'process-started']);
  await writeFile(place.directory.join('mended'), '');
  await run(place.session({ resumeFrom: second.logDir }), { b: broken, a: prompts.a });
  expect((await place.runs()).filter((id) => id === 'a')).toHaveLength(1);
  stop.abort();
  expect((await running).map(({ status }) => status)).toEqual(['cancelled', 'succeeded']);
});

test('a directory without a session is refused, and says what is missing', async () => {
  await using place = await scripts();
  await expect(run(place.session({ resumeFrom: place.directory.path }), prompts)).rejects.toThrow(
    `resume-from: no session can be read from "${place.directory.path}": events.jsonl is not there.`,
  );
});

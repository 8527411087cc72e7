import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { EnsembleEvent, ProcessResult, SessionOptions } from '../../src/index.ts';
import { ClaudeProcess, OrchestratorSession, runBatched, runParallel, runWithFallback } from '../../src/index.ts';
import type { PageData } from '../../src/reports/page/page-data.ts';
import { obedientProgram, plainProgram } from '../rig/plain-program.ts';
import { expectReplay } from '../rig/replayed-session.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

/** A session of a program that carries out the last line of its prompt. */
async function obedientSession(options: SessionOptions = {}, version = '') {
  const directory = await temporaryDirectory();
  const common = { workingDir: directory.path, streamOutput: false } as const;
  const claudePath = obedientProgram(directory.path, version);
  const session = new OrchestratorSession('runs', { ...common, claudePath, ...options });
  return { session, directory, claudePath, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

const statusOf = ({ status, reason }: ProcessResult) => (reason === undefined ? status : `${status} ${reason}`);

function pageOf(report: string): PageData {
  const [, text = ''] = /<template id="page">([^<]*)<\/template>/u.exec(report) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString());
}

test('the duration is that between the times of start and end, whatever was checked before', async () => {
  await using directory = await temporaryDirectory();
  const claudePath = directory.join('slow-to-say-its-version');
  await writeFile(claudePath, '#!/bin/sh\n[ "$1" = --version ] && sleep 1 && exit 0\necho fine\n', { mode: 0o755 });
  const session = new OrchestratorSession('slow', { workingDir: directory.path, streamOutput: false, claudePath });
  await runParallel([session.createProcess('x')]);
  const { totals } = await session.finish();
  const { startedAt, endedAt } = JSON.parse(readFileSync(join(session.logDir, 'results.json'), 'utf8'));
  expect(totals.durationSeconds).toBeLessThanOrEqual((Date.parse(endedAt) - Date.parse(startedAt)) / 1000 + 0.05);
});

test('what a session of several runs writes and gives is of all of them', async () => {
  await using rig = await obedientSession();
  const { session } = rig;
  const batch = (...ids: readonly string[]) => ids.map((id) => session.createProcess(`sleep 0.1; echo ${id}`, id));
  const onEvent = (): never => {
    throw new Error('broken listener');
  };
  await runBatched(batch('a', 'b', 'c', 'd'), { batchSize: 2, onEvent });
  await runBatched(batch('e', 'f', 'g', 'h'), { batchSize: 2 });
  await runWithFallback([session.createProcess('exit 1', 'lost'), session.createProcess('echo fine', 'won')]);
  await session.agent('echo last', { id: 'last' });
  const { totals, results, warnings } = await session.finish();
  expect(totals).toMatchObject({ total: 11, succeeded: 10 });
  expect(warnings).toEqual([expect.stringContaining('broken listener')]);
  const [a, c] = [results[0], results[2]].map((result) => result?.duration ?? Number.POSITIVE_INFINITY);
  expect(totals.durationSeconds).toBeGreaterThan((a as number) + (c as number));

  const read = (name: string): string => readFileSync(join(session.logDir, name), 'utf8');
  const { at } = JSON.parse(read('events.jsonl').split('\n')[0] as string);
  for (const file of ['manifest.json', 'results.json']) expect(JSON.parse(read(file)).startedAt).toBe(at);
  const { rows, length } = pageOf(read('report.html'));
  expect(rows.map(({ needs = [] }) => needs)).toEqual([
    ...[[], [], [0, 1], [0, 1]],
    ...[[], [], [4, 5], [4, 5]],
    ...[[], [8], []],
  ]);
  for (const { spans } of rows) {
    expect(spans.length).toBeGreaterThan(0);
    expect(Math.max(...spans.map(({ to }) => to))).toBeLessThanOrEqual(length);
  }
  await expectReplay(session.logDir);
});

test('fail-on-severity is no mistake in a run without findings: another run of the session may be asked for them', async () => {
  await using rig = await obedientSession({ failOnSeverity: 'nit' });
  await runParallel([rig.session.createProcess('echo a')]);
  await rig.session.finish();
  expect(readFileSync(join(rig.session.logDir, 'session.log'), 'utf8')).not.toContain('fail-on-severity');
});

test('a listener that sorts the results of an event, or changes one, does so for nobody else', async () => {
  await using rig = await obedientSession();
  const processes = ['a', 'b'].map((id) => rig.session.createProcess(`echo ${id}`, id));
  const onEvent = (event: EnsembleEvent): void => {
    const spoil = (result: ProcessResult) => Object.assign(result, { status: 'failed', output: '' });
    if (event.type === 'process-ended') spoil(event.result);
    if (event.type === 'session-ended') (event.results as ProcessResult[]).reverse().forEach(spoil);
  };
  const results = await runParallel(processes, { onEvent });
  const read = JSON.parse(readFileSync(join(rig.session.logDir, 'results.json'), 'utf8')).results as ProcessResult[];
  for (const each of [results, rig.session.results, read])
    expect(each.map(({ status, output }) => [status, output])).toEqual([
      ['succeeded', 'a\n'],
      ['succeeded', 'b\n'],
    ]);
  expect((await rig.session.finish()).conclusion).toBe('success');
});

test('a run without any result takes no logs from the next one', async () => {
  await using rig = await obedientSession();
  await expect(rig.session.agent('x', { id: 'a', conversationFrom: 'nobody' })).rejects.toThrow(RangeError);
  const [result] = await runParallel([rig.session.createProcess('echo fine', 'a')]);
  expect(existsSync(result?.logFile ?? '')).toBe(true);
});

test('an unknown cost counts as its ceiling, and the time goes on, also in the runs after it', async () => {
  const budget = { maxBudgetUsd: 1, maxProcessBudgetUsd: 0.6, retries: 0 };
  await using poor = await obedientSession(budget, '2.1.330 (Claude Code)');
  const [first] = await runParallel([poor.session.createProcess('exit 1')]);
  expect(first).toMatchObject({ status: 'failed', attempts: 1 });
  expect(statusOf(await poor.session.agent('exit 1'))).toBe('skipped budget');

  await using late = await obedientSession({ totalTimeout: 3 });
  expect(statusOf(await late.session.agent('sleep 60'))).toBe('cancelled deadline');
  expect((await runParallel([late.session.createProcess('echo x')])).map(statusOf)).toEqual(['skipped deadline']);
});

test('no result is missing from the session while the run that it came from goes on to its end', async () => {
  await using rig = await obedientSession();
  const { session } = rig;
  await session.agent('echo one', { id: 'one' });
  const go = rig.directory.join('go');
  const two = session.agent(`until [ -e '${go}' ]; do sleep 0.05; done; echo two`, { id: 'two' });
  const outcome = session.finish();
  expect(session.results.map(({ processId }) => processId)).toEqual(['one']);
  await writeFile(go, '');
  await Promise.all([two, outcome]);
  expect(session.results.map(({ processId }) => processId)).toEqual(['one', 'two']);
});

test('who cancels a call that waits for another one has its results at once, and they are written down at its turn', async () => {
  await using rig = await obedientSession({ maxWorkers: 1, mask: ['masked-name'] });
  const { session } = rig;
  const go = rig.directory.join('go');
  const long = session.agent(`until [ -e '${go}' ]; do sleep 0.05; done; echo long`, { id: 'long' });
  const cancel = new AbortController();
  const { signal } = cancel;
  const calls = [
    runParallel([session.createProcess('echo run', 'run', { name: 'masked-name' })], { signal }),
    session.agent('echo late', { id: 'late', signal }).then((result) => [result]),
    runParallel([session.createProcess('echo x', 'x')], { signal: AbortSignal.abort() }),
  ];
  cancel.abort();
  const results = (await Promise.all(calls)).flat();
  expect(results.map(statusOf)).toEqual(Array(3).fill('skipped session-cancelled'));
  expect(results[0]?.name).toBe('***');
  expect(session.results).toEqual([]);
  await writeFile(go, '');
  expect(statusOf(await long)).toBe('succeeded');
  const { results: all } = await session.finish();
  expect(all.map((result) => `${result.processId} ${result.status}`)).toEqual([
    ...['long succeeded', 'run skipped', 'late skipped', 'x skipped'],
  ]);
});

test('who leaves while the session finishes cancels what runs, and waits until its files are written', async () => {
  await using rig = await obedientSession();
  const outcome = rig.session.finish();
  await rig.session[Symbol.asyncDispose]();
  expect(existsSync(join(rig.session.logDir, 'results.json'))).toBe(true);
  expect((await outcome).conclusion).toBe('skipped');

  await using slow = await obedientSession();
  const call = slow.session.agent('exec sleep 60');
  const finished = slow.session.finish();
  await slow.session[Symbol.asyncDispose]();
  expect((await call).status).toMatch(/^(?:cancelled|skipped)$/);
  expect((await finished).conclusion).toBe('cancelled');
});

test('a session that resumes one of several runs takes over what succeeded in any of them', async () => {
  await using rig = await obedientSession();
  const run = async (session: OrchestratorSession) => [
    await session.agent('echo one'),
    ...(await runParallel([session.createProcess('echo two', 'two')])),
    await session.agent('echo three'),
  ];
  await run(rig.session);
  const options = { workingDir: rig.directory.path, claudePath: rig.claudePath, streamOutput: false } as const;
  const again = new OrchestratorSession('again', { ...options, resumeFrom: rig.session.logDir });
  expect((await run(again)).map(({ resumedFrom }) => resumedFrom)).toEqual(Array(3).fill(rig.session.sessionId));
  await again.finish();
  const log = readFileSync(join(again.logDir, 'session.log'), 'utf8');
  expect(log).toContain(`resume-from: results of the same calls are taken from session ${rig.session.sessionId}.`);
});

test('each success is taken once, also by several runs of a session that resumes another', async () => {
  await using rig = await obedientSession();
  const votes = async (session: OrchestratorSession) => {
    const first = await session.agent('echo $$');
    await runParallel([session.createProcess('echo between', 'between')]);
    return [first, await session.agent('echo $$')].map(({ output }) => output);
  };
  const given = await votes(rig.session);
  const options = { workingDir: rig.directory.path, claudePath: rig.claudePath, streamOutput: false } as const;
  await using again = new OrchestratorSession('again', { ...options, resumeFrom: rig.session.logDir });
  expect(await votes(again)).toEqual(given);
  expect(await again.agent('echo $$')).toMatchObject({ status: 'succeeded', attempts: 1 });
});

test('processes that were made without a session have ids of their own, and name the directory that their logs are in', async () => {
  await using rig = await obedientSession();
  const options = { claudePath: rig.claudePath, logDir: rig.directory.join('logs'), streamOutput: false };
  const make = (processId?: string) => new ClaudeProcess({ prompt: 'echo a', processId, ...options });
  const next = Number(/\d+$/.exec(make().processId)) + 1;
  const processes = [make(`process_${String(next).padStart(3, '0')}`), make()];
  const results = await runParallel(processes);
  for (const [index, { logDir, processId }] of processes.entries())
    expect(results[index]?.logFile).toBe(join(logDir, `${processId}.log`));
});

test('secrets in the settings of a session are redacted for calls of agent, too', async () => {
  await using directory = await temporaryDirectory();
  const token = 'correct-horse-battery-staple';
  await using session = new OrchestratorSession('s', {
    ...{ workingDir: directory.path, streamOutput: false },
    claudePath: plainProgram(directory.path, `echo 'it is ${token}'`),
    mcpConfig: { mcpServers: { tracker: { command: 'true', env: { TRACKER_TOKEN: token } } } },
  });
  expect((await session.agent('x')).output).toBe('it is ***\n');
});

test('wrong use is refused in a sentence: options that belong elsewhere, data of which JSON holds nothing, results of others', async () => {
  await using rig = await obedientSession();
  await using other = await obedientSession();
  const { session } = rig;
  type Call = (...args: readonly unknown[]) => unknown;
  const Session = OrchestratorSession as unknown as new (...args: readonly unknown[]) => unknown;
  const create = session.createProcess.bind(session) as Call;
  for (const [call, message] of [
    [() => new Session('s', null), /^options: the options of a session are an object/],
    [() => new Session('s', 'fast'), /^options: the options of a session are an object/],
    [() => new Session('s', { streamOutput: 'no' }), /^streamOutput: "no" is not true or false\./],
    [() => create('x', undefined, { processId: 'a' }), /^processId: it is an argument of its own/],
    [() => create('x', undefined, { prompt: 'y' }), /^prompt: it is an argument of its own/],
    [() => create('x', undefined, { logDir: 'logs' }), /^logDir: there is no such option/],
    [() => create('x', undefined, { name: 5 }), /^name: "5" is not a string\./],
    [() => create('x', undefined, { streamOutput: 0 }), /^streamOutput: "0" is not true or false\./],
  ] as const) {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  }
  for (const [data, message] of [
    [new Map([['a', 'b']]), 'data: a Map is not an object of names and values, such as { finding }.'],
    [{ early: Promise.resolve('x') }, 'data: "early" is a Promise, of which JSON holds nothing. Await it first.'],
    [{ fault: new Error('x') }, 'data: "fault" is an Error, of which JSON holds nothing.'],
    [
      { all: { answers: [{ a: 1 }, Promise.resolve('x')] } },
      'data: "all.answers.1" is a Promise, of which JSON holds nothing. Await it first.',
    ],
  ] as const)
    await expect(session.agent('x', { data: data as never })).rejects.toThrow(new TypeError(message));
  expect((await session.agent('echo ok', { data: { empty: {}, none: null, date: [new Date(0)] } })).status).toBe(
    'succeeded',
  );
  const [foreign] = await runParallel([other.session.createProcess('echo x')]);
  await expect(session.agent('x', { conversationFrom: foreign as ProcessResult })).rejects.toThrow(
    new RangeError('conversationFrom: the result of "process_001" is that of another session.'),
  );
});

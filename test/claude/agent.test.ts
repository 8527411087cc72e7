import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import {
  type AgentOptions,
  OrchestratorSession,
  type ProcessResult,
  runParallel,
  type SessionOptions,
} from '../../src/index.ts';
import { codeBlocks, readDocument } from '../rig/markdown.ts';
import { plainProgram } from '../rig/plain-program.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';
import { waitFor } from '../rig/wait-for.ts';

const root = join(import.meta.dirname, '../..');

/** A session of a plain program, a shell script that is handed the prompt on standard input. */
function scriptSession(directory: TemporaryDirectory, script: string, options: SessionOptions = {}) {
  const claudePath = plainProgram(directory.path, script);
  return new OrchestratorSession('code', { workingDir: directory.path, claudePath, streamOutput: false, ...options });
}

/** Says what it was given, but for the random part; a prompt that ends with "fail" fails. */
const echo = `text=$(sed 's/data-[0-9a-f-]*/data/'); printf '%s' "$text"; case $text in *fail) exit 3;; esac`;

const statusOf = ({ status, reason }: ProcessResult) => (reason === undefined ? status : `${status} ${reason}`);

test('processes join a session while it runs, are given data, and share it with the pattern functions', async () => {
  await using directory = await temporaryDirectory();
  await using session = scriptSession(directory, echo, { maxWorkers: 2, failOn: 2 });
  const [first, second] = await Promise.all([
    session.agent('One', { id: 'first', name: 'The first', data: { note: 'a <b>', list: { items: [1] } } }),
    session.agent('Two fail'),
  ]);
  expect(first).toMatchObject({ processId: 'first', name: 'The first', status: 'succeeded', attempts: 1 });
  for (const block of ['<data id="note">\na <b>\n</data>', '<data id="list">\n{\n  "items": [\n    1\n  ]\n}\n</data>'])
    expect(first.output).toContain(block);
  expect(first.output).toMatch(/\n\nOne$/);
  expect(first.logFile !== undefined && existsSync(first.logFile)).toBe(true);
  expect(second).toMatchObject({ processId: 'process_002', status: 'failed', reason: 'exit-code', exitCode: 3 });
  const [third] = await runParallel([session.createProcess('Three', 'third')]);
  const fourth = await session.agent('Four', { id: 'fourth' });
  expect([third?.output, fourth.output]).toEqual(['Three', 'Four']);
  expect(session.results.map(({ processId }) => processId)).toEqual(['first', 'process_002', 'third', 'fourth']);

  const outcome = await session.finish();
  expect(outcome.verdict).toBe(
    'Success: 3 of 4 processes succeeded; "process_002" ran and failed (exited with an error); accepted by fail-on: 2.',
  );
  expect(outcome).toMatchObject({
    conclusion: 'success',
    totals: { total: 4, succeeded: 3 },
    results: session.results,
  });
  const names = outcome.files.map((file) => file.slice(outcome.directory.length + 1));
  expect(names).toEqual(expect.arrayContaining(['results.json', 'report.html', 'fourth.log', 'outputs/first.md']));
  expect(await session.finish()).toEqual(outcome);
});

test('wrong use is a TypeError, a wrong value a RangeError, and neither takes an id', async () => {
  await using directory = await temporaryDirectory();
  const session = scriptSession(directory, echo);
  const call = (options: unknown, prompt: unknown = 'x') => session.agent(prompt as string, options as AgentOptions);
  for (const [options, message] of [
    [null, /^options: the second argument is an object/],
    [{ modell: 'opus' }, /^modell: there is no such option. Did you mean "model"/],
    [{ processId: 'a' }, /^processId: there is no such option/],
    [{ maxWorkers: 3 }, /^maxWorkers: this option is not allowed here/],
    [{ signal: new AbortController() }, /^signal: an AbortSignal is expected/],
    [{ conversationFrom: 5 }, /^conversationFrom: "5" is neither a result nor an id/],
    [{ data: 'text' }, /^data: "text" is not an object of names and values/],
    [{ data: { call: () => 1 } }, /^data: "call" is neither a string nor a value that JSON can hold/],
    [{ data: { big: 1n } }, /^data: "big"/],
    [{ id: 5 }, /^id: "5" is not a string|^id: 5 is not a string/],
    [{ jsonSchema: z.object({ at: z.date() }) }, /^json-schema: .*Date cannot be represented/],
  ] as const) {
    const error = await call(options).catch((cause: unknown) => cause);
    expect(error, String(message)).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(message);
  }
  await expect(call({}, 42)).rejects.toThrow(TypeError);
  await expect(call({ conversationFrom: 'x' })).rejects.toThrow(
    /^conversation-from: a plain program has no conversation/,
  );
  for (const options of [{ id: '../x' }, { data: { '<b>': 'x' } }, { timeout: -1 }])
    await expect(call(options)).rejects.toThrow(RangeError);
  const twice = await Promise.allSettled([call({ id: 'a' }), call({ id: 'A' })]);
  expect(twice.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  await session.finish();
  await expect(call({})).rejects.toThrow(new TypeError('session: it has finished; make a new one.'));
  expect(() => session.createProcess('x')).toThrow(TypeError);
  const sharded = scriptSession(directory, echo, { shard: '1/2' });
  await expect(sharded.agent('x')).rejects.toThrow(/^shard: calls of agent come one by one/);
  // A fault that prevents every start is not one of a process: it rejects the pending calls and finish().
  const refused = scriptSession(directory, echo, { maxBudgetUsd: 1 });
  await expect(refused.agent('x')).rejects.toThrow(/^max-budget-usd: a plain program does not say what it costs/);
  await expect(refused.finish()).rejects.toThrow(RangeError);
  const unused = scriptSession(directory, echo);
  expect((await unused.finish()).conclusion).toBe('skipped');
  await using left = scriptSession(directory, echo);
  await left[Symbol.asyncDispose]();
  await expect(left.agent('x')).rejects.toThrow(new TypeError('session: it was disposed of; make a new one.'));
  await expect(left.finish()).rejects.toThrow(TypeError);
});

test('a signal cancels one process, whether it runs or waits; leaving the block cancels the rest and writes it down', async () => {
  await using directory = await temporaryDirectory();
  const started = (name: string) => existsSync(directory.join(name));
  const script = 'read -r name; : > "$name"; exec sleep 60';
  let left: OrchestratorSession;
  let others: readonly Promise<ProcessResult>[];
  {
    await using session = scriptSession(directory, script, { maxWorkers: 2 });
    left = session;
    const [running, waiting] = [new AbortController(), new AbortController()];
    const cancelled = session.agent('one\n', { id: 'one', signal: running.signal });
    others = ['two', 'three', 'four'].map((id) => session.agent(`${id}\n`, { id }));
    const skipped = session.agent('five\n', { id: 'five', signal: waiting.signal });
    await waitFor('two to run', () => started('one') && started('two'));
    waiting.abort();
    expect(statusOf(await skipped)).toBe('skipped session-cancelled');
    running.abort();
    expect(statusOf(await cancelled)).toBe('cancelled cancelled');
    await waitFor('the next to run', () => started('three'));
    expect(statusOf(await session.agent('x', { signal: AbortSignal.abort() }))).toBe('skipped session-cancelled');
  }
  expect((await Promise.all(others)).map(statusOf)).toEqual([
    'cancelled cancelled',
    'cancelled cancelled',
    'skipped session-cancelled',
  ]);
  const { results } = JSON.parse(readFileSync(join(left.logDir, 'results.json'), 'utf8'));
  expect(results.map(({ processId }: ProcessResult) => processId)).toEqual([
    'one',
    'two',
    'three',
    'four',
    'five',
    'process_006',
  ]);
});

test('the deadline and stop-on-failure of the session hold for what joins later, too', async () => {
  await using directory = await temporaryDirectory();
  const late = scriptSession(directory, 'exec sleep 60', { totalTimeout: 4 });
  expect(statusOf(await late.agent('x'))).toBe('cancelled deadline');
  expect(statusOf(await late.agent('y'))).toBe('skipped deadline');
  expect((await late.finish()).conclusion).toBe('failure');
  await using dry = scriptSession(directory, echo, { dryRun: true });
  expect(statusOf(await dry.agent('x'))).toBe('skipped dry-run');
  expect((await dry.finish()).conclusion).toBe('skipped');
  await using strict = scriptSession(directory, echo, { stopOnFailure: true });
  expect(statusOf(await strict.agent('fail'))).toBe('failed exit-code');
  expect(statusOf(await strict.agent('x'))).toBe('skipped earlier-failure');
});

test('hundreds of calls are made at once, whatever max-prompts says, and a missing CLI rejects none of them', async () => {
  await using directory = await temporaryDirectory();
  const options = {
    claudePath: directory.join('none'),
    workingDir: directory.path,
    streamOutput: false,
    maxPrompts: 10,
  };
  await using session = new OrchestratorSession('many', options);
  const calls = Array.from({ length: 300 }, (_, index) => session.agent(`Task ${index}`, { data: { index } }));
  const results = await Promise.all(calls);
  expect(new Set(results.map(statusOf))).toEqual(new Set(['failed spawn-error']));
  expect((await session.finish()).totals).toMatchObject({ total: 300, failed: 300 });
});

const page = readDocument('docs/library.md');
const [review = ''] = codeBlocks(page, 'ts');
const [triage = '', patterns = ''] = codeBlocks(page, 'js');

/** Runs a program that imports the library as someone does who has it installed. */
function runProgram(name: string, program: string, directory: TemporaryDirectory) {
  mkdirSync(directory.join('node_modules'), { recursive: true });
  const link = directory.join('node_modules/zod');
  if (!existsSync(link)) symlinkSync(join(root, 'node_modules/zod'), link);
  const file = directory.join(name);
  writeFileSync(file, program.replace("'claude-ensemble'", JSON.stringify(join(root, 'src/index.ts'))));
  const { HOME, PATH } = { HOME: directory.path, PATH: process.env.PATH };
  const env = { HOME, PATH: [join(root, 'node_modules/.bin'), PATH].join(delimiter) };
  return spawnSync(process.execPath, [file], { cwd: directory.path, env, encoding: 'utf8', timeout: 50_000 });
}

test('the programs of docs/library.md run as they are printed, with the real CLI', async () => {
  await using directory = await temporaryDirectory();
  const first = runProgram('review.mts', review, directory);
  expect([first.status, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toMatch(/^process_003: (?:CONFIRMED|PLAUSIBLE|REFUTED)\n(?:.*\n)*tests: succeeded\nSuccess: /);
  const second = runProgram('triage.mjs', triage, directory);
  expect([second.status, second.stderr]).toEqual([0, '']);
  expect(second.stdout).toMatch(/^Success: \d of \d process(?:es)? succeeded/);
});

test('a program that forgets to finish ends by itself, and has its files written', async () => {
  await using directory = await temporaryDirectory();
  const claudePath = JSON.stringify(plainProgram(directory.path, echo));
  const program = `import { OrchestratorSession } from 'claude-ensemble';
    const session = new OrchestratorSession('s', { claudePath: ${claudePath}, totalTimeout: 600, streamOutput: false });
    await session.agent('x');
    console.log(session.logDir);`;
  const { stdout, stderr } = runProgram('forgetful.mjs', program, directory);
  expect(stderr).toBe('');
  const logDir = stdout.split('\n').at(-2) ?? '';
  expect(JSON.parse(readFileSync(join(logDir, 'results.json'), 'utf8')).results).toHaveLength(1);
});

test('the four patterns of the seed, as docs/library.md writes them with agent, give what they promise', async () => {
  await using directory = await temporaryDirectory();
  writeFileSync(directory.join('patterns.mjs'), patterns);
  const own = await import(directory.join('patterns.mjs'));
  await using session = scriptSession(directory, echo, { failOn: 'none' });
  const outputs = (results: readonly ProcessResult[]) => results.map(({ output }) => output);
  expect(outputs(await own.parallel(session, ['a', 'b']))).toEqual(['a', 'b']);
  const sequence = await own.sequential(session, ['c', 'd', 'e fail', 'never']);
  expect(sequence.map(statusOf)).toEqual(['succeeded', 'succeeded', 'failed exit-code']);
  expect(sequence[1].output).toMatch(/<data id="process_003">\nc\n<\/data>\n\nd$/);
  expect(statusOf(await own.fallback(session, ['f fail', 'g', 'never']))).toBe('succeeded');
  expect(statusOf(await own.fallback(session, ['h fail', 'i fail']))).toBe('failed exit-code');
  const batches = await own.batched(session, ['j', 'k', 'l'], 2);
  expect(outputs(batches.slice(0, 2))).toEqual(['j', 'k']);
  expect(batches[2].output).toMatch(/>\nj\n.*>\nk\n.*\n\nl$/s);
});

test('the structured output has the type of its schema', () => {
  const session = undefined as unknown as OrchestratorSession;
  const agent = () => ({
    none: session.agent('x'),
    zod: session.agent('x', {
      jsonSchema: z.object({ severity: z.enum(['low', 'high']), count: z.number().optional() }),
    }),
    json: session.agent('x', {
      jsonSchema: {
        type: 'object',
        properties: {
          severity: { enum: ['low', 'high'] },
          files: { type: 'array', items: { type: 'string' } },
          line: { type: ['integer', 'null'] },
        },
        required: ['severity', 'files'],
      },
    }),
    keyword: session.agent('x', { jsonSchema: 'findings' }),
    path: session.agent('x', { jsonSchema: './schema.json' }),
  });
  type Outputs = {
    readonly [Name in keyof ReturnType<typeof agent>]: Awaited<ReturnType<typeof agent>[Name]>['structuredOutput'];
  };
  expectTypeOf<Outputs['none']>().toBeUnknown();
  expectTypeOf<Outputs['path']>().toBeUnknown();
  expectTypeOf<NonNullable<Outputs['zod']>>().toEqualTypeOf<{ severity: 'low' | 'high'; count?: number | undefined }>();
  expectTypeOf<NonNullable<Outputs['json']>['severity']>().toEqualTypeOf<'low' | 'high'>();
  expectTypeOf<NonNullable<Outputs['json']>['files']>().toEqualTypeOf<readonly string[]>();
  expectTypeOf<NonNullable<Outputs['json']>['line']>().toEqualTypeOf<number | null | undefined>();
  expectTypeOf<NonNullable<Outputs['keyword']>['findings'][number]['severity']>().toEqualTypeOf<
    'important' | 'nit' | 'pre_existing'
  >();
});

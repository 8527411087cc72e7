import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { annotationsOf } from '../rig/evidence.ts';
import { nodeProgram } from '../rig/plain-program.ts';
import { type Job, startJob } from '../rig/runner.ts';
import { readConsole } from '../rig/runner-commands.ts';
import type { StepResult } from '../rig/runner-step.ts';
import { initMessage, resultMessage } from '../rig/stream-messages.ts';

const mebibyte = 1024 * 1024;
const quiet = { offline: 'true', 'upload-logs': 'never' };

let job: Job;
/** The built Action, which at its end notes the seconds of CPU that it took: what else the machine does is not counted. */
let program: string;
/** Seconds of CPU that the refusal of a small fault takes. */
let ordinary: number;
beforeAll(async () => {
  job = await startJob();
  program = join(job.temporary, 'measured.mjs');
  const action = pathToFileURL(join(import.meta.dirname, '../../dist/main/index.js'));
  writeFileSync(
    program,
    `import { writeFileSync } from 'node:fs';
     process.on('exit', () => {
       const { user, system } = process.cpuUsage();
       writeFileSync('${job.temporary}/cpu', String((user + system) / 1e6));
     });
     await import('${action}');`,
  );
  await run({ ...quiet, prompts: '- [' });
  ordinary = seconds();
});
afterAll(() => job[Symbol.asyncDispose]());

function run(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  return job.run({ with: inputs, env, program });
}

/** What the last step took. */
function seconds(): number {
  return Number(readFileSync(join(job.temporary, 'cpu'), 'utf8'));
}

/** Refused within a second more than a small fault takes. */
async function refusedAtOnce(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  const step = await run({ ...quiet, ...inputs });
  expect(step.outputs).toMatchObject({ conclusion: 'failure', 'session-id': '' });
  expect(seconds() - ordinary).toBeLessThan(1);
  expect(step.peakMemoryMiB).toBeLessThan(1024);
  return step;
}

/** Each alias stands for ten of the one before: ten thousand million texts in the end. */
const aliases = Array.from(
  { length: 10 },
  (_, level) => `- &a${level} [${Array(10).fill(level === 0 ? 'x' : `*a${level - 1}`)}]`,
);

const lists: readonly (readonly [name: string, text: () => string])[] = [
  ['aliases of aliases', () => aliases.join('\n')],
  ['an anchor and a merge', () => '- &a {prompt: x}\n- {<<: *a}'],
  ['a tag that makes objects', () => "- !!js/function 'function () {}'"],
  ['brackets in brackets', () => '['.repeat(mebibyte)],
  ['closed brackets in brackets', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['mappings in mappings', () => '{"a":'.repeat(200_000)],
  ['a staircase of mappings', () => Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['sequences in sequences', () => `${'- '.repeat(mebibyte)}x`],
  ['questions', () => '? '.repeat(mebibyte)],
  ['keys of the prototype', () => '[{"__proto__":{"prompt":"x"},"prompt":"y"}]'],
  ['one key a hundred thousand times', () => `- {${'prompt: x, '.repeat(100_000)}}`],
  ['a hundred thousand unknown keys', () => `- {${Array.from({ length: 100_000 }, (_, index) => `k${index}: x`)}}`],
  ['eight million entries', () => '- a\n'.repeat(8 * mebibyte)],
  ['seven million entries of JSON', () => `[${'"a",'.repeat(7 * mebibyte)}"a"]`],
  ['a million documents', () => '--- a\n'.repeat(mebibyte)],
  ['more than 32 MiB', () => `- ${'x'.repeat(32 * mebibyte)}`],
  ['almost 32 MiB of blanks', () => ' '.repeat(31 * mebibyte)],
  ['almost 32 MiB of line feeds', () => '\n'.repeat(31 * mebibyte)],
  ['almost 32 MiB of comments', () => '#\n'.repeat(15 * mebibyte)],
  ['almost 32 MiB in one comment', () => `- a #${'#'.repeat(31 * mebibyte)}\n- [`],
  ['almost 32 MiB in one text', () => `- ${'x'.repeat(31 * mebibyte)}`],
  ['almost 32 MiB in one quote', () => `- "${'x'.repeat(31 * mebibyte)}`],
  ['almost 32 MiB of escapes', () => `- "${'\\u0041'.repeat(5 * mebibyte)}"`],
  ['almost 32 MiB in one block', () => `- |\n${' x\n'.repeat(10 * mebibyte)}`],
  ['almost 32 MiB of tabs', () => `-\t${'\t'.repeat(31 * mebibyte)}`],
  ['almost 32 MiB of directives', () => '%TAG ! x\n'.repeat(3 * mebibyte)],
  ['almost 32 MiB of quotes', () => `- ${'"'.repeat(31 * mebibyte)}`],
  ['almost 32 MiB of colons', () => ': '.repeat(15 * mebibyte)],
  ['almost 32 MiB of a key', () => `- ${'k'.repeat(31 * mebibyte)}: x`],
  ['bytes that are no text', () => '\u0000'.repeat(mebibyte)],
];

test.each(lists)('T17: a list is refused at once that holds %s', async (_, text) => {
  writeFileSync(join(job.workspace, 'list.yml'), text());
  const step = await refusedAtOnce({ 'prompts-file': 'list.yml' });
  for (const message of annotationsOf(step, 'error')) expect(message.length).toBeLessThan(1500);
});

const long = 100_000;
const rounds: readonly Readonly<Record<string, string>>[] = [
  {
    'allowed-tools': '('.repeat(long),
    'disallowed-tools': `${','.repeat(long)}(`,
    'claude-args': '['.repeat(long),
    timeout: '1'.repeat(long),
    'max-workers': '9'.repeat(long),
    'max-budget-usd': `0.${'0'.repeat(long)}1`,
    'fail-on': `${'9'.repeat(long)}%`,
    'json-schema': `{"a":${'['.repeat(long)}`,
    'context-files': 'x\n'.repeat(long / 2),
    'pass-env': 'A-\n'.repeat(long / 3),
  },
  {
    'allowed-tools': 'a(b,'.repeat(long / 4),
    'claude-args': '-p\n'.repeat(long / 3),
    timeout: '1h'.repeat(long / 2),
    settings: '{"a":'.repeat(long / 5),
    mask: 'short\n'.repeat(long / 6),
    model: '-'.repeat(long),
    'artifact-name': '/'.repeat(long),
    pattern: 'parallel'.repeat(long / 8),
    'claude-version': '1.'.repeat(long / 2),
  },
  { 'log-dir': '../'.repeat(long / 3), ['x'.repeat(10_000)]: 'x', 'working-directory': 'a/'.repeat(long / 2) },
];

test.each(
  rounds.map((inputs) => ({
    inputs,
    names: Object.keys(inputs)
      .map((name) => name.slice(0, 20))
      .join(', '),
  })),
)('T17: no value takes long to refuse: $names', async ({ inputs }) => {
  const step = await refusedAtOnce({ prompt: 'x', ...inputs });
  for (const message of annotationsOf(step, 'error')) expect(message.length).toBeLessThanOrEqual(4096);
  const told =
    readConsole(step.printed)
      .commands.map(({ data }) => data)
      .join('\n') + step.printed;
  for (const name of Object.keys(inputs)) expect(told.toLowerCase()).toContain(name.slice(0, 50));
});

test.each(['*a'.repeat(long / 2), `${'{a,b}'.repeat(30)}*`, '**/'.repeat(5000).concat('*.md'), '+(a|aa)+'])(
  'T17: no glob takes long to refuse (%#)',
  async (glob) => {
    const step = await refusedAtOnce({ 'prompts-glob': glob });
    expect(annotationsOf(step, 'error')).toEqual([expect.stringContaining('prompts-glob: ')]);
  },
);

test('T17: a pattern in pass-env takes no time, whatever the names of the variables', async () => {
  const env = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${'A'.repeat(1000)}${index}`, 'x']));
  const path = nodeProgram(job.temporary, 'console.log("done")');
  const inputs = { prompt: 'x', 'claude-path': path, 'upload-logs': 'never', 'pass-env': `${'*A'.repeat(200)}*B` };
  const step = await run(inputs, env);
  expect(step.outputs.conclusion).toBe('success');
  expect(seconds() - ordinary).toBeLessThan(1);
});

test('T17: what a program answers is no weapon either: deep, endless, wrong and hostile messages', async () => {
  const lines = [
    '['.repeat(mebibyte),
    '{"a":'.repeat(200_000),
    `{"type":"assistant","message":${'{"content":['.repeat(50_000)}`,
    `{"type":"assistant","message":{"content":[${'{"type":"text","text":"x"},'.repeat(50_000)}{}]}}`,
    `{"type":"user","message":{"content":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
    '{"type":"result","__proto__":{"is_error":false},"constructor":1}',
    '{"type":{"type":"result"},"subtype":[]}',
    '{"__proto__":{"polluted":true},"type":"system"}',
    `{"type":"system","subtype":"api_retry","retry_delay_ms":1e999,"attempt":-1}`,
    `{"type":"x","n":${'9'.repeat(100_000)}}`,
    `"${'\\u0000'.repeat(100_000)}"`,
  ];
  const result = resultMessage('done', {
    structured_output: JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":1}}'),
    permission_denials: Array.from({ length: 20_000 }, () => ({
      tool_name: '__proto__',
      tool_use_id: 't',
      tool_input: {},
    })),
  });
  const said = join(job.temporary, 'said');
  writeFileSync(said, [JSON.stringify(initMessage()), ...lines, JSON.stringify(result), ''].join('\n'));
  const path = nodeProgram(job.temporary, `require('node:fs').createReadStream('${said}').pipe(process.stdout)`);
  const step = await run({ prompt: 'x', 'claude-path': path, 'upload-logs': 'never' });
  expect(step.outputs).toMatchObject({ conclusion: 'success', output: 'done', 'denied-count': '1' });
  expect(JSON.parse(step.outputs.results ?? '')).toHaveLength(1);
  expect(seconds() - ordinary).toBeLessThan(2);
});

test('T17: a thousand masks, and what looks like them without an end, do not slow a session down', async () => {
  const mask = Array.from({ length: 1000 }, (_, index) => `${'a'.repeat(9)}${index}b`).join('\n');
  const script = `for (let n = 0; n < 100; n += 1) process.stdout.write('a'.repeat(9999) + '\\n');`;
  const inputs = { prompt: 'x', mask, 'claude-path': nodeProgram(job.temporary, script), 'upload-logs': 'never' };
  const step = await run(inputs);
  expect(step.outputs.conclusion).toBe('success');
  expect(seconds() - ordinary).toBeLessThan(5);
});

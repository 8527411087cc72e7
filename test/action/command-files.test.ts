import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCommandFiles } from '../../src/frontends/action/command-files.ts';
import { readKeyValues } from '../rig/command-file.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const names = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'GITHUB_ARTIFACTS'];

/** A report without a message. */
const nothing = { restored: [], warnings: [], errors: [] };

async function step() {
  const directory = await temporaryDirectory();
  const paths = Object.fromEntries(names.map((name) => [name, join(directory.path, name.toLowerCase())]));
  for (const path of Object.values(paths)) writeFileSync(path, '');
  const {
    GITHUB_ENV: env = '',
    GITHUB_OUTPUT: output = '',
    GITHUB_STATE: state = '',
    GITHUB_STEP_SUMMARY: summary = '',
  } = paths;
  return {
    environment: paths,
    env,
    output,
    state,
    summary,
    directory,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

test('every value of an output comes back byte for byte', async () => {
  await using files = await step();
  const texts = fc.dictionary(
    fc.stringMatching(/^[a-z][a-z-]{0,9}$/),
    fc.string({ unit: fc.constantFrom('a', '\n', '\r', '=', '<<', '😀', '\0') }),
  );
  fc.assert(
    fc.property(texts, (values) => {
      writeFileSync(files.output, '');
      openCommandFiles(files.environment).setOutputs(values);
      expect(readKeyValues(files.output)).toEqual({ ...values });
    }),
  );
});

test('a value that looks like the end of itself and the beginning of another output sets none', async () => {
  await using files = await step();
  const runnerFiles = openCommandFiles(files.environment);
  runnerFiles.setOutputs({ one: 'x' });
  const delimiter = readFileSync(files.output, 'utf8').split('\n')[2];
  const value = `text\n${delimiter}\ntwo<<EOF\nforged\nEOF\nend_\n`;
  runnerFiles.setOutputs({ one: value });
  expect(readKeyValues(files.output)).toEqual({ one: value });
});

test('what an honest step wrote is left as it is, and nothing is reported', async () => {
  await using files = await step();
  const runnerFiles = openCommandFiles(files.environment);
  runnerFiles.saveState({ directory: '/a' });
  runnerFiles.saveState({ directory: '/b' });
  runnerFiles.writeSummary('# Done');
  expect(runnerFiles.settle()).toEqual(nothing);
  expect(readKeyValues(files.state)).toEqual({ directory: '/b' });
  expect(readFileSync(files.summary, 'utf8')).toBe('# Done\n');
});

test('what the files held when the step began is kept', async () => {
  await using files = await step();
  writeFileSync(files.env, 'EARLIER=1\n');
  const runnerFiles = openCommandFiles(files.environment);
  appendFileSync(files.env, 'NODE_OPTIONS=--require=./evil.js\n');
  expect(runnerFiles.settle()).toEqual({ ...nothing, restored: [expect.stringContaining('GITHUB_ENV')] });
  expect(readFileSync(files.env, 'utf8')).toBe('EARLIER=1\n');
});

test.each<[string, (path: string) => void]>([
  ['appends to', (path) => appendFileSync(path, 'conclusion=success\n')],
  ['rewrites', (path) => writeFileSync(path, 'conclusion=success\n')],
  ['removes', (path) => rmSync(path)],
  ['replaces by a link', (path) => execFileSync('ln', ['-sf', '/etc/hostname', path])],
  ['replaces by a pipe', (path) => execFileSync('sh', ['-c', 'rm "$0" && mkfifo "$0"', path])],
  ['replaces by a directory', (path) => execFileSync('sh', ['-c', 'rm "$0" && mkdir "$0" && touch "$0/x"', path])],
])('an agent that %s the outputs changes none of them, and it is reported', async (_, tamper) => {
  await using files = await step();
  const runnerFiles = openCommandFiles(files.environment);
  tamper(files.output);
  runnerFiles.setOutputs({ conclusion: 'failure' });
  tamper(files.output);
  expect(runnerFiles.settle()).toEqual({ ...nothing, restored: [expect.stringContaining('GITHUB_OUTPUT')] });
  expect(runnerFiles.settle()).toEqual(nothing);
  expect(readKeyValues(files.output)).toEqual({ conclusion: 'failure' });
});

test('a file that an agent linked elsewhere or holds open is no longer the one that the runner reads', async () => {
  await using files = await step();
  const runnerFiles = openCommandFiles(files.environment);
  const link = join(files.directory.path, 'link');
  linkSync(files.output, link);
  appendFileSync(link, 'x=1\n');
  runnerFiles.setOutputs({ a: 'b' });
  runnerFiles.settle();
  appendFileSync(link, 'x=2\n');
  expect(readKeyValues(files.output)).toEqual({ a: 'b' });
});

test('an output file that cannot be written is an error, not the end of the step, and nothing is made for it', async () => {
  await using files = await step();
  const output = join(files.directory.path, 'gone', 'output');
  const runnerFiles = openCommandFiles({ GITHUB_OUTPUT: output });
  runnerFiles.setOutputs({ a: 'b' });
  runnerFiles.writeSummary('no file for it');
  const error = expect.stringMatching(/GITHUB_OUTPUT file could not be written, so the outputs .* missing: ENOENT/);
  for (const _ of ['first', 'second']) expect(runnerFiles.settle()).toEqual({ ...nothing, errors: [error] });
  expect(existsSync(output)).toBe(false);
});

test('a step that is given no file for its outputs says so once, as an error', () => {
  for (const environment of [{}, { GITHUB_OUTPUT: '' }]) {
    const files = openCommandFiles(environment);
    files.setOutputs({ verdict: 'x' });
    expect(files.settle()).toEqual({
      restored: [],
      warnings: [],
      errors: [expect.stringMatching(/^GITHUB_OUTPUT names no file/)],
    });
    expect(files.settle().errors).toEqual([]);
  }
});

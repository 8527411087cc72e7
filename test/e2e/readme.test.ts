import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { codeBlocks, readDocument, sectionOf } from '../rig/markdown.ts';
import { startJob } from '../rig/runner.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';
import { ensembleStep, inputsOf, type WorkflowStep, workflowFaults } from '../rig/workflow.ts';

const root = join(import.meta.dirname, '../..');
const readme = readDocument('README.md');
const withoutKey = { secrets: { ANTHROPIC_API_KEY: '' } };

/** Runs a program of Node as someone does who has the package and the Claude CLI installed. */
function runNode(args: readonly string[], { path, join: inside }: TemporaryDirectory) {
  mkdirSync(inside('node_modules'));
  symlinkSync(root, inside('node_modules', 'claude-ensemble'));
  const env = { HOME: path, PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) };
  return spawnSync(process.execPath, args, { cwd: path, env, encoding: 'utf8' });
}

const [workflow = ''] = codeBlocks(sectionOf(readme, 'A workflow'), 'yaml');

test("the workflow that the README begins with passes GitHub's validator and runs", async () => {
  expect(await workflowFaults(workflow)).toEqual([]);
  await using job = await startJob();
  const inputs = inputsOf(ensembleStep(parse(workflow)), withoutKey);
  const step = await job.run({ with: { ...inputs, offline: 'true', 'upload-logs': 'never' } });
  expect([step.exitCode, step.outputs.conclusion, step.outputs['succeeded-count']]).toEqual([0, 'success', '2']);
});

test('without a key and without offline the same workflow fails, and says what is missing', async () => {
  await using job = await startJob();
  const step = await job.run({ with: inputsOf(ensembleStep(parse(workflow)), withoutKey) });
  expect([step.exitCode, step.outputs.conclusion]).toEqual([1, 'failure']);
  expect(step.outputs.verdict).toContain('there are no credentials for Claude');
});

test('the program of the README runs as it is printed', async () => {
  const [program = ''] = codeBlocks(sectionOf(readme, 'Library'), 'ts');
  await using directory = await temporaryDirectory();
  writeFileSync(directory.join('quick-start.mts'), program);
  const { status, stdout, stderr } = runNode(['quick-start.mts'], directory);
  expect([status, stderr]).toEqual([0, '']);
  const [security, tests, , passedOn, logs] = stdout.split('\n');
  expect(security).toMatch(/^security 0 succeeded {2}\d+\.\d s$/);
  expect(tests).toMatch(/^tests 0 succeeded {2}\d+\.\d s$/);
  expect(passedOn).toMatch(/^It came with the data block "process_\d+" of \d+ characters\.$/);
  expect(logs).toBe(`Logs: ${directory.join('.claude/runtime/logs')}/${logs?.split('/').at(-1)}`);
});

test('the command of the README runs as it is printed', async () => {
  const line = /`npx claude-ensemble (run --offline .*?)`/.exec(readme.text)?.[1] ?? '';
  const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
  await using directory = await temporaryDirectory();
  const { status, stdout, stderr } = runNode([join(root, 'build/cli/claude-ensemble.js'), ...args], directory);
  expect([status, stderr]).toEqual([0, expect.stringMatching(/Success: 2 of 2 processes succeeded.*\n$/)]);
  expect(stdout.match(/^==> process_00\d <==$/gm)).toHaveLength(2);
});

test('the directives that docs/offline.md shows do what it says', async () => {
  const [block = ''] = codeBlocks(readDocument('docs/offline.md'), 'yaml');
  const [shown] = parse(block) as readonly [WorkflowStep];
  await using job = await startJob();
  const step = await job.run({ with: { ...inputsOf(shown, {}), 'upload-logs': 'never' } });
  expect([step.exitCode, step.outputs.conclusion]).toEqual([0, 'success']);
  expect(JSON.parse(step.outputs.results ?? '')).toMatchObject([
    { id: 'fine', status: 'succeeded', output: 'All is well.' },
    { id: 'overloaded-once', status: 'succeeded', attempts: 2, output: 'It went well at the second attempt.' },
    { id: 'refused', status: 'failed', reason: 'auth' },
  ]);
});

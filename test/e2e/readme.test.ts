import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
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
  const lines = stdout.trimEnd().split('\n');
  const logs = lines.at(-1);
  expect(lines).toContainEqual(expect.stringMatching(/^security \(\d+\.\d s\): \S/));
  expect(lines).toContainEqual(expect.stringMatching(/^tests \(\d+\.\d s\): \S/));
  expect(lines).toContainEqual(
    expect.stringMatching(/^It came with the data block "process_\d+" of \d+ characters\.$/),
  );
  expect(logs).toBe(`Logs: ${directory.join('.claude/runtime/logs')}/${logs?.split('/').at(-1)}`);
});

/** What the lines of the README expect to find, and what they leave behind. */
const commandFiles = {
  'prompt.md': 'Explain it.\n',
  'reviews.yml': '- id: security\n  prompt: Review it for security.\n- id: tests\n  prompt: Say what no test covers.\n',
  'prompts/one.md': 'One.',
  'src/a.ts': 'export {};\n',
  'src/b.ts': 'export {};\n',
};
const [commandBlock = ''] = codeBlocks(sectionOf(readme, 'Command'), 'sh');
const commandLines = commandBlock.trim().split('\n');

test.each(commandLines.filter((line) => !line.endsWith(' demo')))(
  'the README shows a command that works: %s',
  async (line) => {
    await using directory = await temporaryDirectory();
    for (const folder of ['bin', 'prompts', 'src']) mkdirSync(directory.join(folder));
    for (const [name, text] of Object.entries(commandFiles)) writeFileSync(directory.join(name), text);
    const command = `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'build/bundle/claude-ensemble.js')}' "$@" --offline\n`;
    writeFileSync(directory.join('bin/claude-ensemble'), command, { mode: 0o755 });
    const path = [directory.join('bin'), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
    const repository =
      'git init -q && git add src && git -c user.name=x -c user.email=x@x commit -qm x && echo x >> src/a.ts';
    const { status, stdout, stderr } = spawnSync('sh', ['-c', `${repository} && ${line}`], {
      cwd: directory.path,
      env: { HOME: directory.path, PATH: path },
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/Success: (\d) of \1 process(es)? succeeded.*\n$/);
    const [, file] = /> (\S+)$/.exec(line) ?? [];
    const printed = file === undefined ? stdout : readFileSync(directory.join(file), 'utf8');
    expect(printed).toContain('This answer is from the offline stand-in');
  },
);

test('the directives that docs/offline.md shows do what it says', async () => {
  const [block = ''] = codeBlocks(readDocument('docs/offline.md'), 'yaml');
  const [shown] = parse(block) as readonly [WorkflowStep];
  await using job = await startJob();
  const step = await job.run({ with: { ...inputsOf(shown, {}), 'upload-logs': 'never' } });
  expect([step.exitCode, step.outputs.conclusion]).toEqual([0, 'success']);
  expect(JSON.parse(step.outputs.results ?? '')).toMatchObject([
    { id: 'fine', status: 'succeeded', output: 'All is well.' },
    { id: 'overloaded-once', status: 'succeeded', attempts: 2, output: 'It went well at the second attempt.' },
    { id: 'refused', status: 'failed', reason: 'invalid-request' },
  ]);
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { codeBlocks, type MarkdownDocument, readDocument, sectionOf } from '../rig/markdown.ts';
import { startJob } from '../rig/runner.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';
import { ensembleStep, inputsOf, publishedAction, type WorkflowStep } from '../rig/workflow.ts';
import { workflowFaults } from '../rig/workflow-faults.ts';

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

const [workflow = '', trial = ''] = codeBlocks(sectionOf(readme, 'A workflow'), 'yaml');
const offline = { offline: 'true', 'upload-logs': 'never' };

/** What GitHub's validator says when it knows the Action. */
function faultsOf(text: string): ReturnType<typeof workflowFaults> {
  return workflowFaults(text.replaceAll(/uses: \.\/(?:\.claude-ensemble)?$/gm, `uses: ${publishedAction}`));
}

test("the workflow that the README begins with passes GitHub's validator and runs", async () => {
  expect(await faultsOf(workflow)).toEqual([]);
  await using job = await startJob();
  const inputs = inputsOf(ensembleStep(parse(workflow)), withoutKey);
  const step = await job.run({ with: { ...inputs, ...offline } });
  expect([step.exitCode, step.outputs.conclusion, step.outputs['succeeded-count']]).toEqual([0, 'success', '2']);
});

test('the one for trying it is green without a key, and shows a failure', async () => {
  expect(await faultsOf(trial)).toEqual([]);
  await using job = await startJob();
  const step = await job.run({ with: { ...inputsOf(ensembleStep(parse(trial)), {}), 'upload-logs': 'never' } });
  expect([step.exitCode, step.outputs['succeeded-count'], step.outputs['failed-count']]).toEqual([0, '1', '1']);
});

const uses = codeBlocks(sectionOf(readme, 'Three uses'), 'yaml').map((block) => [block.split('\n')[0], block]);

test.each(uses)('the use that begins with "%s" runs', async (_, block = '') => {
  await using job = await startJob({ checkout: { 'pull-request.diff': '+x', '.github/analyses/a.md': 'Look.' } });
  const inputs = Object.entries(parse(block)).map(([name, value]) => [name, String(value)]);
  const step = await job.run({ with: { ...Object.fromEntries(inputs), ...offline } });
  expect([step.exitCode, step.outputs.conclusion], step.printed).toEqual([0, 'success']);
});

const guides = ['providers', 'runners', 'migration'].map((name) => readDocument(`docs/${name}.md`));
const snippets = guides.flatMap((document) => codeBlocks(document, 'yaml')).filter((block) => block.includes('uses: '));

test.each(snippets)("GitHub's validator finds no fault in a snippet of a guide: %s", async (block) => {
  const document = parse(block);
  const job = Array.isArray(document) ? { steps: document } : document;
  const whole = { on: 'push', jobs: { a: { 'runs-on': 'ubuntu-latest', ...job } } };
  // What it says of actions of others is not ours to mend: it does not know them here.
  expect(await workflowFaults(stringify(whole))).toEqual([]);
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
const linesIn = (document: MarkdownDocument): readonly string[] =>
  (codeBlocks(document, 'sh')[0] ?? '').trim().split('\n');
const commandLines = linesIn(readDocument('docs/command.md'));

test('the README shows some of the commands of docs/command.md', () => {
  expect(commandLines).toEqual(expect.arrayContaining([...linesIn(sectionOf(readme, 'Command'))]));
});

test.each(commandLines.filter((line) => !line.endsWith(' demo')))(
  'docs/command.md shows a command that works: %s',
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

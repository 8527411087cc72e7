import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { foreignInputsWarning, readInputs, readJob, secretInputs } from '../../src/frontends/action/inputs.ts';
import { refusal } from '../../src/frontends/action/refusal.ts';
import { plainRedactor } from '../rig/attempt.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

test('inputs get their names back, and empty ones count as not given', () => {
  const environment = {
    'INPUT_MAX-WORKERS': '8',
    'INPUT_FAIL-ON': '',
    INPUT_PROMPTS: '- a\n- b\n',
    'INPUT_MAX-WORKER': '3',
    INPUT_MAX_WORKERS: '4',
    INPUT_: 'x',
    INPUT_MATRIX: '{"os":"linux"}',
    PATH: '/bin',
  };
  expect(readInputs(environment)).toEqual({
    options: { 'max-workers': '8', prompts: '- a\n- b\n', 'max-worker': '3', max_workers: '4' },
    matrix: '{"os":"linux"}',
    foreign: [],
  });
});

test("a job's own INPUT_FOO is no input of ours, but a mistyped input stays one and is refused later", () => {
  const inputs = readInputs({
    INPUT_FOO: 'x',
    INPUT_MY_FILE: 'y',
    'INPUT_QQQ-Q': 'z',
    INPUT_PROMTS: '- a',
    INPUT_MAX_WORKER: '8',
  });
  expect(inputs.options).toEqual({ 'qqq-q': 'z', promts: '- a', max_worker: '8' });
  expect(foreignInputsWarning(inputs)).toMatch(/^INPUT_FOO, INPUT_MY_FILE: there is no such input; ignored/);
  expect(foreignInputsWarning(readInputs({ INPUT_PROMPT: 'x' }))).toBeUndefined();
});

test('credentials, tokens and masks are secrets line by line, but for lines that would mask half of the log', () => {
  const options = {
    'anthropic-api-key': 'sk-ant-api03-example',
    'github-token': 'ghs_0123456789',
    mask: 'hunter2-hunter2\r\n\n  e  \nanother-secret',
    model: 'not-a-secret-at-all',
  };
  expect(secretInputs({ options, matrix: '', foreign: [] }).sort()).toEqual(
    ['another-secret', 'ghs_0123456789', 'hunter2-hunter2', 'sk-ant-api03-example'].sort(),
  );
});

test('the job says where the checkout, the temporary directory and the tools are', () => {
  const job = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: '/w', RUNNER_TEMP: '/t', RUNNER_TOOL_CACHE: '/c' };
  expect(readJob(job)).toEqual({
    kind: 'job',
    workspace: '/w',
    temporary: '/t',
    toolCache: '/c',
    logDirectory: '/t/claude-ensemble',
    title: 'Claude Ensemble',
  });
  expect(readJob({ ...job, RUNNER_TOOL_CACHE: '' })).toMatchObject({ toolCache: '/t' });
});

test('what is shown of a session is headed by the id of the step, if it was given one, else by the job', () => {
  const job = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: '/w', RUNNER_TEMP: '/t', GITHUB_JOB: 'lint' };
  expect(readJob({ ...job, GITHUB_ACTION: 'review' })).toMatchObject({ title: 'review' });
  for (const GITHUB_ACTION of ['__run', '__owner_claude-ensemble_2', '3', ''])
    expect(readJob({ ...job, GITHUB_ACTION })).toMatchObject({ title: 'lint' });
});

test.each(['GITHUB_ACTIONS', 'GITHUB_WORKSPACE', 'RUNNER_TEMP'])(
  'without %s this is no job, and the fault says what to use',
  (name) => {
    const job = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: '/w', RUNNER_TEMP: '/t', [name]: undefined };
    expect(readJob(job)).toEqual({
      kind: 'none',
      fault: expect.stringMatching(/inside GitHub Actions only.*npx claude-ensemble/),
    });
  },
);

test('files that are missing in an empty workspace are said to need a checkout', async () => {
  await using directory = await temporaryDirectory();
  const files = {
    saveState: () => undefined,
    setOutputs: () => undefined,
    settle: () => ({ restored: [], warnings: [], errors: [] }),
    writeSummary: () => undefined,
  };
  const interrupts = { interrupt: new AbortController().signal } as Parameters<typeof refusal>[1]['interrupts'];
  const refused = (faults: readonly string[], workspace = directory.path) =>
    refusal(faults, { files, interrupts, redactor: plainRedactor, environment: { GITHUB_WORKSPACE: workspace } });
  const told = (fault: string) => refused([fault]).verdict;
  const missing = `prompts-file: "a.yml" does not exist; it was looked for at ${directory.join('a.yml')}.`;
  expect(told(missing)).toMatch(/a\.yml\. The workspace is empty: .*actions\/checkout/);
  const unmatched = `prompts-glob: "*.md" matches no file below ${directory.path}.`;
  expect(told(unmatched)).toContain('actions/checkout');
  expect(told('claude-path: "/nope" does not exist.')).not.toContain('empty');
  expect(told(`log-directory: ${directory.path} is a file.`)).not.toContain('empty');
  // Once is enough.
  const { faults = [] } = refused(['trust: no.', unmatched, missing]);
  expect(faults.map((fault) => fault.includes('actions/checkout'))).toEqual([false, true, false]);
  const gone = directory.join('gone');
  expect(
    refused([`prompts-file: "a.yml" does not exist; it was looked for at ${gone}/a.yml.`], gone).verdict,
  ).not.toContain('empty');
  await writeFile(directory.join('README.md'), '');
  expect(told(missing)).not.toContain('empty');
});

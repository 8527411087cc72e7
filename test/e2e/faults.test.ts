import { existsSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outputTable } from '../../src/frontends/action/outputs.ts';
import { startArtifactService } from '../rig/artifact-service.ts';
import { eventPayload } from '../rig/event-payload.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { promptList } from '../rig/prompt-list.ts';
import { startJob } from '../rig/runner.ts';
import type { StepResult } from '../rig/runner-step.ts';

const quiet = { offline: 'true', 'upload-logs': 'never' };

function expectEveryOutput(step: StepResult): void {
  expect(Object.keys(step.outputs).sort()).toEqual(Object.keys(outputTable).sort());
  for (const name of ['results', 'outputs', 'structured-output', 'failed-ids']) JSON.parse(step.outputs[name] ?? '');
}

test('every fault of a wrong configuration is said at once, nothing starts, and every output is set', async () => {
  await using job = await startJob();
  const step = await job.run({
    with: { pattern: 'paralel', 'max-worker': '8', timeout: 'soon', prompt: 'a', prompts: '- b', offline: 'true' },
  });
  expect(step.exitCode).toBe(1);
  expect(annotationsOf(step, 'error')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^pattern: "paralel" is not one of .*Did you mean "parallel"\?/),
      expect.stringMatching(/^max-worker: .*max-workers/),
      expect.stringMatching(/^timeout: "soon"/),
      expect.stringMatching(/prompt/),
    ]),
  );
  expectEveryOutput(step);
  expect(step.outputs).toMatchObject({ conclusion: 'failure', results: '[]', outputs: '{}', 'session-id': '' });
  expect(step.outputs.verdict).toMatch(/^Nothing was started: 4 faults\. The first: /);
});

test('what is wrong around a refused session is said with what is wrong in its options, and both are in the summary', async () => {
  await using job = await startJob();
  const wrong = { prompt: 'x', 'max-worker': '8' };
  const plain = await job.run({ with: { ...wrong, 'claude-path': '/nope' } });
  expect(annotationsOf(plain, 'error')).toEqual([
    'Nothing was started: 2 faults.',
    expect.stringMatching(/^max-worker: /),
    expect.stringMatching(/^claude-path: "\/nope" does not exist/),
  ]);
  expect(plain.summary).toMatch(/^### ❌ review: failure\n/);
  expect(plain.summary).toContain('claude-path');

  const withoutKey = await job.run({ with: { ...wrong, 'job-summary': 'false' } });
  expect(annotationsOf(withoutKey, 'error').at(-1)).toMatch(/no credentials for Claude/);
  expect(withoutKey.summary).toBe('');
});

test('nothing of what is installed later, or hangs on a wrong option, is called a fault', async () => {
  await using job = await startJob({ env: { PATH: '/usr/bin:/bin' } });
  const step = await job.run({ with: { prompt: 'x', 'max-worker': '8', offline: 'maybe' } });
  expect(annotationsOf(step, 'error').slice(1)).toEqual([
    expect.stringMatching(/^max-worker: /),
    expect.stringMatching(/^offline: "maybe"/),
  ]);
  expect(step.printed).not.toContain('Installing');
});

test('a refused session runs no program of a checkout that it does not trust', async () => {
  await using job = await startJob({ event: { name: 'pull_request', payload: eventPayload('pull-request-fork') } });
  const program = `${job.workspace}/program`;
  writeFileSync(program, `#!/bin/sh\ntouch ${job.temporary}/ran\n`, { mode: 0o755 });
  const step = await job.run({ with: { prompt: 'x', 'claude-path': program } });
  expect(step.outputs.verdict).toMatch(/^Nothing was started: claude-path: .* lies in the checkout/);
  expect(existsSync(`${job.temporary}/ran`)).toBe(false);
});

test('with a dozen faults the verdict is still among the annotations that GitHub shows', async () => {
  await using job = await startJob();
  const names = Array.from({ length: 12 }, (_, index) => [`no-such-input-${index}`, 'x']);
  const step = await job.run({ with: { ...Object.fromEntries(names), prompt: 'x', offline: 'true' } });
  expect(annotationsOf(step, 'error')).toHaveLength(10);
  expect(annotationsOf(step, 'error')[0]).toBe('Nothing was started: 12 faults.');
  expect(step.outputs.verdict).toBe(
    'Nothing was started: 12 faults. The first: no-such-input-0: there is no such option.',
  );
  expect(step.printed.split('no-such-input-0:')).toHaveLength(2);
  expect(step.summary.match(/<li>/g)).toHaveLength(12);
});

test('what is legal and probably not meant is said, and a plan that cannot fit is a warning', async () => {
  await using job = await startJob();
  const step = await job.run({
    with: { prompt: 'offline: reply a', 'batch-size': '2', 'total-timeout': '10m', ...quiet },
  });
  expect(step.printed).toContain('batch-size has no effect with pattern parallel');
  expect(annotationsOf(step, 'warning')).toEqual([expect.stringMatching(/^total-timeout is 10m/)]);
  expect(step.summary).toContain('total-timeout is 10m');
});

test('without a place for its logs a session still has its summary, and names no directory', async () => {
  await using job = await startJob();
  // No file system takes such a name.
  const step = await job.run({ with: { prompt: 'offline: reply Fine.', offline: 'true', 'log-dir': 'x'.repeat(300) } });
  expect(step).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success', 'session-dir': '', 'outputs-dir': '' } });
  expect(step.outputs['session-id']).not.toBe('');
  expect(step.summary).toContain('Fine.');
  expect(annotationsOf(step, 'warning')).toEqual([expect.stringContaining('xxx')]);
});

test('a wrong configuration shows no secret', async () => {
  await using job = await startJob();
  const secret = 'sk-ant-api03-with a blank-0123456789';
  const long = `a-masked-value-${'0123456789'.repeat(7)}`;
  const step = await job.run({
    with: { prompt: 'x', 'anthropic-api-key': secret, pattern: secret, mask: long, timeout: long },
  });
  const printed = step.printed.replaceAll(/::add-mask::.*/g, '');
  expect(printed + JSON.stringify(step.outputs)).not.toContain(secret);
  expect(printed + JSON.stringify(step.outputs) + step.summary).not.toContain('a-masked');
  expect(step.commands).toContainEqual({ name: 'add-mask', properties: {}, data: secret });
});

test('without credentials the step fails, and on a pull request from a fork it says why', async () => {
  await using job = await startJob();
  expect(annotationsOf(await job.run({ with: { prompt: 'x' } }), 'error')).toContainEqual(
    expect.stringMatching(/no credentials/),
  );
  await using fork = await startJob({ event: { name: 'pull_request', payload: eventPayload('pull-request-fork') } });
  const step = await fork.run({ with: { prompt: 'x' } });
  expect(step.outputs.trust).toBe('untrusted');
  expect(annotationsOf(step, 'error')).toContainEqual(expect.stringMatching(/on-missing-credentials/));
});

test('without credentials a pull request from a fork may pass: a notice, a green step, skipped', async () => {
  await using job = await startJob({ event: { name: 'pull_request', payload: eventPayload('pull-request-fork') } });
  const step = await job.run({ with: { prompt: 'x', 'on-missing-credentials': 'skip', 'upload-logs': 'never' } });
  expect(step).toMatchObject({ exitCode: 0, outputs: { conclusion: 'skipped', 'skipped-count': '1' } });
  expect(annotationsOf(step, 'notice')).toEqual([expect.stringMatching(/^Skipped/)]);

  await using own = await startJob();
  expect((await own.run({ with: { prompt: 'x', 'on-missing-credentials': 'skip' } })).exitCode).toBe(1);
});

test('outside GitHub Actions the program says what to use instead', async () => {
  await using job = await startJob({ env: { GITHUB_ACTIONS: undefined } });
  const step = await job.run({ with: { prompt: 'x' } });
  expect(step.exitCode).toBe(1);
  expect(annotationsOf(step, 'error')).toContainEqual(expect.stringContaining('npx claude-ensemble'));
  expectEveryOutput(step);
});

test.each([
  ['any', 1, 'failure'],
  ['2', 0, 'success'],
  ['50%', 1, 'failure'],
  ['all', 0, 'success'],
  ['none', 0, 'success'],
] as const)('fail-on: %s with one of two failed ends with %d and %s', async (failOn, exitCode, conclusion) => {
  await using job = await startJob();
  const step = await job.run({
    with: {
      prompts: promptList({ good: 'offline: reply Fine.', bad: 'offline: error 400' }),
      'fail-on': failOn,
      offline: 'true',
      'upload-logs': 'never',
    },
  });
  expect(step).toMatchObject({ exitCode, outputs: { conclusion, 'failed-count': '1', 'failed-ids': '["bad"]' } });
  expect(annotationsOf(step, 'error').slice(0, 1)).toEqual(exitCode === 1 ? [step.outputs.verdict] : []);
});

test('logs are uploaded on failure only, when that is asked for', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const options = { offline: 'true', 'upload-logs': 'on-failure' };
  await job.run({ with: { ...options, prompt: 'offline: reply Fine.' } });
  expect(service.artifacts).toHaveLength(0);
  await job.run({ with: { ...options, prompt: 'offline: error 400' } });
  expect(service.artifacts).toHaveLength(1);
});

test('a dry run shows the plan and starts nothing', async () => {
  await using job = await startJob();
  const step = await job.run({ with: { prompt: 'x', 'dry-run': 'true', offline: 'true', 'upload-logs': 'never' } });
  expect(step).toMatchObject({ exitCode: 0, outputs: { conclusion: 'skipped' } });
  expect(step.printed).not.toContain(': started');
  expect(step.printed).toContain('Estimate: 1 process; models');
});

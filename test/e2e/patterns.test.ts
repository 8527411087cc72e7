import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startArtifactService } from '../rig/artifact-service.ts';
import { promptList } from '../rig/prompt-list.ts';
import { startJob } from '../rig/runner.ts';

// The built Action with the real Claude CLI; only the model and GitHub's artifact service are stand-ins.

test('parallel: every process answers, and its logs arrive in one artifact', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const prompts = promptList({
    security: 'offline: reply No holes.',
    style: 'offline: reply Tabs, mostly.',
    tests: 'offline: reply Three are missing.',
  });
  const step = await job.run({ with: { prompts, offline: 'true' } });

  expect(step).toMatchObject({ exitCode: 0, survivors: [], otherFiles: '' });
  expect(step.outputs).toMatchObject({
    conclusion: 'success',
    output: '',
    'total-count': '3',
    'succeeded-count': '3',
    'failed-ids': '[]',
    trust: 'trusted',
  });
  const results = JSON.parse(step.outputs.results ?? '');
  expect(results.map(({ id, status, output }: Record<string, string>) => [id, status, output])).toEqual([
    ['security', 'succeeded', 'No holes.'],
    ['style', 'succeeded', 'Tabs, mostly.'],
    ['tests', 'succeeded', 'Three are missing.'],
  ]);
  expect(step.summary).toContain('security');

  const [artifact] = service.artifacts;
  expect(step.outputs).toMatchObject({
    'artifact-id': artifact?.id,
    'artifact-name': expect.stringMatching(/^claude-ensemble-review-[0-9a-f]{10}-1-/),
    'artifact-url': `https://github.com/octo-org/monorepo/actions/runs/42/artifacts/${artifact?.id}`,
  });
  // The report once more, as a page that a browser opens, and the summary leads there.
  const [page] = service.pages;
  expect(page).toMatchObject({
    name: `${artifact?.name}.html`,
    type: 'text/html',
    text: expect.stringContaining('Tabs, mostly.'),
  });
  expect(step.outputs['report-url']).toBe(`https://github.com/octo-org/monorepo/actions/runs/42/artifacts/${page?.id}`);
  expect(step.summary).toContain(`<a href="${step.outputs['report-url']}">Open the report</a>`);
  expect(step.summary).toMatch(new RegExp(`<a href="${step.outputs['artifact-url']}">Download all logs</a> \\(\\d+`));
  const logs = service.download(artifact?.name ?? '');
  const perProcess = ['security', 'style', 'tests'].flatMap((id) => [
    `${id}.log`,
    `${id}.jsonl`,
    `${id}.prompt.md`,
    `outputs/${id}.md`,
  ]);
  const documents = ['manifest.json', 'report.html', 'results.json', 'summary.md'];
  const whole = [...documents, 'events.jsonl', 'session.log'];
  expect([...logs.keys()].sort()).toEqual([...perProcess, ...whole].sort());
  expect(String(logs.get('security.log'))).toContain('No holes.');
  expect(String(logs.get('outputs/style.md'))).toContain('Tabs, mostly.');
});

test('sequential: the last output is the output, and what came before was passed on to it as data', async () => {
  await using job = await startJob();
  const step = await job.run({
    with: {
      pattern: 'sequential',
      'pass-output': 'true',
      prompts: promptList({ first: 'offline: reply The parser is slow.', second: 'Decide what to do.' }),
      offline: 'true',
      'upload-logs': 'never',
    },
  });
  expect(step).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success' } });
  expect(step.outputs.output).toContain('begins with: Decide what to do.');
  expect(step.outputs.output).toContain('data block "first" of 19 characters');
});

test('fallback: the first success wins, and the rest are skipped', async () => {
  await using job = await startJob();
  const step = await job.run({
    with: {
      pattern: 'fallback',
      prompts: promptList({
        bold: 'offline: error 400',
        careful: 'offline: reply Done.',
        spare: 'offline: reply Never.',
      }),
      offline: 'true',
      'upload-logs': 'never',
    },
  });
  expect(step).toMatchObject({
    exitCode: 0,
    outputs: { conclusion: 'success', 'winner-id': 'careful', output: 'Done.' },
  });
  const results = JSON.parse(step.outputs.results ?? '');
  expect(results.map(({ status }: { status: string }) => status)).toEqual(['failed', 'succeeded', 'skipped']);
  // The failed processes of a fallback with a winner are not to be run again.
  expect(JSON.parse(step.outputs['failed-ids'] ?? '')).toEqual([]);
});

test('batch: every batch runs, and an output for each process is in outputs', async () => {
  await using job = await startJob();
  const prompts = { a: 'offline: reply A.', b: 'offline: reply B.', c: 'offline: reply C.' };
  const step = await job.run({
    with: {
      pattern: 'batch',
      'batch-size': '2',
      prompts: promptList(prompts),
      offline: 'true',
      'upload-logs': 'never',
    },
  });
  expect(step.exitCode).toBe(0);
  expect(JSON.parse(step.outputs.outputs ?? '')).toEqual({ a: 'A.', b: 'B.', c: 'C.' });
  expect(readFileSync(`${step.outputs['outputs-dir']}/c.md`, 'utf8')).toContain('C.');
});

import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { ledgerFile } from '../../src/model/session-files.ts';
import { startArtifactService } from '../rig/artifact-service.ts';
import { promptList } from '../rig/prompt-list.ts';
import { startJob } from '../rig/runner.ts';
import { waitFor } from '../rig/wait-for.ts';

const hanging = { a: 'offline: hang', b: 'offline: hang', waiting: 'offline: reply Never.' };

function manifestIn(directory: string | undefined): string {
  return readFileSync(`${directory}/manifest.json`, 'utf8');
}

/** Whether the ledger of the session that runs has noted each of these files as it is now: what it has not noted is not uploaded. */
function areNoted(directory: string, names: readonly string[]): boolean {
  const lines = readFileSync(join(directory, ledgerFile), 'utf8').split('\n');
  return names.every((name) => {
    const digest = createHash('sha256')
      .update(readFileSync(join(directory, name)))
      .digest('hex');
    return lines.findLast((line) => line.endsWith(` ${name}`))?.split(' ')[2] === digest;
  });
}

test('a cancelled job ends with 130 in 7 s, tells everything, leaves nothing running, and post uploads the logs', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const step = job.start({ with: { prompts: promptList(hanging), offline: 'true', 'max-workers': '2' } });
  await Promise.all([step.shows('a: started'), step.shows('b: started')]);
  const cancelled = await step.cancel();

  expect(cancelled).toMatchObject({ exitCode: 130, signal: null, survivors: [] });
  expect(cancelled.sinceSignal).toBeLessThan(7000);
  expect(cancelled.outputs).toMatchObject({
    conclusion: 'cancelled',
    verdict: expect.stringContaining('SIGINT'),
    'total-count': '3',
    'artifact-id': '',
  });
  const results = JSON.parse(cancelled.outputs.results ?? '');
  expect(results.map(({ status }: { status: string }) => status)).toEqual(['cancelled', 'cancelled', 'skipped']);
  expect(cancelled.printed).not.toContain('waiting: started');
  expect(cancelled.summary).toContain('waiting');
  expect(service.artifacts).toEqual([]);

  const post = await job.post(cancelled);
  expect(post.exitCode).toBe(0);
  const [artifact] = service.artifacts;
  expect([...service.download(artifact?.name ?? '').keys()]).toEqual(
    expect.arrayContaining(['session.log', 'manifest.json', 'results.json', 'a.log', 'summary.md', 'report.html']),
  );
});

test('a cancel while the logs are uploaded does not wait for the service, and post uploads them', async () => {
  let hangs = true;
  await using service = await startArtifactService({ fault: () => (hangs ? 'hang' : undefined) });
  await using job = await startJob({ env: service.env });
  const step = job.start({ with: { prompt: 'offline: reply Done.', offline: 'true' } });
  await waitFor('the upload to begin', () => service.calls.length > 0, { deadlineMs: 60_000 });
  const cancelled = await step.cancel();
  expect(cancelled.exitCode).toBe(130);
  expect(cancelled.sinceSignal).toBeLessThan(3000);
  hangs = false;
  await job.post(cancelled);
  expect(service.artifacts).toHaveLength(1);
});

test('of a step that was killed outright, post recovers results, summary and report, says so, and uploads them with the logs', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const prompts = { done: 'offline: reply Done.', ...hanging };
  const inputs = { prompts: promptList(prompts), offline: 'true', 'max-workers': '2', 'log-dir': 'kept' };
  const step = job.start({ with: inputs });
  await Promise.all([step.shows('a: started'), step.shows('b: started'), step.shows('done: succeeded')]);
  const [session = ''] = globSync(join(job.workspace, 'kept/2*'));
  const noted = ['session.log', 'manifest.json', 'events.jsonl', 'a.log', 'b.log', 'done.log'];
  await waitFor('the logs of all', () => noted.every((name) => existsSync(join(session, name))));
  await waitFor('the ledger to know the files', () => areNoted(session, noted));
  step.signal('SIGKILL');
  const killed = await step.done;
  expect(killed).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  await waitFor('the CLIs to end', () => step.processes().length === 0);
  expect(Object.values(killed.state)).toEqual([basename(session)]);
  expect(JSON.parse(manifestIn(session))).toMatchObject({ schemaVersion: expect.anything() });

  const post = await job.post(killed);
  expect(post.exitCode).toBe(0);
  const [artifact] = service.artifacts;
  const logs = service.download(artifact?.name ?? '');
  const textOf = (name: string): string => String(logs.get(name));
  expect([...logs.keys()]).toEqual(expect.arrayContaining([...noted, 'results.json', 'summary.md', 'report.html']));
  expect(textOf('manifest.json')).toContain('waiting');
  const { conclusion, results } = JSON.parse(textOf('results.json'));
  expect(conclusion).toBe('cancelled');
  expect(results).toMatchObject([
    { processId: 'done', status: 'succeeded', output: 'Done.', logFile: join(session, 'done.log') },
    { processId: 'a', status: 'cancelled', reason: 'cancelled', attempts: 1, logIncomplete: true },
    { processId: 'b', status: 'cancelled', reason: 'cancelled' },
    { processId: 'waiting', status: 'skipped', reason: 'session-cancelled', attempts: 0 },
  ]);
  const [page] = service.pages;
  expect(page?.text).toBe(textOf('report.html'));
  for (const uploaded of [artifact, page]) expect(post.summary).toContain(`/artifacts/${uploaded?.id}">`);
  for (const told of [post.printed, post.summary, ...['session.log', 'summary.md', 'report.html'].map(textOf)])
    expect(told.toLowerCase()).toContain('recovered, not verified');
  for (const name of ['results.json', 'summary.md', 'report.html'])
    expect(readFileSync(join(session, name), 'utf8')).toBe(textOf(name));
});

test('post has nothing to do after a step that delivered, or one that was not to', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const delivered = await job.run({ with: { prompt: 'offline: reply Done.', offline: 'true' } });
  await job.post(delivered);
  expect(service.artifacts).toHaveLength(1);

  const step = job.start({ with: { prompt: 'offline: hang', offline: 'true', 'upload-logs': 'never' } });
  await step.shows(': started');
  const cancelled = await step.cancel();
  const post = await job.post(cancelled);
  expect(post.printed).toBe('');
  expect(service.artifacts).toHaveLength(1);
});

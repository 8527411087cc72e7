import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ArtifactService, startArtifactService } from '../rig/artifact-service.ts';
import { type JobOptions, startJob } from '../rig/runner.ts';
import type { StepResult } from '../rig/runner-step.ts';
import { zip } from '../rig/zip.ts';

// The built sub-actions and the Action, each job on a machine of its own, with GitHub's artifact service on loopback.

const program = '#!/bin/sh\n[ "$1" = --version ] && exit 0\neval "$(tail -n 1)"\n';
const entries = Array.from({ length: 8 }, (_, index) => ({ id: `p${index}`, prompt: `printf %s Answer-${index}` }));

/** A job of a run, with the program that plays Claude in its checkout. */
async function jobOf(service: ArtifactService, attempt = 1, options: JobOptions = {}) {
  const env = { ...service.envOf(attempt), GITHUB_RUN_ATTEMPT: String(attempt), ...options.env };
  const job = await startJob({ ...options, checkout: { program, ...options.checkout }, env });
  chmodSync(join(job.workspace, 'program'), 0o755);
  return job;
}

const inputs = (prompts: readonly object[]) => ({
  'claude-path': 'program',
  'max-workers': '2',
  prompts: JSON.stringify(prompts),
});

async function runShard(service: ArtifactService, given: Readonly<Record<string, string>>, attempt = 1) {
  await using job = await jobOf(service, attempt);
  return await job.run({ with: { ...given, 'github-token': service.token } });
}

function warnings({ commands }: StepResult): readonly string[] {
  return commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
}

test('plan, a matrix of shards of which one is killed and one never runs, and merge end as one session', async () => {
  await using service = await startArtifactService();
  // The first process of a shard hangs where it is told to.
  const prompts = entries.map((entry) => ({ ...entry, prompt: `[ -e hang ] && exec sleep 100; ${entry.prompt}` }));
  const given = inputs(prompts);
  await using planJob = await jobOf(service);
  const planned = await planJob.run({ action: 'plan', with: { ...given, shards: '4', 'max-parallel': '2' } });
  expect(planned).toMatchObject({ exitCode: 0, outputs: { count: '4' }, survivors: [] });
  expect(JSON.parse(planned.outputs.matrix ?? '')).toEqual({ shard: ['1/4', '2/4', '3/4', '4/4'] });
  expect(planned.printed).toContain('At most 4 at once: 2 shards (max-parallel) x 2 workers (max-workers).');
  expect(planned.summary).toContain('8 processes in 4 shards of 2.');
  expect(service.artifacts).toEqual([]);
  const { 'plan-hash': hash = '', count = '' } = planned.outputs;

  const legs = { ...given, 'plan-hash': hash };
  const [first] = await Promise.all(['1/4', '2/4'].map((shard) => runShard(service, { ...legs, shard })));
  expect(first?.outputs['artifact-name']).toMatch(
    new RegExp(`-shard-${hash.slice(0, 16)}-1of4-1-[0-9a-f]{8}-[0-9a-f]{4}$`),
  );
  await using killed = await jobOf(service, 1, { checkout: { hang: '' } });
  const step = killed.start({ with: { ...legs, shard: '3/4', 'github-token': service.token } });
  await step.shows('started');
  step.signal('SIGKILL');
  await killed.post(await step.done);
  expect(service.artifacts).toHaveLength(3);

  await using mergeJob = await jobOf(service);
  const common = { 'plan-hash': hash, count, 'github-token': service.token, title: 'Reviews' };
  const merged = await mergeJob.run({ action: 'merge', with: { ...common, 'fail-on': '90%' } });
  expect(merged.exitCode).toBe(1);
  expect(merged.outputs).toMatchObject({ conclusion: 'failure', 'total-count': '8', 'succeeded-count': '4' });
  expect(merged.outputs.verdict).toMatch(/^Failure: shard 4\/4 is missing; 4 of 8 processes succeeded; /);
  const results: readonly Record<string, unknown>[] = JSON.parse(merged.outputs.results ?? '');
  expect(results.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
  const reasons = results.map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason === 'not-run')).toHaveLength(2);
  expect(reasons.filter((reason) => reason === 'cancelled' || reason === 'session-cancelled')).toHaveLength(2);
  expect(warnings(merged).join('\n')).toMatch(/3of4.* has not ended: it was killed, or it still runs/);
  const directory = merged.outputs['session-dir'] ?? '';
  const done = results.find(({ status }) => status === 'succeeded')?.id;
  expect(readFileSync(join(directory, 'outputs', `${done}.md`), 'utf8')).toMatch(/^Answer-\d$/);
  expect(merged.summary).toContain('Reviews');
  const uploaded = service.download(merged.outputs['artifact-name'] ?? '');
  expect([...uploaded.keys()]).toEqual(expect.arrayContaining(['report.html', 'events.jsonl', `${done}.log`]));
  expect(uploaded.has(`outputs/${done}.md`)).toBe(true);

  // "Re-run failed jobs": the shards that were not done run again, and then the merge.
  for (const shard of ['3/4', '4/4']) expect((await runShard(service, { ...legs, shard }, 2)).exitCode).toBe(0);
  await using again = await jobOf(service, 2);
  const whole = await again.run({ action: 'merge', with: common });
  expect([whole.exitCode, whole.outputs.verdict]).toEqual([0, 'Success: 8 of 8 processes succeeded.']);
});

test('a plan that is refused has no shards, a shard of another plan does not start, and a merge without shards is red', async () => {
  await using service = await startArtifactService();
  await using job = await jobOf(service);
  const refused = await job.run({ action: 'plan', with: { ...inputs(entries), shards: '2', pattern: 'sequential' } });
  expect(refused).toMatchObject({ exitCode: 1, outputs: { matrix: '{"shard":[]}', 'plan-hash': '', count: '0' } });
  const other = await job.run({ with: { ...inputs(entries), shard: '1/2', 'plan-hash': '0'.repeat(64) } });
  expect(other.exitCode).toBe(1);
  expect(other.outputs.verdict).toMatch(/^Nothing was started: plan-hash: this is another plan/);
  expect(service.artifacts).toEqual([]);
  const merged = await job.run({ action: 'merge', with: { 'plan-hash': '0'.repeat(64), count: '2' } });
  expect(merged).toMatchObject({ exitCode: 1, outputs: { conclusion: 'failure', results: '[]', 'failed-ids': '[]' } });
  expect(merged.outputs.verdict).toContain('No shard of the plan 000000000000... was found.');
});

test('what others uploaded under the names of shards is refused by its name, also with a path that leads out', async () => {
  await using service = await startArtifactService();
  await using job = await jobOf(service);
  const given = inputs(entries);
  const planned = await job.run({ action: 'plan', with: { ...given, shards: '2' } });
  const { 'plan-hash': hash = '' } = planned.outputs;
  const shard = await runShard(service, { ...given, shard: '1/2', 'plan-hash': hash });
  const name = (index: number): string => `x-shard-${hash.slice(0, 16)}-${index}of2-1-0123abcd-000${index}`;
  service.store(name(1), zip([{ path: 'events.jsonl', content: '{"schemaVersion":9,"seq":1}\n' }]));
  service.store(name(2), zip([{ path: '../events.jsonl', content: 'x' }]));
  const merged = await job.run({ action: 'merge', with: { 'plan-hash': hash, 'fail-on': 'none' } });
  expect(merged.exitCode).toBe(1);
  const told = warnings(merged).join('\n');
  expect(told).toContain(`${name(1)} is not used: events.jsonl is of a newer version (9)`);
  expect(told).toContain(`${name(2)} is not used: `);
  expect(told).toContain('shard 2/2 is missing');
  expect(merged.outputs['succeeded-count']).toBe(shard.outputs['succeeded-count']);
  expect(existsSync(join(job.temporary, 'events.jsonl'))).toBe(false);
});

import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ArtifactService, startArtifactService } from '../rig/artifact-service.ts';
import { type JobOptions, startJob } from '../rig/runner.ts';
import type { StepResult } from '../rig/runner-step.ts';
import { type Contexts, inputsOf, readExample, stepNamed, type Workflow } from '../rig/workflow.ts';
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

async function runShard(service: ArtifactService, given: Readonly<Record<string, string>>) {
  await using job = await jobOf(service);
  return await job.run({ with: { ...given, 'github-token': service.token } });
}

function warnings({ commands }: StepResult): readonly string[] {
  return commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
}

const example = readExample('sharded-analysis.yml');

/** The inputs of a step of the example, with a plain program in Claude's place, which takes no money. */
function exampleInputs(step: string, contexts: Contexts, service: ArtifactService): Readonly<Record<string, string>> {
  const known = { secrets: { ANTHROPIC_API_KEY: '' }, ...contexts };
  const program = step === 'merge' ? {} : { 'claude-path': 'program', 'max-budget-usd': '' };
  return { ...inputsOf(stepNamed(example, step), known), ...program, 'github-token': service.token };
}

test('examples/sharded-analysis.yml ends as one session when a shard is killed and another never runs, and as a whole one when these run again', async () => {
  await using service = await startArtifactService();
  // A process hangs where it is told to.
  const analyses = Object.fromEntries(
    entries.map(({ id, prompt }) => [`.github/analyses/${id}.md`, `[ -e hang ] && exec sleep 100; ${prompt}`]),
  );
  await using planJob = await jobOf(service, 1, { checkout: analyses });
  const planned = await planJob.run({ action: 'plan', with: exampleInputs('plan', {}, service) });
  expect(planned).toMatchObject({ exitCode: 0, outputs: { count: '4' }, survivors: [] });
  const { shard: legs } = JSON.parse(planned.outputs.matrix ?? '');
  expect(legs).toEqual(['1/4', '2/4', '3/4', '4/4']);
  expect(planned.printed).toContain('At most 8 at once: 4 shards (max-parallel) x 3 workers (max-workers).');
  expect(planned.summary).toContain('8 processes in 4 shards of 2.');
  expect(service.artifacts).toEqual([]);
  const needs = { plan: { outputs: planned.outputs } };
  const runLeg = async (shard: string, attempt = 1) => {
    await using job = await jobOf(service, attempt, { checkout: analyses });
    return await job.run({ with: exampleInputs('ensemble', { needs, matrix: { shard } }, service) });
  };

  const [first] = await Promise.all(['1/4', '2/4'].map((shard) => runLeg(shard)));
  const hash = planned.outputs['plan-hash'] ?? '';
  expect(first?.outputs['artifact-name']).toMatch(
    new RegExp(`-shard-${hash.slice(0, 16)}-1of4-1-[0-9a-f]{8}-[0-9a-f]{4}$`),
  );
  await using killed = await jobOf(service, 1, { checkout: { ...analyses, hang: '' } });
  const step = killed.start({ with: exampleInputs('ensemble', { needs, matrix: { shard: '3/4' } }, service) });
  await step.shows('started');
  step.signal('SIGKILL');
  await killed.post(await step.done);

  const mergeAll = async (attempt: number) => {
    await using job = await jobOf(service, attempt);
    const merged = await job.run({ action: 'merge', with: exampleInputs('merge', { needs }, service) });
    return { merged, uploaded: service.download(merged.outputs['artifact-name'] ?? '') };
  };
  const { merged, uploaded } = await mergeAll(1);
  expect(merged.exitCode).toBe(1);
  expect(merged.outputs).toMatchObject({ conclusion: 'failure', 'total-count': '8', 'succeeded-count': '4' });
  expect(merged.outputs.verdict).toMatch(/^Failure: shard 4\/4 is missing; 4 of 8 processes succeeded; /);
  const results: readonly Record<string, unknown>[] = JSON.parse(merged.outputs.results ?? '');
  expect(results.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
  const reasons = results.map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason === 'not-run')).toHaveLength(2);
  expect(reasons.filter((reason) => reason === 'cancelled' || reason === 'session-cancelled')).toHaveLength(2);
  expect(warnings(merged).join('\n')).toMatch(/3of4.* has not ended: it was killed, or it still runs/);
  expect(merged.summary).toContain('Weekly analysis');
  const done = results.find(({ status }) => status === 'succeeded')?.id;
  expect([...uploaded.keys()]).toEqual(expect.arrayContaining(['report.html', 'events.jsonl', `${done}.log`]));
  expect(String(uploaded.get(`outputs/${done}.md`))).toMatch(/^Answer-\d$/);

  for (const shard of ['3/4', '4/4']) expect((await runLeg(shard, 2)).exitCode).toBe(0);
  const { merged: whole } = await mergeAll(2);
  expect([whole.exitCode, whole.outputs.verdict]).toEqual([0, 'Success: 8 of 8 processes succeeded.']);
});

test('examples/sharded-workflow.yml is the same as a reusable workflow', () => {
  const reusable = readExample('sharded-workflow.yml');
  const wiring = ({ jobs }: Workflow) =>
    Object.entries(jobs).map(([name, { needs, if: condition, steps = [], permissions }]) => ({
      ...{ name, needs, condition, permissions },
      uses: steps.map(({ uses }) => uses),
    }));
  expect(wiring(reusable)).toEqual(wiring(example));
  const { 'fail-fast': failFast, matrix } = example.jobs.analyse?.strategy ?? {};
  expect(failFast).toBe(false);
  expect(reusable.jobs.analyse?.strategy).toMatchObject({ 'fail-fast': failFast, matrix });
  for (const input of ['shard', 'plan-hash', 'resume-from'])
    expect(stepNamed(reusable, 'ensemble').with?.[input]).toBe(stepNamed(example, 'ensemble').with?.[input]);
  for (const input of ['plan-hash', 'count'])
    expect(stepNamed(reusable, 'merge').with?.[input]).toBe(stepNamed(example, 'merge').with?.[input]);
  // What the hash covers must be given in both jobs.
  const { shards: _shards, 'max-parallel': _atOnce, ...planned } = stepNamed(reusable, 'plan').with ?? {};
  expect(stepNamed(reusable, 'ensemble').with).toMatchObject(planned);
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

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type ArtifactService, startArtifactService } from '../rig/artifact-service.ts';
import { shellProgram } from '../rig/plain-program.ts';
import { promptList } from '../rig/prompt-list.ts';
import { startJob } from '../rig/runner.ts';
import type { StepResult } from '../rig/runner-step.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

// The built Action; only GitHub's artifact service is a stand-in, and the model where the real Claude CLI runs. Whose answers are
// taken over does not matter to how they are found: all tests but the first have a plain program, which carries out its prompt.

const place = await temporaryDirectory();
afterAll(() => place[Symbol.asyncDispose]());
const claudePath = shellProgram(place.path, 'eval "$prompt"');

const prompts = { good: 'echo Good.', bad: 'exit 1' };
const mended = { ...prompts, bad: 'echo Mended.' };
const options = { 'claude-path': claudePath, retries: '0', 'resume-from': 'previous-attempt' };

/** One attempt of a job, on a machine of its own as GitHub gives it. */
async function attempt(number: number, service: ArtifactService, inputs: Readonly<Record<string, string>> = {}) {
  await using job = await startJob({ env: { ...service.envOf(number), GITHUB_RUN_ATTEMPT: String(number) } });
  const token = { 'github-token': service.token };
  const step = await job.run({ with: { ...token, ...options, prompts: promptList(prompts), ...inputs } });
  expect(readdirSync(job.temporary), 'what was downloaded is removed').not.toContainEqual(
    expect.stringContaining('earlier'),
  );
  const { 'session-dir': directory = '' } = step.outputs;
  const read = (name: string): string => readFileSync(join(directory, name), 'utf8');
  if (directory === '') return { step, output: '', results: [] };
  return { step, output: read('outputs/good.md'), results: JSON.parse(read('results.json')).results };
}

function annotations(step: StepResult, kind: 'warning' | 'error'): string[] {
  return step.commands.filter(({ name }) => name === kind).map(({ data }) => data);
}

const ends = (step: StepResult) =>
  JSON.parse(step.outputs.results ?? '').map((result: Record<string, unknown>) => [
    ...[result.id, result.status, result.attempts, result.resumedFrom],
  ]);

test('"Re-run failed jobs" runs only what failed, says so, costs only that, and leaves nothing of what was downloaded', async () => {
  const cost = 'offline: usage 1000 1000';
  const broken = { good: `${cost}\noffline: reply Good.`, bad: 'offline: error 400' };
  const whole = { ...broken, bad: `${cost}\noffline: reply Mended.` };
  const offline = (list: typeof whole) => ({ 'claude-path': '', offline: 'true', prompts: promptList(list) });
  await using service = await startArtifactService();
  const { step: first } = await attempt(1, service, offline(broken));
  const firstId = first.outputs['session-id'];
  expect(ends(first)).toEqual([
    ['good', 'succeeded', 1, undefined],
    ['bad', 'failed', 1, undefined],
  ]);
  expect(annotations(first, 'warning')).toEqual([]);

  const { step: second, output, results } = await attempt(2, service, offline(whole));
  expect(ends(second)).toEqual([
    ['good', 'succeeded', 0, firstId],
    ['bad', 'succeeded', 1, undefined],
  ]);
  expect(second).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success', 'succeeded-count': '2' } });
  expect(annotations(second, 'warning')).toEqual([]);
  expect(second.outputs.verdict).toContain('1 taken from an earlier session');
  expect(JSON.parse(second.outputs.outputs ?? '')).toEqual({ good: 'Good.', bad: 'Mended.' });
  expect(output).toBe('Good.');
  expect(results[0]).toMatchObject({ offline: true, resumedFrom: firstId });
  expect(second.printed).not.toContain('good: started');
  expect(second.printed).toContain(`good: succeeded (in session ${firstId})`);
  expect(second.summary).toContain(`succeeded (in session ${firstId})`);
  // Each of the two cost the same.
  expect(Number(second.outputs['cost-usd'])).toBeGreaterThan(0);
  expect(second.outputs['cost-usd']).toBe(first.outputs['cost-usd']);

  const { step: third } = await attempt(3, service, offline(whole));
  expect(ends(third)).toEqual([
    ['good', 'succeeded', 0, firstId],
    ['bad', 'succeeded', 0, second.outputs['session-id']],
  ]);
  expect(third.outputs['cost-usd']).toBe('0');
});

test('an earlier attempt that was cancelled, and uploaded at the end of its job, is found as well', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: { ...service.env, GITHUB_RUN_ATTEMPT: '1' } });
  const hanging = { good: prompts.good, bad: 'exec sleep 600' };
  const step = job.start({ with: { ...options, prompts: promptList(hanging) } });
  await step.shows('good: succeeded');
  const cancelled = await step.cancel();
  expect(service.artifacts).toEqual([]);
  await job.post(cancelled);

  const { step: second } = await attempt(2, service, { prompts: promptList(mended) });
  expect(ends(second)).toEqual([
    ['good', 'succeeded', 0, cancelled.outputs['session-id']],
    ['bad', 'succeeded', 1, undefined],
  ]);
});

test('an earlier attempt that has left nothing is a warning, and everything runs', async () => {
  await using service = await startArtifactService();
  const { step } = await attempt(2, service, { prompts: promptList(mended) });
  expect(step).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success', 'succeeded-count': '2' } });
  expect(annotations(step, 'warning')).toEqual([
    expect.stringMatching(/^resume-from: no earlier attempt of this step has left an artifact.*Every process runs\.$/),
  ]);
  expect(step.summary).toContain('no earlier attempt of this step');
});

test('a missing permission is a warning that names it for previous-attempt, and a fault for an artifact by name', async () => {
  await using service = await startArtifactService();
  const { step: first } = await attempt(1, service);
  const without = { 'github-token': 'ghs_without_permissions' };
  const { step } = await attempt(2, service, { prompts: promptList(mended), ...without });
  expect(step.exitCode).toBe(0);
  expect(annotations(step, 'warning')).toEqual([
    expect.stringMatching(/the earlier session was not downloaded: .*403.* give the job "permissions: actions: read"/),
  ]);
  const { 'artifact-name': name = '' } = first.outputs;
  const { step: named } = await attempt(2, service, { 'resume-from': name, ...without });
  expect(named).toMatchObject({ exitCode: 1, outputs: { conclusion: 'failure', 'session-id': '', results: '[]' } });
  expect(named.outputs.verdict).toMatch(
    /^Nothing was started: resume-from: the earlier session was not downloaded: .*403/,
  );
});

test('a reusable workflow that is called twice is refused, unless each call has a resume-key', async () => {
  await using service = await startArtifactService();
  await attempt(1, service);
  await attempt(1, service);
  const { step } = await attempt(2, service, { prompts: promptList(mended) });
  expect(step).toMatchObject({ exitCode: 1, outputs: { conclusion: 'failure', 'session-id': '' } });
  expect(step.outputs.verdict).toMatch(/in attempt 1 of this run 2 sessions have the same .* resume-key/);

  const { step: web } = await attempt(1, service, { 'resume-key': 'web' });
  await attempt(1, service, { 'resume-key': 'api' });
  const { step: again } = await attempt(2, service, { prompts: promptList(mended), 'resume-key': 'web' });
  expect(ends(again)).toEqual([
    ['good', 'succeeded', 0, web.outputs['session-id']],
    ['bad', 'succeeded', 1, undefined],
  ]);
});

test('a job that is cancelled while it looks leaves no session in which the next attempt would find nothing', async () => {
  const asked = Promise.withResolvers<void>();
  await using service = await startArtifactService({
    fault: (call) => {
      if (call !== 'REST list') return undefined;
      asked.resolve();
      return 'hang';
    },
  });
  await using job = await startJob({ env: { ...service.envOf(2), GITHUB_RUN_ATTEMPT: '2' } });
  const step = job.start({ with: { 'github-token': service.token, ...options, prompts: promptList(prompts) } });
  await asked.promise;
  const cancelled = await step.cancel();
  expect(cancelled).toMatchObject({ exitCode: 130, outputs: { conclusion: 'cancelled', 'session-id': '' } });
  expect((await job.post(cancelled)).printed).toBe('');
  expect(service.artifacts).toEqual([]);
});

test('an artifact of the same run is taken by its name, whichever step has left it', async () => {
  await using service = await startArtifactService();
  const { step: first } = await attempt(1, service, { 'artifact-name': 'review' });
  const { 'artifact-name': name = '' } = first.outputs;
  const { step: second } = await attempt(1, service, { prompts: promptList(mended), 'resume-from': name });
  expect(ends(second)).toEqual([
    ['good', 'succeeded', 0, first.outputs['session-id']],
    ['bad', 'succeeded', 1, undefined],
  ]);
});

test('a process that succeeded and has changed since runs again, and is named', async () => {
  await using service = await startArtifactService();
  await attempt(1, service);
  const { step } = await attempt(2, service, { prompts: promptList({ ...mended, good: 'echo Better.' }) });
  expect(step).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success' } });
  expect(step.printed).toMatch(/resume-from: "good" runs again: changed since session \S+ \(its prompt\)\./);
});

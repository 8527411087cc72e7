import { expect, test } from 'vitest';
import { type ArtifactFault, startArtifactService } from '../rig/artifact-service.ts';
import { figure } from '../rig/figure.ts';
import { credentials, type Job, startJob } from '../rig/runner.ts';
import type { StepResult } from '../rig/runner-step.ts';
import { say, scriptedProgram, scriptedPrompt } from '../rig/scripted-program.ts';
import { resultMessage } from '../rig/stream-messages.ts';

const good = scriptedPrompt('good', say(resultMessage('Fine.')));
const bad = scriptedPrompt('bad', 'exit 3');
const row = { row: 'R11', frontend: 'built Action' };

/** A session that uploads its logs. */
function runIn(job: Job, prompts: readonly object[]): Promise<StepResult> {
  const { executable } = scriptedProgram(job.temporary);
  return job.run({ with: { prompts: JSON.stringify(prompts), model: 'sonnet', 'claude-path': executable } });
}

function annotations(step: StepResult, kind: 'warning' | 'error'): string[] {
  return step.commands.filter(({ name }) => name === kind).map(({ data }) => data);
}

/** The verdict stands, the outputs are set, and one warning says that the logs are not there. */
function expectVerdictKept(step: StepResult): void {
  expect(step).toMatchObject({ exitCode: 1, survivors: [] });
  expect(step.outputs).toMatchObject({ conclusion: 'failure', 'failed-ids': '["bad"]', 'succeeded-count': '1' });
  expect(step.outputs).toMatchObject({ 'artifact-id': '', 'artifact-url': '' });
  expect(annotations(step, 'warning')).toEqual([expect.stringMatching(/^The logs were not uploaded: /)]);
  expect(annotations(step, 'error')).toEqual([
    step.outputs.verdict,
    expect.stringMatching(/^bad: ended with an error/),
  ]);
  expect(step.summary).toContain('bad');
}

test.each<readonly [string, ArtifactFault]>([
  ['refuses', { status: 403 }],
  ['resets the connection', 'reset'],
])('R11: an artifact service that %s is one warning, and the verdict is unchanged', async (how, fault) => {
  await using service = await startArtifactService({ fault: () => fault });
  await using job = await startJob({ env: { ...credentials, ...service.env } });
  const step = await runIn(job, [good, bad]);
  expectVerdictKept(step);
  expect(step.duration).toBeLessThan(60_000);
  figure(row, `a service that ${how}: ${(step.duration / 1000).toFixed(1)} s for the whole step`);
});

test('R11: an artifact service that cannot be reached is one warning, and the verdict is unchanged', async () => {
  const service = await startArtifactService();
  await service[Symbol.asyncDispose]();
  await using job = await startJob({ env: { ...credentials, ...service.env } });
  expectVerdictKept(await runIn(job, [good, bad]));
});

test('R11: an artifact service that never answers costs at most 60 s, leaves nothing behind, and a success stays one', async () => {
  await using service = await startArtifactService({ fault: () => 'hang' });
  await using job = await startJob({ env: { ...credentials, ...service.env } });
  const started = performance.now();
  let asked = 0;
  const { executable } = scriptedProgram(job.temporary);
  const running = job.start({ with: { prompts: JSON.stringify([good]), model: 'sonnet', 'claude-path': executable } });
  void running.shows('good: succeeded').then(() => {
    asked = performance.now();
  });
  const step = await running.done;
  expect(step).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success', 'artifact-id': '' }, survivors: [] });
  expect(annotations(step, 'warning')).toEqual([expect.stringContaining('it was not done after 55 s')]);
  const seconds = (started + step.duration - asked) / 1000;
  expect(service.calls).not.toEqual([]);
  expect(seconds).toBeLessThan(60);
  expect((await job.post(step)).printed).toBe('');
  figure(row, `a service that never answers: ${seconds.toFixed(1)} s from the last result to the end of the step`);
  figure({ row: 'R11', frontend: 'library' }, 'the library uploads nothing');
});

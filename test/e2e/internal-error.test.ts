import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startRig } from '../rig/controlled-child.ts';
import { startJob } from '../rig/runner.ts';

/** Makes the Action's own process throw, outside of every `try`, as soon as it is asked to by a signal. */
const fault = `process.on('SIGUSR2', () => { throw new Error('a fault of our own'); });`;

/** The same, and the disk takes nothing more and never says so. */
const faultAndLostDisk = `import disk from 'node:fs/promises'; import { syncBuiltinESMExports } from 'node:module';
process.on('SIGUSR2', () => {
  disk.rename = () => new Promise(() => undefined); syncBuiltinESMExports();
  throw new Error('a fault of our own');
});`;

test('a fault of our own kills what runs, marks the manifest, sets the outputs and fails the step', async () => {
  await using rig = await startRig();
  await using job = await startJob({ env: { ANTHROPIC_API_KEY: 'sk-ant-example-0123456789' } });
  const step = job.start({
    with: { prompt: 'x', 'claude-path': rig.executable, 'upload-logs': 'never' },
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` },
  });
  const child = await rig.nextChild();
  await child.ignore('SIGTERM');
  step.signal('SIGUSR2');
  await child.closed;
  const failed = await step.done;

  expect(failed).toMatchObject({ exitCode: 1, survivors: [] });
  expect(failed.outputs).toMatchObject({
    conclusion: 'failure',
    verdict: 'Internal error: a fault of our own',
    'cancelled-count': '1',
  });
  expect(failed.commands).toContainEqual(
    expect.objectContaining({ name: 'error', data: 'Internal error: a fault of our own' }),
  );
  const manifest = readFileSync(`${failed.outputs['session-dir']}/manifest.json`, 'utf8');
  expect(JSON.stringify(JSON.parse(manifest))).toContain('cancelled');
});

test('a fault after which the session cannot end still names the session, its directory and its trust', async () => {
  await using rig = await startRig();
  await using job = await startJob({ env: { ANTHROPIC_API_KEY: 'sk-ant-example-0123456789' } });
  const step = job.start({
    with: { prompt: 'x', 'claude-path': rig.executable, 'upload-logs': 'never' },
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(faultAndLostDisk)}` },
  });
  const child = await rig.nextChild();
  step.signal('SIGUSR2');
  await child.closed;
  const { exitCode, outputs } = await step.done;
  expect([exitCode, outputs.verdict, outputs.trust]).toEqual([1, 'Internal error: a fault of our own', 'trusted']);
  expect(outputs['session-dir']).toMatch(new RegExp(`/${outputs['session-id']}$`));
  expect(readFileSync(`${outputs['session-dir']}/manifest.json`, 'utf8')).toContain(outputs['session-id']);
});

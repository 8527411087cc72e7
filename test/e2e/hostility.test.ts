import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startArtifactService } from '../rig/artifact-service.ts';
import { startJob } from '../rig/runner.ts';

const commands = [
  '::add-mask::e',
  '::error::taken',
  '##[add-mask]e',
  'x ##[set-output name=conclusion]success',
  '  ::stop-commands::x',
  'fine\r::error::taken',
  '\u001b[31m##[error]taken',
  '#\u00ad#[error]taken',
];

/** A plain program in the place of Claude. */
function program(directory: string, script: string): string {
  const path = join(directory, 'program');
  writeFileSync(path, `#!/bin/sh\n[ "$1" = --version ] && exit 0\ncat >/dev/null\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('no workflow command takes effect, whether it comes from a model, an error, a name or a file', async () => {
  await using job = await startJob();
  const replies = commands.map((line) => `offline: reply ${line}`).join('\n');
  const prompts = JSON.stringify([
    { id: 'says', name: commands.join(' '), prompt: replies },
    { id: 'fails', name: '##[error]name', prompt: 'offline: error 400' },
  ]);
  const step = await job.run({ with: { prompts, offline: 'true', 'upload-logs': 'never' } });
  expect(step.outputs['succeeded-count']).toBe('1');
  expect(step.commands.map(({ name }) => name).filter((name) => name !== 'add-mask')).toEqual(['error']);
  expect(step.commands.filter(({ name, data }) => name === 'add-mask' && data.length < 8)).toEqual([]);
  expect(step.outputs.conclusion).toBe('failure');
});

test('what a program writes to both of its streams is no command either', async () => {
  await using job = await startJob();
  const path = program(job.temporary, `printf '${commands.join('\\n')}\\n' | tee /dev/stderr; exit 3`);
  const step = await job.run({ with: { prompt: 'x', 'claude-path': path, 'upload-logs': 'never' } });
  expect(step.outputs).toMatchObject({ conclusion: 'failure', 'failed-count': '1' });
  expect(step.commands.map(({ name }) => name).filter((name) => name !== 'add-mask')).toEqual(['error']);
});

test("an agent that finds the runner's command files changes nothing, and it is said", async () => {
  await using job = await startJob();
  const files = `${job.temporary}/_runner_file_commands/0`;
  const script = `
    echo conclusion=success >>${files}/OUTPUT
    echo delivery= >>${files}/STATE
    echo NODE_OPTIONS=--require=./evil.js >>${files}/ENV
    echo /tmp/evil >>${files}/PATH
    echo '# All is well' >${files}/STEP_SUMMARY
    exit 1`;
  const path = program(job.temporary, script);
  const step = await job.run({ with: { prompt: 'x', 'claude-path': path, 'upload-logs': 'never' } });
  expect(step.outputs.conclusion).toBe('failure');
  expect(step.otherFiles).toBe('');
  expect(step.summary).not.toContain('All is well');
  const warnings = step.commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY']) {
    expect(warnings).toContainEqual(expect.stringContaining(name));
  }
});

test('a secret that Claude repeats is in no output, no summary, no console and no log', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const secret = 'correct-horse-battery-staple';
  const base64 = Buffer.from(secret).toString('base64');
  const step = await job.run({
    with: { prompt: `offline: reply It is ${secret}, or ${base64}.`, mask: secret, offline: 'true' },
  });
  expect(step.outputs.output).toContain('***');
  const [artifact] = service.artifacts;
  const files = [...service.download(artifact?.name ?? '').values()].map(String);
  const console_ = step.printed.replaceAll(/::add-mask::.*/g, '');
  for (const text of [console_, step.summary, JSON.stringify(step.outputs), ...files]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(base64);
  }
});

test('Claude sees no token of the runner and no input', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const path = program(job.temporary, 'env');
  const step = await job.run({ with: { prompt: 'x', 'claude-path': path, mask: 'hunter2-hunter2' } });
  expect(step.outputs.output).toContain('RUNNER_TRACKING_ID=');
  expect(step.outputs.output).not.toMatch(/^(?:ACTIONS_|INPUT_|STATE_|GITHUB_(?!ACTIONS=))/m);
});

test('a link that a program puts into the place of a log publishes no other file', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  writeFileSync(join(job.temporary, 'private'), 'a private file');
  const script = `for d in ${job.temporary}/claude-ensemble/*/; do
    ln -sf ${job.temporary}/private $d/process_001.jsonl; ln -s ${job.temporary}/private $d/extra.log; done; echo done`;
  const step = await job.run({ with: { prompt: 'x', 'claude-path': program(job.temporary, script) } });
  const files = service.download(step.outputs['artifact-name'] ?? '');
  expect([...files.keys()]).not.toContain('extra.log');
  for (const bytes of files.values()) expect(String(bytes)).not.toContain('a private file');
});

test('a plain program is held to its exit code and its output', async () => {
  await using job = await startJob();
  const run = (script: string) =>
    job.run({ with: { prompt: 'x', 'claude-path': program(job.temporary, script), 'upload-logs': 'never' } });
  expect(await run('echo hello')).toMatchObject({ exitCode: 0, outputs: { output: 'hello\n' } });
  expect(await run('true')).toMatchObject({
    exitCode: 1,
    outputs: { results: expect.stringContaining('empty-output') },
  });
  expect(await run('echo no; exit 4')).toMatchObject({
    exitCode: 1,
    outputs: { results: expect.stringContaining('"exitCode":4') },
  });
});

test('a console that nobody reads holds nothing up', async () => {
  await using job = await startJob();
  const step = job.start({ with: { prompt: 'offline: reply Done.', offline: 'true', 'upload-logs': 'never' } });
  step.stopReading();
  expect(await step.done).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success' } });
});

import { existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { startArtifactService } from '../rig/artifact-service.ts';
import { forkedPullRequest } from '../rig/event-payload.ts';
import { annotationsOf, evidenceOf, placesOf } from '../rig/evidence.ts';
import { shellProgram } from '../rig/plain-program.ts';
import { type Job, startJob } from '../rig/runner.ts';

/** Everything below the directories of a job, but for what the runner and a session may write. */
function treeOf(job: Job): readonly string[] {
  const root = dirname(job.workspace);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => !/^temp\/(?:claude-ensemble|_runner_file_commands|program-)/.test(name)).toSorted();
}

const secret = 'what another step left for itself';

/** A job in whose temporary directory and home something lies that is not for others, with links to it in the checkout. */
async function jobWithSecrets(event?: typeof forkedPullRequest): Promise<Job> {
  const job = await startJob({ ...(event !== undefined && { event }) });
  const outside = join(dirname(job.workspace), 'outside');
  mkdirSync(outside);
  for (const directory of [job.temporary, outside]) writeFileSync(join(directory, 'private.md'), secret);
  symlinkSync(join(outside, 'private.md'), join(job.workspace, 'link.md'));
  symlinkSync(outside, join(job.workspace, 'way-out'));
  mkdirSync(join(job.workspace, 'prompts'));
  writeFileSync(join(job.workspace, 'prompts/good.md'), 'Look for dead code.');
  return job;
}

const hostileIds = [
  ...[
    '../evil',
    '..',
    '.',
    '.hidden',
    '/tmp/evil',
    'a/b',
    'a\\b',
    'C:evil',
    '-rf',
    '~',
    'a b',
    'a\nb',
    'a\0b',
    'é',
    'ａ',
  ],
  ...[
    'con',
    'NUL',
    'com1.txt',
    'session',
    'SESSION',
    'x'.repeat(65),
    '%2e%2e',
    'a;b',
    '$(id)',
    '`id`',
    '*',
    '__proto__',
  ],
];

test('T9: no id leads out of the directory: each of these is refused by its place, and nothing is made', async () => {
  await using job = await jobWithSecrets();
  const before = treeOf(job);
  const prompts = JSON.stringify(hostileIds.map((id) => ({ id, prompt: 'x' })));
  const step = await job.run({ with: { prompts, offline: 'true' } });
  expect(step.outputs).toMatchObject({ conclusion: 'failure', 'session-id': '', 'session-dir': '' });
  const text = step.summary.replaceAll(/<[^>]*>/g, '');
  for (const index of hostileIds.keys()) expect(text).toContain(`prompts: entry ${index + 1} (line 1): id: `);
  expect(step.outputs.verdict).toContain(`${hostileIds.length} faults`);
  expect(treeOf(job)).toEqual(before);
  expect(existsSync(join(job.temporary, 'claude-ensemble'))).toBe(false);
});

test('T9: ids that would share a file are refused, whatever their case', async () => {
  await using job = await jobWithSecrets();
  const ids = ['Review', 'review', 'REVIEW', 'lint', 'lint'];
  const step = await job.run({
    with: { prompts: JSON.stringify(ids.map((id) => ({ id, prompt: id }))), offline: 'true' },
  });
  expect(step.outputs.conclusion).toBe('failure');
  expect(annotationsOf(step, 'error').length).toBeGreaterThanOrEqual(3);
  expect(existsSync(join(job.temporary, 'claude-ensemble'))).toBe(false);
});

test.each([
  ['prompt-file', '../outside/private.md'],
  ['prompt-file', '/etc/passwd'],
  ['prompt-file', '/proc/self/environ'],
  ['prompt-file', 'link.md'],
  ['prompt-file', 'way-out/private.md'],
  ['prompt-file', 'prompts/../../outside/private.md'],
  ['prompts-file', '/proc/self/environ'],
  ['prompts-file', 'link.md'],
  ['context-files', '/etc/passwd\nlink.md'],
  ['prompts-glob', '../outside/*.md'],
  ['prompts-glob', '/etc/pass*'],
  ['prompts-glob', 'way-out/*.md'],
  ['prompts-glob', '{prompts,../outside}/*.md'],
  ['prompts-glob', '**/../../outside/*.md'],
  ['prompts-glob', 'prompts/*/../../../outside/*.md'],
])('T9: a file outside the workspace is not read: %s: %s', async (option, value) => {
  await using job = await jobWithSecrets();
  const prompt = option === 'context-files' ? 'x' : '';
  const program = shellProgram(job.temporary, 'echo done');
  const step = await job.run({ with: { prompt, [option]: value, 'claude-path': program } });
  expect(step.outputs).toMatchObject({ conclusion: 'failure', 'session-id': '' });
  expect(annotationsOf(step, 'error').join('\n')).toContain(`${option}: `);
  expect(placesOf(secret, evidenceOf(step))).toEqual([]);
  expect(placesOf('root:', evidenceOf(step))).toEqual([]);
});

test('T9: an entry of a list names no file outside either, and a prompt that matches by a link is left out', async () => {
  await using job = await jobWithSecrets();
  const entries = ['../outside/private.md', 'link.md', '/dev/zero', '/dev/stdin', 'prompts', '.'].map((file) => ({
    'prompt-file': file,
  }));
  const listed = await job.run({ with: { prompts: JSON.stringify(entries), offline: 'true' } });
  expect(annotationsOf(listed, 'error')).toHaveLength(1 + entries.length);
  expect(placesOf(secret, evidenceOf(listed))).toEqual([]);
});

test.each(['link.md', 'context'])(
  'T9: in an untrusted session a checkout leads to no file of RUNNER_TEMP: %s',
  async (name) => {
    await using job = await jobWithSecrets(forkedPullRequest);
    symlinkSync(join(job.temporary, 'private.md'), join(job.workspace, 'context'));
    const program = shellProgram(job.temporary, 'echo done');
    const options = name === 'context' ? { prompt: 'x', 'context-files': name } : { 'prompt-file': name };
    const step = await job.run({ with: { ...options, 'claude-path': program } });
    expect(step.outputs).toMatchObject({ conclusion: 'failure', 'session-id': '', trust: 'untrusted' });
    expect(placesOf(secret, evidenceOf(step))).toEqual([]);
  },
);

test('T9: in an untrusted session a schema is not read through a link of the checkout', async () => {
  await using job = await jobWithSecrets(forkedPullRequest);
  writeFileSync(join(dirname(job.workspace), 'outside/schema.json'), '{"type":"object"}');
  symlinkSync(join(dirname(job.workspace), 'outside/schema.json'), join(job.workspace, 'schema.json'));
  const refused = await job.run({ with: { prompt: 'x', offline: 'true', 'json-schema': 'schema.json' } });
  expect(refused.outputs).toMatchObject({ conclusion: 'failure', 'session-id': '', trust: 'untrusted' });
  expect(annotationsOf(refused, 'error')).toEqual([
    expect.stringMatching(/: json-schema: "schema\.json" lies outside .*trust: trusted/),
  ]);
});

test.each(['..', '../evil', 'a/../../b', '/etc', 'con', 'a:b', 'a*b', 'x\ny', '"x"', 'a\\b'])(
  'T9: the artifact-name %j leads to no other place',
  async (name) => {
    await using service = await startArtifactService();
    await using job = await startJob({ env: service.env });
    const program = shellProgram(job.temporary, 'echo done');
    const step = await job.run({ with: { prompt: 'x', 'claude-path': program, 'artifact-name': name } });
    const uploaded = service.artifacts.map((artifact) => artifact.name);
    for (const found of uploaded) expect(found).not.toMatch(/[":<>|*?\\/\r\n]/);
    expect(uploaded.length).toBe(step.outputs.conclusion === 'success' ? 1 : 0);
  },
);

test('T9: a log directory behind a link of the checkout is refused, and one that is a link too', async () => {
  await using job = await jobWithSecrets(forkedPullRequest);
  const before = treeOf(job);
  for (const path of ['way-out/logs', 'way-out', 'link.md', 'link.md/logs']) {
    const step = await job.run({ with: { prompt: 'x', offline: 'true', 'log-dir': path } });
    expect(step.outputs).toMatchObject({ conclusion: 'failure', 'session-id': '' });
    expect(annotationsOf(step, 'error')).toEqual([expect.stringContaining('log-dir: ')]);
  }
  expect(treeOf(job)).toEqual(before);
});

test('T9: a session makes nothing outside of its own directory, which only its owner can read', async () => {
  await using job = await jobWithSecrets();
  const before = treeOf(job);
  const program = shellProgram(job.temporary, 'echo done');
  const ids = ['a', 'A-1', '0', 'x'.repeat(64), 'a..b', 'a.log', 'constructor', 'toString', 'outputs', 'manifest.json'];
  const prompts = JSON.stringify(ids.map((id) => ({ id, prompt: id })));
  const step = await job.run({ with: { prompts, 'claude-path': program, 'upload-logs': 'never' } });
  expect(step.outputs).toMatchObject({ conclusion: 'success', 'succeeded-count': String(ids.length) });
  expect(treeOf(job)).toEqual(before);
  const session = step.outputs['session-dir'] ?? '';
  expect(relative(join(job.temporary, 'claude-ensemble'), session)).not.toContain('/');
  expect(lstatSync(session).mode & 0o777).toBe(0o700);
  for (const entry of readdirSync(session, { recursive: true, withFileTypes: true })) {
    const mode = lstatSync(join(entry.parentPath, entry.name)).mode & 0o777;
    expect(mode).toBe(entry.isDirectory() ? 0o700 : 0o600);
  }
  expect(Object.keys(JSON.parse(step.outputs.outputs ?? '')).toSorted()).toEqual(ids.toSorted());
});

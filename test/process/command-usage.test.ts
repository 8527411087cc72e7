import { chmodSync, chownSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { minimumVersion, testedVersion } from '../../src/agents/claude/executable.ts';
import { isAtFrontend } from '../../src/model/option-row.ts';
import { optionRows } from '../../src/model/option-table.ts';
import { type CallOptions, commandPlace, type FinishedCommand } from '../rig/command.ts';

async function call(args: readonly string[], options?: CallOptions): Promise<FinishedCommand> {
  await using place = await commandPlace();
  return await place.run(args, options);
}

test('--version is the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await call(['--version'])).toMatchObject({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test('run --help lists every option of the command with its default, and what Claude it needs', async () => {
  const { exitCode, stdout, stderr } = await call(['run', '--help']);
  expect([exitCode, stderr]).toEqual([0, '']);
  const listed = Array.from(stdout.matchAll(/^ {2}--([\w-]+)/gm), ([, name]) => name);
  const expected = optionRows.filter((row) => isAtFrontend(row, 'command')).map(({ name }) => name);
  expect(listed.filter((name) => !['print', 'json', 'quiet', 'help'].includes(name ?? ''))).toEqual(expected);
  expect(stdout).toMatch(/--max-workers <number> [^-]*Default:\s+3\./);
  expect(stdout).toMatch(/--timeout <duration> [^-]*Default:\s+20m\./);
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    `Claude Code ${minimumVersion} or newer. Tested with ${testedVersion}.`,
  );
});

test.each(['--help', 'help run', 'demo -h'])('%s helps on standard output, within 80 columns', async (words) => {
  const { exitCode, stdout, stderr } = await call(words.split(' '));
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Usage\n  claude-ensemble');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('without arguments the short help goes to standard error, and the exit code is that of wrong usage', async () => {
  const { exitCode, stdout, stderr } = await call([]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage\n  claude-ensemble run');
});

test('everything that is wrong is told at once, a line each, before anything starts', async () => {
  const args = ['--max-worker', '8', '--pattern=paralel', '--retries', 'many', '--upload-logs', 'always', '--bogus'];
  const { exitCode, stdout, stderr } = await call(['run', 'Do x', ...args]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr.trim().split('\n')).toEqual([
    '--max-worker: there is no such flag. Did you mean "--max-workers"?',
    '--bogus: there is no such flag. A text that begins so is written after --.',
    'pattern: "paralel" is not one of parallel, sequential, fallback, batch, graph. Did you mean "parallel"?',
    expect.stringMatching(/^retries: "many" is not a whole number/),
    'upload-logs: the command does not have this option.',
    'See: claude-ensemble run --help',
  ]);
});

test.each([
  ['rnu x', 'There is no command "rnu". Did you mean "run"? To run a prompt: claude-ensemble run "..."'],
  ['run', 'prompt: there is none. Give exactly one of'],
  ['run a b --prompt-file missing.md', 'Give exactly one of prompt, prompt-file'],
  ['run a --offline=yes', 'offline: "yes" is not true or false. Did you mean "true"?'],
  ['demo --online', '--online: ANTHROPIC_API_KEY is not set'],
])('"%s" is refused with a line that says what to do', async (words, line) => {
  const { exitCode, stdout, stderr } = await call(words.split(' '));
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(line);
});

test('what is wrong around the session is told with what is wrong in its options', async () => {
  const { exitCode, stderr } = await call(['run', 'Do x', '--max-worker', '8', '--claude-path', '/nope']);
  expect(exitCode).toBe(2);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^--max-worker: /),
    'claude-path: "/nope" does not exist.',
    'See: claude-ensemble run --help',
  ]);
});

test('with --json a refusal is a JSON object as well', async () => {
  const { exitCode, stdout, stderr } = await call(['run', 'a', '--json', '--pattern', 'none']);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    conclusion: 'failure',
    verdict: expect.stringContaining('pattern: "none" is not one of'),
    faults: [expect.stringContaining('pattern: "none" is not one of')],
    results: [],
  });
  expect(stderr).toContain('pattern: "none" is not one of');
});

test.each([
  ['findings', 'nowhere', '--json'],
  ['findings', '--format', 'json'],
  ['merge', 'nowhere', '--json'],
  ['validate', '--json'],
])('so it is of %s', async (...words) => {
  const { exitCode, stdout } = await call(words);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ conclusion: 'failure', results: [] });
});

test('what the user has no right to reach is not called missing', async () => {
  await using place = await commandPlace();
  await place.write('locked/claude', '#!/bin/sh\n', 0o755);
  const locked = join(place.directory, 'locked');
  chmodSync(locked, 0);
  const isRoot = process.getuid?.() === 0;
  // Root may reach everything.
  if (isRoot) for (const path of [dirname(place.directory), place.directory, locked]) chownSync(path, 1500, 1500);
  const nodeArgs = isRoot ? ['--import', 'data:text/javascript,process.setgid(1500);process.setuid(1500);'] : [];
  const stderrOf = async (...args: readonly string[]) => (await place.run(['run', 'x', ...args], { nodeArgs })).stderr;
  expect(await stderrOf('--claude-path', 'locked/claude')).toContain('locked/claude" cannot be reached (EACCES).');
  expect(await stderrOf('--working-directory', 'locked')).toContain('locked" cannot be used (EACCES).');
  chmodSync(locked, 0o700);
});

test('an older Node is named in one line before anything else is loaded', async () => {
  const pretend = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });";
  const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];
  expect(await call(['run', '--bogus'], { nodeArgs })).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr:
      'claude-ensemble needs Node 22 or newer; this is Node 20.20.2. Install a newer one from https://nodejs.org.\n',
  });
});

test('a missing claude is an error with the command that installs it', async () => {
  const { exitCode, stderr } = await call(['run', '--offline', 'a'], { env: { PATH: '/usr/bin:/bin' } });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`npm install -g @anthropic-ai/claude-code@${testedVersion}`);
});

test('what is refused shows no secret: no flag, no path, no word that was cut', async () => {
  const secret = 'correct-horse-battery-staple';
  const options = { env: { DEPLOY_TOKEN: secret } };
  const { exitCode, stdout, stderr } = await call(
    ['run', 'x', `--${secret}`, '--claude-path', `/nope/${secret}`, '--model', `-${'x'.repeat(45)}${secret}`, '--json'],
    options,
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain('/nope/***');
  for (const part of [secret, 'correct-horse']) expect(stdout + stderr).not.toContain(part);
});

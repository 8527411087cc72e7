import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { forkedPullRequest } from '../rig/event-payload.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { promptList } from '../rig/prompt-list.ts';
import { credentials, type Job, type JobOptions, startJob } from '../rig/runner.ts';

const realClaude = join(import.meta.dirname, '../../node_modules/.bin/claude');

/** A job whose PATH has these programs, as shell scripts, and no others but those of the system. */
async function jobWith(programs: Readonly<Record<string, string>>, options: JobOptions = {}): Promise<Job> {
  const job = await startJob(options);
  mkdirSync(bin(job));
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(bin(job), name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return job;
}

const bin = (job: Job): string => join(job.temporary, 'bin');
const onPath = (job: Job) => ({ PATH: [bin(job), dirname(process.execPath), '/usr/bin', '/bin'].join(':') });

/** Notes that it was called, and fails as without a network. */
const npm = 'echo x >>"$0.called"; echo "npm error network request failed" >&2; exit 1';
const isNpmCalled = (job: Job): boolean => existsSync(join(bin(job), 'npm.called'));

/** The real CLI, which answers `--version` only after so many seconds. */
const slow = (seconds: number) => `[ "$1" = --version ] && sleep ${seconds}\nexec ${realClaude} "$@"`;

const offline = { prompt: 'offline: reply Fine.', offline: 'true', 'upload-logs': 'never' };

test('a fork without credentials is skipped in green although no registry can be reached', async () => {
  await using job = await jobWith({ npm }, { event: forkedPullRequest });
  const step = await job.run({ with: { prompt: 'x', 'on-missing-credentials': 'skip' }, env: onPath(job) });
  expect(step).toMatchObject({ exitCode: 0, outputs: { conclusion: 'skipped', 'skipped-count': '1' } });
  expect(isNpmCalled(job)).toBe(false);
});

test.each<readonly [string, Readonly<Record<string, string>>, RegExp]>([
  ['without credentials', { prompt: 'x' }, /there are no credentials for Claude/],
  ['with a wrong configuration', { ...offline, pattern: 'paralel' }, /"paralel" is not one of/],
  ['with an unusable claude-path', { ...offline, 'claude-path': '/nowhere' }, /"\/nowhere" does not exist/],
  ['with an earlier session that is not there', { ...offline, 'resume-from': './nowhere' }, /no session can be read/],
  ['as a dry run without credentials', { prompt: 'x', 'dry-run': 'true' }, /there are no credentials for Claude/],
])('%s the step fails before anything is installed', async (_title, inputs, message) => {
  await using job = await jobWith({ npm });
  const step = await job.run({ with: inputs, env: onPath(job) });
  expect(step).toMatchObject({ exitCode: 1, outputs: { verdict: expect.stringMatching(message) } });
  expect(step.printed).not.toContain('Installing');
  expect(isNpmCalled(job)).toBe(false);
});

test('a dry run says what a real run would install, and installs nothing', async () => {
  await using job = await jobWith({ npm }, { env: credentials });
  const step = await job.run({ with: { prompt: 'x', 'dry-run': 'true' }, env: onPath(job) });
  expect(step).toMatchObject({ exitCode: 0, outputs: { conclusion: 'skipped' } });
  expect(step.printed).toMatch(
    /There is no "claude" on the PATH\. Claude Code \d+\.\d+\.\d+ would be installed from npm\./,
  );
  expect(step.printed).not.toContain('npm install -g');
  expect(isNpmCalled(job)).toBe(false);
});

test('a session of which everything is taken over installs nothing', async () => {
  await using job = await jobWith({ npm, claude: `exec ${realClaude} "$@"` });
  const first = await job.run({ with: offline, env: onPath(job) });
  expect(first.exitCode).toBe(0);
  await using later = await jobWith({ npm });
  const resumed = { ...offline, 'resume-from': `${first.outputs['session-dir']}/` };
  const step = await later.run({ with: resumed, env: onPath(later) });
  expect(step).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success', output: 'Fine.' } });
  expect(isNpmCalled(later)).toBe(false);
});

test('an installation counts in total-timeout: npm is ended, and every process has its result', async () => {
  await using job = await jobWith({ npm: 'exec sleep 600' });
  const prompts = promptList({ a: 'x', b: 'y' });
  const inputs = { prompts, offline: 'true', 'total-timeout': '2s', 'upload-logs': 'never' };
  const step = await job.run({ with: inputs, env: onPath(job) });
  expect(step).toMatchObject({ exitCode: 1, survivors: [], outputs: { conclusion: 'failure', 'skipped-count': '2' } });
  const results: readonly { readonly reason: string }[] = JSON.parse(step.outputs.results ?? '');
  expect(results.map(({ reason }) => reason)).toEqual(['deadline', 'deadline']);
  expect(step.printed).toContain('Installing it failed: total-timeout had passed before npm had ended.');
  expect(step.duration).toBeLessThan(10_000);
});

test('a CLI on the PATH that is slow to answer is used, and none is installed in its place', async () => {
  await using job = await jobWith({ npm, claude: slow(4) });
  const step = await job.run({ with: offline, env: onPath(job) });
  expect(step).toMatchObject({ exitCode: 0, outputs: { output: 'Fine.' } });
  expect(isNpmCalled(job)).toBe(false);
});

test('a slow claude-path is the Claude CLI, not a plain program: it may have a budget', async () => {
  await using job = await jobWith({ npm, 'my-claude': slow(4) });
  const inputs = { ...offline, 'claude-path': join(bin(job), 'my-claude'), 'max-budget-usd': '5' };
  const step = await job.run({ with: inputs, env: onPath(job) });
  expect(step).toMatchObject({ exitCode: 0, outputs: { output: 'Fine.' } });
});

test('a CLI that fails to answer is shown with its error output', async () => {
  const claude = 'echo "claude: libstdc++.so.6: cannot open shared object file" >&2; exit 127';
  await using job = await jobWith({ npm, claude });
  const onTheWay = await job.run({ with: offline, env: onPath(job) });
  expect(onTheWay.outputs.verdict).toMatch(
    /bin\/claude does not answer --version .*\(it ended with 127: claude: libstdc\+\+\.so\.6: cannot open shared object file\)\. Installing it failed: .*network request failed/,
  );
  const given = { ...offline, 'claude-path': join(bin(job), 'claude'), 'max-budget-usd': '5' };
  const step = await job.run({ with: given, env: onPath(job) });
  expect(step.outputs.verdict).toMatch(
    /max-budget-usd: a plain program .* is taken for a plain program: .*libstdc\+\+/,
  );
});

test('a plain program that prints its own output instead of a version is not waited for', async () => {
  const program = 'echo "It works."; [ "$1" = --version ] && exec sleep 600; exit 0';
  await using job = await jobWith({ program });
  const inputs = { prompt: 'x', 'claude-path': join(bin(job), 'program'), 'upload-logs': 'never' };
  const step = await job.run({ with: inputs, env: onPath(job) });
  expect(step).toMatchObject({ exitCode: 0, survivors: [], outputs: { output: 'It works.\n' } });
  expect(step.duration).toBeLessThan(20_000);
});

test.each(['main', 'post'] as const)('on an older Node %s says in one line what it needs', async (entry) => {
  await using job = await startJob();
  const old = join(job.temporary, 'old-node.cjs');
  // What Node 20 calls itself, and some of what it lacks.
  writeFileSync(
    old,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });
    for (const [of, name] of [[Promise, 'withResolvers'], [Map, 'groupBy'], [AbortSignal, 'any'], [Set.prototype, 'union']])
      delete of[name];`,
  );
  const program = join(import.meta.dirname, '../../dist', entry, 'index.js');
  const step = await job.run({ program, with: offline, env: { NODE_OPTIONS: `--require=${old}` } });
  expect(step.exitCode).toBe(1);
  const fault =
    'claude-ensemble needs Node 22 or newer; this is Node 20.20.2. Install a newer one from https://nodejs.org.';
  expect(annotationsOf(step, 'error')).toEqual([fault]);
  expect(step.printed.trim()).toBe(`::error::${fault}`);
});

test('the three entry points have one oldest Node', () => {
  const read = (path: string): string => readFileSync(join(import.meta.dirname, '../../src/frontends', path), 'utf8');
  for (const entry of ['action/node-check.ts', 'cli/claude-ensemble.ts', 'library/supported-node.ts'])
    expect(read(entry)).toContain('nodeVersionFault(process.versions.node)');
});

test('a program is asked for its version before what only its session needs is read', async () => {
  await using job = await jobWith({ claude: 'echo "$1" >> "$0.calls"' });
  const dist = join(job.temporary, 'dist');
  cpSync(join(import.meta.dirname, '../../dist/main'), dist, { recursive: true });
  const files = readdirSync(dist).map((name) => join(dist, name));
  const session = files.find((file) => readFileSync(file, 'utf8').includes('async function runConfigured('));
  writeFileSync(session ?? '', 'throw new Error("it is broken");\n');
  const step = await job.run({ with: { prompt: 'x' }, env: onPath(job), program: join(dist, 'index.js') });
  expect(step).toMatchObject({
    exitCode: 1,
    outputs: { conclusion: 'failure', verdict: expect.stringMatching(/^Internal error: /) },
  });
  expect(readFileSync(join(bin(job), 'claude.calls'), 'utf8')).toBe('--version\n');
});

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { readWorkflow, readWorkflows, runStep } from '../rig/own-workflow.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';
import { workflowFaults } from '../rig/workflow-faults.ts';

const workflow = readWorkflow('.github/workflows/release.yml');

/** The files of a small project that is made as this one is. */
const files = {
  'package.json': JSON.stringify({
    name: 'claude-ensemble',
    version: '1.2.3',
    files: ['build'],
    scripts: { build: 'node build.mjs' },
  }),
  'build.mjs': "import fs from 'node:fs';\nfs.cpSync('src', 'dist', { recursive: true });\n",
  'CHANGELOG.md': '# Changelog\n\n## 1.2.3 (2026-12-01)\n\n- New.\n\n## 1.2.30 (2026-11-01)\n\n- Other.\n',
  'action.yml': 'name: small\n',
  LICENSE: 'MIT\n',
  'src/main/index.js': 'main();\n',
  'src/post/index.js': 'post();\n',
  'dist/main/index.js': 'main();\n',
  'dist/post/index.js': 'post();\n',
};

/** Commits the small project, with some files that are different. */
async function project(different: Readonly<Record<string, string>> = {}): Promise<TemporaryDirectory> {
  const directory = await temporaryDirectory();
  for (const [name, text] of Object.entries({ ...files, ...different })) write(directory.join('tree', name), text);
  mkdirSync(directory.join('temporary'));
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: directory.join('tree') });
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@localhost', 'commit', '--quiet', '--message', 'all');
  return directory;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Runs a step of the workflow in a project. */
function step(directory: TemporaryDirectory, name: string, env: Readonly<Record<string, string>> = {}) {
  const runner = { RUNNER_TEMP: directory.join('temporary'), GITHUB_OUTPUT: directory.join('outputs') };
  return runStep(workflow, name, { directory: directory.join('tree'), env: { ...runner, ...env } });
}

test.each(readWorkflows('.github/workflows'))(
  "$path is without a fault for GitHub's own validator",
  async ({ path }) => {
    const text = readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
    expect(await workflowFaults(text)).toEqual([]);
  },
);

describe('before a release is built', () => {
  const check = 'The tag, the version and the changelog are of one release';

  test('its notes are taken from its own section, and its commit is recorded', async () => {
    await using directory = await project();
    expect(step(directory, check, { TAG: 'v1.2.3' })).toEqual({ exitCode: 0, output: '' });
    expect(readFileSync(directory.join('temporary/release/notes.md'), 'utf8').trim()).toBe('- New.');
    const head = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: directory.join('tree'), encoding: 'utf8' });
    expect(readFileSync(directory.join('outputs'), 'utf8')).toBe(`commit=${head}`);
  });

  test('a tag that is not the version of package.json is refused', async () => {
    await using directory = await project();
    const { exitCode, output } = step(directory, check, { TAG: 'v1.2.4' });
    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: '::error::The tag is v1.2.4, but the version in package.json is 1.2.3.\n',
    });
  });

  test.each([
    ['no section', '# Changelog\n\n## 1.2.30 (2026-11-01)\n'],
    ['a section without a date', '# Changelog\n\n## 1.2.3 (not released yet)\n'],
  ])('a changelog with %s is refused', async (_, text) => {
    await using directory = await project({ 'CHANGELOG.md': text });
    const { exitCode, output } = step(directory, check, { TAG: 'v1.2.3' });
    expect({ exitCode, output }).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('has no heading "## 1.2.3 ('),
    });
  });

  test('a dry run may come before there is a date', async () => {
    await using directory = await project({ 'CHANGELOG.md': '## 1.2.3 (not released yet)\n\n- New.\n' });
    expect(step(directory, check, { TAG: '' }).exitCode).toBe(0);
  });
});

describe('dist', () => {
  const compare = 'dist is what this commit builds, byte for byte';

  test('passes when it is what src builds', async () => {
    await using directory = await project();
    expect(step(directory, compare).exitCode).toBe(0);
  });

  test('is refused otherwise, and each file that differs, is missing or is too many is named', async () => {
    await using directory = await project({ 'dist/main/index.js': 'main(); \n', 'dist/main/more.js': '' });
    execFileSync('git', ['rm', '--quiet', 'dist/post/index.js'], { cwd: directory.join('tree') });
    const { exitCode, output } = step(directory, compare);
    expect(exitCode).toBe(1);
    const [annotation = ''] = /^::error title=dist is not what src builds::.*$/m.exec(output) ?? [];
    expect(annotation).toMatch(/main\/index\.js and dist\/main\/index\.js differ/);
    expect(annotation).toMatch(/Only in \S+committed-dist\/main: more\.js/);
    expect(annotation).toMatch(/Only in dist: post/);
  });

  test('is refused when the commit has none', async () => {
    await using directory = await project();
    execFileSync('git', ['rm', '-r', '--quiet', 'dist'], { cwd: directory.join('tree') });
    expect(step(directory, compare).exitCode).not.toBe(0);
  });
});

test('a release holds the package and the Action, and sums that users can check', async () => {
  await using directory = await project();
  const release = directory.join('temporary/release');
  mkdirSync(release);
  expect(step(directory, 'Pack the npm package and the Action, and sum up every file').exitCode).toBe(0);
  const action = 'claude-ensemble-action-1.2.3.tar.gz';
  expect(readdirSync(release).toSorted()).toEqual(['SHA256SUMS', 'claude-ensemble-1.2.3.tgz', action]);
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { cwd: release, encoding: 'utf8' });
  run('tar', '-xzf', action);
  expect(run('sha256sum', '--check', '--strict', 'SHA256SUMS').trim().split('\n')).toEqual(
    ['dist/main/index.js', 'dist/post/index.js', 'claude-ensemble-1.2.3.tgz', action].map((name) => `${name}: OK`),
  );
  expect(existsSync(join(release, 'action.yml'))).toBe(true);
});

/** Puts a program on the PATH that notes what it is called with, and does what the script says. */
function standIn(directory: TemporaryDirectory, name: string, script: string) {
  const path = directory.join('bin', name);
  write(path, `#!/bin/sh\nprintf '%s\\n' "$*" >> '${directory.join('calls')}'\n${script}\n`);
  chmodSync(path, 0o755);
  return { PATH: `${dirname(path)}${delimiter}${process.env.PATH}` };
}

function callsIn(directory: TemporaryDirectory): readonly string[] {
  return readFileSync(directory.join('calls'), 'utf8').trim().split('\n');
}

describe('the major tag', () => {
  /** The calls that change something, given the tags that there are. */
  async function move(tag: string, tags: readonly string[]): Promise<readonly string[]> {
    await using directory = await project();
    const refs = tags.filter((name) => name.startsWith('v1.')).map((name) => `refs/tags/${name}`);
    const script = `case "$*" in *matching-refs*) printf '%s\\n' ${refs.join(' ')} ;; *git/ref/*) ${tags.includes('v1')} ;; esac`;
    const env = { ...standIn(directory, 'gh', script), TAG: tag, COMMIT: 'c0ffee', GH_REPO: 'o/r' };
    expect(step(directory, 'Move the major tag', env).exitCode).toBe(0);
    return callsIn(directory).filter((call) => call.includes('--method'));
  }

  test('moves to the newest release of it', async () => {
    expect(await move('v1.10.0', ['v1', 'v1.2.0', 'v1.9.9', 'v1.10.0', 'v1.11.0-rc.1'])).toEqual([
      'api --method PATCH repos/o/r/git/refs/tags/v1 -f sha=c0ffee -F force=true --silent',
    ]);
  });

  test('is made by the first release of it', async () => {
    expect(await move('v1.0.0', ['v1.0.0'])).toEqual([
      'api --method POST repos/o/r/git/refs -f ref=refs/tags/v1 -f sha=c0ffee --silent',
    ]);
  });

  test.each([
    ['an older release', 'v1.2.4', ['v1', 'v1.2.4', 'v1.10.0']],
    ['a pre-release', 'v1.11.0-rc.1', ['v1', 'v1.10.0', 'v1.11.0-rc.1']],
    ['the first pre-release', 'v1.0.0-rc.1', ['v1.0.0-rc.1']],
  ])('stays where it is for %s', async (_, tag, tags) => {
    expect(await move(tag, tags)).toEqual([]);
  });
});

describe('what is published', () => {
  test.each([
    ['v1.2.3', []],
    ['v1.2.3-rc.1', ['--prerelease']],
  ])('%s is a release of the tag that there is, with its notes and files', async (tag, more) => {
    await using directory = await project({ 'release/a.tgz': '', 'release/b.tar.gz': '', 'release/SHA256SUMS': '' });
    expect(step(directory, 'Create the release', { ...standIn(directory, 'gh', ''), TAG: tag }).exitCode).toBe(0);
    expect(callsIn(directory)).toEqual([
      [
        `release create ${tag} --verify-tag --title ${tag} --notes-file release/notes.md`,
        ...more,
        'release/a.tgz release/b.tar.gz release/SHA256SUMS',
      ].join(' '),
    ]);
  });

  test.each([
    ['v1.2.3', []],
    ['v1.2.3-rc.1', ['--tag next']],
  ])('%s goes to npm as it was packed, with provenance and no token', async (tag, more) => {
    await using directory = await project({ 'release/a.tgz': '', 'release/b.tar.gz': '' });
    expect(step(directory, 'Publish with provenance', { ...standIn(directory, 'npm', ''), TAG: tag }).exitCode).toBe(0);
    expect(callsIn(directory)).toEqual([
      ['publish ./release/a.tgz --provenance --access public --ignore-scripts', ...more].join(' '),
    ]);
  });
});

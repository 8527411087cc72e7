import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { testedVersion } from '../../src/agents/claude/executable.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { startJob } from '../rig/runner.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const workflows = ['.github/workflows', 'examples'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => ({ path: join(folder, name), ours: folder.startsWith('.github') })),
);

test('T13: the version of the CLI is pinned, and the session records what ran', async () => {
  await using job = await startJob();
  const step = await job.run({ with: { prompt: 'x', offline: 'true', 'dry-run': 'true', 'upload-logs': 'never' } });
  expect(testedVersion).toMatch(/^\d+\.\d+\.\d+$/);
  const manifest = JSON.parse(readFileSync(join(step.outputs['session-dir'] ?? '', 'manifest.json'), 'utf8'));
  expect(manifest.executable).toContain(`Claude Code ${testedVersion}`);
  expect(step.printed).toContain(`Claude Code ${testedVersion}`);
  expect(step.summary).toContain(testedVersion);
});

test('T13: latest gets a warning where people look', async () => {
  await using job = await startJob();
  const options = { 'claude-version': 'latest', offline: 'true', 'dry-run': 'true', 'upload-logs': 'never' };
  const step = await job.run({ with: { prompt: 'x', ...options } });
  expect(annotationsOf(step, 'warning')).toEqual([expect.stringContaining('claude-version is latest')]);
  expect(step.summary).toContain('claude-version is latest');
});

test.each([
  '^2.1.330',
  '2',
  '>=2.1.330',
  'next',
  '2.1.330 --registry=http://127.0.0.1:9',
  '2.1.330;id',
  'file:../evil',
  'npm:evil@1.0.0',
  '../evil',
  'http://127.0.0.1:9/evil.tgz',
])('T13: %j is no version: it could name another package, or another one each day', async (version) => {
  await using job = await startJob();
  const step = await job.run({ with: { prompt: 'x', offline: 'true', 'claude-version': version } });
  expect(step.outputs).toMatchObject({ conclusion: 'failure', 'session-id': '' });
  expect(annotationsOf(step, 'error')).toEqual([expect.stringContaining('claude-version: ')]);
  expect(step.printed).not.toContain('Installing');
});

test('T13: dependencies are few, every version is exact, and the lock file has a checksum of each package', () => {
  const { dependencies, devDependencies, overrides } = JSON.parse(read('package.json'));
  // The package brings what it uses bundled; a test of the bundle names all that is in it.
  expect(dependencies).toBeUndefined();
  const versions = Object.values<string>({ ...devDependencies, ...overrides });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?$/.test(version))).toEqual([]);
  const { packages } = JSON.parse(read('package-lock.json'));
  const unsure = Object.entries<Readonly<Record<string, unknown>>>(packages).filter(
    ([path, { integrity }]) => path !== '' && typeof integrity !== 'string',
  );
  expect(unsure.map(([path]) => path)).toEqual([]);
});

test.each(workflows)("T13: $path runs other people's actions by commit only", ({ path, ours }) => {
  const used = [...read(path).matchAll(/^\s*(?:- )?uses: (\S+)/gm)].map(([, action = '']) => action);
  const foreign = used.filter((action) => !action.startsWith('./') && (ours || action.startsWith('actions/')));
  expect(foreign.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

test.each(workflows)(
  'T13: $path asks for permissions, job by job or once, and for no more than it names',
  ({ path }) => {
    const { permissions, jobs } = parse(read(path)) as {
      permissions?: unknown;
      jobs: Readonly<Record<string, { permissions?: unknown }>>;
    };
    for (const [name, job] of Object.entries(jobs)) {
      const asked = job.permissions ?? permissions;
      expect(asked, name).toEqual(expect.any(Object));
      expect(Object.values(asked as object).filter((level) => !/^(?:read|write|none)$/.test(level))).toEqual([]);
    }
  },
);

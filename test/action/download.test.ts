import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { artifactNameFor } from '../../src/action/artifact-name.ts';
import { type DownloadRequest, downloadSession } from '../../src/action/download.ts';
import { type ArtifactCall, type ArtifactService, startArtifactService } from '../rig/artifact-service.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';
import { zip } from '../rig/zip.ts';

const owner = {
  ...{ artifactName: 'claude-ensemble', workflow: 'Review', job: 'review', matrix: 'null', step: '__self' },
  ...{ processIds: ['a'], attempt: 3 },
};

function requestOf(service: ArtifactService, directory: TemporaryDirectory, fields: Partial<DownloadRequest> = {}) {
  return {
    wanted: { name: 'logs' },
    temporary: directory.path,
    program: join(import.meta.dirname, '../../src/action/artifact.ts'),
    environment: { ...service.env, GITHUB_SERVER_URL: 'https://github.com' },
    cancel: new AbortController().signal,
    ...fields,
  } satisfies DownloadRequest;
}

const archive = (text: string): Buffer => zip([{ path: 'session.jsonl', content: text }]);

test('an artifact is found by its name, and its files are there under their paths', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('other', archive('other'));
  service.store(
    'logs',
    zip([
      { path: 'session.jsonl', content: 'mine' },
      { path: 'outputs/a.md', content: '# Zwölf' },
    ]),
  );
  const fetched = await downloadSession(requestOf(service, directory));
  if (fetched.kind !== 'found') throw new Error(fetched.message);
  expect(readFileSync(join(fetched.directory, 'session.jsonl'), 'utf8')).toBe('mine');
  expect(readFileSync(join(fetched.directory, 'outputs/a.md'), 'utf8')).toBe('# Zwölf');
});

test('an earlier attempt is found among the artifacts of all attempts and jobs of the run', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store(artifactNameFor({ ...owner, attempt: 1 }, 'a1'), archive('first'));
  service.store(artifactNameFor({ ...owner, attempt: 2 }, 'a2'), archive('second'));
  service.store(artifactNameFor({ ...owner, attempt: 2, job: 'tests' }, 'a3'), archive('of another job'));
  const fetched = await downloadSession(requestOf(service, directory, { wanted: { owner } }));
  if (fetched.kind !== 'found') throw new Error(fetched.message);
  expect(readFileSync(join(fetched.directory, 'session.jsonl'), 'utf8')).toBe('second');
});

test('in the first attempt of a run GitHub is not even asked', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  const wanted = { owner: { ...owner, attempt: 1 } };
  expect((await downloadSession(requestOf(service, directory, { wanted }))).kind).toBe('nothing');
  expect(service.calls).toEqual([]);
});

test.each<readonly [string, DownloadRequest['wanted'], RegExp]>([
  ['name', { name: 'logs' }, /^this run has no artifact "logs"\. Its whole name is in the output artifact-name\.$/],
  ['owner', { owner }, /^no earlier attempt of this step has left an artifact in this run\./],
])('an artifact that is not there is a failure that says so, by %s', async (_title, wanted, message) => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('other', archive('other'));
  const fetched = await downloadSession(requestOf(service, directory, { wanted }));
  expect(fetched).toEqual({ kind: 'failed', message: expect.stringMatching(message) });
});

test('an archive can write nothing outside its directory, and what it calls a link is a plain file', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  const escapes = ['../escaped', '../../escaped', '/escaped', 'outputs/../../../escaped', '....//escaped'];
  const links = ['session.jsonl', 'outputs/a.md'].map((path) => ({ path, content: '/etc/passwd', mode: 0o120777 }));
  service.store('logs', zip([...links, ...escapes.map((path) => ({ path, content: 'hostile' }))]));
  const temporary = directory.join('temp', 'inner');
  mkdirSync(temporary, { recursive: true });
  const fetched = await downloadSession(requestOf(service, directory, { temporary }));
  if (fetched.kind !== 'found') throw new Error(fetched.message);
  const outside = readdirSync(directory.path, { recursive: true }).filter(
    (path) => !directory.join(String(path)).startsWith(fetched.directory),
  );
  expect(outside).toEqual(['temp', 'temp/inner']);
  expect(existsSync('/escaped')).toBe(false);
  expect(existsSync(join(fetched.directory, 'escaped'))).toBe(true);
  for (const { path, content } of links) {
    expect(lstatSync(join(fetched.directory, path)).isFile()).toBe(true);
    expect(readFileSync(join(fetched.directory, path), 'utf8')).toBe(content);
  }
});

test('an archive that is not what was uploaded is not used', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('logs', archive('changed'), `sha256:${'0'.repeat(64)}`);
  expect(await downloadSession(requestOf(service, directory))).toEqual({
    kind: 'failed',
    message: 'the earlier session was not downloaded: logs is not what was uploaded.',
  });
});

const deadlineMs = 8000;

// Concurrent, because each of them takes the whole deadline; long, because a loaded machine has to get as far as the fault.
test.concurrent.each<readonly [ArtifactCall, 'hang' | { readonly status: number }]>([
  ['ListArtifacts', 'hang'],
  ['download', 'hang'],
  ['download', { status: 503 }],
])('a service that fails in %s by %o costs no more than the deadline, and says so', async (faulty, fault) => {
  await using service = await startArtifactService({ fault: (call) => (call === faulty ? fault : undefined) });
  await using directory = await temporaryDirectory();
  service.store('logs', archive('x'));
  const started = performance.now();
  const fetched = await downloadSession(requestOf(service, directory, { deadlineMs }));
  expect(performance.now() - started).toBeLessThan(deadlineMs + 2000);
  expect(service.calls).toContain(faulty);
  expect(fetched).toEqual({
    kind: 'failed',
    message: 'the earlier session was not downloaded: it was not done after 8 s.',
  });
});

test('a cancelled job ends the download at once; nothing of it rejects, not even a full disk', async () => {
  const cancel = new AbortController();
  await using service = await startArtifactService({
    fault: () => {
      cancel.abort('SIGINT');
      return 'hang';
    },
  });
  await using directory = await temporaryDirectory();
  expect(await downloadSession(requestOf(service, directory, { cancel: cancel.signal }))).toMatchObject({
    message: 'the earlier session was not downloaded: the job was cancelled.',
  });
  const nowhere = requestOf(service, directory, { temporary: directory.join('missing') });
  expect(await downloadSession(nowhere)).toMatchObject({ kind: 'failed', message: expect.stringContaining('ENOENT') });
});

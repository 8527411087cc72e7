import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { artifactNameFor } from '../../src/github/artifact-name.ts';
import { DownloadedSessions, type DownloadRequest, downloadSession } from '../../src/github/download.ts';
import type { FetchedSession } from '../../src/options/settings.ts';
import { artifactProgram } from '../rig/artifact-program.ts';
import { type ArtifactCall, type ArtifactService, startArtifactService } from '../rig/artifact-service.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';
import { type ZipEntry, zip } from '../rig/zip.ts';

const owner = {
  ...{ artifactName: 'claude-ensemble', workflow: 'Review', job: 'review', matrix: 'null', step: '__self' },
  ...{ resumeKey: '', processIds: ['a'], attempt: 3 },
};

const program = await artifactProgram();

function requestOf(service: ArtifactService, directory: TemporaryDirectory, fields: Partial<DownloadRequest> = {}) {
  return {
    wanted: { name: 'logs' },
    processIds: ['a', 'b'],
    run: { apiUrl: service.env.GITHUB_API_URL, repository: 'octo/cats', runId: '42', token: service.token },
    temporary: directory.path,
    program,
    environment: { ...service.env, GITHUB_SERVER_URL: 'https://github.com' },
    cancel: new AbortController().signal,
    ...fields,
  } satisfies DownloadRequest;
}

function withoutToken({ run: _run, ...request }: DownloadRequest): DownloadRequest {
  return request;
}

const archive = (text: string): Buffer => zip([{ path: 'events.jsonl', content: text }]);

test.concurrent('an artifact is found by its name, and its files are there under their paths', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('other', archive('other'));
  service.store(
    'logs',
    zip([
      { path: 'events.jsonl', content: 'mine' },
      { path: 'outputs/a.md', content: '# Zwölf' },
    ]),
  );
  const fetched = await downloadSession(requestOf(service, directory));
  if (fetched.kind !== 'found') throw new Error(fetched.message);
  expect(readFileSync(join(fetched.directory, 'events.jsonl'), 'utf8')).toBe('mine');
  expect(readFileSync(join(fetched.directory, 'outputs/a.md'), 'utf8')).toBe('# Zwölf');
});

const logOf = (fetched: FetchedSession): string =>
  fetched.kind === 'found' ? readFileSync(join(fetched.directory, 'events.jsonl'), 'utf8') : fetched.message;

test.concurrent('an earlier attempt is found among the artifacts of all attempts and jobs of the run', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  for (let other = 0; other < 230; other += 1) service.store(`another ${other}`, archive('other'));
  service.store(artifactNameFor({ ...owner, attempt: 1 }, 'a1'), archive('first'), { attempt: 1 });
  service.store(artifactNameFor({ ...owner, attempt: 2 }, 'a2'), archive('second'), { attempt: 2 });
  service.store(artifactNameFor({ ...owner, attempt: 2, job: 'tests' }, 'a3'), archive('of another job'));
  const environment = { ...service.envOf(3), GITHUB_SERVER_URL: 'https://github.com' };
  expect(logOf(await downloadSession(requestOf(service, directory, { wanted: { owner }, environment })))).toBe(
    'second',
  );
  expect(service.calls).toEqual(['REST list', 'REST list', 'REST list', 'REST zip', 'download']);
  expect(service.headersOf('REST zip')).toMatchObject({ authorization: `Bearer ${service.token}` });
  expect(service.headersOf('download')).not.toHaveProperty('authorization');
});

test.concurrent('without the permission for the REST API the runtime token still reads what this attempt has left', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('logs', archive('mine'));
  const run = { ...requestOf(service, directory).run, token: 'ghs_without_permissions' };
  expect(logOf(await downloadSession(requestOf(service, directory, { run })))).toBe('mine');
  expect(logOf(await downloadSession(withoutToken(requestOf(service, directory))))).toBe('mine');
});

test.concurrent('the runtime token cannot read another attempt: the missing permission is named', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store(artifactNameFor({ ...owner, attempt: 2 }, 'a2'), archive('second'), { attempt: 2 });
  const environment = { ...service.envOf(3), GITHUB_SERVER_URL: 'https://github.com' };
  const run = { ...requestOf(service, directory).run, token: 'ghs_without_permissions' };
  const request = requestOf(service, directory, { wanted: { owner }, environment, run });
  expect(await downloadSession(request)).toEqual({
    kind: 'failed',
    message:
      'the earlier session was not downloaded: GitHub does not list the artifacts of this run (403 Forbidden: Resource not ' +
      'accessible by integration); give the job "permissions: actions: read". GetSignedArtifactURL was answered with 404 Not ' +
      'Found: workflow run not found; the runtime token reads artifacts of this attempt only.',
  });
  expect(await downloadSession(withoutToken(request))).toMatchObject({
    message: expect.stringMatching(/this attempt only \(there is no github-token to read other attempts with\)\.$/),
  });
  expect(readdirSync(directory.path)).toEqual([]);
});

test.concurrent('two sessions of one step in one attempt are refused, and the message names resume-key', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  for (const call of ['web', 'api'])
    service.store(artifactNameFor({ ...owner, attempt: 1 }, call), archive(call), { attempt: 1 });
  service.store(artifactNameFor({ ...owner, attempt: 2 }, 'web'), archive('web'), { attempt: 2 });
  expect(await downloadSession(requestOf(service, directory, { wanted: { owner } }))).toEqual({
    kind: 'refused',
    message: expect.stringMatching(/^in attempt 1 of this run 2 sessions have the same .* give each call a resume-key/),
  });
});

test.concurrent('of two tries of one session the later one is taken, whatever their ids', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  const store = (text: string, createdAt: string) =>
    service.store(artifactNameFor({ ...owner, attempt: 2 }, 'one'), archive(text), { createdAt });
  store('later', '2026-01-01T12:00:01Z');
  store('earlier', '2026-01-01T12:00:00Z');
  expect(logOf(await downloadSession(requestOf(service, directory, { wanted: { owner } })))).toBe('later');
});

test.concurrent('an artifact that has expired is told from one that was never there', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('logs', archive('old'), { isExpired: true });
  expect(await downloadSession(requestOf(service, directory))).toEqual({
    kind: 'failed',
    message: 'the earlier session was not downloaded: logs has expired, or was deleted.',
  });
});

test('a proxy of the environment is used, and one that is no URL keeps nobody from starting', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('logs', archive('mine'));
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const target = connect(Number(new URL(`http://${url}`).port), '127.0.0.1');
    for (const end of [socket, target]) end.on('error', () => target.destroy());
    socket.pipe(target).pipe(socket);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const request = requestOf(service, directory);
  const by = (http_proxy: string) => ({ ...request, environment: { ...request.environment, http_proxy } });
  expect(logOf(await downloadSession(by(address)))).toBe('mine');
  expect(asked).toContain(new URL(service.env.GITHUB_API_URL).host);
  proxy.close();
  expect(logOf(await downloadSession(by('proxy.example:3128:x')))).toBe('mine');
});

test.concurrent('what was downloaded is removed at the end', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('logs', archive('x'));
  const downloads = new DownloadedSessions();
  expect((await downloads.fetch(requestOf(service, directory))).kind).toBe('found');
  expect(readdirSync(directory.path)).toHaveLength(1);
  await downloads[Symbol.asyncDispose]();
  expect(readdirSync(directory.path)).toEqual([]);
});

test.concurrent('in the first attempt of a run GitHub is not even asked', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  const wanted = { owner: { ...owner, attempt: 1 } };
  expect((await downloadSession(requestOf(service, directory, { wanted }))).kind).toBe('nothing');
  expect(service.calls).toEqual([]);
});

test.concurrent.each<readonly [string, DownloadRequest['wanted'], RegExp]>([
  ['name', { name: 'logs' }, /^this run has no artifact "logs"\. Its whole name is in the output artifact-name\.$/],
  ['owner', { owner }, /^no earlier attempt of this step has left an artifact in this run\./],
])('an artifact that is not there is a failure that says so, by %s', async (_title, wanted, message) => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('other', archive('other'));
  const fetched = await downloadSession(requestOf(service, directory, { wanted }));
  expect(fetched).toEqual({ kind: 'failed', message: expect.stringMatching(message) });
});

const logEntry = { path: 'events.jsonl', content: 'x' };
const mebibyte = 1024 * 1024;

test.concurrent.each<readonly [string, readonly ZipEntry[], RegExp]>([
  [
    'leads out of its directory',
    [logEntry, { path: '../escaped', content: '' }],
    /invalid relative path: \.\.\/escaped/,
  ],
  ['has an absolute path', [logEntry, { path: '/escaped', content: '' }], /absolute path: \/escaped/],
  ['holds a link', [{ ...logEntry, mode: 0o120777 }], /events\.jsonl in it is no plain file/],
  [
    'holds a link for an output',
    [logEntry, { path: 'outputs/a.md', content: '/etc/passwd', mode: 0o120777 }],
    /outputs\/a\.md in it is no plain file/,
  ],
  ['holds a file twice', [logEntry, logEntry], /it holds events\.jsonl twice/],
  ['is encrypted', [{ ...deflated('events.jsonl', 1), flags: 1 }], /events\.jsonl in it is encrypted/],
  ['says it is smaller than it is', [{ ...deflated('events.jsonl', 1), size: 10 }], /too many bytes in the stream/],
  [
    'says it is larger than it is',
    [{ ...deflated('events.jsonl', 1), size: 2 * mebibyte }],
    /not enough bytes in the stream/,
  ],
  [
    'unpacks to 3 GiB',
    [{ ...deflated('events.jsonl', 1), size: 3 * 1024 * mebibyte }],
    /events\.jsonl in it has 3221225472 bytes; at most 1048870912 are read/,
  ],
  [
    'unpacks to 800 times its size',
    [deflated('events.jsonl', 20)],
    /events\.jsonl in it unpacks to more than 200 times its size/,
  ],
  ['holds no session', [{ path: 'session.log', content: '' }], /it does not hold events\.jsonl/],
])('an archive that %s is refused with its cause, and leaves nothing', async (_title, entries, cause) => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('logs', zip(entries));
  const fetched = await downloadSession(requestOf(service, directory));
  expect(fetched).toEqual({ kind: 'failed', message: expect.stringMatching(/was not downloaded: logs is not used: /) });
  expect(fetched).toMatchObject({ message: expect.stringMatching(cause) });
  expect(readdirSync(directory.path)).toEqual([]);
});

test.concurrent('only the files of a session that are wanted are unpacked; an output that is a bomb is left out', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  const others = ['session.log', 'a.jsonl', 'outputs/of-another.md', 'nested/events.jsonl'];
  service.store(
    'logs',
    zip([
      ...others.map((path) => ({ path, content: 'x' })),
      ...[logEntry, { path: 'outputs/a.md', content: 'A' }, deflated('outputs/b.md', 20)],
    ]),
  );
  const fetched = await downloadSession(requestOf(service, directory));
  if (fetched.kind !== 'found') throw new Error(fetched.message);
  expect(readdirSync(fetched.directory, { recursive: true }).sort()).toEqual([
    'events.jsonl',
    'outputs',
    'outputs/a.md',
  ]);
});

/** So many MiB of one letter, compressed. */
function deflated(path: string, mebibytes: number): ZipEntry {
  return { path, content: 'x'.repeat(mebibytes * mebibyte), deflate: true };
}

test.concurrent('an archive that is not what was uploaded is not used', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  service.store('logs', archive('changed'), { digest: `sha256:${'0'.repeat(64)}` });
  expect(await downloadSession(requestOf(service, directory))).toEqual({
    kind: 'failed',
    message: 'the earlier session was not downloaded: logs is not what was uploaded.',
  });
});

const deadlineMs = 12_000;

// Concurrent, because each of them takes the whole deadline; long, because a loaded machine has to get as far as the fault.
test.concurrent.each<ArtifactCall>(['REST list', 'REST zip', 'download'])(
  'a service that hangs in %s costs no more than the deadline, and says so',
  async (faulty) => {
    await using service = await startArtifactService({ fault: (call) => (call === faulty ? 'hang' : undefined) });
    await using directory = await temporaryDirectory();
    service.store('logs', archive('x'));
    const started = performance.now();
    const fetched = await downloadSession(requestOf(service, directory, { deadlineMs }));
    expect(performance.now() - started).toBeLessThan(deadlineMs + 2000);
    expect(service.calls).toContain(faulty);
    expect(fetched).toEqual({
      kind: 'failed',
      message: 'the earlier session was not downloaded: it was not done after 12 s.',
    });
  },
);

test.concurrent('a service that fails is asked again, and then named with what it answered', async () => {
  await using service = await startArtifactService({
    fault: (call, nth) => {
      if (call === 'REST list' && nth === 1) return 'reset';
      return call === 'REST zip' && nth === 1 ? { status: 502 } : undefined;
    },
  });
  await using directory = await temporaryDirectory();
  service.store('logs', archive('mine'));
  expect(logOf(await downloadSession(requestOf(service, directory)))).toBe('mine');
  await using down = await startArtifactService({ fault: () => ({ status: 503 }) });
  expect(await downloadSession(requestOf(down, directory))).toMatchObject({
    kind: 'failed',
    message: expect.stringMatching(/artifacts of this run \(503 .*injected\)\. ListArtifacts was answered with 503/),
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

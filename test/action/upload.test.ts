import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { type ArtifactChild, ArtifactClient } from '../../src/github/artifact-child.ts';
import { type UploadOutcome, type UploadRequest, uploadArtifact, uploadPage } from '../../src/github/upload.ts';
import { artifactProgram } from '../rig/artifact-program.ts';
import {
  type ArtifactCall,
  type ArtifactFault,
  type ArtifactService,
  startArtifactService,
} from '../rig/artifact-service.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';
import { waitFor } from '../rig/wait-for.ts';

const artifact = await artifactProgram();
const owner = {
  artifactName: 'claude-ensemble',
  workflow: 'Review',
  job: 'review',
  matrix: '{"os":"linux"}',
  step: '__claude-ensemble',
  resumeKey: '',
  processIds: ['security', 'tests'],
  attempt: 2,
};

/** A session's directory with these files, and the request to upload them to the service. */
async function sessionOf(
  service: ArtifactService,
  directory: TemporaryDirectory,
  files: Readonly<Record<string, string>>,
) {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(directory.join(file)), { recursive: true });
    await writeFile(directory.join(file), text);
  }
  const environment = {
    ...service.env,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'octo/cats',
    GITHUB_RUN_ID: '42',
  };
  const paths = Object.keys(files).map((file) => directory.join(file));
  return {
    owner,
    sessionId: 'one',
    files: paths,
    rootDirectory: directory.path,
    environment,
  };
}

type Upload = Omit<UploadRequest, 'client'> & Pick<ArtifactChild, 'environment'> & Partial<ArtifactChild>;

/** One upload by a child of its own. */
async function upload({ environment, program = artifact, ...request }: Upload): Promise<UploadOutcome> {
  using client = new ArtifactClient({ program, environment });
  return await uploadArtifact({ ...request, client });
}

test.concurrent('the files arrive in one artifact, under their paths below the root, with id, URL, size and digest', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  const request = await sessionOf(service, directory, { 'session.log': 'started\n', 'outputs/a.md': '# Zwölf\n' });
  const outcome = await upload(request);
  const [artifact] = service.artifacts;
  expect(outcome).toEqual({
    kind: 'uploaded',
    id: Number(artifact?.id),
    name: artifact?.name,
    url: `https://github.com/octo/cats/actions/runs/42/artifacts/${artifact?.id}`,
    size: artifact?.size,
    digest: artifact?.digest.replace('sha256:', ''),
  });
  const files = service.download(artifact?.name ?? '');
  expect(Object.fromEntries([...files].map(([path, bytes]) => [path, bytes.toString()]))).toEqual({
    'session.log': 'started\n',
    'outputs/a.md': '# Zwölf\n',
  });
});

test.concurrent('a page arrives as it is, under the name of its file, as something that a browser opens', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  const request = await sessionOf(service, directory, { 'logs-1.html': '<!doctype html>Ü' });
  using client = new ArtifactClient({ program: artifact, environment: request.environment });
  const outcome = await uploadPage({ ...request, client, file: directory.join('logs-1.html') });
  const [page] = service.pages;
  expect(outcome).toMatchObject({ kind: 'uploaded', name: 'logs-1.html', url: expect.stringMatching(`/${page?.id}$`) });
  expect(page).toMatchObject({ name: 'logs-1.html', type: 'text/html', text: '<!doctype html>Ü' });
  // A link would publish another file.
  await symlink('/etc/hostname', directory.join('link.html'));
  expect(await uploadPage({ ...request, client, file: directory.join('link.html') })).toMatchObject({ kind: 'failed' });
});

test.concurrent("the retention is handed on, and is the repository's own without one", async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  const request = await sessionOf(service, directory, { 'session.log': '' });
  await upload({ ...request, retentionDays: 3 });
  await upload(request);
  const [three, own] = service.artifacts;
  const days = (Date.parse(three?.expiresAt ?? '') - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(2.9);
  expect(days).toBeLessThan(3.1);
  expect(own?.expiresAt).toBeUndefined();
});

test.concurrent('a symbolic link publishes nothing, and a missing file or a dangling link does not keep the others back', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  await using elsewhere = await temporaryDirectory();
  await writeFile(elsewhere.join('secret'), 'secret');
  const request = await sessionOf(service, directory, { 'session.log': 'started\n' });
  await symlink(elsewhere.join('secret'), directory.join('link'));
  await symlink(elsewhere.join('nothing'), directory.join('dangling'));
  const files = [...request.files, ...['link', 'dangling', 'missing'].map((file) => directory.join(file))];
  const outcome = await upload({ ...request, files });
  expect(outcome.kind).toBe('uploaded');
  expect([...service.download(service.artifacts[0]?.name ?? '').keys()]).toEqual(['session.log']);
});

test.concurrent('a file that opens but cannot be read crashes the client: that is a failure with its cause, not a crash of ours', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  const request = await sessionOf(service, directory, {});
  const outcome = await upload({ ...request, rootDirectory: '/proc/self', files: ['/proc/self/mem'] });
  expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('during zip creation') });
});

const deadlineMs = 12_000;

// Concurrent, because each of them takes the whole deadline; long, because a loaded machine has to get as far as the fault.
test.concurrent.each<readonly [ArtifactCall, ArtifactFault]>([
  ['CreateArtifact', 'hang'],
  ['upload', 'hang'],
  ['commit', 'hang'],
  ['FinalizeArtifact', 'hang'],
  ['CreateArtifact', { status: 503 }],
])('a service that fails in %s by %o costs no more than the deadline, and says so', async (faulty, fault) => {
  await using service = await startArtifactService({ fault: (call) => (call === faulty ? fault : undefined) });
  await using directory = await temporaryDirectory();
  const request = await sessionOf(service, directory, { 'session.log': 'started\n' });
  const started = performance.now();
  const outcome = await upload({ ...request, deadlineMs });
  expect(performance.now() - started).toBeLessThan(deadlineMs + 2000);
  expect(service.calls).toContain(faulty);
  expect(outcome).toEqual({
    kind: 'failed',
    message: `The logs were not uploaded: it was not done after 12 s. GitHub's artifact service may be down, see githubstatus.com. On the runner they are in ${directory.path}.`,
  });
});

test.concurrent.each([
  ['a name that is taken', 'CreateArtifact', { status: 409 }],
  ['a failed finalize, which burns the name', 'FinalizeArtifact', { status: 400 }],
  ['a refused blob', 'upload', { status: 403 }],
] as const)('%s is mended by a second try under a fresh name', async (_title, faulty, fault) => {
  await using service = await startArtifactService({
    fault: (call, nth) => (call === faulty && nth === 1 ? fault : undefined),
  });
  await using directory = await temporaryDirectory();
  const outcome = await upload(await sessionOf(service, directory, { 'session.log': 'started\n' }));
  expect(outcome.kind).toBe('uploaded');
  expect(service.calls.filter((call) => call === 'CreateArtifact')).toHaveLength(2);
});

const unknownField = 'proto: (line 1:2): unknown field "mime_type"';

test.concurrent.each<readonly [string, ArtifactFault, string]>([
  ['a refusal', { status: 403 }, '403 Forbidden: injected'],
  ['a token that is not valid', { status: 401 }, '401 Unauthorized: injected'],
  ['a server without this service', { status: 404, text: '404 page not found' }, '404 Not Found: 404 page not found'],
  ['a server that does not know a field', { status: 400, text: unknownField }, `400 Bad Request: ${unknownField}`],
  ['a method that is not implemented', { status: 501, text: '' }, '501 Not Implemented'],
  ['a page instead of an answer', { status: 200, text: '<html>Log in', type: 'text/html' }, '200 OK: a page, which'],
  [
    'a used-up quota',
    { status: 429, text: '{"msg":"Artifact storage quota has been hit."}' },
    '429 Too Many Requests: Artifact storage quota has been hit.',
  ],
])('%s is not tried again, and the warning holds what was answered', async (_title, fault, answer) => {
  await using service = await startArtifactService({ fault: () => fault });
  await using directory = await temporaryDirectory();
  const outcome = await upload(await sessionOf(service, directory, { 'session.log': 'started\n' }));
  expect(outcome).toMatchObject({ kind: 'failed' });
  expect(outcome).toMatchObject({
    message: expect.stringContaining(`The logs were not uploaded: CreateArtifact was refused with ${answer}`),
  });
  expect(service.calls).toEqual(['CreateArtifact']);
});

const blocked = `<!DOCTYPE html><html>${'Blocked. '.repeat(1000)}</html>`;
test.concurrent.each<readonly [string, ArtifactFault, string]>([
  ['the page of a proxy', { status: 403, text: blocked, type: 'text/html' }, 'a page, which no storage answers with.'],
  ['a long answer', { status: 403, text: 'No. '.repeat(1000), type: 'text/plain' }, `${'No. '.repeat(75)}.`],
])(
  '%s in place of an answer of the storage is told with its status and host, and in short',
  async (_title, fault, answer) => {
    await using service = await startArtifactService({ fault: (call) => (call === 'upload' ? fault : undefined) });
    await using directory = await temporaryDirectory();
    const outcome = await upload(await sessionOf(service, directory, { 'session.log': 'started\n' }));
    const { host } = new URL(service.env.ACTIONS_RESULTS_URL);
    const message = `The logs were not uploaded: the storage of artifacts, ${host}, answered 403: ${answer} On the runner`;
    expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining(message) });
  },
);

test.concurrent('a server that is busy is asked again', async () => {
  const busy = { status: 429, text: '{"msg":"slow down"}' };
  await using service = await startArtifactService({
    fault: (call, nth) => (call === 'CreateArtifact' && nth === 1 ? busy : undefined),
  });
  await using directory = await temporaryDirectory();
  const outcome = await upload(await sessionOf(service, directory, { 'session.log': 'started\n' }));
  expect(outcome.kind).toBe('uploaded');
});

test.concurrent('an Enterprise Server, which the client does not know, is not tried again', async () => {
  await using service = await startArtifactService();
  await using directory = await temporaryDirectory();
  const request = await sessionOf(service, directory, { 'session.log': '' });
  const environment = { ...request.environment, GITHUB_SERVER_URL: 'https://github.example.com' };
  expect(await upload({ ...request, environment })).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('not currently supported on GHES'),
  });
  expect(service.calls).toEqual([]);
});

test.concurrent('a connection that is refused fails at once, with its code', async () => {
  await using directory = await temporaryDirectory();
  const service = await startArtifactService();
  await service[Symbol.asyncDispose]();
  const outcome = await upload(await sessionOf(service, directory, { 'session.log': '' }));
  expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('ECONNREFUSED') });
});

test.concurrent('outside GitHub Actions it fails by naming the variable that is missing', async () => {
  await using directory = await temporaryDirectory();
  await using service = await startArtifactService();
  const request = await sessionOf(service, directory, { 'session.log': '' });
  const outcome = await upload({ ...request, environment: {} });
  expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('ACTIONS_RUNTIME_TOKEN') });
});

test('a cancelled job ends the upload at once', async () => {
  const cancel = new AbortController();
  await using service = await startArtifactService({
    fault: (call) => {
      if (call === 'CreateArtifact') cancel.abort('SIGINT');
      return 'hang';
    },
  });
  await using directory = await temporaryDirectory();
  const request = await sessionOf(service, directory, { 'session.log': '' });
  const outcome = await upload({ ...request, cancel: cancel.signal });
  expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('the job was cancelled') });
});

test('a cancelled job ends the upload of a page at once', async () => {
  await using directory = await temporaryDirectory();
  await writeFile(directory.join('program.mjs'), "process.on('message', String);");
  using client = new ArtifactClient({ program: directory.join('program.mjs'), environment: {} });
  const page = { file: directory.join('program.mjs'), rootDirectory: directory.path, client };
  // Without the cancel it would take longer than a test may.
  expect(await uploadPage({ ...page, deadlineMs: 600_000, cancel: AbortSignal.abort('SIGINT') })).toMatchObject({
    kind: 'failed',
  });
});

/** Has a program of the test's own upload. */
async function uploadsBy<T>(
  source: string,
  upload: (request: UploadRequest, uploadOnePage: () => Promise<UploadOutcome>) => Promise<T>,
  environment: Upload['environment'] = {},
): Promise<T> {
  await using directory = await temporaryDirectory();
  const program = directory.join('program.mjs');
  await writeFile(program, source);
  using client = new ArtifactClient({ program, environment });
  const common = { rootDirectory: directory.path, client };
  return await upload({ owner, sessionId: 'one', files: [], ...common }, () =>
    uploadPage({ file: program, ...common }),
  );
}

function uploadBy(source: string, environment?: Upload['environment']): Promise<UploadOutcome> {
  return uploadsBy(source, uploadArtifact, environment);
}

/** The process that answered an upload, if the program gives its own id as that of the artifact. */
function pidIn(outcome: UploadOutcome): number {
  return outcome.kind === 'uploaded' ? outcome.id : 0;
}

const answer = "process.send({ kind: 'uploaded', id: process.pid, size: 0, digest: '' })";

test.concurrent('a page goes through the program that has uploaded the logs', async () => {
  await uploadsBy(`process.on('message', () => ${answer});`, async (request, uploadOnePage) => {
    const loaded = pidIn(await uploadArtifact(request));
    expect(loaded).toBeGreaterThan(0);
    expect(pidIn(await uploadOnePage())).toBe(loaded);
  });
});

test.concurrent('a page goes through a new program if the one that has uploaded the logs failed or died since', async () => {
  await uploadsBy(`process.on('message', () => ${answer} && process.disconnect());`, async (request, uploadOnePage) => {
    const dead = pidIn(await uploadArtifact(request));
    await waitFor('the program to end', () => !isAlive(dead));
    expect(pidIn(await uploadOnePage())).toBeGreaterThan(0);
  });
  const failure = "process.send({ kind: 'failed', message: 'x' })";
  const once = `let orders = 0; process.on('message', () => ++orders === 2 ? ${failure} : ${answer});`;
  await uploadsBy(once, async (request, uploadOnePage) => {
    const first = pidIn(await uploadArtifact(request));
    expect((await uploadOnePage()).kind).toBe('failed');
    const next = pidIn(await uploadOnePage());
    expect(next).toBeGreaterThan(0);
    expect(next).not.toBe(first);
  });
});

test.concurrent('the program that talks to GitHub sees the runtime token and the proxies, but no input and no other secret', async () => {
  const wanted = { ACTIONS_RUNTIME_TOKEN: 't', ACTIONS_RESULTS_URL: 'u', https_proxy: 'p' };
  const withheld = {
    INPUT_PROMPT: 'x',
    GITHUB_TOKEN: 'x',
    ANTHROPIC_API_KEY: 'x',
    GITHUB_OUTPUT: 'x',
    NODE_OPTIONS: '',
  };
  const tell =
    "process.send({ kind: 'failed', message: Object.keys(process.env).join() }); process.on('message', String);";
  const outcome = await uploadBy(tell, { ...wanted, ...withheld });
  const message = outcome.kind === 'failed' ? outcome.message : '';
  for (const name of Object.keys(wanted)) expect(message).toContain(name);
  for (const name of Object.keys(withheld)) expect(message).not.toContain(name);
});

test('a program that does not end after its work is ended', async () => {
  const stay = "process.send({ kind: 'failed', message: String(process.pid) }); setInterval(String, 1000);";
  const outcome = await uploadBy(`process.on('SIGTERM', String);${stay}`);
  const pid = Number(outcome.kind === 'failed' && /: (\d+)\./.exec(outcome.message)?.[1]);
  expect(pid).toBeGreaterThan(0);
  await waitFor('the program to end', () => !isAlive(pid));
});

test.concurrent.each([
  ['dies without a word', 'process.exit(3);', 'the artifact process ended with 3'],
  ['is killed', "process.kill(process.pid, 'SIGKILL');", 'the artifact process ended with SIGKILL'],
  ['crashes', "throw new TypeError('broken bundle');", 'TypeError: broken bundle'],
])('a program that %s is a failure that says so', async (_title, source, message) => {
  expect(await uploadBy(source)).toMatchObject({ kind: 'failed', message: expect.stringContaining(message) });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

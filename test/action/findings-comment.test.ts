import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkedOutCommit } from '../../src/github/comments/checked-out.ts';
import { linesOf } from '../../src/github/comments/diff-lines.ts';
import { type CommentOutcome, type CommentRequest, postFindings } from '../../src/github/comments/post-findings.ts';
import type { Finding } from '../../src/model/finding.ts';
import { finding, located, missingReviewer, reviewer } from '../rig/findings.ts';
import { type Fault, type GitHubApi, startGitHubApi, viewer } from '../rig/github-api.ts';
import { expectInertSummary } from '../rig/inert-text.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';
import { waitFor } from '../rig/wait-for.ts';

const head = 'a'.repeat(40);
const patch = '@@ -1,3 +8,6 @@ fn\n line 8\n-gone\n+line 9\n+line 10\n line 11\n\\ No newline at end of file';
const lost = finding({ severity: 'important', line: 10 });
const far = finding({ file: 'src/far.ts', line: 400, summary: 'An odd name for a thing' });
const pullEvent = (number = 7) => ({
  name: 'pull_request',
  payload: { pull_request: { number, head: { sha: head } } },
  repository: 'octo-org/monorepo',
  actor: 'alice',
});

async function place(prefix?: string) {
  const api = await startGitHubApi(prefix);
  const checkout = await temporaryDirectory();
  await mkdir(checkout.join('.git'));
  await writeFile(checkout.join('.git/HEAD'), `${head}\n`);
  api.files = [
    { filename: 'src/a.ts', patch },
    ...Array.from({ length: 130 }, (_, index) => ({ filename: `f${index}` })),
  ];
  let now = 0;
  const waits: number[] = [];
  const post = (findings: readonly Finding[], changes: Partial<CommentRequest> = {}): Promise<CommentOutcome> => {
    now += 1;
    return postFindings({
      ...{
        mode: 'review',
        found: located([reviewer('a', ...findings)]),
        event: pullEvent(),
        writer: `run-${now}`,
        now,
      },
      ...{
        repository: 'octo-org/monorepo',
        token: 'token-of-the-job',
        apiUrl: api.apiUrl,
        serverUrl: 'https://github.com',
      },
      ...{ checkout: checkout.path, stop: new AbortController().signal },
      wait: async (delayMs) => void waits.push(delayMs),
      ...changes,
    });
  };
  return {
    api,
    checkout,
    waits,
    post,
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]();
      await checkout[Symbol.asyncDispose]();
    },
  };
}

const writes = ({ calls }: GitHubApi) =>
  calls.filter(({ method, path }) => method !== 'GET' && !path.includes('graphql'));

/** The writer that a comment names. */
function writerOf(body: string): unknown {
  const [, content = ''] = /^<!-- \S+ (\S+) -->/.exec(body) ?? [];
  return JSON.parse(Buffer.from(content, 'base64url').toString()).writer;
}

test('findings come once: one comment, one review with comments on lines of the diff, however often it is run', async () => {
  await using it = await place();
  const found = located([
    reviewer('a', lost, far),
    missingReviewer('tests', { status: 'failed', reason: 'timeout' as never }),
  ]);
  const { url, message } = await it.post([], { found });
  expect(message).toBeUndefined();
  expect(url).toContain('#issuecomment-');
  const [comment] = it.api.comments;
  expect(comment?.body.split('\n')[1]).toBe('<p><b>1 important, 1 nit</b> · 1 of 2 reviewers answered</p>');
  expect(comment?.body).toMatch(/did not finish: tests.*Outside the diff.*src\/far\.ts:400/s);
  expect(comment?.body).toContain(`<a href="https://github.com/octo-org/monorepo/blob/${head}/src/a.ts#L10">`);
  expectInertSummary(comment?.body.replace(/^<!--.*?-->\n/, '').replaceAll(/<\/?a(?: href="[^"]*")?>/g, '') ?? '');
  expect(it.api.reviews).toMatchObject([{ commit: head, comments: 1 }]);
  expect(it.api.threads).toMatchObject([{ path: 'src/a.ts', line: 10 }]);

  // Other words, on a line that has moved a little.
  await it.post([{ ...lost, line: 11, summary: 'The lock is never ever released' }, far]);
  expect([it.api.comments.length, it.api.reviews.length, it.api.threads.length]).toEqual([1, 1, 1]);
  await it.post([lost, finding({ line: 9, summary: 'Something else entirely', category: 'other' })]);
  expect([it.api.comments.length, it.api.threads.map(({ line }) => line)]).toEqual([1, [10, 9]]);
  expect(JSON.stringify(it.api.calls)).not.toContain('token-of-the-job');
});

test('what a person with write access resolved or hid is silenced; what others resolved is not; nothing is posted again', async () => {
  await using it = await place();
  const other = finding({ line: 8, summary: 'Something else entirely', category: 'x' });
  const third = finding({ line: 11, summary: 'A third matter of its own', category: 'y' });
  await it.post([lost, other, third]);
  const [first, second, last] = ['never released', 'Something else', 'third matter'].map((words) =>
    it.api.threads.find(({ body }) => body.includes(words)),
  );
  Object.assign(it.api.permissions, { maintainer: 'write' });
  Object.assign(first ?? {}, { resolvedBy: 'maintainer' });
  Object.assign(second ?? {}, { resolvedBy: 'author-of-the-fork' });
  Object.assign(last ?? {}, { isMinimized: true });
  await it.post([lost, other, third]);
  const body = it.api.comments[0]?.body.replace(/^<!--.*?-->/, '') ?? '';
  expect(body).toContain('Something else entirely');
  expect(body).not.toMatch(/never released|third matter/);
  expect(body).toContain('<b>1 important, 2 nits</b> · 1 of 1 reviewer answered · 2 resolved or hidden, not shown</p>');
  expect(it.api.threads).toHaveLength(3);
  // A comment on a line that was deleted does not come back either.
  it.api.threads.length = 0;
  await it.post([lost, other, third]);
  expect(it.api.threads).toEqual([]);
});

test('a comment of someone else with our marker is not ours; others of ours are deleted, the oldest is kept', async () => {
  await using it = await place();
  await it.post([lost], { mode: 'sticky' });
  const [{ id, body }] = it.api.comments as [GitHubApi['comments'][0]];
  const others = Array.from({ length: 105 }, (_, index) => ({
    id: index + 1_000,
    body,
    author: 'mallory',
    isMinimized: false,
  }));
  it.api.comments.unshift(...others);
  it.api.comments.push(
    { id: id + 50, body, author: viewer, isMinimized: false },
    { id: id + 51, body: 'another', author: viewer, isMinimized: false },
  );
  await it.post([far], { mode: 'sticky' });
  expect(it.api.comments.filter(({ author }) => author === viewer).map((comment) => comment.id)).toEqual([id, id + 51]);
  expect(it.api.comments.find((comment) => comment.id === id)?.body).toContain('An odd name');
  expect(it.api.reviews).toEqual([]);
});

test('an edited, broken or deleted comment of ours is written anew', async () => {
  await using it = await place();
  await it.post([lost], { mode: 'sticky' });
  const [comment] = it.api.comments;
  if (comment !== undefined) comment.body = comment.body.replace(/ [\w-]+ -->/, ' bm90IGpzb24 -->');
  await it.post([lost], { mode: 'sticky' });
  expect(it.api.comments).toHaveLength(1);
  it.api.comments.length = 0;
  await it.post([lost], { mode: 'sticky' });
  expect(it.api.comments).toHaveLength(1);
});

test('writers at work at once end with one comment, that of the latest, and with each finding on its line once', async () => {
  await using it = await place();
  const all = Promise.withResolvers<void>();
  let writing = 0;
  // None writes before all have seen that there is no comment yet.
  it.api.before = async ({ method, path }) => {
    if (method !== 'POST' || !path.endsWith('/comments')) return undefined;
    writing += 1;
    if (writing === 4) all.resolve();
    await all.promise;
    return undefined;
  };
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => it.post([lost])));
  expect(outcomes.filter(({ level }) => level === 'warning')).toEqual([]);
  expect(it.api.threads).toHaveLength(1);
  expect(it.api.comments.map(({ body }) => writerOf(body))).toEqual(['run-4']);
});

test('an earlier run whose comment comes after that of a later one leaves the later one alone', async () => {
  await using it = await place();
  const done = Promise.withResolvers<void>();
  let writing = 0;
  it.api.before = async ({ method, path }) => {
    if (method !== 'POST' || !path.endsWith('/comments')) return undefined;
    writing += 1;
    if (writing === 1) await done.promise;
    return undefined;
  };
  const first = it.post([lost]);
  await waitFor('the first run to write', () => writing === 1);
  await it.post([lost]);
  done.resolve();
  expect(await first).toMatchObject({ level: 'notice', message: expect.stringContaining('a later run') });
  expect(it.api.comments.map(({ body }) => writerOf(body))).toEqual(['run-2']);
});

test.each([
  { stays: 1, answers: 0 },
  { stays: 2, answers: 1 },
])(
  'of two runs that review at the same moment $stays comments stay when $answers people have answered the later one',
  async ({ stays, answers }) => {
    await using it = await place();
    const [reviews, first, both] = [{ count: 0 }, Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const diffs: string[] = [];
    it.api.before = async ({ method, path, body }) => {
      // One run has read that nothing is posted, and goes on when the other is about to post.
      if (path.includes('/files?') && path.includes('page=1') && diffs.push(path) === 2) await first.promise;
      if (method === 'POST' && path.endsWith('/reviews')) {
        reviews.count += 1;
        if (reviews.count === 2) both.resolve();
        first.resolve();
        await both.promise;
      }
      const [, later] = it.api.threads;
      if (String(body.query).includes('reviewThreads(') && later !== undefined) later.answers = answers;
      return undefined;
    };
    await Promise.all([it.post([lost]), it.post([lost])]);
    expect(reviews.count).toBe(2);
    expect(it.api.threads).toHaveLength(stays);
  },
);

test('a run of an older commit leaves the comment of a newer one alone', async () => {
  await using it = await place();
  await it.post([lost]);
  const before = it.api.comments[0]?.body;
  await writeFile(it.checkout.join('.git/HEAD'), 'b'.repeat(40));
  const event = { ...pullEvent(), payload: { pull_request: { number: 7, head: { sha: 'b'.repeat(40) } } } };
  expect(await it.post([far], { event })).toMatchObject({
    level: 'notice',
    message: expect.stringContaining('newer commit'),
  });
  expect(it.api.comments.map(({ body }) => body)).toEqual([before]);
});

test('what was not checked out from the head of the pull request is not put on lines, and the comment says why', async () => {
  await using it = await place();
  await writeFile(it.checkout.join('.git/HEAD'), 'c'.repeat(40));
  await it.post([lost]);
  expect(it.api.reviews).toEqual([]);
  expect(it.api.comments[0]?.body).toContain('Not on lines: <code>cccccccccccc</code> was checked out');
});

test('a line that GitHub refuses costs one retry without line comments; the findings are then in the text', async () => {
  await using it = await place();
  it.api.before = ({ path, body }) =>
    path.endsWith('/reviews') && body.comments !== undefined
      ? { status: 422, message: 'Line could not be resolved' }
      : undefined;
  expect(await it.post([lost])).toEqual({ url: expect.any(String) });
  expect(it.api.reviews).toMatchObject([{ comments: 0, body: expect.stringContaining('never released') }]);
  expect(it.api.calls.filter(({ path }) => path.endsWith('/reviews'))).toHaveLength(2);
});

test('a secondary rate limit is waited for; what it refuses for long is a warning', async () => {
  await using it = await place();
  let left = 2;
  const limit = { status: 403, message: 'You have exceeded a secondary rate limit', headers: { 'retry-after': '7' } };
  it.api.before = ({ method }) => (method === 'POST' && left-- > 0 ? limit : undefined);
  expect(await it.post([lost])).toEqual({ url: expect.any(String) });
  expect(it.waits).toEqual([7_000, 7_000]);
  it.api.before = () => ({ ...limit, headers: { 'retry-after': '3600' } });
  expect(await it.post([lost])).toMatchObject({ level: 'warning' });
  expect(it.waits).toEqual([7_000, 7_000]);
});

test.each([
  [403, 'Resource not accessible by integration'],
  [404, 'Not Found'],
])(
  'without permission (%i) there is a warning that says what to give the job, and nothing else',
  async (status, message) => {
    await using it = await place();
    it.api.before = ({ method, path }) =>
      method !== 'GET' && !path.includes('graphql') ? { status, message } : undefined;
    const outcome = await it.post([lost]);
    expect(outcome).toEqual({
      level: 'warning',
      message: expect.stringContaining('permissions: pull-requests: write'),
    });
    expect(writes(it.api)).toHaveLength(1);
  },
);

test('the pull request comes from the event; for workflow_run it is the open one of that repository, branch and commit', async () => {
  await using it = await place();
  const run = (changes: object) => ({
    ...pullEvent(),
    name: 'workflow_run',
    payload: {
      workflow_run: {
        ...{ head_branch: 'topic', head_sha: head, pull_requests: [] },
        ...{ head_repository: { full_name: 'mallory/fork', owner: { login: 'mallory' } }, ...changes },
      },
    },
  });
  it.api.pull = { ...it.api.pull, head: { sha: head, ref: 'topic', repo: { full_name: 'mallory/fork' } } };
  for (const changes of [
    { head_branch: 'other' },
    { head_sha: 'd'.repeat(40) },
    { head_repository: { full_name: 'mallory/other', owner: { login: 'mallory' } } },
  ])
    expect(await it.post([lost], { event: run(changes) })).toMatchObject({ level: 'notice' });
  expect(await it.post([lost], { event: { ...pullEvent(), name: 'push', payload: {} } })).toMatchObject({
    level: 'notice',
  });
  expect(writes(it.api)).toEqual([]);
  // Of one branch there may be several, each for another base.
  it.api.others = [{ ...it.api.pull, number: 8 }];
  expect(await it.post([lost], { event: run({}) })).toEqual({
    level: 'notice',
    message: expect.stringContaining('several open pull requests'),
  });
  it.api.others = [];
  expect(await it.post([lost], { event: run({}) })).toEqual({ url: expect.any(String) });
  const comment = { ...pullEvent(), name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } };
  expect(await it.post([lost], { event: comment })).toEqual({ url: expect.any(String) });
  const push = { ...pullEvent(), name: 'push', payload: {} };
  expect(await it.post([lost], { event: push, pullRequest: 7 })).toEqual({ url: expect.any(String) });
});

test('an Enterprise Server is asked where its API is, and a long text stays within what GitHub takes', async () => {
  await using it = await place('/api/v3');
  const many = Array.from({ length: 700 }, (_, index) =>
    finding({ file: `f${index}.ts`, summary: `finding ${index} of many` }),
  );
  expect(await it.post(many)).toEqual({ url: expect.any(String) });
  expect(it.api.calls.some(({ path }) => path.startsWith('/api/graphql'))).toBe(true);
  expect(it.api.comments[0]?.body.length).toBeLessThanOrEqual(65_000);
  expect(it.api.comments[0]?.body).toMatch(/\d+ more: see the summary of the run/);
});

test('lines of the diff are those of its new side', () => {
  expect([...linesOf(patch)]).toEqual([8, 9, 10, 11]);
  expect([...linesOf('@@ -1 +1 @@\n-a\n+b\n@@ -9,0 +20,2 @@\n+x\n+y')]).toEqual([1, 20, 21]);
  expect([...linesOf('Binary')]).toEqual([]);
});

test('the checked out commit is read without git, also behind a branch, packed or not; nothing else is', async () => {
  await using directory = await temporaryDirectory();
  const git = directory.join('.git');
  await mkdir(`${git}/refs/heads`, { recursive: true });
  const at = async (text: string) => {
    await writeFile(`${git}/HEAD`, text);
    return checkedOutCommit(directory.path);
  };
  await writeFile(`${git}/refs/heads/main`, `${head}\n`);
  await writeFile(`${git}/packed-refs`, `# pack-refs\n${'e'.repeat(40)} refs/heads/packed\n`);
  expect(await at('ref: refs/heads/main\n')).toBe(head);
  expect(await at('ref: refs/heads/packed\n')).toBe('e'.repeat(40));
  expect([await at('ref: refs/../HEAD'), await at('ref: refs/heads/gone')]).toEqual([undefined, undefined]);
  expect(await checkedOutCommit(directory.join('nowhere'))).toBeUndefined();
});

const secondary = { status: 403, message: 'You have exceeded a secondary rate limit' };

test('a limit that does not say for how long is waited for a minute, one that resets soon until then, also where GraphQL tells it', async () => {
  await using it = await place();
  const soon = String(Math.floor(Date.now() / 1000) + 20);
  const ofGraphql = {
    status: 200,
    message: '',
    errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }],
  };
  const limits: (Fault & { readonly errors?: object })[] = [
    secondary,
    { ...secondary, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': soon } },
    ofGraphql,
  ];
  for (const limit of limits) {
    let left = 1;
    it.waits.length = 0;
    it.api.before = ({ path }) => (path.includes('graphql') && left-- > 0 ? limit : undefined);
    expect(await it.post([lost])).toEqual({ url: expect.any(String) });
    const [wait = 0] = it.waits;
    if (limit.headers === undefined) expect(wait).toBe(60_000);
    else expect(wait).toBeGreaterThan(10_000);
    expect(wait).toBeLessThanOrEqual(60_000);
  }
  it.api.before = () => ({
    ...secondary,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' },
  });
  expect(await it.post([lost])).toMatchObject({ level: 'warning' });
});

test('a limit that does not end is waited for three times, one of unknown length once, and nothing once the step is stopped', async () => {
  await using it = await place();
  const postWith = async (fault: Fault, changes: Partial<CommentRequest> = {}): Promise<readonly number[]> => {
    it.waits.length = 0;
    it.api.before = () => fault;
    expect(await it.post([lost], changes)).toMatchObject({ level: 'warning' });
    return it.waits;
  };
  const told = { status: 403, message: 'Slow down', headers: { 'retry-after': '5' } };
  expect(await postWith(told)).toEqual([5_000, 5_000, 5_000]);
  expect(await postWith(secondary)).toEqual([60_000]);
  expect(await postWith(told, { stop: AbortSignal.abort() })).toEqual([]);
  // What has reset by now is waited for as well: the clocks of GitHub differ.
  const past = { ...secondary, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' } };
  expect(await postWith(past)).toEqual([1_000, 1_000, 1_000]);
});

test('a service that fails is asked again, but what was to be written is not written again: it may have been', async () => {
  await using it = await place();
  const failing = (isMeant: (method: string, path: string) => boolean) => {
    it.waits.length = 0;
    it.api.before = ({ method, path }) => (isMeant(method, path) ? { status: 502, message: 'Bad Gateway' } : undefined);
  };
  failing((method) => method === 'GET');
  expect(await it.post([lost])).toMatchObject({ level: 'warning' });
  expect(it.waits).toEqual([1_000, 2_000, 4_000]);
  failing((method, path) => method === 'POST' && !path.includes('graphql'));
  expect(await it.post([lost])).toMatchObject({ level: 'warning' });
  expect(it.waits).toEqual([]);
});

test('what GraphQL refuses says what to give the job; an answer that is none of GitHub is named, not shown', async () => {
  await using it = await place();
  const forbidden = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }];
  it.api.before = ({ path }) =>
    path.includes('graphql') ? ({ status: 200, message: '', errors: forbidden } as Fault) : undefined;
  expect((await it.post([lost])).message).toMatch(/not accessible by integration.*permissions: pull-requests: write/);
  it.api.before = ({ path }) => (path.includes('graphql') ? { status: 200, message: 'a proxy' } : undefined);
  const { message = '' } = await it.post([lost]);
  expect(message).toContain("it could not be written: GitHub's answer was not understood");
  expect(message).not.toMatch(/[\n{]/);
});

test('a review that could not be posted is posted by the next run, and what stands on lines then is not posted again', async () => {
  await using it = await place();
  const other = finding({ line: 8, summary: 'Something else entirely', category: 'x' });
  it.api.before = ({ path }) => (path.endsWith('/reviews') ? { status: 403, message: 'Forbidden' } : undefined);
  expect(await it.post([lost, other])).toMatchObject({ level: 'warning' });
  expect([it.api.comments.length, it.api.threads.length]).toEqual([1, 0]);
  it.api.before = () => undefined;
  for (let run = 0; run < 2; run += 1) {
    expect(await it.post([lost, other])).toEqual({ url: expect.any(String) });
    expect(it.api.threads).toHaveLength(2);
  }
});

test('two findings of one run on lines near each other both stay', async () => {
  await using it = await place();
  // Of one category, and more lines in all than one finding may cover.
  it.api.files = [{ filename: 'src/a.ts', patch: `@@ -0,0 +1,20 @@\n${'+x\n'.repeat(20)}` }];
  const chain = [1, 4, 7, 10, 13].map((line) => finding({ line, category: 'lock', summary: `At ${line}` }));
  await it.post(chain);
  expect(it.api.threads.map(({ line }) => line)).toEqual([10, 13]);
});

test('a diff that GitHub does not tell costs the lines only, and the comment says so', async () => {
  await using it = await place();
  it.api.before = ({ path }) =>
    path.includes('/files?') ? { status: 422, message: 'Sorry, this diff is too large' } : undefined;
  expect(await it.post([lost])).toEqual({ url: expect.any(String) });
  expect(it.api.comments[0]?.body).toContain('Not on lines: GitHub did not tell the lines of the diff.');
});

test('where nothing tells which commit was reviewed, a later run replaces what is not about the present one', async () => {
  await using it = await place();
  const event = { ...pullEvent(), name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } };
  for (const [commit, words] of [
    ['c', 'Alpha'],
    ['d', 'Beta'],
  ] as const) {
    await writeFile(it.checkout.join('.git/HEAD'), commit.repeat(40));
    await it.post([finding({ summary: words })], { event });
    expect(it.api.comments.map(({ body }) => body)).toEqual([expect.stringContaining(words)]);
  }
  await writeFile(it.checkout.join('.git/HEAD'), head);
  await it.post([finding({ summary: 'Gamma' })], { event });
  await writeFile(it.checkout.join('.git/HEAD'), 'e'.repeat(40));
  expect(await it.post([finding({ summary: 'Delta' })], { event })).toMatchObject({ level: 'notice' });
  expect(it.api.comments[0]?.body).toContain('Gamma');
});

test('of many findings in the diff the gravest are on lines, the others never, however often it is run', async () => {
  await using it = await place();
  it.api.files = [{ filename: 'src/a.ts', patch: `@@ -0,0 +1,600 @@\n${'+x\n'.repeat(600)}` }];
  const many = Array.from({ length: 120 }, (_, index) =>
    finding({
      line: 5 * index + 1,
      category: `kind ${index}`,
      severity: index % 2 === 0 ? 'important' : 'nit',
      summary: `Number ${index} of its own kind ${'and in many words '.repeat(10)}`,
    }),
  );
  for (let run = 0; run < 3; run += 1) expect(await it.post(many)).toEqual({ url: expect.any(String) });
  expect(it.api.reviews).toMatchObject([{ comments: 30, body: expect.stringContaining('30 new findings') }]);
  expect(it.api.threads.every(({ line }) => line % 10 === 1)).toBe(true);
});

test.each([
  ['403 Unable to create comment because issue is locked.', 'issue is locked).'],
  ['403 Repository was archived so is read-only.', 'so is read-only).'],
  ['403 API rate limit exceeded for installation.', 'for installation).'],
  ['401 Bad credentials', '(401 Bad credentials); the github-token is invalid or has expired.'],
])('where no permission would help none is advised: %s', async (answer, told) => {
  await using it = await place();
  const fault = { status: Number(answer.slice(0, 3)), message: answer.slice(4) };
  it.api.before = ({ method }) => (method === 'POST' ? fault : undefined);
  expect((await it.post([lost])).message).toContain(`${told} The summary holds all findings.`);
});

test('where the comment could be written, and the review could not, its address is given, and the cause', async () => {
  await using it = await place();
  it.api.before = ({ path }) => (path.endsWith('/reviews') ? { status: 403, message: 'Forbidden' } : undefined);
  expect(await it.post([lost])).toEqual({
    url: expect.stringContaining('#issuecomment-'),
    level: 'warning',
    message: expect.stringMatching(/^comment: it was posted, .* their lines: GitHub refused it \(403 Forbidden\)/),
  });
});

test('where GitHub was not reached, or there was no time left, that is what is told, and no refusal', async () => {
  await using it = await place();
  const told = async (changes: Partial<CommentRequest>) => (await it.post([lost], changes)).message;
  expect(await told({ apiUrl: 'http://127.0.0.1:1' })).toMatch(
    /^comment: it could not be written: GitHub was not reached: /,
  );
  expect(it.waits).toEqual([1_000, 2_000, 4_000]);
  const late = /^comment: it could not be written: the job was cancelled, or it took too long\. /;
  expect(await told({ stop: AbortSignal.abort('SIGINT') })).toMatch(late);
  it.api.before = () => ({ status: 429, message: 'Too Many Requests' });
  expect(await told({ wait: () => Promise.reject(new Error('aborted')) })).toMatch(late);
});

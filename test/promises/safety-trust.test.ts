import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { eventPayload } from '../rig/event-payload.ts';
import { startJob } from '../rig/runner.ts';

type Level = 'trusted' | 'untrusted';

/** The events that promises.md (T11) and the contract speak of: payload, name of the event, and what the session is. */
const events: readonly (readonly [file: string, name: string, level: Level, why: RegExp])[] = [
  ['push', 'push', 'trusted', /the event is push/],
  ['schedule', 'schedule', 'trusted', /the event is schedule/],
  ['workflow-dispatch', 'workflow_dispatch', 'trusted', /workflow_dispatch/],
  ['merge-group', 'merge_group', 'trusted', /merge_group/],
  ['pull-request', 'pull_request', 'trusted', /from the same repository/],
  ['pull-request-fork', 'pull_request', 'untrusted', /from a fork/],
  ['pull-request-fork-labeled-by-member', 'pull_request', 'untrusted', /from a fork/],
  ['pull-request-deleted-fork', 'pull_request', 'untrusted', /from a fork/],
  ['pull-request-dependabot', 'pull_request', 'untrusted', /by a bot/],
  ['pull-request-by-bot-pushed-by-person', 'pull_request', 'untrusted', /by a bot/],
  ['pull-request-by-person-pushed-by-bot', 'pull_request', 'untrusted', /by a bot/],
  ['pull-request-target', 'pull_request_target', 'untrusted', /pull_request_target/],
  ['pull-request-target-fork', 'pull_request_target', 'untrusted', /pull_request_target/],
  ['workflow-run', 'workflow_run', 'untrusted', /workflow_run/],
  ['issue-comment-by-owner', 'issue_comment', 'trusted', /owner/],
  ['issue-comment-by-owner-edited-by-person', 'issue_comment', 'trusted', /owner/],
  ['issue-comment-by-owner-edited-by-bot', 'issue_comment', 'untrusted', /by a bot/],
  ['issue-comment-by-stranger', 'issue_comment', 'untrusted', /no owner, member or collaborator/],
  ['issue-comment-by-stranger-edited-by-owner', 'issue_comment', 'untrusted', /no owner, member or collaborator/],
  ['issue-comment-by-contributor', 'issue_comment', 'untrusted', /contributor/],
  ['issue-comment-by-bot', 'issue_comment', 'untrusted', /by a bot/],
  ['issue-comment-on-pull-request', 'issue_comment', 'untrusted', /nobody could say/],
  ['discussion-comment-by-member', 'discussion_comment', 'trusted', /member/],
  ['discussion', 'discussion', 'untrusted', /discussion/],
  ['commit-comment', 'commit_comment', 'untrusted', /commit_comment/],
  ['pull-request-review', 'pull_request_review', 'trusted', /same repository/],
  ['pull-request-review-fork', 'pull_request_review', 'untrusted', /from a fork/],
  ['pull-request-review-by-stranger', 'pull_request_review', 'untrusted', /no owner/],
  ['pull-request-review-comment', 'pull_request_review_comment', 'trusted', /same repository/],
  ['pull-request-review-comment-fork', 'pull_request_review_comment', 'untrusted', /from a fork/],
  ['issues', 'issues', 'untrusted', /issues/],
  ['repository-dispatch', 'repository_dispatch', 'untrusted', /repository_dispatch/],
  ['check-run', 'check_run', 'untrusted', /check_run/],
  ['deployment-status', 'deployment_status', 'untrusted', /deployment_status/],
  ['release', 'release', 'untrusted', /release/],
  ['push', 'workflow_call', 'untrusted', /workflow_call/],
  ['push', 'an_event_of_next_year', 'untrusted', /an_event_of_next_year/],
  ['push', 'Push', 'untrusted', /Push/],
  ['push', '', 'untrusted', /unknown/],
  // A payload of another event than the one that is named.
  ['push', 'pull_request', 'untrusted', /not what GitHub documents/],
  ['issues', 'issue_comment', 'untrusted', /not what GitHub documents/],
];

const cases = events.map(([file, name, level, why]) => ({ file, name, level, why }));
const dry = { prompt: 'x', 'dry-run': 'true', offline: 'true', 'upload-logs': 'never' };

test('T11: every kind of payload that is kept here is looked at', () => {
  const files = readdirSync(join(import.meta.dirname, '../action/events')).map((file) => file.replace('.json', ''));
  expect([...new Set(events.map(([file]) => file))].toSorted()).toEqual(files.toSorted());
});

test.each(cases)('T11: $file as $name is $level', async ({ file, name, level, why }) => {
  const actor = (eventPayload(file).sender as { login: string } | undefined)?.login ?? 'alice';
  await using job = await startJob({ event: { name, payload: eventPayload(file), actor } });
  const step = await job.run({ with: dry });
  expect(step.outputs).toMatchObject({ conclusion: 'skipped', trust: level });
  const [, said = ''] = new RegExp(`${level} \\((.*)\\)`).exec(step.printed) ?? [];
  expect(said).toMatch(why);
  expect(step.summary).toContain(`${level}: `);
  const manifest = JSON.parse(readFileSync(join(step.outputs['session-dir'] ?? '', 'manifest.json'), 'utf8'));
  expect(manifest.trust).toEqual({ level, why: said });
});

test.each<[Level, string]>([
  ['untrusted', 'push'],
  ['trusted', 'pull-request-fork'],
])('T11: trust: %s is what it says, whatever the event', async (trust, file) => {
  const name = file === 'push' ? 'push' : 'pull_request';
  await using job = await startJob({ event: { name, payload: eventPayload(file) } });
  const step = await job.run({ with: { ...dry, trust } });
  expect(step.outputs.trust).toBe(trust);
  expect(step.printed).toContain(`${trust} (trust: ${trust} was given)`);
});

test.each([
  ['is missing', undefined],
  ['is empty', ''],
  ['is no JSON', '{"ref":'],
  ['is a list', '[]'],
  ['is a text', '"push"'],
  ['is too deep to read', '['.repeat(200_000)],
  ['names the prototype', '{"__proto__":{"pull_request":1}}'],
])('T11: an event file that %s is no reason to trust', async (kind, text) => {
  await using job = await startJob({ event: { name: 'pull_request', payload: eventPayload('pull-request') } });
  const file = join(dirname(job.workspace), 'event.json');
  if (text !== undefined) writeFileSync(file, text);
  const env = kind === 'is missing' ? { GITHUB_EVENT_PATH: `${file}.not-there` } : {};
  const step = await job.run({ with: dry, env });
  expect(step.outputs).toMatchObject({ conclusion: 'skipped', trust: 'untrusted' });
});

/** GitHub's API as far as a comment needs it. */
async function startGitHub(answer: { readonly status?: number; readonly body: string }) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    asked,
    env: { GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const pullRequest = (file: string): string => JSON.stringify(eventPayload(file).pull_request);

test.each<[string, { status?: number; body: string }, Level]>([
  ['from the same repository', { body: pullRequest('pull-request') }, 'trusted'],
  ['from a fork', { body: pullRequest('pull-request-fork') }, 'untrusted'],
  ['from a fork that is gone', { body: pullRequest('pull-request-deleted-fork') }, 'untrusted'],
  ['by a bot', { body: pullRequest('pull-request-dependabot') }, 'untrusted'],
  ['that GitHub does not show', { status: 404, body: pullRequest('pull-request') }, 'untrusted'],
  ['that is answered with something else', { body: '<html>' }, 'untrusted'],
])("T11: a member's comment on a pull request %s", async (_, answer, level) => {
  await using github = await startGitHub(answer);
  const event = { name: 'issue_comment', payload: eventPayload('issue-comment-on-pull-request') };
  await using job = await startJob({ event, env: github.env });
  const step = await job.run({ with: dry });
  expect(step.outputs).toMatchObject({ conclusion: 'skipped', trust: level });
  expect(github.asked).toEqual([expect.stringMatching(/^GET \/repos\/octo-org\/monorepo\/pulls\/42 Bearer ghs_/)]);
});

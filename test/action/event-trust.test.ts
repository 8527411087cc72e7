import { describe, expect, test } from 'vitest';
import {
  commentedPullRequestOf,
  decideTrust,
  secretsWithheldFrom,
  type TriggeringEvent,
} from '../../src/github/event-trust.ts';
import { eventPayload } from '../rig/event-payload.ts';

const repository = 'octo-org/monorepo';

function event(name: string, file: string, more: Partial<TriggeringEvent> = {}): TriggeringEvent {
  return { name, payload: file === '' ? undefined : eventPayload(file), repository, actor: 'alice', ...more };
}

/** A payload with something else in one of its parts. */
function changed(file: string, part: 'pull_request' | 'comment', fields: object): unknown {
  const payload = eventPayload(file) as Record<string, object>;
  return { ...payload, [part]: { ...payload[part], ...fields } };
}

function pullRequestIn(file: string): unknown {
  return (eventPayload(file) as { pull_request: unknown }).pull_request;
}

describe('trust: auto is trusted for', () => {
  test.each<[string, TriggeringEvent]>([
    ['a push', event('push', 'push')],
    ['a schedule', event('schedule', 'schedule')],
    ['a manual start', event('workflow_dispatch', 'workflow-dispatch')],
    ['a merge queue', event('merge_group', 'merge-group', { actor: 'github-merge-queue[bot]' })],
    ['a pull request from the same repository', event('pull_request', 'pull-request')],
    [
      'the same, however the names are spelled',
      event('pull_request', 'pull-request', { repository: 'Octo-Org/Monorepo' }),
    ],
    ['a comment by an owner on an issue', event('issue_comment', 'issue-comment-by-owner')],
    ['a comment by a member on a discussion', event('discussion_comment', 'discussion-comment-by-member')],
    [
      'a comment by a member on a pull request known to be from the same repository',
      event('issue_comment', 'issue-comment-on-pull-request', { commentedPullRequest: pullRequestIn('pull-request') }),
    ],
    ['a review by a collaborator', event('pull_request_review', 'pull-request-review', { actor: 'bob' })],
    ['a review comment by a collaborator', event('pull_request_review_comment', 'pull-request-review-comment')],
  ])('%s', (_, given) => {
    expect(decideTrust(given)).toMatchObject({ level: 'trusted' });
  });
});

describe('trust: auto is untrusted for', () => {
  test.each<[string, TriggeringEvent, RegExp]>([
    ['a pull request from a fork', event('pull_request', 'pull-request-fork'), /from a fork/],
    ['a pull request whose fork is gone', event('pull_request', 'pull-request-deleted-fork'), /from a fork/],
    ['a pull request by Dependabot', event('pull_request', 'pull-request-dependabot'), /by a bot/],
    [
      "a person's push to a bot's pull request",
      event('pull_request', 'pull-request-by-bot-pushed-by-person'),
      /by a bot/,
    ],
    [
      "a bot's push to a person's pull request",
      event('pull_request', 'pull-request-by-person-pushed-by-bot'),
      /by a bot/,
    ],
    [
      'a pull request with a bot as the actor',
      event('pull_request', 'pull-request', { actor: 'helper-app[bot]' }),
      /by a bot/,
    ],
    [
      'a pull request by a bot whose name does not show it',
      event('pull_request', '', {
        payload: changed('pull-request', 'pull_request', { user: { login: 'Copilot', type: 'Bot' } }),
      }),
      /by a bot/,
    ],
    [
      'a pull request by an account that is gone',
      event('pull_request', '', { payload: changed('pull-request', 'pull_request', { user: null }) }),
      /by a bot/,
    ],
    [
      "a bot's comment that a person edited",
      event('issue_comment', '', {
        payload: changed('issue-comment-by-owner', 'comment', { user: { login: 'helper-app[bot]', type: 'Bot' } }),
      }),
      /a comment by a bot/,
    ],
    ['pull_request_target, from wherever', event('pull_request_target', 'pull-request'), /pull_request_target/],
    ['workflow_run', event('workflow_run', 'workflow-run'), /workflow_run/],
    ['a comment by a stranger', event('issue_comment', 'issue-comment-by-stranger'), /no owner.*\(none\)/],
    ['a comment by a contributor', event('issue_comment', 'issue-comment-by-contributor'), /\(contributor\)/],
    ['a comment by a bot', event('issue_comment', 'issue-comment-by-bot'), /by a bot/],
    [
      'a comment on a pull request of unknown origin',
      event('issue_comment', 'issue-comment-on-pull-request'),
      /nobody could say/,
    ],
    [
      'a comment on a pull request from a fork',
      event('issue_comment', 'issue-comment-on-pull-request', {
        commentedPullRequest: pullRequestIn('pull-request-fork'),
      }),
      /on a pull request from a fork/,
    ],
    ['a review of a pull request from a fork', event('pull_request_review', 'pull-request-review-fork'), /from a fork/],
    ['a review by a stranger', event('pull_request_review', 'pull-request-review-by-stranger'), /\(none\)/],
    [
      'a review comment on a pull request from a fork',
      event('pull_request_review_comment', 'pull-request-review-comment-fork'),
      /from a fork/,
    ],
    ['an issue, even by an owner', event('issues', 'issues'), /issues/],
    ["an event of someone else's making", event('repository_dispatch', 'repository-dispatch'), /repository_dispatch/],
    ['an event that nobody named', event('', 'push'), /unknown/],
    ['an unreadable event file, even of a push', event('push', 'push', { payload: undefined }), /could not be read/],
    ['a pull request without a head', event('pull_request', 'push'), /not what GitHub documents/],
    ['a comment without an author', event('issue_comment', 'issues'), /not what GitHub documents/],
  ])('%s', (_, given, why) => {
    const decision = decideTrust(given);
    expect(decision.level).toBe('untrusted');
    expect(decision.why).toMatch(why);
  });
});

test('a missing credential on a pull request is explained by a fork or by Dependabot, and by nothing else', () => {
  expect(secretsWithheldFrom(event('pull_request', 'pull-request-fork'))).toBe('fork');
  expect(secretsWithheldFrom(event('pull_request', 'pull-request-deleted-fork'))).toBe('fork');
  expect(secretsWithheldFrom(event('pull_request', 'pull-request-dependabot'))).toBe('dependabot');
  expect(secretsWithheldFrom(event('pull_request_review', 'pull-request-review-fork'))).toBe('fork');
  expect(secretsWithheldFrom(event('pull_request', 'pull-request'))).toBeUndefined();
  expect(secretsWithheldFrom(event('pull_request_target', 'pull-request-fork'))).toBeUndefined();
  expect(secretsWithheldFrom(event('push', 'push', { actor: 'dependabot[bot]' }))).toBeUndefined();
});

test('only a comment that may yet be trusted asks GitHub where its pull request is from', () => {
  expect(commentedPullRequestOf(event('issue_comment', 'issue-comment-on-pull-request'))).toBe(42);
  expect(commentedPullRequestOf(event('issue_comment', 'issue-comment-by-owner'))).toBeUndefined();
  expect(commentedPullRequestOf(event('issue_comment', 'issue-comment-by-stranger'))).toBeUndefined();
  expect(commentedPullRequestOf(event('pull_request', 'pull-request'))).toBeUndefined();
});

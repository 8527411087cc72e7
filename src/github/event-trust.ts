import { z } from 'zod';
import type { TrustDecision } from '../model/plan.ts';

/** The event that started the workflow, as GitHub describes it. */
export interface TriggeringEvent {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string;
  /** The parsed event file; undefined when it could not be read. */
  readonly payload: unknown;
  /** `GITHUB_REPOSITORY`, as `owner/name`. */
  readonly repository: string;
  /** `GITHUB_ACTOR`. */
  readonly actor: string;
  /** The pull request that an `issue_comment` is on: its payload does not say where that one comes from. */
  readonly commentedPullRequest?: unknown;
}

const person = z.object({ login: z.string(), type: z.string().optional() });
const pullRequest = z.object({
  user: person.nullable(),
  // null when the fork was deleted
  head: z.object({ repo: z.object({ full_name: z.string() }).nullable() }),
});
const authored = z.object({ user: person.nullable(), author_association: z.string() });
const payloads = {
  pullRequest: z.object({ pull_request: pullRequest, sender: person }),
  comment: z.object({ comment: authored, sender: person }),
  issueComment: z.object({
    comment: authored,
    issue: z.object({ number: z.number(), pull_request: z.unknown().optional() }),
    sender: person,
  }),
  reviewComment: z.object({ comment: authored, pull_request: pullRequest, sender: person }),
  review: z.object({ review: authored, pull_request: pullRequest, sender: person }),
};

type Person = z.infer<typeof person>;
type PullRequest = z.infer<typeof pullRequest>;

/** Decides whether the checkout and the prompts may be hostile, as `trust: auto` promises; doubt means untrusted. */
export function decideTrust(event: TriggeringEvent): TrustDecision {
  if (typeof event.payload !== 'object' || event.payload === null) {
    return untrusted('the event file could not be read');
  }
  switch (event.name) {
    case 'push':
    case 'schedule':
    case 'workflow_dispatch':
    case 'merge_group':
      return trusted(`the event is ${event.name}`);
    case 'pull_request':
      return fromPullRequest(event);
    case 'issue_comment':
      return fromIssueComment(event);
    case 'discussion_comment':
      return fromDiscussionComment(event);
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return fromReview(event);
    default:
      return untrusted(`the event is ${event.name === '' ? 'unknown' : event.name}`);
  }
}

/** Why GitHub withholds the secrets from this event's workflow, if it does. */
export function secretsWithheldFrom(event: TriggeringEvent): 'fork' | 'dependabot' | undefined {
  const parsed = payloads.pullRequest.safeParse(event.payload);
  if (!parsed.success) return undefined;
  if (isDependabot(event.actor) || isDependabot(parsed.data.pull_request.user?.login)) return 'dependabot';
  // pull_request_target has the secrets whoever asks.
  const withheld = event.name !== 'pull_request_target' && isFromFork(parsed.data.pull_request, event.repository);
  return withheld ? 'fork' : undefined;
}

/** The number of the pull request that has to be looked up before an `issue_comment` can be judged. */
export function commentedPullRequestOf(event: TriggeringEvent): number | undefined {
  if (event.name !== 'issue_comment') return undefined;
  const parsed = payloads.issueComment.safeParse(event.payload);
  if (!parsed.success || parsed.data.issue.pull_request == null) return undefined;
  return doubtOfAuthor(parsed.data.comment, parsed.data.sender, event.actor) ? undefined : parsed.data.issue.number;
}

function fromPullRequest(event: TriggeringEvent): TrustDecision {
  const parsed = payloads.pullRequest.safeParse(event.payload);
  if (!parsed.success) return unexpected(event);
  const { pull_request: pull, sender } = parsed.data;
  const doubt = doubtOfPullRequest(pull, event.repository) ?? doubtOfCause(sender, event.actor);
  return doubt === undefined ? trusted('a pull request from the same repository') : untrusted(doubt);
}

function fromIssueComment(event: TriggeringEvent): TrustDecision {
  const parsed = payloads.issueComment.safeParse(event.payload);
  if (!parsed.success) return unexpected(event);
  const { comment, issue, sender } = parsed.data;
  const doubt = doubtOfAuthor(comment, sender, event.actor);
  if (doubt !== undefined) return untrusted(doubt);
  if (issue.pull_request == null)
    return trusted(`a comment by ${associationText(comment.author_association)} on an issue`);
  const pull = pullRequest.safeParse(event.commentedPullRequest);
  if (!pull.success)
    return untrusted('a comment on a pull request of which nobody could say whether it is from a fork');
  const pullDoubt = doubtOfPullRequest(pull.data, event.repository);
  return pullDoubt === undefined
    ? trusted(`a comment by ${associationText(comment.author_association)} on a pull request from the same repository`)
    : untrusted(`a comment on ${pullDoubt}`);
}

function fromDiscussionComment(event: TriggeringEvent): TrustDecision {
  const parsed = payloads.comment.safeParse(event.payload);
  if (!parsed.success) return unexpected(event);
  const { comment, sender } = parsed.data;
  const doubt = doubtOfAuthor(comment, sender, event.actor);
  return doubt === undefined
    ? trusted(`a comment by ${associationText(comment.author_association)} on a discussion`)
    : untrusted(doubt);
}

function fromReview(event: TriggeringEvent): TrustDecision {
  const schema = event.name === 'pull_request_review' ? payloads.review : payloads.reviewComment;
  const parsed = schema.safeParse(event.payload);
  if (!parsed.success) return unexpected(event);
  const { sender, pull_request: pull } = parsed.data;
  const words = 'review' in parsed.data ? parsed.data.review : parsed.data.comment;
  const doubt = doubtOfPullRequest(pull, event.repository) ?? doubtOfAuthor(words, sender, event.actor);
  return doubt === undefined
    ? trusted(`a review by ${associationText(words.author_association)} of a pull request from the same repository`)
    : untrusted(doubt);
}

function doubtOfPullRequest(pull: PullRequest, repository: string): string | undefined {
  if (isFromFork(pull, repository)) return 'a pull request from a fork';
  // A bot's description quotes the world: release notes, issues, other people's commits.
  if (isBot(pull.user)) return 'a pull request by a bot';
  return undefined;
}

function doubtOfAuthor(words: z.infer<typeof authored>, sender: Person, actor: string): string | undefined {
  if (!['OWNER', 'MEMBER', 'COLLABORATOR'].includes(words.author_association)) {
    return `a comment by someone who is no owner, member or collaborator (${associationText(words.author_association)})`;
  }
  if (isBot(words.user)) return 'a comment by a bot';
  return doubtOfCause(sender, actor);
}

function doubtOfCause(sender: Person, actor: string): string | undefined {
  return isBot(sender) || isBot({ login: actor }) ? 'the event was caused by a bot' : undefined;
}

/** Compares names: `head.repo.fork` only says that the repository is a fork of something, perhaps of another one. */
function isFromFork(pull: PullRequest, repository: string): boolean {
  return pull.head.repo?.full_name.toLowerCase() !== repository.toLowerCase();
}

/** An account that is gone (null) may have been one. */
function isBot(account: Person | null): boolean {
  return account === null || account.type === 'Bot' || account.login.endsWith('[bot]');
}

function isDependabot(login: string | undefined): boolean {
  return login === 'dependabot[bot]';
}

function associationText(association: string): string {
  return association.toLowerCase().replaceAll('_', ' ');
}

function unexpected(event: TriggeringEvent): TrustDecision {
  return untrusted(`the event file is not what GitHub documents for ${event.name}`);
}

function trusted(why: string): TrustDecision {
  return { level: 'trusted', why };
}

function untrusted(why: string): TrustDecision {
  return { level: 'untrusted', why };
}

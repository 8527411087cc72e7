import { Buffer } from 'node:buffer';
import { errorMessage } from '../../model/errors.ts';
import type { FindingPlace, MergedFinding, SessionFindings } from '../../model/finding.ts';
import { findingsMarkdown } from '../../reports/findings-markdown.ts';
import type { TriggeringEvent } from '../event-trust.ts';
import { type Api, ApiFault, type ApiOptions, openApi } from './api.ts';
import { checkedOutCommit } from './checked-out.ts';
import { readOwnThreads } from './conversation.ts';
import { type DiffLines, readDiffLines } from './diff-lines.ts';
import { type CommentState, isKnown, knownFinding, markerLine, stateIn } from './marker.ts';
import { findPullRequest, type ReviewedPullRequest, readPull } from './pull-request.ts';
import { postReview, readMemory, removeDoubles, type ThreadMemory } from './review.ts';
import { ownComments, type StickyComment, writeSticky } from './sticky.ts';

/** Findings to be posted on a pull request. */
export interface CommentRequest extends ApiOptions {
  readonly mode: 'sticky' | 'review';
  readonly found: SessionFindings;
  readonly event: TriggeringEvent;
  /** The option `pull-request`. */
  readonly pullRequest?: number;
  /** Absolute path. */
  readonly checkout: string;
  /** `GITHUB_SERVER_URL`. */
  readonly serverUrl: string;
  /** Run, attempt and step: no two writers at once have the same. */
  readonly writer: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Outcome. A comment that could not be written fails nothing. */
export interface CommentOutcome {
  readonly url?: string;
  readonly level?: 'notice' | 'warning';
  readonly message?: string;
}

/** Posts the findings of a session on its pull request, once, however often it is run. Never rejects. */
export async function postFindings(request: CommentRequest): Promise<CommentOutcome> {
  try {
    const api = openApi(request);
    const reviewed = await findPullRequest(api, request.event, request.pullRequest);
    if (typeof reviewed === 'string')
      return { level: 'notice', message: `comment: ${withoutOne[reviewed]}. The summary holds all findings.` };
    return await postOn(api, request, reviewed);
  } catch (error) {
    return { level: 'warning', message: `comment: ${causeOf(error)}. The summary holds all findings.` };
  }
}

const withoutOne: Readonly<Record<'none' | 'several', string>> = {
  none: 'this run is about no open pull request',
  several: 'several open pull requests have this branch and commit; the option pull-request says which one is meant',
};

function causeOf(error: unknown): string {
  if (!(error instanceof ApiFault)) return `it could not be written: ${errorMessage(error)}`;
  const { status, message } = error;
  const told = message.slice(0, 200).replace(/\.$/, '');
  return status === 0 ? `it could not be written: ${told}` : `GitHub refused it (${status} ${told})${adviceOn(error)}`;
}

/** A 403 is also the answer where no permission would help. */
const noPermissionHelps = /rate limit|locked|archived/i;

/** The next step for people, as far as the answer tells it. */
function adviceOn({ status, message }: ApiFault): string {
  if (status === 401) return '; the github-token is invalid or has expired';
  if ((status !== 403 && status !== 404) || noPermissionHelps.test(message)) return '';
  const isThere = status === 404 ? ', and see that the pull request is one of this repository' : '';
  return `; give the job "permissions: pull-requests: write" (a pull request from a fork has a token that only reads: see docs/findings.md)${isThere}`;
}

/** State of the pull request before anything is written. */
interface Situation {
  readonly request: CommentRequest;
  readonly number: number;
  readonly head: string;
  /** The commit of the pull request that the session was about. */
  readonly reviewedSha: string;
  readonly checkedOut: string | undefined;
  readonly memory: ThreadMemory;
  /** Undefined where no finding can be put on a line. */
  readonly diff: DiffLines | undefined;
}

async function postOn(
  api: Api,
  request: CommentRequest,
  { pull, eventSha }: ReviewedPullRequest,
): Promise<CommentOutcome> {
  const { mode, found, repository, now, writer } = request;
  const { number } = pull;
  const head = pull.head.sha;
  const checkedOut = await checkedOutCommit(request.checkout);
  const isHead = checkedOut === head;
  const reviewedSha = isHead ? head : (eventSha ?? checkedOut ?? '');
  const place = { repository, number };
  const [existing] = await ownComments(api, place, found.key);
  const earlier = existing && stateIn(existing.body, found.key);
  const isReview = mode === 'review';
  const memory = isReview
    ? await readMemory(api, await readOwnThreads(api, place), found.key)
    : { posted: [], silenced: [] };
  const diff = isReview && isHead ? await diffLines(api, number) : undefined;
  const situation = { request, number, head, reviewedSha, checkedOut, memory, diff };
  const fresh = newFindings(situation, [...memory.posted, ...(earlier?.posted ?? [])]);
  const comment: StickyComment = {
    key: found.key,
    writer: { head: reviewedSha, at: now, writer },
    bodyOf: (others) => bodyOf(situation, [...(others?.posted ?? []), ...fresh.map(knownFinding)]),
    mayReplace: async (existing) => {
      const now = (await readPull(api, number)).head.sha;
      // Where neither event nor checkout names the commit, only what is about the present one is known to be newer.
      return reviewedSha === now || (!isHead && eventSha === undefined && existing.head !== now);
    },
  };
  const sticky = await writeSticky(api, place, comment);
  const { url } = sticky;
  if (sticky.kind === 'superseded') return { url, level: 'notice', message: superseded(reviewedSha) };
  if (fresh.length === 0) return { url };
  try {
    await review(api, situation, { fresh, stickyUrl: url });
  } catch (error) {
    await forget(api, situation, { comment, fresh }).catch(() => undefined);
    return {
      url,
      level: 'warning',
      message: `comment: it was posted, but the findings could not be put on their lines: ${causeOf(error)}.`,
    };
  }
  return { url };
}

/** Takes back that findings were put on lines, so that the next run tries again. */
async function forget(
  api: Api,
  situation: Situation,
  { comment, fresh }: { readonly comment: StickyComment; readonly fresh: readonly MergedFinding[] },
): Promise<void> {
  const { number } = situation;
  const request = { ...situation.request, writer: `${situation.request.writer}-again`.slice(-200) };
  const texts = new Set(fresh.map((finding) => JSON.stringify(knownFinding(finding))));
  const isOther = (known: CommentState['posted'][number]): boolean => !texts.has(JSON.stringify(known));
  await writeSticky(
    api,
    { repository: request.repository, number },
    {
      ...comment,
      writer: { ...comment.writer, writer: request.writer },
      bodyOf: (others) => bodyOf({ ...situation, request }, (others?.posted ?? []).filter(isOther)),
    },
  );
}

/** The lines of the diff; undefined where it is too large for GitHub to return them. */
async function diffLines(api: Api, number: number): Promise<DiffLines | undefined> {
  try {
    return await readDiffLines(api, number);
  } catch (error) {
    const isUnknown = (status: number): boolean => status === 0 || status === 406 || status === 422 || status >= 500;
    if (error instanceof ApiFault && isUnknown(error.status)) return undefined;
    throw error;
  }
}

function superseded(reviewedSha: string): string {
  return `comment: that of a newer commit, or of a later run, stays as it is; this run was about ${reviewedSha.slice(0, 12) || 'another commit'}.`;
}

/** The text of the comment, which remembers what was put on lines. */
function bodyOf(situation: Situation, posted: CommentState['posted']): string {
  const { request, reviewedSha, memory, diff } = situation;
  const { found, mode, now, writer } = request;
  const marker = markerLine(found.key, { head: reviewedSha, at: now, writer, posted });
  const note = mode === 'review' && diff === undefined ? notOnLines(situation) : '';
  const shown = { ...found, findings: found.findings.filter((finding) => !isSilenced(finding, memory)) };
  const text = findingsMarkdown(shown, {
    limit: longestBody - Buffer.byteLength(marker + note),
    restIn: 'the summary of the run',
    linkOf: linkOf(situation),
    putAway: found.findings.length - shown.findings.length,
    ...(diff !== undefined && {
      apart: { title: 'Outside the diff', isMeant: (finding: MergedFinding) => !isOnDiff(finding, diff) },
    }),
  });
  return marker + text + note;
}

/** GitHub refuses a longer one: 65,536 characters. */
const longestBody = 65_000;

function notOnLines({ checkedOut, head }: Situation): string {
  if (checkedOut === head) return '<p>Not on lines: GitHub did not tell the lines of the diff.</p>\n';
  const what = checkedOut === undefined ? 'no commit' : `<code>${checkedOut.slice(0, 12)}</code>`;
  return `<p>Not on lines: ${what} was checked out, and the head of the pull request is <code>${head.slice(0, 12)}</code>.</p>\n`;
}

function isSilenced(finding: MergedFinding, { silenced }: ThreadMemory): boolean {
  return isKnown(knownFinding(finding), silenced);
}

function isOnDiff({ place }: MergedFinding, diff: DiffLines): boolean {
  return place?.line !== undefined && diff.get(place.path)?.has(place.line) === true;
}

/** More on lines look like spam, to people and to GitHub; the rest stays in the comment. */
const mostOnLines = 30;

/** Findings to put on lines: the gravest in the diff, but for what was refuted or posted before. */
function newFindings({ request, diff }: Situation, known: CommentState['posted']): readonly MergedFinding[] {
  if (diff === undefined) return [];
  const open = request.found.findings.filter((finding) => !finding.refuted && isOnDiff(finding, diff));
  // Cut first: what is left out now is not new in the next run.
  return open.slice(0, mostOnLines).filter((finding) => !isKnown(knownFinding(finding), known));
}

function linkOf({ request, head }: Situation): (place: FindingPlace) => string {
  const { serverUrl, repository } = request;
  return ({ path, line }) =>
    `${serverUrl}/${repository}/blob/${head}/${path.split('/').map(encodeURIComponent).join('/')}${line === undefined ? '' : `#L${line}`}`;
}

interface FreshFindings {
  readonly fresh: readonly MergedFinding[];
  readonly stickyUrl: string;
}

/** Posts new findings on lines, unless another run did so while the comment was written. */
async function review(api: Api, situation: Situation, { fresh, stickyUrl }: FreshFindings): Promise<void> {
  const { request, number, head: commit } = situation;
  const { found, repository, writer } = request;
  const place = { repository, number };
  const { posted } = await readMemory(api, await readOwnThreads(api, place), found.key);
  const findings = fresh.filter((finding) => !isKnown(knownFinding(finding), posted));
  const common = { number, commit, key: found.key, found, linkOf: linkOf(situation), stickyUrl, writer };
  if (findings.length === 0) return;
  await postReview(api, { ...common, findings });
  await removeDoubles(api, await readOwnThreads(api, place), found.key);
}

import { z } from 'zod';
import type { FindingPlace, MergedFinding, SessionFindings } from '../../model/finding.ts';
import { findingMarkdown } from '../../reports/findings-markdown.ts';
import { escapeHtml } from '../../text/html-text.ts';
import { type Api, ApiFault } from './api.ts';
import type { OwnThread } from './conversation.ts';
import { isKnown, type KnownFinding, knownFinding, knownFindingIn, markerLine } from './marker.ts';

const longestBody = 65_000;

/** A review that is to be posted. */
export interface Review {
  readonly number: number;
  /** The commit that was checked out, which is the head of the pull request. */
  readonly commit: string;
  readonly key: string;
  readonly findings: readonly MergedFinding[];
  readonly found: SessionFindings;
  readonly linkOf: (place: FindingPlace) => string;
  /** Address of the comment with all findings. */
  readonly stickyUrl: string;
  /** Run, attempt and step. */
  readonly writer: string;
}

/** Posts a review with a comment on each finding's line; where GitHub refuses a line, once more with the findings in its text. */
export async function postReview(api: Api, review: Review): Promise<void> {
  const { number, commit, key, findings, found, linkOf, stickyUrl, writer } = review;
  const count = findings.length === 1 ? '1 new finding' : `${findings.length} new findings`;
  const intro = `<p>${count}; <a href="${escapeHtml(stickyUrl)}">all findings</a></p>\n\n`;
  const textOf = (finding: MergedFinding): string => findingMarkdown(finding, found, { linkOf });
  const comments = findings.map((finding) => ({
    path: finding.place?.path,
    line: finding.place?.line,
    side: 'RIGHT',
    body: markerLine(key, { ...knownFinding(finding), writer }) + textOf(finding),
  }));
  const post = (body: Readonly<Record<string, unknown>>): Promise<unknown> =>
    api.rest({
      method: 'POST',
      path: `/pulls/${number}/reviews`,
      body: { commit_id: commit, event: 'COMMENT', ...body },
      schema: z.unknown(),
    });
  try {
    await post({ body: intro, comments });
  } catch (error) {
    if (!(error instanceof ApiFault) || error.status !== 422) throw error;
    await post({ body: textsWithin(intro, findings.map(textOf)) });
  }
}

function textsWithin(intro: string, texts: readonly string[]): string {
  let body = intro;
  for (const text of texts) if (body.length + text.length <= longestBody) body += text;
  return body;
}

/**
 * Deletes comments of ours on lines that say what one of an older review of ours says: two runs at once may both have found
 * nothing there. One that has an answer stays.
 */
export async function removeDoubles(api: Api, threads: readonly OwnThread[], key: string): Promise<void> {
  const own = ownFindings(threads, key).toSorted((one, other) => one.first.databaseId - other.first.databaseId);
  const kept: KnownFinding[] = [];
  for (const { first, finding, comments } of own) {
    const others = kept.filter(({ writer }) => writer === undefined || writer !== finding.writer);
    if (comments.totalCount > 1 || !isKnown(finding, others)) kept.push(finding);
    else await remove(api, first.databaseId);
  }
}

async function remove(api: Api, id: number): Promise<void> {
  const call = { method: 'DELETE', path: `/pulls/comments/${id}`, schema: z.unknown() } as const;
  await api.rest(call).catch((error: unknown) => {
    if (!(error instanceof ApiFault) || error.status !== 404) throw error;
  });
}

/** Earlier reviews, as the threads on lines show them. */
export interface ThreadMemory {
  readonly posted: readonly KnownFinding[];
  /** Hidden, or resolved by someone who may write to the repository. */
  readonly silenced: readonly KnownFinding[];
}

const permission = z.object({ permission: z.string() });
/** Far more people than resolve threads of one pull request. */
const mostPeople = 50;

/** Reads what was posted on lines, and what of it people with write access have put away. */
export async function readMemory(api: Api, threads: readonly OwnThread[], key: string): Promise<ThreadMemory> {
  const own = ownFindings(threads, key);
  const people = [
    ...new Set(own.flatMap(({ isResolved, resolvedBy }) => (isResolved ? (resolvedBy?.login ?? []) : []))),
  ];
  const writers = new Set<string>();
  for (const login of people.slice(0, mostPeople)) if (await mayWrite(api, login)) writers.add(login);
  const silenced = own.filter(
    ({ first, isResolved, resolvedBy }) =>
      first.isMinimized || (isResolved && resolvedBy != null && writers.has(resolvedBy.login)),
  );
  return { posted: own.map(({ finding }) => finding), silenced: silenced.map(({ finding }) => finding) };
}

/** The threads that a comment of ours began, with the finding that it is about. */
function ownFindings(threads: readonly OwnThread[], key: string) {
  return threads.flatMap((thread) => {
    const [first] = thread.comments.nodes;
    const finding = first && knownFindingIn(first.body, key);
    return first === undefined || finding === undefined ? [] : [{ ...thread, first, finding }];
  });
}

/** Someone of whom GitHub does not say so may not. */
async function mayWrite(api: Api, login: string): Promise<boolean> {
  const path = `/collaborators/${encodeURIComponent(login)}/permission`;
  try {
    const { permission: given } = await api.rest({ method: 'GET', path, schema: permission });
    return given === 'write' || given === 'maintain' || given === 'admin';
  } catch (error) {
    if (error instanceof ApiFault && (error.status === 403 || error.status === 404)) return false;
    throw error;
  }
}

import { z } from 'zod';
import type { Api } from './api.ts';
import { ApiFault } from './api.ts';
import { type OwnComment, type PullRequestRef, readOwnComments } from './conversation.ts';
import { type CommentState, hasMarker, stateIn } from './marker.ts';

/** A comment that is to be written. */
export interface StickyComment {
  readonly key: string;
  readonly writer: Pick<CommentState, 'head' | 'at' | 'writer'>;
  /** The text, with what another writer of the same key has left, as far as that can be read. */
  readonly bodyOf: (others: CommentState | undefined) => string;
  /** Whether one that is about another commit may be replaced. */
  readonly mayReplace: (existing: CommentState) => Promise<boolean>;
}

/** Outcome of a write. */
export type StickyOutcome =
  /** Our comment is in place. */
  | { readonly kind: 'written'; readonly url: string }
  /** Another writer's comment is in place: it is about a later commit, or came later. */
  | { readonly kind: 'superseded'; readonly url: string };

/** Most rounds: concurrent writers may overwrite each other's comment. */
const mostRounds = 5;

/** The comments of ours for a key, the oldest first. */
export async function ownComments(api: Api, place: PullRequestRef, key: string): Promise<readonly OwnComment[]> {
  return (await readOwnComments(api, place)).filter(({ body }) => hasMarker(body, key));
}

/**
 * Writes the one comment of a key. GitHub has no conditional update: so after each write the comments are read again, and
 * what another writer has put in place of our text is replaced if that writer came before us. The oldest comment is kept.
 * Others are deleted once it has our text: until then a concurrent writer has to see that we came. All writers end with the
 * same comment.
 */
export async function writeSticky(api: Api, place: PullRequestRef, comment: StickyComment): Promise<StickyOutcome> {
  const { key, writer, bodyOf, mayReplace } = comment;
  const isOurs = (state: CommentState | undefined): boolean =>
    state?.writer === writer.writer && state.head === writer.head;
  for (let round = 0; ; round += 1) {
    const found = await ownComments(api, place, key);
    const comments = found.map((each) => ({ ...each, state: stateIn(each.body, key) }));
    const [kept, ...others] = comments;
    if (kept !== undefined) {
      const { state: existing, url } = kept;
      if (round > 0 && comments.some(({ state }) => state !== undefined && isStronger(state, writer))) {
        const doubles = others.filter(({ state }) => isOurs(state));
        await removeAll(api, doubles);
        return { kind: 'superseded', url };
      }
      if (isOurs(existing)) {
        await removeAll(api, others);
        return { kind: 'written', url };
      }
      if (existing !== undefined && existing.head !== writer.head && !(await mayReplace(existing))) {
        await removeAll(api, others);
        return { kind: 'superseded', url };
      }
    }
    if (round === mostRounds) throw new ApiFault(0, 'other writers keep changing the comment', undefined);
    if (kept === undefined) await create(api, place, bodyOf(undefined));
    else await update(api, kept.databaseId, bodyOf(kept.state));
  }
}

/** Of concurrent writers for one commit the later one wins. What was there before our write began is older, whatever it says. */
function isStronger(state: CommentState, writer: StickyComment['writer']): boolean {
  if (state.head !== writer.head || state.writer === writer.writer) return false;
  return state.at > writer.at || (state.at === writer.at && state.writer > writer.writer);
}

const anything = z.unknown();

function create(api: Api, { number }: PullRequestRef, body: string): Promise<unknown> {
  return api.rest({ method: 'POST', path: `/issues/${number}/comments`, body: { body }, schema: anything });
}

/** One that was deleted meanwhile is created again in the next round. */
async function update(api: Api, id: number, body: string): Promise<void> {
  const call = { method: 'PATCH', path: `/issues/comments/${id}`, body: { body }, schema: anything } as const;
  await api.rest(call).catch(unlessGone);
}

async function removeAll(api: Api, comments: readonly OwnComment[]): Promise<void> {
  for (const { databaseId } of comments)
    await api.rest({ method: 'DELETE', path: `/issues/comments/${databaseId}`, schema: anything }).catch(unlessGone);
}

function unlessGone(error: unknown): void {
  if (!(error instanceof ApiFault) || error.status !== 404) throw error;
}

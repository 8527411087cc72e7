import { z } from 'zod';
import type { Api } from './api.ts';

/** GitHub lists pages of 100. */
const mostPages = 30;

const author = {
  databaseId: z.number().int(),
  body: z.string(),
  viewerDidAuthor: z.boolean(),
  isMinimized: z.boolean(),
};
const comment = z.object({ url: z.string(), ...author });
const thread = z.object({
  isResolved: z.boolean(),
  resolvedBy: z.object({ login: z.string() }).nullish(),
  comments: z.object({ totalCount: z.number().int(), nodes: z.array(z.object(author)) }),
});
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const answer = z.object({
  repository: z.object({
    pullRequest: z.object({
      comments: z.object({ pageInfo, nodes: z.array(comment) }).optional(),
      reviewThreads: z.object({ pageInfo, nodes: z.array(thread) }).optional(),
    }),
  }),
});

/** A comment on the page of a pull request, by the author of the token. */
export type OwnComment = z.infer<typeof comment>;
/** A thread on a line of a pull request that the author of the token has begun. */
export type OwnThread = z.infer<typeof thread>;

/** Identity of a pull request. */
export interface PullRequestRef {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
}

const query = (field: string): string => `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { ${field} } }
}`;
const commentsQuery = query(
  'comments(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { databaseId url body viewerDidAuthor isMinimized } }',
);
const threadsQuery = query(
  'reviewThreads(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { isResolved resolvedBy { login } ' +
    'comments(first: 1) { totalCount nodes { databaseId body viewerDidAuthor isMinimized } } } }',
);

/** The comments of the token's own author, the oldest first. */
export async function readOwnComments(api: Api, place: PullRequestRef): Promise<readonly OwnComment[]> {
  const all = await readPages(api, place, { text: commentsQuery, field: 'comments' });
  return (all as readonly OwnComment[])
    .filter(({ viewerDidAuthor }) => viewerDidAuthor)
    .toSorted((one, other) => one.databaseId - other.databaseId);
}

/** The threads that the token's own author has begun. */
export async function readOwnThreads(api: Api, place: PullRequestRef): Promise<readonly OwnThread[]> {
  const all = await readPages(api, place, { text: threadsQuery, field: 'reviewThreads' });
  return (all as readonly OwnThread[]).filter(({ comments }) => comments.nodes[0]?.viewerDidAuthor === true);
}

async function readPages(
  api: Api,
  { repository, number }: PullRequestRef,
  { text, field }: { readonly text: string; readonly field: 'comments' | 'reviewThreads' },
): Promise<readonly (OwnComment | OwnThread)[]> {
  const [owner, name] = repository.split('/');
  const items: (OwnComment | OwnThread)[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const read: z.infer<typeof answer> = await api.graphql(text, { owner, name, number, after }, answer);
    const found = read.repository.pullRequest[field];
    items.push(...(found?.nodes ?? []));
    if (found?.pageInfo.hasNextPage !== true) break;
    after = found.pageInfo.endCursor;
  }
  return items;
}

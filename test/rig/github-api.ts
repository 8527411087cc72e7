import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment on the page of a pull request. */
export interface StoredComment {
  readonly id: number;
  body: string;
  readonly author: string;
  isMinimized: boolean;
}

/** A thread on a line. */
export interface StoredThread {
  readonly id: number;
  readonly path: string;
  readonly line: number;
  body: string;
  readonly author: string;
  isMinimized: boolean;
  resolvedBy?: string;
  answers?: number;
}

/** A pull request. */
export interface StoredPull {
  number: number;
  state: string;
  head: { sha: string; ref: string; repo: { full_name: string } | null };
}

/** A call that the service was sent. */
export interface StoredCall {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How a call is answered in place of the service. */
export interface Fault {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** GitHub's API for one repository with one pull request, on loopback. */
export interface GitHubApi extends AsyncDisposable {
  readonly apiUrl: string;
  readonly comments: StoredComment[];
  readonly threads: StoredThread[];
  readonly reviews: { readonly body: string; readonly commit: string; readonly comments: number }[];
  readonly calls: StoredCall[];
  readonly permissions: Record<string, string>;
  pull: StoredPull;
  /** Other open ones of the same head. */
  others: StoredPull[];
  files: { filename: string; patch?: string }[];
  /** Asked before each call; may change what is stored, or answer in place of the service. */
  before: (call: StoredCall) => Fault | undefined | Promise<Fault | undefined>;
}

/** Who the token belongs to. */
export const viewer = 'github-actions';
/** GitHub refuses longer ones. */
const longestBody = 65_536;

/** Starts the service; `prefix` is `/api/v3` for an Enterprise Server. */
export async function startGitHubApi(prefix = ''): Promise<GitHubApi> {
  let nextId = 100;
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const api: GitHubApi = {
    apiUrl: `http://127.0.0.1:${port}${prefix}`,
    comments: [],
    threads: [],
    reviews: [],
    calls: [],
    permissions: {},
    pull: {
      number: 7,
      state: 'open',
      head: { sha: 'a'.repeat(40), ref: 'topic', repo: { full_name: 'octo-org/monorepo' } },
    },
    others: [],
    files: [],
    before: () => undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await request.toArray()).join('');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const call = { method: request.method ?? '', path: request.url ?? '', body: text === '' ? {} : JSON.parse(text) };
    api.calls.push(call);
    const fault = await api.before(call);
    const [status, body] = fault === undefined ? served(call, pathname, searchParams) : [fault.status, fault];
    response.writeHead(status, { 'content-type': 'application/json', ...fault?.headers });
    response.end(status === 204 ? undefined : JSON.stringify(body));
  }

  function served(call: StoredCall, pathname: string, query: URLSearchParams): [number, unknown] {
    if (pathname !== (prefix === '' ? '/graphql' : '/api/graphql'))
      return rest(call, pathname.slice(`${prefix}/repos/octo-org/monorepo`.length), query);
    return [200, { data: { repository: { pullRequest: queried(call.body) } } }];
  }

  function queried({ query, variables }: StoredCall['body']): object {
    const { after } = variables as { readonly after: string | null };
    const page = <T>(items: readonly T[]) => {
      const start = Number(after ?? 0);
      const hasNextPage = items.length > start + 100;
      return { pageInfo: { hasNextPage, endCursor: String(start + 100) }, nodes: items.slice(start, start + 100) };
    };
    const authored = (item: StoredComment | StoredThread) => ({
      databaseId: item.id,
      body: item.body,
      viewerDidAuthor: item.author === viewer,
      isMinimized: item.isMinimized,
    });
    if (String(query).includes('reviewThreads(')) {
      const threads = api.threads.map((thread) => ({
        isResolved: thread.resolvedBy !== undefined,
        resolvedBy: thread.resolvedBy === undefined ? null : { login: thread.resolvedBy },
        comments: { totalCount: 1 + (thread.answers ?? 0), nodes: [authored(thread)] },
      }));
      return { reviewThreads: page(threads) };
    }
    const comments = api.comments.map((comment) => ({
      url: urlOf(comment.id),
      ...authored(comment),
    }));
    return { comments: page(comments) };
  }

  function rest({ method, body }: StoredCall, path: string, query: URLSearchParams): [number, unknown] {
    const page = <T>(items: readonly T[]): T[] => {
      const [size, number] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
      return items.slice(size * (number - 1), size * number);
    };
    const text = String(body.body ?? '');
    if (text.length > longestBody) return [422, { message: 'Validation Failed: body is too long' }];
    const [, id] = /^\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    const index = api.comments.findIndex((comment) => comment.id === Number(id));
    const [, login] = /^\/collaborators\/([^/]+)\/permission$/.exec(path) ?? [];
    if (login !== undefined) return [200, { permission: api.permissions[login] ?? 'read' }];
    if (path === '/pulls') {
      const { repo, ref } = api.pull.head;
      const isMeant =
        query.get('head') === `${repo?.full_name.split('/')[0]}:${ref}` && api.pull.state === query.get('state');
      return [200, page(isMeant ? [api.pull, ...api.others] : [])];
    }
    if (path === `/pulls/${api.pull.number}`) return [200, api.pull];
    if (path === `/pulls/${api.pull.number}/files`) return [200, page(api.files)];
    if (path === `/pulls/${api.pull.number}/reviews` && method === 'POST') return reviewed(body);
    if (path === `/issues/${api.pull.number}/comments` && method === 'POST') {
      nextId += 1;
      api.comments.push({ id: nextId, body: text, author: viewer, isMinimized: false });
      return [201, { id: nextId, html_url: urlOf(nextId) }];
    }
    const [, threadId] = /^\/pulls\/comments\/(\d+)$/.exec(path) ?? [];
    const thread = api.threads.findIndex((each) => each.id === Number(threadId));
    if (thread !== -1 && method === 'DELETE') {
      api.threads.splice(thread, 1);
      return [204, undefined];
    }
    const comment = api.comments[index];
    if (comment === undefined) return [404, { message: 'Not Found' }];
    if (method === 'PATCH') comment.body = text;
    if (method === 'DELETE') api.comments.splice(index, 1);
    return method === 'DELETE' ? [204, undefined] : [200, { id: comment.id }];
  }

  function reviewed(body: StoredCall['body']): [number, unknown] {
    const comments = (body.comments ?? []) as readonly { path: string; line: number; body: string }[];
    if (body.event !== 'COMMENT' || body.commit_id !== api.pull.head.sha) return [422, { message: 'Unprocessable' }];
    api.reviews.push({ body: String(body.body), commit: String(body.commit_id), comments: comments.length });
    for (const { path, line, body: text } of comments) {
      nextId += 1;
      api.threads.push({ id: nextId, path, line, body: text, author: viewer, isMinimized: false });
    }
    return [200, {}];
  }

  return api;
}

function urlOf(id: number): string {
  return `https://github.com/octo-org/monorepo/pull/7#issuecomment-${id}`;
}

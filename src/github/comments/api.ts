import { Octokit } from '@octokit/core';
import { z } from 'zod';

/** GitHub's API, and what may be asked of it. */
export interface ApiOptions {
  /** `GITHUB_API_URL`: of GitHub itself, or of an Enterprise Server. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
  /** Ends every call. */
  readonly stop: AbortSignal;
  /** Waits as long as a rate limit asks for; rejects when stopped. */
  readonly wait: (delayMs: number, stop: AbortSignal) => Promise<void>;
}

/** An answer of GitHub that is no success. */
export class ApiFault extends Error {
  /** 0 when there was no answer. */
  readonly status: number;

  constructor(status: number, message: string, cause: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/** Calls of GitHub's API for one repository. */
export interface Api {
  /** The body of the answer; `path` follows `/repos/owner/name`. */
  readonly rest: <T>(call: RestCall<T>) => Promise<T>;
  /** All items of a list, page by page. */
  readonly list: <T>(path: string, item: z.ZodType<T>, mostPages: number) => Promise<readonly T[]>;
  readonly graphql: <T>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    schema: z.ZodType<T>,
  ) => Promise<T>;
}

/** One call of the REST API. */
export interface RestCall<T> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly schema: z.ZodType<T>;
}

const pageSize = 100;
/** Most retries of a call that a secondary rate limit refused. */
const mostRetries = 3;
/** A limit that lasts longer is not waited for. */
const longestWaitMs = 60_000;
const callMs = 30_000;

/** Opens GitHub's API. Its faults are `ApiFault`s, and name no token. */
export function openApi({ apiUrl, repository, token, stop, wait }: ApiOptions): Api {
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const octokit = new Octokit({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'claude-ensemble',
    log: silent,
  });

  async function steadily(isRepeatable: boolean, call: (signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
    for (let retry = 0; ; retry += 1) {
      try {
        return await call(AbortSignal.any([stop, AbortSignal.timeout(callMs)]));
      } catch (error) {
        if (stop.aborted) throw stopped(error);
        const delayMs = retry < mostRetries ? waitOf(error, { retry, isRepeatable }) : undefined;
        if (delayMs === undefined) throw faultOf(error);
        await wait(delayMs, stop).catch((late: unknown) => {
          throw stopped(late);
        });
      }
    }
  }

  async function rest<T>({ method, path, body, schema }: RestCall<T>): Promise<T> {
    const url = `/repos/${repository}${path}`;
    const answer = await steadily(method === 'GET', async (signal) => {
      const { data } = await octokit.request({ method, url, ...body, request: { signal } });
      return data;
    });
    return understood(schema, answer);
  }

  async function list<T>(path: string, item: z.ZodType<T>, mostPages: number): Promise<readonly T[]> {
    const items: T[] = [];
    for (let page = 1; page <= mostPages; page += 1) {
      const query = `${path}${path.includes('?') ? '&' : '?'}per_page=${pageSize}&page=${page}`;
      const found = await rest({ method: 'GET', path: query, schema: z.array(item) });
      items.push(...found);
      if (found.length < pageSize) break;
    }
    return items;
  }

  return {
    rest,
    list,
    async graphql(query, variables, schema) {
      const call = (signal: AbortSignal) => octokit.graphql(query, { ...variables, request: { signal } });
      return understood(schema, await steadily(true, call));
    },
  };
}

const headers = z.record(z.string(), z.unknown()).catch({});
/** A refusal of either API: that of GraphQL comes with status 200, its headers elsewhere, and a word for its kind. */
const refusal = z
  .object({
    status: z.number().catch(0),
    message: z.string().catch(''),
    response: z.object({ headers }).optional().catch(undefined),
    headers,
    errors: z.array(z.object({ type: z.string().catch('') })).catch([]),
  })
  .catch((context) => ({
    ...{ status: 0, message: String(context.value), response: undefined, headers: {}, errors: [] },
  }));

const statusOfType: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
};

function readRefusal(error: unknown) {
  const { status, message, response, headers: own, errors } = refusal.parse(error);
  // Octokit calls it 500 when there was no answer at all.
  if (status >= 500 && response === undefined)
    return { status: 0, message: `GitHub was not reached: ${message}`, headers: own, isUnanswered: true };
  const type = errors[0]?.type ?? '';
  const ofType = /rate limit/i.test(message) ? 429 : (statusOfType[type] ?? 0);
  return { status: status === 0 ? ofType : status, message, headers: { ...own, ...response?.headers } };
}

function stopped(cause: unknown): ApiFault {
  return new ApiFault(0, 'the job was cancelled, or it took too long', cause);
}

function faultOf(error: unknown): ApiFault {
  const { status, message } = readRefusal(error);
  return new ApiFault(status, message, error);
}

/** GitHub asks for that much where it does not say how long, and for longer when it refuses again. */
const unknownWaitMs = 60_000;

/** The delay that GitHub asks for, in milliseconds; undefined when waiting does not help. */
function waitOf(
  error: unknown,
  { retry, isRepeatable }: { readonly retry: number; readonly isRepeatable: boolean },
): number | undefined {
  const { status, message, headers, isUnanswered } = readRefusal(error);
  // What was to be written may have been.
  if (isUnanswered || status >= 500) return isRepeatable ? 1_000 * 2 ** retry : undefined;
  if (status !== 403 && status !== 429) return undefined;
  const seconds = Number(headers['retry-after']);
  const isLimit = status === 429 || /rate limit/i.test(message) || seconds > 0;
  if (!isLimit) return undefined;
  const delayMs = seconds > 0 ? seconds * 1_000 : (untilReset(headers) ?? unknownWaitMs * 2 ** retry);
  return delayMs <= longestWaitMs ? delayMs : undefined;
}

/** Milliseconds until a used up limit resets, by the clock of GitHub. */
function untilReset(headers: Readonly<Record<string, unknown>>): number | undefined {
  if (headers['x-ratelimit-remaining'] !== '0') return undefined;
  const ms = Number(headers['x-ratelimit-reset']) * 1_000 - Date.parse(String(headers.date));
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : Math.max(1_000, ms);
}

/** The answer as it must be; what was not understood is named, not shown. */
function understood<T>(schema: z.ZodType<T>, answer: unknown): T {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path.join('.') || 'answer';
  throw new ApiFault(0, `GitHub's answer was not understood: ${path}`, read.error);
}

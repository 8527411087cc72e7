import { readFileSync, statSync } from 'node:fs';
import { parseJson } from '../text/json.ts';
import { commentedPullRequestOf, type TriggeringEvent } from './event-trust.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the event that started the workflow from its file alone. */
export function readEventFile(environment: Environment): TriggeringEvent {
  const { GITHUB_EVENT_NAME = '', GITHUB_EVENT_PATH = '', GITHUB_REPOSITORY = '', GITHUB_ACTOR = '' } = environment;
  return {
    name: GITHUB_EVENT_NAME,
    payload: readJson(GITHUB_EVENT_PATH),
    repository: GITHUB_REPOSITORY,
    actor: GITHUB_ACTOR,
  };
}

/** Reads the event that started the workflow; asks GitHub for the rest where the file does not say enough. */
export async function readEvent(environment: Environment, token: string | undefined): Promise<TriggeringEvent> {
  const event = readEventFile(environment);
  const number = commentedPullRequestOf(event);
  const { GITHUB_API_URL: apiUrl } = environment;
  if (number === undefined || apiUrl === undefined || token === undefined) return event;
  const commentedPullRequest = await lookUpPullRequest({ apiUrl, repository: event.repository, number, token });
  return { ...event, commentedPullRequest };
}

/** In bytes; GitHub sends no event of more than 25 MB. */
const largestEvent = 64 * 2 ** 20;

function readJson(path: string): unknown {
  try {
    // Looked at before it is opened: a named pipe would block for ever, and a device has no end.
    const state = statSync(path);
    if (!state.isFile() || state.size > largestEvent) return undefined;
    // A byte order mark is legal at the beginning of a file, not of JSON.
    return parseJson(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Address, number and token of a request for a pull request. */
export interface PullRequestLookup {
  /** `GITHUB_API_URL`. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
}

/** Long enough for a slow API, short enough not to be noticed as a hang. */
const patienceMs = 10_000;

/** Asks GitHub for a pull request; undefined when it could not be had, whatever the cause. */
export async function lookUpPullRequest({ apiUrl, repository, number, token }: PullRequestLookup): Promise<unknown> {
  try {
    const response = await fetch(`${apiUrl}/repos/${repository}/pulls/${number}`, {
      headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patienceMs),
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

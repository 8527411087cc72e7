import { readFile } from 'node:fs/promises';
import { commentedPullRequestOf, type TriggeringEvent } from './event-trust.ts';
import { lookUpPullRequest } from './pull-request-lookup.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the event that started the workflow; asks GitHub for the rest where the file does not say enough. */
export async function readEvent(environment: Environment, token: string | undefined): Promise<TriggeringEvent> {
  const { GITHUB_EVENT_NAME = '', GITHUB_EVENT_PATH = '', GITHUB_REPOSITORY = '', GITHUB_ACTOR = '' } = environment;
  const event: TriggeringEvent = {
    name: GITHUB_EVENT_NAME,
    payload: await readJson(GITHUB_EVENT_PATH),
    repository: GITHUB_REPOSITORY,
    actor: GITHUB_ACTOR,
  };
  const number = commentedPullRequestOf(event);
  const { GITHUB_API_URL: apiUrl } = environment;
  if (number === undefined || apiUrl === undefined || token === undefined) return event;
  const commentedPullRequest = await lookUpPullRequest({ apiUrl, repository: event.repository, number, token });
  return { ...event, commentedPullRequest };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

import { readFileSync } from 'node:fs';

/** A payload as GitHub sends it, from test/action/events/, by the file's name. */
export function eventPayload(file: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(new URL(`../action/events/${file}.json`, import.meta.url), 'utf8'));
}

/** A pull request from a fork: what makes a session untrusted. */
export const forkedPullRequest = { name: 'pull_request', payload: eventPayload('pull-request-fork') };

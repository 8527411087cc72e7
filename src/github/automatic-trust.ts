import type { TrustDecision } from '../model/plan.ts';
import { readEvent, readEventFile } from './event-file.ts';
import { decideTrust, type TriggeringEvent } from './event-trust.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a person started this at their own terminal: on a CI system, others may have. */
export function isOwnTerminal({ CI, GITHUB_ACTIONS }: Environment): boolean {
  return !(CI || GITHUB_ACTIONS);
}

/** Decides `trust: auto` from the event, where there is one; without the GitHub API, as constructors cannot wait for it. */
export function automaticTrustNow(environment: Environment): TrustDecision {
  return decide(environment, () => readEventFile(environment));
}

/** Decides `trust: auto` from the event, where there is one; asks GitHub where its file does not say enough. */
export async function automaticTrust(environment: Environment): Promise<TrustDecision> {
  const event = await readEvent(environment, environment.GITHUB_TOKEN || environment.GH_TOKEN);
  return decide(environment, () => event);
}

function decide(environment: Environment, readTrigger: () => TriggeringEvent): TrustDecision {
  const { GITHUB_ACTIONS, GITHUB_EVENT_NAME, GITHUB_EVENT_PATH } = environment;
  if (GITHUB_ACTIONS || GITHUB_EVENT_NAME || GITHUB_EVENT_PATH) return decideTrust(readTrigger());
  return isOwnTerminal(environment)
    ? { level: 'trusted', why: 'started at a terminal, not by an event' }
    : { level: 'untrusted', why: 'CI is set, and nothing says which event started this' };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type CommentOutcome, postFindings } from '../../github/comments/post-findings.ts';
import type { TriggeringEvent } from '../../github/event-trust.ts';
import type { Settings } from '../../options/settings.ts';
import type { SessionOutcome } from '../../session/run.ts';
import type { Annotation } from './annotations.ts';

/** Time limit of all calls together, waits for a rate limit included. */
const patienceMs = 120_000;

/** A session that has ended, and what is needed to post its findings. */
export interface CommentTools {
  readonly outcome: Pick<SessionOutcome, 'findings' | 'sessionId' | 'conclusion'>;
  readonly settings: Pick<Settings, 'delivery' | 'checkout'>;
  readonly event: TriggeringEvent;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly interrupt: AbortSignal;
}

/** Posts the findings on the pull request, as `comment` says. A failure becomes an annotation and changes no verdict. */
export async function commentOnFindings(
  tools: CommentTools,
): Promise<{ commentUrl?: string; annotations: Annotation[] }> {
  if (tools.settings.delivery.comment === 'none') return { annotations: [] };
  const { url, level, message } = await post(tools, tools.settings.delivery.comment);
  return {
    ...(url !== undefined && { commentUrl: url }),
    annotations: level === undefined || message === undefined ? [] : [{ kind: level, message }],
  };
}

async function post(
  { outcome, settings, event, environment, interrupt }: CommentTools,
  mode: 'sticky' | 'review',
): Promise<CommentOutcome> {
  const { findings: found } = outcome;
  const { githubToken: token, pullRequest } = settings.delivery;
  // The seconds after a cancel are for the outputs.
  if (interrupt.aborted || outcome.conclusion === 'skipped') return {};
  if (found === undefined)
    return { level: 'notice', message: 'comment: no process was asked for findings (json-schema: findings).' };
  if (token === undefined) return { level: 'warning', message: 'comment: there is no github-token.' };
  const { GITHUB_API_URL, GITHUB_SERVER_URL, GITHUB_RUN_ID = '', GITHUB_RUN_ATTEMPT = '' } = environment;
  return await postFindings({
    mode,
    found,
    event,
    token,
    ...(pullRequest !== undefined && { pullRequest }),
    repository: event.repository,
    apiUrl: GITHUB_API_URL || 'https://api.github.com',
    serverUrl: GITHUB_SERVER_URL || 'https://github.com',
    checkout: settings.checkout,
    writer: [GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, outcome.sessionId].join('-').slice(0, 200),
    now: Date.now(),
    stop: AbortSignal.any([interrupt, AbortSignal.timeout(patienceMs)]),
    wait: async (delayMs, stop) => void (await sleep(delayMs, undefined, { signal: stop })),
  });
}

import { z } from 'zod';
import type { TriggeringEvent } from '../event-trust.ts';
import type { Api } from './api.ts';

const repo = z.object({ full_name: z.string() }).nullable();
const pull = z.object({
  number: z.number().int().positive(),
  state: z.string(),
  head: z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/), ref: z.string(), repo }),
});

/** A pull request as GitHub has it now. */
export type PullRequest = z.infer<typeof pull>;

const numbered = z.object({
  pull_request: z.object({ number: z.number().int().positive(), head: z.object({ sha: z.string() }) }),
});
const commented = z.object({ issue: z.object({ number: z.number().int().positive(), pull_request: z.object({}) }) });
const workflowRun = z.object({
  workflow_run: z.object({
    head_branch: z.string(),
    head_sha: z.string(),
    head_repository: z.object({ full_name: z.string(), owner: z.object({ login: z.string() }) }),
  }),
});

/** The pull request that a session is about, and the commit of it that the event names. */
export interface ReviewedPullRequest {
  readonly pull: PullRequest;
  readonly eventSha?: string;
}

/**
 * Finds the pull request that an event is about, never by anything that a job or an artifact could have written: from the
 * event itself; for `workflow_run` the open one whose head repository, branch and commit are those of the event.
 */
export async function findPullRequest(
  api: Api,
  event: TriggeringEvent,
  given: number | undefined,
): Promise<ReviewedPullRequest | 'none' | 'several'> {
  const fromEvent = numbered.safeParse(event.payload);
  const eventSha = fromEvent.success ? { eventSha: fromEvent.data.pull_request.head.sha } : {};
  if (given !== undefined) {
    const isSame = fromEvent.success && fromEvent.data.pull_request.number === given;
    return { pull: await readPull(api, given), ...(isSame && eventSha) };
  }
  if (fromEvent.success && event.name.startsWith('pull_request'))
    return { pull: await readPull(api, fromEvent.data.pull_request.number), ...eventSha };
  const comment = commented.safeParse(event.payload);
  if (event.name === 'issue_comment' && comment.success)
    return { pull: await readPull(api, comment.data.issue.number) };
  const run = workflowRun.safeParse(event.payload);
  return event.name === 'workflow_run' && run.success ? await ofWorkflowRun(api, run.data.workflow_run) : 'none';
}

/** Reads a pull request as GitHub has it now. */
export function readPull(api: Api, number: number): Promise<PullRequest> {
  return api.rest({ method: 'GET', path: `/pulls/${number}`, schema: pull });
}

async function ofWorkflowRun(
  api: Api,
  run: z.infer<typeof workflowRun>['workflow_run'],
): Promise<ReviewedPullRequest | 'none' | 'several'> {
  const { head_branch: branch, head_sha: sha, head_repository: repository } = run;
  const head = encodeURIComponent(`${repository.owner.login}:${branch}`);
  const open = await api.list(`/pulls?state=open&head=${head}`, pull, 3);
  const own = open.filter(
    ({ head: { repo: from, ref, sha: now } }) =>
      from?.full_name.toLowerCase() === repository.full_name.toLowerCase() && ref === branch && now === sha,
  );
  const [only, other] = own;
  if (only === undefined) return 'none';
  return other === undefined ? { pull: only, eventSha: sha } : 'several';
}

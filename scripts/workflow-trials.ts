import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { eventPayload } from '../test/rig/event-payload.ts';
import type { GitHubApi } from '../test/rig/github-api.ts';
import { codeBlocks, readDocument, sectionOf } from '../test/rig/markdown.ts';
import type { Workflow, WorkflowStep } from '../test/rig/workflow.ts';

/** A workflow that is shown to people, and how it is tried. */
export interface Trial {
  readonly name: string;
  readonly workflow: Workflow;
  readonly event: string;
  /** With `BASE` and `HEAD` for the commits of the checkout. */
  readonly payload?: object;
  /** How many artifacts with logs it leaves; one of each session when absent. */
  readonly logs?: number;
  /** Further files of the checkout. */
  readonly files?: Readonly<Record<string, string>>;
  /** The Action that runs alone when so many have succeeded is killed. */
  readonly killsAfter?: number;
  /** Makes the pull request that it is about; GitHub's API is there only then. */
  readonly pull?: (api: GitHubApi, head: string) => void;
  /** How it must end; with success when absent. */
  readonly isRight?: (ended: EndedRun) => boolean;
}

/** Outcome of a run. */
export interface EndedRun {
  readonly code: number | null;
  readonly printed: string;
  readonly api?: GitHubApi;
}

const root = join(import.meta.dirname, '..');
/** The Action and its sub-actions. */
const isOurs = /^claude-ensemble\/claude-ensemble(?:\/plan|\/merge)?@v0$/;

/** Every workflow of the README and of `examples/`. */
export function trials(): readonly Trial[] {
  const [own = '', trial = ''] = codeBlocks(sectionOf(readDocument('README.md'), 'A workflow'), 'yaml');
  const example = (name: string): Workflow => parse(readFileSync(join(root, 'examples', `${name}.yml`), 'utf8'));
  return [
    { name: 'README, for a repository', workflow: parse(own), event: 'push' },
    { name: 'README, for a trial', workflow: parse(trial), event: 'workflow_dispatch' },
    {
      name: 'pull-request-review',
      workflow: saying(example('pull-request-review'), { findings: [found] }),
      event: 'pull_request',
      payload: pullRequest('pull-request'),
      pull: (api, head) => {
        api.pull = { ...api.pull, number: 42, head: { ...api.pull.head, sha: head } };
        api.files = [{ filename: found.file, patch: '@@ -1 +1 @@\n-export const a = 1;\n+export const a = 2;' }];
      },
      isRight: (ended) => succeeded(ended) && isCommented(ended) && isOnLine(ended),
    },
    {
      name: 'fork-review-diff',
      workflow: example('fork-review-diff'),
      event: 'pull_request',
      payload: pullRequest('pull-request-fork'),
      isRight: hasPassed,
    },
    {
      name: 'fork-review',
      workflow: saying(example('fork-review'), { findings: [found] }),
      event: 'workflow_run',
      payload: { workflow_run: { ...(eventPayload('workflow-run').workflow_run as object), head_sha: forkHead } },
      pull: (api) => {
        api.pull = {
          ...{ number: 9, state: 'open' },
          head: { sha: forkHead, ref: 'fix', repo: { full_name: 'mallory/monorepo' } },
        };
      },
      isRight: (ended) => succeeded(ended) && isCommented(ended) && ended.api?.reviews.length === 0,
    },
    { name: 'scheduled-analysis', workflow: example('scheduled-analysis'), event: 'schedule' },
    // Four shards, of which three have nothing to do, and their merge, which alone uploads a report.
    { name: 'sharded-analysis', workflow: example('sharded-analysis'), event: 'workflow_dispatch', logs: 5 },
    {
      name: 'sharded-analysis, one of four shards killed',
      workflow: example('sharded-analysis'),
      event: 'workflow_dispatch',
      logs: 5,
      files: Object.fromEntries(
        ['hang', 'reply Fine.', 'reply Good.'].map((word) => [
          `.github/analyses/${word.replace(/\W+/g, '')}.md`,
          `Look.\noffline: ${word}\n`,
        ]),
      ),
      killsAfter: 3,
      isRight: ({ code, printed }) =>
        code !== 0 &&
        printed.includes('has not ended: it was killed, or it still runs') &&
        printed.includes('::set-output:: verdict=Failure: 3 of 4 processes succeeded; 1 cancelled'),
    },
    { name: 'sharded-workflow', workflow: callerOfShards, event: 'workflow_dispatch', logs: 3 },
    ...graphs.map((name) => started(name, example(name))),
    { name: 'reusable-workflow-caller', workflow: example('reusable-workflow-caller'), event: 'push' },
  ];
}

/** A finding on the line that the checkout has changed. */
const found = {
  ...{ file: 'src/a.ts', line: 1, summary: 'The constant is wrong', failure_scenario: 'Whoever adds it up is wrong' },
  severity: 'important',
};
const forkHead = 'f'.repeat(40);

/** The same, whose first reviewer answers so. */
function saying(workflow: Workflow, answer: object): Workflow {
  const jobs = Object.entries(workflow.jobs).map(([name, job]) => {
    const steps = job.steps?.map((step) => {
      const prompts = String(step.with?.prompts ?? '');
      const said = prompts.replace(/prompt: \|\n( +)/, `$&offline: structured ${JSON.stringify(answer)}\n$1`);
      return said === '' ? step : { ...step, with: { ...step.with, prompts: said } };
    });
    return [name, { ...job, steps }];
  });
  return { ...workflow, jobs: Object.fromEntries(jobs) };
}

function pullRequest(name: string): object {
  const { pull_request: pull, ...payload } = eventPayload(name) as { pull_request: { base: object; head: object } };
  return {
    ...payload,
    pull_request: { ...pull, base: { ...pull.base, sha: 'BASE' }, head: { ...pull.head, sha: 'HEAD' } },
  };
}

function hasPassed({ code, printed }: EndedRun): boolean {
  return code === 0 && printed.includes('Job succeeded') && !printed.includes('Job failed');
}

/** Printed by act for each session of ours that has succeeded. */
export const success = '::set-output:: conclusion=success';

/** A session of ours has succeeded in it. */
export function succeeded(ended: EndedRun): boolean {
  return hasPassed(ended) && ended.printed.includes(success);
}

function isCommented({ api, printed }: EndedRun): boolean {
  const [comment, ...others] = api?.comments ?? [];
  return (
    others.length === 0 && comment?.body.includes(found.summary) === true && printed.includes('comment-url=https://')
  );
}

function isOnLine({ api }: EndedRun): boolean {
  return api?.threads.some(({ path, line }) => path === found.file && line === found.line) === true;
}

/** Calls the reusable workflow of several machines. */
const callerOfShards = parse(`
on: workflow_dispatch
jobs:
  review:
    uses: ./.github/workflows/sharded.yml
    with: { prompts-file: .github/reviews.yml, shards: 2, offline: true }
`) as Workflow;

const graphs = ['find-and-verify', 'cascade', 'panel', 'map-reduce'];

/** Started by hand, with what its form holds at first. */
function started(name: string, workflow: Workflow): Trial {
  const form = (workflow.on.workflow_dispatch ?? {}) as {
    readonly inputs?: Readonly<Record<string, { default?: string }>>;
  };
  const inputs = Object.entries(form.inputs ?? {}).map(([input, { default: value = 'x' }]) => [input, value]);
  return { name, workflow, event: 'workflow_dispatch', payload: { inputs: Object.fromEntries(inputs) } };
}

/** The same without a key, without network: the checkout is there, and what other actions would do is left out. */
export function offline(workflow: Workflow): object {
  const jobs = Object.entries(workflow.jobs).map(([name, job]) => {
    const { uses } = job as { readonly uses?: string };
    // Ours here already, or one that stands in another repository.
    if (uses?.startsWith('./')) return [name, job];
    if (uses !== undefined) return [name, { ...job, uses: './.github/workflows/ensemble.yml' }];
    return [name, { ...job, steps: (job.steps ?? []).flatMap(offlineStep) }];
  });
  const { text: _text, ...whole } = workflow;
  return { ...whole, jobs: Object.fromEntries(jobs) };
}

function offlineStep(step: WorkflowStep): readonly object[] {
  const { uses } = step;
  if (uses === undefined) return [step];
  // act copies the checkout that it is started in, if nothing else is asked for.
  if (uses.startsWith('actions/checkout@')) return step.with?.repository === undefined ? [{ uses }] : [];
  if (!isOurs.test(uses) && !uses.startsWith('./')) return [];
  // A merge starts nothing.
  return [uses.includes('/merge@') ? step : { ...step, with: { ...step.with, offline: 'true' } }];
}

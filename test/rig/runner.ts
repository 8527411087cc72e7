import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { compileCache } from './compile-cache.ts';
import { programOf, type StepUser } from './ordinary-user.ts';
import { RunningStep, type Step, type StepResult } from './runner-step.ts';
import { type TemporaryDirectory, temporaryDirectory } from './temporary-directory.ts';

/** A job as GitHub's runner sets it up, with the built Action as its one step. */
export interface Job extends AsyncDisposable {
  /** The checkout. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temporary: string;
  /** Starts the step. */
  readonly start: (step?: StepOptions) => Step;
  /** Runs the step to its end. */
  readonly run: (step?: StepOptions) => Promise<StepResult>;
  /** Runs what the Action does at the end of the job, with the state that its step left, and with the inputs of the last one. */
  readonly post: (before: StepResult) => Promise<StepResult>;
}

/** What a workflow says of the job. */
export interface JobOptions {
  /** Files of the checkout by their path. */
  readonly checkout?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly payload: unknown; readonly actor?: string };
  /** `env:` of the job, and what GitHub adds to it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The user that its steps run as; the one who runs the tests when absent. */
  readonly user?: StepUser;
}

/** What a workflow says of the step. */
export interface StepOptions {
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A sub-action; the Action itself when absent. */
  readonly action?: 'plan' | 'merge';
  /** Another program than the Action, such as a script of the workflow's own. */
  readonly program?: string;
}

/** What a job gives to Claude where any key will do: no service knows it. */
export const credentials = { ANTHROPIC_API_KEY: 'sk-ant-example-0123456789' };

const root = join(import.meta.dirname, '../..');
const bin = join(root, 'node_modules/.bin');
const push = {
  name: 'push',
  payload: { ref: 'refs/heads/main', repository: { full_name: 'octo-org/monorepo' } },
};

/** Sets up a job; disposing of it ends whatever still runs and removes its directories. */
export async function startJob(options: JobOptions = {}): Promise<Job> {
  const { checkout = {}, env = {}, user = 'current' } = options;
  const event: JobOptions['event'] & {} = options.event ?? push;
  const directory = await temporaryDirectory();
  const [workspace, temporary] = [directory.join('workspace'), directory.join('temp')];
  for (const path of [workspace, temporary, directory.join('home')]) mkdirSync(path);
  for (const [path, text] of Object.entries(checkout)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  writeFileSync(directory.join('event.json'), JSON.stringify(event.payload));
  const job = {
    ...jobEnvironment(directory),
    GITHUB_EVENT_NAME: event.name,
    GITHUB_ACTOR: event.actor ?? 'alice',
    ...env,
  };
  const steps: RunningStep[] = [];
  let last: StepOptions = {};
  const begin = (program: string, inputs: StepOptions, state: Readonly<Record<string, string>> = {}): RunningStep => {
    const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value] as const);
    const environment = { ...job, ...inputs.env, ...Object.fromEntries(saved) };
    const files = directory.join('temp', '_runner_file_commands', String(steps.length));
    const step = new RunningStep({
      program,
      environment,
      inputs: inputs.action === undefined ? withoutStartAhead(inputs.with ?? {}) : (inputs.with ?? {}),
      actionFile: join(root, inputs.action ?? '.', 'action.yml'),
      files,
      workspace,
      startAs: () => programOf(user, directory.path),
    });
    steps.push(step);
    return step;
  };
  const start = (step: StepOptions = {}): RunningStep => {
    last = step;
    return begin(step.program ?? builtAction(step.action ?? 'main'), step);
  };
  return {
    workspace,
    temporary,
    start,
    run: (step) => start(step).done,
    post: (before) => begin(builtAction('post'), last, before.state).done,
    async [Symbol.asyncDispose]() {
      for (const step of steps) step.killTree();
      await Promise.all(steps.map(({ done }) => done));
      await directory[Symbol.asyncDispose]();
    },
  };
}

/**
 * The options for a program of a test: nothing is started ahead unless that is asked for, since only the real CLI reads the
 * messages that a child which was started ahead is sent.
 */
export function withoutStartAhead(options: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return 'claude-path' in options ? { 'start-ahead': 'false', ...options } : options;
}

function builtAction(entry: 'main' | 'post' | 'plan' | 'merge'): string {
  return join(root, 'dist', entry, 'index.js');
}

/** What the runner puts into the environment of every step of a job. */
function jobEnvironment(directory: TemporaryDirectory): Record<string, string> {
  return {
    PATH: [bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: directory.join('home'),
    LANG: 'C.UTF-8',
    ...compileCache,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: directory.join('workspace'),
    GITHUB_EVENT_PATH: directory.join('event.json'),
    GITHUB_REPOSITORY: 'octo-org/monorepo',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW: 'Review',
    GITHUB_JOB: 'review',
    GITHUB_ACTION: '__claude-ensemble',
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_TEMP: directory.join('temp'),
    RUNNER_TOOL_CACHE: directory.join('tools'),
    RUNNER_TRACKING_ID: `github_${crypto.randomUUID()}`,
  };
}

import { join } from 'node:path';
import { optionRows } from '../../model/option-table.ts';
import { nearest } from '../../text/nearest.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Inputs of the step, given under `with:`. */
export interface StepInputs {
  /** Option name to text, unknown names included. */
  readonly options: Readonly<Record<string, string>>;
  /** The job's `matrix` as JSON, which GitHub fills in. */
  readonly matrix: string;
  /** Variables such as `INPUT_FOO` that no option resembles: a job's `env` may hold them for its own purposes. */
  readonly foreign: readonly string[];
}

/** The directories of a job. */
export interface Job {
  readonly kind: 'job';
  /** The checkout. */
  readonly workspace: string;
  /** Emptied after the job. */
  readonly temporary: string;
  readonly toolCache: string;
  /** Default base of the session's directory. */
  readonly logDirectory: string;
  /** Heading of what is shown of the session, unless an option says otherwise. */
  readonly title: string;
}

const optionNames = optionRows.map(({ name }) => name);

/** Reads the inputs back from the variables that the runner makes: upper case, blanks as `_`, hyphens kept. */
export function readInputs(environment: Environment): StepInputs {
  const variables = Object.entries(environment).filter(
    ([name, value]) => /^INPUT_./.test(name) && value !== undefined && value !== '',
  );
  const foreign = variables.map(([name]) => name).filter(isForeign);
  const { matrix = '', ...options } = Object.fromEntries(
    variables
      .filter(([name]) => !foreign.includes(name))
      .map(([name, value = '']) => [name.slice('INPUT_'.length).toLowerCase(), value]),
  );
  return { options, matrix, foreign };
}

/** Whether a variable is not one of our inputs, nor a mistyped one. Names without hyphens only: a shell can set no others. */
function isForeign(variable: string): boolean {
  const name = variable.slice('INPUT_'.length).toLowerCase();
  return /^\w+$/.test(name) && name !== 'matrix' && nearest(name.replaceAll('_', '-'), optionNames) === undefined;
}

/** A warning that names variables that look like inputs and were ignored. */
export function foreignInputsWarning({ foreign }: StepInputs): string | undefined {
  if (foreign.length === 0) return undefined;
  return `${foreign.join(', ')}: there is no such input; ignored, as a job's env may set it for something else.`;
}

/** The secrets among the inputs, for the runner's own mask; what is too short would mask half of the log. */
export function secretInputs({ options }: StepInputs): string[] {
  const secret = optionRows.filter((row) => row.secret === true).flatMap(({ name }) => options[name] ?? []);
  return secret.flatMap((value) => value.split(/\r?\n/)).filter((line) => line.trim().length >= 8);
}

/** The directories of the job, or why this is not a job. */
export function readJob(environment: Environment): Job | { readonly kind: 'none'; readonly fault: string } {
  const { GITHUB_ACTIONS, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary, RUNNER_TOOL_CACHE } = environment;
  if (GITHUB_ACTIONS !== 'true' || !workspace || !temporary) return { kind: 'none', fault: notInActions };
  const logDirectory = join(temporary, 'claude-ensemble');
  const title = titleOf(environment);
  return { kind: 'job', workspace, temporary, toolCache: RUNNER_TOOL_CACHE || temporary, logDirectory, title };
}

const notInActions =
  'This program is the GitHub Action and runs inside GitHub Actions only: GITHUB_ACTIONS, GITHUB_WORKSPACE and RUNNER_TEMP are not all set. To run it elsewhere, use the command: npx claude-ensemble --help';

/** The id of the step, if the workflow gives it one: those that GitHub makes up begin with two underscores, those of act are numbers. */
function titleOf({ GITHUB_ACTION = '', GITHUB_JOB = '' }: Environment): string {
  const step = /^(?:__|\d+$)/u.test(GITHUB_ACTION) ? '' : GITHUB_ACTION;
  return step || GITHUB_JOB || 'Claude Ensemble';
}

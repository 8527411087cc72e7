import { randomUUID } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { getExecOutput } from '@actions/exec';
import { plainEnvironment } from '../../agents/claude/environment.ts';
import { trustedPath } from '../../options/trusted-path.ts';
import { markerVariable, ProcessTree } from '../../process/process-tree.ts';

/** Environment, checkout and interrupt of one run of npm. */
export interface NpmOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the checkout: no program of it is run. */
  readonly checkout: string;
  /** Ends npm, and all that it has started, when it is aborted. */
  readonly interrupt: AbortSignal;
}

/** The settings of npm, and the token that the .npmrc of actions/setup-node refers to. */
const npmVariables = ['npm_config_*', 'NPM_CONFIG_*', 'NODE_AUTH_TOKEN'];

/** Longest wait for the end of an npm whose tree cannot be killed: only on Linux it can be found. */
const killWaitMs = 1_000;

/** Runs npm in a directory to its end; gives the reason of a failure. */
export async function runNpm(
  args: readonly string[],
  directory: string,
  { environment, checkout, interrupt }: NpmOptions,
): Promise<string | undefined> {
  if (interrupt.aborted) return 'interrupted.';
  // What is installed serves later jobs as well: the checkout must not choose who installs it.
  const PATH = trustedPath(environment.PATH ?? environment.Path ?? '', checkout);
  const program = await npmOn(PATH);
  if (program === undefined) return missingNpm;
  const marker = randomUUID();
  const npm = getExecOutput(`"${program}"`, [...args], {
    cwd: directory,
    env: { ...plainEnvironment(environment, npmVariables), PATH, [markerVariable]: marker },
    silent: true,
    ignoreReturnCode: true,
  });
  const answer = await Promise.race([npm, aborted(interrupt)]);
  if (answer === undefined) {
    await endTree(marker, npm);
    return 'interrupted.';
  }
  const { exitCode, stderr, stdout } = answer;
  return exitCode === 0 ? undefined : `npm ${args[0]} ended with ${exitCode}: ${lastLines(stderr || stdout)}`;
}

const missingNpm =
  'npm is not on the PATH, where directories of the checkout do not count. Put actions/setup-node before this step, or install Claude Code and put it on the PATH.';

async function npmOn(path: string): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  for (const directory of path.split(delimiter)) {
    const candidate = join(directory, name);
    const isThere = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  return undefined;
}

/** Nobody needs what it wrote, so it is not asked first. It may be about to start a child, or not even have started itself. */
async function endTree(marker: string, npm: Promise<unknown>): Promise<void> {
  const tree = new ProcessTree({ marker });
  const ended = npm.then(
    () => true,
    () => true,
  );
  const deadline = performance.now() + killWaitMs;
  do await tree.killSurvivors();
  while (!(await Promise.race([ended, sleep(20, false)])) && performance.now() < deadline);
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join('\n');
}

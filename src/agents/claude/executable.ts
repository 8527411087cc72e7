import { access, constants, readFile, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join, relative, sep } from 'node:path';
import process from 'node:process';
import { errorCode } from '../../model/errors.ts';
import type { Environment } from './environment.ts';
import { probe } from './probe.ts';

/** The version that this project is tested with, and installs. */
export const testedVersion = '2.1.330';

/** The oldest version that is taken from the PATH: the one whose flags and messages this project was measured with. */
export const minimumVersion = '2.1.330';

/** The program that is run as Claude. */
export interface Executable {
  readonly path: string;
  /**
   * `claude`: held to the CLI's rules. `stream-json`: something else that speaks as the CLI does. `unknown`: judged by the
   * first line of each run; it may be a plain program.
   */
  readonly kind: 'claude' | 'stream-json' | 'unknown';
  readonly version?: string;
}

/** The executable, or why there is none. */
export type ExecutableSearch =
  | { readonly kind: 'found'; readonly executable: Executable; readonly notice?: string }
  /** `claude-path` names nothing that can be started, or an installation has failed. */
  | { readonly kind: 'unusable'; readonly message: string }
  /** None on the PATH fits; this version would have to be installed. */
  | { readonly kind: 'absent'; readonly why: string; readonly version: string };

/** Installs one version of the CLI and gives the path of its executable, or says why it could not; `stop` ends it early. */
export type InstallClaude = (version: string, stop: AbortSignal) => Promise<Installation>;

/** Path of the installed executable, or the cause of a failure. */
export type Installation = { readonly path: string } | { readonly fault: string };

/** Inputs of the search for an executable. */
export interface ExecutableSearchOptions {
  readonly choice: { readonly path?: string; readonly version?: string };
  readonly environment: Environment;
  /** A `claude` on the PATH inside this directory is not used: the checkout may be hostile. */
  readonly distrusted?: string;
  /** Absolute; a CLI that is installed in this project, in `node_modules` here or further up, is used where the PATH has none. */
  readonly project?: string;
  /** Ends the search. */
  readonly stop?: AbortSignal;
  /** Called when a program has been started that is asked for its version. */
  readonly onStart?: () => void;
}

/** Finds the executable that is run as Claude, before anything starts. Installs nothing. */
export async function findExecutable(options: ExecutableSearchOptions): Promise<ExecutableSearch> {
  const { choice, environment, distrusted, project } = options;
  if (choice.path !== undefined) return checkGiven(choice.path, options);
  const onPath = await firstIn(directoriesOf(environment), distrusted);
  const wanted = choice.version;
  const { version, failure, executable } = await claudeAt(onPath, wanted, options);
  if (executable !== undefined) return { kind: 'found', executable };
  const local = project === undefined ? undefined : await firstIn(projectDirectories(project), distrusted);
  const installed = await claudeAt(local, wanted, options);
  if (installed.executable !== undefined) return { kind: 'found', executable: installed.executable };
  return { kind: 'absent', why: absence({ onPath, version, failure, wanted }), version: wanted ?? testedVersion };
}

/** Answer of the program at a path to `--version`; `executable` when it is a Claude CLI that fits. */
async function claudeAt(
  path: string | undefined,
  wanted: string | undefined,
  { environment, stop: interrupt, onStart }: ExecutableSearchOptions,
): Promise<{ readonly version?: string; readonly failure?: string | undefined; readonly executable?: Executable }> {
  if (path === undefined) return {};
  const { version, failure, spawnFault } = await probe(path, environment, { interrupt, onStart });
  if (version === undefined) return { failure: failure ?? spawnFault };
  return fits(version, wanted) ? { version, executable: { path, kind: 'claude', version } } : { version, failure };
}

async function checkGiven(
  path: string,
  { environment, stop: interrupt, onStart }: ExecutableSearchOptions,
): Promise<ExecutableSearch> {
  const real = await resolveCommandFile(path);
  const fault = await accessFault(real);
  const shown = `claude-path: ${JSON.stringify(path)}`;
  if (fault !== undefined) return { kind: 'unusable', message: `${shown} ${fault}.` };
  const { version, speaks, spawnFault, failure, isQuiet } = await probe(real, environment, { interrupt, onStart });
  if (spawnFault !== undefined) return { kind: 'unusable', message: `${shown} could not be started: ${spawnFault}` };
  const executable: Executable = { path: real, kind: speaks, ...(version !== undefined && { version }) };
  if (speaks !== 'unknown' || failure === undefined || isQuiet) return { kind: 'found', executable };
  const notice = `${shown} is taken for a plain program: it does not answer --version as the Claude CLI does (${failure}).`;
  return { kind: 'found', executable, notice };
}

/** Why nothing can be started where nothing may be installed, and what to do. */
export function absenceFault({ why, version }: Extract<ExecutableSearch, { kind: 'absent' }>): string {
  return `${why} Install it with: npm install -g @anthropic-ai/claude-code@${version}`;
}

/** Inputs of the installation of an absent executable. */
export interface InstallationTools {
  readonly install: InstallClaude;
  readonly environment: Environment;
  readonly stop: AbortSignal;
}

/** Installs what a search did not find. */
export async function installExecutable(
  { why, version }: Extract<ExecutableSearch, { kind: 'absent' }>,
  { install, environment, stop }: InstallationTools,
): Promise<ExecutableSearch> {
  const installation = await install(version, stop);
  if ('fault' in installation)
    return { kind: 'unusable', message: `${why} Installing it failed: ${installation.fault}` };
  // Not what was asked for, which may be "latest", but what was installed.
  const { version: actual = version } = await probe(installation.path, environment, { interrupt: stop });
  const executable: Executable = { path: installation.path, kind: 'claude', version: actual };
  return { kind: 'found', executable, notice: `${why} Claude Code ${actual} is used instead.` };
}

interface Absence {
  readonly onPath: string | undefined;
  readonly version: string | undefined;
  readonly failure: string | undefined;
  readonly wanted: string | undefined;
}

function absence({ onPath, version, failure, wanted }: Absence): string {
  if (wanted === 'latest') return 'claude-version is "latest", which only an installation can settle.';
  if (onPath === undefined) return 'There is no "claude" on the PATH.';
  const how = failure === undefined ? '' : ` (${failure})`;
  if (version === undefined) return `${onPath} does not answer --version as the Claude CLI does${how}.`;
  if (wanted !== undefined) return `${onPath} is version ${version}, but claude-version is ${wanted}.`;
  return `${onPath} is version ${version}; at least ${minimumVersion} is needed.`;
}

function fits(version: string, wanted: string | undefined): boolean {
  return wanted === undefined ? compareVersions(version, minimumVersion) >= 0 : version === wanted;
}

/** Whether it is the CLI, of a version that this project was measured with. */
export function isTested({ kind, version }: Executable): boolean {
  return kind === 'claude' && version !== undefined && compareVersions(version, minimumVersion) >= 0;
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function directoriesOf(environment: Environment): readonly string[] {
  return (environment.PATH ?? environment.Path ?? '').split(delimiter).filter((entry) => isAbsolute(entry));
}

/** Directories of npm's commands of a project's dependencies, the nearest first. */
function projectDirectories(project: string): readonly string[] {
  const parent = dirname(project);
  return [join(project, 'node_modules', '.bin'), ...(parent === project ? [] : projectDirectories(parent))];
}

async function firstIn(directories: readonly string[], distrusted: string | undefined): Promise<string | undefined> {
  const names = process.platform === 'win32' ? ['claude.exe', 'claude.cmd'] : ['claude'];
  for (const directory of directories) {
    for (const name of names) {
      const candidate = await resolveCommandFile(join(directory, name));
      if ((await accessFault(candidate)) !== undefined) continue;
      if (distrusted === undefined || !(await leadsInto(candidate, distrusted))) return candidate;
    }
  }
  return undefined;
}

/** Links are followed on both sides: one on the PATH may lead into the checkout, and the checkout may be reached by one. */
async function leadsInto(path: string, directory: string): Promise<boolean> {
  const way = relative(await realpath(directory), await realpath(path));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** npm's `claude.cmd` would need a shell, and a shell would read the arguments: the executable that it names is used. */
async function resolveCommandFile(path: string): Promise<string> {
  if (process.platform !== 'win32' || !path.toLowerCase().endsWith('.cmd')) return path;
  const named = /"%(?:~dp0|dp0%)\\?([^"%]+\.exe)"/i.exec(await readFile(path, 'utf8').catch(() => ''))?.[1];
  return named === undefined ? path : join(dirname(path), named);
}

const absences: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

async function accessFault(path: string): Promise<string | undefined> {
  const stats = await stat(path).catch((error: unknown) => errorCode(error) ?? '');
  if (typeof stats === 'string') return absences.has(stats) ? 'does not exist' : `cannot be reached (${stats})`;
  if (!stats.isFile()) return 'is not a file';
  if (process.platform === 'win32' && path.toLowerCase().endsWith('.cmd'))
    return 'is a script for a shell, and names no executable';
  return access(path, constants.X_OK).then(
    () => undefined,
    () => 'is not executable',
  );
}

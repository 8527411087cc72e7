import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { plainEnvironment } from '../../agents/claude/environment.ts';
import type { InstallClaude } from '../../agents/claude/executable.ts';
import { probe } from '../../agents/claude/probe.ts';
import { errorMessage } from '../../model/errors.ts';
import { type NpmOptions, runNpm } from './npm.ts';

/** Where to install, how long it may take, and where progress is printed. */
export interface InstallOptions extends NpmOptions {
  /** `RUNNER_TOOL_CACHE`, or a directory that does instead. */
  readonly toolCache: string;
  readonly print: (line: string) => void;
  /** Milliseconds for everything; 10 minutes when absent. */
  readonly limitMs?: number;
}

/** The package has 364 MB unpacked: a slow network takes minutes. */
const defaultLimitMs = 600_000;

const unfinishedPrefix = '.installing-';
/** Far longer than an installation may take: an unfinished one of that age was left by a job that was killed. */
const abandonedMs = 6 * defaultLimitMs;

const packageName = '@anthropic-ai/claude-code';
/** An exact version, or a tag such as `latest`: npm would take an address or a path as well. */
const acceptable = /^(?:\d+\.\d+\.\d+(?:-[\w.-]+)?|[a-z][a-z-]*)$/;

/** Makes what installs the CLI from npm into the runner's tool cache, where the next job finds it again. */
export function claudeInstaller(options: InstallOptions): InstallClaude {
  const { limitMs = defaultLimitMs } = options;
  return async (version, stop) => {
    if (!acceptable.test(version)) return { fault: `${JSON.stringify(version)} is no version.` };
    const interrupt = AbortSignal.any([options.interrupt, stop, AbortSignal.timeout(limitMs)]);
    const installation = await findOrInstall(version, { ...options, interrupt });
    // What was ended half-way fails in its own words, which are not the cause.
    return 'fault' in installation && interrupt.aborted ? { fault: causeOf(interrupt, limitMs) } : installation;
  };
}

async function findOrInstall(version: string, options: InstallOptions): ReturnType<InstallClaude> {
  try {
    const cached = await workingExecutable(version, options);
    return cached === undefined ? await install(version, options) : { path: cached };
  } catch (error) {
    return { fault: errorMessage(error) };
  }
}

function causeOf({ reason }: AbortSignal, limitMs: number): string {
  if (reason === 'deadline') return 'total-timeout had passed before npm had ended.';
  if (!(reason instanceof DOMException && reason.name === 'TimeoutError')) return 'interrupted.';
  return `npm had not ended after ${limitMs / 1000} s. Is the registry reachable from this machine?`;
}

/** The runner's own layout: `<tool>/<version>/<arch>`, and a marker beside it when that is complete. */
function placeOf(toolCache: string, version: string): string {
  return join(toolCache, 'claude-code', version, process.arch);
}

async function install(version: string, options: InstallOptions): ReturnType<InstallClaude> {
  const started = performance.now();
  options.print(`Installing Claude Code ${version} from npm…`);
  const parent = join(options.toolCache, 'claude-code');
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  // Beside its later place, so that it can be renamed there whole.
  const directory = await mkdtemp(join(parent, unfinishedPrefix));
  try {
    const fault = await fill(directory, version, options);
    if (fault !== undefined) return { fault };
    const installed = await versionOf(executableIn(directory), options);
    const isTag = !/^\d/.test(version);
    if (installed === undefined || !(isTag || installed === version)) {
      return { fault: `what npm installed answers --version with ${installed ?? 'nothing'}, not with ${version}.` };
    }
    const path = await settle(directory, installed, options);
    options.print(
      `Claude Code ${installed} is installed (${((performance.now() - started) / 1000).toFixed(1)} s): ${path}`,
    );
    return { path };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Each takes hundreds of megabytes of a tool cache that outlives the job. */
async function removeAbandoned(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(unfinishedPrefix));
  for (const path of names.map((name) => join(parent, name))) {
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    // Another user's may not be ours to remove.
    if (age > abandonedMs) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Has npm fill the directory; gives the reason if it could not. */
async function fill(directory: string, version: string, options: InstallOptions): Promise<string | undefined> {
  // A project of its own: a .npmrc of the checkout must not choose the registry.
  await writeFile(join(directory, 'package.json'), '{"private":true}');
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--no-save', '--loglevel=error'];
  // npm 12 runs no install scripts and npm 11 runs them all: the only one that is needed is run below.
  const args = ['install', '--ignore-scripts', ...quiet, `${packageName}@${version}`];
  const fault = await runNpm(args, directory, options);
  if (fault !== undefined) return fault;
  const { environment, interrupt: signal } = options;
  const env = plainEnvironment(environment);
  await promisify(execFile)(process.execPath, ['install.cjs'], { cwd: packageIn(directory), env, signal });
  return undefined;
}

/** Moves the finished installation to its place; if another job was there first, and its own works, that one is used. */
async function settle(directory: string, version: string, options: InstallOptions): Promise<string> {
  const place = placeOf(options.toolCache, version);
  await mkdir(join(place, '..'), { recursive: true });
  for (let tries = 1; ; tries += 1) {
    const inode = await inodeOf(place);
    try {
      await rename(directory, place);
      break;
    } catch (error) {
      if ((await versionOf(executableIn(place), options)) === version) break;
      if (tries === 3) throw error;
      await takeAway(place, inode);
    }
  }
  await writeFile(`${place}.complete`, '');
  return executableIn(place);
}

/** Removes a broken installation, but not the whole one that another job may have put there since it was looked at. */
async function takeAway(place: string, inode: bigint | undefined): Promise<void> {
  const aside = `${place}.broken-${randomUUID()}`;
  await rename(place, aside).catch(() => undefined);
  if ((await inodeOf(aside)) !== inode) await rename(aside, place).catch(() => undefined);
  // Gone if it is back. A whole one cannot go back where a third job has put its own meanwhile.
  await rm(aside, { recursive: true, force: true });
}

async function inodeOf(path: string): Promise<bigint | undefined> {
  return (await stat(path, { bigint: true }).catch(() => undefined))?.ino;
}

/** Asks the executable itself: a marker would not know that it was broken since. */
async function workingExecutable(version: string, options: InstallOptions): Promise<string | undefined> {
  const executable = executableIn(placeOf(options.toolCache, version));
  return (await versionOf(executable, options)) === version ? executable : undefined;
}

async function versionOf(executable: string, { environment, interrupt }: InstallOptions): Promise<string | undefined> {
  return (await probe(executable, environment, { interrupt })).version;
}

function packageIn(directory: string): string {
  return join(directory, 'node_modules', ...packageName.split('/'));
}

/** The file in the package is named so on every platform; npm makes a link to it that people know. */
function executableIn(directory: string): string {
  const link = join(directory, 'node_modules', '.bin', 'claude');
  return process.platform !== 'win32' && existsSync(link) ? link : join(packageIn(directory), 'bin', 'claude.exe');
}

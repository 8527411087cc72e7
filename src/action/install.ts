import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { getExecOutput } from '@actions/exec';
import type { InstallClaude } from '../claude/executable.ts';

/** Where to install and whom to tell. */
export interface InstallOptions {
  /** `RUNNER_TOOL_CACHE`, or a directory that does instead. */
  readonly toolCache: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when nobody waits for the installation any more. */
  readonly interrupt: AbortSignal;
  readonly print: (line: string) => void;
}

const packageName = '@anthropic-ai/claude-code';
/** An exact version, or a tag such as `latest`: npm would take an address or a path as well. */
const acceptable = /^(?:\d+\.\d+\.\d+(?:-[\w.-]+)?|[a-z][a-z-]*)$/;
/** The CLI answers `--version` in 20 ms; a cold disk has to read its 364 MB first. */
const versionPatienceMs = 30_000;

/** Makes what installs the CLI from npm into the runner's tool cache, where the next job finds it again. */
export function claudeInstaller(options: InstallOptions): InstallClaude {
  return async (version) => {
    if (!acceptable.test(version)) return { fault: `${JSON.stringify(version)} is no version.` };
    try {
      const cached = await workingExecutable(version, options);
      return cached === undefined ? await install(version, options) : { path: cached };
    } catch (error) {
      return { fault: faultText(error) };
    }
  };
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
  // Beside its later place, so that it can be renamed there whole.
  const directory = await mkdtemp(join(parent, '.installing-'));
  try {
    const fault = await fill(directory, version, options);
    if (fault !== undefined) return { fault };
    const installed = await versionOf(executableIn(directory), options.environment);
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

/** Has npm fill the directory; gives the reason if it could not. */
async function fill(directory: string, version: string, options: InstallOptions): Promise<string | undefined> {
  // A project of its own: a .npmrc of the checkout must not choose the registry.
  await writeFile(join(directory, 'package.json'), '{"private":true}');
  const env = environmentForNpm(options.environment);
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--no-save', '--loglevel=error'];
  // npm 12 runs no install scripts and npm 11 runs them all: the only one that is needed is run below.
  const npm = getExecOutput('npm', ['install', '--ignore-scripts', ...quiet, `${packageName}@${version}`], {
    cwd: directory,
    env,
    silent: true,
    ignoreReturnCode: true,
  });
  const answer = await Promise.race([npm, aborted(options.interrupt)]);
  if (answer === undefined) return 'interrupted.';
  if (answer.exitCode !== 0) {
    return `npm install ended with ${answer.exitCode}: ${lastLines(answer.stderr || answer.stdout)}`;
  }
  await promisify(execFile)(process.execPath, ['install.cjs'], { cwd: packageIn(directory), env });
  return undefined;
}

/** Moves the finished installation to its place; if another job was there first, and its own works, that one is used. */
async function settle(directory: string, version: string, options: InstallOptions): Promise<string> {
  const place = placeOf(options.toolCache, version);
  await mkdir(join(place, '..'), { recursive: true });
  try {
    await rename(directory, place);
  } catch {
    if ((await versionOf(executableIn(place), options.environment)) !== version) {
      await rm(place, { recursive: true, force: true });
      await rename(directory, place);
    }
  }
  await writeFile(`${place}.complete`, '');
  return executableIn(place);
}

/** Asks the executable itself: a marker would not know that it was broken since. */
async function workingExecutable(version: string, options: InstallOptions): Promise<string | undefined> {
  const executable = executableIn(placeOf(options.toolCache, version));
  return (await versionOf(executable, options.environment)) === version ? executable : undefined;
}

async function versionOf(executable: string, environment: InstallOptions['environment']): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(executable, ['--version'], {
      timeout: versionPatienceMs,
      env: { ...environmentForNpm(environment), DISABLE_AUTOUPDATER: '1' },
    });
    return /^(\S+) \(Claude Code\)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

function packageIn(directory: string): string {
  return join(directory, 'node_modules', ...packageName.split('/'));
}

/** It has this name on every platform. */
function executableIn(directory: string): string {
  return join(packageIn(directory), 'bin', 'claude.exe');
}

/** npm needs neither our inputs nor the runner's tokens. */
function environmentForNpm(environment: InstallOptions['environment']): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(?:INPUT|ACTIONS|GITHUB|ANTHROPIC|CLAUDE)_/i.test(entry[0]),
  );
  return Object.fromEntries(kept);
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

function faultText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!message.includes('Unable to locate executable file: npm')) return message;
  return 'npm is not on the PATH. Put actions/setup-node before this step, or install Claude Code and put it on the PATH.';
}

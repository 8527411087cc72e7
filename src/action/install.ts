import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { plainEnvironment } from '../claude/environment.ts';
import type { InstallClaude } from '../claude/executable.ts';
import { probe } from '../claude/probe.ts';
import { type NpmOptions, runNpm } from './npm.ts';

/** Where to install and whom to tell. */
export interface InstallOptions extends NpmOptions {
  /** `RUNNER_TOOL_CACHE`, or a directory that does instead. */
  readonly toolCache: string;
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
      return { fault: error instanceof Error ? error.message : String(error) };
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
  try {
    await rename(directory, place);
  } catch {
    if ((await versionOf(executableIn(place), options)) !== version) {
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
  return (await versionOf(executable, options)) === version ? executable : undefined;
}

async function versionOf(executable: string, { environment, interrupt }: InstallOptions): Promise<string | undefined> {
  return (await probe(executable, environment, { limitMs: versionPatienceMs, interrupt })).version;
}

function packageIn(directory: string): string {
  return join(directory, 'node_modules', ...packageName.split('/'));
}

/** It has this name on every platform. */
function executableIn(directory: string): string {
  return join(packageIn(directory), 'bin', 'claude.exe');
}

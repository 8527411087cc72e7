import { existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { removeDirectory } from './removal.ts';

/** Purpose of a private configuration directory. */
export interface ConfigDirectoryOptions {
  /** A directory of the session's own, outside the checkout and the log directory. */
  readonly base: string;
  readonly processId: string;
  readonly attempt: number;
  readonly workingDirectory: string;
  /** Obey the permissions that the project itself grants. */
  readonly trusted: boolean;
}

/** A configuration directory for one attempt: several CLIs that share one overwrite each other's (docs/reliability.md, R26). */
export interface ConfigDirectory {
  readonly config: string;
  readonly temporary: string;
  /** Removes it with everything in it. Never rejects. */
  remove(): Promise<void>;
}

/**
 * Makes the directory, 0700. Its name is random, and one that exists is never taken: an earlier process could have filled it
 * with settings for this one. Made in one go: to hand each of a dozen short calls to another thread costs more than they do.
 */
export async function createConfigDirectory(options: ConfigDirectoryOptions): Promise<ConfigDirectory> {
  const directory = makeRandomDirectory(options.base, `${options.processId}-${options.attempt}-`);
  const config = join(directory, 'config');
  const temporary = join(directory, 'tmp');
  const record = join(config, '.claude.json');
  const made = [config, temporary];
  // A tool that is being killed may still write; the rest is removed with the session's base directory.
  const remove = (): Promise<void> => removeAsMade(directory, made);
  try {
    for (const path of made) mkdirSync(path, { mode: 0o700 });
    for (const path of [directory, ...made]) requirePrivate(path);
    if (!options.trusted) return { config, temporary, remove };
    writeFileSync(record, trustRecord(options.workingDirectory), { mode: 0o600, flag: 'wx' });
    made.unshift(record);
  } catch (error) {
    // The same attempt may be made again, when the machine is short of something only for now.
    await remove();
    throw error;
  }
  return { config, temporary, remove };
}

/** The fast path for a directory that still is as it was made, as after a plain program: a tenth of the cost of `rm`. */
async function removeAsMade(directory: string, made: readonly string[]): Promise<void> {
  try {
    for (const path of made) await (path.endsWith('.json') ? unlink(path) : rmdir(path));
    await rmdir(directory);
  } catch {
    await removeDirectory(directory);
  }
}

/** Where a tool has removed the session's base, or put something else in its place, the directory is made beside it. */
function makeRandomDirectory(base: string, prefix: string): string {
  return mkdtempSync(isPrivate(base) ? join(base, prefix) : `${base}-`);
}

function isPrivate(path: string): boolean {
  try {
    requirePrivate(path);
    return true;
  } catch {
    return false;
  }
}

/** Throws unless this is a directory, no link, that only this user may enter. Windows has neither owners nor modes. */
export function requirePrivate(path: string): void {
  const found = lstatSync(path);
  const isOwn = process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o077) === 0);
  if (found.isDirectory() && isOwn) return;
  throw Object.assign(new Error(`${path} is not a private directory of this user`), { code: 'EPERM' });
}

/** The CLI looks for the real path of the working directory, in a repository for that of its root (tried with 2.1.330). */
function trustRecord(workingDirectory: string): string {
  const real = realpathSync.native(workingDirectory);
  const trusted = { hasTrustDialogAccepted: true };
  const root = repositoryRoot(real);
  return JSON.stringify({ projects: { [real]: trusted, ...(root !== undefined && { [root]: trusted }) } });
}

function repositoryRoot(directory: string): string | undefined {
  for (let current = directory; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return undefined;
  }
}

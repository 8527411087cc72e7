import { access, lstat, mkdir, mkdtemp, realpath, rmdir, unlink, writeFile } from 'node:fs/promises';
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

/** A configuration directory for one attempt: several CLIs that share one overwrite each other's (promises, R26). */
export interface ConfigDirectory {
  readonly config: string;
  readonly temporary: string;
  /** Removes it with everything in it. Never rejects. */
  remove(): Promise<void>;
}

/**
 * Makes the directory, 0700. Its name is random, and one that exists is never taken: an earlier process could have filled it
 * with settings for this one.
 */
export async function createConfigDirectory(options: ConfigDirectoryOptions): Promise<ConfigDirectory> {
  const directory = await makeRandomDirectory(options.base, `${options.processId}-${options.attempt}-`);
  const config = join(directory, 'config');
  const temporary = join(directory, 'tmp');
  const made = [config, temporary];
  // A tool that is just dying may still write; what is left goes with the session's base.
  const remove = (): Promise<void> => removeAsMade(directory, made);
  try {
    await Promise.all([config, temporary].map((path) => mkdir(path, { mode: 0o700 })));
    await Promise.all([directory, config, temporary].map(requirePrivate));
    const record = options.trusted ? await trustRecord(options.workingDirectory) : undefined;
    if (record === undefined) return { config, temporary, remove };
    await writeFile(join(config, '.claude.json'), record, { mode: 0o600, flag: 'wx' });
    made.unshift(join(config, '.claude.json'));
  } catch (error) {
    // The same attempt may be made again, when the machine is short of something only for now.
    await remove();
    throw error;
  }
  return { config, temporary, remove };
}

/** A plain program leaves it as it was made: taking that away costs a tenth of starting another program for it. */
async function removeAsMade(directory: string, made: readonly string[]): Promise<void> {
  try {
    for (const path of made) await (path.endsWith('.json') ? unlink(path) : rmdir(path));
    await rmdir(directory);
  } catch {
    await removeDirectory(directory);
  }
}

/** Where a tool has removed the session's base, or put something else in its place, the directory is made beside it. */
async function makeRandomDirectory(base: string, prefix: string): Promise<string> {
  const isIntact = await requirePrivate(base).then(
    () => true,
    () => false,
  );
  return mkdtemp(isIntact ? join(base, prefix) : `${base}-`);
}

/** Rejects unless this is a directory, no link, that only this user may enter. Windows has neither owners nor modes. */
export async function requirePrivate(path: string): Promise<void> {
  const found = await lstat(path);
  const isOwn = process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o077) === 0);
  if (found.isDirectory() && isOwn) return;
  throw Object.assign(new Error(`${path} is not a private directory of this user`), { code: 'EPERM' });
}

/** The CLI looks for the real path of the working directory, in a repository for that of its root (tried with 2.1.330). */
async function trustRecord(workingDirectory: string): Promise<string> {
  const real = await realpath(workingDirectory);
  const trusted = { hasTrustDialogAccepted: true };
  const root = await repositoryRoot(real);
  return JSON.stringify({ projects: { [real]: trusted, ...(root !== undefined && { [root]: trusted }) } });
}

async function repositoryRoot(directory: string): Promise<string | undefined> {
  for (let current = directory; ; current = dirname(current)) {
    const found = await access(join(current, '.git')).then(
      () => true,
      () => false,
    );
    if (found) return current;
    if (dirname(current) === current) return undefined;
  }
}

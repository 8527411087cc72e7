import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { filesOfProcess, sessionFiles } from '../core/session-files.ts';

/** Which session's files to look for. */
export interface RemainingFilesOptions {
  /** The session's directory. */
  readonly directory: string;
  readonly processIds: readonly string[];
}

/**
 * The files of a session whose step is gone, and with it the record of what it made: only names that a session gives are
 * taken, and nothing that leads to another file.
 */
export function remainingFiles({ directory, processIds }: RemainingFilesOptions): string[] {
  const files = processIds.map(filesOfProcess);
  const names = [...Object.values(sessionFiles), ...files.flatMap(({ log, stream }) => [log, stream])];
  const outputs = files.map(({ output }) => basename(output));
  return [...ownFiles(directory, names), ...ownFiles(join(directory, 'outputs'), outputs)];
}

function ownFiles(directory: string, names: readonly string[]): string[] {
  const known = new Set(names);
  return plainDirectory(directory)
    .filter((entry) => entry.isFile() && known.has(entry.name))
    .map(({ name }) => join(directory, name))
    .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.nlink === 1);
}

function plainDirectory(path: string): Dirent[] {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(path, { withFileTypes: true });
}

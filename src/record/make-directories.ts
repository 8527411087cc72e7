import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { errorCode } from '../model/errors.ts';

/** The mode of directories that only their owner can use. */
export const ownerOnlyDirectory = 0o700;

/**
 * Makes a directory and what is missing above it; others may be making the same ones. Node's own way never ends below
 * /proc, where nothing can be made. Rejects when the path leads through one of `neverMade` that does not exist.
 */
export async function makeDirectories(path: string, neverMade: readonly string[] = []): Promise<void> {
  for (const directory of neverMade) if (isWithin(path, directory)) requireDirectory(directory);
  const missing = await makeDirectory(path);
  if (missing === undefined) return;
  if (dirname(path) === path) throw missing;
  await makeDirectories(dirname(path));
  const stillMissing = await makeDirectory(path);
  if (stillMissing !== undefined) throw stillMissing;
}

/** Makes a directory unless something of its name exists; resolves to the error when what is above it is missing. */
async function makeDirectory(path: string): Promise<unknown> {
  try {
    await mkdir(path, { mode: ownerOnlyDirectory });
    return undefined;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return undefined;
    if (errorCode(error) === 'ENOENT') return error;
    throw error;
  }
}

function isWithin(path: string, directory: string): boolean {
  const [first] = relative(directory, path).split(sep);
  return first !== '..';
}

function requireDirectory(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`the working directory ${path} does not exist, and is not created`);
}

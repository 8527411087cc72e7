import { chmod, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of one test, gone with everything in it when the test is over. */
export interface TemporaryDirectory extends AsyncDisposable {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** An absolute path below the directory. */
  join(...segments: readonly string[]): string;
}

/** Makes an empty directory that `await using` removes again. */
export async function temporaryDirectory(): Promise<TemporaryDirectory> {
  // macOS: the temporary directory is behind a link, and a child's `process.cwd()` would name the other end.
  const path = await realpath(await mkdtemp(join(tmpdir(), 'ensemble-')));
  return {
    path,
    join: (...segments) => join(path, ...segments),
    // A child that is just ending may still write here: `rm` tries again while the directory is not empty.
    [Symbol.asyncDispose]: () => remove(path),
  };
}

/** Who is not root cannot empty a directory whose rights a test took away. */
async function remove(path: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 5 };
  await rm(path, options).catch(async () => {
    await giveRightsBack(path);
    await rm(path, options);
  });
}

async function giveRightsBack(directory: string): Promise<void> {
  await chmod(directory, 0o700).catch(() => undefined);
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await giveRightsBack(join(directory, entry.name));
}

import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, errorMessage } from '../../model/errors.ts';
import { sessionFiles } from '../../model/session-files.ts';
import type { UnusableLog } from '../../record/shard-log.ts';

/** Directory of a shard, or why there is none. */
export type ShardPlace =
  | {
      /** Absolute. */
      readonly directory: string;
      /** Name for people. */
      readonly name: string;
      /** It was not named, but lay in a directory that was. */
      readonly isFound?: true;
    }
  | UnusableLog;

/** Nobody has more shards in one directory, several attempts of each included. */
const mostEntries = 10_000;

/** The shards in directories: each is one, or holds some. One that is named twice is meant once. */
export async function shardPlaces(
  directories: readonly { readonly path: string; readonly name: string }[],
): Promise<readonly ShardPlace[]> {
  const places: ShardPlace[] = [];
  for (const { path, name } of directories) places.push(...(await placesIn(path, name)));
  const named = new Set<string>();
  return places.filter((place) => {
    if ('fault' in place) return true;
    const isNew = !named.has(place.directory);
    named.add(place.directory);
    return isNew;
  });
}

async function placesIn(path: string, name: string): Promise<readonly ShardPlace[]> {
  const refuse = (fault: string): readonly ShardPlace[] => [{ name, fault }];
  if (await exists(join(path, sessionFiles.events))) return [{ directory: path, name }];
  try {
    const entries = (await readdir(path, { withFileTypes: true })).toSorted((one, other) =>
      one.name < other.name ? -1 : 1,
    );
    if (entries.length > mostEntries) return refuse(`it holds more than ${mostEntries} files`);
    const found: ShardPlace[] = [];
    for (const entry of entries) {
      const shown = `${name.replace(/[\\/]+$/, '')}/${entry.name}`;
      const directory = join(path, entry.name);
      if (entry.isSymbolicLink()) found.push({ name: shown, fault: 'it is a symbolic link, and none is followed' });
      else if (entry.isDirectory() && (await exists(join(directory, sessionFiles.events))))
        found.push({ directory, name: shown, isFound: true });
    }
    return found.length > 0 ? found : refuse(`it holds no record of a shard (${sessionFiles.events})`);
  } catch (error) {
    return refuse(unreadable(error));
  }
}

function unreadable(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return 'there is no such directory';
  if (code === 'ENOTDIR') return 'it is a file; a shard is a directory';
  return `it cannot be read: ${errorMessage(error)}`;
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}

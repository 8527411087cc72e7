import { type BigIntStats, constants, realpathSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { sessionFiles } from '../model/session-files.ts';
import { largestLog } from './bounded-lines.ts';

/** A file as we make it, open, with the state that it was found in. */
export interface OpenFile extends AsyncDisposable {
  readonly handle: FileHandle;
  readonly state: BigIntStats;
  /** In bytes. */
  readonly size: number;
}

/** Opens a file as we make it: regular, of this user, with one name, and reached by no link. `path` has its directory's links resolved. */
export async function openOwnFile(path: string, mostBytes: number): Promise<OpenFile> {
  // At once: to ask another thread costs several times as much.
  if (realpathSync.native(path) !== path) throw new Error('it is a symbolic link');
  // Windows knows only the first of the three, and `|` takes `undefined` for 0. A named pipe would block forever.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const state = await handle.stat({ bigint: true });
  const size = Number(state.size);
  const isOwn = process.getuid === undefined || state.uid === BigInt(process.getuid());
  if (state.isFile() && state.nlink === 1n && isOwn && size <= mostBytes)
    return { handle, state, size, [Symbol.asyncDispose]: () => handle.close() };
  await handle.close();
  throw new Error(size > mostBytes ? `it has ${size} bytes` : 'it is no file of its own');
}

/** The open log of a session. */
export interface OpenLog extends AsyncDisposable {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** In bytes. */
  readonly size: number;
}

/** Opens the log in the directory of a session, which has its links resolved. */
export async function openLog(directory: string, mostBytes = largestLog): Promise<OpenLog> {
  const { handle, size } = await openOwnFile(join(directory, sessionFiles.events), Math.min(mostBytes, largestLog));
  // It may grow meanwhile.
  const bytes = handle.createReadStream({ autoClose: false, end: largestLog - 1, highWaterMark: 1024 * 1024 });
  return { bytes, size, [Symbol.asyncDispose]: () => handle.close() };
}

import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { sessionFiles } from '../model/session-files.ts';
import { largestLog } from './bounded-lines.ts';

/** Opens a file as we make it: regular, of this user, with one name, and reached by no link. `path` has its directory's links resolved. */
export async function openOwnFile(path: string, mostBytes: number): Promise<FileHandle> {
  if ((await realpath(path)) !== path) throw new Error('it is a symbolic link');
  // Windows knows only the first of the three, and `|` takes `undefined` for 0. A named pipe would block forever.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const state = await file.stat();
  const isOwn = process.getuid === undefined || state.uid === process.getuid();
  if (state.isFile() && state.nlink === 1 && isOwn && state.size <= mostBytes) return file;
  await file.close();
  throw new Error(state.size > mostBytes ? `it has ${state.size} bytes` : 'it is no file of its own');
}

/** The log of a session that lies open. */
export interface OpenLog extends AsyncDisposable {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** In bytes. */
  readonly size: number;
}

/** Opens the log in the directory of a session, which has its links resolved. */
export async function openLog(directory: string, mostBytes = largestLog): Promise<OpenLog> {
  const file = await openOwnFile(join(directory, sessionFiles.events), Math.min(mostBytes, largestLog));
  const { size } = await file.stat();
  // It may grow meanwhile.
  const bytes = file.createReadStream({ autoClose: false, end: largestLog - 1, highWaterMark: 1024 * 1024 });
  return { bytes, size, [Symbol.asyncDispose]: () => file.close() };
}

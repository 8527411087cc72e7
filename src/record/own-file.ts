import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import process from 'node:process';

/** Opens a file as we make it: regular, of this user, with one name, and reached by no link. `path` has its directory's links resolved. */
export async function openOwnFile(path: string, mostBytes: number): Promise<FileHandle> {
  if ((await realpath(path)) !== path) throw new Error('it is a symbolic link');
  // Windows knows only the first of the three, and `|` takes `undefined` for 0. A named pipe would block for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const state = await file.stat();
  const isOwn = process.getuid === undefined || state.uid === process.getuid();
  if (state.isFile() && state.nlink === 1 && isOwn && state.size <= mostBytes) return file;
  await file.close();
  throw new Error(state.size > mostBytes ? `it has ${state.size} bytes` : 'it is no file of its own');
}

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';

/** A user without rights of its own, as GitHub's hosted runners run their steps; any id will do. */
const id = 1500;

/** The user that a step runs as: the one who runs the tests, or a user who is not root. */
export type StepUser = 'current' | 'ordinary';

/** The users that differ here: tests that run as an ordinary user anyway have one only. */
export const stepUsers: readonly StepUser[] = isRoot() ? ['current', 'ordinary'] : ['current'];

/** How `spawn` starts Node as this user. */
export interface UserProgram {
  readonly node: string;
  readonly ids: { readonly uid: number; readonly gid: number } | Readonly<Record<string, never>>;
}

/** Gives the user everything in a directory, and returns how a program is started as that user. */
export function programOf(user: StepUser, directory: string): UserProgram {
  if (user === 'current' || !isRoot()) return { node: process.execPath, ids: {} };
  execFileSync('chown', ['-R', `${id}:${id}`, directory]);
  return { node: nodeForEveryone(), ids: { uid: id, gid: id } };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The Node in use may lie in the home directory of another user. */
function nodeForEveryone(): string {
  if (isOpenToAll(process.execPath)) return process.execPath;
  const copy = join(tmpdir(), `ensemble-node-${process.version}`);
  if (existsSync(copy)) return copy;
  const partial = `${copy}-${crypto.randomUUID()}`;
  copyFileSync(process.execPath, partial);
  chmodSync(partial, 0o755);
  renameSync(partial, copy);
  return copy;
}

function isOpenToAll(path: string): boolean {
  if ((statSync(path).mode & 0o001) === 0) return false;
  return path === dirname(path) || isOpenToAll(dirname(path));
}

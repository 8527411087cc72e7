import { mkdtemp, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { errorCode } from '../../model/errors.ts';
import { startTimeOf } from '../../process/process-tree.ts';
import { removeDirectory } from './removal.ts';

const prefix = 'claude-ensemble-';
const ownerFile = 'owner.json';

/** The program that made a directory, in enough detail to find out whether it still runs. */
const ownerSchema = z.object({
  host: z.string(),
  /** Boot id of the machine, and the namespace of the process id; empty where the system has none. */
  boot: z.string(),
  namespace: z.string(),
  pid: z.int().positive(),
  /** Start time of the process, since process ids are reused; empty where the system does not report it. */
  started: z.string(),
});
type Owner = z.infer<typeof ownerSchema>;

/** Makes the temporary base directory of a session, 0700, in which its processes get private directories. */
export async function makeTemporaryBase(parent: string): Promise<string> {
  const base = await mkdtemp(join(parent, prefix));
  await writeFile(join(base, ownerFile), JSON.stringify(await thisProgram()), { mode: 0o600, flag: 'wx' });
  return base;
}

/**
 * Removes the base directories of sessions whose program was killed. One whose program is still there,
 * or may be, stays. Never rejects; the removal itself goes on in the background.
 */
export async function removeLeftBases(parent: string): Promise<void> {
  const here = await thisProgram();
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((entry) => entry.startsWith(prefix))) {
    const owner = await ownerOf(join(parent, name));
    if (owner !== undefined && isGone(owner, here)) void removeDirectory(join(parent, name)); // It never rejects.
  }
}

async function ownerOf(base: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(join(base, ownerFile), 'utf8')));
  } catch {
    return undefined;
  }
}

function isGone(owner: Owner, here: Owner): boolean {
  if (owner.host !== here.host) return false;
  if (owner.boot !== here.boot) return true;
  return owner.namespace === here.namespace && !isAlive(owner);
}

function isAlive({ pid, started }: Owner): boolean {
  if (process.platform === 'linux') return startTimeOf(pid) === started;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

async function thisProgram(): Promise<Owner> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return { host: hostname(), boot: boot.trim(), namespace, pid: process.pid, started: startTimeOf(process.pid) ?? '' };
}

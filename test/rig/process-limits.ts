import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import type { Job } from './runner.ts';

/** What a running program may have at most; the names are those of `prlimit`. Linux only. */
export type Resource = 'nofile' | 'nproc';

/** A user of whom there is no other process: as root, who may start as many as there is room for, limits are not tried. */
const stranger = 54_321;
const isRoot = process.getuid?.() === 0;

/** Sets what a program may have from now on. It may be raised again. */
export function limit(pid: number, resource: Resource, most: number): void {
  const args = [`--pid=${pid}`, `--${resource}=${most}:`];
  if (resource === 'nofile' || !isRoot) execFileSync('prlimit', args);
  // Even root may not limit the processes of others where containers hold back CAP_SYS_RESOURCE.
  else
    execFileSync('setpriv', [`--reuid=${stranger}`, `--regid=${stranger}`, '--clear-groups', '--', 'prlimit', ...args]);
}

/** How many files a program has open. */
export function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Lets the programs of a job run as a user whose number of processes can be limited; gives the environment that they need. */
export function unprivileged(job: Job, executable: string): Readonly<Record<string, string>> {
  if (!isRoot) return {};
  chmodSync(dirname(executable), 0o755);
  for (const path of [job.workspace, job.temporary, dirname(job.workspace)]) chownSync(path, stranger, stranger);
  const becomeStranger = `process.setgroups([]); process.setgid(${stranger}); process.setuid(${stranger});`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(becomeStranger)}` };
}

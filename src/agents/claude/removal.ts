import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import process from 'node:process';
import { type Clock, waitAtMost } from '../../model/clock.ts';

/**
 * Removes a directory with all that is in it, and never rejects. A tool may have left hundreds of thousands of files there:
 * `rm` takes them off our hands, so that they delay neither the end of the session nor what it still has to write, and goes
 * on when this program ends first.
 */
export function removeDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return removeHere(path);
  return new Promise((resolve) => {
    const remover = spawn('/bin/rm', ['-rf', '--', path], { detached: true, stdio: 'ignore', env: {} });
    remover.unref();
    remover.once('exit', () => resolve());
    // There is no such program, or the machine is short of processes.
    remover.once('error', () => resolve(removeHere(path)));
  });
}

/** Longest wait for the removal of temporary files, in milliseconds; the rest is removed in the background. */
const patienceMs = 2_000;

/**
 * Waits for a removal, unless there is no time for it: a cancel, or a deadline. Its timer also keeps the program alive, which the
 * remover does not: without it the program would end in the middle of a session that has nothing else to wait for.
 */
export function awaitRemoval(removal: Promise<void>, { clock, stop }: RemovalPatience): Promise<unknown> {
  return waitAtMost(removal, { clock, delayMs: patienceMs, signal: stop });
}

/** Clock and stop signal of a session, as a wait for a removal needs them. */
export interface RemovalPatience {
  readonly clock: Clock;
  readonly stop: AbortSignal;
}

/** A tool that is just dying may still write. */
function removeHere(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

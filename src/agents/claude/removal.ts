import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import process from 'node:process';

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

/** A tool that is just dying may still write. */
function removeHere(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

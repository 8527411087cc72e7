import process from 'node:process';

/**
 * Lets a file that reaches the limit of its size (`ulimit -f`) be a write that fails, as on a full disk: by itself the signal
 * kills us. Only for programs of our own: the library must not change the program that calls it.
 */
export function surviveFileSizeLimit(): void {
  if (process.listenerCount('SIGXFSZ') === 0) process.on('SIGXFSZ', () => undefined);
}

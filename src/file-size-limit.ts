import process from 'node:process';

/** Lets a file that reaches the limit of its size (`ulimit -f`) be a write that fails, as on a full disk: by itself the signal kills us. */
export function surviveFileSizeLimit(): void {
  if (process.listenerCount('SIGXFSZ') === 0) process.on('SIGXFSZ', () => undefined);
}

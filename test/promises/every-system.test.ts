// What holds on Windows and macOS as well: the real CLI offline, and nothing of a rig that only POSIX has.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { type EnsembleEvent, OrchestratorSession, runParallel } from '../../src/index.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const bin = join(import.meta.dirname, '../../node_modules/.bin');

interface Watched {
  readonly session: OrchestratorSession;
  readonly onEvent: (event: EnsembleEvent) => void;
  /** Children that were started and are there now. */
  readonly running: () => readonly number[];
}

function watchedSession(directory: string): Watched {
  const pids: number[] = [];
  return {
    session: new OrchestratorSession('every system', {
      workingDir: directory,
      claudePath: join(bin, process.platform === 'win32' ? 'claude.cmd' : 'claude'),
      offline: true,
      streamOutput: false,
    }),
    onEvent: (event) => void (event.type === 'process-started' && pids.push(event.pid ?? -1)),
    running: () => pids.filter(isRunning),
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('R1: a cancel ends what runs and starts nothing more', async () => {
  await using directory = await temporaryDirectory();
  const { session, onEvent, running } = watchedSession(directory.path);
  const cancel = new AbortController();
  const results = await runParallel(
    [session.createProcess('offline: hang'), session.createProcess('offline: reply Never.')],
    {
      maxWorkers: 1,
      signal: cancel.signal,
      onEvent: (event) => {
        onEvent(event);
        if (event.type === 'process-message') cancel.abort();
      },
    },
  );
  expect(results.map(({ status }) => status)).toEqual(['cancelled', 'skipped']);
  expect(running()).toEqual([]);
});

test('R7: a process that passes its timeout is ended, and is gone when that is told', async () => {
  await using directory = await temporaryDirectory();
  const { session, onEvent, running } = watchedSession(directory.path);
  const process = session.createProcess('offline: hang', 'late', { timeout: 5 });
  const [result] = await runParallel([process], { onEvent });
  expect(result).toMatchObject({ status: 'timed-out', reason: 'timeout' });
  expect(result?.duration).toBeLessThan(11);
  expect(running()).toEqual([]);
});

test('R10: an answer in any script is in the logs to the letter', async () => {
  await using directory = await temporaryDirectory();
  const { session } = watchedSession(directory.path);
  const text = 'naïve, 日本語, العربية, 👩‍💻';
  const [result] = await runParallel([session.createProcess(`offline: reply ${text}`, 'letters')]);
  expect(result).toMatchObject({ status: 'succeeded', output: text });
  expect(await readFile(join(session.logDir, 'outputs', 'letters.md'), 'utf8')).toBe(text);
});

import { readFileSync } from 'node:fs';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { EnsembleEvent } from '../../src/model/event.ts';
import { runSession } from '../../src/session/run.ts';
import { validSettings } from '../rig/configure.ts';
import { startLoopbackModel } from '../rig/loopback-model.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const claude = fileURLToPath(new URL('../../node_modules/.bin/claude', import.meta.url));

/** The real CLI, offline, behind a script that writes down each process that is started. */
async function run(
  prompts: readonly string[],
  more: Readonly<Record<string, string>>,
  { react, environment = process.env }: { readonly react?: Reaction; readonly environment?: NodeJS.ProcessEnv } = {},
) {
  await using directory = await temporaryDirectory();
  const [program, starts] = [directory.join('claude'), directory.join('starts')];
  await writeFile(starts, '');
  const note = `[ "$1" = --version ] || echo $$ >> '${starts}'`;
  await writeFile(program, `#!/bin/sh\n${note}\nexec '${claude}' "$@"\n`);
  await chmod(program, 0o755);
  const options = { offline: 'true', retries: '0', 'claude-path': program, pattern: 'sequential', ...more };
  const { settings } = await validSettings(
    { prompts: JSON.stringify(prompts), ...options },
    { workspace: directory.path, logDirectoryDefault: directory.join('logs') },
  );
  // Read at once: the assertion is about the moment of the event.
  const pids = (): readonly number[] => readFileSync(starts, 'utf8').trim().split('\n').map(Number);
  const interrupt = new AbortController();
  const events: EnsembleEvent[] = [];
  let atFirstEnd: readonly number[] | undefined;
  const handle = (event: EnsembleEvent): void => {
    events.push(event);
    if (event.type === 'process-ended') atFirstEnd ??= pids();
    void react?.(event, { interrupt, pids });
  };
  const result = await runSession({
    settings,
    environment,
    sinks: [{ name: 'test', handle }],
    login: 'own',
    project: process.cwd(),
    interrupt: interrupt.signal,
  });
  if (result.kind !== 'finished') throw new Error(result.faults.join('\n'));
  return {
    results: result.outcome.results,
    files: (await readdir(result.outcome.directory)).join(' '),
    started: events.flatMap((event) => (event.type === 'process-started' ? [event.pid] : [])),
    order: events.flatMap((event) => (/^process-(?:started|ended)$/.test(event.type) ? [event.type] : [])),
    all: pids(),
    atFirstEnd,
  };
}

type Reaction = (
  event: EnsembleEvent,
  session: { readonly interrupt: AbortController; readonly pids: () => readonly number[] },
) => void;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.runIf(process.platform === 'linux')('the next process of a sequence', () => {
  it('starts while the one before works, gets its prompt at its turn, and starts anew when files may have changed', async () => {
    const prompts = [
      'offline: delay 1s\noffline: reply one',
      'offline: delay 1s\noffline: tool Bash {"command":"touch changed"}\noffline: reply two',
      'And you?',
    ];
    const { results, started, order, all, atFirstEnd } = await run(prompts, {
      'allowed-tools': 'Bash',
      'pass-output': 'true',
    });
    expect(results.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    // It was there before the first had ended, and it is the one that was used.
    expect(atFirstEnd).toHaveLength(2);
    expect(started.slice(0, 2)).toEqual(atFirstEnd);
    expect(order).toEqual(Array.from({ length: 3 }, () => ['process-started', 'process-ended']).flat());
    expect(results[2]?.output).toContain('data block "process_002"');
    // The third, started ahead, had read the directory before the second changed it.
    expect(all).toHaveLength(4);
    expect(started[2]).toBe(all[3]);
  });

  it('ends without a trace when it is not needed', async () => {
    const { results, files, started, all } = await run(['offline: delay 1s\noffline: error 400', 'Never.'], {
      'stop-on-failure': 'true',
    });
    expect(results).toMatchObject([
      { status: 'failed' },
      { status: 'skipped', reason: 'earlier-failure', attempts: 0 },
    ]);
    expect(all).toHaveLength(2);
    expect(started).toHaveLength(1);
    expect(files).not.toContain('process_002');
    expect(all.filter(isAlive)).toEqual([]);
  });

  it('ends with the session when that is cancelled', async () => {
    const { results, all } = await run(
      ['offline: hang', 'Never.'],
      {},
      {
        react: (event, { interrupt, pids }) => {
          if (event.type !== 'process-message' || event.entry.kind !== 'init') return;
          void expect
            .poll(() => pids().length)
            .toBe(2)
            .then(() => interrupt.abort('SIGINT'));
        },
      },
    );
    expect(results).toMatchObject([{ status: 'cancelled' }, { status: 'skipped', reason: 'session-cancelled' }]);
    expect(all).toHaveLength(2);
    expect(all.filter(isAlive)).toEqual([]);
  });

  it('starts at its turn where the settings have hooks, which the CLI runs when it starts', async () => {
    await using directory = await temporaryDirectory();
    const log = directory.join('hooks');
    const hook = (command: string) => [{ hooks: [{ type: 'command', command }] }];
    const hooks = { SessionStart: hook(`echo >> '${log}'`), UserPromptSubmit: hook('sleep 2') };
    await using model = await startLoopbackModel([{ status: 400, error: 'invalid_request_error', message: 'no' }]);
    const environment = { ...process.env, ANTHROPIC_BASE_URL: model.url, ANTHROPIC_API_KEY: 'sk-ant-none' };
    const more = { offline: 'false', settings: JSON.stringify({ hooks }), 'stop-on-failure': 'true' };
    const { results, all } = await run(['One.', 'Never.'], more, { environment });
    expect(results.map(({ status }) => status)).toEqual(['failed', 'skipped']);
    expect(all).toHaveLength(1);
    expect(readFileSync(log, 'utf8')).toBe('\n');
  });

  it('starts at its turn with start-ahead: false', async () => {
    const { atFirstEnd, all } = await run(['offline: delay 1s', 'Next.'], { 'start-ahead': 'false' });
    expect(atFirstEnd).toHaveLength(1);
    expect(all).toHaveLength(2);
  });
});

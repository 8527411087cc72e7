import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/record/manifest.ts';
import { startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { type Frontend, type FrontendSession, frontends } from '../rig/frontend.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { assistantText, initMessage, resultMessage } from '../rig/stream-messages.ts';
import { waitFor, within } from '../rig/wait-for.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];

/** What the program below prints, line by line. */
const lines = [
  initMessage(),
  ...Array.from({ length: 12 }, (_, index) => assistantText(`line ${index} ${'-'.repeat(200)}`)),
  resultMessage('Done.'),
].map((message) => `${JSON.stringify(message)}\n`);

/**
 * A CLI that first writes its prompt and its process id into a list, takes two seconds, and has a tool running beside it. It
 * kills the tool by SIGKILL: SIGTERM is lost on a process that its shell has forked and that still has the shell's traps.
 */
const program = `#!/bin/sh
[ "$1" = --version ] && { echo '2.1.330 (Claude Code)'; exit 0; }
read -r id
echo "$id $$" >> started
trap 'kill -KILL $!; exit 143' TERM PIPE
sleep 300 > /dev/null 2>&1 &
while IFS= read -r line; do printf '%s\\n' "$line"; sleep 0.15; done < lines
kill -KILL $!
`;

interface Death {
  /** Processes that were started. */
  readonly started: readonly string[];
  /** Bytes of their streams that are on disk. */
  readonly logged: number;
  /** It was killed, and had not ended before. */
  readonly wasKilled: boolean;
}

/** The manifest of a session; undefined while it is not there. It has to parse at any moment. */
function manifestOf(session: FrontendSession): Manifest | undefined {
  let text: string;
  try {
    text = readFileSync(session.file('manifest.json'), 'utf8');
  } catch {
    return undefined;
  }
  return JSON.parse(text) as Manifest;
}

/** When a session is killed. */
interface Moment {
  readonly since: 'its own start' | 'the first child';
  readonly delayMs: number;
}

/** Kills a session at some moment, and holds what it leaves to the promise. */
async function dieAt({ since, delayMs }: Moment, { start }: Frontend): Promise<Death> {
  await using job = await startJob({ env: credentials, checkout: { lines: lines.join(''), started: '' } });
  const claudePath = join(job.temporary, 'claude');
  writeFileSync(claudePath, program, { mode: 0o755 });
  const prompts = ids.map((id) => ({ id, prompt: `${id}\n` }));
  const session = start(job, { prompts, options: { 'claude-path': claudePath, 'max-workers': '2' } });
  const list = (): string => readFileSync(join(job.workspace, 'started'), 'utf8');
  if (since === 'the first child') await waitFor('the first child', () => list() !== '', { deadlineMs: 30_000 });
  let isTime = false;
  void Promise.race([sleep(delayMs), session.done]).then(() => {
    isTime = true;
  });
  for (; !isTime; await sleep(5)) manifestOf(session);
  session.signal('SIGKILL');
  const { signal } = await session.done;
  await waitFor('every child to end', () => session.processes().length === 0);

  const started = [...list().matchAll(/^(\w) \d+$/gm)].map(([, id = '']) => id);
  if (started.length === 0) return { started, logged: 0, wasKilled: signal === 'SIGKILL' };
  expect(manifestOf(session)?.processes.map(({ id }) => id)).toEqual(expect.arrayContaining(started));
  let logged = 0;
  for (const name of readdirSync(session.file('')).filter(
    (file) => file.endsWith('.jsonl') && file !== 'events.jsonl',
  )) {
    const log = readFileSync(session.file(name), 'utf8');
    // As it came: no gap, nothing that was not said.
    expect(lines.join('').startsWith(log)).toBe(true);
    logged += log.length;
  }
  return { started, logged, wasKilled: signal === 'SIGKILL' };
}

/** One moment while it starts, and one in each part of the four seconds in which its children come and go. */
const moments = fc.tuple(
  fc.record({ since: fc.constant('its own start' as const), delayMs: fc.integer({ min: 0, max: 800 }) }),
  ...[0, 1, 2, 3, 4].map((part) =>
    fc.record({
      since: fc.constant('the first child' as const),
      delayMs: fc.integer({ min: 800 * part, max: 800 * part + 799 }),
    }),
  ),
);

describe.runIf(process.platform === 'linux').concurrent.each(frontends)('$name', (frontend) => {
  test('R5: killed at random moments, it leaves a manifest that parses and names every process that was started, what they had said, and no child', async () => {
    const seed = Date.now() % 2 ** 31;
    const deaths: Death[] = [];
    const property = fc.asyncProperty(moments, async (chosen) => {
      for (const moment of chosen) deaths.push(await dieAt(moment, frontend));
    });
    // A failure names the seed and the moments.
    await fc.assert(property, { numRuns: 1, seed, endOnFailure: true });
    const [killed, started] = [deaths.filter(({ wasKilled }) => wasKilled), deaths.flatMap((death) => death.started)];
    expect(killed).toHaveLength(6);
    expect(started.length).toBeGreaterThanOrEqual(5);
    expect(deaths.some(({ logged }) => logged > 0)).toBe(true);
    figure(
      { row: 'R5', frontend: frontend.name },
      `${killed.length} deaths, ${started.length} processes, 0 lost or left (seed ${seed})`,
    );
  });

  test('R5: what has come before a death is on disk after it', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = frontend.start(job, {
      prompts: ['running', 'waiting'].map((id) => ({ id, prompt: 'x' })),
      options: { 'claude-path': rig.executable, 'max-workers': '1' },
    });
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    await child.printError('a line of stderr\n');
    await child.printJson(assistantText('the last words'));
    const log = (name: string): string =>
      existsSync(session.file(name)) ? readFileSync(session.file(name), 'utf8') : '';
    const saidAt = performance.now();
    const isOnDisk = (name: string): boolean => log(name).includes('the last words');
    await waitFor('the words to be on disk', () => isOnDisk('running.log') && isOnDisk('running.jsonl'));
    const delayMs = performance.now() - saidAt;
    await waitFor('the manifest', () => manifestOf(session)?.processes[0]?.state === 'running');
    session.signal('SIGKILL');
    await within('the child to end', child.closed);
    await session.done;
    expect([isOnDisk('running.log'), isOnDisk('running.jsonl')]).toEqual([true, true]);
    expect(log('running.log')).toMatch(/a line of stderr/);
    expect(log('session.log')).toContain('running: started');
    expect(manifestOf(session)?.processes).toMatchObject([
      { id: 'running', state: 'running', attempts: 1, pid: child.pid },
      { id: 'waiting', state: 'queued', attempts: 0 },
    ]);
    figure({ row: 'R5', frontend: frontend.name }, `a line is on disk ${delayMs.toFixed(0)} ms after it was said`);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type ControlledChild, startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { type FrontendSession, frontends } from '../rig/frontend.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { assistantText, initMessage, permissionDenied, resultMessage } from '../rig/stream-messages.ts';
import { waitFor } from '../rig/wait-for.ts';

const words = 'These words are told as they come. ';
const count = 4_000;

/** What both entry points show as it comes: the Action reports what was denied, the library what the model says. */
const tool = `mcp__server__${'tool_'.repeat(40)}`;
const told = [permissionDenied(tool), assistantText(words.repeat(10))];
const toldLines = `${told.map((message) => JSON.stringify(message)).join('\n')}\n`;

/** Far more than a pipe holds. */
function flood(child: ControlledChild): Promise<void> {
  return child.printMany(toldLines, count);
}

async function finish(child: ControlledChild): Promise<void> {
  await child.printJson(assistantText('Done.'));
  await child.printJson(resultMessage('Done.'));
  await child.exit(0);
}

function shownOn(console: string): number {
  return console.match(/tool_ was denied|(?:These words are told as they come\. ){10}/g)?.length ?? 0;
}

/** Resolves when the log of the child has begun and no longer grows. */
async function standsStill(session: FrontendSession): Promise<void> {
  let length = 0;
  await waitFor('the log to stand still', async () => {
    const before = length;
    await sleep(300);
    length = logOf(session, 'p.jsonl').length;
    return length > 0 && length === before;
  });
}

function logOf(session: FrontendSession, name: string): string {
  const path = session.file(name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R21: when the console is closed the session goes on to its end, with every file', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = { 'claude-path': rig.executable, 'stream-output': 'true' };
    const session = start(job, { prompts: [{ id: 'p', prompt: 'x' }], options: optionsFor(frontend, options) });
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    session.closeConsole();
    await flood(child);
    await finish(child);
    const done = await session.done;
    expect(done).toMatchObject({ exitCode: 0, signal: null });
    expect(done.results).toMatchObject([{ status: 'succeeded', output: 'Done.' }]);
    expect(logOf(session, 'session.log').match(/tool_ was denied/g)).toHaveLength(count);
    expect(logOf(session, 'p.jsonl').length).toBeGreaterThan(toldLines.length * count);
    figure({ row: 'R21', frontend }, 'console closed in the middle: success, files whole');
  });

  test('R21: a console that nobody reads for a while misses nothing in the end', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = { 'claude-path': rig.executable, 'stream-output': 'true' };
    const session = start(job, { prompts: [{ id: 'p', prompt: 'x' }], options: optionsFor(frontend, options) });
    const child = await rig.nextChild();
    session.stopReading();
    await child.printJson(initMessage());
    const printed = flood(child);
    // The library's caller reads what the model says: who does not read it holds the child up. The Action's job goes on.
    if (frontend === 'library') {
      await standsStill(session);
    } else {
      await printed;
      await finish(child);
      await waitFor('the results', () => existsSync(session.file('results.json')));
    }
    if (frontend === 'library') expect(logOf(session, 'p.jsonl').length).toBeLessThan(toldLines.length * count);
    session.readAgain();
    await printed;
    if (frontend === 'library') await finish(child);
    const done = await session.done;
    expect(done).toMatchObject({ exitCode: 0, signal: null });
    expect(shownOn(done.printed)).toBe(count);
    if (frontend === 'built Action') expect(done.printed).toContain(done.outputs.verdict);
    figure({ row: 'R21', frontend }, `nobody read for a while: ${done.printed.length} characters, nothing missing`);
  });
});

/** Only the library has an option for it: the Action's console is the job's log. */
function optionsFor(frontend: string, options: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { 'stream-output': _streams, ...others } = options;
  return frontend === 'library' ? options : others;
}

// Both at once: it takes a real minute.
describe.concurrent.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R24: while a child is silent a line says at least every 60 s what runs', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const prompts = [
      { id: 'quiet', prompt: 'x' },
      { id: 'later', prompt: 'x' },
    ];
    const session = start(job, { prompts, options: { 'claude-path': rig.executable, 'max-workers': '1' } });
    const child = await rig.nextChild();
    const line = 'running: quiet; 1 waiting, 0 done';
    await waitFor('the heartbeat', () => logOf(session, 'session.log').includes(line), { deadlineMs: 75_000 });
    await finish(child);
    await finish(await rig.nextChild());
    const { printed } = await session.done;
    const times = logOf(session, 'session.log').split('\n').flatMap(timeOf);
    const silence = Math.max(...times.map((time, index) => time - (times[index - 1] ?? time))) / 1000;
    expect(silence).toBeGreaterThan(1);
    expect(silence).toBeLessThanOrEqual(60);
    if (frontend === 'built Action') expect(printed).toContain('0 of 2 done · 1 runs, 1 waits');
    figure({ row: 'R24', frontend }, `the longest silence: ${silence.toFixed(1)} s`);
  });
});

/** When a line of the session's log was written. */
function timeOf(line: string): number[] {
  const time = Date.parse(line.slice(0, line.indexOf(' ')));
  return Number.isNaN(time) ? [] : [time];
}

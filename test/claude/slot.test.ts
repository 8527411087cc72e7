import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FileChanges } from '../../src/agents/claude/file-changes.ts';
import type { Slot } from '../../src/model/agent.ts';
import { startMessagesApi } from '../../src/offline/messages-api.ts';
import { connectTo, type TestAttemptOptions } from '../rig/attempt.ts';
import { startRig } from '../rig/controlled-child.ts';
import { FakeClock } from '../rig/fake-clock.ts';
import { processSpec } from '../rig/results.ts';
import { initMessage, resultMessage, toolUse } from '../rig/stream-messages.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const claude = fileURLToPath(new URL('../../node_modules/.bin/claude', import.meta.url));
const hourMs = 3_600_000;
const listener = { onStarted: () => undefined };

/** Opens a slot whose task comes later. */
async function openAhead(options: TestAttemptOptions) {
  const { connection, ...rest } = connectTo(options);
  const { id, name, workingDirectory, claude: claudeOptions } = processSpec('p1', options.process);
  const seat = { id, name, workingDirectory, claude: claudeOptions };
  const opened = await connection.open({ process: seat, attempt: 1, isAhead: true });
  if (opened.kind === 'failed') throw new Error(opened.outcome.message);
  return { slot: opened.slot, ...rest };
}

/** A private directory for what children live in. */
async function privateBase() {
  const directory = await temporaryDirectory();
  const path = directory.join('base');
  await mkdir(path);
  await chmod(path, 0o700);
  return { path, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

const run = (slot: Slot, fields: Parameters<typeof processSpec>[1] = {}) =>
  slot.run({ process: processSpec('p1', fields), passed: { blocks: [], omitted: [] } }, listener);

describe.runIf(process.platform !== 'win32')('a slot', () => {
  it('waits for its task without a timeout, and takes its input as a message then', async () => {
    await using rig = await startRig();
    const clock = new FakeClock();
    const { slot, facts } = await openAhead({ executable: rig.executable, context: { clock, idleTimeoutMs: 1_000 } });
    const child = await rig.nextChild();
    await clock.advance(hourMs);
    expect(slot.isWaiting).toBe(true);
    expect(facts).toEqual([]);
    const outcome = run(slot, { prompt: '/clear', timeoutMs: 2_000 });
    expect(slot.isWaiting).toBe(false);
    const message = { role: 'user', content: [{ type: 'text', text: '\n/clear' }] };
    expect(await child.stdin()).toBe(`${JSON.stringify({ type: 'user', message })}\n`);
    expect(child.argv.join(' ')).toContain('--input-format stream-json');
    await child.printJson(initMessage());
    await child.printJson(resultMessage('Done.'));
    await child.exit(0);
    expect(await outcome).toMatchObject({ ending: { status: 'succeeded' }, output: 'Done.' });
    expect(facts.map(({ type }) => type)).toContain('process-started');
  });

  it('has its timeouts run from its task on', async () => {
    await using rig = await startRig();
    const clock = new FakeClock();
    const { slot } = await openAhead({ executable: rig.executable, context: { clock } });
    const child = await rig.nextChild();
    await clock.advance(hourMs);
    const outcome = run(slot, { timeoutMs: 2_000 });
    await child.exitOn('SIGTERM', 143);
    await clock.advance(2_000);
    expect((await outcome).ending).toEqual({ status: 'timed-out', reason: 'timeout' });
  });

  it('waits no more when another ended in the middle of a tool that may change files', async () => {
    await using rig = await startRig();
    const context = { changes: new FileChanges() };
    const options = { executable: rig.executable, context };
    const worker = await openAhead(options);
    const workerChild = await rig.nextChild();
    const outcome = run(worker.slot);
    await workerChild.printJson(initMessage());
    await workerChild.printJson(toolUse('Bash', { command: 'git commit -a && sleep 100' }));
    await expect.poll(() => worker.facts.filter(({ type }) => type === 'process-message').length).toBe(2);
    const waiting = await openAhead(options);
    await rig.nextChild();
    expect(waiting.slot.isWaiting).toBe(true);
    await workerChild.exit(1);
    await outcome;
    expect(waiting.slot.isWaiting).toBe(false);
    await waiting.slot[Symbol.asyncDispose]();
  });

  it('tells that its child has ended by itself', async () => {
    await using rig = await startRig();
    const { slot } = await openAhead({ executable: rig.executable });
    const child = await rig.nextChild();
    await child.exit(0);
    await expect.poll(() => slot.isWaiting).toBe(false);
    await slot[Symbol.asyncDispose]();
  });

  it('is not to be opened ahead where the CLI loads settings with hooks or plugins', async () => {
    await using directory = await temporaryDirectory();
    const workingDirectory = directory.path;
    const isQuiet = (fields: Parameters<typeof processSpec>[1], context: TestAttemptOptions['context'] = {}) =>
      connectTo({ executable: claude, context }).connection.startsQuietly(
        processSpec('p1', { workingDirectory, ...fields }),
      );
    const options = { allowedTools: [], disallowedTools: [], claudeArgs: [] };
    const hooks = JSON.stringify({ hooks: {} });
    const trust = { level: 'untrusted', why: 'a test' } as const;
    expect(isQuiet({})).toBe(true);
    expect(isQuiet({ claude: { ...options, settings: hooks } })).toBe(false);
    expect(isQuiet({ claude: { ...options, claudeArgs: ['--plugin-dir=p'] } })).toBe(false);
    await writeFile(directory.join('mine.json'), JSON.stringify({ enabledPlugins: { a: true } }));
    expect(isQuiet({ claude: { ...options, settings: 'mine.json' } })).toBe(false);
    await mkdir(directory.join('.claude'));
    await writeFile(directory.join('.claude/settings.local.json'), hooks);
    expect([isQuiet({}), isQuiet({}, { trust })]).toEqual([false, true]);
    const environment = { environment: { CLAUDE_CONFIG_DIR: directory.path }, credentials: {}, passEnv: [] };
    await writeFile(directory.join('settings.json'), hooks);
    expect(isQuiet({}, { trust, environment, ownConfiguration: true })).toBe(false);
  });

  it('that is not used leaves no event, no process and no file, even when its child resists', async () => {
    await using rig = await startRig();
    await using base = await privateBase();
    const timings = { stopGraceMs: 200, cancelGraceMs: 200, lingerMs: 200, drainSilenceMs: 200 };
    const { slot, facts } = await openAhead({
      executable: rig.executable,
      context: { temporaryBase: base.path, timings: { ...timings, drainLimitMs: 200, drainAfterKillMs: 200 } },
    });
    const child = await rig.nextChild();
    await child.ignore('SIGTERM');
    expect(await readdir(base.path)).toHaveLength(1);
    await slot[Symbol.asyncDispose]();
    await child.closed;
    expect(await readdir(base.path)).toEqual([]);
    expect(facts).toEqual([]);
  });
});

describe('a slot of the real CLI', () => {
  it('answers the task that it is given later, and asks the model for nothing when it gets none', async () => {
    await using model = await startMessagesApi({ record: true });
    await using base = await privateBase();
    const options: TestAttemptOptions = {
      executable: claude,
      context: {
        temporaryBase: base.path,
        offline: ({ id }) => ({ url: model.baseUrlFor(id), isSubscription: false }),
      },
    };
    const unused = await openAhead(options);
    const used = await openAhead(options);
    const outcome = await run(used.slot, { prompt: 'offline: reply It waited.' });
    expect(outcome).toMatchObject({ ending: { status: 'succeeded' }, output: 'It waited.' });
    // By now the other one has started up as well.
    expect(unused.slot.isWaiting).toBe(true);
    await unused.slot[Symbol.asyncDispose]();
    expect(unused.facts).toEqual([]);
    expect(model.requests).toHaveLength(1);
    await expect.poll(() => readdir(base.path)).toEqual([]);
  });
});

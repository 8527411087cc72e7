import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { type FrontendResult, type FrontendSession, frontends } from '../rig/frontend.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { assistantText, initMessage, resultMessage } from '../rig/stream-messages.ts';
import { waitFor, within } from '../rig/wait-for.ts';

const mebibyte = 1024 * 1024;
const prompts = ['first', 'queued'].map((id) => ({ id, prompt: 'x' }));

/** A start of Node after which files on the disk behave as the script says; `write` and `rename` are the real ones. */
function disk(script: string): Readonly<Record<string, string>> {
  const program = `import disk from 'node:fs/promises'; import { syncBuiltinESMExports } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
const file = await disk.open('/dev/null'); const files = Object.getPrototypeOf(file); await file.close();
const { write } = files; const { rename } = disk; ${script}; syncBuiltinESMExports();`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` };
}

/** Takes nothing and never says so, as a lost network drive does. */
const lostDisk = disk('files.write = disk.rename = () => new Promise(() => undefined)');

/** Takes the first of what children write only after so many milliseconds, and the rest when that is done. */
const stallingDisk = (ms: number): Readonly<Record<string, string>> =>
  disk(`let stall; files.write = async function (bytes, ...rest) {
  if (bytes.length > 30000) await (stall ??= sleep(${ms}));
  return write.call(this, bytes, ...rest);
}`);

function seconds({ duration }: FrontendResult): string {
  return `${(duration / 1000).toFixed(2)} s`;
}

const hung =
  /The session's logs: nothing was taken for [\d.]+ s, and no more is sent there\. The disk that log-dir is on/;

/** One warning, where each entry point has it: the Action as an annotation, the library in its events alone. */
function expectOneWarning(frontend: string, { commands }: FrontendResult): void {
  if (frontend === 'library') return;
  const warnings = commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
  expect(warnings.filter((message) => message.includes('log'))).toEqual([expect.stringMatching(hung)]);
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R29: a disk that takes nothing holds up neither the deadline of the session nor its verdict', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = { 'claude-path': rig.executable, 'total-timeout': '4', 'max-workers': '1' };
    const session = start(job, { prompts, options, env: lostDisk });
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    const done = await session.done;
    expect(done).toMatchObject({ exitCode: 1, survivors: [] });
    expect(done.returned).toMatchObject([
      { status: 'cancelled', reason: 'deadline', ...(frontend === 'library' && { logIncomplete: true }) },
      { status: 'skipped', reason: 'deadline' },
    ]);
    expectOneWarning(frontend, done);
    expect(done.duration).toBeLessThan(4_000 + 9_000);
    figure({ row: 'R29', frontend }, `total-timeout 4 s, the disk takes nothing: over after ${seconds(done)}`);
  });

  test('R29: a disk that takes nothing holds up no cancel: every result is told within 7 s', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = { 'claude-path': rig.executable, 'max-workers': '1' };
    const session = start(job, { prompts, options, env: lostDisk });
    const child = await rig.nextChild();
    await child.ignore('SIGTERM');
    await child.printJson(initMessage());
    session.signal('SIGINT');
    await within('the child to end', child.closed);
    const done = await session.done;
    expect(done).toMatchObject({ exitCode: 130, survivors: [] });
    expect(done.returned.map(({ status }) => status)).toEqual(['cancelled', 'skipped']);
    expect(done.sinceSignal).toBeLessThan(7_000);
    figure(
      { row: 'R29', frontend },
      `SIGINT, the disk takes nothing: exit after ${((done.sinceSignal ?? 0) / 1000).toFixed(2)} s`,
    );
  });

  test('R29: a child that is not read, because the disk stalls, is not called silent; nothing of it is lost', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = { 'claude-path': rig.executable, 'idle-timeout': '2' };
    const session = start(job, { prompts: prompts.slice(0, 1), options, env: stallingDisk(6_000) });
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    const line = `${JSON.stringify(assistantText('x'.repeat(10_000)))}\n`;
    const count = 4 * 100;
    await child.printMany(line, count);
    await child.printJson(assistantText('Done.'));
    await child.printJson(resultMessage('Done.'));
    await child.exit(0);
    const done = await session.done;
    expect(done.results).toMatchObject([{ status: 'succeeded', output: 'Done.' }]);
    expect(readFileSync(session.file('first.jsonl'), 'utf8').split('\n')).toHaveLength(count + 4);
    figure({ row: 'R29', frontend }, 'idle-timeout 2 s, the disk stalls for 6 s: success, log whole');
  });

  test('R29: the result of a child that ended while the disk stalls is its own', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: prompts.slice(0, 1),
      options: { 'claude-path': rig.executable },
      env: stallingDisk(9_000),
    });
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    // As much as we read ahead, and then what the pipe holds: the child is gone when its result is read.
    const head = JSON.stringify(assistantText('x'.repeat(mebibyte / 2)));
    await child.print(`${head}\n`);
    await child.printJson(assistantText(`Done.${' '.repeat(150_000)}`));
    await child.printJson(resultMessage('Done.'));
    await child.exit(0);
    const { results } = await session.done;
    expect(results).toMatchObject([{ status: 'succeeded' }]);
    expect(results[0]?.output.trimEnd()).toBe('Done.');
    figure({ row: 'R29', frontend }, 'the disk stalls for 9 s, the child ends meanwhile: its own result');
  });

  test('R29: a private directory full of files holds up no cancel', { timeout: 120_000 }, async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, { prompts: prompts.slice(0, 1), options: { 'claude-path': rig.executable } });
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    const many = join(child.env.CLAUDE_CONFIG_DIR ?? '', 'many');
    for (let part = 0; part < 20; part += 1) {
      mkdirSync(join(many, String(part)), { recursive: true });
      for (let index = 0; index < 1_000; index += 1) writeFileSync(join(many, String(part), String(index)), '');
    }
    await child.exitOn('SIGTERM', 143);
    session.signal('SIGINT');
    const done = await session.done;
    expect(done.exitCode).toBe(130);
    expect(done.returned).toMatchObject([{ status: 'cancelled' }]);
    expect(done.sinceSignal).toBeLessThan(3_000);
    await waitFor('the removal of what is left', () => isGone(many), { deadlineMs: 60_000 });
    const text = `SIGINT, 20,000 files in a private directory: exit after ${done.sinceSignal?.toFixed(0)} ms`;
    figure({ row: 'R29', frontend }, text);
  });
});

function isGone(path: string): boolean {
  return !existsSync(path) || readdirSync(path).length === 0;
}

const library = frontends.filter(({ name }) => name === 'library');

describe.each(library)('$name', ({ name: frontend, start }) => {
  test('R29: nobody reads standard output: the deadline holds, and the child is not called silent', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = {
      'claude-path': rig.executable,
      'stream-output': 'true',
      'idle-timeout': '2',
      'total-timeout': '8',
    };
    const session = start(job, { prompts: prompts.slice(0, 1), options });
    const child = await rig.nextChild();
    session.stopReading();
    await child.printJson(initMessage());
    void child.printMany(`${JSON.stringify(assistantText('x'.repeat(10_000)))}\n`, 400).catch(() => undefined);
    await waitFor('the results', () => hasResults(session), { deadlineMs: 20_000 });
    session.readAgain();
    const done = await session.done;
    expect(done.returned).toMatchObject([{ status: 'cancelled', reason: 'deadline' }]);
    const log = readFileSync(session.file('session.log'), 'utf8');
    expect(log.match(/streamOutput: nothing was taken for 4 s/g)).toHaveLength(1);
    figure({ row: 'R29', frontend }, `total-timeout 8 s, nobody reads standard output: ended ${seconds(done)}`);
  });
});

function hasResults(session: FrontendSession): boolean {
  return existsSync(session.file('results.json'));
}

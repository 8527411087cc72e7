import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import displayWidth from 'string-width';
import { expect, test } from 'vitest';
import { commandFile, commandPlace } from '../rig/command.ts';
import { type Rig, startRig } from '../rig/controlled-child.ts';
import { assistantText, initMessage, resultMessage, toolUse } from '../rig/stream-messages.ts';
import { waitFor } from '../rig/wait-for.ts';

const [hideCursor, showCursor] = ['\x1b[?25l', '\x1b[?25h'];

/** A window of 40 columns and 12 rows in which the command runs; what is typed goes to its terminal. */
class TerminalWindow implements AsyncDisposable {
  readonly #script: ChildProcessByStdio<Writable, Readable, null>;
  readonly ended: Promise<number | null>;
  shown = '';

  constructor(
    rig: Rig,
    { env = {}, directory }: { readonly env?: Record<string, string>; readonly directory: string },
  ) {
    const args = ['run', '--claude-path', rig.executable, '--max-workers', '2', 'Do x', 'Do y', 'Do z'];
    const words = [process.execPath, commandFile, ...args].map((word) => `'${word}'`).join(' ');
    // script(1) makes the pseudo-terminal.
    this.#script = spawn('script', ['-qefc', `stty cols 40 rows 12; exec ${words}`, '/dev/null'], {
      cwd: directory,
      env: { PATH: '/usr/bin:/bin', HOME: directory, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#script.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.shown += text;
    });
    this.ended = once(this.#script, 'close').then(([code]) => code as number | null);
  }

  readonly type = (keys: string): void => {
    this.#script.stdin.write(keys);
  };

  readonly shows = (text: string): Promise<unknown> =>
    waitFor(`the window to show "${text}"`, () => this.shown.includes(text));

  /** The lines of the live view, as they were drawn. */
  readonly frameLines = (): string[] =>
    this.shown
      .replace(/\x1b\[[?\d;]*[A-Za-z]/g, '')
      .split(/\r*\n/)
      .map((line) => line.replaceAll('\r', ''))
      .filter((line) => /^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] |^[━─]*\s*\d of \d done/.test(line));

  async [Symbol.asyncDispose](): Promise<void> {
    this.#script.kill('SIGKILL');
    await this.ended;
  }
}

test('a terminal shows what runs at the moment, line by line within its width, and is left as it was', async () => {
  await using place = await commandPlace();
  await using rig = await startRig();
  await using window = new TerminalWindow(rig, place);
  const [one, two] = [await rig.nextChild(), await rig.nextChild()];
  await one.printJson(initMessage());
  await one.printJson(assistantText('日本語 says \u001b[2Jthat this line is far too long for the window'));
  await window.shows('日本語 says t');
  await two.printJson(initMessage());
  await two.printJson(toolUse('Bash', { command: 'git log --oneline', description: 'x' }));
  await window.shows('Bash git log');
  await window.shows('· waiting: process_003');
  await window.shows('0 of 3 done');
  for (const child of [one, two]) {
    await child.printJson(resultMessage('done'));
    await child.exit(0);
  }
  const three = await rig.nextChild();
  await window.shows('2 of 3 done');
  await three.printJson(resultMessage('done'));
  await three.exit(0);
  expect(await window.ended).toBe(0);

  expect(window.frameLines().length).toBeGreaterThan(3);
  for (const line of window.frameLines()) expect(displayWidth(line)).toBeLessThan(40);
  expect(window.shown).not.toContain('\x1b[2J');
  expect(window.shown).toMatch(/✓ process_003 +\d\.\d s +2¢ +done/);
  expect(window.shown.indexOf(hideCursor)).toBeGreaterThanOrEqual(0);
  expect(window.shown).toMatch(/report: \x1b\]8;;file:\/\/\/\S+\/report\.html\x1b\\\S+\/report\.html\x1b\]8;;\x1b\\/);
  // When the view is gone, the answers follow, and then how it went.
  const [, after = ''] = window.shown.split(showCursor);
  expect(after).not.toMatch(/\x1b\[\d*[AJK]/);
  expect(after.match(/==> process_00\d <==|^done\r$|^日本語 says/gm)).toHaveLength(6);
  expect(after.slice(after.lastIndexOf('done'))).toMatch(/\x1b\[32m[^\n]*Success: 3 of 3 processes succeeded\./);
});

test('Ctrl-C is an interrupt of the session, and gives the cursor back', async () => {
  await using place = await commandPlace();
  await using rig = await startRig();
  await using window = new TerminalWindow(rig, place);
  const child = await rig.nextChild();
  await window.shows('0 of 3 done');
  window.type('\x03');
  await child.closed;
  expect(await window.ended).toBe(130);
  expect(window.shown).toContain('Cancelled: interrupted by SIGINT');
  expect(window.shown.lastIndexOf(showCursor)).toBeGreaterThan(window.shown.lastIndexOf(hideCursor));
});

test('NO_COLOR takes the colours, CI the view', async () => {
  await using place = await commandPlace();
  await using rig = await startRig();
  for (const [env, isLive] of [
    [{ NO_COLOR: '1' }, true],
    [{ CI: 'true', NO_COLOR: '1' }, false],
  ] as const) {
    await using window = new TerminalWindow(rig, { ...place, env });
    for (let count = 0; count < 3; count += 1) {
      const child = await rig.nextChild();
      if (count === 0 && isLive) await window.shows('0 of 3 done');
      await child.printJson(resultMessage('done'));
      await child.exit(0);
    }
    expect(await window.ended).toBe(0);
    expect(window.shown).not.toMatch(/\x1b\[\d+m/);
    expect(window.shown.includes(hideCursor)).toBe(isLive);
  }
});

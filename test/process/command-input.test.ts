import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { type CommandPlace, commandFile, commandPlace } from '../rig/command.ts';
import { plainProgram } from '../rig/plain-program.ts';
import { waitFor } from '../rig/wait-for.ts';

/** A place with a plain program that answers with what it was given, whole. */
async function placeWithCat(): Promise<CommandPlace & { readonly program: string }> {
  const place = await commandPlace();
  const program = plainProgram(place.directory, 'exec cat');
  return { ...place, program };
}

test('run - takes the prompt from standard input, as it is', async () => {
  await using place = await placeWithCat();
  const input = '- one\n\n--two é\n';
  const { exitCode, stdout } = await place.run(['run', '--claude-path', place.program, '-'], { input });
  expect([exitCode, stdout]).toEqual([0, input]);
});

test('a list of prompts comes from standard input', async () => {
  await using place = await placeWithCat();
  const words = ['run', '--claude-path', place.program, '--prompts-file', '-'];
  const { exitCode, stdout } = await place.run(words, { input: '- id: a\n  prompt: one\n- two\n' });
  expect([exitCode, stdout]).toEqual([0, '==> a <==\none\n\n==> process_002 <==\ntwo\n']);
});

test('what is piped in as data goes ahead of the prompt, fenced, and is no part of it', async () => {
  await using place = await placeWithCat();
  const words = ['run', '--claude-path', place.program, '--context-files', '-', 'Review'];
  const { exitCode, stdout } = await place.run(words, { input: '+ a line\n' });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/\n<data-(\S+) id="standard input">\n\+ a line\n\n<\/data-\1>\n\nReview\n$/);
});

test('each line gets a process of its own with the line as data, {} and all', async () => {
  await using place = await placeWithCat();
  const words = ['run', '--claude-path', place.program, '--each', '-', 'Look at {}'];
  const { exitCode, stdout, stderr } = await place.run(words, { input: 'src/a.ts\r\n\r\nrm -rf {}\r\n' });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^==> process_001: src\/a\.ts <==\n.*\n<data-(\S+) id="item">\nsrc\/a\.ts\n<\/data-\1>\n\nLook at \{\}\n\n/,
  );
  expect(stdout).toMatch(
    /\n==> process_002: rm -rf \{\} <==\n.*\n<data-(\S+) id="item">\nrm -rf \{\}\n<\/data-\1>\n\nLook at \{\}\n$/,
  );
  expect(stderr).toContain('src/a.ts: succeeded');
});

test.each<[readonly string[], string, string]>([
  [['--each', '-', 'x'], '', 'each: standard input is empty'],
  [['-', 'x'], 'a', '-: it reads the prompt from standard input, so it is the only prompt.'],
  [
    ['-', '--context-files', '-'],
    'a',
    '-: standard input can be read once, and the prompt and --context-files name it.',
  ],
  [['-', '--trust', 'untrusted'], 'a', 'prompt-file: no prompts are taken from standard input, only data.'],
  [['--prompts-file', '-'], 'a: [', 'prompts-file: '],
])('%j with %j on standard input is refused in one line', async (words, input, fault) => {
  await using place = await commandPlace();
  const { exitCode, stdout, stderr } = await place.run(['run', '--offline', ...words], { input });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(fault);
  expect(stderr.trimEnd().split('\n')).toHaveLength(2);
});

test('standard input without an end is refused at the limit, and not waited for when something is wrong already', async () => {
  await using place = await commandPlace();
  const endless = () =>
    Readable.from(
      (function* () {
        for (;;) yield 'y\n'.repeat(32_768);
      })(),
    );
  const large = await place.run(['run', '--offline', '-'], { input: endless() });
  expect(large).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('standard input has more than 2.5 MiB') });
  const silent = new Readable({ read: () => undefined });
  const wrong = await place.run(['run', '--bogus', '-'], { input: silent });
  expect(wrong).toMatchObject({
    exitCode: 2,
    stderr:
      '--bogus: there is no such flag. A text that begins so is written after --.\nSee: claude-ensemble run --help\n',
  });
});

test('what nobody asked to read is not read', async () => {
  await using place = await placeWithCat();
  const input = new Readable({ read: () => undefined });
  expect(await place.run(['run', '--claude-path', place.program, 'x'], { input })).toMatchObject({ exitCode: 0 });
});

test('at one’s own terminal files may lie anywhere; in a job they may not', async () => {
  await using place = await placeWithCat();
  const path = join(dirname(place.directory), 'prompt.md');
  await place.write('../prompt.md', 'a prompt');
  await place.write('../data.txt', 'data');
  for (const shown of [path, '../prompt.md']) {
    const words = ['run', '--claude-path', place.program, '--prompt-file', shown];
    const own = await place.run([...words, '--context-files', '../data.txt']);
    expect([own.exitCode, own.stdout]).toEqual([0, expect.stringContaining('\ndata\n')]);
  }
  const job = await place.run(['run', '--trust', 'trusted', '--prompt-file', path], { env: { CI: 'true' } });
  expect(job).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('lies outside') });
});

test('a terminal is told what is waited for; Ctrl-D ends the prompt, Ctrl-C the command', async () => {
  await using place = await placeWithCat();
  const words = [process.execPath, commandFile, 'run', '--claude-path', place.program, '-'].map((word) => `'${word}'`);
  for (const [keys, code] of [
    ['Hello\n\x04', 0],
    ['Hello\n\x03', 130],
  ] as const) {
    const child = spawn('script', ['-qefc', words.join(' '), '/dev/null'], {
      cwd: place.directory,
      env: { PATH: '/usr/bin:/bin', HOME: place.directory, TERM: 'xterm', LANG: 'C.UTF-8' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
    });
    await waitFor('the hint', () =>
      shown.includes('Type the prompt, then end standard input with Ctrl-D on a new line.'),
    );
    child.stdin.write(keys);
    expect(await once(child, 'close')).toEqual([code, null]);
    expect(shown.includes('1 of 1 process succeeded')).toBe(code === 0);
  }
});

test('who has piped something in and named it nowhere is told how to', async () => {
  await using place = await placeWithCat();
  const words = [process.execPath, commandFile, 'run', '--claude-path', place.program, 'x'].map((word) => `'${word}'`);
  const child = spawn('script', ['-qefc', `echo data | ${words.join(' ')}`, '/dev/null'], {
    cwd: place.directory,
    env: { PATH: '/usr/bin:/bin', HOME: place.directory, TERM: 'xterm', LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(shown).toContain('standard input is not read. To hand it over as data: --context-files -');
});

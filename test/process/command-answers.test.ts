import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { type CommandPlace, commandFile, commandPlace, type FinishedCommand } from '../rig/command.ts';
import { startRig } from '../rig/controlled-child.ts';
import { shellProgram } from '../rig/plain-program.ts';

/** A place with a plain program: `$prompt` is what it was given. */
async function placeWith(script: string): Promise<CommandPlace & { readonly program: string; readonly ask: Ask }> {
  const place = await commandPlace();
  const program = shellProgram(place.directory, script);
  return {
    ...place,
    program,
    ask: (words, options) => place.run(['run', '--claude-path', program, ...words], options),
  };
}

type Ask = (words: readonly string[], options?: Parameters<CommandPlace['run']>[1]) => Promise<FinishedCommand>;

test('one prompt prints its answer alone, byte for byte and with a final line feed', async () => {
  await using place = await placeWith(`printf '# Answer\\r\\n\\n  \\033[31mred\\033[0m  ::error::x\\n é end  '`);
  const { exitCode, stdout, stderr } = await place.ask(['Do x']);
  expect([exitCode, stdout]).toEqual([0, '# Answer\r\n\n  \x1b[31mred\x1b[0m  ::error::x\n é end  \n']);
  expect(stderr).toContain('process_001: succeeded');
  expect(stderr).toContain(`logs: ${place.directory}/.claude/runtime/logs/`);
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/Success: 1 of 1 process succeeded/);
});

test('an answer that ends with a line feed gets no second one', async () => {
  await using place = await placeWith('echo "got: $prompt"');
  expect(await place.ask(['Do x'])).toMatchObject({ stdout: 'got: Do x\n' });
});

test('several answers stand under headings in the order given, and a failure is told on standard error alone', async () => {
  await using place = await placeWith('case "$prompt" in bad) echo half; exit 7;; *) echo "got: $prompt";; esac');
  const { exitCode, stdout, stderr } = await place.ask([
    '--prompts',
    '[{id: a, prompt: slow}, bad, {id: c, name: Cee, prompt: x}]',
  ]);
  expect(exitCode).toBe(1);
  expect(stdout).toBe('==> a <==\ngot: slow\n\n==> c: Cee <==\ngot: x\n');
  expect(stderr).toContain('✗ process_002: ended with an error');
});

test('more than five answers are printed on request only, and standard error says where they are', async () => {
  await using place = await placeWith('echo "got: $prompt"');
  const prompts = ['a', 'b', 'c', 'd', 'e', 'f'];
  const few = await place.ask(prompts);
  expect([few.exitCode, few.stdout]).toEqual([0, '']);
  expect(few.stderr).toMatch(
    /^6 answers not printed \(--print all prints them\): \.claude\/runtime\/logs\/\S+\/outputs\/\*\.md$/m,
  );
  const all = await place.ask([...prompts, '--print', 'all']);
  expect(all.stdout.match(/^==> process_00\d <==\ngot: [a-f]$/gm)).toHaveLength(6);
  const some = await place.ask([...prompts, '--print', 'process_005,process_002', '--print=process_001']);
  expect(some.stdout.match(/^got: .*$/gm)).toEqual(['got: a', 'got: b', 'got: e']);
});

test('--print none prints nothing, and the path that is told instead holds the answer', async () => {
  await using place = await placeWith('echo "got: $prompt"');
  const { stdout, stderr } = await place.ask(['--print', 'none', '-q', 'Do x']);
  expect(stdout).toBe('');
  expect(stderr).not.toContain('started');
  const [, path = ''] = /^not printed: (.*)$/m.exec(stderr) ?? [];
  expect(readFileSync(join(place.directory, path), 'utf8')).toBe('got: Do x\n');
});

test('a fallback prints the answer of the winner alone', async () => {
  await using place = await placeWith('[ "$prompt" = first ] && exit 3; echo "got: $prompt"');
  const { exitCode, stdout } = await place.ask(['--pattern', 'fallback', 'first', 'second', 'third']);
  expect([exitCode, stdout]).toEqual([0, 'got: second\n']);
});

test('an answer of more than a result keeps is printed whole', async () => {
  await using place = await placeWith('head -c 3000000 /dev/zero | tr "\\0" x; echo; printf end');
  const { stdout } = await place.ask(['Do x']);
  expect([stdout.length, stdout.slice(-6)]).toEqual([3_000_005, 'x\nend\n']);
});

test('the log of a GitHub job shows answers that its runner does not obey; a file gets them as they are', async () => {
  await using place = await placeWith(`printf 'one \\033[31mred\\n  ::error::x ##[error]y\\n'`);
  const env = { GITHUB_ACTIONS: 'true' };
  const { stdout } = await place.ask(['--trust', 'trusted', 'Do x'], { env });
  expect(stdout).toBe('one red\n  : :error::x # #[error]y\n');

  const file = join(place.directory, 'answer.md');
  const progress = join(place.directory, 'progress');
  const words = [commandFile, 'run', '--trust=trusted', '--claude-path', place.program, 'a', 'b', 'c', 'd', 'e'];
  const child = spawn(process.execPath, words, {
    cwd: place.directory,
    env: { PATH: '/usr/bin:/bin', HOME: place.directory, ...env },
    stdio: ['ignore', openSync(file, 'w'), openSync(progress, 'w')],
  });
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(readFileSync(file, 'utf8').split('\n\n')[0]).toBe(
    '==> process_001 <==\none \x1b[31mred\n  ::error::x ##[error]y',
  );
  // Node warns of listeners that many answers leave on a stream.
  expect(readFileSync(progress, 'utf8')).not.toContain('Warning');
});

test('what is interrupted prints no answers, and says where they are', async () => {
  await using rig = await startRig({ version: '1.0.0 (a plain program)' });
  await using place = await commandPlace();
  const command = place.start(['run', '--claude-path', rig.executable, '--max-workers', '1', 'Do x', 'Do y']);
  const first = await rig.nextChild();
  await first.print('done');
  await first.exit(0);
  await rig.nextChild();
  command.signal('SIGINT');
  const { exitCode, stdout, stderr } = await command.done;
  expect([exitCode, stdout]).toEqual([130, '']);
  expect(stderr).toMatch(/^not printed: .*\/outputs\/process_001\.md$/m);
});

test('a reader of the JSON who goes away changes neither the verdict nor the files', async () => {
  await using rig = await startRig({ version: '1.0.0 (a plain program)' });
  await using place = await commandPlace();
  const command = place.start(['run', '--claude-path', rig.executable, '--json', 'Do x', 'Do y']);
  for (const code of [0, 5]) {
    const child = await rig.nextChild();
    await child.print('x'.repeat(500_000));
    if (code === 5) command.closeStdout();
    await child.exit(code);
  }
  const { exitCode, stderr } = await command.done;
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Failure: 1 of 2 processes succeeded');
  expect(stderr).not.toContain('EPIPE');
  expect(JSON.parse(await place.sessionFile('results.json')).results).toHaveLength(2);
});

test('an answer that cannot be written is a failure, and so is a plan', async () => {
  await using place = await placeWith('echo "got: $prompt"');
  const into = async (...words: readonly string[]): Promise<unknown> => {
    const child = spawn(process.execPath, [commandFile, ...words, '--claude-path', place.program, 'Do x'], {
      cwd: place.directory,
      env: { PATH: '/usr/bin:/bin', HOME: place.directory },
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    const [said, [exitCode]] = await Promise.all([
      text(child.stderr as NonNullable<typeof child.stderr>),
      once(child, 'exit'),
    ]);
    return [exitCode, said.trimEnd().split('\n').at(-1)];
  };
  const lost = [1, expect.stringMatching(/^Standard output could not be written: ENOSPC: no space left on device/)];
  expect([await into('run'), await into('plan', '--shards', '2')]).toEqual([lost, lost]);
});

test('a reader who is slow gets the JSON whole, however long it is', async () => {
  await using place = await placeWith('head -c 1000000 /dev/zero | tr "\\0" x');
  const prompts = Array.from({ length: 12 }, (_, index) => `Do ${index}`);
  const command = place.start(['run', '--claude-path', place.program, '--json', ...prompts]);
  command.stopReading();
  const ended = command.done.then(() => 'ended');
  expect(await Promise.race([ended, place.sessionFileAppears('report.html')])).not.toBe('ended');
  command.readAgain();
  const { exitCode, stdout } = await command.done;
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).results.map(({ output }: { output: string }) => output.length)).toEqual(
    prompts.map(() => 1_000_000),
  );
});

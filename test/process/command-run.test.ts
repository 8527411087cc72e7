import process from 'node:process';
import { expect, test } from 'vitest';
import { commandPlace } from '../rig/command.ts';
import { startRig } from '../rig/controlled-child.ts';
import { shellProgram } from '../rig/plain-program.ts';

test('texts are prompts: each gets a process, and --json tells all about them on standard output alone', async () => {
  await using place = await commandPlace();
  const path = shellProgram(place.directory, 'printf "begins with: %s" "$prompt"');
  const prompts = ['Look at "a"\nand b', '- look at c'];
  const { exitCode, stdout, stderr } = await place.run(['run', '--claude-path', path, '--json', ...prompts]);
  const summary = JSON.parse(stdout);
  expect(summary).toMatchObject({
    conclusion: 'success',
    verdict: expect.stringMatching(/^Success: 2 of 2 processes succeeded/),
    sessionId: expect.stringMatching(/^\d{8}-/),
    sessionDirectory: expect.stringContaining(`${place.directory}/.claude/runtime/logs/`),
    totals: { total: 2, succeeded: 2 },
    warnings: [],
    results: [
      { processId: 'process_001', status: 'succeeded', output: 'begins with: Look at "a"\nand b' },
      { processId: 'process_002', status: 'succeeded', output: 'begins with: - look at c' },
    ],
  });
  expect(stderr).toContain('process_002: succeeded');
  expect(exitCode).toBe(0);
  expect(JSON.parse(await place.sessionFile('results.json'))).toMatchObject({ results: summary.results });
});

test('options reach the session: flags repeated are lists, what looks like a flag needs =, -- begins the texts', async () => {
  await using place = await commandPlace();
  const args = [
    '--claude-args',
    '--system-prompt',
    '--claude-args=low',
    '--append-system-prompt=--verbose',
    '--no-pass-output',
  ];
  const path = shellProgram(place.directory, 'printf "%s|" "$@"');
  const { exitCode, stdout, stderr } = await place.run([
    'run',
    ...args,
    `--claude-path=${path}`,
    '--json',
    '--',
    '--offline',
  ]);
  expect(stderr).not.toContain('there is no such flag');
  expect(exitCode).toBe(0);
  const [result] = JSON.parse(stdout).results;
  expect(result.output).toContain('--append-system-prompt|--verbose|');
  expect(result.output).toContain('--system-prompt|low|');
});

test('an executable of the user is used as it is: its exit code is the verdict, unless fail-on says otherwise', async () => {
  await using place = await commandPlace();
  const path = shellProgram(place.directory, 'case "$prompt" in bad) exit 7;; *) echo fine;; esac');
  const args = ['run', '--claude-path', path, '--json', 'good', 'bad'];
  const failed = await place.run(args);
  expect(failed.exitCode).toBe(1);
  expect(failed.stderr.trim().split('\n').at(-1)).toMatch(
    /Failure: 1 of 2 processes succeeded; 1 failed \(exited with an error\)/,
  );
  expect(JSON.parse(failed.stdout).results).toMatchObject([
    { status: 'succeeded', exitCode: 0, output: 'fine\n' },
    { status: 'failed', reason: 'exit-code', exitCode: 7 },
  ]);
  expect((await place.run([...args, '--fail-on', 'all'])).exitCode).toBe(0);
});

test('a dry run prints the plan, starts nothing and exits with 0', async () => {
  await using rig = await startRig();
  await using place = await commandPlace();
  const { exitCode, stdout, stderr } = await place.run([
    'run',
    '--dry-run',
    '--claude-path',
    rig.executable,
    'Do x',
    'Do y',
  ]);
  expect([exitCode, stdout]).toEqual([0, '']);
  expect(stderr).toContain('2. process_002, prompt of 4 characters');
  expect(stderr).toContain('; starts at once');
  expect(stderr).toContain(
    "Estimate: 2 processes, at most 2 at once; models: the CLI's own (2); about 2 tokens of prompts and data, besides what Claude Code sends of its own; no ceiling of money",
  );
  expect(stderr).toContain('Dry run: the plan of 2 processes is valid; nothing was started.');
  expect(rig.started).toBe(0);
});

test('a reader who goes away stops neither the session nor its files', async () => {
  await using rig = await startRig({ version: '1.0.0 (a plain program)' });
  await using place = await commandPlace();
  const command = place.start(['run', '--claude-path', rig.executable, 'Do x', 'Do y', '--max-workers', '1']);
  const first = await rig.nextChild();
  command.closeStdout();
  for (const child of [first, undefined]) {
    const running = child ?? (await rig.nextChild());
    await running.print('done');
    await running.exit(0);
  }
  expect(await command.done).toMatchObject({ exitCode: 0, signal: null });
  expect(JSON.parse(await place.sessionFile('results.json'))).toMatchObject({
    results: [{ status: 'succeeded' }, { status: 'succeeded' }],
  });
});

test.runIf(process.platform === 'linux')(
  'a log that reaches the limit of a file (ulimit -f) costs the log, not the session',
  async () => {
    await using place = await commandPlace();
    const path = shellProgram(place.directory, 'yes 0123456789 | head -n 100000');
    const limited = `execFileSync('prlimit', ['--pid=' + process.pid, '--fsize=200000']);`;
    const hook = `import { execFileSync } from 'node:child_process'; ${limited}`;
    const { exitCode, stdout } = await place.run(['run', '--json', '--claude-path', path, 'x'], {
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` },
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).results).toMatchObject([{ status: 'succeeded', logIncomplete: true }]);
  },
);

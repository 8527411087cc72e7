import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandPlace } from '../rig/command.ts';
import { startRig } from '../rig/controlled-child.ts';
import { assistantText, initMessage } from '../rig/stream-messages.ts';
import { waitFor } from '../rig/wait-for.ts';

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  '%s ends what runs, starts nothing new, and exits with %i with every result on disk',
  async (signal, code) => {
    await using rig = await startRig();
    await using place = await commandPlace();
    const command = place.start(['run', '--claude-path', rig.executable, '--max-workers', '1', 'Do x', 'Do y']);
    const child = await rig.nextChild();
    const grandchild = await child.spawnGrandchild({ setsid: true });
    await child.printJson(initMessage());
    command.signal(signal);
    await Promise.all([child.closed, grandchild.closed]);
    const { exitCode, stdout, stderr, sinceSignal } = await command.done;
    expect([exitCode, stdout]).toEqual([code, '']);
    expect(sinceSignal).toBeLessThan(7000);
    expect(rig.started).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toContain(`Cancelled: interrupted by ${signal}`);
    // The cause ahead of what came of it.
    const [cause, effect] = ['nothing new starts', 'is being ended'].map((words) => stderr.indexOf(words));
    expect(cause).toBeLessThan(effect ?? -1);
    expect(JSON.parse(await place.sessionFile('results.json'))).toMatchObject({
      results: [
        { status: 'cancelled', reason: 'cancelled', attempts: 1 },
        { status: 'skipped', reason: 'session-cancelled', attempts: 0 },
      ],
    });
  },
);

test('an interrupt ends the wait for a CLI that is slow to say its version', async () => {
  await using place = await commandPlace();
  const asked = join(place.directory, 'asked');
  await place.write('bin/claude', `#!/bin/sh\necho x >${asked}\nexec sleep 600\n`, 0o755);
  const PATH = [join(place.directory, 'bin'), '/usr/bin', '/bin'].join(':');
  const command = place.start(['run', 'Do x'], { env: { PATH } });
  await waitFor('the question for the version', () => existsSync(asked));
  command.signal('SIGINT');
  const { exitCode, stdout, sinceSignal } = await command.done;
  expect([exitCode, stdout]).toEqual([130, '']);
  expect(sinceSignal).toBeLessThan(7000);
});

test('total-timeout ends that wait as well, and every process has its result', async () => {
  await using place = await commandPlace();
  await place.write('bin/claude', '#!/bin/sh\nexec sleep 600\n', 0o755);
  const PATH = [join(place.directory, 'bin'), '/usr/bin', '/bin'].join(':');
  const { exitCode } = await place.run(['run', '--total-timeout', '1s', 'Do x', 'Do y'], { env: { PATH } });
  expect(exitCode).toBe(1);
  expect(JSON.parse(await place.sessionFile('results.json'))).toMatchObject({
    results: ['x', 'y'].map(() => ({ status: 'skipped', reason: 'deadline' })),
  });
});

test('a second signal kills what ignores the first', async () => {
  await using rig = await startRig();
  await using place = await commandPlace();
  const command = place.start(['run', '--claude-path', rig.executable, 'Do x']);
  const child = await rig.nextChild();
  await child.ignore('SIGTERM');
  command.signal('SIGINT');
  await child.signalled('SIGTERM');
  command.signal('SIGTERM');
  await child.closed;
  const { exitCode, sinceSignal } = await command.done;
  expect(exitCode).toBe(130);
  expect(sinceSignal).toBeLessThan(2900);
});

test('a signal that a wrapper repeats at once is one wish: what runs still gets its 3 s', async () => {
  await using rig = await startRig();
  await using place = await commandPlace();
  const command = place.start(['run', '--claude-path', rig.executable, 'Do x']);
  const child = await rig.nextChild();
  await child.ignore('SIGTERM');
  command.signal('SIGINT');
  await child.signalled('SIGTERM');
  command.signal('SIGINT');
  await child.closed;
  const { exitCode, sinceSignal } = await command.done;
  expect(exitCode).toBe(130);
  expect(sinceSignal).toBeGreaterThan(2900);
});

test('an interrupted command ends in time although nobody reads what it prints', async () => {
  await using rig = await startRig();
  await using place = await commandPlace();
  const command = place.start(['run', '--claude-path', rig.executable, '--json', 'Do x']);
  const child = await rig.nextChild();
  await child.printJson(initMessage());
  await child.printJson(assistantText('x'.repeat(900_000)));
  await child.printJson({
    type: 'result',
    subtype: 'success',
    is_error: true,
    result: 'x'.repeat(900_000),
    num_turns: 1,
  });
  command.stopReading();
  command.signal('SIGINT');
  await child.closed;
  const { exitCode, sinceSignal } = await command.done;
  expect(exitCode).toBe(130);
  expect(sinceSignal).toBeLessThan(7000);
});

test('Ctrl-C before anything runs is an interrupt as well', async () => {
  await using rig = await startRig({ version: 'controlled' });
  await using place = await commandPlace();
  const command = place.start(['run', '--claude-path', rig.executable, 'Do x']);
  const probe = await rig.nextChild();
  command.signal('SIGINT');
  // The interrupt may have ended it before it answers.
  await probe.print('2.1.330 (Claude Code)\n').catch(() => undefined);
  await probe.exit(0).catch(() => undefined);
  const { exitCode } = await command.done;
  expect(exitCode).toBe(130);
  expect(rig.started).toBe(1);
});

test('an error of our own ends what runs, and exits with 1 and one line', async () => {
  await using rig = await startRig();
  await using place = await commandPlace();
  const fault = "process.once('SIGUSR2', () => { throw new Error('something is odd.'); });";
  const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(fault)}`];
  const command = place.start(['run', '--claude-path', rig.executable, 'Do x'], { nodeArgs });
  const child = await rig.nextChild();
  await child.ignore('SIGTERM');
  command.signal('SIGUSR2');
  await child.closed;
  const { exitCode, stderr } = await command.done;
  expect(exitCode).toBe(1);
  expect(stderr.split('\n').slice(-2)).toEqual([
    'Internal error: something is odd. This is a fault of claude-ensemble; DEBUG=1 shows where.',
    '',
  ]);
});

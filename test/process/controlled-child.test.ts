import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startRig } from '../rig/controlled-child.ts';

test('a controlled child tells its arguments, environment and input, and obeys', async () => {
  await using rig = await startRig();
  const child = spawn(rig.executable, ['-p', '--model', 'a b'], { env: { ONLY: 'this' } });
  const output = text(child.stdout);
  const controlled = await rig.nextChild();
  expect(controlled.pid).toBe(child.pid);
  expect(controlled.argv).toEqual(['-p', '--model', 'a b']);
  expect(controlled.env).toMatchObject({ ONLY: 'this' });
  child.stdin.end('prompt');
  expect(await controlled.stdin()).toBe('prompt');
  await controlled.print('one\n');
  await controlled.printJson({ two: 2 });
  await controlled.printMany('x', 3);
  const exit = once(child, 'exit');
  await controlled.exit(7);
  expect(await exit).toEqual([7, null]);
  expect(await output).toBe('one\n{"two":2}\nxxx');
});

test('a controlled child ignores a signal and reports it, and dies by the one that nobody can ignore', async () => {
  await using rig = await startRig();
  const child = spawn(rig.executable, []);
  const controlled = await rig.nextChild();
  await controlled.ignore('SIGTERM');
  child.kill('SIGTERM');
  await controlled.signalled('SIGTERM');
  expect(controlled.alive).toBe(true);
  child.kill('SIGKILL');
  await controlled.closed;
  expect(controlled.alive).toBe(false);
});

test('a grandchild outlives the child, prints into its pipe, and ends with the rig', async () => {
  await using rig = await startRig();
  const child = spawn(rig.executable, [], { detached: true });
  const output = text(child.stdout);
  const controlled = await rig.nextChild();
  const grandchild = await controlled.spawnGrandchild({ holdPipe: true, setsid: true, ignoreTerm: true });
  await controlled.dieBy('SIGKILL');
  await grandchild.print('still here');
  await rig[Symbol.asyncDispose]();
  expect(await output).toBe('still here');
  expect(grandchild.alive).toBe(false);
});

test('the executable answers a version probe by itself', async () => {
  await using rig = await startRig({ version: "9.9.9 (somebody's)" });
  expect(await text(spawn(rig.executable, ['--version']).stdout)).toBe("9.9.9 (somebody's)\n");
  expect(rig.started).toBe(0);
});

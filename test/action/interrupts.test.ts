import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const moduleUrl = pathToFileURL(new URL('../../src/frontends/shared/interrupts.ts', import.meta.url).pathname).href;

/** A process that says what it heard, and ends with its exit code when it is told to by a closed input. */
async function listener() {
  const code = `import { listenForInterrupts } from ${JSON.stringify(moduleUrl)};
    const interrupts = listenForInterrupts();
    interrupts.interrupt.addEventListener('abort', () => console.log('interrupt ' + interrupts.interrupt.reason));
    interrupts.kill.addEventListener('abort', () => console.log('kill'));
    process.stdin.on('end', () => process.exit(interrupts.exitCode() ?? 0)).resume();
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value as string;
  expect(await next()).toBe('ready');
  return {
    next,
    signal: (name: NodeJS.Signals) => child.kill(name),
    end: async () => {
      child.stdin.end();
      const [exitCode] = await once(child, 'exit');
      return exitCode;
    },
  };
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s interrupts and ends the step with %d', async (signal, code) => {
  const given = await listener();
  given.signal(signal);
  expect(await given.next()).toBe(`interrupt ${signal}`);
  expect(await given.end()).toBe(code);
});

test('a second signal kills at once, and the first one stays the reason', async () => {
  const given = await listener();
  given.signal('SIGINT');
  expect(await given.next()).toBe('interrupt SIGINT');
  given.signal('SIGTERM');
  expect(await given.next()).toBe('kill');
  expect(await given.end()).toBe(130);
});

test('a step that nobody interrupted has no exit code for it', async () => {
  const given = await listener();
  expect(await given.end()).toBe(0);
});

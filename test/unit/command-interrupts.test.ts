import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { expect, test } from 'vitest';

const interrupts = new URL('../../src/frontends/cli/interrupts.ts', import.meta.url).href;

test.each([
  ['SIGINT', '130'],
  ['SIGTERM', '143'],
  ['SIGBREAK', '143'],
])('the command is interrupted by %s, of which Windows has the last one', (signal, exitCode) => {
  const program = `
    import { listenForInterrupts } from ${JSON.stringify(interrupts)};
    using interrupts = listenForInterrupts();
    const { interrupt, exitCode } = interrupts;
    process.emit(${JSON.stringify(signal)}, ${JSON.stringify(signal)});
    process.stdout.write(interrupt.reason + ' ' + exitCode());`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(printed).toBe(`${signal} ${exitCode}`);
});

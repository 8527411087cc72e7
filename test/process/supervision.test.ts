import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { ProcessTree, signalProcess } from '../../src/process/process-tree.ts';
import type { Timings } from '../../src/process/timings.ts';
import { defaultTimings } from '../../src/process/timings.ts';
import { startAttempt } from '../rig/attempt.ts';
import { type ControlledChild, type Rig, startRig } from '../rig/controlled-child.ts';
import { initMessage, resultMessage, toolUse } from '../rig/stream-messages.ts';
import { waitFor } from '../rig/wait-for.ts';

/** The steps are the product's; only their lengths are shortened. */
const quick: Timings = { ...defaultTimings, stopGraceMs: 200, cancelGraceMs: 200, lingerMs: 200, drainSilenceMs: 200 };
const context = { timings: quick };

/** No timeout comes by itself before a test is ready for it. */
const timeout = (timeoutMs: number) => ({ process: { timeoutMs }, context });

const posix = process.platform !== 'win32';
const linux = process.platform === 'linux';

describe.runIf(posix)('a process that passes its timeout', () => {
  it('is asked to end by SIGTERM, and a polite one ends at once', async () => {
    await using rig = await startRig();
    const { outcome, facts } = startAttempt({ executable: rig.executable, process: { timeoutMs: 500 } });
    const child = await rig.nextChild();
    await child.exitOn('SIGTERM', 143);
    expect(await outcome).toMatchObject({
      ending: { status: 'timed-out', reason: 'timeout' },
      exitCode: -1,
      childExit: { code: 143, signal: null },
    });
    expect(facts.filter(({ type }) => type === 'process-stopping')).toMatchObject([
      { cause: 'timeout', signal: 'SIGTERM' },
    ]);
  });

  it('is killed after the grace when it ignores SIGTERM', async () => {
    await using rig = await startRig();
    const { outcome, facts } = startAttempt({ executable: rig.executable, ...timeout(500) });
    const child = await rig.nextChild();
    await child.ignore('SIGTERM');
    expect((await outcome).ending).toEqual({ status: 'timed-out', reason: 'timeout' });
    await child.closed;
    expect(facts.filter(({ type }) => type === 'process-stopping')).toMatchObject([
      { signal: 'SIGTERM' },
      { signal: 'SIGKILL' },
    ]);
  });

  it('leaves no grandchild in its group behind, even one that ignores SIGTERM', async () => {
    await using rig = await startRig();
    const { outcome } = startAttempt({ executable: rig.executable, ...timeout(1_000) });
    const child = await rig.nextChild();
    const grandchild = await child.spawnGrandchild({ ignoreTerm: true });
    await outcome;
    await grandchild.closed;
  });

  it('timed out also when no event came for too long, with a reason of its own', async () => {
    await using rig = await startRig();
    const { outcome } = startAttempt({ executable: rig.executable, context: { ...context, idleTimeoutMs: 500 } });
    await rig.nextChild();
    expect((await outcome).ending).toEqual({ status: 'timed-out', reason: 'idle-timeout' });
  });
});

describe.runIf(posix)('a result that comes only after we sent SIGTERM', () => {
  it('does not turn a timeout into a success, which says what ran', async () => {
    await using rig = await startRig();
    const { outcome } = startAttempt({ executable: rig.executable, process: { timeoutMs: 500 } });
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    await child.ignore('SIGTERM');
    await child.signalled('SIGTERM');
    await child.printJson(toolUse('Bash', { command: 'sleep 60', timeout: 70_000 }));
    await child.printJson(resultMessage('Too late.'));
    await child.exit(143);
    expect(await outcome).toMatchObject({
      ending: { status: 'timed-out', reason: 'timeout' },
      message: 'while Bash ran: sleep 60',
      transient: false,
      costUsd: 0.02,
    });
  });
});

describe.runIf(linux)('a tool that Claude started in a session and group of its own', () => {
  it('is gone after a timeout', async () => {
    await using rig = await startRig();
    const { outcome } = startAttempt({ executable: rig.executable, ...timeout(1_000) });
    const child = await rig.nextChild();
    const tool = await child.spawnGrandchild({ setsid: true, ignoreTerm: true });
    await outcome;
    await tool.closed;
  });

  it('is gone after a normal end', async () => {
    await using rig = await startRig();
    const { outcome } = startAttempt({ executable: rig.executable, context });
    const child = await rig.nextChild();
    const daemon = await child.spawnGrandchild({ setsid: true, ignoreTerm: true });
    await child.printJson(resultMessage('Done.'));
    await child.exit(0);
    expect((await outcome).ending).toEqual({ status: 'succeeded' });
    await daemon.closed;
  });

  it('is gone after a cancel, also when it cleared its environment but was seen as a descendant', async () => {
    await using rig = await startRig();
    const { outcome, stop } = startAttempt({ executable: rig.executable, context });
    const child = await rig.nextChild();
    const tool = await child.spawnGrandchild({ setsid: true, ignoreTerm: true, clearEnvironment: true });
    stop.abort('cancelled');
    expect((await outcome).ending).toEqual({ status: 'cancelled', reason: 'cancelled' });
    await tool.closed;
  });
});

/** A child that has ended with success, as its parent knows, and what holds its pipe, now and until it is killed. */
async function heldPipe(rig: Rig): Promise<ControlledChild> {
  const child = await rig.nextChild();
  const holder = await child.spawnGrandchild({ holdPipe: true, ignoreTerm: true });
  await child.printJson(resultMessage('Done.'));
  await child.exit(0);
  await waitFor('the end of the child to be seen', () => !signalProcess(child.pid, 0));
  return holder;
}

describe.runIf(linux)('the look for survivors', () => {
  it('is over at once where all others are foreign, threads of the kernel among them', async () => {
    await waitFor('a look at which no process of others has just ended', async () => {
      const look = new ProcessTree({ marker: 'nobody' }).killSurvivors().then(() => 'clear');
      const turn = new Promise((resolve) => setImmediate(resolve, 'not yet'));
      const first = await Promise.race([look, turn]);
      await look;
      return first === 'clear';
    });
  });
});

describe.runIf(posix)('a cancel after the child itself has ended', () => {
  const patient: Timings = { ...quick, drainSilenceMs: 60_000, drainLimitMs: 60_000 };

  it('is for what holds its pipe: SIGTERM at once, SIGKILL soon; the result stands', async () => {
    await using rig = await startRig();
    const { outcome, stop } = startAttempt({ executable: rig.executable, context: { timings: patient } });
    const holder = await heldPipe(rig);
    stop.abort('cancelled');
    await holder.signalled('SIGTERM');
    await holder.closed;
    expect(await outcome).toMatchObject({ ending: { status: 'succeeded' }, output: 'Done.', killedAfterResult: false });
  });

  it('kills what holds its pipe at once when it comes twice', async () => {
    await using rig = await startRig();
    const timings: Timings = { ...patient, drainAfterKillMs: 60_000 };
    const { outcome, stop, kill } = startAttempt({ executable: rig.executable, context: { timings } });
    const holder = await heldPipe(rig);
    stop.abort('cancelled');
    await holder.signalled('SIGTERM');
    kill.abort();
    await holder.closed;
    expect((await outcome).ending).toEqual({ status: 'succeeded' });
  });
});

describe.runIf(posix)('a cancel', () => {
  it('at the deadline has the reason deadline', async () => {
    await using rig = await startRig();
    const { outcome, stop } = startAttempt({ executable: rig.executable, context });
    await rig.nextChild();
    stop.abort('deadline');
    expect((await outcome).ending).toEqual({ status: 'cancelled', reason: 'deadline' });
  });

  it('kills at once when it comes twice', async () => {
    await using rig = await startRig();
    const { outcome, stop, kill, facts } = startAttempt({ executable: rig.executable });
    const child = await rig.nextChild();
    await child.ignore('SIGTERM');
    stop.abort('cancelled');
    await child.signalled('SIGTERM');
    kill.abort();
    await child.closed;
    expect((await outcome).ending).toEqual({ status: 'cancelled', reason: 'cancelled' });
    expect(facts.filter(({ type }) => type === 'process-stopping')).toMatchObject([
      { signal: 'SIGTERM' },
      { signal: 'SIGKILL' },
    ]);
  });
});

describe('the end of the streams', () => {
  it.runIf(posix)(
    'is not waited for when the CLI hangs after its final result: the result stands, and is marked',
    async () => {
      await using rig = await startRig();
      const { outcome } = startAttempt({ executable: rig.executable, context });
      const child = await rig.nextChild();
      await child.ignore('SIGTERM');
      await child.printJson(initMessage());
      await child.printJson(resultMessage('The answer.'));
      expect(await outcome).toMatchObject({
        ending: { status: 'succeeded' },
        exitCode: 0,
        output: 'The answer.',
        killedAfterResult: true,
      });
    },
  );

  it.runIf(posix)(
    'is not waited for when a grandchild holds the pipe: success stays success, and nothing is lost',
    async () => {
      await using rig = await startRig();
      const { outcome } = startAttempt({ executable: rig.executable, context });
      const child = await rig.nextChild();
      const grandchild = await child.spawnGrandchild({ holdPipe: true, ignoreTerm: true });
      await child.printJson(resultMessage('x'.repeat(300_000)));
      await child.exit(0);
      const { ending, output } = await outcome;
      expect(ending).toEqual({ status: 'succeeded' });
      expect(output).toHaveLength(300_000);
      await grandchild.closed;
    },
  );

  it('may come before the prompt was read: the exit code and the error output are the story', async () => {
    await using rig = await startRig();
    const { outcome } = startAttempt({ executable: rig.executable, process: { prompt: 'x'.repeat(2 * 1024 * 1024) } });
    const child = await rig.nextChild();
    await child.printError('no such flag\n');
    await child.exit(9);
    expect(await outcome).toMatchObject({
      ending: { status: 'failed', reason: 'exit-code' },
      exitCode: 9,
      stderr: 'no such flag\n',
      message: 'no such flag',
    });
  });
});

describe('what a child is given', () => {
  it('is the prompt on standard input, to the letter, and not on the command line', async () => {
    await using rig = await startRig();
    const prompt = `-p --help "quoted" $(date) @/etc/passwd\r\n${'é'.repeat(100_000)} \n`;
    const { outcome } = startAttempt({ executable: rig.executable, process: { prompt } });
    const child = await rig.nextChild();
    expect(await child.stdin()).toBe(prompt);
    expect(child.argv.join(' ')).not.toContain('quoted');
    await child.exit(0);
    await outcome;
  });

  it('is a private configuration directory that is gone afterwards', async () => {
    await using rig = await startRig();
    const { outcome } = startAttempt({ executable: rig.executable });
    const child = await rig.nextChild();
    const directory = child.env.CLAUDE_CONFIG_DIR ?? '';
    const { stat } = await import('node:fs/promises');
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    await child.exit(0);
    await outcome;
    await waitFor('its removal', () => !existsSync(directory));
  });
});

describe('a plain program', () => {
  const run = async (output: string, exitCode: number) => {
    await using rig = await startRig();
    const { outcome } = startAttempt({ executable: rig.executable, kind: 'unknown' });
    const child = await rig.nextChild();
    await child.print(output);
    await child.exit(exitCode);
    return outcome;
  };

  it('succeeds with exit code 0 and some output, which is the output', async () => {
    expect(await run('plain text\nof two lines\n', 0)).toMatchObject({
      ending: { status: 'succeeded' },
      output: 'plain text\nof two lines\n',
    });
  });

  it('fails without output, and with another exit code', async () => {
    expect((await run(' \n', 0)).ending).toEqual({ status: 'failed', reason: 'empty-output' });
    expect(await run('some', 4)).toMatchObject({
      ending: { status: 'failed', reason: 'exit-code' },
      exitCode: 4,
      output: 'some',
    });
  });

  it('may print JSON that is no message of the CLI', async () => {
    expect((await run('{"findings": []}\n', 0)).output).toBe('{"findings": []}\n');
  });

  it('is held to the rules of the CLI when its first line that is not blank is a message of the CLI', async () => {
    const lines = `\n\n${JSON.stringify(initMessage())}\n${JSON.stringify(resultMessage('From the stream.'))}\n`;
    expect(await run(lines, 0)).toMatchObject({ ending: { status: 'succeeded' }, output: 'From the stream.' });
    expect((await run(`${JSON.stringify(initMessage())}\n`, 0)).ending).toEqual({
      status: 'failed',
      reason: 'no-result',
    });
  });

  it('has the first MiB of its output kept, and says that there was more', async () => {
    const { output, outputTruncated } = await run('é'.repeat(700_000), 0);
    expect(Buffer.byteLength(output)).toBe(1024 * 1024);
    expect(outputTruncated).toBe(true);
  });
});

it.runIf(posix)('keeps the program alive until an unused child is gone with its files', () => {
  // Node ends a program that waits for nothing but a promise, in silence.
  const program = `
    import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
    import { join } from 'node:path';
    const { connectTo } = await import(${JSON.stringify(new URL('../rig/attempt.ts', import.meta.url).href)});
    const { processSpec } = await import(${JSON.stringify(new URL('../rig/results.ts', import.meta.url).href)});
    const temporaryBase = mkdtempSync(join(${JSON.stringify(tmpdir())}, 'claude-ensemble-test-'));
    const { connection } = connectTo({ executable: '/bin/cat', context: { temporaryBase } });
    const { slot } = await connection.open({ process: processSpec('p1'), attempt: 1 });
    for (const left of readdirSync(temporaryBase)) writeFileSync(join(temporaryBase, left, 'tmp', 'left'), '');
    await slot[Symbol.asyncDispose]();
    console.log(readdirSync(temporaryBase).length + ' left');
    rmSync(temporaryBase, { recursive: true });`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(printed).toBe('0 left\n');
});

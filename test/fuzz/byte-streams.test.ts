import { memoryUsage } from 'node:process';
import { Readable } from 'node:stream';
import { setImmediate as immediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { FormatDetector } from '../../src/agents/claude/output-format.ts';
import { OutputReader } from '../../src/agents/claude/output-reader.ts';
import { LineSplitter } from '../../src/process/line-splitter.ts';
import { Pump } from '../../src/process/pump.ts';
import { ReadAhead } from '../../src/process/read-ahead.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { initMessage, resultMessage } from '../rig/stream-messages.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of memory that are in use when nothing more can be freed. */
function inUse(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = memoryUsage();
  return heapUsed + arrayBuffers;
}

const redactor = createRedactor({ values: ['a secret of some length'], environment: {} });

function readerOf(format: 'stream-json' | 'unknown'): OutputReader {
  const nothing = (): void => undefined;
  const emit = (): Promise<void> => Promise.resolve();
  return new OutputReader({
    processId: 'p',
    attempt: 1,
    format,
    redactor,
    emit,
    onMessage: nothing,
    onResult: nothing,
  });
}

/** Takes a text byte by byte, as a program without a buffer writes it. */
async function takeByByte(reader: OutputReader, stream: 'stdout' | 'stderr', text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 1) await reader.take(stream, bytes.subarray(at, at + 1));
}

const count = 60_000;

describe('R31: output that comes byte by byte costs about as much memory as it is long', () => {
  test.each([
    ['the beginning of a line of JSON', 'stream-json', 'stdout', `{"type":"assistant","x":"${'x'.repeat(count)}`],
    ['the first line of a program that may be the CLI', 'unknown', 'stdout', `{"type":"${'x'.repeat(count)}`],
    ['blanks before the first line', 'unknown', 'stdout', ' '.repeat(count)],
    ['the output of a plain program', 'unknown', 'stdout', 'x'.repeat(count)],
    ['standard error', 'unknown', 'stderr', 'x'.repeat(count)],
  ] as const)('%s', async (...[, format, stream, text]) => {
    const reader = readerOf(format);
    const before = inUse();
    await takeByByte(reader, stream, text);
    // A list of the pieces would take more than twice as much.
    expect(inUse() - before).toBeLessThan(100 * count);
    await reader.end();
  });
});

test('R31: a read is forgotten when it is written, however many there are', async () => {
  const used: number[] = [];
  async function* bytes(): AsyncIterable<Buffer> {
    for (let read = 0; read <= 4 * count; read += 1) {
      // As from a pipe: not all of them within one turn of the event loop.
      if (read % 100 === 0) await immediate();
      if (read === count || read === 4 * count) used.push(inUse());
      yield Buffer.from('x');
    }
  }
  const nothing = (): void => undefined;
  await new Pump(Readable.from(bytes()), {
    readAhead: new ReadAhead(),
    onOutput: () => Promise.resolve(),
    onData: nothing,
    onHold: nothing,
    onFault: nothing,
  }).ended;
  const [early = 0, late = 0] = used;
  // For each of the reads between, less than anything that could be kept of it.
  expect(late - early).toBeLessThan(20 * 3 * count);
});

describe('output that comes byte by byte is what it is in one piece', () => {
  test('as messages of the CLI', async () => {
    const text = `\n \n${JSON.stringify(initMessage())}\n${JSON.stringify(resultMessage('Fine: é漢👩‍💻.'))}`;
    const whole = readerOf('unknown');
    void whole.take('stdout', Buffer.from(text));
    const parts = readerOf('unknown');
    await takeByByte(parts, 'stdout', text);
    const said = await parts.end();
    expect(said).toEqual(await whole.end());
    expect(said.result?.text).toBe('Fine: é漢👩‍💻.');
  });

  test('as the end of standard error', async () => {
    const text = `${'é'.repeat(100_000)} the end`;
    const whole = readerOf('unknown');
    void whole.take('stderr', Buffer.from(text));
    const parts = readerOf('unknown');
    await takeByByte(parts, 'stderr', text);
    expect((await parts.end()).stderr).toBe((await whole.end()).stderr);
  });
});

test('a line that is too long is forgotten, and the next one is read', () => {
  const splitter = new LineSplitter(10);
  const lines = [...'123456789012\nnext\n'].flatMap((character) => splitter.push(Buffer.from(character)));
  expect(lines).toEqual([
    { kind: 'too-long', bytes: 12 },
    { kind: 'line', text: 'next' },
  ]);
});

test('what is held until the format is known is given in one piece', () => {
  const detector = new FormatDetector();
  expect(detector.push(Buffer.from('  {"type":'), false)).toBeUndefined();
  expect(detector.push(Buffer.from('1}\n'), false)).toEqual({
    format: 'plain',
    bytes: new Uint8Array(Buffer.from('  {"type":1}\n')),
  });
});

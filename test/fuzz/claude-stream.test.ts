import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { parseMessage } from '../../src/agents/claude/messages.ts';
import { outcomeOf } from '../../src/agents/claude/outcome.ts';
import { OutputReader, type Transcript } from '../../src/agents/claude/output-reader.ts';
import { outputLimitBytes } from '../../src/agents/plain/plain-output.ts';
import type { AttemptOutcome } from '../../src/model/attempt.ts';
import type { Sink } from '../../src/model/event.ts';
import { redactedResult } from '../../src/model/redacted-fields.ts';
import { LineSplitter } from '../../src/process/line-splitter.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { consoleSink } from '../../src/reports/console.ts';
import { EventBus } from '../../src/session/event-bus.ts';
import { openSessionRecorder } from '../../src/session/session-recorder.ts';
import { FakeClock } from '../rig/fake-clock.ts';
import { fuzz } from '../rig/fuzz-test.ts';
import { disguises } from '../rig/hidden-secrets.ts';
import { hostileJson } from '../rig/hostile-data.ts';
import { hostileStream, spoiledMessage } from '../rig/hostile-stream.ts';
import { cutPlaces, hostileBytes, hostileText, piecesOf } from '../rig/hostile-text.ts';
import { processResult } from '../rig/results.ts';
import { readings, secretValue } from '../rig/secret-search.ts';
import { sessionEnded, sessionStarted } from '../rig/session-events.ts';
import * as message from '../rig/stream-messages.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let place: TemporaryDirectory;
beforeAll(async () => {
  place = await temporaryDirectory();
});
afterAll(() => place[Symbol.asyncDispose]());

const noRedactor = createRedactor({ values: [], environment: {} });

/** Takes in what a child wrote to standard output, piece by piece. */
async function takeIn(
  pieces: readonly Buffer[],
  format: 'stream-json' | 'unknown' = 'stream-json',
): Promise<Transcript> {
  const { emit } = new EventBus({ sinks: [], redactor: noRedactor, clock: new FakeClock() });
  const nothing = (): void => undefined;
  const reader = new OutputReader({
    processId: 'p0',
    attempt: 1,
    format,
    redactor: noRedactor,
    emit,
    onMessage: nothing,
    onResult: nothing,
  });
  for (const piece of pieces) await reader.take('stdout', piece);
  return reader.end();
}

const exits = fc.constantFrom({ code: 0, signal: null }, { code: 1, signal: null }, { code: null, signal: 'SIGKILL' });

function judged(transcript: Transcript, exit: { code: number | null; signal: string | null }): AttemptOutcome {
  return outcomeOf({
    end: { kind: 'exited', exit, resultFirst: false } as Parameters<typeof outcomeOf>[0]['end'],
    transcript,
    schemaGiven: false,
    denialsFail: true,
    now: new Date(),
  });
}

fuzz(
  'whatever a line holds, it is entries of a conversation or no message',
  {
    of: fc.oneof(
      spoiledMessage.map((whole) => JSON.stringify(whole)),
      hostileJson,
      hostileText,
      hostileJson.map((json) => `{"type":"result","usage":${json}}`),
    ),
    runs: 3000,
  },
  (line) => {
    const message = parseMessage(line);
    if (message === undefined) return;
    for (const { kind } of message.entries) expect(kind).toMatch(/^[a-z-]+$/u);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
);

fuzz(
  'lines come out whole and alike however the bytes are cut',
  {
    of: fc.record({
      bytes: fc.oneof(hostileBytes, hostileStream),
      places: cutPlaces,
      limit: fc.integer({ min: 1, max: 5000 }),
    }),
    runs: 500,
  },
  ({ bytes, places, limit }) => {
    const linesOf = (pieces: readonly Buffer[]) => {
      const splitter = new LineSplitter(limit);
      return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
    };
    expect(linesOf(piecesOf(bytes, places))).toEqual(linesOf([bytes]));
  },
);

fuzz(
  'whatever a child says, and however it comes, it gets the same verdict, with a result that JSON can hold',
  {
    of: fc.record({
      stream: hostileStream,
      places: cutPlaces,
      exit: exits,
      format: fc.constantFrom('stream-json' as const, 'unknown' as const),
    }),
    runs: 500,
  },
  async ({ stream, places, exit, format }) => {
    const outcome = judged(await takeIn([stream], format), exit);
    expect(judged(await takeIn(piecesOf(stream, places), format), exit)).toEqual(outcome);
    expect(Buffer.byteLength(outcome.output)).toBeLessThanOrEqual(outputLimitBytes);
    expect(outcome.exitCode === 0).toBe(outcome.ending.status === 'succeeded');
    if (exit.code !== 0) expect(outcome.ending.status).toBe('failed');
    JSON.stringify(noRedactor.payload(outcome));
  },
);

const leaks = fc.record({
  secrets: fc.array(secretValue, { minLength: 1, maxLength: 2 }),
  hidden: fc.array(
    fc.record({ disguise: fc.constantFrom(...disguises), pick: fc.nat(1), around: hostileText, message: fc.nat(5) }),
    { minLength: 1, maxLength: 5 },
  ),
  noise: hostileStream,
  stderr: hostileBytes,
  places: cutPlaces,
});

type Leaks = typeof leaks extends fc.Arbitrary<infer T> ? T : never;

function wordsOf({ secrets, hidden }: Leaks): readonly string[] {
  return hidden.map(
    ({ disguise, pick, around }) => `${around}\n${disguise.printed(secrets[pick % secrets.length] ?? '')}\n${around}`,
  );
}

/** Messages with a secret in each, between messages that are broken. */
function leakingStream(given: Leaks): Buffer {
  const lines = wordsOf(given).map((words, index) => {
    const made = [
      message.assistantText(words),
      message.toolUse('Bash', { command: words, [words]: words }),
      message.toolResult(words),
      message.permissionDenied(words),
      message.apiRetry({ error: words }),
      message.resultMessage(words, {
        structured_output: { words },
        permission_denials: [{ tool_name: words, tool_use_id: words }],
      }),
    ];
    return Buffer.from(`\n${JSON.stringify(made[given.hidden[index]?.message ?? 0])}\n`);
  });
  return Buffer.concat([
    ...lines,
    given.noise,
    Buffer.from('\n'),
    Buffer.from(JSON.stringify(message.resultMessage(wordsOf(given).join('')))),
  ]);
}

fuzz(
  'no secret that a child says reaches an event, a file, a console or a result, wherever its words are cut',
  { of: leaks, runs: 60 },
  async (given) => {
    const redactor = createRedactor({ values: given.secrets, environment: {} });
    const seen: string[] = [];
    const watcher: Sink = { name: 'watcher', handle: (event) => void seen.push(JSON.stringify(event, bytesAsText)) };
    const lines = consoleSink({ reader: 'job', write: (line) => seen.push(line) });
    const logs = await openSessionRecorder({ base: place.path, startedAt: new Date() });
    const bus = new EventBus({ sinks: [...logs.sinks, lines, watcher], redactor, clock: new FakeClock() });
    const { emit } = bus;
    await emit(sessionStarted(['p0']));
    const nothing = (): void => undefined;
    const reader = new OutputReader({
      processId: 'p0',
      attempt: 1,
      format: 'stream-json',
      redactor,
      emit,
      onMessage: nothing,
      onResult: nothing,
    });
    for (const piece of piecesOf(leakingStream(given), given.places)) await reader.take('stdout', piece);
    const stderr = Buffer.concat([given.stderr, ...wordsOf(given).map((words) => Buffer.from(`\n${words}\n`))]);
    for (const piece of piecesOf(stderr, given.places)) await reader.take('stderr', piece);
    const {
      ending: _ending,
      killedAfterResult: _killed,
      outputTruncated: _cut,
      ...details
    } = judged(await reader.end(), { code: 0, signal: null });
    const result = redactedResult(
      processResult('p0', { status: 'succeeded' }, { ...details, permissionDenials: [...details.permissionDenials] }),
      redactor,
    );
    await emit({ type: 'process-ended', result });
    await emit(sessionEnded([result]));
    await bus.close();
    expect(seen.filter((text) => text.includes('was left out from then on'))).toEqual([]);
    const files = logs.files.map((path) => readFileSync(path, 'utf8'));
    expect(files.length).toBeGreaterThanOrEqual(6);
    return () => {
      for (const text of [...files, ...seen, JSON.stringify(result)])
        for (const secret of given.secrets)
          expect(readings(text).some((reading) => reading.includes(secret))).toBe(false);
    };
  },
);

function bytesAsText(_key: string, value: unknown): unknown {
  const { type, data } = (typeof value === 'object' && value !== null ? value : {}) as {
    type?: unknown;
    data?: number[];
  };
  return type === 'Buffer' && Array.isArray(data) ? Buffer.from(data).toString() : value;
}

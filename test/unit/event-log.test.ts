import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { EnsembleEvent, EnsembleFact, PlannedPolicy } from '../../src/model/event.ts';
import { EventReader, parseEventLine } from '../../src/record/event-reader.ts';
import { eventLine } from '../../src/record/event-schema.ts';
import { openSessionRecorder } from '../../src/session/session-recorder.ts';
import { processResult } from '../rig/results.ts';
import {
  closeAll,
  eventTime,
  finalResult,
  play,
  processEnded,
  processMessage,
  processOutput,
  processRetrying,
  processStarted,
  sessionEnded,
  sessionStarted,
} from '../rig/session-events.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let place: TemporaryDirectory;
beforeAll(async () => {
  place = await temporaryDirectory();
});
afterAll(() => place[Symbol.asyncDispose]());

interface Node {
  readonly type?: string;
  readonly [key: string]: unknown;
}

/** The strings of a JSON schema that hold just anything and are not marked. */
function unmarked(node: unknown, path: string): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, ...rules } = node as Node;
  const isPlain = type === 'string' && !['pattern', 'enum', 'const', 'freeText'].some((rule) => rule in rules);
  return [
    ...(isPlain ? [path] : []),
    ...Object.entries(node).flatMap(([key, value]) => unmarked(value, `${path}/${key}`)),
  ];
}

test('every string of the log has a pattern, is one of a list, or is marked as text of others', () => {
  const schema = z.toJSONSchema(eventLine);
  expect(unmarked(schema, '')).toEqual([]);
  expect(JSON.stringify(schema).match(/"freeText":true/g)?.length).toBeGreaterThan(20);
});

const result = processResult(
  'a',
  { status: 'failed', reason: 'signal' },
  {
    ...{ childExit: { code: null, signal: 'SIGSEGV' }, structuredOutput: { z: 1, a: [null] }, costUsd: 0.5 },
    usageByModel: { opus: { inputTokens: 1, outputTokens: 2, cacheReadTokens: 3, cacheWriteTokens: 4 } },
  },
);

const planned = {
  ...{ processId: 'a', name: 'a', model: 'opus', timeoutMs: 1000, maxTurns: 3, maxBudgetUsd: 0.5 },
  fingerprint: { prompt: 'a'.repeat(64) },
};
const policy: PlannedPolicy = {
  failOn: { kind: 'share', percent: 10 },
  ...{ onDenied: 'warn', maxWorkers: 3, retries: 2, idleTimeoutMs: 1, totalTimeoutMs: 2, maxBudgetUsd: 3 },
};

/** One event of each type, between the first and the last of a session. */
function happenings(directory: string): readonly EnsembleFact[] {
  return [
    { type: 'notice', level: 'info', message: 'ahead of the start' },
    sessionStarted(['a'], { directory, title: 'Nightly', processes: [planned], policy }),
    processStarted('a'),
    processOutput('a', 'raw output'),
    processMessage('a', finalResult('a message')),
    {
      ...{
        type: 'process-attempt-ended',
        processId: 'a',
        attempt: 1,
        status: 'failed',
        reason: 'quota',
        costUsd: 0.25,
      },
      ...{ chargedUsd: 0.25, usage: { inputTokens: 1, outputTokens: 2, cacheReadTokens: 3, cacheWriteTokens: 4 } },
      ...{ childExit: { code: 1, signal: null }, retryAt: eventTime, survivorsKilled: 2 },
      permissionDenials: [{ toolName: 'Bash', toolUseId: 'x' }],
    },
    processRetrying('a'),
    { type: 'notice', level: 'info', message: 'starts are held', starts: 'held', until: eventTime },
    { type: 'process-started', processId: 'a', attempt: 2, pid: undefined },
    { type: 'notice', level: 'warning', message: 'odd', processId: 'a' },
    { type: 'heartbeat', running: [{ processId: 'a', name: 'a' }], waiting: 0, done: 0 },
    { type: 'session-interrupted', signal: 'SIGINT' },
    { type: 'process-stopping', processId: 'a', attempt: 2, cause: 'cancelled', signal: 'SIGTERM' },
    processEnded(result),
    sessionEnded([{ ...result, logFile: join(directory, 'a.log'), logIncomplete: true }]),
  ];
}

const live: ReadonlySet<string> = new Set(['process-output', 'process-message', 'heartbeat']);

test('the log holds every event but live ones, numbered, timed and without a path of ours, and gives them back', async () => {
  const logs = await openSessionRecorder({ base: place.path, startedAt: new Date() });
  const facts = happenings(logs.directory);
  await play(logs.sinks, facts);
  await closeAll(logs.sinks);
  const text = readFileSync(join(logs.directory, 'events.jsonl'), 'utf8');
  expect(text).not.toContain(logs.directory);
  expect(text).not.toContain('/usr/bin/claude');
  const lines = text.trimEnd().split('\n');
  const parsed = lines.map((line) => parseEventLine(line));
  expect(parsed.map((line) => line?.seq)).toEqual(lines.map((_, index) => index + 1));
  expect(parsed.map((line) => line?.schemaVersion)).toEqual(lines.map((_, index) => (index === 0 ? 1 : undefined)));
  const times = parsed.map((line) => line?.t ?? Number.NaN);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  const reader = new EventReader({ directory: logs.directory, executable: 'Claude Code 2.1.330 at /usr/bin/claude' });
  const events: readonly (EnsembleEvent | undefined)[] = lines.map((line) => reader.read(line));
  expect(events).toEqual(facts.filter(({ type }) => !live.has(type)).map((fact) => ({ ...fact, at: eventTime })));
});

test.each([
  ['is cut off', (line: string) => line.slice(0, -1)],
  ['is no event', () => '{"seq":1}'],
  ['holds a field that we do not write', (line: string) => line.replace('{', '{"more":1,')],
  ['is of another version', (line: string) => line.replace('"schemaVersion":1', '"schemaVersion":2')],
  ['does not follow the one before', (line: string) => line.replace('"seq":1', '"seq":3')],
])('a line that %s is not read', (_title, change) => {
  const line = `{"schemaVersion":1,"seq":1,"t":0,"at":"${eventTime}","type":"notice","level":"info","message":"x"}`;
  const read = (text: string) => new EventReader({ directory: '/' }).read(text);
  expect(read(line)).toEqual({ at: eventTime, type: 'notice', level: 'info', message: 'x' });
  expect(read(change(line))).toBeUndefined();
});

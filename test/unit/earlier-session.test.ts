import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { appendFileSync, linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedLines, logLimits } from '../../src/record/bounded-lines.ts';
import { type EarlierSession, readEarlierSession } from '../../src/record/earlier-session.ts';
import { eventLog } from '../../src/record/event-log.ts';
import { parseResumable } from '../../src/record/resumable-events.ts';
import { readRecordedFindings } from '../../src/session/recorded-findings.ts';
import { processResult } from '../rig/results.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const sessionId = '20260101-120000-000-0123abcd';
const hash = 'a'.repeat(64);
const head = { schemaVersion: 1, seq: 1, t: 0, at: '2026-01-01T12:00:00.000Z' };
const session = {
  ...{ ...head, type: 'session-started', sessionId, pattern: 'parallel', processes: [] },
  ...{ trust: { level: 'trusted', why: 'a push' }, offline: false, executable: 'x' },
};
const process = (id: string) => ({
  ...session,
  processes: [{ processId: id, name: id, fingerprint: { prompt: hash } }],
});
const result = (id: string, fields: object = {}) => ({
  ...{ seq: 2, t: 1, at: head.at, type: 'process-ended' },
  result: { ...processResult(id), ...fields },
});

/** A directory with a log of these lines; what is no text is made JSON. */
async function directoryOf(...lines: readonly (object | string)[]) {
  const directory = await temporaryDirectory();
  mkdirSync(directory.join('outputs'));
  const written = lines.map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`));
  writeFileSync(directory.join('events.jsonl'), written.join(''));
  const idsTaken = async (): Promise<readonly string[] | string> => {
    const read = await readEarlierSession(directory.path);
    return 'fault' in read ? read.fault : [...read.successes.keys()];
  };
  return { directory, idsTaken, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

test('what a session has written another reads: the session, its successes, their fingerprints', async () => {
  const lines: string[] = [];
  const file = { append: async (line: unknown) => void lines.push(String(line)), close: async () => undefined };
  const sink = eventLog(file, () => 0);
  const trust = { level: 'untrusted', why: 'a fork' } as const;
  await sink.handle({
    ...{ type: 'session-started', at: head.at, sessionId, directory: '/logs', pattern: 'parallel', executable: 'x' },
    ...{ trust, offline: true, processes: [{ processId: 'a', name: 'A', fingerprint: { prompt: hash } }] },
  });
  const structuredOutput = { list: [1, null, { deep: 'x' }] };
  const a = processResult('a', { status: 'succeeded' }, { structuredOutput, model: 'opus', costUsd: 3 });
  await sink.handle({ type: 'process-ended', at: head.at, result: a });
  await using place = await directoryOf(lines.join(''));
  const read = (await readEarlierSession(place.directory.path)) as EarlierSession;
  expect(read).toMatchObject({ sessionId, trust: 'untrusted', offline: true, hasEnded: false });
  expect(read.successes.get('a')).toMatchObject({
    ...{ output: 'output of a', structuredOutput, model: 'opus' },
  });
  expect(read.fingerprints).toEqual(new Map([['a', { prompt: hash }]]));
  expect(read.successes.get('a')).not.toHaveProperty('costUsd');
});

test('a last line that is torn anywhere costs that line only', async () => {
  const last = JSON.stringify(result('b'));
  for (const length of [1, 20, last.length - 1]) {
    await using place = await directoryOf(session, process('a'), process('b'), result('a'), last.slice(0, length));
    expect(await place.idsTaken()).toEqual(['a']);
  }
});

test.each<readonly [string, readonly (object | string)[]]>([
  ['a torn line in the middle', [session, '{"schema\n', process('a')]],
  ['no session', [result('a')]],
  ['an empty file', []],
  ['another version', [{ ...session, schemaVersion: 2 }]],
  ['a session whose id is a text of its own', [{ ...session, sessionId: '<script>alert(1)</script>' }]],
  ['no JSON at all', ['\0\x01\x02'.repeat(1000)]],
])('%s is no session to go on from', async (_title, lines) => {
  await using place = await directoryOf(...lines);
  expect(await place.idsTaken()).toMatch(/events\.jsonl is damaged, or was written by another version\.$/);
});

test('a session of the first version, which kept another record, is named as such', async () => {
  await using place = await temporaryDirectory();
  writeFileSync(place.join('session.jsonl'), '{}\n');
  expect(await readEarlierSession(place.path)).toEqual({ fault: expect.stringContaining('version 0.1.0') });
});

test.each<readonly [string, object]>([
  ['a failure', result('a', { status: 'failed', reason: 'exit-code' })],
  ['an output over 1 MiB', result('a', { output: 'x'.repeat(1024 * 1024 + 1) })],
  ['a session id with markup', result('a', { resumedFrom: '<b>' })],
  ['a text for a number', result('a', { numTurns: 'many' })],
  ['an unknown status', result('a', { status: 'excellent' })],
  ['a kind of line that is new', { ...head, type: 'comment' }],
  ['a result without a process', result('unknown')],
])('%s is not taken over, and spoils no other line', async (_title, line) => {
  await using place = await directoryOf(session, process('a'), process('b'), line, result('b'));
  expect(await place.idsTaken()).toEqual(['b']);
});

test('of several results of a process the last one counts', async () => {
  const failed = result('a', { status: 'failed', reason: 'exit-code' });
  await using place = await directoryOf(session, process('a'), result('a'), failed);
  expect(await place.idsTaken()).toEqual([]);
});

test('a fingerprint whose parts are not named as ours are is none: the name would be shown to people', async () => {
  const hostile = { ...session, processes: [{ processId: 'a', name: 'a', fingerprint: { '::error::x': hash } }] };
  await using place = await directoryOf(session, hostile, result('a'));
  expect(await place.idsTaken()).toEqual([]);
});

test('ids and keys such as __proto__ are only text', async () => {
  const text = JSON.stringify(result('__proto__', { structuredOutput: {} })).replace(
    '"structuredOutput":{}',
    '"structuredOutput":{"__proto__":{"polluted":1}}',
  );
  await using place = await directoryOf(session, process('__proto__'), `${text}\n`);
  expect(await place.idsTaken()).toEqual(['__proto__']);
  expect({}).not.toHaveProperty('polluted');
});

test('whatever a line holds, reading it does not throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void parseResumable(line)));
  expect(parseResumable('['.repeat(1_000_000))).toBeUndefined();
  expect(parseResumable(`{"type":"process-ended","result":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}`)).toEqual({
    type: 'other',
  });
});

test.each<readonly [string, (logFile: string, elsewhere: string) => void, RegExp]>([
  ['a link', (file, elsewhere) => symlinkSync(elsewhere, file), /symbolic link/],
  ['a second name of another file', (file, elsewhere) => linkSync(elsewhere, file), /no file of its own/],
  ['a directory', (file) => mkdirSync(file), /no file of its own/],
  ['a named pipe', (file) => execFileSync('mkfifo', [file]), /no file of its own/],
  ['nothing', () => undefined, /is not there/],
  [
    'too large',
    (file) => {
      writeFileSync(file, '');
      truncateSync(file, 2 * 1024 ** 3);
    },
    /it has 2147483648 bytes/,
  ],
])('a log that is %s is not read', async (_title, make, cause) => {
  await using elsewhere = await directoryOf(session, process('a'), result('a'));
  await using place = await temporaryDirectory();
  make(place.join('events.jsonl'), elsewhere.directory.join('events.jsonl'));
  expect(await readEarlierSession(place.path)).toEqual({ fault: expect.stringMatching(cause) });
});

test('a file in the place of a session is called one', async () => {
  await using place = await temporaryDirectory();
  writeFileSync(place.join('file'), '');
  const cause = `${JSON.stringify(place.join('file'))}: it is a file; a session is a directory.`;
  expect(await readEarlierSession(place.join('file'))).toEqual({ fault: `no session can be read from ${cause}` });
  expect(await readRecordedFindings(place.join('file'), place.path)).toBe(cause);
});

test.each<readonly [string, () => Iterable<string>, RegExp]>([
  ['one line without an end', () => repeated('"x', 33), /events\.jsonl has a line of more than 33554432 bytes\.$/],
  ['a line of tiny values', () => ['[', ...repeated('{},', 1)], /has a line of more than 250000 values\.$/],
  [
    'many lines of tiny values',
    () => Array(11).fill(`[${'1,'.repeat(200_000)}1]\n`),
    /has more than 2000000 values\.$/,
  ],
  ['a deep line', () => ['['.repeat(2000)], /has a line that is nested more than 1000 deep\.$/],
])('a log of %s is refused before it is held in memory', async (_title, parts, message) => {
  await using place = await directoryOf(session);
  for (const part of parts()) appendFileSync(place.directory.join('events.jsonl'), part);
  expect(await place.idsTaken()).toMatch(message);
});

/** The lines of a log for which these limits hold in the place of the real ones. */
function linesWithin(limits: Partial<typeof logLimits>, text: string): Promise<readonly string[]> {
  return Readable.from(boundedLines(Readable.from([Buffer.from(text)]), { ...logLimits, ...limits })).toArray();
}

test('a log of more lines than are allowed is refused, however short they are', async () => {
  expect(logLimits.lines).toBe(2_000_000);
  expect(await linesWithin({ lines: 3 }, '{}\n'.repeat(3))).toHaveLength(3);
  await expect(linesWithin({ lines: 3 }, '{}\n'.repeat(4))).rejects.toThrow('has more than 3 lines');
});

/** So many MiB of a text again and again. */
function* repeated(text: string, mebibytes: number): Generator<string> {
  const one = text.repeat(Math.ceil(1024 ** 2 / text.length));
  for (let left = mebibytes; left > 0; left -= 1) yield one;
}

test('a session of many processes that used many tools is read, however many values its short lines have', async () => {
  const phase = { seq: 3, t: 12, at: head.at, type: 'process-phase', processId: 'a', attempt: 1 };
  const line = `${JSON.stringify({ ...phase, phase: { kind: 'tool', tool: 'Read' } })}\n`;
  expect(await linesWithin({ values: 100 }, line.repeat(1_000))).toHaveLength(1_000);
  const long = `${JSON.stringify({ ...phase, list: Array(150).fill(1) })}\n`;
  await expect(linesWithin({ values: 100 }, long)).rejects.toThrow('has more than 100 values');
});

test('text that only looks like structure is text: brackets, commas and quotes in an output', async () => {
  const output = '[{,"\\'.repeat(150_000);
  await using place = await directoryOf(session, process('a'), result('a', { output }));
  expect(await place.idsTaken()).toEqual(['a']);
});

test('lines are whole however the file is cut into reads', async () => {
  const lines = ['a', '', 'ü'.repeat(9), '"', 'end'];
  const bytes = Buffer.from(lines.join('\n'));
  for (const size of [1, 2, 7, 100]) {
    const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    expect(await Readable.from(boundedLines(Readable.from(cut))).toArray()).toEqual(lines);
  }
});

test('outputs that are huge together are not copied: the first 1 MiB in the log stands for the rest', async () => {
  await using place = await directoryOf(session);
  for (const id of ['a', 'b']) {
    writeFileSync(place.directory.join('outputs', `${id}.md`), '');
    truncateSync(place.directory.join('outputs', `${id}.md`), 700 * 1024 ** 2);
  }
  const read = (await readEarlierSession(place.directory.path)) as EarlierSession;
  await using first = await read.openOutput('a');
  expect(first).toBeDefined();
  expect(await read.openOutput('b')).toBeUndefined();
});

test('an output is read only where it is a file of the session', async () => {
  await using elsewhere = await temporaryDirectory();
  writeFileSync(elsewhere.join('a.md'), 'of someone else');
  await using place = await directoryOf(session);
  const outputs = place.directory.join('outputs');
  writeFileSync(`${outputs}/own.md`, 'mine');
  symlinkSync(elsewhere.join('a.md'), `${outputs}/link.md`);
  const read = (await readEarlierSession(place.directory.path)) as EarlierSession;
  await using own = await read.openOutput('own');
  expect(own && (await text(own.createReadStream()))).toBe('mine');
  expect(await read.openOutput('link')).toBeUndefined();

  await using linked = await directoryOf(session);
  execFileSync('rmdir', [linked.directory.join('outputs')]);
  symlinkSync(elsewhere.path, linked.directory.join('outputs'));
  expect(await ((await readEarlierSession(linked.directory.path)) as EarlierSession).openOutput('a')).toBeUndefined();
});

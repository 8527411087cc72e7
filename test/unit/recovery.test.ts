import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { recoverLeft } from '../../src/frontends/action/recovered-documents.ts';
import type { EnsembleFact } from '../../src/model/event.ts';
import { eventLog } from '../../src/record/event-log.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { findingsLines } from '../../src/reports/findings-section.ts';
import { documentsOf } from '../../src/reports/session-documents.ts';
import { recoverSession } from '../../src/session/recovery.ts';
import { finding, reviewer } from '../rig/findings.ts';
import { joined, sourcesIn } from '../rig/replayed-session.ts';
import { processResult } from '../rig/results.ts';
import {
  eventTime,
  play,
  processEnded,
  processRetrying,
  processStarted,
  sessionEnded,
  sessionStarted,
} from '../rig/session-events.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const sessionId = '20261122-102030-456-0123abcd';
const done = processResult('done', { status: 'succeeded' }, { output: 'Fine.' });
const facts: readonly EnsembleFact[] = [
  sessionStarted(['done', 'runs', 'retried', 'waits']),
  processStarted('done'),
  processStarted('runs'),
  processEnded(done),
  processStarted('retried'),
  {
    type: 'process-attempt-ended',
    processId: 'retried',
    attempt: 1,
    status: 'failed',
    reason: 'overloaded',
    costUsd: 0.5,
    permissionDenials: [],
  },
  processRetrying('retried'),
];

/** The log of a session that was killed then. */
async function logOf(told: readonly EnsembleFact[]): Promise<string> {
  const written: string[] = [];
  const append = (line: Uint8Array | string): Promise<void> => {
    written.push(String(line));
    return Promise.resolve();
  };
  await play([eventLog({ append, close: async () => undefined }, () => 0)], told);
  return written.join('');
}

const log = await logOf(facts);
const lines = log.split('\n');

function recover(...chunks: readonly (string | Uint8Array)[]) {
  const options = {
    sessionId,
    directory: `/logs/${sessionId}`,
    holds: (name: string) => ['done.log', 'runs.log'].includes(name),
  };
  return recoverSession(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), options);
}

test('what ran when the step was killed is cancelled, what waited is skipped, and every document says that it was recovered', async () => {
  const recovery = await recover(log);
  if (recovery.kind === 'refused') throw new Error(recovery.cause);
  const { conclusion, verdict, results } = recovery.state.ended ?? {};
  expect(conclusion).toBe('cancelled');
  expect(verdict).toBe(
    'Cancelled: recovered, not verified, after the step was killed; 1 of 4 processes succeeded; 2 cancelled; 1 skipped (session cancelled).',
  );
  expect(results).toMatchObject([
    { ...done, logFile: `/logs/${sessionId}/done.log` },
    { processId: 'runs', status: 'cancelled', logFile: `/logs/${sessionId}/runs.log`, logIncomplete: true },
    { processId: 'retried', status: 'cancelled', attempts: 1, startedAt: eventTime, costUsd: 0.5 },
    { processId: 'waits', status: 'skipped', reason: 'session-cancelled', attempts: 0, duration: 0 },
  ]);
  expect(results?.map((result) => [result.logFile !== undefined, result.logIncomplete === true])).toEqual([
    ...[
      [true, false],
      [true, true],
      [false, false],
      [false, false],
    ],
  ]);
  expect(recovery.state.done).toBe(4);
  for (const [name, textOf] of documentsOf(recovery.state))
    expect(await joined(textOf(recovery.state, sourcesIn(undefined))), name).toMatch(/recovered, not verified/i);
});

/** So many seconds after the first event. */
const after = (seconds: number): string => new Date(Date.parse(eventTime) + seconds * 1000).toISOString();

/** The log of a session whose facts came at these times. */
async function timedLog(told: readonly (EnsembleFact & { readonly seconds: number })[]): Promise<string> {
  const written: string[] = [];
  const append = async (line: Uint8Array | string): Promise<void> => void written.push(String(line));
  const sink = eventLog({ append, close: async () => undefined }, () => 0);
  for (const { seconds, ...fact } of told) await sink.handle({ ...(fact as EnsembleFact), at: after(seconds) });
  return written.join('');
}

const attemptEnded = (attempt: number, costUsd: number): EnsembleFact => ({
  ...{ type: 'process-attempt-ended', processId: 'a', attempt, status: 'failed', reason: 'overloaded' },
  ...{ costUsd, permissionDenials: [] },
});

test('what a process cost in all its attempts, how long it ran, and what had interrupted the session are known afterwards', async () => {
  const recovery = await recover(
    await timedLog([
      { ...sessionStarted(['a', 'b']), seconds: 0 },
      { ...processStarted('a'), seconds: 5 },
      { ...attemptEnded(1, 0.5), seconds: 10 },
      { ...processStarted('a', 2), seconds: 12 },
      // The clock was set back by a minute.
      { ...processStarted('b'), seconds: 80 },
      { ...attemptEnded(2, 0.25), seconds: 20 },
      { type: 'session-interrupted', signal: 'SIGTERM', seconds: 25 },
    ]),
  );
  if (recovery.kind === 'refused') throw new Error(recovery.cause);
  const { results = [], verdict, totals } = recovery.state.ended ?? {};
  expect(results.map(({ costUsd, duration, attempts }) => [costUsd, duration, attempts])).toEqual([
    [0.75, 20, 2],
    [undefined, 0, 1],
  ]);
  expect(totals).toMatchObject({ costUsd: 0.75, durationSeconds: 25 });
  expect(verdict).toContain('SIGTERM');
});

test('a session that had ended before the step was killed keeps its end', async () => {
  const told = [sessionStarted(['done']), processStarted('done'), processEnded(done), sessionEnded([done])];
  const recovery = await recover(await logOf(told));
  expect(recovery).toMatchObject({ kind: 'recovered', hadEnded: true, processIds: ['done'] });
  expect(recovery.kind === 'recovered' && recovery.state.ended).toMatchObject({ conclusion: 'success' });
  expect(await recover(log)).toMatchObject({ hadEnded: false });
});

test('a log that was cut off at any byte is recovered up to there, or is refused for telling of no session', async () => {
  const bytes = Buffer.from(log);
  const first = lines[0]?.length ?? 0;
  // Whatever follows the bytes of a line, and each place within one line: the others are written alike.
  const ends = lines.map((_, index) => lines.slice(0, index).join('\n').length);
  const isTried = (length: number) => length % 11 === 0 || ends.some((end) => Math.abs(length - end) < 3);
  for (let length = 0; length <= bytes.length; length += 1) {
    if (!isTried(length)) continue;
    const recovery = await recover(bytes.subarray(0, length));
    expect(recovery.kind, `${length} bytes`).toBe(length < first ? 'refused' : 'recovered');
    if (recovery.kind === 'recovered') expect(recovery.state.ended?.results).toHaveLength(4);
  }
});

const [start = '', ...rest] = lines;

test.each<[string, readonly (string | Uint8Array)[], RegExp]>([
  ['nothing', [], /^does not tell of a session$/],
  ['a line of another', [start, '\n{"seq":2}\n', rest.join('\n')], /^has a line that is none of ours, the 2th$/],
  ['a forged status', [log.replace('"succeeded"', '"perfect"')], /^has a line that is none of ours/],
  ['a line that was taken out', [[start, ...rest.slice(1)].join('\n')], /^has a line that is none of ours/],
  ['a path for an id', [log.replaceAll('"done"', '"../done"')], /^has a line that is none of ours/],
  ['a newer version', [log.replace('"schemaVersion":1', '"schemaVersion":2')], /^is of another version: 2$/],
  ['another session', [log.replace('0123abcd', '0123abce')], /^is of another session: 20261122-102030-456-0123abce$/],
  ['bytes that are no text', [new Uint8Array(1000).fill(255), '\n', log], /^has a line that is none of ours/],
  ['a very long line', Array(40).fill('x'.repeat(1024 * 1024)), /^has a line of more than 33554432 bytes$/],
  ['too many values', [`[${'0,'.repeat(300_000)}0]\n`], /^has a line of more than 250000 values$/],
  ['a deep value', [`${'['.repeat(5000)}\n`], /^has a line that is nested more than 1000 deep$/],
])('a log with %s is refused, and the cause is named', async (_, chunks, cause) => {
  expect(await recover(...chunks)).toMatchObject({ kind: 'refused', cause: expect.stringMatching(cause) });
});

test('a log that nothing can be proven of is opened once: no link, one name, a size that fits, and redacted', async () => {
  await using place = await temporaryDirectory();
  const secret = 'sk-test-0123456789abcdef';
  const redactor = createRedactor({ values: [secret], environment: {} });
  const recoverAs = (name: string, make: (path: string) => void) => {
    const directory = place.join(name, sessionId);
    mkdirSync(directory, { recursive: true });
    make(join(directory, 'events.jsonl'));
    const staged = { directory: place.path, files: [], leftOut: [], [Symbol.asyncDispose]: async () => undefined };
    return recoverLeft({ directory, staged, redactor, unproven: true, findings: {} });
  };
  const other = place.join('other');
  writeFileSync(other, log.replace('Fine.', secret));
  const plain = await recoverAs('plain', (path) => writeFileSync(path, readFileSync(other)));
  expect(plain).toMatchObject({ kind: 'recovered', state: { ended: { results: [{ output: '***' }, {}, {}, {}] } } });
  const refused = (cause: string) => ({ kind: 'refused', cause: expect.stringContaining(cause) });
  expect(await recoverAs('absent', () => undefined)).toMatchObject(refused('ENOENT'));
  expect(await recoverAs('link', (path) => symlinkSync(other, path))).toMatchObject(refused('symbolic link'));
  expect(await recoverAs('name', (path) => linkSync(other, path))).toMatchObject(refused('no file of its own'));
  expect(await recoverAs('pipe', (path) => execFileSync('mkfifo', [path]))).toMatchObject(
    refused('no file of its own'),
  );
  const sparse = (path: string): void => {
    writeFileSync(path, '');
    truncateSync(path, 10_000_000_000);
  };
  expect(await recoverAs('sparse', sparse)).toMatchObject(refused('10000000000 bytes'));
});

test('reviewers that a killed session never asked are named, and its findings have their places', async () => {
  await using checkout = await temporaryDirectory();
  mkdirSync(checkout.join('src'));
  writeFileSync(checkout.join('src/a.ts'), '\n'.repeat(20));
  const role = { answerKind: 'findings' } as const;
  const told: readonly EnsembleFact[] = [
    sessionStarted([], {
      title: 'Night',
      processes: ['security', 'tests', 'style'].map((id) => ({ processId: id, name: id, ...role })),
    }),
    processStarted('security'),
    processEnded(reviewer('security', finding())),
    {
      type: 'processes-added',
      processes: [
        { processId: 'verify-1', name: 'verify-1', answerKind: 'finding-check', checkedFinding: 'a'.repeat(16) },
      ],
    },
    processStarted('tests'),
  ];
  const bytes = [Buffer.from(await logOf(told))];
  const options = { sessionId, directory: `/logs/${sessionId}`, holds: () => false, checkout: checkout.path };
  const untold = await recoverSession(Readable.from(bytes), options);
  expect(untold).toMatchObject({ state: { ended: { findings: { key: 'Night' } } } });
  const recovery = await recoverSession(Readable.from(bytes), { ...options, findingsKey: 'mine/' });
  if (recovery.kind === 'refused') throw new Error(recovery.cause);
  expect(recovery.state.ended?.findings).toMatchObject({
    ...{ key: 'mine/', reviewers: 3, answered: 1, findings: [{ place: { path: 'src/a.ts', line: 10 } }] },
  });
  expect(findingsLines(recovery.state)[0]).toBe(
    'findings: 1 nit; 1 of 3 reviewers answered; did not run: style (session cancelled), verify-1 (session cancelled); did not finish: tests (cancelled)',
  );
});

test('a session that was killed in its second run has not ended, and nothing of the first is lost', async () => {
  const first = await logOf([sessionStarted(['done']), processEnded(done), sessionEnded([done])]);
  const second = await logOf([sessionStarted(['next']), processStarted('next')]);
  const bytes = [Buffer.from(first + second)];
  const recovery = await recoverSession(Readable.from(bytes), { sessionId, directory: '/logs', holds: () => false });
  expect(recovery).toMatchObject({
    ...{ kind: 'recovered', hadEnded: false, processIds: ['done', 'next'] },
    state: { ended: { results: [{ status: 'succeeded' }, { status: 'cancelled', processId: 'next' }] } },
  });
});

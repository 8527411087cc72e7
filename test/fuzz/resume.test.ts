import { Buffer } from 'node:buffer';
import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { readEarlierSession } from '../../src/record/earlier-session.ts';
import { parseResumable } from '../../src/record/resumable-events.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { changedParts } from '../../src/session/fingerprint.ts';
import { takenResult, wholeOutput } from '../../src/session/resume-import.ts';
import { refusals, selectSuccesses } from '../../src/session/selection.ts';
import { fuzz } from '../rig/fuzz-test.ts';
import { hostileJson, hostileValue } from '../rig/hostile-data.ts';
import { hostileBytes, hostileText, hugeText } from '../rig/hostile-text.ts';
import { expectPlainLine } from '../rig/inert-text.ts';
import { planOf } from '../rig/plan.ts';
import { processResult, processSpec } from '../rig/results.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let place: TemporaryDirectory;
beforeAll(async () => {
  place = await temporaryDirectory();
  mkdirSync(place.join('outputs'));
});
afterAll(() => place[Symbol.asyncDispose]());

const head = { schemaVersion: 1, seq: 1, t: 0, at: '2026-01-01T12:00:00.000Z' };
const hash = 'a'.repeat(64);
const session = {
  ...{ ...head, type: 'session-started', sessionId: '20260101-120000-000-0123abcd', pattern: 'parallel' },
  ...{ trust: { level: 'trusted', why: '' }, offline: false, executable: 'x' },
  processes: [{ processId: 'p0', name: 'p0', fingerprint: { prompt: hash } }],
};

/** A line of a log: as we write it, with something hostile in it, or anything. */
const line = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom<object>(session, { ...head, type: 'session-ended' }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(hostileText, hostileText, hostileValue).map(([output, stderr, structuredOutput]) => ({
      ...head,
      type: 'process-ended',
      result: processResult('p0', { status: 'succeeded' }, { output, stderr, structuredOutput }),
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('processId', 'output', 'permissionDenials', 'resumedFrom', 'status', 'model'),
        hostileValue,
      )
      .map(([key, value]) => ({ ...head, type: 'process-ended', result: { ...processResult('p0'), [key]: value } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('sessionId', 'trust', 'offline', 'schemaVersion', 'type'), hostileValue)
      .map(([key, value]) => ({ ...session, [key]: value })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostileText, hostileText)
      .map(([name, value]) => ({ ...session, processes: [{ processId: 'p0', fingerprint: { [name]: value } }] })),
  },
);
const logText = fc
  .array(fc.oneof({ weight: 8, arbitrary: line.map((record) => JSON.stringify(record)) }, hostileJson, hostileText), {
    maxLength: 10,
  })
  .map((lines) => `${JSON.stringify(session)}\n${lines.join('\n')}\n`);
const log = fc.oneof(
  { weight: 6, arbitrary: logText.map((text) => Buffer.from(text)) },
  {
    weight: 1,
    arbitrary: fc.tuple(logText, fc.nat(5000)).map(([text, end]) => Buffer.from(text).subarray(0, end)),
  },
  { weight: 1, arbitrary: hostileBytes },
  { weight: 1, arbitrary: hugeText.map((text) => Buffer.from(text)) },
);

fuzz(
  'whatever a line of a log holds, it is an event or none',
  {
    of: fc.oneof(
      line.map((record) => JSON.stringify(record)),
      hostileJson,
      hostileText,
      hugeText,
    ),
    runs: 2000,
  },
  (text) => {
    parseResumable(text);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
);

fuzz(
  'whatever the directory of an earlier session holds, it is gone on from, or refused in a plain line',
  { of: fc.record({ log, output: hostileBytes }), runs: 400 },
  async ({ log: bytes, output }) => {
    writeFileSync(place.join('events.jsonl'), bytes);
    writeFileSync(place.join('outputs', 'p0.md'), output);
    const earlier = await readEarlierSession(place.path);
    if ('fault' in earlier) {
      expectPlainLine(earlier.fault);
      return;
    }
    const policy = { trust: { level: 'trusted', why: '' }, offline: true } as const;
    for (const refusal of refusals(earlier, policy)) expectPlainLine(refusal);
    const plan = planOf('sequential', [processSpec('p0')], { passOutput: true });
    const fingerprints = new Map([['p0', { prompt: 'b'.repeat(64) }]]);
    const selected = selectSuccesses({ earlier, plan, fingerprints });
    for (const notice of selected.notices) expectPlainLine(notice);
    for (const [id, result] of earlier.successes) {
      const fingerprint = earlier.fingerprints.get(id) ?? {};
      expect(changedParts(fingerprint, fingerprint)).toEqual([]);
      const taken = takenResult(processSpec(id), result, { sessionId: earlier.sessionId, at: new Date(0) });
      expect(taken).toMatchObject({ processId: id, status: 'succeeded', exitCode: 0, attempts: 0 });
      const parts: Uint8Array[] = [];
      for await (const part of wholeOutput(earlier, result, createRedactor({ values: [], environment: {} })))
        parts.push(part);
      if (id === 'p0') expect(Buffer.concat(parts).equals(output)).toBe(true);
    }
  },
);

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OutputName, outputsOf, outputTable, type StepEnd } from '../../src/frontends/action/outputs.ts';
import type { Ending, ProcessResult } from '../../src/model/result.ts';
import { judgeSession } from '../../src/session/verdict.ts';
import { anyText } from '../rig/any-text.ts';
import { located, missingReviewer, reviewer } from '../rig/findings.ts';
import { answersFor, type ListPattern, shapeOf } from '../rig/plan.ts';
import { runs } from '../rig/random-seed.ts';

const jsonOutputs = [
  'results',
  'outputs',
  'structured-output',
  'failed-ids',
  'usage',
] as const satisfies readonly OutputName[];
const directory = '/tmp/claude-ensemble/20261122-101500-abc';

function result(processId: string, ending: Ending, more: Partial<ProcessResult> = {}): ProcessResult {
  return {
    processId,
    name: processId,
    exitCode: ending.status === 'succeeded' ? 0 : 1,
    output: `text of ${processId}`,
    stderr: '',
    duration: 1.5,
    attempts: 1,
    endedAt: '2026-11-22T10:15:00.000Z',
    permissionDenials: [],
    logFile: `${directory}/${processId}.log`,
    ...more,
    ...ending,
  } as ProcessResult;
}

const won: Ending = { status: 'succeeded' };
const failed: Ending = { status: 'failed', reason: 'exit-code' };
const skipped: Ending = { status: 'skipped', reason: 'earlier-success' };

function end(pattern: ListPattern, results: readonly ProcessResult[], more: Partial<StepEnd> = {}): StepEnd {
  const judged = judgeSession({ ...shapeOf(pattern), failOn: { kind: 'any' }, results, durationSeconds: 12.5 });
  const files = ['results.json', 'report.html', 'summary.md', 'outputs/summary.md'].map(
    (name) => `${directory}/${name}`,
  );
  const outcome = {
    sessionId: '20261122-101500-abc',
    directory,
    files,
    results,
    warnings: [],
    answers: answersFor(pattern, results),
    ...judged,
  };
  return {
    conclusion: judged.conclusion,
    verdict: judged.verdict,
    trust: 'trusted',
    started: { sessionId: outcome.sessionId, directory },
    outcome,
    ...more,
  };
}

describe('output: the one text that a later step most likely wants', () => {
  test.each<{ of: string; pattern: ListPattern; results: readonly ProcessResult[]; output: string }>([
    { of: 'a single prompt: its own', pattern: 'parallel', results: [result('only', won)], output: 'text of only' },
    {
      of: 'a failed single prompt: none',
      pattern: 'batch',
      results: [result('only', failed)],
      output: '',
    },
    { of: 'several at once: none', pattern: 'parallel', results: [result('a', won), result('b', won)], output: '' },
    { of: 'batches: none', pattern: 'batch', results: [result('a', won), result('b', won)], output: '' },
    {
      of: 'a sequence: the last',
      pattern: 'sequential',
      results: [result('a', won), result('b', won)],
      output: 'text of b',
    },
    {
      of: 'a sequence that broke off: the last that came',
      pattern: 'sequential',
      results: [result('a', won), result('b', failed)],
      output: 'text of a',
    },
    {
      of: "a fallback: the winner's",
      pattern: 'fallback',
      results: [result('a', failed), result('b', won), result('c', skipped)],
      output: 'text of b',
    },
    {
      of: 'a lost fallback: none',
      pattern: 'fallback',
      results: [result('a', failed), result('b', failed)],
      output: '',
    },
  ])('of $of', ({ pattern, results, output }) => {
    expect(outputsOf(end(pattern, results)).output).toBe(output);
  });
});

test('a session with every kind of ending fills every output', () => {
  const results = [
    result('a', failed, {
      costUsd: 0.25,
      usage: { inputTokens: 10, outputTokens: 2, cacheReadTokens: 30, cacheWriteTokens: 5 },
      model: 'opus',
    }),
    result('b', won, {
      costUsd: 0.000_000_4,
      structuredOutput: { grade: 'A' },
      usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 },
      usageByModel: { haiku: { inputTokens: 3, outputTokens: 4, cacheReadTokens: 0, cacheWriteTokens: 0 } },
      permissionDenials: [{ toolName: 'Bash', toolUseId: 'toolu_1' }],
    }),
    result('c', skipped),
  ];
  const page = 'https://example.com/8';
  const artifact = {
    ...{ id: '7', name: 'claude-ensemble-review', url: 'https://example.com/7', digest: 'sha256:00' },
    ...{ size: 1, reportUrl: page },
  };
  const outputs = outputsOf({ ...end('fallback', results), artifact, trust: 'untrusted' });

  expect(outputs).toMatchObject({
    conclusion: 'success',
    'session-id': '20261122-101500-abc',
    'session-dir': directory,
    'results-file': `${directory}/results.json`,
    'report-file': `${directory}/report.html`,
    'summary-file': `${directory}/summary.md`,
    'outputs-dir': `${directory}/outputs`,
    'report-url': page,
    'total-count': '3',
    'succeeded-count': '1',
    'failed-count': '1',
    'cancelled-count': '0',
    'skipped-count': '1',
    'denied-count': '1',
    'winner-id': 'b',
    'cost-usd': '0.25',
    'input-tokens': '46',
    'output-tokens': '3',
    'retry-at': '',
    'duration-seconds': '12.5',
    trust: 'untrusted',
    'artifact-id': '7',
    'artifact-digest': 'sha256:00',
  });
  expect(outputs.verdict).toContain('"b" won');
  expect(JSON.parse(outputs.usage)).toEqual({
    ...{ inputTokens: 11, outputTokens: 3, cacheReadTokens: 30, cacheWriteTokens: 5 },
    byModel: {
      opus: { inputTokens: 10, outputTokens: 2, cacheReadTokens: 30, cacheWriteTokens: 5 },
      haiku: { inputTokens: 3, outputTokens: 4, cacheReadTokens: 0, cacheWriteTokens: 0 },
    },
  });
  expect(JSON.parse(outputs['structured-output'])).toEqual({ b: { grade: 'A' } });
  expect(JSON.parse(outputs.outputs)).toEqual({ b: 'text of b' });
  expect(JSON.parse(outputs.results)[0]).toEqual({
    id: 'a',
    name: 'a',
    status: 'failed',
    reason: 'exit-code',
    exitCode: 1,
    duration: 1.5,
    attempts: 1,
    costUsd: 0.25,
    permissionDenials: [],
    output: 'text of a',
    logFile: `${directory}/a.log`,
  });
});

test('a step that ended before its session names the session and its directory, as far as there is one', () => {
  const early = { conclusion: 'cancelled', verdict: 'Cancelled.', trust: 'trusted' } as const;
  expect(outputsOf({ ...early, started: { sessionId: 's', directory: '/logs/s' } })).toMatchObject({
    ...{ 'session-id': 's', 'session-dir': '/logs/s', 'outputs-dir': '/logs/s/outputs', 'results-file': '' },
  });
  expect(outputsOf({ ...early, started: { sessionId: 's' } })).toMatchObject({
    ...{ 'session-id': 's', 'session-dir': '', 'outputs-dir': '' },
  });
});

test('without a session every output is still set, and the JSON ones are JSON', () => {
  const outputs = outputsOf({ conclusion: 'failure', verdict: 'Wrong configuration:\n2 faults.', trust: 'trusted' });
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(outputTable).sort());
  expect(outputs).toMatchObject({ results: '[]', outputs: '{}', 'structured-output': '{}', 'failed-ids': '[]' });
  expect(outputs).toMatchObject({ verdict: 'Wrong configuration: 2 faults.', 'total-count': '0', 'cost-usd': '0' });
});

describe('failed-ids: what a matrix is to do again', () => {
  const notRun: Ending = { status: 'skipped', reason: 'dry-run' };
  const excused: Ending = { status: 'skipped', reason: 'missing-credentials' };
  const unpaid: Ending = { status: 'skipped', reason: 'quota' };
  test.each<{ when: string; endOf: StepEnd; ids: readonly string[] }>([
    {
      when: 'all that is not done',
      endOf: end('parallel', [result('a', failed), result('b', unpaid)]),
      ids: ['a', 'b'],
    },
    { when: 'nothing after a won fallback', endOf: end('fallback', [result('a', failed), result('b', won)]), ids: [] },
    {
      when: 'all of a lost fallback',
      endOf: end('fallback', [result('a', failed), result('b', failed)]),
      ids: ['a', 'b'],
    },
    {
      when: 'nothing after a dry run',
      endOf: { ...end('parallel', [result('a', notRun)]), conclusion: 'skipped' },
      ids: [],
    },
    {
      when: 'nothing when credentials were missing and that was allowed',
      endOf: { ...end('parallel', [result('a', excused)]), conclusion: 'skipped' },
      ids: [],
    },
  ])('$when', ({ endOf, ids }) => {
    expect(JSON.parse(outputsOf(endOf)['failed-ids'])).toEqual(ids);
  });
});

test('retry-at is the time at which the used up limit resets', () => {
  const retryAt = '2026-11-27T15:00:00.000Z';
  const limited = result('a', { status: 'failed', reason: 'quota' }, { retryAt });
  expect(outputsOf(end('parallel', [limited]))['retry-at']).toBe(retryAt);
});

test('long texts are shortened fairly and say so, while short ones stay whole', () => {
  const outputs = outputsOf(end('parallel', [result('a', won, { output: 'x'.repeat(200_000) }), result('b', won)]));
  const [long, short] = JSON.parse(outputs.results);
  expect(long.output).toMatch(/^x{40000,}\n\[cut: 200000 characters in all\]$/);
  expect(short.output).toBe('text of b');
  expect(JSON.parse(outputs.outputs).b).toBe('text of b');
  expect(outputs.results.length).toBeGreaterThan(49_000);
});

test('half a character in a long text becomes a whole one', () => {
  const { output } = outputsOf(end('parallel', [result('a', won, { output: '\uD800'.repeat(60_000) })]));
  expect(output.isWellFormed()).toBe(true);
  expect(output).toMatch(/^\uFFFD+\n\[cut/);
});

test('a structured output that does not fit is left out whole, and the others stay', () => {
  const structured = (id: string, size: number) => result(id, won, { structuredOutput: { text: 'y'.repeat(size) } });
  const outputs = outputsOf(end('parallel', [structured('big', 60_000), structured('small', 10)]));
  expect(JSON.parse(outputs['structured-output'])).toEqual({
    small: { text: 'y'.repeat(10) },
    '[cut]': '1 left out for length',
  });
  expect(JSON.parse(outputs.results)).toMatchObject([
    { id: 'big', cut: true },
    { id: 'small', cut: true },
  ]);
});

test('thousands of processes still give JSON that says how many are missing', () => {
  const many = Array.from({ length: 5000 }, (_, index) => result(`process-${index}-${'n'.repeat(40)}`, failed));
  const outputs = outputsOf(end('parallel', many));
  for (const name of jsonOutputs) expect(outputs[name].length).toBeLessThanOrEqual(50_000);
  const listed = JSON.parse(outputs.results);
  expect(listed.at(-1)).toEqual({ cut: true, missing: 5001 - listed.length });
  expect(JSON.parse(outputs['failed-ids']).at(-1)).toMatch(/^\[cut: \d+ more\]$/);
});

test('whatever the texts hold, each output is within its limit, all are within theirs, and no character is split', () => {
  const text = fc.oneof(
    anyText({ maxLength: 200 }),
    fc
      .string({ unit: fc.constantFrom('😀', '\u0000', '"', '\uD800', 'a'), minLength: 1, maxLength: 40 })
      .map((s) => s.repeat(2000)),
  );
  const spec = fc.record({
    output: text,
    name: fc.string({ maxLength: 300 }),
    structuredOutput: fc.option(fc.jsonValue()),
  });
  fc.assert(
    fc.property(fc.array(spec, { maxLength: 12 }), fc.constantFrom('parallel', 'sequential'), (specs, pattern) => {
      const results = specs.map((more, index) => result(`p${index}`, won, more));
      const outputs = outputsOf(end(pattern, results));
      const lengths = Object.values(outputs).map(({ length }) => length);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(50_000);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(400_000);
      for (const name of jsonOutputs) JSON.parse(outputs[name]);
      for (const value of Object.values(outputs)) expect(value.isWellFormed()).toBe(true);
      expect(JSON.parse(outputs.results)).toHaveLength(results.length);
    }),
    { numRuns: runs(100) },
  );
});

test('where no reviewer answered there are findings, but none for code scanning, which would close all alerts', () => {
  const sarif = (...results: readonly ProcessResult[]) => {
    const { outcome, ...step } = end('parallel', results);
    if (outcome === undefined) throw new Error('no session');
    const files = ['findings.json', 'findings.sarif'].map((name) => `${directory}/${name}`);
    const outputs = outputsOf({ ...step, outcome: { ...outcome, files, findings: located(results) } });
    return [outputs['findings-file'], outputs['sarif-file']];
  };
  const [json, file] = [`${directory}/findings.json`, `${directory}/findings.sarif`];
  expect(sarif(reviewer('a'), missingReviewer('b', failed))).toEqual([json, file]);
  expect(sarif(missingReviewer('b', failed))).toEqual([json, '']);
});

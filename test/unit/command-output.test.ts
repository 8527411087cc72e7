import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type Command, readCommand } from '../../src/frontends/cli/arguments.ts';
import { sessionJson, sessionSummary } from '../../src/frontends/cli/json-output.ts';
import { chooseAnswers, type PrintChoice, printFaults } from '../../src/frontends/cli/print-choice.ts';
import { openTextStream } from '../../src/frontends/cli/text-stream.ts';
import type { ProcessResult } from '../../src/model/result.ts';
import type { SessionOutcome } from '../../src/session/run-request.ts';
import { judgeSession } from '../../src/session/verdict.ts';
import { answersFor, type ListPattern } from '../rig/plan.ts';
import { processResult } from '../rig/results.ts';

function outcomeOf(results: readonly ProcessResult[]): SessionOutcome {
  const judged = judgeSession({ succeeds: 'by-fail-on', failOn: { kind: 'any' }, results, durationSeconds: 1 });
  return {
    sessionId: 's',
    directory: '/logs',
    files: [],
    results,
    warnings: [],
    answers: answersFor('parallel', results),
    ...judged,
  };
}

test('the JSON of a session comes result by result, since all of it may be longer than a string can be', () => {
  const output = 'x'.repeat(100_000);
  const results = ['a', 'b', 'c', 'd'].map((id) => processResult(id, { status: 'succeeded' }, { output }));
  const lengths = Array.from(sessionJson(outcomeOf(results)), ({ length }) => length);
  expect(lengths.filter((length) => length > output.length)).toHaveLength(4);
  expect(Math.max(...lengths)).toBeLessThan(2 * output.length);
});

test.each([[[]], [[processResult('a')]], [[processResult('a'), processResult('b')]]])(
  'the JSON of a session is its summary, and nothing in it is obeyed: %#',
  (results) => {
    const hostile = results.map((result) => ({ ...result, output: '##[error]x \x9b2J \u202e \u{e0041} \u200d' }));
    const json = [...sessionJson(outcomeOf(hostile))].join('');
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(sessionSummary(outcomeOf(hostile)))));
    expect(json).not.toMatch(/##\[|[\x7f-\x9f\u202e]|\u{e0041}/u);
  },
);

const choiceOf = (...words: readonly string[]): Command => readCommand(['run', 'x', ...words]);

test.each<[readonly string[], PrintChoice]>([
  [[], { kind: 'few' }],
  [['--print', 'all'], { kind: 'all' }],
  [['--print=none'], { kind: 'none' }],
  [['--print', 'a,b', '--print', 'c', '--print=a'], { kind: 'some', ids: ['a', 'b', 'c'] }],
])('%j says whose answers are printed', (words, print) => {
  expect(choiceOf(...words)).toMatchObject({ mode: { print }, faults: [] });
});

test.each([
  [['--print', 'all', '--print', 'a'], '--print: all stands alone.'],
  [['--print='], '--print: name a process, or write all or none.'],
  [['--print', 'a', '--json'], '--print: the object that --json prints holds all answers.'],
])('%j cannot be meant', (words, fault) => {
  expect(choiceOf(...words)).toMatchObject({ faults: [expect.stringContaining(fault)] });
});

test('a process that is not there is named with the nearest that is', () => {
  expect(printFaults({ kind: 'some', ids: ['securty', 'tests'] }, ['security', 'tests'])).toEqual([
    '--print: there is no process "securty". Did you mean "security"?',
  ]);
  expect(printFaults({ kind: 'all' }, [])).toEqual([]);
});

test('an entry that runs several times is named by its id, or by that of one of its processes', () => {
  const known = ['ask-1', 'ask-2', 'sum'];
  expect(printFaults({ kind: 'some', ids: ['ask', 'ask-2', 'check', 'check-7'] }, known, ['check'])).toEqual([]);
  expect(printFaults({ kind: 'some', ids: ['ask-3', 'as', 'check-x'] }, known, ['check'])).toHaveLength(3);
  const results = ['ask-1', 'ask-2', 'ask-rest', 'ask-more', 'sum', 'sum-1'].map((id) => processResult(id));
  const printed = (...ids: readonly string[]) =>
    chooseAnswers({ kind: 'some', ids }, { results, answers: answersFor('parallel', results) });
  expect(printed('ask').answers.map(({ processId }) => processId)).toEqual(['ask-1', 'ask-2', 'ask-rest']);
  expect(printed('sum').answers.map(({ processId }) => processId)).toEqual(['sum']);
  // However many items there were, the answers of a list are printed in one way.
  const one = [processResult('ask-1')];
  const answers = answersFor('parallel', one);
  expect(chooseAnswers({ kind: 'some', ids: ['ask'] }, { results: one, answers }).isAlone).toBe(false);
  expect(chooseAnswers({ kind: 'some', ids: ['ask-1'] }, { results: one, answers }).isAlone).toBe(true);
});

test.each<[PrintChoice, ListPattern, readonly string[]]>([
  [{ kind: 'few' }, 'parallel', []],
  [{ kind: 'all' }, 'batch', ['0', '2', '4']],
  [{ kind: 'none' }, 'parallel', []],
  [{ kind: 'some', ids: ['4', '2'] }, 'sequential', ['2', '4']],
  [{ kind: 'some', ids: ['1', '2'] }, 'parallel', ['2']],
])('when every second of six processes failed, %j of %s prints %j', (choice, pattern, ids) => {
  const { answers, isAlone } = chooseAnswers(choice, of(pattern, 6));
  expect(answers.map(({ processId }) => processId)).toEqual(ids);
  expect(isAlone).toBe(false);
});

test('five answers are printed unasked; one of one, one that is named, and that of a fallback stand alone', () => {
  const few = { kind: 'few' } as const;
  expect(chooseAnswers(few, of('parallel', 5))).toMatchObject({ isAlone: false });
  expect(chooseAnswers(few, of('parallel', 5)).answers).toHaveLength(3);
  expect(chooseAnswers(few, of('parallel', 1))).toMatchObject({ isAlone: true });
  expect(chooseAnswers(few, of('fallback', 2))).toMatchObject({ isAlone: true });
  const named = { kind: 'some', ids: ['2'] } as const;
  expect(chooseAnswers(named, of('parallel', 6))).toMatchObject({ isAlone: true });
});

function of(pattern: ListPattern, length: number): Pick<SessionOutcome, 'results' | 'answers'> {
  const results = alternating(length);
  return { results, answers: answersFor(pattern, results) };
}

function alternating(length: number): readonly ProcessResult[] {
  return Array.from({ length }, (_, index) =>
    processResult(String(index), index % 2 === 0 ? { status: 'succeeded' } : { status: 'failed', reason: 'auth' }),
  );
}

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ TERM: 'dumb' }, true, false],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '', NO_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
])('%j: a stream that is a terminal (%s) has colours: %s', (environment, isTTY, hasColors) => {
  const stream = { isTTY, fd: -1, on: () => undefined } as unknown as Parameters<typeof openTextStream>[0];
  expect(openTextStream(stream, environment).hasColors).toBe(hasColors);
});

test('answers end early where the reader has gone away', async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  const out = openTextStream(Object.assign(stream, { fd: -1 }) as unknown as Parameters<typeof openTextStream>[0]);
  const taken: string[] = [];
  const parts = function* () {
    for (const part of ['first', 'second', 'third']) {
      taken.push(part);
      yield part;
    }
  };
  const writing = out.writeAll(parts());
  stream.destroy(new Error('EPIPE'));
  await writing;
  expect(taken).not.toContain('third');
  await out.writeAll(parts());
  expect(taken).not.toContain('third');
});

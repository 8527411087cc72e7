import { describe, expect, it } from 'vitest';
import type { FailOn } from '../../src/model/option-row.ts';
import type { Ending, ProcessResult } from '../../src/model/result.ts';
import { exitCodeOf } from '../../src/model/result.ts';
import { judgeSession } from '../../src/session/verdict.ts';
import { type ListPattern, shapeOf } from '../rig/plan.ts';
import { processResult } from '../rig/results.ts';

const succeeded: Ending = { status: 'succeeded' };
const failed: Ending = { status: 'failed', reason: 'auth' };
const timedOut: Ending = { status: 'timed-out', reason: 'timeout' };
const cancelled: Ending = { status: 'cancelled', reason: 'deadline' };
const lostRace: Ending = { status: 'skipped', reason: 'earlier-success' };
const spared: Ending = { status: 'skipped', reason: 'condition' };
const skipped: Ending = { status: 'skipped', reason: 'earlier-failure' };

const results = (...endings: Ending[]): ProcessResult[] =>
  endings.map((ending, index) => processResult(`p${index + 1}`, ending));
const judge = (endings: Ending[], failOn: FailOn = { kind: 'any' }, pattern: ListPattern = 'parallel') =>
  judgeSession({ ...shapeOf(pattern), failOn, results: results(...endings), durationSeconds: 1 });

describe('a run after others in the same session', () => {
  const cases = [
    {
      name: 'that one wins is no success of what failed before',
      succeeds: 'with-one',
      before: [failed],
      own: [failed, succeeded],
      conclusion: 'failure',
    },
    {
      name: 'that one wins is enough after a success',
      succeeds: 'with-one',
      before: [succeeded],
      own: [failed, succeeded],
      conclusion: 'success',
    },
    {
      name: 'that none wins is a failure after a success, too',
      succeeds: 'with-one',
      before: [succeeded],
      own: [failed, failed],
      conclusion: 'failure',
    },
    {
      name: 'what another one made up for is no loss',
      succeeds: 'by-fail-on',
      before: [failed, succeeded],
      superseded: ['p1'],
      own: [succeeded],
      conclusion: 'success',
    },
    {
      name: 'what nobody made up for is one',
      succeeds: 'by-fail-on',
      before: [failed, succeeded],
      own: [succeeded],
      conclusion: 'failure',
    },
  ] as const;
  it.each(cases)('$name', ({ succeeds, before, own, conclusion, ...more }) => {
    const all = results(...before, ...own);
    const superseded = new Set<string>('superseded' in more ? more.superseded : []);
    const earlier = { results: all.slice(0, before.length), superseded };
    const judged = judgeSession({ succeeds, failOn: { kind: 'any' }, results: all, earlier, durationSeconds: 1 });
    expect(judged.conclusion).toBe(conclusion);
  });
});

describe('fail-on', () => {
  const cases: readonly [name: string, failOn: FailOn, endings: Ending[], conclusion: string][] = [
    ['any: all done', { kind: 'any' }, [succeeded, succeeded], 'success'],
    ['any: one failed', { kind: 'any' }, [succeeded, failed], 'failure'],
    ['any: one timed out', { kind: 'any' }, [succeeded, timedOut], 'failure'],
    ['any: one cancelled', { kind: 'any' }, [succeeded, cancelled], 'failure'],
    ['any: one skipped for a failure', { kind: 'any' }, [succeeded, skipped], 'failure'],
    ['any: one skipped for a success', { kind: 'any' }, [succeeded, lostRace], 'success'],
    ['any: one whose condition did not hold', { kind: 'any' }, [succeeded, spared], 'success'],
    ['all: one succeeded', { kind: 'all' }, [succeeded, failed], 'success'],
    ['all: nothing succeeded', { kind: 'all' }, [failed, skipped], 'failure'],
    ['none: nothing succeeded', { kind: 'none' }, [failed, failed], 'success'],
    ['2: one failed', { kind: 'count', count: 2 }, [succeeded, failed], 'success'],
    ['2: two failed', { kind: 'count', count: 2 }, [failed, skipped], 'failure'],
    ['50%: one of three', { kind: 'share', percent: 50 }, [succeeded, succeeded, failed], 'success'],
    ['50%: one of two', { kind: 'share', percent: 50 }, [succeeded, failed], 'failure'],
    ['1%: none of two', { kind: 'share', percent: 1 }, [succeeded, succeeded], 'success'],
  ];
  it.each(cases)('%s', (...[, failOn, endings, conclusion]) => {
    expect(judge(endings, failOn).conclusion).toBe(conclusion);
  });

  it('counts no failure that was to be continued on, whatever it says', () => {
    const all = [processResult('a', failed, { continueOnError: true }), processResult('b', spared)];
    for (const failOn of [{ kind: 'any' }, { kind: 'all' }, { kind: 'count', count: 1 }] as const)
      expect(judgeSession({ ...shapeOf('parallel'), failOn, results: all, durationSeconds: 1 }).conclusion).toBe(
        'success',
      );
  });

  it('does not count the losers before the winner of a fallback', () => {
    expect(judge([failed, succeeded, lostRace], { kind: 'any' }, 'fallback').conclusion).toBe('success');
    expect(judge([failed, timedOut], { kind: 'all' }, 'fallback').conclusion).toBe('failure');
    expect(judge([failed, timedOut], { kind: 'count', count: 9 }, 'fallback').conclusion).toBe('failure');
    expect(judge([failed, timedOut], { kind: 'none' }, 'fallback').conclusion).toBe('success');
  });

  it('never turns an internal error into a success', () => {
    const broken: Ending = { status: 'failed', reason: 'internal-error' };
    expect(judge([succeeded, broken], { kind: 'none' }).conclusion).toBe('failure');
    expect(judge([broken, succeeded], { kind: 'any' }, 'fallback').conclusion).toBe('failure');
  });

  it('never turns an interrupt into a success', () => {
    const options = {
      succeeds: 'by-fail-on',
      failOn: { kind: 'none' },
      results: results(succeeded),
      durationSeconds: 1,
    } as const;
    expect(judgeSession({ ...options, interruptedBy: 'SIGINT' }).conclusion).toBe('cancelled');
  });
});

describe('the verdict', () => {
  it('says what happened and why, in one line', () => {
    expect(judge([succeeded, failed, timedOut, skipped]).verdict).toBe(
      'Failure: 1 of 4 processes succeeded; 1 failed (key refused); 1 timed out; 1 skipped (another one had failed).',
    );
  });

  it('names the winner of a fallback, and what fail-on let pass', () => {
    expect(judge([failed, succeeded], undefined, 'fallback').verdict).toMatch(/^Success: "p2" won; /);
    expect(judge([failed, succeeded], { kind: 'none' }).verdict).toMatch(/accepted by fail-on: none\.$/);
  });

  it('names the cap and the overspending', () => {
    const options = {
      succeeds: 'by-fail-on',
      failOn: { kind: 'any' },
      results: results(succeeded),
      durationSeconds: 1,
    } as const;
    expect(judgeSession({ ...options, budget: { maxUsd: 1, chargedUsd: 1.5, overspentUsd: 0.5 } }).verdict).toContain(
      'of max-budget-usd $1.00 spent, over it by up to 50¢',
    );
    // Nobody pays the stand-in.
    const offline = {
      ...options,
      results: [processResult('p1', succeeded, { offline: true })],
      budget: { maxUsd: 1, chargedUsd: 0, overspentUsd: 0 },
    };
    expect(judgeSession(offline).verdict).toContain('of max-budget-usd $1.00 counted');
  });

  it('says what the budget was charged for unknown costs', () => {
    const options = { succeeds: 'by-fail-on', failOn: { kind: 'any' }, durationSeconds: 1 } as const;
    const known = processResult('p1', succeeded, { costUsd: 0.25 });
    const budget = { maxUsd: 2, chargedUsd: 0.75, overspentUsd: 0 };
    expect(judgeSession({ ...options, results: [known, processResult('p2', timedOut)], budget }).verdict).toContain(
      '25¢ of max-budget-usd $2.00 spent, and up to 50¢ more of unknown cost.',
    );
    const exact = { ...budget, chargedUsd: 0.25 };
    expect(judgeSession({ ...options, results: [known], budget: exact }).verdict).toContain('25¢ of max-budget-usd');
  });

  it('says that there was nothing to do', () => {
    const options = { succeeds: 'with-one', failOn: { kind: 'any' }, results: [], durationSeconds: 1 } as const;
    expect(judgeSession({ ...options, notRun: 'no-prompts' })).toMatchObject({
      conclusion: 'skipped',
      verdict: 'Skipped: the list of prompts is empty, so nothing was started.',
    });
    expect(judgeSession({ ...options, notRun: 'no-items' })).toMatchObject({
      conclusion: 'skipped',
      verdict: 'Skipped: every list of for-each is empty, so nothing was started.',
    });
  });

  it('says when a used up limit resets, the last one if there are several', () => {
    const quota: Ending = { status: 'failed', reason: 'quota' };
    const judged = judgeSession({
      succeeds: 'by-fail-on',
      failOn: { kind: 'any' },
      results: [
        processResult('p1', quota, { retryAt: '2026-11-27T23:48:26.000Z' }),
        processResult('p2', quota, { retryAt: '2026-11-27T15:00:00.000Z' }),
        processResult('p3', { status: 'skipped', reason: 'quota' }),
      ],
      durationSeconds: 1,
    });
    expect(judged.retryAt).toBe('2026-11-27T23:48:26.000Z');
    expect(judged.verdict).toBe(
      'Failure: 0 of 3 processes succeeded; 2 failed (limit of the account used up); 1 skipped (limit of the account used up); the limit resets at 2026-11-27 23:49 UTC.',
    );
  });

  it('says that no model was asked', () => {
    const offline = processResult('p1', succeeded, { offline: true });
    expect(
      judgeSession({ succeeds: 'by-fail-on', failOn: { kind: 'any' }, results: [offline], durationSeconds: 1 }).verdict,
    ).toBe('Success: 1 of 1 process succeeded; offline, no model was asked.');
  });

  it('adds the statuses up to the number of prompts', () => {
    const { totals } = judge([succeeded, failed, timedOut, cancelled, skipped]);
    expect(totals).toMatchObject({ total: 5, succeeded: 1, failed: 2, cancelled: 1, skipped: 1 });
  });
});

describe('exitCode', () => {
  it('is 0 if and only if the process succeeded, the code if above 0, 128 + n for a foreign signal, otherwise -1', () => {
    expect(exitCodeOf(succeeded, { code: 143, signal: null }, undefined)).toBe(0);
    expect(exitCodeOf(failed, { code: 7, signal: null }, undefined)).toBe(7);
    expect(exitCodeOf(failed, { code: 0, signal: null }, undefined)).toBe(-1);
    expect(exitCodeOf({ status: 'failed', reason: 'signal' }, { code: null, signal: 'SIGKILL' }, 9)).toBe(137);
    expect(exitCodeOf(timedOut, { code: 143, signal: null }, undefined)).toBe(-1);
    expect(exitCodeOf(skipped, undefined, undefined)).toBe(-1);
  });
});

it('blames neither the service for a refusal or a long answer, nor spent money where some is left', () => {
  const failed = { status: 'failed', reason: 'claude-error' } as const;
  const results = [
    processResult('a', failed, { attempts: 1, cause: 'safety-filter' }),
    processResult('b', failed, { attempts: 1, cause: 'answer-too-long' }),
    processResult('c', failed, { attempts: 1, message: 'API Error: 500' }),
    processResult('d', { status: 'skipped', reason: 'budget' }),
  ];
  const options = { succeeds: 'by-fail-on', failOn: { kind: 'any' }, results, durationSeconds: 1 } as const;
  expect(judgeSession({ ...options, pattern: 'graph' }).verdict).toContain(
    '"a" ran and failed (safety filter); "b" ran and failed (answer too long); ' +
      '"c" ran and failed (error of the service or the connection); "d" did not run (not enough money)',
  );
  expect(judgeSession({ ...options, pattern: 'parallel' }).verdict).toContain(
    '3 failed (safety filter, answer too long, error of the service or the connection); 1 skipped (not enough money)',
  );
});

it('names the branches of a graph that came to nothing, and tells what ran and failed from what did not run', () => {
  const failed = { status: 'failed', reason: 'exit-code' } as const;
  const needs = { status: 'skipped', reason: 'needs' } as const;
  const graph = [
    processResult('build'),
    { ...processResult('lint', failed), attempts: 1 },
    { ...processResult('flaky', failed), attempts: 1, continueOnError: true as const },
    { ...processResult('list', { status: 'failed', reason: 'invalid-items' }), attempts: 0 },
    ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => processResult(id, needs)),
    processResult('calm', { status: 'skipped', reason: 'condition' }),
  ];
  const options = { succeeds: 'by-fail-on', failOn: { kind: 'any' }, results: graph, durationSeconds: 1 } as const;
  expect(judgeSession({ ...options, pattern: 'graph' }).verdict).toBe(
    'Failure: 1 of 11 processes succeeded; "lint" ran and failed (exited with an error); "flaky" ran and failed (exited with an error), which continue-on-error allows; ' +
      '"list" failed (no list to work on); "a", "b", "c", "d", "e" and 1 more did not run (what it needs did not succeed); "calm" did not run (condition did not hold).',
  );
  expect(judgeSession({ ...options, pattern: 'parallel' }).verdict).toContain(
    '; 7 skipped (what it needs did not succeed, condition did not hold)',
  );
});

it.each(['by-fail-on', 'with-one'] as const)(
  'is one line without control characters, whatever a process is called: %s',
  (succeeds) => {
    const called = (result: ProcessResult) => ({
      ...result,
      name: `${result.processId}\n::error::x \x1b[2J \u202e ${'long '.repeat(100)}`,
    });
    const results = [processResult('lost', { status: 'failed', reason: 'exit-code' }), processResult('won')].map(
      called,
    );
    const { verdict } = judgeSession({
      ...{ succeeds, failOn: { kind: 'any' }, results, durationSeconds: 1 },
      ...(succeeds === 'by-fail-on' && { pattern: 'graph' as const }),
    });
    expect(verdict).toMatch(/"(?:lost|won) ::error::x <U\+202E> long/);
    expect(verdict).not.toMatch(/[\n\x1b\u202e]/);
    expect(verdict.length).toBeLessThan(300);
  },
);

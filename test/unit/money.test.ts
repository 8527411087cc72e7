import { expect, test } from 'vitest';
import { SessionState } from '../../src/model/session-state.ts';
import { moneyText, processMoney } from '../../src/reports/money.ts';
import { figuresOf, progressText, timeLeftText } from '../../src/reports/session-progress.ts';
import { apiErrorText, costText, countText } from '../../src/text/format.ts';
import { processResult } from '../rig/results.ts';
import { processEnded, processStarted, sessionStarted } from '../rig/session-events.ts';

test('money is said with its ceiling, with whose cost is unknown, and that nobody pays a stand-in', () => {
  const money = { costUsd: 0.035, offline: false, unknown: 0 };
  expect(moneyText(money)).toBe('3.5¢');
  expect(moneyText({ ...money, maxUsd: 0.6, unknown: 2 })).toBe('3.5¢ of 60¢ (cost of 2 processes unknown)');
  expect(moneyText({ ...money, costUsd: 0, unknown: 1, maxUsd: 5 })).toBe('cost unknown of $5.00');
  expect(moneyText({ ...money, offline: true, maxUsd: 2 })).toBe(
    "nothing paid (3.5¢ of $2.00 by the stand-in's price list)",
  );
  const own = { attempts: 1, costUsd: 0.01 };
  expect(processMoney(processResult('a', undefined, own))).toBe('1¢');
  expect(processMoney(processResult('a', undefined, { ...own, offline: true }))).toBe('1¢ not paid');
  expect(processMoney(processResult('a', undefined, { attempts: 1 }))).toBe('cost unknown');
  expect(processMoney(processResult('a', { status: 'skipped', reason: 'budget' }))).toBe('');
});

test('thousands are parted', () => {
  expect([0, 999, 1_000, 12_345, 999_999, 1e12].map(countText)).toEqual([
    ...['0', '999', '1,000', '12,345', '999,999', '1,000,000,000,000'],
  ]);
  // A program may claim any number of turns.
  expect(countText(1234.5678)).toBe('1,234.5678');
  expect([0.994, 0.995, 1, 12.345, 1_234.5, 999_999.999].map(costText)).toEqual([
    ...['99¢', '$1.00', '$1.00', '$12.35', '$1,234.50', '$1,000,000.00'],
  ]);
});

/** The time left when one process of some has ended after 10 s, the second has run for 4, and the others wait. */
function secondsLeft(
  pattern: 'parallel' | 'sequential' | 'fallback',
  count: number,
  { maxWorkers = 2 } = {},
): number | undefined {
  const state = new SessionState();
  const ids = Array.from({ length: count }, (_, index) => `p${index}`);
  const policy = { failOn: { kind: 'any' }, onDenied: 'warn', maxWorkers, retries: 2 } as const;
  const startMs = Date.parse('2026-11-22T10:20:30.456Z');
  const after = (seconds: number) => ({ at: new Date(startMs + seconds * 1000).toISOString() });
  state.apply({ ...sessionStarted(ids, { pattern, policy }), ...after(0) });
  state.apply({ ...processStarted('p0'), ...after(0) });
  state.apply({ ...processStarted('p1'), ...after(6) });
  state.apply({ ...processEnded(processResult('p0', undefined, { duration: 10 })), ...after(10) });
  return figuresOf(state, startMs + 10_000).secondsLeft;
}

test('the rest is expected to take as long as what has ended, as many at once as may run', () => {
  expect(secondsLeft('parallel', 4)).toBe(13); // 6 s of one that runs and 20 s of two that wait, by two workers
  expect(secondsLeft('sequential', 4)).toBe(26);
  expect(secondsLeft('parallel', 2)).toBe(6);
  // Eight may run, but no more than two have run at once: memory or a rate limit is short.
  expect(secondsLeft('parallel', 12, { maxWorkers: 8 })).toBe(53);
  // Nobody knows how many of them will run.
  expect(secondsLeft('fallback', 4)).toBe(undefined);
  expect([0.2, 7.5, 12, 58, 61, 3_700].map(timeLeftText)).toEqual([
    'about 1 s left',
    'about 8 s left',
    'about 15 s left',
    'about 1 min left',
    'about 2 min left',
    'about 1 h 2 min left',
  ]);
});

test('progress says which of how many batches runs, until the last one has ended', () => {
  const state = new SessionState();
  const at = '2026-11-22T10:20:30.456Z';
  const groups = [
    { id: '=0', needs: ['a', 'b'] },
    { id: '=2', needs: ['=0', 'c'] },
  ];
  state.apply({ ...sessionStarted(['a', 'b', 'c'], { pattern: 'batch', groups }), at });
  const after = (...ids: readonly string[]): string => {
    for (const id of ids) state.apply({ ...processEnded(processResult(id)), at });
    return progressText(figuresOf(state, Date.parse(at)));
  };
  expect(after('a')).toContain('1 of 3 done · 2 wait · batch 1 of 2 · ');
  expect(after('b')).toContain('2 of 3 done · 1 waits · batch 2 of 2 · ');
  expect(after('c')).not.toContain('batch');
});

test('progress names no batch where there is but one, or where groups are none', () => {
  const at = '2026-11-22T10:20:30.456Z';
  const progress = (pattern: 'batch' | 'graph', ...groups: readonly { id: string; needs: readonly string[] }[]) => {
    const state = new SessionState();
    state.apply({ ...sessionStarted(['a', 'b'], { pattern, groups }), at });
    return progressText(figuresOf(state, Date.parse(at)));
  };
  expect(progress('batch', { id: '=0', needs: ['a', 'b'] })).toBe('0 of 2 done · 2 wait');
  expect(progress('graph', { id: 'one', needs: ['a'] }, { id: 'two', needs: ['b'] })).toBe('0 of 2 done · 2 wait');
});

test('an error of the service is named by its status, or by what is known of one without an answer', () => {
  expect(apiErrorText({ status: 429, error: 'rate_limit' })).toBe('429 rate limit');
  expect(apiErrorText({ status: null, error: 'server_error' })).toBe('nothing (server error)');
  expect(apiErrorText({ status: null, error: 'unknown' })).toBe('nothing');
});

import { describe, expect, test } from 'vitest';
import { type AnnotationOptions, annotationsOf } from '../../src/frontends/action/annotations.ts';
import type { Ending, ProcessResult } from '../../src/model/result.ts';
import { processResult } from '../rig/results.ts';

const auth: Ending = { status: 'failed', reason: 'auth' };
const timedOut: Ending = { status: 'timed-out', reason: 'timeout' };
const skipped: Ending = { status: 'skipped', reason: 'auth' };
const lost: Ending = { status: 'skipped', reason: 'earlier-success' };
const denial = { toolName: 'Bash', toolUseId: 't' };

/** `kind: message` of each annotation. */
function linesOf(
  results: readonly ProcessResult[],
  more: Partial<AnnotationOptions['outcome'] & AnnotationOptions> = {},
) {
  const { conclusion = 'failure', warnings = [], pattern = 'parallel', onDenied = 'warn' } = more;
  const annotations = annotationsOf({ outcome: { conclusion, results, warnings }, pattern, onDenied });
  return annotations.map(({ kind, message }) => `${kind}: ${message}`);
}

describe('failures', () => {
  test('are one line for each cause, however many there are, with names and messages', () => {
    const results = [
      processResult('a', skipped),
      ...Array.from({ length: 12 }, (_, index) => processResult(`p${index}`, auth, { message: 'Invalid API key' })),
      processResult('b', timedOut),
      processResult('c'),
    ];
    expect(linesOf(results)).toEqual([
      'error: 12 failed (auth): p0, p1, p2, p3, p4, p5, p6, p7, p8, p9 and 2 more: Invalid API key',
      'error: 1 timed-out (timeout): b',
      'error: 1 skipped (auth): a',
    ]);
  });

  test('that fail-on accepts are warnings of a green step', () => {
    const results = [processResult('a', auth, { message: 'Invalid API key' }), processResult('b')];
    expect(linesOf(results, { conclusion: 'success' })).toEqual(['warning: 1 failed (auth): a: Invalid API key']);
  });

  test('of those that a fallback tried before its winner are notices, and who was not needed is not named', () => {
    const results = [processResult('a', timedOut), processResult('b'), processResult('c', lost)];
    expect(linesOf(results, { conclusion: 'success', pattern: 'fallback' })).toEqual([
      'notice: 1 timed-out (timeout): a',
    ]);
  });

  test('are not what an interrupt ended, a dry run left alone, or missing credentials excused', () => {
    const endings: readonly Ending[] = [
      { status: 'cancelled', reason: 'cancelled' },
      ...(['session-cancelled', 'dry-run', 'missing-credentials'] as const).map(
        (reason): Ending => ({ status: 'skipped', reason }),
      ),
    ];
    expect(linesOf(endings.map((ending, index) => processResult(`p${index}`, ending)))).toEqual([]);
  });
});

describe('denied tools', () => {
  const results = [processResult('a', undefined, { permissionDenials: [denial, denial] }), processResult('b')];

  test('are one warning of a green step', () => {
    expect(linesOf(results, { conclusion: 'success' })).toEqual([
      expect.stringMatching(/^warning: Tools were denied: a \(Bash ×2\)\. .*on-denied/),
    ]);
  });

  test('are no warning where that was asked for', () => {
    expect(linesOf(results, { conclusion: 'success', onDenied: 'ignore' })).toEqual([]);
  });
});

test('the same warning of many processes is given once, with how often', () => {
  expect(linesOf([processResult('a')], { conclusion: 'success', warnings: ['slow', 'odd', 'slow'] })).toEqual([
    'warning: slow (2 times)',
    'warning: odd',
  ]);
});

import { describe, expect, test } from 'vitest';
import { type AnnotationOptions, annotationsOf } from '../../src/frontends/action/annotations.ts';
import type { Ending, ProcessResult } from '../../src/model/result.ts';
import { answersFor, type ListPattern } from '../rig/plan.ts';
import { processResult } from '../rig/results.ts';

const auth: Ending = { status: 'failed', reason: 'auth' };
const timedOut: Ending = { status: 'timed-out', reason: 'timeout' };
const skipped: Ending = { status: 'skipped', reason: 'auth' };
const lost: Ending = { status: 'skipped', reason: 'earlier-success' };
const denial = { toolName: 'Bash', toolUseId: 't' };

/** `kind: message` of each annotation. */
function linesOf(
  results: readonly ProcessResult[],
  more: Partial<AnnotationOptions['outcome'] & AnnotationOptions> & { readonly pattern?: ListPattern } = {},
) {
  const { conclusion = 'failure', warnings = [], pattern = 'parallel', onDenied = 'warn' } = more;
  const annotations = annotationsOf({
    outcome: { conclusion, results, warnings, answers: answersFor(pattern, results) },
    onDenied,
  });
  return annotations.map(({ kind, message }) => `${kind}: ${message}`);
}

describe('failures', () => {
  test('are one line for each cause, however many there are, with names and messages', () => {
    const results = [
      processResult('a', skipped),
      ...Array.from({ length: 12 }, (_, index) => processResult(`p${index}`, auth, { message: 'Invalid API key' })),
      processResult('b', timedOut, { message: 'while Bash ran: sleep 60' }),
      processResult('c'),
    ];
    expect(linesOf(results)).toEqual([
      expect.stringMatching(
        /^error: 12 processes \(p0, .*, p9 and 2 more\): stopped, since the key or its account was refused: Invalid API key\. Check the key/u,
      ),
      'error: b: timed out after 1.0 s while Bash ran: sleep 60. Raise timeout, or bound the command that it runs.',
      expect.stringMatching(/^error: a: not started, since the key had been refused\. Check the key/u),
    ]);
  });

  test('that fail-on accepts are warnings of a green step', () => {
    const results = [processResult('a', auth, { message: 'Invalid API key' }), processResult('b')];
    expect(linesOf(results, { conclusion: 'success' })).toEqual([
      expect.stringMatching(/^warning: a: stopped, since the key or its account was refused: Invalid API key\. /u),
    ]);
  });

  test('that were to be continued on are warnings, also where others fail the step', () => {
    const minor = processResult('minor', timedOut, { continueOnError: true });
    expect(linesOf([processResult('grave', timedOut), minor])).toEqual([
      expect.stringMatching(/^error: grave: timed out after 1\.0 s\. /u),
      expect.stringMatching(/^warning: minor: timed out after 1\.0 s, which continue-on-error allows\. /u),
    ]);
  });

  test('of those that a fallback tried before its winner are notices, and who was not needed is not named', () => {
    const results = [processResult('a', timedOut), processResult('b'), processResult('c', lost)];
    expect(linesOf(results, { conclusion: 'success', pattern: 'fallback' })).toEqual([
      'notice: a: timed out after 1.0 s. Raise timeout, or ask for less. The end of its log says what it had done.',
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
      expect.stringMatching(/^warning: a: tools denied: Bash ×2\. Allow .* allowed-tools, .* on-denied/u),
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

test('there are nine at most, so that GitHub shows the verdict as well; the last says how many are left', () => {
  const warnings = Array.from({ length: 20 }, (_, index) => `odd ${index}`);
  const lines = linesOf([processResult('a', timedOut)], { warnings });
  expect(lines).toHaveLength(9);
  expect(lines[0]).toMatch(/^error: a: timed out/u);
  expect(lines.at(-1)).toBe('warning: 13 more: see the summary of the job.');
});

test('the title says who and what', () => {
  const results = [processResult('a', timedOut)];
  const outcome = { conclusion: 'failure', results, warnings: [], answers: answersFor('parallel', results) } as const;
  const [annotation] = annotationsOf({ outcome, onDenied: 'warn' });
  expect(annotation?.title).toBe('a: timed out after 1.0 s');
});

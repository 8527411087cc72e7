import { describe, expect, test } from 'vitest';
import type { EnsembleFact } from '../../src/model/event.ts';
import type { ProcessResult } from '../../src/model/result.ts';
import { SessionState } from '../../src/model/session-state.ts';
import { consoleSink } from '../../src/reports/console.ts';
import { missingServersText } from '../../src/text/causes.ts';
import { processResult } from '../rig/results.ts';
import {
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

async function consoleOf(facts: readonly (EnsembleFact & { readonly at?: string })[]): Promise<string[]> {
  const lines: string[] = [];
  const sink = consoleSink({ reader: 'command', write: (line) => lines.push(line) });
  for (const fact of facts) await sink.handle({ at: eventTime, ...fact });
  return lines;
}

/** The same as in the log of a job: what is folded stands in a list behind its title. */
async function jobLogOf(facts: readonly EnsembleFact[]): Promise<(string | readonly string[])[]> {
  const lines: (string | readonly string[])[] = [];
  const fold = (title: string, folded: readonly string[]): unknown => lines.push(title, folded);
  await play([consoleSink({ reader: 'job', write: (line) => lines.push(line), fold })], facts);
  return lines;
}

/** So many seconds after the first event. */
function later(seconds: number): { readonly at: string } {
  return { at: new Date(Date.parse(eventTime) + seconds * 1000).toISOString() };
}

describe('a console', () => {
  test('names no directory of the session where none could be made', async () => {
    const end = async (facts: Partial<ProcessResult>) => {
      const result = processResult('lint', undefined, { attempts: 1, ...facts });
      return (await consoleOf([sessionStarted(['lint']), sessionEnded([result])])).join('\n');
    };
    expect(await end({ logIncomplete: true })).not.toMatch(/logs: |report: /);
    expect(await end({ logIncomplete: true, logFile: '/logs/x/lint.log' })).toMatch(/logs: .*\n.*report: /);
  });

  test('shows what is news, a line each with its time', async () => {
    const lines = await consoleOf([
      sessionStarted(['lint', 'docs'], { trust: { level: 'untrusted', why: 'a pull request from a fork' } }),
      { type: 'notice', level: 'info', message: 'a sequence without pass-output' },
      processStarted('lint'),
      processOutput('lint', 'bytes that nobody reads here'),
      processMessage('lint', { kind: 'text', text: 'chatter' }),
      processMessage('lint', { kind: 'permission-denied', toolName: 'Bash', message: 'no' }),
      processMessage('lint', {
        kind: 'api-retry',
        attempt: 1,
        maxRetries: 2,
        delayMs: 5_000,
        status: 529,
        error: 'overloaded',
      }),
      processRetrying('lint'),
      processStarted('lint', 2),
      { type: 'heartbeat', running: [{ processId: 'lint', name: 'lint' }], waiting: 1, done: 0 },
      { type: 'process-stopping', processId: 'lint', attempt: 2, cause: 'timeout', signal: 'SIGTERM' },
      processEnded(
        processResult(
          'lint',
          { status: 'timed-out', reason: 'timeout' },
          { attempts: 2, duration: 125, timedOutAfter: 60, costUsd: 0.5, message: 'no end after 60 s' },
        ),
      ),
      processEnded(processResult('docs', { status: 'skipped', reason: 'earlier-failure' })),
    ]);
    expect(lines).toEqual([
      ' 0:00 Claude Ensemble: 2 processes, parallel · Claude Code 2.1.330 · untrusted (a pull request from a fork)',
      ' 0:00 a sequence without pass-output',
      ' 0:00 · lint: started',
      ' 0:00 ! lint: Bash was denied',
      ' 0:00 ! lint: the service answered 529 overloaded; asked again in 5.0 s, 1 of 2',
      ' 0:00 ↻ lint: attempt 1 failed: the API said 529. Attempt 2 in 5.0 s',
      ' 0:00 · lint: started, attempt 2',
      '      0 of 2 done · 1 runs, 1 waits',
      ' 0:00 … lint: is being ended: it took too long',
      ' 0:00 ✗ lint: timed out after 1 min in attempt 2: no end after 60 s · 2 min 5 s · 50¢',
      ' 0:00 - docs: not started, since another one had failed',
    ]);
  });

  test('says how far the session is, what it costs and how long it may take, after each ten that ended', async () => {
    const ids = Array.from({ length: 24 }, (_, index) => `p${index}`);
    const policy = { failOn: { kind: 'any' }, onDenied: 'warn', maxWorkers: 4, retries: 2, maxBudgetUsd: 5 } as const;
    const ended = ids.slice(0, 12).map((id, index) => {
      const ending = index === 3 ? ({ status: 'failed', reason: 'auth' } as const) : ({ status: 'succeeded' } as const);
      return {
        ...processEnded(processResult(id, ending, { duration: 8, costUsd: 0.1 })),
        ...later(index < 10 ? 9 : 20),
      };
    });
    const running = ids.slice(0, 14).map((id) => ({ ...processStarted(id), ...later(id === 'p13' ? 18 : 1) }));
    const lines = await consoleOf([sessionStarted(ids, { policy }), ...running, ...ended]);
    expect(lines[0]).toContain('24 processes, parallel, 4 at once');
    // Neither that each has started, nor how far it is whenever one ends.
    expect(lines.slice(14)).toEqual([]);
    expect(lines[12]).toBe('      11 of 24 done, 1 failed · 3 run, 10 wait · $1.10 of $5.00 · about 25 s left');
    expect(lines[13]).toBe(' 0:20 ✓ p11: succeeded after 8.0 s · 10¢ · output of p11');
  });

  test('folds the answer of who succeeded, and shows the end of who failed and the next step at once', async () => {
    const tool = { kind: 'tool-use', id: 't', name: 'Bash', input: { command: 'make' } } as const;
    const lines = await jobLogOf([
      sessionStarted(['good', 'bad']),
      processStarted('good'),
      processMessage('good', tool),
      processEnded(processResult('good', { status: 'succeeded' }, { output: '## Risks\n\n- **One**\n- Two' })),
      processStarted('bad'),
      ...Array.from({ length: 25 }, () => processMessage('bad', tool)),
      processMessage('bad', { kind: 'tool-result', toolUseId: 't', text: 'no rule\nto make', isError: true }),
      processEnded(processResult('bad', { status: 'failed', reason: 'max-turns' }, { stderr: 'a\n\nlast words\n' })),
    ]);
    expect(lines.slice(2, 4)).toEqual([
      ' 0:00 ✓ good: succeeded after 1.0 s · One',
      ['  Risks', '', '  • One', '  • Two', '', '  What it did:', '    Bash make'],
    ]);
    const indented = (text: string): string => `        ${text}`;
    expect(lines.slice(5)).toEqual([
      ' 0:00 ✗ bad: used up its turns · 1.0 s',
      ...['(6 before)', ...Array.from({ length: 19 }, () => 'Bash make'), 'error: no rule to make'].map(indented),
      ...['standard error:', '  a', '  last words', '→ Raise max-turns, or ask for less in one prompt.'].map(indented),
    ]);
  });

  test('of very many and very long answers shows as many as a log can be read with', async () => {
    const output = 'All is well. '.repeat(4_000);
    const ids = Array.from({ length: 60 }, (_, index) => `p${index}`);
    const ends = ids.flatMap((id) => [processEnded(processResult(id, { status: 'succeeded' }, { output }))]);
    const lines = await jobLogOf([sessionStarted(ids), ...ends]);
    expect(lines.filter((line) => typeof line === 'string')).toHaveLength(61);
    expect(JSON.stringify(lines).length).toBeLessThan(256 * 1024);
  });

  test('says last what was denied, cut, retried, skipped, killed or not what it seems, and then the verdict', async () => {
    const denied = { toolName: 'Bash', toolUseId: 't' };
    const results = [
      processResult(
        'a',
        { status: 'succeeded' },
        { attempts: 2, permissionDenials: [denied, denied, { ...denied, toolName: 'Write' }] },
      ),
      processResult(
        'b',
        { status: 'succeeded' },
        { killedAfterResult: true, outputTruncated: true, logIncomplete: true },
      ),
      processResult('c', { status: 'timed-out', reason: 'timeout' }),
      processResult('d', { status: 'skipped', reason: 'budget' }),
      processResult('e', { status: 'succeeded' }, { resumedFrom: '20261121-1' }),
    ];
    const lines = await consoleOf([
      sessionStarted(['a', 'b', 'c', 'd', 'e'], { offline: true }),
      { type: 'notice', level: 'warning', message: 'the disk is full' },
      processRetrying('a'),
      // Given up before it began.
      processRetrying('c'),
      { type: 'process-stopping', processId: 'c', attempt: 1, cause: 'timeout', signal: 'SIGTERM' },
      sessionEnded(results, { verdict: 'Failure: 3 of 5 processes succeeded.' }),
    ]);
    expect(lines.slice(5)).toEqual([
      '',
      '── Claude Ensemble: 3 of 5 done, 2 not · 12 s · nothing paid',
      '  ✗ c: timed out after 1.0 s',
      '    → Raise --timeout, or ask for less. The end of its log says what it had done.',
      '  - d: not started, since too little money was left',
      '    → Raise --max-budget-usd, lower --max-process-budget-usd, or give the session less to do.',
      '  ! a: tools denied: Bash ×2, Write',
      '    → Allow what is needed with --allowed-tools, or set --on-denied to fail or ignore.',
      '  did not exit after the result, which stands, and was ended: b',
      '  tried again: a (service overloaded)',
      '  answer cut after 1 MiB in the results, whole in outputs/: b',
      '  log incomplete: b',
      '  taken from an earlier session: e',
      '  warning: the disk is full',
      '  logs: /logs/20261122-102030-456-0123abcd',
      '  report: /logs/20261122-102030-456-0123abcd/report.html',
      '✗ Failure: 3 of 5 processes succeeded.',
    ]);
  });

  test('obeys nothing that a model, a tool or a name says', async () => {
    const evil = '\u001b[1m::error::x\r\n::add-mask::e\n ##[add-mask]e \u001b##[group]\u202e';
    const result = processResult(
      'lint',
      { status: 'failed', reason: 'claude-error' },
      { name: evil, message: evil, permissionDenials: [{ toolName: evil, toolUseId: 't' }] },
    );
    const facts = [
      sessionStarted(['lint'], {
        processes: [{ processId: 'lint', name: evil }],
        executable: evil,
        trust: { level: 'trusted', why: evil },
      }),
      { type: 'notice', level: 'warning', message: evil, processId: 'lint' },
      processStarted('lint'),
      processMessage('lint', { kind: 'permission-denied', toolName: evil, message: evil }),
      processMessage('lint', { kind: 'model-fallback', from: evil, to: evil }),
      processMessage('lint', finalResult(evil)),
      { type: 'heartbeat', running: [{ processId: 'lint', name: evil }], waiting: 0, done: 0 },
      processEnded(result),
      processEnded({ ...result, status: 'succeeded', reason: undefined } as ProcessResult),
      sessionEnded([result], { verdict: evil }),
    ] as const;
    const lines = await consoleOf(facts);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of [...lines, ...(await jobLogOf(facts)).flat()]) {
      expect(line).toMatch(/^[^\p{Cc}\p{Cf}]*$/u);
      expect(line).not.toMatch(/##\[|^\s*::/);
    }
  });

  test.each([
    ['a branch', 'graph', 'condition'],
    ['a fallback', 'fallback', 'earlier-success'],
  ] as const)('does not take %s that was not needed for something amiss', async (_, pattern, reason) => {
    const spared = processResult('spared', { status: 'skipped', reason });
    const lines = await consoleOf([
      sessionStarted(['a', 'spared'], { pattern }),
      sessionEnded([processResult('a'), spared], { verdict: 'Success.' }),
    ]);
    expect(lines.slice(1, 4)).toEqual([
      '',
      '── Claude Ensemble: 1 of 2 done, 1 not needed · 12 s · cost unknown',
      '  logs: /logs/20261122-102030-456-0123abcd',
    ]);
  });
});

test.each([
  [{ status: 'rejected', limitType: 'seven_day_opus' }, 'the 7-day Opus usage limit of the account is used up'],
  [
    { status: 'allowed_warning', limitType: 'five_hour', resetsAt: Date.parse('2026-11-27T15:00:10Z') },
    'the 5-hour usage limit of the account is nearly used up, resets at 2026-11-27 15:01 UTC',
  ],
  [{ status: 'rejected', isUsingOverage: true }, 'the usage limit of the account is used up; paid credits are in use'],
] as const)('a limit of the account is told in words: %o', async (limit, words) => {
  const entry = { kind: 'usage-limit', isUsingOverage: false, ...limit } as const;
  const lines = await consoleOf([sessionStarted(['lint']), processMessage('lint', entry)]);
  expect(lines.at(-1)).toBe(` 0:00 ! lint: ${words}`);
});

test('how a limit stands is said once, until it stands otherwise', async () => {
  const stand = (status: string) =>
    processMessage('lint', { kind: 'usage-limit', isUsingOverage: false, status, limitType: 'five_hour' });
  const lines = await consoleOf([
    sessionStarted(['lint']),
    ...['allowed_warning', 'allowed_warning', 'rejected', 'rejected'].map(stand),
  ]);
  expect(lines.slice(1).map((line) => line.replace(/.* is /u, ''))).toEqual(['nearly used up', 'used up']);
});

test('what a concern says of missing servers is not said again as a warning', async () => {
  const message = missingServersText([{ name: 'github', status: 'failed' }]);
  const result = processResult('lint', undefined, { mcpFaults: [{ name: 'github', status: 'failed' }] });
  const lines = await consoleOf([
    sessionStarted(['lint']),
    { type: 'notice', level: 'warning', processId: 'lint', message },
    processEnded(result),
    sessionEnded([result]),
  ]);
  expect(lines.filter((line) => line.includes('github'))).toEqual([
    ` 0:00 lint: warning: ${message}`,
    '  ! lint: MCP servers missing: github (failed)',
  ]);
  expect(lines.filter((line) => line.includes(' ! lint: succeeded'))).toHaveLength(1);
});

test('the warnings of a session are what was said at level warning, each once, in order', async () => {
  const state = new SessionState();
  await play(
    [{ name: 'state', handle: (event) => state.apply(event) }],
    [
      { type: 'notice', level: 'warning', message: 'one' },
      { type: 'notice', level: 'info', message: 'two' },
      { type: 'notice', level: 'warning', message: 'three' },
      { type: 'notice', level: 'warning', message: 'one' },
    ],
  );
  expect(state.warnings).toEqual(['one', 'three']);
});

import { describe, expect, test } from 'vitest';
import type { EnsembleFact } from '../../src/model/event.ts';
import { SessionState } from '../../src/model/session-state.ts';
import { consoleSink } from '../../src/reports/console.ts';
import { processResult } from '../rig/results.ts';
import {
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

async function consoleOf(facts: readonly EnsembleFact[]): Promise<string[]> {
  const lines: string[] = [];
  await play([consoleSink({ write: (line) => lines.push(line) })], facts);
  return lines;
}

describe('a console', () => {
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
          { attempts: 2, duration: 63, costUsd: 0.5, message: 'no end after 60 s' },
        ),
      ),
      processEnded(processResult('docs', { status: 'skipped', reason: 'earlier-failure' })),
    ]);
    expect(lines).toEqual([
      '10:20:30 session 20261122-102030-456-0123abcd: 2 processes, parallel, with Claude Code 2.1.330; untrusted (a pull request from a fork).',
      '10:20:30 a sequence without pass-output',
      '10:20:30 lint: started',
      '10:20:30 lint: Bash was denied',
      "10:20:30 lint: the model's service is asked again in 5.0 s (529 overloaded), 1 of 2",
      '10:20:30 lint: attempt 1 failed (overloaded), next in 5.0 s: the API said 529',
      '10:20:30 lint: started, attempt 2',
      '10:20:30 running: lint; 1 waiting, 0 done',
      '10:20:30 lint: SIGTERM sent (timeout)',
      '10:20:30 lint: timed-out (timeout) after 1 min 3 s, 50¢, 2 attempts: no end after 60 s',
      '10:20:30 docs: skipped (earlier-failure)',
    ]);
  });

  test('says last what was denied, cut, retried, skipped, killed or not what it seems, and then the verdict', async () => {
    const denied = { toolName: 'Bash', toolUseId: 't' };
    const results = [
      processResult(
        'a',
        { status: 'succeeded' },
        { permissionDenials: [denied, denied, { ...denied, toolName: 'Write' }] },
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
      { type: 'process-stopping', processId: 'c', attempt: 1, cause: 'timeout', signal: 'SIGTERM' },
      sessionEnded(results, { verdict: 'Failure: 3 of 5 processes succeeded.' }),
    ]);
    expect(lines.slice(4).map((line) => line.slice(9))).toEqual([
      'logs: /logs/20261122-102030-456-0123abcd',
      'offline: every answer came from the built-in stand-in, not from a model',
      'tools denied: a (Bash ×2, Write)',
      'killed: b (did not exit after its result, which stands), c (timeout)',
      'retried: a (overloaded)',
      'skipped, budget: d',
      'output cut after 1 MiB in the results, whole in outputs/: b',
      'log incomplete: b',
      'taken from an earlier session: e',
      'warning: the disk is full',
      '✗ c: timed out after 1.0 s. → Raise timeout, or bound the command that it runs.',
      '✗ d: not started, since the money was used up. → Raise max-budget-usd, or give the session less to do.',
      '! a: tools denied: Bash ×2, Write. → Allow what is needed with allowed-tools, or set on-denied to fail or ignore.',
      'Failure: 3 of 5 processes succeeded.',
    ]);
  });

  test('obeys nothing that a model, a tool or a name says', async () => {
    const evil = '\u001b[1m::error::x\r\n::add-mask::e\n ##[add-mask]e \u001b##[group]\u202e';
    const result = processResult(
      'lint',
      { status: 'failed', reason: 'claude-error' },
      { name: evil, message: evil, permissionDenials: [{ toolName: evil, toolUseId: 't' }] },
    );
    const lines = await consoleOf([
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
      sessionEnded([result], { verdict: evil }),
    ]);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      expect(line).toMatch(/^\d\d:\d\d:\d\d [^\p{Cc}\p{Cf}]+$/u);
      expect(line).not.toContain('##[');
    }
  });
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

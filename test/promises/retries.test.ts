import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { startMessagesApi } from '../../src/offline/messages-api.ts';
import { startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { type FrontendSession, frontends } from '../rig/frontend.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { say, scriptedProgram, scriptedPrompt } from '../rig/scripted-program.ts';
import {
  apiErrorResult,
  apiRetry,
  initMessage,
  limitResult,
  resultMessage,
  type StreamMessage,
  toolUse,
} from '../rig/stream-messages.ts';
import { waitFor } from '../rig/wait-for.ts';

const overloaded = apiErrorResult(529, 'API Error: 529 Overloaded');

/** Shell that ends as the CLI does after an error: with its messages, and 1. */
function failing(...messages: readonly StreamMessage[]): string {
  return `${say(initMessage(), ...messages)}\nexit 1`;
}

/** The delays that were announced so far, in seconds. */
function announcedDelays(session: FrontendSession): readonly number[] {
  const log = readFileSync(session.file('session.log'), 'utf8');
  return [...log.matchAll(/attempt \d+ failed .*?next in (?:(\d+) min ?)?(?:([\d.]+) s)?/g)].map(
    ([, minutes = '0', seconds = '0']) => Number(minutes) * 60 + Number(seconds),
  );
}

/** The delays, when so many were announced. */
function delaysOf(session: FrontendSession, count: number): Promise<readonly number[]> {
  return waitFor(`delay ${count}`, () => (announcedDelays(session).length < count ? false : announcedDelays(session)));
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R14: an overload, a limit, a fault of the service and a lost connection each cost one more attempt than `retries`', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const faults = {
      busy: apiErrorResult(529, 'API Error: 529'),
      limited: apiErrorResult(429, 'API Error: 429'),
      broken: apiErrorResult(500, 'API Error: 500'),
      unavailable: apiErrorResult(503, 'API Error: 503'),
      lost: apiErrorResult(null, 'API Error: Connection error.', { api_error: 'connection_failed' }),
    };
    const prompts = Object.entries(faults).map(([id, fault]) => scriptedPrompt(id, failing(fault)));
    const options = { 'claude-path': executable, retries: '1', 'retry-delay': '10ms' };
    const { results } = await start(job, { prompts, options }).done;
    expect(results.map(({ status, reason, attempts }) => [status, reason, attempts])).toEqual([
      ['failed', 'overloaded', 2],
      ['failed', 'rate-limited', 2],
      ['failed', 'claude-error', 2],
      ['failed', 'claude-error', 2],
      ['failed', 'claude-error', 2],
    ]);
    expect(starts().toSorted()).toEqual(
      Object.keys(faults)
        .flatMap((id) => [id, id])
        .toSorted(),
    );
  });

  test('R14: the real CLI asks a service that stays away at most 3 times in each of 3 attempts', async () => {
    await using api = await startMessagesApi({ record: true });
    await using job = await startJob({ env: { ...credentials, ANTHROPIC_BASE_URL: api.baseUrlFor('p') } });
    const prompts = [{ id: 'p', prompt: 'offline: error unavailable' }];
    const { results } = await start(job, { prompts, options: { 'retry-delay': '10ms' } }).done;
    expect(results).toMatchObject([{ status: 'failed', reason: 'claude-error', attempts: 3 }]);
    expect(api.requests.length).toBeGreaterThanOrEqual(3);
    expect(api.requests.length).toBeLessThanOrEqual(9);
    figure({ row: 'R14', frontend }, `503 without end: 3 attempts, ${api.requests.length} requests`);
  });

  test('R14: delays are a random part of the first one, doubled each time', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const prompts = [scriptedPrompt('p', failing(overloaded))];
    const options = { 'claude-path': executable, retries: '3', 'retry-delay': '400ms' };
    const session = start(job, { prompts, options });
    await session.done;
    const delays = announcedDelays(session);
    expect(starts()).toHaveLength(4);
    expect(delays).toHaveLength(3);
    // Shown to the tenth of a second.
    for (const [retry, delay] of delays.entries()) expect(delay).toBeLessThanOrEqual(0.4 * 2 ** retry + 0.05);
    figure({ row: 'R14', frontend }, `delays of up to 0.4, 0.8, 1.6 s: ${delays.join(', ')} s`);
  });

  test('R14: unless told otherwise the first delay is at most 5 s, and a cancel during it starts nothing more', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, { prompts: [{ id: 'p', prompt: 'x' }], options: { 'claude-path': rig.executable } });
    const child = await rig.nextChild();
    // So that the wait is long enough to be interrupted.
    await child.printJson(apiRetry({ retry_delay_ms: 4_900 }));
    await child.printJson(overloaded);
    await child.exit(1);
    const [delay] = await delaysOf(session, 1);
    session.signal('SIGINT');
    const { results } = await session.done;
    expect(delay).toBeGreaterThanOrEqual(4.9);
    expect(delay).toBeLessThanOrEqual(5);
    expect(results).toMatchObject([{ status: 'cancelled', reason: 'cancelled', attempts: 1 }]);
    expect(rig.started).toBe(1);
  });

  test("R14: the server's delay is honoured, and at most 60 s of it", async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = { 'claude-path': rig.executable, 'retry-delay': '1ms' };
    const session = start(job, { prompts: [{ id: 'p', prompt: 'x' }], options });
    const first = await rig.nextChild();
    await first.printJson(apiRetry({ retry_delay_ms: 1_500, error_status: 429 }));
    await first.printJson(apiErrorResult(429, 'API Error: 429'));
    const failedAt = performance.now();
    await first.exit(1);
    const second = await rig.nextChild();
    const waited = (performance.now() - failedAt) / 1000;
    await second.printJson(apiRetry({ retry_delay_ms: 300_000, error_status: 429 }));
    await second.printJson(apiErrorResult(429, 'API Error: 429'));
    await second.exit(1);
    const delays = await delaysOf(session, 2);
    session.signal('SIGINT');
    await session.done;
    expect(waited).toBeGreaterThanOrEqual(1.5);
    expect(delays).toEqual([1.5, 60]);
    figure(
      { row: 'R14', frontend },
      `asked to wait 1.5 s: next attempt after ${waited.toFixed(1)} s; asked to wait 300 s: 60 s`,
    );
  });

  test('R14: a session of 30 processes retries 6 times in all', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const prompts = Array.from({ length: 30 }, (_, index) => scriptedPrompt(`p${index}`, failing(overloaded)));
    const { results } = await start(job, { prompts, options: { 'claude-path': executable, 'retry-delay': '10ms' } })
      .done;
    expect(results).toHaveLength(30);
    expect(starts()).toHaveLength(36);
    expect(results.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(36);
    figure({ row: 'R14', frontend }, '30 processes against a service that is down: 36 attempts');
  });

  test('R14: nothing is retried past the deadline of the session', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const prompts = [scriptedPrompt('p', failing(apiRetry({ retry_delay_ms: 30_000 }), overloaded))];
    const options = { 'claude-path': executable, timeout: '5', 'total-timeout': '20' };
    const { results, duration } = await start(job, { prompts, options }).done;
    expect(results).toMatchObject([{ status: 'failed', reason: 'overloaded', attempts: 1 }]);
    expect(starts()).toEqual(['p']);
    expect(duration).toBeLessThan(20_000);
  });

  test('R15: what a retry cannot mend is started once', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const denials = [{ tool_name: 'Bash', tool_use_id: 't1', tool_input: {} }];
    const scripts = {
      'invalid-request': failing(apiErrorResult(400, 'API Error: 400')),
      'invalid-request.model': failing(apiErrorResult(404, 'API Error: 404 model: no-such-model')),
      'max-turns': failing(limitResult('error_max_turns', ['Reached maximum number of turns (1)'])),
      budget: failing(limitResult('error_max_budget_usd', ['Reached maximum budget ($0.01)'])),
      'schema-invalid': failing(limitResult('error_max_structured_output_retries', ['Failed 5 times'])),
      'prompt-too-long': failing(apiErrorResult(null, 'Prompt is too long', { terminal_reason: 'blocking_limit' })),
      denied: say(resultMessage('I may not.', { permission_denials: denials })),
      'exit-code': 'echo wrong usage >&2; exit 2',
      signal: 'kill -9 $$',
      'no-result': say(initMessage()),
      'empty-output': say(resultMessage('')),
      timeout: 'exec sleep 60',
      // Transient, but a tool has run.
      overloaded: failing(toolUse('Bash', { command: 'make deploy' }), overloaded),
    };
    const prompts = Object.entries(scripts).map(([id, script]) => ({
      ...scriptedPrompt(id, script),
      ...(id === 'timeout' && { timeout: '300ms' }),
    }));
    const options = { 'claude-path': executable, 'on-denied': 'fail', 'retry-delay': '10ms' };
    const { results } = await start(job, { prompts, options }).done;
    expect(results.map(({ processId, reason }) => [processId, reason])).toEqual(
      Object.keys(scripts).map((id) => [id, id.split('.')[0]]),
    );
    expect(starts().toSorted()).toEqual(Object.keys(scripts).toSorted());
    figure(
      { row: 'R15', frontend },
      `${starts().length} kinds of failure: ${starts().length} starts, also after a tool has run`,
    );
  });

  test.each([401, 402, 403])('R15: a credential that is refused with %d is tried once', async (status) => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const prompts = [scriptedPrompt('p', failing(apiErrorResult(status, 'API Error')))];
    const options = { 'claude-path': executable, 'retry-delay': '10ms' };
    const { results } = await start(job, { prompts, options }).done;
    expect(results).toMatchObject([{ status: 'failed', reason: 'auth', attempts: 1 }]);
    expect(starts()).toEqual(['p']);
  });

  test('R15: after a tool has run there is another attempt only when that is asked for', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const prompts = [scriptedPrompt('p', failing(toolUse('Bash', { command: 'make' }), overloaded))];
    const options = { 'claude-path': executable, 'retry-delay': '10ms', 'retry-after-tools': 'true', retries: '1' };
    await start(job, { prompts, options }).done;
    expect(starts()).toEqual(['p', 'p']);
  });
});

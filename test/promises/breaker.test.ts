import { describe, expect, test } from 'vitest';
import { startMessagesApi } from '../../src/offline/messages-api.ts';
import { figure } from '../rig/figure.ts';
import { frontends } from '../rig/frontend.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { say, scriptedProgram, scriptedPrompt } from '../rig/scripted-program.ts';
import { apiErrorResult, initMessage, resultMessage, type StreamMessage, usageLimit } from '../rig/stream-messages.ts';

const workers = 3;
const prompts = 12;

/** Shell that ends as the CLI does after an error: with its messages, and 1. */
function failing(...messages: readonly StreamMessage[]): string {
  return `${say(initMessage(), ...messages)}\nexit 1`;
}

/** Many processes that all meet the same refusal. */
function many(script: string): ReturnType<typeof scriptedPrompt>[] {
  return Array.from({ length: prompts }, (_, index) => scriptedPrompt(`p${index}`, script));
}

function inSeconds(seconds: number): number {
  return Math.ceil(Date.now() / 1000) + seconds;
}

const hitLimit = apiErrorResult(429, "You've hit your 5-hour limit", { api_error: 'usage_limit_reached' });

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  const inAnHour = inSeconds(3600);
  const refusals: readonly [what: string, reason: string, script: string][] = [
    ['a refused key', 'auth', failing(apiErrorResult(401, 'Invalid API key'))],
    ['a disabled account', 'auth', failing(apiErrorResult(400, 'x', { api_error: 'org_disabled_credential' }))],
    ['a limit without a reset', 'quota', failing(usageLimit(), hitLimit)],
    ['a limit of an hour', 'quota', failing(usageLimit({ resetsAt: inAnHour }), hitLimit)],
    ['a limit that only the text tells of', 'quota', failing(apiErrorResult(429, "You've hit your limit"))],
  ];
  test.each(refusals)(
    'R28: %s is met by one process per worker, and the rest is skipped',
    async (what, reason, script) => {
      await using job = await startJob({ env: credentials });
      const { executable, starts } = scriptedProgram(job.temporary);
      const options = { 'claude-path': executable, 'max-workers': String(workers), 'retry-delay': '10ms' };
      const { results } = await start(job, { prompts: many(script), options }).done;
      expect(starts().length).toBeLessThanOrEqual(workers);
      expect(new Set(starts()).size).toBe(starts().length);
      expect(results).toHaveLength(prompts);
      for (const result of results) {
        expect(result).toMatchObject({ status: starts().includes(result.processId) ? 'failed' : 'skipped', reason });
      }
      figure({ row: 'R28', frontend }, `${what}, ${workers} workers: ${starts().length} starts for ${prompts} prompts`);
    },
  );

  test('R28: every refused process says when its limit resets, and what runs is left to end', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const fine = scriptedPrompt('fine', say(initMessage(), resultMessage('Fine.')));
    const refused = scriptedPrompt('refused', failing(usageLimit({ resetsAt: inAnHour }), hitLimit));
    const options = { 'claude-path': executable, 'max-workers': '2' };
    const { results, outputs } = await start(job, { prompts: [fine, refused], options }).done;
    expect(starts().toSorted()).toEqual(['fine', 'refused']);
    const retryAt = new Date(inAnHour * 1000).toISOString();
    expect(results).toMatchObject([{ status: 'succeeded' }, { status: 'failed', reason: 'quota', retryAt }]);
    if (frontend === 'library') return;
    expect(outputs).toMatchObject({ 'retry-at': retryAt, verdict: expect.stringContaining('the limit resets at 20') });
  });

  test('R28: a limit that resets within 5 minutes is waited for, and nothing is lost', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const resetsAt = inSeconds(3);
    const answer = say(initMessage(), resultMessage('Fine.'));
    const script = `[ $(date +%s) -ge ${resetsAt} ] && { ${answer}\nexit 0; }\n${failing(usageLimit({ resetsAt }), hitLimit)}`;
    const options = { 'claude-path': executable, 'max-workers': String(workers), retries: '0' };
    const { results, duration } = await start(job, { prompts: many(script), options }).done;
    expect(results.map(({ status }) => status)).toEqual(Array(prompts).fill('succeeded'));
    expect(starts().length).toBeLessThanOrEqual(prompts + workers);
    figure(
      { row: 'R28', frontend },
      `a reset 3 s away: ${starts().length} starts for ${prompts} prompts, all succeeded after ${(duration / 1000).toFixed(1)} s`,
    );
  });

  test('R28: a limit of one model leaves the processes of other models alone', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const script = `case "$*" in *opus*) ${failing(usageLimit({ resetsAt: inAnHour, rateLimitType: 'seven_day_opus' }), hitLimit)};; esac\n${say(initMessage(), resultMessage('Fine.'))}`;
    const work = many(script).map((prompt, index) => ({ ...prompt, model: index % 2 === 0 ? 'opus' : 'sonnet' }));
    const { results } = await start(job, { prompts: work, options: { 'claude-path': executable, 'max-workers': '1' } })
      .done;
    expect(results.map(({ status, reason }) => reason ?? status)).toEqual(
      work.map(({ model }) => (model === 'opus' ? 'quota' : 'succeeded')),
    );
    expect(starts()).toHaveLength(1 + prompts / 2);
  });

  test('R28: a limit that paid credits have taken over refuses nothing', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    const overage = usageLimit({ resetsAt: inAnHour, isUsingOverage: true });
    const script = say(initMessage(), overage, resultMessage('Fine.'));
    const { results } = await start(job, { prompts: many(script), options: { 'claude-path': executable } }).done;
    expect(results.map(({ status }) => status)).toEqual(Array(prompts).fill('succeeded'));
    expect(starts()).toHaveLength(prompts);
  });

  test('R28: the real CLI: a key that the service refuses is tried by one process per worker', async () => {
    await using api = await startMessagesApi({ record: true });
    await using job = await startJob({ env: { ...credentials, ANTHROPIC_BASE_URL: api.baseUrlFor('p') } });
    const work = Array.from({ length: 5 }, (_, index) => ({
      id: `p${index}`,
      prompt: 'offline: error authentication',
    }));
    const { results } = await start(job, { prompts: work, options: { 'max-workers': '1' } }).done;
    expect(results.map(({ status, reason }) => `${status}: ${reason}`)).toEqual([
      'failed: auth',
      ...Array(4).fill('skipped: auth'),
    ]);
  });

  test('R28: the real CLI, offline: a used up limit ends the session, one that resets soon only delays it', async () => {
    await using job = await startJob({});
    const used = [
      { id: 'a', prompt: 'offline: usage-limit resets 7200' },
      { id: 'b', prompt: 'Say hello.' },
    ];
    const options = { offline: 'true', 'max-workers': '1', retries: '0' };
    const { results } = await start(job, { prompts: used, options }).done;
    expect(results).toMatchObject([
      { status: 'failed', reason: 'quota', retryAt: expect.stringMatching(/^20.*Z$/) },
      { status: 'skipped', reason: 'quota' },
    ]);
    const soon = [{ id: 'a', prompt: 'offline: usage-limit resets 1 times 1\noffline: reply Here I am.' }];
    const waited = await start(job, { prompts: soon, options }).done;
    expect(waited.results).toMatchObject([{ status: 'succeeded', attempts: 2, output: 'Here I am.' }]);
  });
});

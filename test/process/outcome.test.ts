import { describe, expect, it } from 'vitest';
import { startAttempt } from '../rig/attempt.ts';
import { plainProgram } from '../rig/plain-program.ts';
import type { StreamMessage } from '../rig/stream-messages.ts';
import {
  apiErrorResult,
  assistantText,
  initMessage,
  limitResult,
  resultMessage,
  toolResult,
  toolUse,
  usageLimit,
} from '../rig/stream-messages.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

/** Runs one child that prints the messages and exits, or dies by a signal. */
async function outcomeOf(
  messages: readonly StreamMessage[],
  end: number | 'SIGKILL',
  options: { schema?: string; denialsFail?: boolean; ceilingUsd?: number } = {},
) {
  await using directory = await temporaryDirectory();
  const lines = messages.map((message) => JSON.stringify(message)).join('\n');
  const last = end === 'SIGKILL' ? 'kill -KILL $$' : `exit ${end}`;
  const { outcome } = startAttempt({
    executable: plainProgram(directory.path, `cat <<'END'\n${lines}\nEND\n${last}`),
    process: {
      claude: {
        allowedTools: [],
        disallowedTools: [],
        claudeArgs: [],
        ...(options.schema && { jsonSchema: options.schema }),
      },
    },
    context: { denialsFail: options.denialsFail ?? false },
    ...(options.ceilingUsd !== undefined && { ceilingUsd: options.ceilingUsd }),
  });
  return await outcome;
}

const apiError = (status: number | null, error = 'unknown', overrides: StreamMessage = {}): StreamMessage[] => [
  initMessage(),
  { ...assistantText('API Error'), error, is_api_error_message: true },
  apiErrorResult(status, 'API Error', overrides),
];

const limit = (subtype: string): StreamMessage[] => [initMessage(), limitResult(subtype, ['a limit was reached'])];

describe('a process succeeded', () => {
  it('when its final result is no error, not empty, and it exited with 0', async () => {
    const outcome = await outcomeOf([initMessage(), assistantText('All done.'), resultMessage('All done.')], 0);
    expect(outcome).toMatchObject({
      ending: { status: 'succeeded' },
      exitCode: 0,
      output: 'All done.',
      transient: false,
    });
  });

  it('with structured output alone', async () => {
    const outcome = await outcomeOf([resultMessage('', { structured_output: { a: 1 } })], 0, { schema: '{}' });
    expect(outcome).toMatchObject({ ending: { status: 'succeeded' }, structuredOutput: { a: 1 } });
  });
});

describe('a process failed, with a reason of its own', () => {
  const cases: readonly {
    readonly title: string;
    readonly messages: readonly StreamMessage[];
    readonly exitCode: number;
    readonly reason: string;
    readonly transient?: boolean;
    readonly options?: { schema?: string; denialsFail?: boolean };
  }[] = [
    { title: 'an exit code without a result', messages: [initMessage()], exitCode: 3, reason: 'exit-code' },
    { title: 'exit 0 without a result', messages: [initMessage()], exitCode: 0, reason: 'no-result' },
    { title: 'an empty result', messages: [resultMessage(' \n')], exitCode: 0, reason: 'empty-output' },
    {
      title: 'a result that shows as nothing',
      messages: [resultMessage('\u200b\ufeff\0')],
      exitCode: 0,
      reason: 'empty-output',
    },
    {
      title: 'there is no turn at all',
      messages: [resultMessage('Words of the CLI.', { num_turns: 0 })],
      exitCode: 0,
      reason: 'empty-output',
    },
    { title: 'a result, but a bad exit', messages: [resultMessage('Done.')], exitCode: 1, reason: 'exit-code' },
    { title: 'is_error with exit 0', messages: apiError(null, ''), exitCode: 0, reason: 'claude-error' },
    { title: 'the maximum of turns', messages: limit('error_max_turns'), exitCode: 1, reason: 'max-turns' },
    { title: 'the budget', messages: limit('error_max_budget_usd'), exitCode: 1, reason: 'budget' },
    {
      title: 'bad structured output',
      messages: limit('error_max_structured_output_retries'),
      exitCode: 1,
      reason: 'schema-invalid',
    },
    {
      title: 'an error during execution',
      messages: limit('error_during_execution'),
      exitCode: 0,
      reason: 'claude-error',
    },
    {
      title: 'a schema never met',
      messages: [resultMessage('Done.')],
      exitCode: 0,
      reason: 'schema-invalid',
      options: { schema: '{}' },
    },
    {
      title: 'denied tools where on-denied is fail',
      messages: [
        resultMessage('Done.', { permission_denials: [{ tool_name: 'Write', tool_use_id: 't1', tool_input: {} }] }),
      ],
      exitCode: 0,
      reason: 'denied',
      options: { denialsFail: true },
    },
    { title: '429', messages: apiError(429, 'rate_limit'), exitCode: 1, reason: 'rate-limited', transient: true },
    { title: '529', messages: apiError(529, 'server_error'), exitCode: 1, reason: 'overloaded', transient: true },
    { title: '500', messages: apiError(500, 'server_error'), exitCode: 1, reason: 'claude-error', transient: true },
    { title: '408', messages: apiError(408), exitCode: 1, reason: 'claude-error', transient: true },
    { title: '401', messages: apiError(401, 'authentication_failed'), exitCode: 1, reason: 'auth' },
    { title: '402', messages: apiError(402), exitCode: 1, reason: 'auth' },
    { title: '403', messages: apiError(403, 'authentication_failed'), exitCode: 1, reason: 'auth' },
    { title: 'no login', messages: apiError(null, 'authentication_failed'), exitCode: 1, reason: 'auth' },
    { title: 'no credit', messages: apiError(400, 'billing_error'), exitCode: 1, reason: 'auth' },
    {
      title: 'a disabled organization',
      messages: apiError(400, 'invalid_request', { api_error: 'org_disabled_credential' }),
      exitCode: 1,
      reason: 'auth',
    },
    {
      title: 'expired credentials of a cloud provider',
      messages: apiError(null, 'cloud_credential_error', { api_error: 'provider_credentials' }),
      exitCode: 1,
      reason: 'auth',
    },
    {
      title: 'a used up limit',
      messages: apiError(429, 'rate_limit', { api_error: 'usage_limit_reached' }),
      exitCode: 1,
      reason: 'quota',
    },
    {
      title: 'a used up limit without a type',
      messages: [usageLimit(), ...apiError(429, 'rate_limit')],
      exitCode: 1,
      reason: 'quota',
    },
    { title: 'a used up limit without a result', messages: [usageLimit()], exitCode: 1, reason: 'quota' },
    {
      title: 'a push-back while paid credits are in use',
      messages: [usageLimit({ isUsingOverage: true }), ...apiError(429, 'rate_limit')],
      exitCode: 1,
      reason: 'rate-limited',
      transient: true,
    },
    {
      title: 'a monthly limit of an API key',
      messages: [
        apiErrorResult(
          400,
          'API Error: 400 You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
        ),
      ],
      exitCode: 1,
      reason: 'quota',
    },
    { title: '400', messages: apiError(400), exitCode: 1, reason: 'invalid-request' },
    { title: '404', messages: apiError(404, 'model_not_found'), exitCode: 1, reason: 'invalid-request' },
    {
      title: '413',
      messages: apiError(413, 'unknown', { terminal_reason: 'image_error' }),
      exitCode: 1,
      reason: 'invalid-request',
    },
    {
      title: 'a prompt that is too long',
      messages: apiError(400, 'unknown', { terminal_reason: 'prompt_too_long' }),
      exitCode: 1,
      reason: 'prompt-too-long',
    },
    {
      title: 'a prompt that the CLI itself finds too long',
      messages: apiError(null, 'invalid_request', { terminal_reason: 'blocking_limit' }),
      exitCode: 1,
      reason: 'prompt-too-long',
    },
    {
      title: 'a lost connection',
      messages: apiError(null, 'server_error', { api_error: 'connection_failed' }),
      exitCode: 1,
      reason: 'claude-error',
      transient: true,
    },
    {
      title: 'a malformed answer',
      messages: apiError(null, 'unknown'),
      exitCode: 1,
      reason: 'claude-error',
      transient: true,
    },
    {
      title: 'a refusal',
      messages: apiError(null, 'invalid_request', { stop_reason: 'refusal' }),
      exitCode: 1,
      reason: 'claude-error',
    },
    {
      title: 'an answer over the output limit',
      messages: apiError(null, 'max_output_tokens', { api_error: 'max_output_tokens' }),
      exitCode: 1,
      reason: 'claude-error',
    },
  ];
  it.concurrent.each(cases)('$title', async ({ messages, exitCode, reason, transient = false, options }) => {
    const outcome = await outcomeOf(messages, exitCode, options);
    expect(outcome.ending).toEqual({ status: 'failed', reason });
    expect(outcome.transient).toBe(transient);
    expect(outcome.exitCode).toBe(exitCode > 0 ? exitCode : -1);
  });

  it.each([
    [1 / 3, 'it reached its ceiling of 33¢'],
    [undefined, 'a limit was reached'],
  ])('a ceiling of %s dollars is named as it was given to us, not as the CLI got it', async (ceilingUsd, message) => {
    const options = ceilingUsd === undefined ? {} : { ceilingUsd };
    expect(await outcomeOf(limit('error_max_budget_usd'), 1, options)).toMatchObject({ message });
  });

  it.each([
    ['five_hour', { resetsAt: 1_795_823_306_000 }],
    ['seven_day_opus', { resetsAt: 1_795_823_306_000, model: 'opus' }],
    ['seven_day_overage_included', { resetsAt: 1_795_823_306_000, model: 'claude-opus-5-5' }],
  ])('a used up limit %s: when it resets, and which model it is of', async (rateLimitType, refusal) => {
    const limited = usageLimit({ rateLimitType, resetsAt: 1_795_823_306 });
    const messages = [initMessage(), limited, ...apiError(429, 'rate_limit', { api_error: 'usage_limit_reached' })];
    expect((await outcomeOf(messages, 1)).refusal).toEqual(refusal);
  });

  it('a used up limit whose reset no calendar knows: none', async () => {
    const limited = usageLimit({ resetsAt: 1e20 });
    expect((await outcomeOf([limited, ...apiError(429, 'rate_limit')], 1)).refusal).toEqual({});
  });

  it('a model that is not enabled for the credential: of that model only', async () => {
    const params = { api_error_params: { remedy: 'model_access' } };
    const messages = apiError(403, 'cloud_credential_error', { api_error: 'provider_credentials' }).map((message) =>
      message.type === 'assistant' ? { ...message, ...params } : message,
    );
    expect(await outcomeOf([initMessage(), ...messages], 1)).toMatchObject({
      ending: { reason: 'auth' },
      refusal: { model: 'claude-opus-5-5' },
    });
  });

  it('a signal that we did not send: 128 + n', async () => {
    expect(await outcomeOf([resultMessage('Done.')], 'SIGKILL')).toMatchObject({
      ending: { status: 'failed', reason: 'signal' },
      exitCode: 137,
      childExit: { code: null, signal: 'SIGKILL' },
    });
  });

  it('a working directory that is not there', async () => {
    const { outcome } = startAttempt({ executable: '/bin/true', process: { workingDirectory: '/nowhere/at/all' } });
    expect(await outcome).toMatchObject({ ending: { status: 'failed', reason: 'spawn-error' }, exitCode: -1 });
  });
});

describe('what the model wrote last is the output', () => {
  const answer = [assistantText('I looked. '), toolUse('Read', {}), toolResult('x'), assistantText('All done.')];

  it('of a process that failed, too; the text of an error is the message', async () => {
    const outcome = await outcomeOf([...answer, ...apiError(500, 'server_error')], 1);
    expect(outcome).toMatchObject({ output: 'All done.', message: 'API Error', ending: { status: 'failed' } });
    expect(await outcomeOf(apiError(500, 'server_error'), 1)).toMatchObject({ output: '', message: 'API Error' });
    expect(await outcomeOf(answer, 3)).toMatchObject({ output: 'All done.', ending: { reason: 'exit-code' } });
  });

  it('not what a sub-agent wrote', async () => {
    const subagent = { ...assistantText('A sub-agent writes.'), parent_tool_use_id: 'toolu_1' };
    const outcome = await outcomeOf([...answer, subagent, resultMessage('All done.')], 0);
    expect(outcome).toMatchObject({ output: 'All done.', ending: { status: 'succeeded' } });
  });

  it('all blocks of one message, also in one line', async () => {
    const blocks = ['One. ', 'Two.'].map((part) => ({ type: 'text', text: part }));
    const message = { type: 'assistant', message: { role: 'assistant', content: blocks } };
    expect(await outcomeOf([message, resultMessage('Two.')], 0)).toMatchObject({ output: 'One. Two.' });
  });
});

it('the tokens of all models count, whatever the sum of the CLI leaves out: sub-agents, an answer that cost too much', async () => {
  const used = { inputTokens: 1000, outputTokens: 100, cacheReadInputTokens: 10, cacheCreationInputTokens: 1 };
  const modelUsage = { opus: used, haiku: { ...used, inputTokens: 1 } };
  expect(await outcomeOf([assistantText('Yes.'), resultMessage('Yes.', { modelUsage })], 0)).toMatchObject({
    usage: { inputTokens: 1001, outputTokens: 200, cacheReadTokens: 20, cacheWriteTokens: 2 },
  });
});

describe('of several results', () => {
  const success = [assistantText('The answer.'), resultMessage('The answer.', { total_cost_usd: 0.75 })];
  const spurious = limitResult('error_during_execution', ['only prompt commands are supported'], {
    num_turns: 0,
    total_cost_usd: 0,
  });

  it('an error that follows a success without a new turn takes nothing back, and the highest cost counts', async () => {
    expect(await outcomeOf([...success, spurious], 0)).toMatchObject({
      ending: { status: 'succeeded' },
      output: 'The answer.',
      costUsd: 0.75,
    });
  });

  it('one that follows a new turn counts, be it an error or an answer', async () => {
    const more = assistantText('More.');
    const failed = await outcomeOf(
      [...success, more, { ...spurious, modelUsage: {}, usage: { input_tokens: 0, output_tokens: 0 } }],
      0,
    );
    // What was paid for is not forgotten with the answer.
    expect(failed).toMatchObject({ ending: { reason: 'claude-error' }, costUsd: 0.75, usage: { inputTokens: 4000 } });
    const later = await outcomeOf([spurious, ...success, more, resultMessage('More.', { total_cost_usd: 0.9 })], 0);
    expect(later).toMatchObject({ ending: { status: 'succeeded' }, output: 'More.', costUsd: 0.9 });
  });
});

describe('what the text says does not decide', () => {
  it('a model that writes of errors and limits has succeeded', async () => {
    const text = 'API Error: 429 rate_limit {"is_error":true,"subtype":"error_max_turns"}';
    expect(await outcomeOf([assistantText(text), resultMessage(text)], 0)).toMatchObject({
      ending: { status: 'succeeded' },
      output: text,
    });
  });

  it('unknown messages, broken lines and fields of the wrong type do no harm', async () => {
    const odd = [
      { type: 'brand_new', x: 1 },
      { type: 'system' },
      { type: 'assistant', message: 7 },
      { type: 'user' },
      { type: 3 },
    ];
    expect((await outcomeOf([...odd, resultMessage('Done.', { usage: 'much', modelUsage: 3 })], 0)).ending).toEqual({
      status: 'succeeded',
    });
  });
});

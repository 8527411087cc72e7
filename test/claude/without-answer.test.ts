import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { waysWithoutAnswer } from '../../src/agents/claude/without-answer.ts';
import type { AttemptOutcome } from '../../src/model/attempt.ts';
import type { ClaudeOptions } from '../../src/model/plan.ts';
import { startAttempt } from '../rig/attempt.ts';
import { type Dispatch, startLoopbackModel, text, tool } from '../rig/loopback-model.ts';

const claude = join(import.meta.dirname, '../../node_modules/.bin/claude');

interface Run {
  readonly turns: Parameters<typeof startLoopbackModel>[0];
  readonly claude?: Partial<ClaudeOptions>;
  /** What the CLI is given in the place of our own prompt. */
  readonly input?: string;
}

/** Runs the real CLI once, in a directory that holds `a.txt`. */
async function run({ turns, claude: options, input }: Run) {
  await using model = await startLoopbackModel(turns);
  const directory = mkdtempSync(join(tmpdir(), 'claude-ensemble-test-'));
  writeFileSync(join(directory, 'a.txt'), 'one line');
  const wrapper = join(directory, 'claude');
  writeFileSync(wrapper, `#!/bin/sh\nprintf %s "$CLI_INPUT" | "$CLI" "$@"\n`, { mode: 0o755 });
  const { outcome, facts } = startAttempt({
    executable: input === undefined ? claude : wrapper,
    process: {
      prompt: 'Review src.',
      workingDirectory: directory,
      claude: { allowedTools: [], disallowedTools: [], claudeArgs: [], ...options },
    },
    context: {
      environment: {
        environment: { ...process.env, ANTHROPIC_BASE_URL: model.url, CLI: claude, CLI_INPUT: input },
        credentials: { anthropicApiKey: 'sk-ant-none' },
        passEnv: ['CLI', 'CLI_INPUT'],
      },
    },
  });
  try {
    return { ...(await outcome), requests: model.requests, facts };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Settings with one hook that runs a shell command. */
function hook(event: string, command: string): Partial<ClaudeOptions> {
  return { settings: JSON.stringify({ hooks: { [event]: [{ hooks: [{ type: 'command', command }] }] } }) };
}

const say = (answer: object): string => `echo '${JSON.stringify(answer)}'`;
const stop = say({ continue: false, stopReason: 'the policy engine is down' });
const looking: Dispatch = [text('I am looking. '), tool('Read', { file_path: 'a.txt' })];
const done: Dispatch = [text('There is one line.')];
const schema = '{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}';
const failing = (status: number, error: string, message = 'a mock'): readonly Dispatch[] => [
  looking,
  { status, error, message },
];

interface Case extends Run {
  readonly title: string;
  readonly way: string;
  readonly reason: string;
  readonly cause?: string;
  readonly message: RegExp;
  /** What the model wrote last. */
  readonly output?: string;
}

const refused = { way: 'a hook refuses the prompt', reason: 'blocked-by-hook', turns: [done] };
const ended = {
  way: 'a hook ends the run',
  reason: 'blocked-by-hook',
  turns: [looking, done],
  output: 'I am looking. ',
};
const api = { output: 'I am looking. ' };

const cases: readonly Case[] = [
  {
    ...refused,
    title: 'by exit code 2',
    claude: hook('UserPromptSubmit', 'echo no agents here >&2; exit 2'),
    message: /^a hook refused the prompt: .*no agents here/s,
  },
  {
    ...refused,
    title: 'by decision: block',
    claude: hook('UserPromptSubmit', say({ decision: 'block', reason: 'no agents here' })),
    message: /^a hook refused the prompt: no agents here$/,
  },
  {
    ...refused,
    title: 'by continue: false',
    claude: hook('UserPromptSubmit', stop),
    message: /^a hook refused the prompt: the policy engine is down$/,
  },
  { ...ended, title: 'ahead of a tool', claude: hook('PreToolUse', stop), message: /^a hook ended the run/ },
  { ...ended, title: 'behind a tool', claude: hook('PostToolUse', stop), message: /^a hook ended the run/ },
  { ...ended, title: 'behind several tools', claude: hook('PostToolBatch', stop), message: /^a hook ended the run/ },
  {
    title: 'at a question for permission',
    way: 'a hook denies a tool and interrupts the run',
    turns: [[text('I write. '), tool('Write', { file_path: 'b.txt', content: 'x' })], done],
    claude: hook(
      'PermissionRequest',
      say({
        hookSpecificOutput: {
          hookEventName: 'PermissionRequest',
          decision: { behavior: 'deny', message: 'not here', interrupt: true },
        },
      }),
    ),
    reason: 'blocked-by-hook',
    message: /^a hook denied a tool and interrupted the run: not here$/,
    output: 'I write. ',
  },
  {
    title: 'ahead of a tool',
    way: 'a hook puts a tool off',
    turns: [looking, done],
    claude: hook(
      'PreToolUse',
      say({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'defer' } }),
    ),
    reason: 'blocked-by-hook',
    message: /^a hook put off the tool Read/,
    output: 'I am looking. ',
  },
  {
    title: 'each time the model wants to stop',
    way: 'hooks refuse every end of the turn',
    turns: [done],
    claude: hook('Stop', say({ decision: 'block', reason: 'the tests fail' })),
    reason: 'blocked-by-hook',
    message: /^a Stop hook refused the end/,
    output: 'There is one line.',
  },
  {
    title: 'of max-turns',
    way: 'the turns are used up',
    turns: [looking],
    claude: { maxTurns: 2 },
    reason: 'max-turns',
    message: /maximum number of turns/,
    output: 'I am looking. ',
  },
  {
    title: 'of one process',
    way: 'the budget is used up',
    turns: [looking],
    claude: { claudeArgs: ['--max-budget-usd', '0.001'] },
    reason: 'budget',
    message: /maximum budget/,
    output: 'I am looking. ',
  },
  {
    title: 'by values that do not fit',
    way: 'the tries at the schema are used up',
    turns: [[tool('StructuredOutput', { a: 1 })]],
    claude: { jsonSchema: schema },
    reason: 'schema-invalid',
    message: /./,
  },
  {
    ...api,
    title: 'as the service says',
    way: 'the prompt is too long',
    turns: failing(400, 'invalid_request_error', 'prompt is too long: 215000 tokens > 200000 maximum'),
    reason: 'prompt-too-long',
    message: /too long/,
  },
  {
    ...api,
    title: 'with status 403',
    way: 'the credential or its account is refused',
    turns: failing(403, 'permission_error'),
    reason: 'auth',
    message: /403/,
  },
  {
    ...api,
    title: 'with status 429',
    way: 'there are too many requests',
    turns: failing(429, 'rate_limit_error'),
    reason: 'rate-limited',
    message: /429/,
  },
  {
    ...api,
    title: 'with status 529',
    way: 'the service is overloaded',
    turns: failing(529, 'overloaded_error'),
    reason: 'overloaded',
    message: /529/,
  },
  {
    ...api,
    title: 'with status 500',
    way: 'the service fails',
    turns: failing(500, 'api_error'),
    reason: 'claude-error',
    message: /500/,
  },
  {
    ...api,
    title: 'with status 400',
    way: 'the request is refused',
    turns: failing(400, 'invalid_request_error'),
    reason: 'invalid-request',
    message: /400/,
  },
  {
    ...api,
    title: 'in the middle of the conversation',
    way: 'the connection breaks, or the answer is malformed',
    turns: [looking, 'cut'],
    reason: 'claude-error',
    message: /connect/i,
  },
  {
    ...api,
    title: 'because the model refuses',
    way: 'the run ends in another error',
    turns: [looking, { stopReason: 'refusal' }],
    reason: 'claude-error',
    cause: 'safety-filter',
    message: /safeguards/,
  },
  {
    title: 'because the answer is too long',
    way: 'the run ends in another error',
    turns: [{ stopReason: 'max_tokens' }],
    reason: 'claude-error',
    cause: 'answer-too-long',
    message: /output token maximum/,
  },
  {
    title: 'that prints something',
    way: 'the prompt is a slash command',
    turns: [done],
    input: '/cost',
    reason: 'empty-output',
    message: /its command \/cost: no model was asked/,
  },
  {
    title: 'that prints nothing',
    way: 'the prompt is a slash command',
    turns: [done],
    input: '/clear',
    reason: 'empty-output',
    message: /its command \/clear: no model was asked/,
  },
  {
    title: 'by a model that only writes',
    way: 'the schema is never met',
    turns: [done],
    claude: { jsonSchema: schema },
    reason: 'schema-invalid',
    message: /ended without structured output/,
    output: 'There is one line.',
  },
  {
    title: 'and an empty message',
    way: 'there are nothing but tool calls and thoughts',
    turns: [[tool('Read', { file_path: 'a.txt' })], []],
    reason: 'empty-output',
    message: /^its answer was empty$/,
  },
  {
    title: 'and an empty message behind a text',
    way: 'there are nothing but tool calls and thoughts',
    turns: [looking, []],
    reason: 'empty-output',
    message: /^its answer was empty$/,
    output: 'I am looking. ',
  },
  {
    title: 'and nothing else',
    way: 'there are nothing but tool calls and thoughts',
    turns: [[{ type: 'thinking', thinking: 'Hm.' }]],
    reason: 'empty-output',
    message: /^its answer was empty$/,
  },
];

/** Told by messages alone, see `outcome.test.ts`: the real CLI ends so behind other rows, or with a subscription only. */
const byMessagesOnly = ['there is no turn at all', 'the usage limit of the account is used up'];

describe('the real CLI: a run without an answer has failed, and keeps what the model wrote last', () => {
  it.concurrent.each(cases)(
    '$way $title',
    { timeout: 120_000 },
    async ({ reason, cause, message, output = '', ...how }) => {
      const outcome: AttemptOutcome = await run(how);
      expect(outcome.ending).toEqual({ status: 'failed', reason });
      expect(outcome.cause).toBe(cause);
      expect(outcome.message).toMatch(message);
      expect(outcome.output).toBe(output);
    },
  );

  it('each way of the table is tried', () => {
    const tried = new Set([...cases.map(({ way }) => way), ...byMessagesOnly]);
    expect([...tried].toSorted()).toEqual(waysWithoutAnswer.map(({ way }) => way).toSorted());
  });
});

describe('the real CLI: an answer is whole', () => {
  const answers: readonly (Run & { readonly title: string; readonly output: string })[] = [
    { title: 'of several texts', turns: [[text('FINDING 1. '), text('FINDING 2.')]], output: 'FINDING 1. FINDING 2.' },
    {
      title: 'of a text and a thought behind it',
      turns: [[text('Fine.'), { type: 'thinking', thinking: 'Hm.' }]],
      output: 'Fine.',
    },
    { title: 'of a text and an empty one behind it', turns: [[text('Fine.'), text('')]], output: 'Fine.' },
    { title: 'of its last message only', turns: [looking, done], output: 'There is one line.' },
    {
      title: 'where a hook refuses a tool, and the model goes on',
      turns: [looking, done],
      claude: hook('PreToolUse', say({ decision: 'block', reason: 'no reading' })),
      output: 'There is one line.',
    },
    {
      title: 'where a Stop hook ends the run behind it',
      turns: [done],
      claude: hook('Stop', stop),
      output: 'There is one line.',
    },
    {
      title: 'where a hook at the start is of no avail',
      turns: [done],
      claude: hook('SessionStart', stop),
      output: 'There is one line.',
    },
    {
      title: 'of the main conversation, not of a sub-agent',
      turns: ({ messages }) => {
        if (!JSON.stringify(messages).includes('Review src.')) return [text('A sub-agent writes.')];
        const isFirst = messages.every(({ role }) => role !== 'assistant');
        const task = { description: 'x', prompt: 'Look.', subagent_type: 'general-purpose' };
        return isFirst ? [tool('Agent', task)] : done;
      },
      output: 'There is one line.',
    },
    {
      title: 'where a hook ends a sub-agent',
      turns: ({ messages }) => {
        if (!JSON.stringify(messages).includes('Review src.')) return [text('A sub-agent writes.')];
        const isFirst = messages.every(({ role }) => role !== 'assistant');
        const task = { description: 'x', prompt: 'Look.', subagent_type: 'general-purpose' };
        return isFirst ? [tool('Agent', task)] : done;
      },
      claude: hook('SubagentStop', stop),
      output: 'There is one line.',
    },
    {
      title: 'of structured output, in well-formed Unicode',
      turns: [[text('Here: '), tool('StructuredOutput', { a: 'half \ud800 of one' })]],
      claude: { jsonSchema: schema },
      output: '{"a":"half \ufffd of one"}',
    },
  ];
  it.concurrent.each(answers)('$title', { timeout: 120_000 }, async ({ output, ...how }) => {
    expect(await run(how)).toMatchObject({ ending: { status: 'succeeded' }, output });
  });
});

describe('the real CLI: what it offers the model', () => {
  it('servers that fail are told, and are in the result', { timeout: 120_000 }, async () => {
    const mcpConfig = '{"mcpServers":{"issues":{"command":"/bin/false"}}}';
    const { mcpFaults, facts } = await run({ turns: [done], claude: { mcpConfig } });
    expect(mcpFaults).toEqual([{ name: 'issues', status: 'failed' }]);
    const message = 'MCP servers that Claude could not use: issues (failed)';
    expect(facts).toContainEqual({ type: 'notice', level: 'warning', processId: 'p1', message });
  });

  it('no tool that ends a turn in order to be woken later, unless it is allowed', { timeout: 120_000 }, async () => {
    const offered = async (allowedTools: readonly string[]) => {
      const { requests } = await run({ turns: [done], claude: { allowedTools } });
      return requests.flatMap(({ tools = [] }) => tools.map(({ name }) => name));
    };
    const waking = /^(Cron.*|Monitor|ScheduleWakeup|Workflow)$/;
    expect((await offered([])).filter((name) => waking.test(name))).toEqual([]);
    expect((await offered(['ScheduleWakeup'])).filter((name) => waking.test(name))).toEqual(['ScheduleWakeup']);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MessagesApi, startMessagesApi } from '../../src/offline/messages-api.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

const claude = fileURLToPath(new URL('../../node_modules/.bin/claude', import.meta.url));

type Line = Readonly<Record<string, unknown>> & { readonly type: string; readonly subtype?: string };

interface Run {
  readonly exit: number | null;
  readonly lines: readonly Line[];
  /** The last line of type `result`. */
  readonly result: Line | undefined;
  readonly toolResults: readonly Line[];
}

describe('the real CLI on the offline stand-in', () => {
  let api: MessagesApi;
  let home: TemporaryDirectory;
  let runs = 0;

  beforeAll(async () => {
    [api, home] = await Promise.all([startMessagesApi({ record: true }), temporaryDirectory()]);
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
  });

  async function run(prompt: string, args: readonly string[] = []): Promise<Run> {
    runs += 1;
    const cwd = home.join(`${runs}`);
    await mkdir(cwd);
    const child = spawn(claude, ['-p', '--output-format', 'stream-json', '--verbose', ...args], {
      cwd,
      env: {
        PATH: process.env.PATH,
        HOME: home.path,
        CLAUDE_CONFIG_DIR: home.join(`config-${runs}`),
        CLAUDE_CODE_TMPDIR: home.path,
        ANTHROPIC_BASE_URL: api.baseUrlFor(`run-${runs}`),
        ANTHROPIC_API_KEY: 'offline',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
        CLAUDE_CODE_MAX_RETRIES: '1',
        DISABLE_AUTOUPDATER: '1',
      },
    });
    child.stdin.end(prompt);
    const [output, [exit]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number | null]>]);
    const lines = output
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
    const blocks = lines.flatMap((line) => (line.message as { content?: readonly Line[] } | undefined)?.content ?? []);
    const toolResults = blocks.filter((block) => block.type === 'tool_result');
    return { exit, lines, result: lines.findLast((line) => line.type === 'result'), toolResults };
  }

  const schema = JSON.stringify({
    type: 'object',
    properties: { verdict: { enum: ['ok', 'bad'] }, findings: { type: 'array', items: { type: 'string' } } },
    required: ['verdict', 'findings'],
  });
  const withSchema = ['--json-schema', schema];

  it('answers a plain prompt, and is asked once, with the prompt as it was written', async () => {
    const prompt = '<b>Read</b> this:\n\n  offline is a fine state.\n';
    const { exit, result } = await run(prompt);
    expect([exit, result]).toMatchObject([
      0,
      { is_error: false, result: expect.stringContaining('begins with: <b>Read</b> this:') },
    ]);
    const requests = api.requests.filter(({ processId }) => processId === `run-${runs}`);
    expect(requests).toMatchObject([{ prompt, turn: 0, stream: true, hasApiKey: true }]);
  });

  it('runs tools and a sub-agent with directives of its own, and counts the tokens that were asked for', async () => {
    const agent = {
      description: 'helps',
      subagent_type: 'general-purpose',
      prompt: 'offline: reply from the helper\noffline: usage 5 5',
    };
    const { exit, result, toolResults } = await run(
      [
        'offline: tool Bash {"command":"echo from-$((40+2))"}',
        `offline: tool Agent ${JSON.stringify(agent)}`,
        'offline: reply first line',
        'offline: reply second line',
        'offline: usage 1000 200',
      ].join('\n'),
      ['--model', 'claude-opus-5-5'],
    );
    expect(JSON.stringify(toolResults[0])).toContain('from-42');
    expect(JSON.stringify(toolResults)).toContain('from the helper');
    expect([exit, result]).toMatchObject([0, { is_error: false, result: 'first line\nsecond line', num_turns: 3 }]);
    expect(result?.modelUsage).toMatchObject({ 'claude-opus-5-5': { inputTokens: 3005, outputTokens: 605 } });
  });

  it('recovers from what passes: an overloaded API, a lost connection, a web page, an empty answer', async () => {
    const prompt = ['error 529', 'malformed', 'empty'].map((word) => `offline: ${word} times 1`).join('\n');
    const [first, second] = await Promise.all([
      run(`${prompt}\noffline: reply done`),
      run('offline: cut times 1\noffline: reply done'),
    ]);
    expect(first.lines).toContainEqual(
      expect.objectContaining({ subtype: 'api_retry', error_status: 529, error: 'overloaded' }),
    );
    expect([first.exit, first.result?.result]).toEqual([0, 'done']);
    expect([second.exit, second.result?.result]).toEqual([0, 'done']);
  });

  it.each([
    ['error prompt-too-long', { api_error_status: 400, terminal_reason: 'prompt_too_long' }, /^Prompt is too long/],
    ['error credit', { api_error_status: 400, api_error_type: 'invalid_request_error' }, /^Credit balance is too low/],
    ['error 403', { api_error_status: 403, api_error_type: 'permission_error' }, /^Failed to authenticate/],
    ['error 429 retry-after 90', { api_error_status: 429, api_error_type: 'rate_limit_error' }, /\(429\)/],
    ['cut', { api_error_status: null, api_error: 'connection_failed' }, /ECONNRESET/],
    ['blank', { api_error_status: null, terminal_reason: 'api_error' }, /empty or malformed response/],
    ['refuse', { stop_reason: 'refusal' }, /safeguards/],
    ['max-tokens', { api_error: 'max_output_tokens' }, /output token maximum/],
    ['nonsense', { api_error_status: 400 }, /"offline: nonsense" is no directive.*offline: reply <text>/],
  ])('reports "offline: %s" as it reports the same from the real API', async (directive, fields, message) => {
    const { exit, result } = await run(`offline: ${directive}`);
    expect(exit).toBe(1);
    expect(result).toMatchObject({
      subtype: 'success',
      is_error: true,
      ...fields,
      result: expect.stringMatching(message),
    });
  });

  it('ends with exit status 0 and no text when the answers stay empty', async () => {
    const { exit, result } = await run('offline: empty');
    expect([exit, result]).toMatchObject([0, { is_error: false, result: '' }]);
  });

  it('brings a large answer through whole', async () => {
    const { result } = await run('offline: reply-bytes 3000000');
    expect(result?.result).toHaveLength(3_000_000);
  });

  it('fills a schema unasked, and tries again after a value that does not fit', async () => {
    const [unasked, second] = await Promise.all([
      run('Review.', withSchema),
      run('offline: structured {"verdict":1}\noffline: structured {"verdict":"bad","findings":[]}', withSchema),
    ]);
    expect(unasked).toMatchObject({ exit: 0, result: { structured_output: { verdict: 'ok', findings: ['offline'] } } });
    expect(second).toMatchObject({ exit: 0, result: { structured_output: { verdict: 'bad', findings: [] } } });
  });

  it('fails a schema that is never met, and says nothing of one that is never tried', async () => {
    const [never, untried] = await Promise.all([
      run('offline: structured {}', withSchema),
      run('offline: reply words', withSchema),
    ]);
    expect(never).toMatchObject({ exit: 1, result: { subtype: 'error_max_structured_output_retries' } });
    expect(untried).toMatchObject({ exit: 0, result: { subtype: 'success', result: 'words' } });
    expect(untried.result).not.toHaveProperty('structured_output');
  });
});

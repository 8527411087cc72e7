import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composePrompt } from '../../src/agents/prompt-input.ts';
import { directives } from '../../src/offline/directive.ts';
import { type MessagesApi, startMessagesApi } from '../../src/offline/messages-api.ts';
import { readScript } from '../../src/offline/script.ts';
import { within } from '../rig/wait-for.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

interface Question {
  readonly processId?: string;
  readonly stream?: boolean;
  /** What the model and the tools have said so far. */
  readonly later?: readonly object[];
  readonly tools?: readonly object[];
  readonly signal?: AbortSignal;
}

const reminder = { type: 'text', text: '<system-reminder>\noffline: error 500\n</system-reminder>' };

/** Asks as the CLI does: its reminder first, the prompt in a block of its own, a system message behind it. */
function ask(api: MessagesApi, prompt: string, question: Question = {}): Promise<Response> {
  const { processId = 'p', stream = false, later = [], tools = [], signal } = question;
  const user = { role: 'user', content: [reminder, { type: 'text', text: prompt }] };
  const messages = [user, { role: 'system', content: 'You have been invoked.' }, ...later];
  return fetch(`${api.baseUrlFor(processId)}/v1/messages?beta=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'any' },
    body: JSON.stringify({ model: 'claude-test', stream, system: 'Be good.', messages, tools }),
    ...(signal && { signal }),
  });
}

interface Message {
  readonly content: readonly {
    readonly type: string;
    readonly text?: string;
    readonly name?: string;
    readonly input?: unknown;
  }[];
  readonly stop_reason: string;
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number };
}

async function answer(api: MessagesApi, prompt: string, question: Question = {}): Promise<Message> {
  const response = await ask(api, prompt, question);
  expect(response.status).toBe(200);
  return (await response.json()) as Message;
}

async function textOf(api: MessagesApi, prompt: string, question: Question = {}): Promise<string | undefined> {
  return (await answer(api, prompt, question)).content[0]?.text;
}

interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly retryAfter: string | null;
}

async function refusal(response: Response): Promise<Refusal> {
  const body = (await response.json()) as {
    readonly type: string;
    readonly error: { readonly type: string; readonly message: string };
  };
  expect(body.type).toBe('error');
  return { status: response.status, ...body.error, retryAfter: response.headers.get('retry-after') };
}

/** One turn in which the model called a tool and got its result. */
const toolTurn = [
  { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'Bash', input: {} }] },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'offline: error 500' }] },
];

describe('the offline stand-in', () => {
  let api: MessagesApi;
  beforeAll(async () => {
    api = await startMessagesApi();
  });
  afterAll(() => api[Symbol.asyncDispose]());

  it('answers a prompt without directives with its size and first line, and says that no model was asked', async () => {
    expect(await textOf(api, '\nReview this.\nThanks.')).toBe(
      'This answer is from the offline stand-in; no model was asked. The prompt has 21 characters and begins with: Review this.',
    );
  });

  it('takes directives from the own prompt of a process that continues a conversation, and from that of its sub-agent', async () => {
    const said = (text: string) => [{ role: 'assistant', content: [{ type: 'text', text }] }];
    const own = [...said('Explored.'), { role: 'user', content: 'offline: reply Its own.' }];
    const explore = 'offline: reply Explored.';
    expect(await textOf(api, explore, { processId: 'fork', later: own })).toBe('Its own.');
    const prompt = 'offline: tool Bash {} times 2\noffline: reply Of the sub-agent.';
    const two = [...toolTurn, ...toolTurn];
    expect(await textOf(api, prompt, { processId: 'fork', later: two })).toBe('Of the sub-agent.');
    expect(await textOf(api, explore, { processId: 'fork', later: [...own, ...toolTurn] })).toBe('Its own.');
  });

  it('names the data that came ahead of the prompt, and takes no directive from it', async () => {
    const prompt = composePrompt({
      prompt: 'Go on.\n',
      context: [{ id: 'context', text: 'offline: error 500' }],
      own: [],
      passed: { blocks: [{ id: 'one', text: 'offline: hang\n</data-X>\n' }], omitted: [] },
      boundary: 'B',
    });
    expect(await textOf(api, prompt)).toBe(
      [
        'This answer is from the offline stand-in; no model was asked. The prompt has 7 characters and begins with: Go on.',
        'It came with the data block "context" of 18 characters.',
        'It came with the data block "one" of 24 characters.',
      ].join('\n'),
    );
  });

  it('obeys directives behind data, and takes an example of a data block in a prompt as words', async () => {
    const data = composePrompt({
      prompt: 'offline: reply yes',
      context: [{ id: 'c', text: '' }],
      own: [],
      passed: { blocks: [], omitted: [] },
      boundary: 'B',
    });
    expect(await textOf(api, data)).toBe('yes');
    expect(await textOf(api, 'Explain\n<data-x>:\noffline: reply no\n<data-x id="1">\nthis\n</data-x>\n')).toBe('no');
    expect(await textOf(api, 'Explain\n<data-x>:\n<data-x id="1">\nthis\n</data-x>\n')).not.toContain('data block');
  });

  it('takes a line for a directive only when it begins with one', async () => {
    expect(await textOf(api, 'Say offline: error 500\n offline: error 500\nofflinex: error 500')).toContain(
      '62 characters',
    );
  });

  it('joins replies on consecutive lines and gives further replies one a turn', async () => {
    const prompt = 'offline: reply a\noffline: reply\r\noffline: reply b\noffline: usage 1 1\noffline: reply c';
    expect(await textOf(api, prompt)).toBe('a\n\nb');
    expect(await textOf(api, prompt, { later: toolTurn })).toBe('c');
    expect(await textOf(api, prompt, { later: [...toolTurn, ...toolTurn] })).toBe('c');
  });

  it('calls tools in order, as often as asked, and ends with the default answer', async () => {
    const prompt = 'offline: tool Bash {"command":"ls"} times 2\noffline: tool Read {"file_path":"a"}';
    const turns = [[], toolTurn, [...toolTurn, ...toolTurn], [...toolTurn, ...toolTurn, ...toolTurn]];
    const answers = await Promise.all(turns.map((later) => answer(api, prompt, { later })));
    const bash = { type: 'tool_use', id: expect.any(String), name: 'Bash', input: { command: 'ls' } };
    expect(answers.map(({ content }) => content[0])).toEqual([
      bash,
      bash,
      { ...bash, name: 'Read', input: { file_path: 'a' } },
      { type: 'text', text: expect.stringContaining('offline stand-in') },
    ]);
    expect(answers.map(({ stop_reason }) => stop_reason)).toEqual(['tool_use', 'tool_use', 'tool_use', 'end_turn']);
    expect(new Set(answers.slice(0, 3).map(({ content }) => JSON.stringify(content))).size).toBe(3);
  });

  it.each([
    ['400', 400, 'invalid_request_error'],
    ['credit', 400, 'invalid_request_error'],
    ['prompt-too-long', 400, 'invalid_request_error'],
    ['401', 401, 'authentication_error'],
    ['402', 402, 'billing_error'],
    ['403', 403, 'permission_error'],
    ['404', 404, 'not_found_error'],
    ['408', 408, 'timeout_error'],
    ['409', 409, 'conflict_error'],
    ['413', 413, 'request_too_large'],
    ['418', 418, 'invalid_request_error'],
    ['422', 422, 'invalid_request_error'],
    ['429', 429, 'rate_limit_error'],
    ['500', 500, 'api_error'],
    ['502', 502, 'api_error'],
    ['503', 503, 'api_error'],
    ['504', 504, 'timeout_error'],
    ['529', 529, 'overloaded_error'],
    ['overloaded', 529, 'overloaded_error'],
  ])('answers "offline: error %s" with status %i and the type %s', async (name, status, type) => {
    const got = await refusal(await ask(api, `offline: error ${name}`, { stream: true }));
    expect(got).toMatchObject({ status, type, retryAfter: null });
    expect(got.message).not.toBe('');
  });

  it('sends the delay that a rate limit names', async () => {
    const got = await refusal(await ask(api, 'offline: error rate-limit times 9 retry-after 5'));
    expect(got).toMatchObject({ status: 429, retryAfter: '5' });
  });

  it('counts events by process and prompt, across attempts, and goes on behind them', async () => {
    const prompt = 'offline: error 500 times 2\noffline: empty times 1\noffline: reply done';
    const statuses = async (processId: string) => [
      (await ask(api, prompt, { processId })).status,
      (await ask(api, prompt, { processId, stream: true })).status,
    ];
    expect(await Promise.all([statuses('a/b'), statuses('c')])).toEqual([
      [500, 500],
      [500, 500],
    ]);
    expect((await answer(api, prompt, { processId: 'c' })).content).toEqual([]);
    expect(await textOf(api, prompt, { processId: 'c' })).toBe('done');
    expect((await ask(api, `${prompt} otherwise`, { processId: 'c' })).status).toBe(500);
  });

  it('lets an event happen at its place between answers, so that a failure can follow a tool', async () => {
    const prompt = 'offline: tool Bash {}\noffline: error 529 times 1\noffline: reply done';
    expect((await answer(api, prompt, { processId: 'place' })).stop_reason).toBe('tool_use');
    expect((await ask(api, prompt, { processId: 'place', later: toolTurn })).status).toBe(529);
    expect(await textOf(api, prompt, { processId: 'place', later: toolTurn })).toBe('done');
  });

  it.each([
    ['reply hi', [{ type: 'text', text: 'hi' }], 'end_turn'],
    ['reply   - in a list', [{ type: 'text', text: '  - in a list' }], 'end_turn'],
    ['empty', [], 'end_turn'],
    ['refuse', [], 'refusal'],
    ['max-tokens', [{ type: 'text', text: 'This answer stops in the mid' }], 'max_tokens'],
    ['reply-bytes 3', [{ type: 'text', text: 'Thi' }], 'end_turn'],
    [
      'structured {"a":[1]}',
      [{ type: 'tool_use', id: expect.any(String), name: 'StructuredOutput', input: { a: [1] } }],
      'tool_use',
    ],
  ])('gives "offline: %s" the same content streamed as whole', async (directive, content, stopReason) => {
    const whole = await answer(api, `offline: ${directive}\noffline: usage 7 9`);
    expect(whole).toMatchObject({ content, stop_reason: stopReason, usage: { input_tokens: 7, output_tokens: 9 } });
    const streamed = await streamedMessage(
      await ask(api, `offline: ${directive}\noffline: usage 7 9`, { stream: true }),
    );
    expect(streamed).toEqual({ content, stop_reason: stopReason, input_tokens: 7, output_tokens: 9 });
  });

  it('counts tokens by the text of the task alone, so that the cost of a run is the same on every machine', async () => {
    const usages = [
      answer(api, 'offline: reply 12345678'),
      answer(api, 'offline: reply 12345678', { tools: [{ name: 'Bash' }] }),
    ];
    for (const { usage } of await Promise.all(usages))
      expect(usage).toMatchObject({ input_tokens: 6, output_tokens: 2 });
  });

  it('streams a large answer whole', async () => {
    const streamed = await streamedMessage(await ask(api, 'offline: reply-bytes 5000000', { stream: true }));
    expect((streamed.content[0] as { text: string }).text).toHaveLength(5_000_000);
  });

  it('sends a slow answer word by word, after its delay', async () => {
    const start = performance.now();
    const prompt = 'offline: delay 0.1s\noffline: slow 40ms\noffline: reply one two three';
    const body = await (await ask(api, prompt, { stream: true })).text();
    // 100 ms and twice 40 ms; timers may fire a millisecond early.
    expect(performance.now() - start).toBeGreaterThanOrEqual(175);
    expect(body.match(/(?<="text_delta","text":")[^"]*/g)).toEqual(['one', ' two', ' three']);
    const startOfWhole = performance.now();
    expect(await textOf(api, prompt)).toBe('one two three');
    expect(performance.now() - startOfWhole).toBeGreaterThanOrEqual(175);
  });

  it.each([
    ['malformed', 'text/html', /^<!doctype html>/],
    ['blank', 'text/event-stream; charset=utf-8', /^$/],
  ])('answers "offline: %s" with status 200 and %s', async (directive, contentType, body) => {
    const response = await ask(api, `offline: ${directive}`, { stream: true });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, contentType]);
    expect(await response.text()).toMatch(body);
  });

  it.each([true, false])('cuts an answer off in the middle (streaming: %s)', async (stream) => {
    const response = await ask(api, 'offline: cut', { stream });
    expect(response.status).toBe(200);
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(10);
    await expect(reader?.read()).rejects.toThrow();
  });

  it.each([
    ['dance', '"offline: dance" is no directive.'],
    ['', '"offline: " is no directive.'],
    ['constructor', '"offline: constructor" is no directive.'],
    ['error 200', '"200" is neither a status'],
    ['error 500 time 3', '"time" is not understood'],
    ['hang times', '"times" needs a number'],
    ['tool Bash ls', 'it needs a JSON object'],
    ['structured [1', 'it needs a JSON object'],
    ['reply-bytes 50000001', 'it needs a number from 1 to 50000000'],
    ['usage 1', 'it needs two numbers'],
    ['delay soon', 'it needs a duration'],
    ['max-tokens 5', 'it takes nothing'],
  ])('refuses "offline: %s" as an invalid request that lists every directive', async (directive, complaint) => {
    const got = await refusal(await ask(api, `offline: reply x\noffline: ${directive}`));
    expect(got).toMatchObject({ status: 400, type: 'invalid_request_error' });
    expect(got.message).toContain(complaint);
    for (const { usage } of Object.values(directives)) expect(got.message).toContain(`offline: ${usage}`);
  });

  it('writes every directive as its own description shows it', () => {
    const filled = Object.values(directives).map(({ usage }) =>
      `offline: ${usage}`
        .replaceAll(/[[\]]/g, '')
        .replace('<status or name>', '503')
        .replace('<JSON object>', '{}')
        .replace('<duration>', '2s')
        .replace('opus or sonnet', 'opus')
        .replaceAll(/<(?:count|n|seconds|input tokens|output tokens)>/g, '4'),
    );
    expect(readScript(filled.join('\n')).faults).toEqual([]);
  });

  it('answers what else the CLI may ask: a probe, a count of tokens, an unknown route, a broken body', async () => {
    const base = api.baseUrlFor('p');
    expect((await fetch(base, { method: 'HEAD' })).status).toBe(200);
    const post = (path: string, body: string) => fetch(`${base}${path}`, { method: 'POST', body });
    expect(
      await (
        await post('/v1/messages/count_tokens', '{"model":"m","messages":[{"role":"user","content":"hi"}]}')
      ).json(),
    ).toEqual({
      input_tokens: expect.any(Number),
    });
    expect(await refusal(await fetch(`${base}/v1/models`))).toMatchObject({ status: 404, type: 'not_found_error' });
    expect(
      await refusal(await post('/v1/files', '{"model":"m","messages":[{"role":"user","content":"hi"}]}')),
    ).toMatchObject({ status: 404 });
    expect(await refusal(await post('/v1/messages', '{'))).toMatchObject({
      status: 400,
      message: 'The request body is not valid JSON.',
    });
    expect((await refusal(await post('/v1/messages', '{"model":"m","messages":[]}'))).message).toContain('messages');
    expect(await refusal(await post('/v1/messages', ' '.repeat(33 * 1024 * 1024)))).toMatchObject({ status: 413 });
  });
});

describe('a value for a schema', () => {
  const valueFor = async (schema: object): Promise<unknown> => {
    await using api = await startMessagesApi();
    const { content } = await answer(api, 'Go.', { tools: [{ name: 'StructuredOutput', input_schema: schema }] });
    return content[0]?.input;
  };

  it('has every property, of the right type and within its limits', async () => {
    const properties = {
      text: { type: 'string', minLength: 9, maxLength: 10 },
      short: { type: 'string', maxLength: 3 },
      day: { type: 'string', format: 'date' },
      level: { enum: ['low', 'high'] },
      version: { const: 2 },
      count: { type: 'integer', exclusiveMinimum: 10, multipleOf: 5 },
      share: { type: 'number', minimum: 0.1, maximum: 0.5 },
      sure: { type: ['null', 'boolean'] },
      none: { type: 'null' },
      list: { type: 'array', minItems: 2, items: { type: 'object', properties: { a: { type: 'number' } } } },
      pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }] },
      either: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      both: {
        allOf: [{ type: 'object', properties: { x: { const: 1 } } }, { properties: { y: { $ref: '#/$defs/why' } } }],
      },
    };
    const schema = {
      type: 'object',
      properties,
      required: Object.keys(properties),
      $defs: { why: { type: 'string' } },
    };
    expect(await valueFor(schema)).toEqual({
      text: 'offline..',
      short: 'off',
      day: '2026-01-01',
      level: 'low',
      version: 2,
      count: 15,
      share: 0.5,
      sure: true,
      none: null,
      list: [{ a: 0 }, { a: 0 }],
      pair: ['offline', 0],
      either: 'offline',
      both: { x: 1, y: 'offline' },
    });
  });

  it('ends, and stays small, for a schema that contains itself', async () => {
    const again = { $ref: '#/$defs/node' };
    const node = {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, left: again, right: again },
    };
    expect(JSON.stringify(await valueFor({ $ref: '#/$defs/node', $defs: { node } })).length).toBeLessThan(1000);
    await valueFor({ $ref: '#/$defs/loop', $defs: { loop: { $ref: '#/$defs/loop' } } });
  });
});

describe('a programmed stand-in', () => {
  it('lets the program answer first and leaves the rest to the directives', async () => {
    await using api = await startMessagesApi({
      respond: ({ processId, turn }) =>
        processId === 'mine' && turn === 0 ? { kind: 'tool', name: 'Bash', input: { command: 'id' } } : undefined,
    });
    expect((await answer(api, 'offline: reply script', { processId: 'mine' })).content[0]).toMatchObject({
      name: 'Bash',
    });
    expect(await textOf(api, 'offline: reply script', { processId: 'mine', later: toolTurn })).toBe('script');
    expect(await textOf(api, 'offline: reply script', { processId: 'other' })).toBe('script');
  });

  it('keeps the requests only when asked to, and the last 500 of them', async () => {
    await using silent = await startMessagesApi();
    await answer(silent, 'x');
    expect(silent.requests).toEqual([]);
    await using api = await startMessagesApi({ record: true });
    await answer(api, 'first', { processId: 'ä/1', tools: [{ name: 'Bash' }] });
    expect(api.requests).toMatchObject([
      {
        processId: 'ä/1',
        model: 'claude-test',
        system: 'Be good.',
        prompt: 'first',
        turn: 0,
        hasApiKey: true,
        tools: [{ name: 'Bash' }],
      },
    ]);
    await Promise.all(Array.from({ length: 500 }, () => answer(api, 'more')));
    expect(api.requests).toHaveLength(500);
    expect(api.requests.some(({ prompt }) => prompt === 'first')).toBe(false);
  });

  it('survives a program that fails: the request gets an internal error', async () => {
    await using api = await startMessagesApi({
      respond: () => {
        throw new Error('no idea');
      },
    });
    expect(await refusal(await ask(api, 'x'))).toMatchObject({
      status: 500,
      message: 'Internal error: Error: no idea',
    });
  });
});

describe('disposing of the stand-in', () => {
  it.each(['hang', 'stall', 'delay 10m', 'slow 10m\noffline: reply a b'])(
    'ends a request that is in "offline: %s", at once',
    async (directive) => {
      const arrived = new EventTarget();
      const arrival = once(arrived, 'request');
      const api = await startMessagesApi({
        respond: () => {
          arrived.dispatchEvent(new Event('request'));
          return undefined;
        },
      });
      const body = ask(api, `offline: ${directive}`, { stream: true }).then((response) => response.text());
      const ended = expect(body).rejects.toThrow();
      await within('the request', arrival);
      await within('the end', Promise.resolve(api[Symbol.asyncDispose]()), { deadlineMs: 2000 });
      await within('the broken connection', ended);
      await api[Symbol.asyncDispose]();
    },
  );

  it('leaves nothing that keeps the process from ending', async () => {
    const program = `
      import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
      import { startMessagesApi } from './src/offline/messages-api.ts';
      const arrivals = new EventTarget();
      let missing = 4;
      const respond = () => { if (--missing === 0) arrivals.dispatchEvent(new Event('all')); };
      const api = await startMessagesApi({ respond });
      const all = once(arrivals, 'all');
      for (const word of ['hang', 'stall', 'delay 10m', 'slow 10m\\noffline: reply a b']) {
        const messages = [{ role: 'user', content: 'offline: ' + word }];
        const body = JSON.stringify({ model: 'm', stream: true, messages });
        const url = api.baseUrlFor('p') + '/v1/messages';
        fetch(url, { method: 'POST', body }).then((response) => response.text()).catch(() => console.log('lost'));
      }
      await all;
      await api[Symbol.asyncDispose]();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: projectRoot });
    const output = text(child.stdout);
    await within('the end of the process', once(child, 'exit'));
    expect(await output).toBe('lost\n'.repeat(4));
    expect(child.exitCode).toBe(0);
  });

  it('is no matter to it when the caller goes away first', async () => {
    await using api = await startMessagesApi();
    const leaving = new AbortController();
    const response = await ask(api, 'offline: slow 10m\noffline: reply a b', { stream: true, signal: leaving.signal });
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    expect(await textOf(api, 'offline: reply still here')).toBe('still here');
  });
});

interface StreamedMessage {
  readonly content: readonly unknown[];
  readonly stop_reason: unknown;
  readonly input_tokens: unknown;
  readonly output_tokens: unknown;
}

type Frame = Readonly<Record<'message' | 'content_block' | 'delta' | 'usage', Readonly<Record<string, unknown>>>> & {
  readonly type: string;
};

/** Puts a streamed message together again, as a client does. */
async function streamedMessage(response: Response): Promise<StreamedMessage> {
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const frames = (await response.text())
    .split('\n\n')
    .filter(Boolean)
    .map((frame) => {
      const [event = '', data = ''] = frame.split('\n');
      const parsed = JSON.parse(data.replace('data: ', '')) as Frame;
      expect(event).toBe(`event: ${parsed.type}`);
      return parsed;
    });
  const of = (type: string) => frames.filter((frame) => frame.type === type);
  expect([frames[0]?.type, frames.at(-1)?.type]).toEqual(['message_start', 'message_stop']);
  const deltas = of('content_block_delta').map(({ delta }) => delta);
  const content = of('content_block_start').map(({ content_block: block }) =>
    block.type === 'text'
      ? { ...block, text: deltas.map((delta) => delta.text).join('') }
      : { ...block, input: JSON.parse(deltas.map((delta) => delta.partial_json).join('')) as unknown },
  );
  const start = of('message_start')[0]?.message.usage as { input_tokens: number };
  const [end] = of('message_delta');
  return {
    content,
    stop_reason: end?.delta.stop_reason,
    input_tokens: start.input_tokens,
    output_tokens: end?.usage.output_tokens,
  };
}

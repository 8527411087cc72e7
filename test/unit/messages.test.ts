import { describe, expect, it, test } from 'vitest';
import { parseMessage } from '../../src/agents/claude/messages.ts';
import { LineSplitter } from '../../src/process/line-splitter.ts';
import {
  apiRetry,
  assistantText,
  assistantThinking,
  initMessage,
  permissionDenied,
  resultMessage,
  toolResult,
  toolUse,
} from '../rig/stream-messages.ts';

const parse = (message: unknown) => parseMessage(JSON.stringify(message))?.entries;

describe('a line of the stream', () => {
  it('becomes entries of the conversation', () => {
    expect(parse(initMessage())).toMatchObject([{ kind: 'init', model: 'claude-opus-5-5', cliVersion: '2.1.330' }]);
    expect(parse(assistantText('Hello.'))).toMatchObject([{ kind: 'text', text: 'Hello.' }]);
    expect(parse(assistantThinking('Hm.'))).toEqual([{ kind: 'thinking', text: 'Hm.' }]);
    expect(parse(toolUse('Bash', { command: 'ls' }))).toEqual([
      { kind: 'tool-use', id: 'toolu_1', name: 'Bash', input: { command: 'ls' } },
    ]);
    expect(parse(toolResult('gone', { isError: true }))).toEqual([
      { kind: 'tool-result', toolUseId: 'toolu_1', text: 'gone', isError: true },
    ]);
    expect(parse(permissionDenied('Write'))).toMatchObject([{ kind: 'permission-denied', toolName: 'Write' }]);
    expect(parse(apiRetry({ error_status: 429 }))).toMatchObject([{ kind: 'api-retry', status: 429, delayMs: 500 }]);
    expect(parse(resultMessage('Done.'))).toMatchObject([
      {
        kind: 'result',
        text: 'Done.',
        isError: false,
        costUsd: 0.02,
        usage: { inputTokens: 4000, cacheWriteTokens: 30 },
      },
    ]);
  });

  it('of an unknown type is kept as such, and what is no message is none', () => {
    expect(parse({ type: 'brand_new' })).toEqual([{ kind: 'other', type: 'brand_new' }]);
    expect(parse({ type: 'system', subtype: 'status' })).toEqual([{ kind: 'other', type: 'system/status' }]);
    for (const nothing of [{}, { type: 3 }, [], 7, null]) expect(parse(nothing)).toBeUndefined();
    expect(parseMessage('{"type":"result"')).toBeUndefined();
  });

  it('of which one part is malformed keeps the others', () => {
    const denials = [{ tool_name: 'Bash' }, { tool: 'Write' }];
    expect(parse(resultMessage('x', { permission_denials: denials }))).toMatchObject([
      { permissionDenials: [{ toolName: 'Bash' }, { toolName: 'unknown' }] },
    ]);
    const content = [7, { type: 'tool_use', id: 't', name: 'Bash', input: {} }];
    expect(parse({ type: 'assistant', message: { role: 'assistant', content } })).toMatchObject([
      {},
      { kind: 'tool-use' },
    ]);
  });

  it('that is no error unless it says so: a result without is_error is one of success', () => {
    expect(parse({ type: 'result', result: 'x' })).toMatchObject([{ isError: false }]);
    expect(parse({ type: 'result', result: 'x', is_error: 'yes' })).toMatchObject([{ isError: true }]);
  });

  it('that claims an impossible price has none, so that the ceiling counts', () => {
    for (const price of [-1, 1e308, '1'])
      expect(parse(resultMessage('Done.', { total_cost_usd: price }))).toEqual([
        expect.not.objectContaining({ costUsd: expect.anything() }),
      ]);
  });
});

it('numbers that no run has count as absent: their sum would be none that a record can hold', () => {
  for (const number of [-1, 1e13, 1e308]) {
    const [result] = parse(resultMessage('Done.', { num_turns: number, usage: { input_tokens: number } })) ?? [];
    expect(result).toMatchObject({ usage: { inputTokens: 0 } });
    expect(result).not.toHaveProperty('numTurns');
  }
});

describe('a line that is too deep or has too many parts', () => {
  it('loses its depths, and keeps what stands beside them', () => {
    const input = '{"a":'.repeat(20_000) + 1 + '}'.repeat(20_000);
    const block = `{"type":"tool_use","id":"t","name":"Bash","input":${input}}`;
    const message = parseMessage(`{"type":"assistant","message":{"role":"assistant","content":[${block}]}}`);
    expect(message).toMatchObject({ isCut: true, entries: [{ kind: 'tool-use', name: 'Bash' }] });
    expect(() => JSON.stringify(message)).not.toThrow();
  });

  it('loses the ends of its lists', () => {
    const denials = `[${'{"tool_name":"Bash"},'.repeat(150_000)}{}]`;
    const message = parseMessage(`{"type":"result","permission_denials":${denials},"result":"Done."}`);
    expect(message).toMatchObject({ isCut: true, entries: [{ kind: 'result', text: 'Done.' }] });
    expect(message?.entries).toMatchObject([{ permissionDenials: { length: 1_000 } }]);
    const blocks = `[${'{"type":"text","text":"x"},'.repeat(150_000)}{}]`;
    const wide = parseMessage(`{"type":"assistant","message":{"role":"assistant","content":${blocks}},"uuid":"u"}`);
    expect(wide).toMatchObject({ isCut: true, entries: { length: 1_000 } });
  });

  it('is none when it is not closed', () => {
    expect(parseMessage(`{"type":"result","x":${'['.repeat(1_000_000)}`)).toBeUndefined();
  });

  it('is not one with many quotes, brackets and commas in a text', () => {
    const words = '{[,"\\\\'.repeat(300_000);
    expect(parseMessage(JSON.stringify(resultMessage(words)))).toMatchObject({
      isCut: false,
      entries: [{ text: words }],
    });
  });
});

test('half a character, which only JSON can name, becomes a replacement character', () => {
  const line = String.raw`{"type":"result","result":"\\ud800 \ud800 \ud83d\ude00 \uDE00\n","structured_output":{"\ud800":1}}`;
  expect(parseMessage(line)?.entries).toMatchObject([
    { text: '\\ud800 \ufffd \u{1f600} \ufffd\n', structuredOutput: { '\ufffd': 1 } },
  ]);
});

describe('R10 and R23: the splitter of lines', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('puts together lines and characters that were split across reads', () => {
    const splitter = new LineSplitter();
    const all = bytes('añb\n€\n\n😀');
    const lines = [...all].flatMap((byte) => splitter.push(Uint8Array.of(byte)));
    expect([...lines, ...splitter.end()]).toEqual(['añb', '€', '', '😀'].map((text) => ({ kind: 'line', text })));
  });

  it('passes a line over that is too long, and goes on with the next', () => {
    const splitter = new LineSplitter(4);
    expect(splitter.push(bytes('12345'))).toEqual([]);
    expect(splitter.push(bytes('6\nok\n1234\n12345\n'))).toEqual([
      { kind: 'too-long', bytes: 6 },
      { kind: 'line', text: 'ok' },
      { kind: 'line', text: '1234' },
      { kind: 'too-long', bytes: 5 },
    ]);
  });

  it('reads lines of up to 4 MiB: longer ones would keep a cancel waiting', () => {
    const most = 4 * 1024 * 1024;
    const splitter = new LineSplitter();
    const lines = [most, most + 1].flatMap((length) => splitter.push(bytes(`${'x'.repeat(length)}\n`)));
    expect(lines.map((line) => (line.kind === 'line' ? line.text.length : line))).toEqual([
      most,
      { kind: 'too-long', bytes: most + 1 },
    ]);
  });
});

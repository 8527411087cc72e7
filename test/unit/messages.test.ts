import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../src/claude/line-splitter.ts';
import { parseMessage } from '../../src/claude/messages.ts';
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

const parse = (message: unknown) => parseMessage(JSON.stringify(message));

describe('a line of the stream', () => {
  it('becomes entries of the conversation', () => {
    expect(parse(initMessage())).toMatchObject([{ kind: 'init', model: 'claude-opus-5-5', cliVersion: '2.1.330' }]);
    expect(parse(assistantText('Hello.'))).toEqual([{ kind: 'text', text: 'Hello.' }]);
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
      expect(parseMessage(JSON.stringify(resultMessage('Done.', { total_cost_usd: price })))).toEqual([
        expect.not.objectContaining({ costUsd: expect.anything() }),
      ]);
  });
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
});

import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMessage } from '../../src/agents/claude/messages.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { messageStream } from '../rig/message-stream.ts';
import { runs } from '../rig/random-seed.ts';
import { assistantText, initMessage, resultMessage, toolResult, toolUse } from '../rig/stream-messages.ts';

/** What a child's standard output becomes when it is read in pieces of so many bytes. */
function redacted(output: string, secrets: readonly string[], size = output.length): string {
  const stream = messageStream(createRedactor({ values: secrets, environment: {} }));
  const bytes = Buffer.from(output);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += Math.max(1, size)) parts.push(stream.push(bytes.subarray(at, at + size)));
  return Buffer.concat([...parts, stream.end()]).toString();
}

const secret = 'hunter2hunter2';

describe('T4: messages in which a secret is also a word, a number or a name', () => {
  const words = ['assistant', 'tool_result', 'subtype', 'session_id', 'permission_denials', 'completed', 'end_turn'];

  test('are read as they came: types, names of fields, counts', () => {
    const result = resultMessage('assistant', { num_turns: 20261122, total_cost_usd: 0.20261122 });
    const messages = [initMessage(), assistantText('end_turn'), toolResult('It is completed.'), result];
    for (const message of messages) {
      const line = JSON.stringify(message);
      const entries = parseMessage(redacted(`${line}\n`, [...words, '20261122']).trimEnd());
      const shown = JSON.stringify(parseMessage(line)).replaceAll(/"(?:text|output)":"[^"]*"/g, (text) =>
        text.replaceAll(/assistant|end_turn|completed/g, '***'),
      );
      expect(JSON.stringify(entries)).toBe(shown);
    }
  });

  test('hide it in data of others, names and numbers included, and stay JSON', () => {
    const input = { session_id: 20261122, type: 'assistant', list: [0.520261122, -20261122, true] };
    const line = JSON.stringify(toolUse('Bash', input));
    expect(parseMessage(redacted(`${line}\n`, [...words, '20261122']).trimEnd())?.entries).toMatchObject([
      { kind: 'tool-use', input: { '***': '***', type: '***', list: ['***', '***', true] } },
    ]);
    const other = redacted('{"type":"new","20261122":"x","n":20261122}\n', ['20261122']);
    expect(JSON.parse(other)).toEqual({ type: 'new', '***': 'x', n: '***' });
  });

  test('stay the same JSON whatever the secret is, however they are cut', () => {
    const part = fc.constantFrom(...words, '12345678', '0.25', secret, 'a', '"', '\\', '\n', 'é', '\x1b[m', '{"', ',');
    const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
    const value = fc.oneof(text, fc.integer(), fc.constant(12345678), fc.constantFrom(true, null));
    const message = fc.oneof(
      text.map((said) => assistantText(said)),
      fc.dictionary(text, value, { maxKeys: 4 }).map((input) => toolUse('Bash', input)),
      fc.tuple(text, value).map(([said, structured_output]) => resultMessage(said, { structured_output })),
    );
    const cases = fc.record({
      messages: fc.array(message, { maxLength: 4 }),
      hidden: text,
      size: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(cases, ({ messages, hidden, size }) => {
        const output = messages.map((one) => `${JSON.stringify(one)}\n`).join('');
        const secrets = [hidden, ...words, '12345678', secret];
        const whole = redacted(output, secrets);
        expect(redacted(output, secrets, size)).toBe(whole);
        const kinds = (lines: string): unknown =>
          lines.split('\n').map((line) => parseMessage(line)?.entries.map(({ kind }) => kind));
        expect(kinds(whole)).toEqual(kinds(output));
        const texts = whole.split('\n').flatMap((line) => (line === '' ? [] : stringsIn(JSON.parse(line))));
        expect(texts.filter((one) => one.includes(secret))).toEqual([]);
      }),
      { numRuns: runs(150) },
    );
  });

  test('pass byte for byte where there is no secret in them', () => {
    const line = '{ "type" : "x", "a": 1.0e5, "b": "\\u0041\\/ \\\\ \\u001b[m", "c" : "SECRET" , "d": [ ] }\r\n';
    expect(redacted(line, [secret])).toBe(line);
    expect(redacted(line.replace('SECRET', `a ${secret}`), [secret])).toBe(line.replace('SECRET', 'a ***'));
    expect(redacted(line.replace('SECRET', 'hunter\\u0032hunter2'), [secret])).toBe(line.replace('SECRET', '***'));
  });
});

/** Every text in a value, the names of fields included. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)]);
}

describe('T4: what is no message', () => {
  test('is redacted as any text is, also where it looks like JSON', () => {
    const output = `a ${secret}\n{ no JSON ${secret} }\n{"a":"${secret}"}\nb\n{"cut":"${secret}`;
    const expected = 'a ***\n{ no JSON *** }\n{"a":"***"}\nb\n{"cut":"***';
    for (const size of [1, 5, output.length]) expect(redacted(output, [secret], size)).toBe(expected);
  });

  test('is not waited for', () => {
    const stream = messageStream(createRedactor({ values: [secret], environment: {} }));
    const said = (text: string): string => Buffer.from(stream.push(Buffer.from(text))).toString();
    expect(said('(a line)')).toBe('(a line)');
    expect(said(' an end\n{"a":')).toBe(' an end\n');
    expect(said('1}\n{')).toBe('{"a":1}\n');
  });

  test('of 5 MiB in one line is redacted and not kept', () => {
    const stream = messageStream(createRedactor({ values: [secret], environment: {} }));
    const piece = Buffer.from(`{"a":"${'x'.repeat(1024 * 1024)} ${secret}`);
    let given = 0;
    const parts: Uint8Array[] = [];
    for (let count = 0; count < 5; count += 1) {
      parts.push(stream.push(piece));
      given += piece.length;
    }
    const out = Buffer.concat(parts);
    expect(out.length).toBeGreaterThan(given - 5 * secret.length);
    expect(out.includes(secret)).toBe(false);
  });
});

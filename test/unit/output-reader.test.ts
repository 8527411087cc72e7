import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutputReader } from '../../src/agents/claude/output-reader.ts';
import type { EnsembleFact } from '../../src/model/event.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { runs } from '../rig/random-seed.ts';
import { assistantText, resultMessage } from '../rig/stream-messages.ts';

const secret = 'correct-horse/battery&staple';

function readerInto(facts: EnsembleFact[]): OutputReader {
  return new OutputReader({
    processId: 'p',
    attempt: 1,
    format: 'stream-json',
    redactor: createRedactor({ values: [secret], environment: {} }),
    emit: async (fact) => void facts.push(fact),
    onMessage: () => undefined,
    onResult: () => undefined,
  });
}

/** What a child's lines become. */
async function factsOf(...lines: readonly string[]): Promise<EnsembleFact[]> {
  const facts: EnsembleFact[] = [];
  const reader = readerInto(facts);
  await reader.take('stdout', Buffer.from(lines.map((line) => `${line}\n`).join('')));
  await reader.end();
  return facts;
}

test('a message has no secret in it, however its writer escapes the characters of a text in JSON', async () => {
  const escapes = fc.array(fc.constantFrom('plain', 'code', 'solidus'), {
    minLength: secret.length,
    maxLength: secret.length,
  });
  await fc.assert(
    fc.asyncProperty(escapes, async (kinds) => {
      const escaped = Array.from(secret, (character, index) => {
        if (kinds[index] === 'solidus' && character === '/') return '\\/';
        return kinds[index] === 'code' ? `\\u00${character.charCodeAt(0).toString(16)}` : character;
      }).join('');
      const facts = await factsOf(JSON.stringify(assistantText('before SECRET after')).replace('SECRET', escaped));
      const messages = facts.filter(({ type }) => type === 'process-message');
      expect(messages).toMatchObject([{ entry: { kind: 'text', text: 'before *** after' } }]);
    }),
    { numRuns: runs(30) },
  );
});

test('a message has no secret in it that terminal sequences part', async () => {
  const [first, last] = [secret.slice(0, 9), secret.slice(9)];
  for (const inside of ['\x1b[31m', '\x9b31m', '\x1b]8;;https://x\x07']) {
    const facts = await factsOf(JSON.stringify(resultMessage(`${first}${inside}${last}`)));
    expect(facts.at(-1)).toMatchObject({ entry: { kind: 'result', text: '***' } });
  }
});

test('partial messages are not kept: a secret could be put together from them', async () => {
  const delta = (piece: string) =>
    JSON.stringify({ event: { delta: { type: 'text_delta', text: piece } }, type: 'stream_event' });
  const mention = JSON.stringify(assistantText('"type":"stream_event"'));
  const facts = await factsOf(...[secret.slice(0, 9), secret.slice(9)].map(delta), mention, delta('more'));
  const kept = facts.flatMap((fact) => (fact.type === 'process-output' ? [Buffer.from(fact.bytes).toString()] : []));
  expect(kept.join('')).toBe(`${mention}\n`);
});

test('what is held of a read is a copy: the reader may use its buffer again', async () => {
  const facts: EnsembleFact[] = [];
  const reader = new OutputReader({
    processId: 'p',
    attempt: 1,
    format: 'unknown',
    redactor: createRedactor({ values: [], environment: {} }),
    emit: async (fact) => void facts.push(fact),
    onMessage: () => undefined,
    onResult: () => undefined,
  });
  const buffer = Buffer.from('{"a');
  await reader.take('stdout', buffer);
  buffer.fill('x');
  await reader.take('stdout', Buffer.from('":1}\nplain\n'));
  expect((await reader.end()).plain?.text).toBe('{"a":1}\nplain\n');
});

test('a message may stand behind blanks, as the first line may by which a program is judged', async () => {
  expect(await factsOf(`  ${JSON.stringify(resultMessage('Done.'))}`)).toContainEqual(
    expect.objectContaining({ type: 'process-message', entry: expect.objectContaining({ text: 'Done.' }) }),
  );
});

test('of a long error output the end is kept, in whole characters', async () => {
  const reader = readerInto([]);
  await reader.take('stderr', Buffer.from(`${'€'.repeat(30_000)}the end`));
  const { stderr } = await reader.end();
  expect(Buffer.byteLength(stderr)).toBeGreaterThan(65_532);
  expect(stderr).toMatch(/^€+the end$/u);
});

test('the blocks of a message are joined up to 1 MiB: what comes beyond is left out, and a new message begins anew', async () => {
  const block = (id: string, text: string) => {
    const { message, ...rest } = assistantText(text);
    return JSON.stringify({ ...rest, message: { ...(message as object), id } });
  };
  const lastTextOf = async (...lines: readonly string[]) => {
    const reader = readerInto([]);
    for (const line of lines) await reader.take('stdout', Buffer.from(`${line}\n`));
    return (await reader.end()).lastText;
  };
  const part = 'x'.repeat(512 * 1024);
  const blocks = [part, part.slice(1), 'yz', 'lost'].map((text) => block('one', text));
  // The block that reaches the bound is whole.
  expect(await lastTextOf(...blocks)).toBe(`${part}${part.slice(1)}yz`);
  // One block of any length is whole, too.
  expect(await lastTextOf(block('one', part.repeat(3)), block('one', 'lost'))).toBe(part.repeat(3));
  expect(await lastTextOf(...blocks, block('two', 'short'))).toBe('short');
});

import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { directives, readDirective } from '../../src/offline/directive.ts';
import { durationOf, wholeMessage } from '../../src/offline/message.ts';
import { type MessagesApi, startMessagesApi } from '../../src/offline/messages-api.ts';
import { uncachedCharge } from '../../src/offline/prompt-cache.ts';
import { type ReceivedRequest, readRequest } from '../../src/offline/received-request.ts';
import { exampleOf } from '../../src/offline/schema-example.ts';
import { stepFor } from '../../src/offline/script.ts';
import { fuzz } from '../rig/fuzz-test.ts';
import { hostileJson, hostileValue } from '../rig/hostile-data.ts';
import { hostileBytes, hostileText, hugeText } from '../rig/hostile-text.ts';

let api: MessagesApi;
beforeAll(async () => {
  api = await startMessagesApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const names = Object.keys(directives);
const argument = fc.oneof(
  hostileText,
  hostileJson.map((json) => `Bash ${json} times 1000`),
  fc.constantFrom(
    '',
    '50000000',
    '1ms',
    'x',
    '1 1',
    '529 times 999999',
    'Bash {} times 1000',
    '999999999 999999999',
    '0.001ms',
  ),
);
const directiveLine = fc
  .tuple(fc.oneof(fc.constantFrom(...names), hostileText), argument)
  .map(([word, rest]) => `offline: ${word} ${rest}`);

/** A prompt of up to 2.5 MiB, the most that a session takes. */
const script = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.array(fc.oneof(directiveLine, hostileText), { maxLength: 10 }).map((lines) => lines.join('\n')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(directiveLine, { minLength: 1, maxLength: 2 }), fc.nat(2_500_000))
      .map(
        ([lines, length]) =>
          `offline: slow 1ms\n${`${lines.join('\n')}\n`.repeat(Math.min(100_000, length / lines.join('\n').length))}`,
      ),
  },
  { weight: 1, arbitrary: hugeText },
);

function requestWith(prompt: string): ReceivedRequest {
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: prompt }] });
  const request = readRequest(body, { processId: 'p', hasApiKey: true });
  if (typeof request === 'string') throw new Error(request);
  return request;
}

fuzz('whatever a directive says, it is read or refused', { of: directiveLine, runs: 2000 }, (line) => {
  expect(['answers', 'event', 'delivery', 'fault']).toContain(readDirective(line.slice('offline:'.length)).kind);
});

fuzz(
  'whatever directives a prompt holds, the stand-in knows in under a second what to answer',
  { of: script, runs: 250 },
  (prompt) => {
    const request = requestWith(prompt);
    const step = stepFor(request, () => true);
    if (step.kind !== 'text' && step.kind !== 'tool') return;
    const charge = uncachedCharge(1);
    JSON.stringify(wholeMessage({ answer: step, delivery: step, request, charge, serial: 1 }));
    // A text of many megabytes, word by word, is what the prompt asks for.
    if (step.kind === 'text' && step.text.length > 1_000_000) return;
    expect(durationOf(step, step.paceMs)).toBeGreaterThanOrEqual(0);
  },
);

const body = fc.oneof(
  hostileJson,
  hostileText,
  fc
    .record({ model: hostileValue, messages: hostileValue, system: hostileValue, tools: hostileValue })
    .map((value) => JSON.stringify(value)),
  hostileValue.map((content) => JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] })),
  fc.array(hostileText).map((texts) =>
    JSON.stringify({
      model: 'm',
      messages: texts.map((text) => ({ role: 'user', content: `<data-${text}> <data-x id="` })),
    }),
  ),
  hugeText.map((text) =>
    JSON.stringify({ model: 'm', messages: [{ role: 'user', content: `<data-ab>\n${text}</data-ab>\n` }] }),
  ),
);

fuzz('whatever the body of a request is, it is read or refused in words', { of: body, runs: 800 }, (text) => {
  const request = readRequest(text, { processId: 'p', hasApiKey: false });
  if (typeof request === 'string') expect(request).not.toBe('');
  else JSON.stringify(stepFor(request, () => false));
});

const schemaKeys = [
  'type',
  'properties',
  'items',
  'required',
  'anyOf',
  'allOf',
  'oneOf',
  '$ref',
  'enum',
  'const',
  'default',
  'prefixItems',
] as const;
const bound = fc.oneof(fc.constantFrom(0, -1, 1e9, 1e308, 2 ** 53, 'x', null, '1e9', 100), hostileValue);

/** Schemas that refer to themselves, ask for the impossible, or for far too much. */
const schema: fc.Arbitrary<unknown> = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'schema' },
    fc.constantFrom(
      { $ref: '#' },
      { $ref: '#/properties/a' },
      {},
      true,
      { type: 'string' },
      { type: ['null', 'array'] },
    ),
    fc.record(
      {
        minLength: bound,
        maxLength: bound,
        minItems: bound,
        maxItems: bound,
        minimum: bound,
        maximum: bound,
        multipleOf: bound,
        format: hostileText,
        type: fc.constantFrom('string', 'integer', 'array', 'number'),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        type: fc.constantFrom('object', 'array'),
        properties: fc.record({ a: tie('schema'), b: tie('schema'), __proto__: tie('schema') }, { requiredKeys: [] }),
        items: tie('schema'),
        minItems: bound,
        required: fc.constantFrom(['a', 'b'], ['a'], 'a', [1]),
      },
      { requiredKeys: ['type'] },
    ),
    fc.array(tie('schema'), { minLength: 1, maxLength: 4, depthIdentifier: 'schema' }).map((allOf) => ({ allOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 30, depthIdentifier: 'schema' }).map((list) => ({
      type: 'object',
      properties: Object.fromEntries(list.entries()),
      required: list.map((_, index) => String(index)),
    })),
    fc.tuple(fc.constantFrom(...schemaKeys), hostileValue).map(([key, value]) => ({ [key]: value })),
  ),
})).schema;

fuzz(
  'whatever a schema asks for, there is an example in under a second, and JSON can hold it',
  { of: schema, runs: 1500 },
  (asked) => {
    const text = JSON.stringify(exampleOf(asked)) ?? '';
    expect(text.length).toBeLessThan(5_000_000);
  },
);

fuzz(
  'whatever bytes come in over a socket, the next request is answered',
  { of: fc.record({ bytes: hostileBytes, path: hostileText, text: body }), runs: 60 },
  async ({ bytes, path, text }) => {
    const base = new URL(api.baseUrlFor('p'));
    const socket = connect(Number(base.port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    await once(socket, 'connect');
    socket.end(bytes);
    await fetch(`http://${base.host}/process/${encodeURIComponent(path.toWellFormed())}/v1/messages`, {
      method: 'POST',
      body: text,
      signal: AbortSignal.timeout(900),
    })
      .then((answer) => answer.text())
      .catch(() => undefined);
    const answer = await fetch(`${base.href}/v1/messages`, {
      method: 'POST',
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'x' }] }),
    });
    expect(answer.status).toBe(200);
    await answer.text();
    socket.destroy();
  },
);

import { expect, test } from 'vitest';
import { readDirective } from '../../src/offline/directive.ts';
import { durationOf } from '../../src/offline/message.ts';
import { exampleOf } from '../../src/offline/schema-example.ts';
import { readScript } from '../../src/offline/script.ts';
import { textAnswer } from '../../src/offline/step.ts';

test('a prompt may have as many lines of a reply as there is room for', () => {
  const { answers } = readScript('offline: reply x\n'.repeat(140_000));
  expect(answers).toEqual([textAnswer(Array.from({ length: 140_000 }, () => 'x').join('\n'))]);
});

test('a prompt that asks for more answers than memory can hold is refused', () => {
  for (const line of ['offline: tool Bash {} times 1000', 'offline: reply-bytes 50000000', 'offline: what']) {
    const { answers, faults } = readScript(`${line}\n`.repeat(12_000));
    expect(faults.at(-1)).toBe('This is more than one prompt may ask for.');
    expect(answers.length).toBeLessThan(12_000);
  }
  expect(readScript('offline: reply-bytes 50000000').faults).toEqual([]);
});

test('a slow answer of blanks is cut into words at once', () => {
  expect(durationOf(textAnswer('\n'.repeat(1_000_000)), 1)).toBe(0);
  expect(durationOf(textAnswer(' one  two three '), 10)).toBe(30);
});

test('a tool call is refused that is too deep to be sent', () => {
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  expect(readDirective(`tool Bash ${nested(200)}`).kind).toBe('answers');
  expect(readDirective(`tool Bash ${nested(10_000)}`)).toMatchObject({ kind: 'fault' });
});

test('a schema that refers to itself in many places has an example all the same', () => {
  const names = Array.from({ length: 30 }, (_, index) => `p${index}`);
  const properties = Object.fromEntries(names.map((name) => [name, { $ref: '#' }]));
  for (const schema of [
    { type: 'object', properties, required: names },
    { type: 'object', allOf: names.map(() => ({ $ref: '#' })) },
    { type: 'array', items: { $ref: '#' }, minItems: 100 },
  ])
    expect(JSON.stringify(exampleOf(schema)).length).toBeLessThan(5_000_000);
});

test('bounds of a schema that are no numbers, or too large, are not taken', () => {
  expect(exampleOf({ type: 'string', minLength: { valueOf: 1, toString: 1 }, maxLength: 'x' })).toBe('offline');
  expect(String(exampleOf({ type: 'string', minLength: 1e9 })).length).toBe(1_000_000);
  expect(exampleOf({ type: 'string', format: 'constructor' })).toBe('offline');
});

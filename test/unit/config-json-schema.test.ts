import { expect, test } from 'vitest';
import { parseSchema } from '../../src/options/json-schema.ts';

const read = (schema: unknown): unknown => {
  const parsed = parseSchema(JSON.stringify(schema), '/');
  return parsed.ok ? JSON.parse(parsed.value) : parsed.diagnostics.map(({ text }) => text);
};

const object = { type: 'object', properties: { a: { type: 'string' } } };

test.each([
  'https://json-schema.org/draft/2020-12/schema',
  'https://json-schema.org/draft/2019-09/schema',
  'http://json-schema.org/draft-07/schema#',
  'http://json-schema.org/draft-04/schema#',
])('a schema may name its draft, %s, which the CLI would not know', ($schema) => {
  expect(read({ $schema, ...object })).toEqual(object);
});

test('a root that does not say what it is describes an object', () => {
  expect(read({})).toEqual({ type: 'object' });
  expect(read({ properties: object.properties })).toEqual(object);
});

test('a root that is a reference to a definition, as generators write it, becomes that definition', () => {
  for (const place of ['definitions', '$defs']) {
    const definitions = { [place]: { Answer: object } };
    expect(read({ $ref: `#/${place}/Answer`, ...definitions })).toEqual({ ...definitions, ...object });
  }
});

test.each([
  [{ type: 'array', items: { type: 'string' } }, 'its root is of type "array"'],
  [{ type: 'string' }, 'its root is of type "string"'],
  [{ type: ['object', 'null'] }, 'its root is of type "object, null"'],
  [{ anyOf: [object] }, 'its root is made of anyOf'],
  [{ enum: ['a'] }, 'its root is made of enum'],
  [{ $ref: 'https://example.com/a.json' }, 'its root is made of $ref'],
  [{ $ref: '#/$defs/missing', $defs: {} }, 'its root is made of $ref'],
  [{ ...object, oneOf: [object] }, 'its root has oneOf'],
])('a root that the model would refuse after it was paid is refused before: %j', (schema, cause) => {
  expect(read(schema)).toEqual([expect.stringContaining(cause)]);
  expect(read(schema)).toEqual([expect.stringContaining('Make it a property: {"type":"object"')]);
});

test('a type that is none is told from one that is not an object', () => {
  const problem = 'its root has the type "Object", which is none of JSON Schema. Did you mean "object"?';
  expect(read({ ...object, type: 'Object' })).toEqual([expect.stringContaining(problem)]);
});

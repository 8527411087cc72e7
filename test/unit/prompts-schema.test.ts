import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { configure } from '../rig/configure.ts';
import { codeBlocks, readDocument } from '../rig/markdown.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const schemaFile = join(import.meta.dirname, '../../schemas/prompts.schema.json');
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const accepts = new Ajv({ unknownFormats: 'ignore', allErrors: true }).compile(schema);
const schemaOf = '{"type": "object"}';

const first = { id: 'first', prompt: 'x', 'json-schema': schemaOf };

/** Lists that the parser takes. */
const right: Readonly<Record<string, readonly unknown[]>> = {
  'texts of every kind': ['a', 42, true],
  'no entry at all': [],
  'options as text, as numbers, as lists': [
    {
      prompt: 'x',
      timeout: 90,
      'max-turns': '3',
      'allowed-tools': ['Read', 'Bash(git log:*)'],
      model: 'opus',
      effort: 'high',
    },
    {
      prompt: 'x',
      timeout: '15m',
      'allowed-tools': 'Read, Edit',
      'max-process-budget-usd': 0.5,
      'claude-args': ['--debug'],
    },
  ],
  'what is not given, as programs write it': [
    { prompt: 'x', id: null, name: null, timeout: null, when: null, repeat: null },
  ],
  needs: [first, { prompt: 'y', needs: 'all' }, { prompt: 'z', needs: ['first'], when: 'always' }],
  conditions: [
    first,
    { prompt: 'y', when: { 'first.severity': ['high', 'low'] } },
    { prompt: 'z', when: { 'first.count': 2 } },
  ],
  'lists of every kind': [
    first,
    { prompt: '{{item.a}}', 'for-each': [{ a: 1 }, { a: 'b' }] },
    { prompt: 'y', 'for-each': { glob: '*.md' } },
    { prompt: 'y', 'for-each': { from: 'first', path: 'list' }, 'max-items': 3 },
  ],
  copies: [{ id: 'copy', prompt: 'y', repeat: 3, 'continue-on-error': true }],
};

/** Lists that the parser refuses for the shape of an entry. */
const wrong: Readonly<Record<string, readonly unknown[]>> = {
  'an unknown key': [{ prompt: 'x', modell: 'opus' }],
  'no prompt': [{ id: 'a' }],
  'two prompts': [{ prompt: 'x', 'prompt-file': 'x.md' }],
  'an id that is a path': [{ prompt: 'x', id: '../a' }],
  'a choice that there is not': [{ prompt: 'x', effort: 'extreme' }],
  'no copies': [{ prompt: 'x', repeat: 0 }],
  'copies of each item': [{ prompt: 'x', repeat: 2, 'for-each': ['a'] }],
  'a limit of nothing': [{ prompt: 'x', 'max-items': 2 }],
  'two sources of items': [{ prompt: 'x', 'for-each': { glob: '*.ts', file: 'a.json' } }],
  'items from nowhere': [first, { prompt: 'x', 'for-each': { from: 'first' } }],
  'a word for when': [first, { prompt: 'x', needs: 'first', when: 'sometimes' }],
  'a condition on a mapping': [first, { prompt: 'x', when: { 'first.a': { b: 1 } } }],
  'a mapping in place of a text': [{ prompt: { text: 'x' } }],
  'a list in a list': [['a']],
  'neither true nor false': [{ prompt: 'x', 'continue-on-error': 'maybe' }],
};

async function isTaken(entries: readonly unknown[]): Promise<boolean> {
  await using directory = await temporaryDirectory();
  writeFileSync(directory.join('a.md'), 'A.');
  const options = { prompts: JSON.stringify(entries) };
  return (await configure(options, { workspace: directory.path })).kind === 'valid';
}

describe('the schema of a file of prompts says what the parser says', () => {
  it.each(Object.entries(right))('of %s: right', async (_, entries) => {
    expect([await isTaken(entries), accepts(entries), accepts.errors]).toEqual([true, true, null]);
  });

  it.each(Object.entries(wrong))('of %s: wrong', async (_, entries) => {
    expect([await isTaken(entries), accepts(entries)]).toEqual([false, false]);
  });

  it('of every list in the documents', () => {
    for (const path of ['docs/graph.md', 'docs/patterns.md', 'README.md']) {
      const lists = codeBlocks(readDocument(path), 'yaml')
        .map((block) => parse(block))
        .filter(isListOfPrompts);
      for (const list of lists) expect(accepts(list), JSON.stringify(list)).toBe(true);
    }
  });
});

function isListOfPrompts(value: unknown): boolean {
  const isStep = (entry: unknown) => typeof entry === 'object' && entry !== null && ('uses' in entry || 'run' in entry);
  return Array.isArray(value) && !value.some(isStep);
}

test('every key is described, for the editor to show', () => {
  const [, mapping] = schema.items.anyOf;
  for (const [name, key] of Object.entries<{ description?: string }>(mapping.properties))
    expect(key.description, name).toMatch(/\.$/);
});

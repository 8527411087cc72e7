import { describe, expect, test } from 'vitest';
import { parsePromptList } from '../../src/plan/sources/prompt-list.ts';

function read(text: string, maxPrompts = 500) {
  const { entries, diagnostics: found } = parsePromptList(text, maxPrompts);
  expect(found).toEqual([]);
  return entries.map(({ fields }) => Object.fromEntries(fields));
}

function problems(text: string, maxPrompts = 500): readonly string[] {
  return parsePromptList(text, maxPrompts).diagnostics.map((problem) => problem.text);
}

describe('a list', () => {
  test('plain scalars are always text', () => {
    const plain = ['yes', '42', '0x1F', '1.50', 'null', '~', 'true', '2026-01-02', '1e3', '.inf', 'NaN'];
    expect(read(plain.map((scalar) => `- ${scalar}\n`).join(''))).toEqual(plain.map((prompt) => ({ prompt })));
    expect(read('[yes, 42, "null", "x"]')).toEqual(['yes', '42', 'null', 'x'].map((prompt) => ({ prompt })));
    expect(read('- {id: 1, timeout: 300}')).toEqual([{ id: '1', timeout: '300' }]);
  });

  test('null means "not given" in a mapping, and quoted it is a word', () => {
    expect(read('[{"prompt": "x", "model": null, "name": ~}]')).toEqual([{ prompt: 'x', model: '', name: '' }]);
    expect(read('- prompt: null\n  name: "null"\n')).toEqual([{ prompt: '', name: 'null' }]);
  });

  test('a byte order mark ahead of the list is no part of it', () => {
    expect(read('\uFEFF- a\n- prompt: b\n')).toEqual([{ prompt: 'a' }, { prompt: 'b' }]);
  });

  test('a comment that cuts no prose is a comment', () => {
    const list =
      '# first\n- a\n# between\n- prompt: b\n  # inside\n  id: c # an id\n- "d" # quoted\n- |\n  e #1\n# last\n';
    expect(read(list)).toEqual([{ prompt: 'a' }, { prompt: 'b', id: 'c' }, { prompt: 'd' }, { prompt: 'e #1\n' }]);
    expect(read('- a#1\n- b - c\n- d\n  -e\n')).toEqual([{ prompt: 'a#1' }, { prompt: 'b - c' }, { prompt: 'd -e' }]);
  });

  test('texts are not trimmed, and no escape is lost', () => {
    expect(read('- "  two\\tblanks  "\n- |\n  line\n\n    deeper\n- >-\n  folded\n  text\n')).toEqual([
      { prompt: '  two\tblanks  ' },
      { prompt: 'line\n\n  deeper\n' },
      { prompt: 'folded text' },
    ]);
  });

  test('JSON from any tool is read as it is meant', () => {
    const texts = [
      'a: b',
      '- c',
      '# d',
      '*e',
      '&f',
      '!g',
      '{h}',
      '@i',
      '`j`',
      '%k',
      'é😀\u2028\u007f',
      '"\\/\b\f\n\r\t',
      ' ',
      'l'.repeat(5000),
    ];
    const entries = texts.map((prompt) => ({ prompt, 'allowed-tools': ['Read', 'Edit'] }));
    for (const indent of [undefined, 2, '\t']) {
      expect(read(JSON.stringify(entries, null, indent))).toEqual(entries);
      expect(read(JSON.stringify(texts, null, indent))).toEqual(texts.map((prompt) => ({ prompt })));
    }
    expect(read('["\\ud83d\\ude00\\u00e9"]')).toEqual([{ prompt: '😀é' }]);
  });

  test('an entry knows its number and its line', () => {
    const { entries } = parsePromptList('# two\n\n- a\n-\n  prompt: b\r\n- - c', 9);
    expect(entries.map(({ where }) => where)).toEqual(['entry 1 (line 3)', 'entry 2 (line 5)']);
  });

  test('keys with a meaning in JavaScript are ordinary unknown keys', () => {
    const [entry] = parsePromptList('- __proto__: {polluted: 1}\n- __proto__: x\n  constructor: y\n', 9).entries;
    expect([...(entry?.fields ?? [])]).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

const advice = 'Quote a string with special characters, or use |.';
const joinedLine = `a line in it begins with "-", and YAML would join it to the line above. Indent each "-" of a list alike. ${advice}`;

test.each([
  ['a: b', 'a mapping is not a list. Begin each prompt with "- "; for a single prompt use the option prompt.'],
  [
    '{"prompt": "x"}',
    'a mapping is not a list. Begin each prompt with "- "; for a single prompt use the option prompt.',
  ],
  [
    'Review this',
    'a single string is not a list. Begin each prompt with "- "; for a single prompt use the option prompt.',
  ],
  ['# nothing\n', 'there is no list. One without prompts is written [].'],
  ['null', 'there is no list. One without prompts is written [].'],
  ['""', 'there is no list. One without prompts is written [].'],
  ["' '", 'there is no list. One without prompts is written [].'],
  ['- - a\n', `entry 1 (line 1): a list is not a prompt; an entry is a string or a mapping. ${advice}`],
  ['- prompt: {a: b}\n', `entry 1 (line 1): the value of "prompt" is not a string. ${advice}`],
  ['- ? [a]\n  : b\n', `entry 1 (line 1): a key is not a string. ${advice}`],
  ['[null]', `entry 1 (line 1): null is not a string. ${advice}`],
  ['- {prompt: x, claude-args: [a, null]}', `entry 1 (line 1): the value of "claude-args" is not a string. ${advice}`],
  [
    '- Review PR #12 thoroughly\n',
    `entry 1 (line 1): "#12 thoroughly" is a comment in YAML and would be left out. ${advice}`,
  ],
  ['- Review\n  # All\n', `entry 1 (line 1): "# All" is a comment in YAML and would be left out. ${advice}`],
  [
    '- prompt: Fix #12\n  name: "#12"\n',
    `entry 1 (line 1): prompt: "#12" is a comment in YAML and would be left out. ${advice}`,
  ],
  [
    '- {prompt: x, name: a #12\n  }',
    `entry 1 (line 1): name: "#12" is a comment in YAML and would be left out. ${advice}`,
  ],
  ['- a\n - b\n', `entry 1 (line 1): ${joinedLine}`],
  ['- prompt: a\n   - b\n', `entry 1 (line 1): prompt: ${joinedLine}`],
  [
    `- |${'x'.repeat(90)}\n  a\n`,
    `line 1, column 4: Block scalar header includes extra characters: "|${'x'.repeat(59)}...". ${advice}`,
  ],
  ['- id: a\n  id: b\n', 'entry 1 (line 1): the key "id" is given twice.'],
  ['- a\n- b: c: d\n', `line 2, column 6: Nested mappings are not allowed in compact mappings. ${advice}`],
  ['- a\n- @file\n', `line 2, column 3: Plain value cannot start with reserved character @. ${advice}`],
  ['- "a\n', `line 2, column 1: Missing closing "quote. ${advice}`],
  [
    '- prompt: a\n\tid: b\n',
    'line 2, column 4: Unexpected map-value-ind token in YAML stream. Indent with spaces, not with tabs.',
  ],
  [
    '- id: a\n  prompt: |\n\tb\n',
    'line 3, column 1: Block scalars with more-indented leading empty lines must use an explicit indentation indicator. Indent with spaces, not with tabs.',
  ],
  ['["a", "b"', `line 1, column 10: Flow sequence must end with a ]. ${advice}`],
  ['["a" "b"]', `line 1, column 6: Missing , or : between flow sequence items. ${advice}`],
  [
    '- *important* do it\n',
    `line 1, column 3: "*important*" is an alias, an anchor or a tag of YAML; they are not allowed. ${advice}`,
  ],
  ['- a\n- &x b\n', `line 2, column 3: "&x" is an alias, an anchor or a tag of YAML; they are not allowed. ${advice}`],
  [
    '- !fix the bug\n',
    `line 1, column 3: "!fix" is an alias, an anchor or a tag of YAML; they are not allowed. ${advice}`,
  ],
  ['- a\n---\n- b\n', 'line 2, column 1: a second document begins here.'],
])('%j is refused', (text, problem) => {
  expect(problems(text)).toEqual([problem]);
});

test('what is wrong with one entry hides neither the others nor their faults', () => {
  const { entries, diagnostics: found } = parsePromptList('- a\n- - b\n- c: {d: e}\n- f\n', 9);
  expect(entries.map(({ fields }) => fields.get('prompt'))).toEqual(['a', 'f']);
  expect(found).toHaveLength(2);
});

test('as many prompts as max-prompts are read, one more is refused', () => {
  const list = (count: number) => '- prompt: x\n  id: y\n'.repeat(count);
  expect(read(list(500))).toHaveLength(500);
  expect(problems(list(501))[0]).toContain('more than 500 entries');
  expect(problems(`[${'x,'.repeat(501)}]`)[0]).toContain('more than 500 entries');
  expect(read(list(600), 600)).toHaveLength(600);
  // So many that reading them all would be refused for its cost: the number of prompts is what helps.
  expect(problems('- x\n'.repeat(100_000))[0]).toContain('more than 500 entries');
});

test('a prompt of 2.5 MiB is read from a list, in every form that YAML and JSON have', () => {
  const text = `${'é'.repeat(60)} text\n`.repeat(Math.floor((2.5 * 1024 * 1024) / 126));
  const ascii = JSON.stringify(text).replaceAll('é', '\\u00e9');
  const block = `- |\n${text.replace(/^(?=.)/gm, '    ')}`;
  for (const list of [JSON.stringify([text]), `[${ascii}]`, block]) expect(read(list)).toEqual([{ prompt: text }]);
});

test('aliases that grow without bound are refused at the first of them', () => {
  const levels = Array.from({ length: 30 }, (_, level) => `- &a${level} [${`*a${level - 1},`.repeat(9)}]\n`);
  expect(problems(`- &a x\n${levels.join('')}`)[0]).toContain('line 1, column 3: "&a" is an alias');
});

test('a list of more than 32 MiB is refused unread', () => {
  expect(problems(`- ${'x'.repeat(32 * 1024 * 1024)}`)).toEqual([
    'the list has more than 32 MiB. Divide it into several sessions.',
  ]);
});

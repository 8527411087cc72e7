import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { processesOf } from '../../src/model/graph.ts';
import { faultLines, validSettings } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

async function place() {
  const directory = await temporaryDirectory();
  const request = { workspace: directory.path };
  return {
    directory,
    faults: (prompts: unknown, more: Readonly<Record<string, unknown>> = {}) =>
      faultLines({ prompts: JSON.stringify(prompts), ...more }, request),
    plan: async (prompts: unknown, more: Readonly<Record<string, unknown>> = {}) =>
      (await validSettings({ prompts: JSON.stringify(prompts), ...more }, request)).settings.plan,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

const schema = { 'json-schema': '{"type":"object"}' };

test('a key of a graph makes the session one, and another pattern beside it is refused', async () => {
  await using here = await place();
  const prompts = [
    { id: 'a', prompt: 'x' },
    { id: 'b', prompt: 'y', needs: 'a' },
  ];
  expect((await here.plan(prompts)).pattern).toBe('graph');
  expect(await here.faults(prompts, { pattern: 'parallel' })).toEqual([
    'pattern: "parallel" does not go with needs, which entry 2 (line 1) has. Leave pattern out.',
  ]);
  expect(await here.faults(prompts, { 'batch-size': '2' })).toEqual([
    'batch-size: a graph has no batches; leave it out.',
  ]);
  // An empty value is none, as for every option.
  const empty = [{ id: 'a', prompt: 'x', needs: '', when: null, repeat: '', 'for-each': null }];
  expect((await here.plan(empty, { pattern: 'sequential' })).pattern).toBe('sequential');
});

test('a literal list becomes one process for each item, filled into prompt and name and given as data', async () => {
  await using here = await place();
  const items = [
    { file: 'a.ts', lines: '3' },
    { file: 'b.ts', lines: '4' },
  ];
  const prompts = [{ id: 'r', name: 'Review {{item.file}}', prompt: 'Look at {{ item.file }}.', 'for-each': items }];
  const processes = processesOf((await here.plan(prompts)).graph);
  expect(processes.map(({ id, name, prompt, data }) => ({ id, name, prompt, data }))).toEqual([
    {
      id: 'r-1',
      name: 'Review a.ts',
      prompt: 'Look at a.ts.',
      data: [{ id: 'item', text: '{"file":"a.ts","lines":"3"}' }],
    },
    {
      id: 'r-2',
      name: 'Review b.ts',
      prompt: 'Look at b.ts.',
      data: [{ id: 'item', text: '{"file":"b.ts","lines":"4"}' }],
    },
  ]);
});

test('lists come from globs and from files of JSON as well, and copies have ids of their own', async () => {
  await using here = await place();
  await mkdir(here.directory.join('docs'));
  await writeFile(here.directory.join('docs/a.md'), 'x');
  await writeFile(here.directory.join('docs/b.md'), 'x');
  await writeFile(here.directory.join('items.json'), JSON.stringify({ list: ['{{item}} </data> ../x', { n: 1 }] }));
  const prompts = [
    { id: 'g', prompt: 'Look.', 'for-each': { glob: 'docs/*.md' } },
    { id: 'f', prompt: 'Look.', 'for-each': { file: 'items.json', path: 'list' } },
    { id: 'n', prompt: 'Look.', repeat: '2' },
    { id: 'empty', prompt: 'Look.', 'for-each': [] },
  ];
  const processes = processesOf((await here.plan(prompts)).graph);
  expect(processes.map(({ id, prompt, data }) => [id, prompt, data?.[0]?.text])).toEqual([
    ['g-1', 'Look.', 'docs/a.md'],
    ['g-2', 'Look.', 'docs/b.md'],
    ['f-1', 'Look.', '{{item}} </data> ../x'],
    ['f-2', 'Look.', '{"n":1}'],
    ['n-1', 'Look.', undefined],
    ['n-2', 'Look.', undefined],
  ]);
});

test.each<[string, readonly object[], string]>([
  [
    'an unknown need',
    [
      { id: 'a', prompt: 'x' },
      { prompt: 'y', needs: 'aa' },
    ],
    'there is no entry "aa". Did you mean "a"?',
  ],
  [
    'a cycle',
    [
      { id: 'a', prompt: 'x', needs: 'b' },
      { id: 'b', prompt: 'y', needs: ['a'] },
    ],
    'they wait for each other: a -> b -> a.',
  ],
  [
    'a mapping without conditions',
    [
      { id: 'a', prompt: 'x' },
      { prompt: 'y', needs: 'a', when: {} },
    ],
    'when: the mapping is empty',
  ],
  ['a list from nowhere', [{ prompt: 'x', 'for-each': { from: [], path: 'l' } }], 'give the id of at least one entry.'],
  ['a need of its own', [{ id: 'a', prompt: 'x', needs: 'a' }], 'it waits for itself.'],
  [
    'a condition on a group',
    [
      { id: 'a', prompt: 'x', repeat: 2, ...schema },
      { prompt: 'y', when: { 'a.k': 'v' } },
    ],
    '"a" stands for several processes',
  ],
  [
    'a condition without a schema',
    [
      { id: 'a', prompt: 'x' },
      { prompt: 'y', when: { 'a.k': 'v' } },
    ],
    '"a" has no json-schema',
  ],
  [
    'a condition on nothing',
    [
      { id: 'a', prompt: 'x', ...schema },
      { prompt: 'y', when: { 'b.k': 'v' } },
    ],
    '"b.k" does not begin with the id of an entry',
  ],
  ['when without needs', [{ id: 'a', prompt: 'x', when: 'always' }], 'it has nothing to wait for'],
  ['a wrong when', [{ id: 'a', prompt: 'x', when: 'sucess' }], 'Did you mean "success"?'],
  ['repeat and for-each', [{ prompt: 'x', repeat: 2, 'for-each': ['a'] }], 'give one of them'],
  ['max-items alone', [{ prompt: 'x', 'max-items': 3 }], 'it has no for-each'],
  [
    'a list that is too long',
    [{ prompt: 'x', 'for-each': ['a', 'b'], 'max-items': 1 }],
    'the list has 2 items, more than 1.',
  ],
  [
    'a placeholder for what others wrote',
    [
      { id: 'a', prompt: 'x', ...schema },
      { prompt: '{{item}}', 'for-each': { from: 'a', path: 'k' } },
    ],
    '{{item}} is filled in only from a list that is written in the entry',
  ],
  [
    'a placeholder that an item lacks',
    [{ prompt: '{{item.x}}', 'for-each': [{ y: '1' }] }],
    '"{{item.x}}" is not in the item',
  ],
  [
    'an id that a copy would have',
    [
      { id: 'a', prompt: 'x', repeat: 2 },
      { id: 'A-7', prompt: 'y' },
    ],
    '"a-7" is reserved for a process of the entry "a".',
  ],
  ['an id that is too long', [{ id: 'x'.repeat(57), prompt: 'x', repeat: 2 }], 'has more than 56 characters'],
  ['a for-each of nothing known', [{ prompt: 'x', 'for-each': { form: 'a' } }], 'Did you mean "from"?'],
  [
    'from without path',
    [
      { id: 'a', prompt: 'x' },
      { prompt: 'y', 'for-each': { from: 'a' } },
    ],
    'from needs path',
  ],
  [
    'a conversation of nobody',
    [
      { id: 'explore', prompt: 'x' },
      { prompt: 'y', 'conversation-from': 'explor' },
    ],
    'conversation-from: there is no entry "explor". Did you mean "explore"?',
  ],
  [
    'a conversation of several',
    [
      { id: 'a', prompt: 'x', repeat: 2 },
      { prompt: 'y', 'conversation-from': 'a' },
    ],
    '"a" stands for several processes; a conversation is that of one.',
  ],
  [
    'a conversation that another model had',
    [
      { id: 'a', prompt: 'x', model: 'opus', 'working-directory': '.', 'allowed-tools': 'Grep' },
      { prompt: 'y', 'conversation-from': 'a' },
    ],
    'model, allowed-tools must be as in "a", whose conversation it continues.',
  ],
  [
    'all among others',
    [
      { id: 'a', prompt: 'x' },
      { prompt: 'y', needs: ['a', 'all'] },
    ],
    '"all" stands for every entry',
  ],
  [
    'an empty name in a path',
    [
      { id: 'a', prompt: 'x', ...schema },
      { prompt: 'y', 'for-each': { from: 'a', path: 'k..l' } },
    ],
    'path: "k..l" has an empty name',
  ],
  ['a list of no globs', [{ prompt: 'x', 'for-each': { glob: [] } }], 'glob: give at least one pattern.'],
  ['a list in no file', [{ prompt: 'x', 'for-each': { file: '' } }], 'file: give the path of a file of JSON.'],
  [
    'a placeholder in an option',
    [{ prompt: 'x', 'for-each': ['a'], 'append-system-prompt': 'You are {{item}}.' }],
    'only in prompt and name',
  ],
  [
    'a prompt that an item makes blank',
    [{ prompt: '{{item}}', 'for-each': ['a', ' '] }],
    'item 2 makes the prompt blank.',
  ],
  ['a condition on itself', [{ id: 'a', prompt: 'x', ...schema, when: { 'a.k': 'v' } }], 'when: it waits for itself.'],
  [
    'a list of its own',
    [{ id: 'a', prompt: 'x', ...schema, 'for-each': { from: 'a', path: 'k' } }],
    'for-each: it waits for itself.',
  ],
  [
    'an item that makes the prompt too large',
    [{ id: 'a', prompt: 'x', 'for-each': ['small', 'x'.repeat(2.6 * 1024 * 1024)] }],
    'for-each: the prompt of "a-2" has 2.67 MiB with its data; at most 2.5 MiB are allowed.',
  ],
  ['a conversation with itself', [{ id: 'a', prompt: 'x', 'conversation-from': 'a' }], 'it waits for itself.'],
])('%s is refused before anything starts', async (_, prompts, text) => {
  await using here = await place();
  const faults = await here.faults(prompts);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(text);
});

test('an empty value of a key is none: it is not refused, nor named as the cause of a fault', async () => {
  await using here = await place();
  const list = '- prompt: x\n  needs:\n  max-turns: ""\n';
  await writeFile(here.directory.join('list.yml'), list);
  const request = { workspace: here.directory.path, autoTrust: { level: 'untrusted', why: 'a fork' } as const };
  expect(await faultLines({ 'prompts-file': 'list.yml' }, request)).toEqual([]);
  await writeFile(here.directory.join('list.yml'), `${list}  repeat: 2\n`);
  const faults = await faultLines({ 'prompts-file': 'list.yml', pattern: 'parallel', trust: 'trusted' }, request);
  expect(faults).toEqual([expect.stringContaining('does not go with repeat, which')]);
});

test('what others may have written sets no key of a graph in an untrusted session', async () => {
  await using here = await place();
  await writeFile(here.directory.join('list.yml'), '- prompt: x\n  repeat: 3\n');
  const request = { workspace: here.directory.path, autoTrust: { level: 'untrusted', why: 'a fork' } as const };
  expect(await faultLines({ 'prompts-file': 'list.yml' }, request)).toEqual([
    expect.stringContaining('repeat: a list in the checkout may set only'),
  ]);
});

test('a conversation that is continued is waited for and recorded, and a schema that differs is warned about', async () => {
  await using here = await place();
  const prompts = [
    { id: 'explore', prompt: 'x' },
    { id: 'ask', prompt: '{{item}}?', 'for-each': ['a', 'b'], 'conversation-from': 'Explore', ...schema },
    { id: 'apart', prompt: 'y' },
  ];
  const options = { prompts: JSON.stringify(prompts) };
  const { settings, warnings } = await validSettings(options, { workspace: here.directory.path });
  const { nodes } = settings.plan.graph;
  expect(
    processesOf(settings.plan.graph).map(({ conversationFrom, isContinued }) => conversationFrom ?? isContinued),
  ).toEqual([true, 'explore', 'explore', undefined]);
  expect(nodes.find(({ id }) => id === 'ask-2')).toMatchObject({
    needs: [{ of: 'explore', passes: 'nothing' }],
    when: 'success',
  });
  expect(warnings).toEqual([expect.stringContaining('the json-schema of "ask-1", "ask-2" is not that of "explore"')]);
});

test('all cycles are named, each once, by the key that closes it; all alone in a list is all', async () => {
  await using here = await place();
  const prompts = [
    { id: 'a', prompt: 'x', needs: 'b' },
    { id: 'b', prompt: 'x', needs: 'a' },
    { id: 'c', prompt: 'x', needs: ['all'] },
    { id: 'd', prompt: 'x', 'conversation-from': 'e' },
    { id: 'e', prompt: 'x', needs: 'd' },
  ];
  expect(await here.faults(prompts)).toEqual([
    'prompts: entry 1 (line 1): needs: they wait for each other: a -> b -> a.',
    'prompts: entry 4 (line 1): conversation-from: they wait for each other: d -> e -> d.',
  ]);
});

test('a list from an entry without a json-schema is warned of', async () => {
  await using here = await place();
  const prompts = [
    { id: 'one', prompt: 'x', repeat: 2 },
    { id: 'two', prompt: 'x', ...schema },
    { id: 'check', prompt: 'x', 'for-each': { from: ['one', 'two'], path: 'k' } },
  ];
  const { warnings } = await validSettings({ prompts: JSON.stringify(prompts) }, { workspace: here.directory.path });
  expect(warnings).toEqual([
    'for-each: "check" takes its items from "one", which has no json-schema and so gives no list.',
  ]);
});

test('a list is taken once from each of its sources, however often they are named', async () => {
  await using here = await place();
  const prompts = [
    { id: 'scan', prompt: 'x', ...schema },
    { id: 'check', prompt: 'y', 'for-each': { from: ['scan', 'SCAN'], path: 'k' } },
  ];
  const { settings } = await validSettings({ prompts: JSON.stringify(prompts) }, { workspace: here.directory.path });
  expect(settings.plan.graph.nodes.find(({ kind }) => kind === 'each')).toMatchObject({ from: ['scan'] });
});

test('more processes than max-prompts are refused, and the plan knows the limit for lists found at run time', async () => {
  await using here = await place();
  expect(await here.faults([{ prompt: 'x', repeat: 4 }], { 'max-prompts': '3' })).toEqual([
    'prompts: the entries make 4 processes, more than 3 prompts. To allow more, raise max-prompts.',
  ]);
  expect((await here.plan([{ prompt: 'x', repeat: 3 }], { 'max-prompts': '3' })).graph.maxProcesses).toBe(3);
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { processesOf } from '../../src/model/graph.ts';
import { optionRows } from '../../src/model/option-table.ts';
import { generateProcessId, parseProcessId } from '../../src/options/process-id.ts';
import { faultLines, validSettings } from '../rig/configure.ts';
import { listPatterns, planOf } from '../rig/plan.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

/** A workspace with files, beside it a directory that prompts may come from as well, and one that they may not. */
async function workspace(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const directory = await temporaryDirectory();
  for (const folder of ['work/prompts/deep', 'runner-temp', 'elsewhere'])
    mkdirSync(directory.join(folder), { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(directory.join(path), content);
  const request = {
    workspace: directory.join('work'),
    allowedRoots: [directory.join('work'), directory.join('runner-temp')],
  };
  return {
    ...directory,
    faults: (options: Readonly<Record<string, unknown>>) => faultLines(options, request),
    processes: async (options: Readonly<Record<string, unknown>>) =>
      processesOf((await validSettings(options, request)).settings.plan.graph),
    read: (options: Readonly<Record<string, unknown>>) => validSettings(options, request),
  };
}

const largest = 2.5 * 1024 * 1024;
const names = 'prompt, prompt-file, prompts, prompts-file or prompts-glob';

describe('the source', () => {
  test('no prompts at all are a fault', async () => {
    await using place = await workspace();
    expect(await place.faults({})).toEqual([`prompt: there is none. Give exactly one of ${names}.`]);
    expect(await place.faults({ prompts: '' })).toEqual([`prompt: there is none. Give exactly one of ${names}.`]);
  });

  test('an empty list is no error: there is nothing to do, and that is said', async () => {
    await using place = await workspace({ 'work/none.yml': '# nothing today\n[]\n', 'work/empty.yml': '# nothing\n' });
    for (const [source, options] of [
      ['prompts', { prompts: ' []\n' }],
      ['prompts-file', { 'prompts-file': 'none.yml' }],
    ] as const) {
      const { settings, notices, warnings } = await place.read({ ...options, pattern: 'batch', 'fail-on': '3' });
      expect(processesOf(settings.plan.graph)).toEqual([]);
      expect([notices, warnings]).toEqual([[`${source}: the list is empty: there is nothing to do.`], []]);
    }
    expect(await place.faults({ 'prompts-file': 'empty.yml' })).toEqual([
      'prompts-file: there is no list. One without prompts is written [].',
    ]);
    expect(await place.faults({ 'prompts-glob': 'none/*.md' })).toEqual([expect.stringContaining('matches no file')]);
  });

  test('every fault is told once, in the order of the entries, whatever kind it is of', async () => {
    await using place = await workspace();
    const entries = [
      '- {id: a, prompt: x, working-directory: nowhere}',
      '- {id: b, timeout: soon, prompt: x}',
      '- {id: c}',
      '- {id: A, prompt: x}',
      '- [x]',
      '- {id: f, prompt: x, tiemout: 5}',
    ];
    const order = (await place.faults({ prompts: entries.join('\n'), retries: '-1' })).map(
      (line) => /^retries|entry \d/.exec(line)?.[0],
    );
    expect(order).toEqual(['entry 1', 'entry 2', 'entry 3', 'entry 4', 'entry 5', 'entry 6', 'retries']);
  });

  test('every source beside the first is a fault', async () => {
    await using place = await workspace();
    const text = `a second source of prompts beside prompt. Give exactly one of ${names}.`;
    expect(await place.faults({ prompt: 'a', prompts: '- b', 'prompts-glob': '*' })).toEqual([
      `prompts: ${text}`,
      `prompts-glob: ${text}`,
    ]);
  });

  test('a blank text beside another source is not given', async () => {
    await using place = await workspace();
    const [fromPrompt] = await place.processes({ prompt: 'a', prompts: '\n' });
    expect(fromPrompt).toMatchObject({ prompt: 'a' });
    expect(await place.processes({ prompt: ' \r\n', prompts: '- b\n- c' })).toHaveLength(2);
    expect(await place.faults({ prompt: '\n', prompts: '\n' })).toEqual(['prompt: the prompt is blank.']);
  });

  test('prompt is taken as it stands and never parsed', async () => {
    await using place = await workspace();
    const prompt = '\uFEFF \n- a\n- b: {{ x }} @/etc/passwd /clear\n\0 ';
    expect(await place.processes({ prompt })).toEqual([
      expect.objectContaining({ id: 'process_001', name: 'process_001', prompt, workingDirectory: place.join('work') }),
    ]);
  });

  test('a prompt file is taken as it stands, from the workspace or from RUNNER_TEMP', async () => {
    const text = ' é\r\n- a\n\n';
    await using place = await workspace({ 'work/p.md': `\uFEFF${text}`, 'runner-temp/q.md': 'q' });
    expect((await place.processes({ 'prompt-file': 'p.md' }))[0]?.prompt).toBe(text);
    expect((await place.processes({ 'prompt-file': place.join('runner-temp/q.md') }))[0]?.prompt).toBe('q');
  });

  test('a list from a file is the same as a list', async () => {
    const list = '- a\n- id: b\n  prompt-file: p.md\n';
    await using place = await workspace({ 'work/p.md': 'from a file', 'runner-temp/list.yml': list });
    const processes = await place.processes({ 'prompts-file': '../runner-temp/list.yml' });
    expect(processes).toEqual(await place.processes({ prompts: list }));
    expect(processes.map(({ id, prompt }) => [id, prompt])).toEqual([
      ['process_001', 'a'],
      ['b', 'from a file'],
    ]);
  });

  test('blank prompts are faults, wherever they come from', async () => {
    await using place = await workspace({ 'work/blank.md': ' \n\t\n' });
    expect(await place.faults({ prompt: ' \n ' })).toEqual(['prompt: the prompt is blank.']);
    expect(await place.faults({ 'prompt-file': 'blank.md' })).toEqual(['prompt-file: "blank.md" is blank.']);
    expect(await place.faults({ 'prompts-glob': '*.md' })).toEqual(['prompts-glob: "blank.md" is blank.']);
    expect(await place.faults({ prompts: '- a\n-\n- prompt: " "\n- prompt:\n- prompt-file: blank.md\n' })).toEqual([
      'prompts: entry 2 (line 2): the prompt is blank.',
      'prompts: entry 3 (line 3): the prompt is blank.',
      'prompts: entry 4 (line 4): the prompt is blank.',
      'prompts: entry 5 (line 5): "blank.md" is blank.',
    ]);
  });
});

test('a prompt file that cannot be used is refused, with the reason', async () => {
  await using place = await workspace({
    'elsewhere/secret.md': 'secret',
    'work/latin1.md': new Uint8Array([0x66, 0xfc, 0x72]),
    'work/utf16.md': new Uint8Array([0xff, 0xfe, 0x61, 0x00]),
    'work/cut.md': new Uint8Array([0x61, 0xe2, 0x82]),
    'work/large.md': 'a'.repeat(largest + 1),
  });
  symlinkSync(place.join('elsewhere/secret.md'), place.join('work/link.md'));
  symlinkSync(place.join('elsewhere'), place.join('work/linked'));
  symlinkSync('loop.md', place.join('work/loop.md'));
  execFileSync('sh', ['-c', 'mkfifo "$0"', place.join('work/pipe')]);
  const roots = `${place.join('work')} and ${place.join('runner-temp')}`;
  const reasons = {
    'missing.md': 'does not exist.',
    'large.md/below': 'does not exist.',
    prompts: 'is a directory, not a file.',
    '.': 'is a directory, not a file.',
    pipe: 'is not a regular file.',
    'link.md': `lies outside ${roots}.`,
    'linked/secret.md': `lies outside ${roots}.`,
    'loop.md': 'cannot be read (ELOOP).',
    'latin1.md': 'is not UTF-8 text.',
    'utf16.md': 'is not UTF-8 text but UTF-16. Save it as UTF-8.',
    'cut.md': 'is not UTF-8 text.',
    'large.md': 'has 2.51 MiB; at most 2.5 MiB are allowed.',
  };
  const unfit = ['latin1.md', 'utf16.md', 'cut.md', 'large.md'];
  for (const [file, cause] of Object.entries(reasons)) {
    const reason = cause.replace('exist.', `exist; it was looked for at ${place.join('work', file)}.`);
    expect(await place.faults({ 'prompt-file': file })).toEqual([`prompt-file: "${file}" ${reason}`]);
    expect(await place.faults({ prompts: `- {prompt-file: ${file}}` })).toEqual([
      `prompts: entry 1 (line 1): "${file}" ${reason}`,
    ]);
    if (unfit.includes(file)) continue;
    expect(await place.faults({ prompt: 'p', 'context-files': file })).toEqual([`context-files: "${file}" ${reason}`]);
  }
  // Where it was looked for is said already, or is too long to be worth reading.
  expect(await place.faults({ 'prompt-file': '/absent.md' })).toEqual(['prompt-file: "/absent.md" does not exist.']);
  expect(await place.faults({ 'prompt-file': 'd/'.repeat(250) })).toEqual([
    expect.stringMatching(/^prompt-file: "(d\/)+\.\.\." does not exist\.$/),
  ]);
  const outside = place.join('elsewhere/secret.md');
  expect(await place.faults({ prompts: '- {prompt-file: ../elsewhere/secret.md}' })).toEqual([
    `prompts: entry 1 (line 1): "../elsewhere/secret.md" lies outside ${roots}.`,
  ]);
  expect(await place.faults({ 'prompts-file': outside })).toEqual([
    `prompts-file: "${outside}" lies outside ${roots}.`,
  ]);
});

describe('an entry', () => {
  test('has the options of the session, but for its own', async () => {
    await using place = await workspace({ 'work/schema.json': '{"type": "object"}' });
    const prompts = `
- plain
- id: own
  name: "My: own"
  prompt: text
  model: opus
  timeout: 5m
  working-directory: prompts
  claude-args: [--agent, high]
  allowed-tools: Edit, Bash(git log:*)
  disallowed-tools: [WebFetch]
  permission-mode: plan
  append-system-prompt: " brief "
  json-schema: schema.json
  max-turns: 7
  max-process-budget-usd: 0.5
`;
    const session = { prompts, model: 'sonnet', 'fallback-model': 'haiku', 'allowed-tools': 'Read', timeout: '1h' };
    const [plain, own] = await place.processes(session);
    expect(plain).toEqual({
      id: 'process_001',
      name: 'process_001',
      prompt: 'plain',
      workingDirectory: place.join('work'),
      timeoutMs: 3_600_000,
      claude: { model: 'sonnet', fallbackModel: 'haiku', allowedTools: ['Read'], disallowedTools: [], claudeArgs: [] },
    });
    expect(own).toEqual({
      id: 'own',
      name: 'My: own',
      prompt: 'text',
      workingDirectory: place.join('work/prompts'),
      timeoutMs: 300_000,
      maxBudgetUsd: 0.5,
      claude: {
        model: 'opus',
        fallbackModel: 'haiku',
        appendSystemPrompt: ' brief ',
        allowedTools: ['Edit', 'Bash(git log:*)'],
        disallowedTools: ['WebFetch'],
        permissionMode: 'plan',
        maxTurns: 7,
        jsonSchema: '{"type":"object"}',
        claudeArgs: ['--agent', 'high'],
      },
    });
  });

  const keys = [
    ...['id', 'name', 'prompt', 'prompt-file', 'needs', 'when', 'for-each', 'repeat', 'max-items', 'conversation-from'],
    ...['continue-on-error', ...optionRows.filter(({ perProcess }) => perProcess).map(({ name }) => name)],
  ].join(', ');

  test.each([
    ['- Review: security', `"Review" is not one of ${keys}. If the entry is the text of a prompt, quote it, or use |.`],
    [
      '- {promt: x}',
      `"promt" is not one of ${keys}. Did you mean "prompt"? If the entry is the text of a prompt, quote it, or use |.`,
    ],
    ['- {prompt: x, time-out: 3}', `"time-out" is not one of ${keys}. Did you mean "timeout"?`],
    ['- {prompt: x, pattern: batch}', `"pattern" is not one of ${keys}.`],
    ['- {prompt: x, __proto__: y}', `"__proto__" is not one of ${keys}.`],
    ['- {id: a}', 'it has no prompt; give prompt or prompt-file.'],
    ['- {}', 'it has no prompt; give prompt or prompt-file.'],
    ['- {prompt: x, prompt-file: y}', 'it has both prompt and prompt-file; give one of them.'],
    ['- {prompt: [x]}', 'a list is not a string.'],
    ['- {prompt: x, timeout: soon}', 'timeout: "soon" is not a duration such as 90 (seconds), 90s, 15m or 1h30m.'],
    ['- {prompt: x, timeout: [3]}', 'timeout: a list is not a duration such as 90 (seconds), 90s, 15m or 1h30m.'],
    [
      '- {prompt: x, working-directory: nowhere}',
      expect.stringMatching(/working-directory: ".*nowhere" does not exist\.$/),
    ],
    ['- {prompt: x, claude-args: -p}', 'claude-args: "-p" is not allowed here: it would change how Claude is run.'],
  ])('%s is refused', async (prompts, problem) => {
    await using place = await workspace();
    const [line, ...others] = await place.faults({ prompts });
    expect(others).toEqual([]);
    expect(line?.replace('prompts: entry 1 (line 1): ', '')).toEqual(problem);
  });

  test('a value that is empty counts as not given', async () => {
    await using place = await workspace();
    const prompts = '- {prompt: x, id: "", name: , timeout: "", prompt-file: "", allowed-tools: []}';
    expect(await place.processes({ prompts })).toEqual(await place.processes({ prompts: '- x' }));
  });
});

describe('ids', () => {
  test('are generated whatever number of them is taken', () => {
    const taken = new Set(
      Array.from({ length: 30_000 }, (_, index) => `process_${String(index + 1).padStart(3, '0')}`),
    );
    expect(generateProcessId(1, taken)).toBe('process_30001');
  });

  test('are generated by position, beside those that are given', async () => {
    await using place = await workspace();
    const prompts = '- a\n- {id: process_003, prompt: b}\n- c\n- {id: Last.one-1, prompt: d}\n';
    expect((await place.processes({ prompts })).map(({ id }) => id)).toEqual([
      'process_001',
      'process_003',
      'process_004',
      'Last.one-1',
    ]);
  });

  test.each(['../../x', 'a/b', 'a\\b', 'a b', '.hidden', '-x', '_x', 'é', 'x'.repeat(65), 'a\u0000', '__proto__'])(
    '%j is no id',
    async (id) => {
      await using place = await workspace();
      const [line] = await place.faults({ prompts: JSON.stringify([{ id, prompt: 'x' }]) });
      expect(line).toContain('is not 1 to 64 letters, digits, ".", "_" or "-", the first a letter or digit.');
    },
  );

  test.each(['con', 'NUL', 'Aux.txt', 'com1', 'LPT9.log'])('%s is a device of Windows, and refused', async (id) => {
    await using place = await workspace();
    expect(await place.faults({ prompts: `- {id: ${id}, prompt: x}` })).toEqual([
      `prompts: entry 1 (line 1): id: "${id}" is the name of a device on Windows.`,
    ]);
  });

  test('names of the files of a session, and words that stand for several ids, are reserved', async () => {
    await using place = await workspace();
    expect(await place.faults({ prompts: '- {id: Session, prompt: x}' })).toEqual([
      'prompts: entry 1 (line 1): id: "Session" is reserved, as are session, events, context, item, all, none.',
    ]);
    const others = ['events', 'context', 'Item', 'ALL', 'none'];
    expect(await place.faults({ prompts: others.map((id) => `- {id: ${id}, prompt: x}`).join('\n') })).toEqual(
      others.map((id, index) =>
        expect.stringContaining(`entry ${index + 1} (line ${index + 1}): id: "${id}" is reserved`),
      ),
    );
    expect(await place.faults({ prompts: '- {id: sessions, prompt: x}\n- {id: console, prompt: x}' })).toEqual([]);
  });

  test('are unique without regard to case', async () => {
    await using place = await workspace();
    expect(await place.faults({ prompts: '- {id: Api, prompt: x}\n- y\n- {id: aPI, prompt: z}\n' })).toEqual([
      'prompts: entry 3 (line 3): id: "aPI" is already the id of entry 1 (line 1); ids are compared without regard to case.',
    ]);
  });
});

describe('globs', () => {
  const files = {
    'work/prompts/b.md': 'B',
    'work/prompts/a.md': 'A',
    'work/prompts/a.txt': 'text',
    'work/prompts/deep/01 Über Größe.md': 'deep',
    'runner-temp/t.md': 'T',
  };

  test('give one process a file, sorted by path, with the id from its name', async () => {
    await using place = await workspace(files);
    const globs = `prompts/**/*.md\n!**/b.md\n${place.join('runner-temp')}/*.md`;
    const processes = await place.processes({ 'prompts-glob': globs });
    expect(processes.map(({ id, prompt }) => [id, prompt])).toEqual([
      ['t', 'T'],
      ['a', 'A'],
      ['01-Uber-Grosse', 'deep'],
    ]);
  });

  test('that match no file are faults, each of them', async () => {
    await using place = await workspace(files);
    expect(await place.faults({ 'prompts-glob': 'prompts/*.md\nprompts/*.mdx\nprompts' })).toEqual([
      `prompts-glob: "prompts/*.mdx" matches no file in ${place.join('work')}.`,
      `prompts-glob: "prompts" matches no file in ${place.join('work')}.`,
    ]);
    expect(await place.faults({ 'prompts-glob': 'a.md\n'.repeat(1_001) })).toEqual([
      'prompts-glob: 1001 globs are too many; at most 1000 are allowed. One with "*" finds many files.',
    ]);
    expect(await place.faults({ 'prompts-glob': '!a.md' })).toEqual([
      'prompts-glob: every glob begins with "!", so no file is left.',
    ]);
  });

  test('give ids from the path as far as needed to be unique and valid, and names that people know', async () => {
    await using place = await workspace({ ...files, 'work/prompts/deep/A.md': 'x' });
    const write = (path: string) => {
      mkdirSync(place.join('work', path, '..'), { recursive: true });
      writeFileSync(place.join('work', path), path);
    };
    const identities = async (globs: string) =>
      (await place.processes({ 'prompts-glob': globs })).map(({ id, name }) => [id, name]);
    for (const path of ['packages/a/review.md', 'packages/b/review.md', 'packages/b/lint.md']) write(path);
    expect(await identities('packages/**/*.md')).toEqual([
      ['packages-a-review', 'packages/a/review.md'],
      ['lint', 'lint'],
      ['packages-b-review', 'packages/b/review.md'],
    ]);
    expect((await identities('prompts/**/[aA].md')).map(([id]) => id)).toEqual(['prompts-a', 'prompts-deep-A']);
    expect((await identities('prompts/a.*')).map(([id]) => id)).toEqual(['prompts-a-md', 'prompts-a-txt']);

    for (const path of ['ja/安全.md', 'ja/性能.md', 'odd/con.md', 'odd/session.md', 'odd/.x.md']) write(path);
    const [first, second, ...none] = await identities('ja/*.md');
    expect([first, second, none]).toEqual([
      [expect.stringMatching(/^ja-[0-9a-f]{8}$/), 'ja/安全.md'],
      [expect.stringMatching(/^ja-[0-9a-f]{8}$/), 'ja/性能.md'],
      [],
    ]);
    expect(first?.[0]).not.toBe(second?.[0]);
    expect(await identities('odd/*.md\nodd/.*.md')).toEqual([
      ['x', '.x'],
      ['odd-con', 'con'],
      ['odd-session', 'session'],
    ]);

    for (const end of ['1', '2']) write(`${'long/'.repeat(20)}${'n'.repeat(80)}${end}.md`);
    const long = (await identities('long/**/*.md')).map(([id]) => id);
    expect(long.map((id) => parseProcessId(id).ok)).toEqual([true, true]);
    expect(new Set(long).size).toBe(2);
  });

  test('take parentheses for what they are, and brackets for that as well', async () => {
    await using place = await workspace(files);
    for (const path of ['app/(auth)/review.md', 'app/[id]/review.md', 'app/i/lint.md']) {
      mkdirSync(place.join('work', path, '..'), { recursive: true });
      writeFileSync(place.join('work', path), path);
    }
    const found = async (glob: string) => (await place.processes({ 'prompts-glob': glob })).map(({ prompt }) => prompt);
    expect(await found('app/(auth)/*.md')).toEqual(['app/(auth)/review.md']);
    expect(await found('app/[id]/review.md')).toEqual(['app/[id]/review.md']);
    expect(await found('app/[id]/*.md')).toEqual(['app/[id]/review.md', 'app/i/lint.md']);
  });

  test('match more files than max-prompts allows', async () => {
    await using place = await workspace(files);
    expect(await place.faults({ 'prompts-glob': 'prompts/*', 'max-prompts': '2' })).toEqual([
      'prompts-glob: 3 files match, more than 2 prompts. To allow more, raise max-prompts.',
    ]);
  });

  test('do not look outside the places that prompts may come from, nor follow links there', async () => {
    await using place = await workspace({ ...files, 'elsewhere/x.md': 'secret' });
    symlinkSync(place.join('elsewhere'), place.join('work/linked'));
    symlinkSync(place.join('elsewhere/x.md'), place.join('work/link.md'));
    const roots = `${place.join('work')} and ${place.join('runner-temp')}`;
    for (const glob of ['../elsewhere/*.md', '/**/*.md', '*/../../elsewhere/*', '{..,x}/elsewhere/*', 'linked/*.md']) {
      expect(await place.faults({ 'prompts-glob': glob })).toEqual([
        `prompts-glob: ${JSON.stringify(glob)} looks outside ${roots}.`,
      ]);
    }
    for (const glob of ['**/x.md', '*.md']) {
      expect(await place.faults({ 'prompts-glob': glob })).toEqual([expect.stringContaining('matches no file')]);
    }
  });

  test.each([`a/${'*a'.repeat(20)}b`, 'x'.repeat(501)])('that take forever are refused: %s', async (glob) => {
    await using place = await workspace({
      'work/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.md': 'x',
    });
    expect(await place.faults({ 'prompts-glob': glob })).toEqual([
      expect.stringMatching(/is too complicated; allowed are at most 500 characters and 6 "\*"\.$/),
    ]);
  });
});

describe('context', () => {
  test('tells files of one name in workspace and RUNNER_TEMP apart', async () => {
    await using place = await workspace({ 'work/a.txt': 'A', 'runner-temp/a.txt': 'T' });
    const [own, temporary] = ['a.txt', place.join('runner-temp/a.txt')];
    const files = [own, temporary, own, temporary].join('\n');
    const { settings } = await place.read({ prompt: 'p', 'context-files': files });
    expect(settings.policy.context.map(({ id, text }) => [id, text])).toEqual([
      ['a.txt', 'A'],
      ['a.txt (2)', 'T'],
      ['a.txt', 'A'],
      ['a.txt (2)', 'T'],
    ]);
  });

  test('is data that goes ahead of every prompt: the text first, then the files by their path in workspace or RUNNER_TEMP', async () => {
    await using place = await workspace({ 'work/prompts/deep/d.diff': '+ é\n', 'runner-temp/t.txt': 'T' });
    const files = `prompts/deep/d.diff\n${place.join('runner-temp/t.txt')}`;
    const { settings } = await place.read({ prompt: 'p', context: ' Title\n', 'context-files': files });
    expect(settings.policy.context).toEqual([
      { id: 'context', text: ' Title\n' },
      { id: 'prompts/deep/d.diff', text: '+ é\n' },
      { id: 't.txt', text: 'T' },
    ]);
    expect((await place.read({ prompt: 'p', context: ' \n' })).settings.policy.context).toEqual([]);
  });

  test('is without a file that is no text or too large: a line stands in its place, and a warning says so', async () => {
    await using place = await workspace({
      'work/a.ts': '\uFEFFconst a = 1;',
      'work/logo.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0xff]),
      'work/old.c': Buffer.from('caf\xe9', 'latin1'),
      'work/wide.txt': Buffer.from('\uFEFFwide', 'utf16le'),
      'work/nul.bin': 'a\0b',
      'work/big.diff': 'x'.repeat(3e6),
    });
    const files = 'a.ts\nlogo.png\nold.c\nwide.txt\nnul.bin\nbig.diff';
    const { settings, warnings } = await place.read({ prompt: 'p', 'context-files': files });
    expect(settings.policy.context).toEqual([
      { id: 'a.ts', text: 'const a = 1;' },
      { id: 'logo.png', text: '[logo.png, 6 bytes, was left out: it is not UTF-8 text]' },
      { id: 'old.c', text: '[old.c, 4 bytes, was left out: it is not UTF-8 text]' },
      {
        id: 'wide.txt',
        text: expect.stringMatching(/^\[wide\.txt, 10 bytes, was left out: it is not UTF-8 text but UTF-16/),
      },
      { id: 'nul.bin', text: '[nul.bin, 3 bytes, was left out: it is not text: it holds NUL characters]' },
      {
        id: 'big.diff',
        text: expect.stringMatching(/^\[big\.diff, 3000000 bytes, was left out: it has 2\.87 MiB; at most 2\.5/),
      },
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^context-files: left out: "logo\.png" is not UTF-8 text; "old\.c" .*; "big\.diff" has 2\.87 MiB/,
      ),
    ]);
  });

  test('that is empty is a notice: somebody pays for a review of nothing', async () => {
    await using place = await workspace({ 'work/empty.diff': '', 'work/blank.diff': '\uFEFF \n', 'work/a.ts': 'a' });
    const { notices } = await place.read({ prompt: 'p', 'context-files': 'empty.diff\na.ts\nblank.diff' });
    expect(notices).toEqual(['context-files: empty: "empty.diff"; "blank.diff". There is nothing in it to work on.']);
  });

  test('names that were written on one line are told to be', async () => {
    await using place = await workspace({ 'work/a.ts': 'a', 'work/b.ts': 'b' });
    expect(await place.faults({ prompt: 'p', 'context-files': 'a.ts b.ts' })).toEqual([
      `context-files: "a.ts b.ts" does not exist; it was looked for at ${place.join('work/a.ts b.ts')}. Write one path a line.`,
    ]);
    const many = await place.faults({ prompt: 'p', 'context-files': 'x\n'.repeat(1000) });
    expect(many).toHaveLength(2);
    expect(many.at(-1)).toBe('context-files: the 900 files after these were not looked at.');
  });

  test('counts towards the 2.5 MiB that a prompt may have, and so do outputs that are passed on', async () => {
    await using place = await workspace({ 'work/large.md': 'x'.repeat(largest - 65_536 + 1) });
    const prompt = 'é'.repeat(largest / 2 - 500);
    expect(await place.faults({ prompt, context: 'x'.repeat(1000) })).toEqual([]);
    expect(await place.faults({ prompt, context: 'x'.repeat(1001) })).toEqual([
      'prompt: the prompt has 2.51 MiB with its data; at most 2.5 MiB are allowed.',
    ]);
    const small = { prompts: '- a\n- {prompt-file: large.md}', pattern: 'sequential' };
    expect(await place.faults(small)).toEqual([]);
    expect(await place.faults({ ...small, 'pass-output': 'true' })).toEqual([
      'prompts: entry 2 (line 2): the prompt has 2.51 MiB with its data; at most 2.5 MiB are allowed.',
    ]);
  });
});

test('more prompts than max-prompts are refused', async () => {
  await using place = await workspace();
  expect(await place.faults({ prompts: '- a\n'.repeat(501) })).toEqual([
    expect.stringContaining('To allow more, raise max-prompts.'),
  ]);
  expect(await place.processes({ prompts: '- a\n'.repeat(501), 'max-prompts': '501' })).toHaveLength(501);
});

test.each(listPatterns)('the plan of pattern %s is compiled from the options that it has', async (pattern) => {
  await using place = await workspace();
  const options = { 'max-workers': '7', 'batch-size': '1', 'pass-output': 'true', 'stop-on-failure': 'true' };
  const { settings } = await place.read({ prompts: '- a\n- b', pattern, ...options });
  const compiled = planOf(pattern, processesOf(settings.plan.graph), {
    ...{ maxWorkers: 7, batchSize: 1, passOutput: true, stopOnFailure: true },
  });
  expect(settings.plan).toEqual(compiled);
});

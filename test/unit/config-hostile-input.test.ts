import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processesOf } from '../../src/model/graph.ts';
import { optionRows } from '../../src/model/option-table.ts';
import { readConfiguration } from '../../src/plan/configuration.ts';
import { nearest } from '../../src/text/nearest.ts';
import { configure, faultLines } from '../rig/configure.ts';
import { runs } from '../rig/random-seed.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let place: TemporaryDirectory;
beforeAll(async () => {
  place = await temporaryDirectory();
});
afterAll(() => place[Symbol.asyncDispose]());

test('a fault names every character that a reader would not see', async () => {
  for (const [unseen, name] of [
    ['\u3164', '\\u{3164}'],
    ['\u034f', '\\u{34f}'],
    ['\u202e', '\\u{202e}'],
    ['\u180b', '\\u{180b}'],
  ] as const) {
    const [line] = await faultLines({ prompt: 'x', pattern: `a${unseen}b` }, { workspace: place.path });
    expect(line).toContain(`"a${name}b" is not one of`);
  }
});

test('of a hundred thousand wrong items a hundred are told, and how many more there are', async () => {
  const wrong = (count: number) => Array.from({ length: count }, (_, index) => `a b${index}`).join('\n');
  const lines = await faultLines({ prompt: 'x', 'claude-args': wrong(100_000) }, { workspace: place.path });
  expect(lines).toHaveLength(101);
  expect(lines.at(-1)).toBe('claude-args: the 99900 items after these were not read.');
  const few = await faultLines({ prompt: 'x', 'pass-env': wrong(100) }, { workspace: place.path });
  expect(few).toHaveLength(100);
});

test('a path that no system takes is a fault, however many directories it names', async () => {
  const path = '/directory'.repeat(100_000);
  for (const option of ['working-directory', 'json-schema', 'log-dir', 'context-files', 'resume-from']) {
    const lines = await faultLines({ prompt: 'x', [option]: path }, { workspace: place.path });
    expect(lines).toEqual([expect.stringContaining(option)]);
  }
});

test('a configuration that is valid has one process for each prompt, with ids that are unique and name files', async () => {
  const prompt = fc.string({ minLength: 1 });
  const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,5}$/);
  const entry = fc.oneof(prompt, fc.record({ id, prompt }));
  let valid = 0;
  const property = fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 30 }), async (entries) => {
    const configuration = await configure({ prompts: JSON.stringify(entries) }, { workspace: place.path });
    if (configuration.kind === 'invalid') return;
    valid += 1;
    const processes = processesOf(configuration.settings.plan.graph);
    expect(processes.map(({ prompt }) => prompt)).toEqual(
      entries.map((item) => (typeof item === 'string' ? item : item.prompt)),
    );
    expect(new Set(processes.map(({ id }) => id.toLowerCase())).size).toBe(entries.length);
    for (const { id } of processes) expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
  });
  await fc.assert(property, { numRuns: runs(100) });
  // Blank prompts, reserved ids and ids that stand twice are the exception.
  expect(valid).toBeGreaterThan(33);
});

test('the nearest word is the word itself, or the one that was mistyped; a word far from all has none', () => {
  const names = optionRows.map(({ name }) => name);
  for (const name of names) expect(nearest(name, names)).toBe(name);
  for (const [word, near] of [
    ['paralel', 'parallel'],
    ['sequental', 'sequential'],
    ['bacth', 'batch'],
    ['Fallback', 'fallback'],
    ['quadratic', undefined],
    ['', undefined],
  ] as const)
    expect([word, nearest(word, ['parallel', 'sequential', 'fallback', 'batch'])]).toEqual([word, near]);
});

test('reading a configuration starts nothing and leaves no trace in the prototypes', async () => {
  const prompts = '{"__proto__": {"polluted": 1}}';
  await readConfiguration({
    frontend: 'command',
    options: JSON.parse(`{"__proto__": {"polluted": 1}, "prompts": ${JSON.stringify(`[${prompts}]`)}}`),
    workspace: place.path,
    allowedRoots: [],
    autoTrust: { level: 'trusted', why: 'a test' },
    logDirectoryDefault: 'logs',
  });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

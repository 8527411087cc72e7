import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfiguration } from '../../src/config/configuration.ts';
import { nearest } from '../../src/config/nearest.ts';
import { optionRows } from '../../src/config/option-table.ts';
import { configure, faultLines } from '../rig/configure.ts';
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
  const start = performance.now();
  const lines = await faultLines({ prompt: 'x', 'claude-args': '|\n'.repeat(100_000) }, { workspace: place.path });
  expect(performance.now() - start).toBeLessThan(1000);
  expect(lines).toHaveLength(101);
  expect(lines.at(-1)).toBe('claude-args: the 99900 items after these were not read.');
  const few = await faultLines({ prompt: 'x', 'pass-env': 'a b\n'.repeat(100) }, { workspace: place.path });
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
  const entry = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.record({ id: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,5}$/), prompt: fc.string({ minLength: 1 }) }),
  );
  const property = fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 30 }), async (entries) => {
    const configuration = await configure({ prompts: JSON.stringify(entries) }, { workspace: place.path });
    if (configuration.kind === 'invalid') return;
    const { processes } = configuration.settings.plan;
    expect(processes.map(({ prompt }) => prompt)).toEqual(
      entries.map((item) => (typeof item === 'string' ? item : item.prompt)),
    );
    expect(new Set(processes.map(({ id }) => id.toLowerCase())).size).toBe(entries.length);
    for (const { id } of processes) expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
  });
  await fc.assert(property, { numRuns: 300 });
});

test('the nearest of some words is one of them, the word itself before all others', () => {
  const names = optionRows.map(({ name }) => name);
  for (const name of names) expect(nearest(name, names)).toBe(name);
  const property = fc.property(fc.string(), (word) => {
    const near = nearest(word, names);
    expect(near === undefined || (names as readonly string[]).includes(near)).toBe(true);
  });
  fc.assert(property);
});

test('reading a configuration starts nothing and leaves no trace in the prototypes', async () => {
  const prompts = '{"__proto__": {"polluted": 1}}';
  await readConfiguration({
    door: 'command',
    options: JSON.parse(`{"__proto__": {"polluted": 1}, "prompts": ${JSON.stringify(`[${prompts}]`)}}`),
    workspace: place.path,
    allowedRoots: [],
    autoTrust: { level: 'trusted', why: 'a test' },
    logDirectoryDefault: 'logs',
  });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

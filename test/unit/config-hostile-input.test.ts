import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Configuration, readConfiguration } from '../../src/config/configuration.ts';
import { nearest } from '../../src/config/nearest.ts';
import { fieldOf, isAtDoor } from '../../src/config/option-row.ts';
import { optionRows } from '../../src/config/option-table.ts';
import { optionsAt, parseOptionValues } from '../../src/config/option-values.ts';
import { parseProcessId } from '../../src/config/process-id.ts';
import { parsePrompt } from '../../src/config/prompt-draft.ts';
import { readSession } from '../../src/config/session-options.ts';
import { configure } from '../rig/configure.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let place: TemporaryDirectory;
beforeAll(async () => {
  place = await temporaryDirectory();
});
afterAll(() => place[Symbol.asyncDispose]());

/** What a workflow's author meant GitHub to fill in. */
function expression(name: string): string {
  return `\${{ ${name} }}`;
}

/** What a hostile text is made of. */
const pieces = [
  ...[
    '- ',
    '-\n',
    '\n',
    '\r\n',
    '  ',
    '\t',
    ': ',
    '? ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
    '\\',
    '\\u00',
    '|\n',
    '>+\n',
    '#',
    ' # ',
  ],
  ...[
    '&a',
    '*a',
    '!t',
    '!!js/function',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
    '<<: ',
    '@',
    '`',
    '~',
    'null',
    'prompt: ',
    'id: ',
    'timeout: ',
  ],
  ...[
    'prompt-file: ',
    '../../etc/passwd',
    '/dev/zero',
    '__proto__: ',
    'constructor',
    '\0',
    '\u202e',
    '\u2028',
    '\ufeff',
    '\ud800',
    '😀',
  ],
  ...[
    expression('x'),
    '::error::',
    '##[add-mask]e',
    '--',
    '-p',
    '--model=',
    '*',
    '**/',
    '!',
    '1e9',
    '-1',
    '0x10',
    'x',
    'é',
    ' a',
  ],
];

const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.json({ maxDepth: 12 }),
);

/** A line may be shown in a terminal: one line, without a character that moves or hides text. */
function expectOneLine(message: string): void {
  expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  expect(message.length).toBeLessThan(1500);
}

async function expectAnAnswer(read: () => Promise<Configuration>): Promise<void> {
  const start = performance.now();
  const configuration = await read();
  expect(performance.now() - start).toBeLessThan(1000);
  if (configuration.kind === 'valid') return;
  expect(configuration.faults).not.toEqual([]);
  for (const { message } of configuration.faults) expectOneLine(message);
}

test('whatever the inputs hold, there is an answer in under a second, and every fault is one line', async () => {
  const names = optionRows.filter((row) => isAtDoor(row, 'action')).map(({ name }) => name);
  const options = fc.dictionary(fc.oneof(fc.constantFrom(...names), hostileText), hostileText, { maxKeys: 8 });
  const trusts = fc.constantFrom('trusted' as const, 'untrusted' as const);
  const property = fc.asyncProperty(options, trusts, (given, level) =>
    expectAnAnswer(() => configure(given, { workspace: place.path, autoTrust: { level, why: 'a test' } })),
  );
  await fc.assert(property, { numRuns: 400 });
});

test('whatever a list of prompts holds, there is an answer in under a second', async () => {
  const property = fc.asyncProperty(hostileText, (prompts) =>
    expectAnAnswer(() => configure({ prompts }, { workspace: place.path })),
  );
  await fc.assert(property, { numRuns: 1500 });
});

test('whatever bytes a file of prompts holds, there is an answer in under a second', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    hostileText.map((text) => new TextEncoder().encode(text)),
  );
  const property = fc.asyncProperty(
    bytes,
    fc.constantFrom('prompt-file', 'prompts-file', 'context-files'),
    (content, option) => {
      writeFileSync(place.join('file'), content);
      return expectAnAnswer(() => configure({ [option]: 'file' }, { workspace: place.path }));
    },
  );
  await fc.assert(property, { numRuns: 400 });
});

test('whatever values the library is given, it answers and never throws', () => {
  const fields = optionRows.filter((row) => isAtDoor(row, 'library')).map(fieldOf);
  const value = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
    hostileText,
  );
  const options = fc.dictionary(fc.oneof(fc.constantFrom(...fields), fc.string()), value, { maxKeys: 6 });
  const request = {
    door: 'library' as const,
    workspace: place.path,
    allowedRoots: [place.path],
    autoTrust: { level: 'trusted' as const, why: 'a test' },
    logDirectoryDefault: 'logs',
  };
  const property = fc.property(options, value, (given, other) => {
    const { faults } = readSession({ ...request, options: given });
    for (const { message } of faults) expectOneLine(message);
    parseOptionValues({ door: 'library', options: other as typeof given, allowed: optionsAt('library'), base: '/' });
    parsePrompt(other);
    parseProcessId(other);
  });
  fc.assert(property, { numRuns: 500 });
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

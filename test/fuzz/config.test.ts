import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { fieldOf, isAtFrontend } from '../../src/model/option-row.ts';
import { optionRows } from '../../src/model/option-table.ts';
import { parseArguments } from '../../src/options/claude-arguments.ts';
import { parseDuration } from '../../src/options/duration.ts';
import { identifyFiles } from '../../src/options/file-ids.ts';
import { parseSchema } from '../../src/options/json-schema.ts';
import { parseJsonOrPath } from '../../src/options/json-values.ts';
import { parseLines, parseSecrets, parseTools, parseVariableNames } from '../../src/options/list-values.ts';
import { optionsAt, parseOptionValues } from '../../src/options/option-values.ts';
import { parseProcessId } from '../../src/options/process-id.ts';
import * as scalar from '../../src/options/scalar-values.ts';
import type { Configuration } from '../../src/plan/configuration.ts';
import { readSession } from '../../src/plan/session-options.ts';
import { parsePrompt } from '../../src/plan/sources/prompt-draft.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { nearest } from '../../src/text/nearest.ts';
import { configure } from '../rig/configure.ts';
import { fuzz } from '../rig/fuzz-test.ts';
import { hostileJson, hostileList, hostileValue } from '../rig/hostile-data.ts';
import { hostileBytes, hostileText, hugeText } from '../rig/hostile-text.ts';
import { expectPlainLine } from '../rig/inert-text.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let place: TemporaryDirectory;
beforeAll(async () => {
  place = await temporaryDirectory();
});
afterAll(() => place[Symbol.asyncDispose]());

/** A line may be shown in a terminal: one line, of a length that people read. */
function expectFaultLine(message: string): void {
  expectPlainLine(message);
  expect(message.length).toBeLessThan(1500);
}

function expectAnAnswer(configuration: Configuration): void {
  if (configuration.kind === 'valid') return;
  expect(configuration.faults).not.toEqual([]);
  for (const { message } of configuration.faults) expectFaultLine(message);
}

const actionNames = optionRows.filter((row) => isAtFrontend(row, 'action')).map(({ name }) => name);
const libraryFields = optionRows.filter((row) => isAtFrontend(row, 'library')).map(fieldOf);
const anyText = fc.oneof({ weight: 6, arbitrary: hostileText }, hostileList, hostileJson, hugeText);
const anyValue = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
  anyText,
  hostileValue,
);

fuzz(
  'whatever the inputs of the Action hold, there is an answer, and every fault is one plain line',
  {
    of: fc.record({
      given: fc.dictionary(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...actionNames) }, hostileText), anyText, {
        maxKeys: 8,
      }),
      level: fc.constantFrom('trusted' as const, 'untrusted' as const),
    }),
    runs: 250,
  },
  async ({ given, level }) => {
    const options = { workspace: place.path, autoTrust: { level, why: 'a test' } };
    expectAnAnswer(await configure(given, options));
  },
);

fuzz(
  'whatever a list of prompts holds, it is read or refused, without a trace in the prototypes',
  { of: hostileList, runs: 800 },
  async (prompts) => {
    expectAnAnswer(await configure({ prompts }, { workspace: place.path }));
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
);

fuzz(
  'whatever bytes a file holds that an option names, there is an answer',
  {
    of: fc.record({
      content: fc.oneof(
        hostileBytes,
        hostileList.map((text) => Buffer.from(text)),
      ),
      option: fc.constantFrom('prompt-file', 'prompts-file', 'context-files', 'json-schema', 'settings', 'mcp-config'),
    }),
    runs: 300,
  },
  async ({ content, option }) => {
    writeFileSync(place.join('file'), content);
    const more = option.startsWith('prompt') ? {} : { prompt: 'x' };
    expectAnAnswer(await configure({ ...more, [option]: 'file' }, { workspace: place.path }));
  },
);

fuzz(
  'whatever values the library is given, it answers and never throws',
  {
    of: fc.record({
      options: fc.dictionary(
        fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...libraryFields) }, fc.string()),
        anyValue,
        {
          maxKeys: 6,
        },
      ),
      other: anyValue,
    }),
    runs: 500,
  },
  ({ options, other }) => {
    const { faults } = readSession({
      frontend: 'library',
      options,
      workspace: place.path,
      allowedRoots: [place.path],
      autoTrust: { level: 'trusted', why: 'a test' },
      logDirectoryDefault: 'logs',
    });
    for (const { message } of faults) expectFaultLine(message);
    const raw = { frontend: 'library' as const, allowed: optionsAt('library'), base: '/' };
    parseOptionValues({ ...raw, options: other as typeof options });
  },
);

const parsers: Readonly<Record<string, (input: unknown) => unknown>> = {
  boolean: scalar.parseBoolean,
  choice: (input) => scalar.parseChoice(input, ['parallel', 'batch']),
  count: (input) => scalar.parseCount(input, { min: 1, max: 500 }),
  money: scalar.parseMoney,
  'fail-on': scalar.parseFailOn,
  text: scalar.parseText,
  word: scalar.parseWord,
  version: scalar.parseVersion,
  'artifact-name': scalar.parseArtifactName,
  credential: scalar.parseCredential,
  duration: (input) => parseDuration(input, true),
  lines: parseLines,
  tools: parseTools,
  secrets: parseSecrets,
  'variable-names': parseVariableNames,
  arguments: parseArguments,
  'json-schema': (input) => parseSchema(input, place.path),
  'json-or-path': (input) => parseJsonOrPath(input, place.path),
  id: parseProcessId,
  prompt: parsePrompt,
};

fuzz(
  'whatever one option is given, it is read or refused in words that are short',
  { of: fc.record({ kind: fc.constantFrom(...Object.keys(parsers)), input: anyValue }), runs: 3000 },
  ({ kind, input }) => {
    const parsed = parsers[kind]?.(input) as ReturnType<typeof scalar.parseText>;
    if (parsed.ok) return;
    // A list has a problem for each of its items.
    for (const { text } of parsed.diagnostics) expect(text.length).toBeLessThan(1500);
  },
);

fuzz(
  'whatever a word or a path is, the nearest word and the id made of it are ones that are allowed',
  { of: fc.oneof({ weight: 5, arbitrary: hostileText }, hugeText), runs: 400 },
  (text) => {
    const near = nearest(text, actionNames);
    expect(near === undefined || (actionNames as readonly string[]).includes(near)).toBe(true);
    const ids = identifyFiles([text, `a/${text}`, `A/${text}`, 'a']).map(({ id }) => id);
    expect(ids.map((id) => parseProcessId(id).ok)).not.toContain(false);
  },
);

fuzz(
  'no fault shows a secret, also where the value that holds it is shortened within it',
  {
    of: fc.record({
      name: fc.constantFrom(...actionNames),
      before: fc.oneof(hostileText, fc.string({ unit: 'grapheme', maxLength: 70 })),
      after: hostileText,
    }),
    runs: 300,
  },
  async ({ name, before, after }) => {
    const secret = 'kX9-qW3eR7tY1uI5oP2a';
    const redactor = createRedactor({ values: [secret], environment: {} });
    const read = await configure({ [name]: `${before}${secret}${after}` }, { workspace: place.path, redactor });
    if (read.kind === 'valid') return;
    for (const { message } of read.faults) expect(message).not.toContain(secret.slice(0, 8));
  },
);

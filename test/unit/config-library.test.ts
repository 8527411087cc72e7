import { describe, expect, test } from 'vitest';
import type { OptionName } from '../../src/model/option-table.ts';
import type { Diagnostic } from '../../src/options/diagnostic.ts';
import { parseOptionValues, processOptions } from '../../src/options/option-values.ts';
import { buildProcess } from '../../src/plan/process-specs.ts';
import { readSession, type SessionOptions } from '../../src/plan/session-options.ts';
import { faultLines } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

type Options = Readonly<Record<string, unknown>>;

function read(options: Options) {
  const autoTrust = { level: 'trusted', why: 'no event' } as const;
  const logDirectoryDefault = '.claude/runtime/logs';
  return readSession({
    frontend: 'library',
    workspace: '/w',
    allowedRoots: ['/w'],
    autoTrust,
    logDirectoryDefault,
    options,
  });
}

const kindsAndLines = (faults: readonly Diagnostic[]) => faults.map(({ kind, message }) => [kind, message]);
const sessionFaults = (options: Options) => kindsAndLines(read(options).faults);

function session(options: Options = {}): SessionOptions {
  expect(sessionFaults(options)).toEqual([]);
  return read(options).session;
}

const own = (options: Options, allowed: ReadonlySet<OptionName> = processOptions) =>
  parseOptionValues({ frontend: 'library', options, allowed, base: '/w' });

function process(prompt: string, options: Options, parent = session()) {
  const { values, faults } = own(options);
  expect(faults).toEqual([]);
  return buildProcess({ source: 'prompt', prompt, values, keys: [] }, 'task-001', {
    frontend: 'library',
    session: parent,
    checkout: '/w',
  });
}

describe('a session', () => {
  test("has the seed's defaults: the current directory, logs below it, no timeout", () => {
    const { settings, values } = session();
    expect(settings).toMatchObject({ workingDirectory: '/w', logDirectory: '/w/.claude/runtime/logs' });
    expect(values.timeout).toBeUndefined();
    expect(settings.policy).not.toHaveProperty('idleTimeoutMs');
    expect(settings.policy).not.toHaveProperty('totalTimeoutMs');
  });

  test('takes JavaScript values by field, and the names of the other frontends as well', () => {
    const options = {
      workingDir: 'sub',
      baseLogDir: '/logs',
      timeout: 300,
      allowedTools: ['Read'],
      failOn: 2,
      'max-workers': '8',
      retryDelay: 0,
    };
    const { settings, values } = session({ ...options, jsonSchema: { type: 'object' }, model: undefined, mask: null });
    expect(settings).toMatchObject({
      workingDirectory: '/w/sub',
      logDirectory: '/logs',
      policy: { failOn: { kind: 'count', count: 2 }, retryDelayMs: 0 },
    });
    expect(values).toMatchObject({
      timeout: 300_000,
      'allowed-tools': ['Read'],
      'max-workers': 8,
      'json-schema': '{"type":"object"}',
    });
  });

  test('does not ask whether its directory exists: its processes have then failed to start', () => {
    expect(session({ workingDir: '/nowhere/at/all' }).settings.workingDirectory).toBe('/nowhere/at/all');
  });

  test('names a wrong field as the library spells it', () => {
    expect(sessionFaults({ maxWorker: 3, workingDirectory: '/x', uploadLogs: 'never', pattern: 'batch' })).toEqual([
      ['type', 'maxWorker: there is no such option. Did you mean "maxWorkers"?'],
      ['type', 'workingDirectory: there is no such option. Did you mean "workingDir"?'],
      ['type', 'uploadLogs: the library does not have this option.'],
      ['type', 'pattern: the library does not have this option.'],
    ]);
    expect(sessionFaults({ maxWorkers: 3, 'max-workers': 4 })).toEqual([
      ['type', 'max-workers: the option is given under two names.'],
    ]);
  });

  test.each([
    ['maxWorkers', 0, 'range'],
    ['maxWorkers', 2.5, 'range'],
    ['maxWorkers', Number.POSITIVE_INFINITY, 'range'],
    ['maxWorkers', Number.NaN, 'type'],
    ['maxWorkers', [], 'type'],
    ['timeout', -1, 'range'],
    ['timeout', 1e9, 'range'],
    ['timeout', Number.NaN, 'range'],
    ['timeout', true, 'type'],
    ['passOutput', 'yes', 'type'],
    ['passOutput', Object.create(null), 'type'],
    ['onDenied', 'nothing', 'range'],
    ['onDenied', () => 'warn', 'type'],
    ['onDenied', Symbol('warn'), 'type'],
    ['model', 5, 'type'],
    ['allowedTools', [1], 'type'],
    ['claudeArgs', ['-p'], 'range'],
    ['jsonSchema', [], 'type'],
    ['failOn', 0, 'range'],
    ['maxBudgetUsd', -2, 'range'],
    ['context', {}, 'type'],
    ['mask', ['short'], 'range'],
    ['anthropicApiKey', 1, 'type'],
  ])('%s: %s is a %s error', (field, value, kind) => {
    expect(sessionFaults({ [field]: value })).toEqual([[kind, expect.any(String)]]);
  });

  test('a cycle in an object is an error, no crash', () => {
    const schema: Record<string, unknown> = {};
    schema.self = schema;
    expect(sessionFaults({ jsonSchema: schema })).toEqual([
      ['type', 'json-schema: an object that JSON cannot hold (a cycle, for example).'],
    ]);
  });

  test('an error has the same text as in the Action', async () => {
    await using directory = await temporaryDirectory();
    const given: readonly (readonly [string, string, unknown])[] = [
      ['max-workers', 'maxWorkers', 0],
      ['timeout', 'timeout', -5],
      ['on-denied', 'onDenied', 'wran'],
      ['fail-on', 'failOn', 0],
      ['pass-output', 'passOutput', 'yes'],
    ];
    for (const [name, field, value] of given) {
      const [line] = await faultLines({ prompt: 'p', [name]: String(value) }, { workspace: directory.path });
      expect(sessionFaults({ [field]: value }).map(([, message]) => message)).toEqual([line]);
    }
  });
});

describe('a process', () => {
  test("has options of its own before the session's", () => {
    const options = { timeout: '5m', workingDir: 'sub', maxProcessBudgetUsd: 1 };
    expect(process('p', options, session({ timeout: 10, model: 'opus' }))).toEqual({
      process: {
        id: 'task-001',
        name: 'task-001',
        prompt: 'p',
        timeoutMs: 300_000,
        workingDirectory: '/w/sub',
        maxBudgetUsd: 1,
        claude: { model: 'opus', allowedTools: [], disallowedTools: [], claudeArgs: [] },
      },
      faults: [],
    });
  });

  test('is refused for options that are no object, unknown, or those of a session', () => {
    for (const options of [5, null, 'timeout']) {
      const { faults } = own(options as unknown as Options);
      expect(kindsAndLines(faults)).toEqual([['type', `options: "${options}" is not an object.`]]);
    }
    expect(kindsAndLines(own({ timeout: 'soon', maxWorkers: 3, nope: 1 }).faults)).toEqual([
      ['type', 'maxWorkers: this option is not allowed here.'],
      ['type', 'nope: there is no such option.'],
      ['type', 'timeout: "soon" is not a duration such as 90 (seconds), 90s, 15m or 1h30m.'],
    ]);
  });

  test('is refused for a prompt that is too large', () => {
    expect(kindsAndLines(process('x'.repeat(2.5 * 1024 * 1024 + 1), {}).faults)).toEqual([
      ['range', 'prompt: the prompt has 2.51 MiB with its data; at most 2.5 MiB are allowed.'],
    ]);
  });

  test('of an untrusted session may not ask for more either', () => {
    const { faults } = process('p', { allowedTools: ['Bash'] }, session({ trust: 'untrusted' }));
    expect(kindsAndLines(faults)).toEqual([['range', expect.stringContaining('allowed-tools: "Bash" is not allowed')]]);
  });
});

test('of the options of a function, what is left out stays out', () => {
  const allowed = new Set<OptionName>(['max-workers', 'stop-on-failure']);
  expect(own({ maxWorkers: 3, stopOnFailure: undefined }, allowed)).toEqual({
    values: { 'max-workers': 3 },
    faults: [],
  });
  expect(kindsAndLines(own({ batchSize: 1 }, allowed).faults)).toEqual([
    ['type', 'batchSize: this option is not allowed here.'],
  ]);
});

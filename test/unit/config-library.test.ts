import { describe, expect, test } from 'vitest';
import { readPatternOptions, readProcess, readSessionOptions } from '../../src/config/library-options.ts';
import type { OptionName } from '../../src/config/option-table.ts';
import type { SessionOptions } from '../../src/config/session-options.ts';
import { faultLines } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const request = {
  door: 'library' as const,
  workspace: '/w',
  allowedRoots: ['/w'],
  autoTrust: { level: 'trusted' as const, why: 'no event' },
  logDirectoryDefault: '.claude/runtime/logs',
};

function session(options: Readonly<Record<string, unknown>> = {}): SessionOptions {
  const read = readSessionOptions({ ...request, options });
  if (read.kind === 'valid') return read.value;
  throw new Error(read.faults.map(({ message }) => message).join('\n'));
}

function sessionFaults(options: Readonly<Record<string, unknown>>) {
  const read = readSessionOptions({ ...request, options });
  return read.kind === 'valid' ? [] : read.faults.map(({ kind, message }) => [kind, message]);
}

const process = (overrides: Partial<Parameters<typeof readProcess>[0]> = {}) =>
  readProcess({
    session: session(),
    workspace: '/w',
    prompt: 'p',
    position: 1,
    taken: new Set(),
    options: {},
    ...overrides,
  });

describe('a session', () => {
  test("has the seed's defaults: the current directory, logs below it, no timeout", () => {
    const { settings, values } = session();
    expect(settings).toMatchObject({ workingDirectory: '/w', logDirectory: '/w/.claude/runtime/logs' });
    expect(values.timeout).toBeUndefined();
    expect(settings.policy).not.toHaveProperty('idleTimeoutMs');
    expect(settings.policy).not.toHaveProperty('totalTimeoutMs');
  });

  test('takes JavaScript values by field, and the names of the other doors as well', () => {
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
  test('is made of a prompt, with an id that is generated when left out', () => {
    expect(process({ position: 2, taken: new Set(['process_002']) })).toEqual({
      kind: 'valid',
      value: {
        id: 'process_003',
        name: 'process_003',
        prompt: 'p',
        workingDirectory: '/w',
        claude: { allowedTools: [], disallowedTools: [], claudeArgs: [] },
      },
    });
  });

  test("has options of its own before the session's", () => {
    const options = { timeout: '5m', workingDir: 'sub', maxProcessBudgetUsd: 1 };
    const read = process({ session: session({ timeout: 10, model: 'opus' }), id: 'task-001', name: 'Task', options });
    expect(read).toMatchObject({
      kind: 'valid',
      value: {
        id: 'task-001',
        name: 'Task',
        timeoutMs: 300_000,
        workingDirectory: '/w/sub',
        maxBudgetUsd: 1,
        claude: { model: 'opus' },
      },
    });
  });

  test('with options that are no object is refused', () => {
    for (const options of [5, null, 'timeout'] as const) {
      const read = process({ options: options as unknown as Record<string, unknown> });
      expect(read.kind === 'invalid' && read.faults.map(({ kind, message }) => `${kind} ${message}`)).toEqual([
        `type options: "${options}" is not an object.`,
      ]);
    }
  });

  test('is refused with every fault at once', () => {
    const read = process({ prompt: ' ', id: 'a/b', options: { timeout: 'soon', maxWorkers: 3, nope: 1 } });
    expect(read).toMatchObject({ kind: 'invalid' });
    expect(read.kind === 'invalid' && read.faults.map(({ kind, message }) => `${kind} ${message}`)).toEqual([
      'range id: "a/b" is not 1 to 64 letters, digits, ".", "_" or "-", the first a letter or digit.',
      'type maxWorkers: this option is not allowed here.',
      'type nope: there is no such option.',
      'range prompt: the prompt is blank.',
      'type timeout: "soon" is not a duration such as 90 (seconds), 90s, 15m or 1h30m.',
    ]);
  });

  test.each([
    [{ prompt: 5 }, 'type prompt: "5" is not a text.'],
    [{ prompt: undefined }, 'type prompt: "undefined" is not a text.'],
    [{ id: 5 }, 'type id: "5" is not a text.'],
    [
      { id: 'A', taken: new Set(['a']) },
      'range id: "A" is already the id of another process; ids are compared without regard to case.',
    ],
    [
      { prompt: 'x'.repeat(2.5 * 1024 * 1024 + 1) },
      'range prompt: the prompt has 2.51 MiB with its data; at most 2.5 MiB are allowed.',
    ],
  ])('of %o is refused', (overrides, line) => {
    const read = process(overrides);
    expect(read.kind === 'invalid' && read.faults.map(({ kind, message }) => `${kind} ${message}`)).toEqual([line]);
  });

  test('of an untrusted session may not ask for more either', () => {
    const read = process({ session: session({ trust: 'untrusted' }), options: { allowedTools: ['Bash'] } });
    expect(read.kind === 'invalid' && read.faults[0]?.message).toContain('allowed-tools: "Bash" is not allowed');
  });
});

test('the options of a function are those that it takes, and what is left out stays out', () => {
  const allowed = new Set<OptionName>(['max-workers', 'stop-on-failure']);
  expect(readPatternOptions({ maxWorkers: 3 }, allowed)).toEqual({ kind: 'valid', value: { 'max-workers': 3 } });
  expect(readPatternOptions({}, allowed)).toEqual({ kind: 'valid', value: {} });
  expect(readPatternOptions({ maxWorkers: 0, batchSize: 1 }, allowed)).toMatchObject({
    kind: 'invalid',
    faults: [{ message: 'batchSize: this option is not allowed here.' }, { kind: 'range' }],
  });
});

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesOf } from '../../src/model/graph.ts';
import { defaultOf, type Frontend, fieldOf, isAtFrontend } from '../../src/model/option-row.ts';
import { optionRows } from '../../src/model/option-table.ts';
import { optionsAt, parseOptionValues, withDefaults } from '../../src/options/option-values.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { configure, faultLines, validSettings } from '../rig/configure.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let place: TemporaryDirectory;
beforeAll(async () => {
  place = await temporaryDirectory();
});
afterAll(() => place[Symbol.asyncDispose]());

const request = () => ({ workspace: place.path });
const faults = (options: Readonly<Record<string, unknown>>) => faultLines({ prompt: 'p', ...options }, request());
/** What a workflow's author meant GitHub to fill in. */
function expression(name: string): string {
  return `\${{ ${name} }}`;
}

const frontends: readonly Frontend[] = ['action', 'command', 'library'];

describe('the table', () => {
  test.each(frontends)('every default of the %s is legal by its own grammar', (frontend) => {
    const options = Object.fromEntries(optionRows.map((row) => [row.name, defaultOf(row, frontend)]));
    const all = new Set(optionRows.map(({ name }) => name));
    expect(parseOptionValues({ frontend, options, allowed: all, base: '/' }).faults).toEqual([]);
    const withDefault = optionRows.filter((row) => defaultOf(row, frontend) !== undefined).map(({ name }) => name);
    expect(Object.keys(withDefaults({}, frontend)).sort()).toEqual(withDefault.sort());
  });

  test('the frontends differ only where the contract names them', () => {
    const [action, command, library] = frontends.map((frontend) => withDefaults({}, frontend));
    expect(action).toMatchObject({ timeout: 1_200_000, 'idle-timeout': 900_000, 'total-timeout': 19_800_000 });
    expect(command).toEqual({ ...action, 'idle-timeout': undefined, 'total-timeout': undefined });
    expect(library).toEqual({ ...command, timeout: undefined });
  });

  test('a value of a secret option is never in an error line', async () => {
    for (const row of optionRows.filter((candidate) => candidate.secret === true)) {
      for (const value of [
        'hun ter2',
        expression('secrets.hunter2'),
        'hunter2\0',
        'hunter2',
        ['hunter2', 'hunter'],
        { hunter2: 1 },
      ]) {
        const lines = await faults({ [row.name]: value });
        expect(lines.join('\n')).not.toContain('hun');
      }
    }
  });

  test('a description ends as a sentence and holds nothing that a table or a terminal would break on', () => {
    for (const { description } of optionRows) expect(description).toMatch(/^[A-Z][^\n|`]+\.$/);
  });
});

test.each([
  [
    'pattern',
    'paralel',
    '"paralel" is not one of parallel, sequential, fallback, batch, graph. Did you mean "parallel"?',
  ],
  ['pattern', 'seq', '"seq" is not one of parallel, sequential, fallback, batch, graph. Did you mean "sequential"?'],
  ['pattern', 'xyzzy', '"xyzzy" is not one of parallel, sequential, fallback, batch, graph.'],
  ['max-workers', '0', '"0" is not a whole number from 1 to 1000. Did you mean "1"?'],
  ['max-workers', '-4', '"-4" is not a whole number from 1 to 1000. Did you mean "1"?'],
  ['max-workers', '2.5', '"2.5" is not a whole number from 1 to 1000. Did you mean "3"?'],
  ['max-workers', '99999999999', '"99999999999" is not a whole number from 1 to 1000. Did you mean "1000"?'],
  ['max-workers', '9'.repeat(20), `"${'9'.repeat(20)}" is not a whole number from 1 to 1000. Did you mean "1000"?`],
  ['max-workers', 'many', '"many" is not a whole number from 1 to 1000.'],
  ['max-workers', '1e3', '"1e3" is not a whole number from 1 to 1000.'],
  ['max-workers', 'Infinity', '"Infinity" is not a whole number from 1 to 1000.'],
  ['retries', '-1', '"-1" is not a whole number from 0 to 100. Did you mean "0"?'],
  ['timeout', 'soon', '"soon" is not a duration such as 90 (seconds), 90s, 15m or 1h30m.'],
  [
    'timeout',
    '15 minutes',
    '"15 minutes" is not a duration such as 90 (seconds), 90s, 15m or 1h30m. Did you mean "15m"?',
  ],
  ['timeout', '30m1h', '"30m1h" is not a duration such as 90 (seconds), 90s, 15m or 1h30m.'],
  ['timeout', '0', '"0" is not a duration above zero. Did you mean "1s"?'],
  ['timeout', '-5', '"-5" is not a duration above zero. Did you mean "1s"?'],
  ['timeout', '0.0001', '"0.0001" is not a duration above zero. Did you mean "1s"?'],
  ['timeout', '1h 30m', '"1h 30m" is not a duration such as 90 (seconds), 90s, 15m or 1h30m. Did you mean "1h30m"?'],
  ['timeout', '1H30', '"1H30" is not a duration such as 90 (seconds), 90s, 15m or 1h30m. Did you mean "1h30m"?'],
  ['timeout', '0 minutes', '"0 minutes" is not a duration such as 90 (seconds), 90s, 15m or 1h30m.'],
  ['timeout', '25d', '"25d" is more than 24 days. Did you mean "24d"?'],
  ['timeout', '999999999999999', '"999999999999999" is more than 24 days. Did you mean "24d"?'],
  ['timeout', '9999999999999999', '"9999999999999999" is more than 24 days. Did you mean "24d"?'],
  ['retry-delay', '-1', '"-1" is not a duration of zero or more. Did you mean "0s"?'],
  ['max-log-size', 'big', '"big" is not a size such as 512MiB, 1GiB or 10MB; a bare number is bytes.'],
  [
    'max-log-size',
    '10mib',
    '"10mib" is not a size such as 512MiB, 1GiB or 10MB; a bare number is bytes. Did you mean "10MiB"?',
  ],
  [
    'max-log-size',
    '10 G',
    '"10 G" is not a size such as 512MiB, 1GiB or 10MB; a bare number is bytes. Did you mean "10GiB"?',
  ],
  ['max-log-size', '1PB', '"1PB" is not a size such as 512MiB, 1GiB or 10MB; a bare number is bytes.'],
  ['max-log-size', '0', '"0" is not a size above zero. Did you mean "1MiB"?'],
  ['max-log-size', '-5MiB', '"-5MiB" is not a size above zero. Did you mean "1MiB"?'],
  ['max-log-size', '2000TiB', '"2000TiB" is more than 1024TiB. Did you mean "1024TiB"?'],
  ['pass-output', 'yes', '"yes" is not true or false. Did you mean "true"?'],
  ['pass-output', 'False', '"False" is not true or false. Did you mean "false"?'],
  ['pass-output', 'tru', '"tru" is not true or false. Did you mean "true"?'],
  ['pass-output', 'maybe', '"maybe" is not true or false.'],
  ['fail-on', 'some', '"some" is not one of any, all, none, a count such as 3, or a share such as 10%.'],
  [
    'fail-on',
    'nome',
    '"nome" is not one of any, all, none, a count such as 3, or a share such as 10%. Did you mean "none"?',
  ],
  [
    'fail-on',
    '0',
    '"0" is not a count of at least 1. It is one of any, all, none, a count such as 3, or a share such as 10%. Did you mean "1"?',
  ],
  [
    'fail-on',
    '3.5',
    '"3.5" is not a count of at least 1. It is one of any, all, none, a count such as 3, or a share such as 10%. Did you mean "4"?',
  ],
  ['fail-on', '0%', '"0%" is not a share above 0% and up to 100%. Did you mean "1%"?'],
  ['fail-on', '-5%', '"-5%" is not a share above 0% and up to 100%. Did you mean "1%"?'],
  ['fail-on', '150%', '"150%" is not a share above 0% and up to 100%. Did you mean "100%"?'],
  ...['0', '-1', '0.001'].map((amount): [string, string, string] => [
    'max-budget-usd',
    amount,
    `"${amount}" is not an amount in US dollars from 0.01 to 1000000, such as 2.50. Did you mean "0.01"?`,
  ]),
  [
    'max-budget-usd',
    '99999999',
    '"99999999" is not an amount in US dollars from 0.01 to 1000000, such as 2.50. Did you mean "1000000"?',
  ],
  [
    'max-budget-usd',
    '5,50',
    '"5,50" is not an amount in US dollars from 0.01 to 1000000, such as 2.50. Did you mean "5.5"?',
  ],
  ['max-budget-usd', '1,000', '"1,000" is not an amount in US dollars from 0.01 to 1000000, such as 2.50.'],
  ['max-budget-usd', '$5', '"$5" is not an amount in US dollars from 0.01 to 1000000, such as 2.50. Did you mean "5"?'],
  ['model', '--debug', '"--debug" is not one line of text that does not begin with "-".'],
  ['model', 'a\nb', '"a\\nb" is not one line of text that does not begin with "-".'],
  ['append-system-prompt', 'a\0b', '"a\\u0000b" contains a NUL character, which no argument can hold.'],
  [
    'allowed-tools',
    'Edit Read',
    '"Edit Read" is not a tool such as Edit or Bash(git log:*). Write one a line, or commas between them.',
  ],
  [
    'allowed-tools',
    'Edit;Read',
    '"Edit;Read" is not a tool such as Edit or Bash(git log:*). Write one a line, or commas between them.',
  ],
  [
    'allowed-tools',
    'Edit|Read',
    '"Edit|Read" is not a tool such as Edit or Bash(git log:*). Write one a line, or commas between them.',
  ],
  [
    'allowed-tools',
    '--add-dir',
    '"--add-dir" is not a tool such as Edit or Bash(git log:*). Write one a line, or commas between them.',
  ],
  ['allowed-tools', 'Bash(git', '"Bash(git" has parentheses that do not match.'],
  [
    'permission-mode',
    'acceptedits',
    `"acceptedits" is not one of default, plan, dontAsk, acceptEdits, auto, manual, bypassPermissions. Did you mean "acceptEdits"?`,
  ],
  [
    'claude-version',
    'v2.1.330',
    '"v2.1.330" is not an exact version such as 2.1.330, nor latest. Did you mean "2.1.330"?',
  ],
  ['claude-version', '2.1.330 && x', '"2.1.330 && x" is not an exact version such as 2.1.330, nor latest.'],
  ['json-schema', '{"a": 1,}', 'the text given is not valid JSON (line 1, column 9).'],
  ['json-schema', 'schema.json', '"schema.json" does not exist; it was looked for at <here>/schema.json.'],
  ['mcp-config', 'nowhere.json', '"nowhere.json" does not exist; it was looked for at <here>/nowhere.json.'],
  [
    'artifact-name',
    'a/b:c',
    '"a/b:c" contains one of " : < > | * ? \\ / or a control character. Did you mean "a-b-c"?',
  ],
  ['mask', 'long-enough\nshort', 'item 2 (not shown) is shorter than 8 bytes; such values cannot be redacted.'],
  [
    'pass-env',
    'GITHUB_TOKEN',
    '"GITHUB_TOKEN" is never passed to Claude: it belongs to the runner. GH_TOKEN may be named.',
  ],
  ['pass-env', 'INPUT_*', '"INPUT_*" is never passed to Claude: it belongs to the runner.'],
  ['pass-env', 'github_env', '"github_env" is never passed to Claude: it belongs to the runner.'],
  ['pass-env', 'A-B', '"A-B" is not the name of a variable; * and ? may stand for parts of it.'],
  [
    'anthropic-api-key',
    '"sk-ant-0123456789"',
    'the value (not shown) is enclosed in quotes. Store the credential again without them.',
  ],
  [
    'anthropic-api-key',
    'sk ant',
    'the value (not shown) contains white space. Store the credential again without blanks or line ends.',
  ],
  [
    'anthropic-api-key',
    'sk-ant\n',
    'the value (not shown) contains white space. Store the credential again without blanks or line ends.',
  ],
  [
    'github-token',
    expression('github.token'),
    'the value (not shown) is an expression or a variable that was not expanded. In a workflow, name a secret.',
  ],
  [
    'anthropic-api-key',
    '$ANTHROPIC_API_KEY',
    'the value (not shown) is an expression or a variable that was not expanded. In a workflow, name a secret.',
  ],
])('%s: %j is refused with what is allowed', async (option, value, line) => {
  const found = await faults({ [option]: value });
  const withoutPlace = found.map((fault) => fault.replace(/at \S+\/(\w+\.json\.)$/, 'at <here>/$1'));
  expect(withoutPlace).toEqual([`${option}: ${line}`]);
});

test('an argument that no program could be started with is refused', async () => {
  expect(await faults({ 'append-system-prompt': 'é'.repeat(65_536) })).toEqual([
    expect.stringMatching(
      /^append-system-prompt: "é{60}\.\.\." has 131072 bytes; one argument of a program can hold 131071\.$/,
    ),
  ]);
  expect(await faults({ 'append-system-prompt': 'a'.repeat(131_071) })).toEqual([]);
});

test('a value in an error line is shortened, and what cannot be seen is spelled out', async () => {
  const [line = ''] = await faults({ pattern: `a\u202eb\u001b[31m\r\n\u2028${'😀'.repeat(500)}` });
  expect(line).toContain('"a\\u{202e}b\\u001b[31m\\r\\n\\u{2028}');
  expect(line).toContain('😀..."');
  expect(line.length).toBeLessThan(250);
});

test('a secret is not in an error line, nor a part of it where the line was shortened', async () => {
  const secret = 'HUNTER2-a-secret-that-is-longer-than-an-error-line-shows-of-any-value';
  const redactor = createRedactor({ values: [secret], environment: {} });
  const lines = (options: Readonly<Record<string, unknown>>) =>
    faultLines({ prompt: 'p', ...options }, { ...request(), redactor });
  expect(await lines({ pattern: `so ${secret}` })).toEqual([
    'pattern: "so ..." is not one of parallel, sequential, fallback, batch, graph.',
  ]);
  const many = { 'max-workers': secret, timeout: `5m${secret}`, 'claude-args': `--agent ${secret}`, [secret]: 'x' };
  const prompts = `- |${secret}\n  a\n`;
  for (const line of [...(await lines(many)), ...(await lines({ prompt: '', prompts })), ...(await lines({ prompts }))])
    expect(line).not.toMatch(/HUN/);
  expect(await lines({ pattern: 'HUN', timeout: `${'0'.repeat(61)}` })).toEqual([
    expect.stringContaining('"HUN"'),
    // The last of them may be the beginning of a token.
    expect.stringMatching(/"0{59,60}\.\.\."/),
  ]);
});

describe('unknown options', () => {
  test.each([
    ['max-worker', '8', 'max-worker: there is no such option. Did you mean "max-workers"?'],
    ['promptfile', 'x', 'promptfile: there is no such option. Did you mean "prompt-file"?'],
    ['qqq', '', 'qqq: there is no such option.'],
    ['__proto__x', '1', '__proto__x: there is no such option.'],
    ['a\u001b[2J', '1', 'a\\u001b[2J: there is no such option.'],
  ])('%j is refused by name', async (name, value, line) => {
    expect(await faults({ [name]: value })).toEqual([line]);
  });

  test('an option of the Action is refused at the command, which says so', async () => {
    expect(await faultLines({ prompt: 'p', 'upload-logs': 'never' }, { ...request(), frontend: 'command' })).toEqual([
      'upload-logs: the command does not have this option.',
    ]);
  });
});

describe('what is legal', () => {
  const value = (name: string, input: unknown, frontend: Frontend = 'command') => {
    const { values, faults: problems } = parseOptionValues({
      frontend,
      options: { [name]: input },
      allowed: optionsAt(frontend),
      base: '/w',
    });
    expect(problems).toEqual([]);
    return (values as Record<string, unknown>)[name];
  };

  test.each([
    ['90', 90_000],
    ['0.5', 500],
    ['90s', 90_000],
    ['15m', 900_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['500ms', 500],
    ['1d', 86_400_000],
    ['24d', 2_073_600_000],
    [' 15m ', 900_000],
    [300, 300_000],
    [0.25, 250],
  ])('a duration of %j is %d milliseconds', (input, ms) => {
    expect(value('timeout', input)).toBe(ms);
  });

  test.each([
    ['retry-delay', '0', 0],
    ['max-workers', '8', 8],
    ['max-workers', 8, 8],
    ['pass-output', 'true', true],
    ['pass-output', false, false],
    ['max-budget-usd', '2.50', 2.5],
    ['max-budget-usd', 3, 3],
    ['fail-on', 'none', { kind: 'none' }],
    ['fail-on', '3', { kind: 'count', count: 3 }],
    ['fail-on', 3, { kind: 'count', count: 3 }],
    ['fail-on', '12.5%', { kind: 'share', percent: 12.5 }],
    ['allowed-tools', 'Edit, Bash(git log:*, x)\nmcp__a__b\n\n*', ['Edit', 'Bash(git log:*, x)', 'mcp__a__b', '*']],
    ['allowed-tools', ['Edit', 'Read'], ['Edit', 'Read']],
    ['pass-env', 'GH_TOKEN\r\n NPM_* \n*', ['GH_TOKEN', 'NPM_*', '*']],
    ['model', 'us.anthropic.claude-opus-4:0[1m]', 'us.anthropic.claude-opus-4:0[1m]'],
    ['claude-version', 'latest', 'latest'],
    ['claude-version', '2.1.330', '2.1.330'],
    ['claude-path', 'bin/claude', '/w/bin/claude'],
    ['json-schema', '{ "type": "object" }', '{"type":"object"}'],
    ['json-schema', { type: 'object' }, '{"type":"object"}'],
    ['settings', ' {"a": 1}', '{"a":1}'],
    ['context', ' as it stands\n', ' as it stands\n'],
  ])('%s: %j is read', (name, input, expected) => {
    expect(value(name, input)).toEqual(expected);
  });

  test('a schema is read from its file, a settings file stays a path', async () => {
    writeFileSync(place.join('schema.json'), '{\n  "type": "object"\n}\n');
    const options = { prompt: 'p', 'json-schema': 'schema.json', settings: 'schema.json' };
    const { settings } = await validSettings(options, request());
    expect(processesOf(settings.plan.graph)[0]?.claude).toMatchObject({
      jsonSchema: '{"type":"object"}',
      settings: place.join('schema.json'),
    });
    writeFileSync(place.join('broken.json'), '[1]');
    expect(await faults({ 'json-schema': 'broken.json' })).toEqual([
      'json-schema: the file "broken.json" is not a JSON object.',
    ]);
  });
});

test('an empty value means "not given", for every option', async () => {
  const names = optionRows.filter((row) => isAtFrontend(row, 'action')).map(({ name }) => name);
  const empty = Object.fromEntries(names.map((name) => [name, '']));
  const blank = Object.fromEntries(names.filter((name) => !name.startsWith('prompt')).map((name) => [name, ' \n ']));
  const plain = await configure({ prompt: 'p' }, request());
  expect(plain.kind).toBe('valid');
  expect(await configure({ ...empty, prompt: 'p' }, request())).toEqual(plain);
  expect(await configure({ ...blank, prompt: 'p' }, request())).toEqual(plain);
});

test('all faults come together, in the order of the table', async () => {
  const options = {
    'artifact-name': 'a/b',
    timeout: 'soon',
    'no-such': '1',
    'working-directory': 'missing',
    'claude-args': '-p\n--verbose\n--agent=high\nword',
    prompts: '- id: session\n  prompt: x\n  timeout: 0\n- ""\n',
    'max-workers': '0',
  };
  expect(
    (await faultLines(options, request())).map((line) => line.replace(/^(prompts: entry \d|[\w-]+).*/, '$1')),
  ).toEqual([
    'no-such',
    'prompts: entry 1',
    'prompts: entry 1',
    'prompts: entry 2',
    'max-workers',
    'timeout',
    'claude-args',
    'claude-args',
    'claude-args',
    'working-directory',
    'artifact-name',
  ]);
});

test('a working directory that is missing or a file is refused', async () => {
  writeFileSync(place.join('file'), '');
  expect(await faults({ 'working-directory': 'missing' })).toEqual([
    `working-directory: "${place.join('missing')}" does not exist.`,
  ]);
  expect(await faults({ 'working-directory': 'file' })).toEqual([
    `working-directory: "${place.join('file')}" is not a directory.`,
  ]);
  expect(await faults({ 'working-directory': 'file/below' })).toEqual([
    `working-directory: "${place.join('file/below')}" does not exist.`,
  ]);
  expect(await faults({ 'working-directory': 'x'.repeat(300) })).toEqual([
    expect.stringMatching(/^working-directory: ".*" cannot be used \(ENAMETOOLONG\)\.$/),
  ]);
  expect(await faults({ 'working-directory': 'x/'.repeat(60_000), trust: 'untrusted' })).toEqual([
    expect.stringMatching(/^working-directory: "(x\/){30}\.\.\." is longer than 4096 bytes, too long for a path\.$/),
  ]);
});

test('a log directory that is no directory, or a link, is refused', async () => {
  writeFileSync(place.join('log-file'), '');
  mkdirSync(place.join('real-logs'));
  symlinkSync(place.join('real-logs'), place.join('linked-logs'));
  const reasons = {
    'log-file': 'is not a directory.',
    'log-file/logs': 'leads through a file.',
    'linked-logs': 'is a symbolic link. Name the directory that it leads to.',
  };
  for (const [path, reason] of Object.entries(reasons)) {
    const line = expect.stringMatching(/^log-dir: ".*" /);
    const lines = await faults({ 'log-dir': path });
    expect(lines).toEqual([line]);
    expect(lines[0]).toMatch(new RegExp(`${reason.replace(/[.()]/g, '\\$&')}$`));
    // The default is looked at as well.
    expect(await faultLines({ prompt: 'p' }, { ...request(), logDirectoryDefault: path })).toEqual(lines);
  }
  expect(await faults({ 'log-dir': 'real-logs' })).toEqual([]);
  expect(await faults({ 'log-dir': 'real-logs/not/yet' })).toEqual([]);
});

test('a log directory in the checkout stays in it, whatever links are there', async () => {
  await using elsewhere = await temporaryDirectory();
  mkdirSync(place.join('inner'));
  symlinkSync(elsewhere.path, place.join('outward'));
  symlinkSync(place.join('inner'), place.join('inward'));
  const refused = [
    `log-dir: "${place.join('outward/logs')}" leads out of ${place.path} by a symbolic link. Name the directory that it leads to.`,
  ];
  expect(await faults({ 'log-dir': 'outward/logs' })).toEqual(refused);
  expect(await faults({ 'log-dir': elsewhere.join('logs') })).toEqual([]);
  expect(await faults({ 'log-dir': 'inward/logs' })).toEqual([]);
  const byDefault = { ...request(), logDirectoryDefault: 'outward/logs' };
  expect(await faultLines({ prompt: 'p', trust: 'untrusted' }, byDefault)).toEqual(refused);
  expect(await faultLines({ prompt: 'p' }, byDefault)).toEqual([]);
});

test("a process's ceiling above the session's is refused, since it could never start", async () => {
  expect(await faults({ 'max-budget-usd': '3', 'max-process-budget-usd': '5' })).toEqual([
    'max-process-budget-usd: "5" is more than max-budget-usd, 3.',
  ]);
});

test('every field of the library has a name of its own', () => {
  const fields = optionRows.map(fieldOf);
  expect(new Set(fields).size).toBe(fields.length);
  expect(fields).toEqual(expect.arrayContaining(['workingDir', 'baseLogDir', 'maxBudgetUsd', 'claudeCodeOauthToken']));
});

test('a list of which nothing was given is empty in the settings', async () => {
  const { settings } = await validSettings({ prompt: 'p' }, request());
  expect(settings).toMatchObject({ mask: [], passEnv: [] });
  expect(processesOf(settings.plan.graph)[0]?.claude).toMatchObject({
    ...{ allowedTools: [], disallowedTools: [], claudeArgs: [] },
  });
});

test('what was given ends in the settings', async () => {
  const options = {
    prompt: 'p',
    'anthropic-api-key': 'sk-ant-1',
    'claude-code-oauth-token': 'oat-1',
    'claude-path': '/opt/claude',
    'claude-version': '2.1.330',
    'github-token': 'ghs_1',
    'log-dir': 'my-logs',
    'retention-days': '7',
    mask: 'something-secret',
    trust: 'untrusted',
    'on-denied': 'fail',
    'on-missing-credentials': 'skip',
    'dry-run': 'true',
  };
  const { settings } = await validSettings(options, request());
  expect(settings).toMatchObject({
    workingDirectory: place.path,
    logDirectory: place.join('my-logs'),
    claude: { path: '/opt/claude', version: '2.1.330' },
    credentials: { anthropicApiKey: 'sk-ant-1', claudeCodeOauthToken: 'oat-1' },
    mask: ['something-secret'],
    onMissingCredentials: 'skip',
    delivery: {
      uploadLogs: 'always',
      artifactName: 'claude-ensemble',
      retentionDays: 7,
      jobSummary: true,
      githubToken: 'ghs_1',
    },
    policy: {
      dryRun: true,
      offline: false,
      onDenied: 'fail',
      retries: 2,
      retryDelayMs: 5000,
      trust: { level: 'untrusted' },
    },
  });
});

test('logs go below the working directory unless they are sent elsewhere', async () => {
  const { settings } = await validSettings(
    { prompt: 'p' },
    { ...request(), logDirectoryDefault: '.claude/runtime/logs' },
  );
  expect(settings.logDirectory).toBe(place.join('.claude/runtime/logs'));
});

test.each([
  ['512MiB', 512 * 1024 * 1024],
  ['1 GiB', 1024 ** 3],
  ['10MB', 10_000_000],
  ['1.5KiB', 1536],
  ['4096', 4096],
  ['', 1024 ** 3],
])('max-log-size: %j is so many bytes', async (text, bytes) => {
  const { settings } = await validSettings({ prompt: 'p', 'max-log-size': text }, request());
  expect(settings.maxLogSize).toBe(bytes);
});

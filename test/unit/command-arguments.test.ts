import process from 'node:process';
import { expect, test } from 'vitest';
import { readCommand } from '../../src/frontends/cli/arguments.ts';
import type { CliContext } from '../../src/frontends/cli/cli-context.ts';
import { refuse } from '../../src/frontends/cli/refusal.ts';
import { configurationRequest } from '../../src/frontends/cli/session-request.ts';
import { readConfiguration } from '../../src/plan/configuration.ts';

const defaults = { json: false, quiet: false, print: { kind: 'few' } };

test('texts are prompts, whatever they look like, and -- ends the flags', () => {
  expect(readCommand(['run', 'Do x'])).toEqual({
    kind: 'run',
    options: { prompt: 'Do x' },
    mode: defaults,
    faults: [],
  });
  const texts = ['- one point', '-1', 'a "quoted"\n\u2028text: yes', '--offline'];
  const command = readCommand(['run', ...texts.slice(0, 3), '--', '--offline']);
  expect(command).toMatchObject({ kind: 'run', faults: [], options: { prompts: JSON.stringify(texts) } });
});

test('flags take their value from the same word or the next, and lists add up', () => {
  const words = '--model opus --pattern=batch --mask a --mask=b --allowed-tools Bash(ls:*) --claude-args --agent';
  expect(readCommand(['run', ...words.split(' '), '--prompts', '- a\n- b', '--context='])).toEqual({
    kind: 'run',
    options: {
      model: 'opus',
      pattern: 'batch',
      mask: 'a\nb',
      'allowed-tools': 'Bash(ls:*)',
      'claude-args': '--agent',
      prompts: '- a\n- b',
      context: '',
    },
    mode: defaults,
    faults: [],
  });
});

test('what is true or false is set in every usual way', () => {
  const optionsOf = (...words: string[]): unknown => readCommand(['run', ...words]);
  expect(optionsOf('--offline', 'x')).toMatchObject({ options: { offline: 'true', prompt: 'x' } });
  expect(optionsOf('--offline', 'false', 'x')).toMatchObject({ options: { offline: 'false', prompt: 'x' } });
  expect(optionsOf('--offline=false')).toMatchObject({ options: { offline: 'false' } });
  expect(optionsOf('--no-offline', 'true')).toMatchObject({ options: { offline: 'false', prompt: 'true' } });
  expect(optionsOf('-q', '--json', 'x')).toMatchObject({ mode: { json: true, quiet: true } });
});

test('findings are printed as JSON by either flag, and not as two formats', () => {
  const json = { kind: 'findings', directory: 'session', format: 'json' };
  expect(readCommand(['findings', 'session', '--format', 'json'])).toEqual(json);
  expect(readCommand(['findings', 'session', '--json'])).toEqual(json);
  expect(readCommand(['findings', 'session', '--json', '--format', 'sarif'])).toMatchObject({
    faults: ['--json: --format says something else.'],
  });
});

test('a misspelt flag takes its value along, so that it is no prompt and is checked as well', () => {
  expect(readCommand(['run', '--max-worker', '8', 'Do x'])).toMatchObject({
    options: { 'max-workers': '8', prompt: 'Do x' },
    faults: ['--max-worker: there is no such flag. Did you mean "--max-workers"?'],
  });
});

test.each([
  [['run', 'a', '--bogus'], '--bogus: there is no such flag.'],
  [['run', 'a', '-x'], '-x: there is no such flag.'],
  [['run', 'a', '---json'], '---json: there is no such flag. Did you mean "--json"?'],
  [['run', 'a', '—model=opus'], '—model: there is no such flag. Did you mean "--model"?'],
  [['run', 'a', '--model'], '--model: its value is missing. A value that looks like a flag is written --model=value.'],
  [['run', 'a', '--model', '--offline'], '--model: its value is missing.'],
  [['run', 'a', '--model', '--offline=false'], '--model: its value is missing.'],
  [['run', 'a', '--model', 'x', '--model', 'y'], '--model: given twice.'],
  [['run', 'a', '--no-offline=true'], '--offline: this flag takes no value.'],
  [['run', 'a', '--json=yes'], '--json: this flag takes no value.'],
  [['run', 'a', '--model opus'], '"--model" and what follows it are one word.'],
  [['run', 'a', '--prompt', 'b'], 'prompt: given by --prompt and as text as well. Use one of the two.'],
  [['run', 'a', 'b', '--prompts', '[]'], 'prompts: given by --prompts and as text as well.'],
  [['deno'], 'There is no command "deno". Did you mean "demo"? To run a prompt: claude-ensemble run "..."'],
  [['--offline=true', 'run'], '--offline: a command comes before the flags: claude-ensemble run --offline ...'],
  [['rum', 'x'], 'There is no command "rum". Did you mean "run"?'],
  [['dmeo'], 'There is no command "dmeo". Did you mean "demo"?'],
  [['version'], 'There is no command "version". Did you mean "--version"?'],
  [['--hepl'], '--hepl: there is no such flag. Did you mean "--help"?'],
  [[`${'x'.repeat(59)}👍`], `There is no command "${'x'.repeat(59)}".`],
  [['help', `${'x'.repeat(59)}👍`], `There is no help on "${'x'.repeat(59)}".`],
  [['demo', `${'x'.repeat(59)}👍`], `"${'x'.repeat(59)}": the demo takes no text.`],
  [
    ['help', 'rum'],
    'There is no help on "rum". Did you mean "run"? There is: run, validate, plan, merge, demo, findings, help.',
  ],
  [['run', '-Look'], '-Look: there is no such flag. A text that begins so is written after --.'],
  [['demo', 'x'], '"x": the demo takes no text.'],
  [['merge', 'shards', '--json', '--print', 'a'], '--print: the object that --json prints holds all answers.'],
  [['demo', '--on-line'], '--on-line: there is no such flag. Did you mean "--online"?'],
])('%j is refused with a line that says what to do', (words, line) => {
  expect(readCommand(words)).toMatchObject({ faults: [expect.stringContaining(line)] });
});

test.each(['validate', 'demo'])('%s refuses in JSON, too, when it is asked to', (word) => {
  expect(readCommand([word, '--json', '--bogus'])).toMatchObject({ kind: 'unclear', json: true });
});

test('a credential that stands in the wrong word is not shown', () => {
  const [fault] = faultsOf(['run', 'a', '--anthropic-api-key sk-ant-0123456789abcdef']);
  expect(fault).toContain('"--anthropic-api-key" and what follows it are one word');
  expect(fault).not.toContain('0123456789');
});

function faultsOf(words: readonly string[]): readonly string[] {
  const command = readCommand(words);
  return 'faults' in command ? command.faults : [];
}

test('an error line shows no secret of an option or of the environment, nor the part that it has room for', async () => {
  const [masked, token] = ['masked', 'token'].map((name) => `${name}-${'0123456789'.repeat(7)}`);
  const options = { prompt: 'x', mask: `${masked}`, pattern: `${masked}`, retries: `at ${token}` };
  const context = { directory: process.cwd(), environment: { DEPLOY_TOKEN: token } };
  const configuration = await readConfiguration(await configurationRequest(options, context));
  expect(configuration.kind === 'invalid' && configuration.faults.map(({ message }) => message)).toEqual([
    'pattern: "..." is not one of parallel, sequential, fallback, batch, graph.',
    'retries: "at ..." is not a whole number from 0 to 100.',
  ]);
});

test('a refusal is lines that neither a terminal nor a runner of GitHub obeys', () => {
  const written: string[] = [];
  const stream = { write: (text: string) => void written.push(text) };
  const context = { out: stream, err: stream, interrupts: { exitCode: () => undefined } } as unknown as CliContext;
  const faults = [
    ...(readCommand(['-\x9b2J\u202e']) as { faults: readonly string[] }).faults,
    '::error::x',
    'a ##[error]x',
  ];
  expect(refuse(faults, { context, json: false, topic: 'run' })).toBe(2);
  expect(written.join('').split('\n').slice(0, 3)).toEqual([
    '-<U+202E>: there is no such flag. A command comes before its flags: claude-ensemble run ...',
    ': :error::x',
    'a # #[error]x',
  ]);
});

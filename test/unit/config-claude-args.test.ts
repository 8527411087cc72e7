import { describe, expect, test } from 'vitest';
import { optionRows } from '../../src/model/option-table.ts';
import { flagsIn, parseArguments } from '../../src/options/claude-arguments.ts';

function problems(input: unknown): readonly string[] {
  const parsed = parseArguments(input);
  return parsed.ok ? [] : parsed.diagnostics.map(({ text }) => text);
}

/** Every flag that the contract keeps for us, beside those that an option sets. */
const ours = [
  ...[
    '-p',
    '--print',
    '--input-format',
    '--output-format',
    '--include-partial-messages',
    '--verbose',
    '--setting-sources',
    '--strict-mcp-config',
  ],
  ...['--session-id', '--resume', '-r', '--continue', '-c', '--fork-session', '--bg', '--background', '--cloud'],
  ...['--remote', '--sdk-url', '--resume-session-at', '--rewind-files', '--environment', '--rc'],
  ...['--help', '-h', '--version', '-v', '--dangerously-skip-permissions'],
];

describe('flags that are ours', () => {
  test.each(ours)('%s is refused, with a value behind it and with one attached', (flag) => {
    const attached = flag.startsWith('--') ? `${flag}=x` : `${flag}x`;
    for (const form of [flag, attached, `${flag} x`]) {
      expect(problems(form)).toEqual([expect.stringContaining(`"${flag}" is not allowed here: `)]);
      expect(problems([form])).toHaveLength(1);
    }
  });

  test('a flag that an option sets is refused, and the option is named', () => {
    const rows = optionRows.filter(({ cliFlags }) => cliFlags !== undefined);
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      for (const flag of row.cliFlags ?? []) {
        expect(problems(`${flag}=x`)).toEqual([`"${flag}" is not allowed here: use the option ${row.name}.`]);
      }
    }
  });

  test('all of them are named at once', () => {
    expect(problems('-p\n--verbose\n--agent\nhigh\n--model=x')).toHaveLength(3);
  });
});

describe('words that Claude would take for a prompt', () => {
  test.each([
    ['a word alone', 'do this'],
    ['a word behind a flag that takes no value', '--safe-mode\ndo this'],
    ...['--tmux', '--enable-auto-mode', '--init', '--init-only', '--maintenance'].map((flag): [string, string] => [
      `a word behind ${flag}, which takes no value`,
      `${flag}\ndo this`,
    ]),
    ['a word behind a value', '--agent\nhigh\ndo this'],
    ['a word behind an attached value', '--agent=high\ndo this'],
    ['a word behind an attached value of a short flag', '-nname\ndo this'],
    ['a word behind an attached value of a flag with several', '--tools=Read\ndo this'],
  ])('%s is refused', (_, args) => {
    expect(problems(args)).toEqual(['"do this" is not the value of a flag; Claude would take it for a prompt.']);
  });

  test('-- is refused', () => {
    expect(problems('--agent\nhigh\n--\nx')).toEqual([
      '"--" is not allowed here: what follows it would become a prompt.',
      expect.anything(),
    ]);
  });
});

test('a flag and its value on one line are refused, with the two lines that were meant', () => {
  expect(problems('--agent high')).toEqual([
    '"--agent high" is a flag and its value on one line. Write two lines: "--agent" and "high".',
  ]);
});

test.each([
  [
    'one argument a line',
    '--agent\n  high \r\n\r\n--add-dir\n/a\n/b c\n',
    ['--agent', 'high', '--add-dir', '/a', '/b c'],
  ],
  [
    'a JSON array, whose texts stand as they are',
    '["--tools", "", "--system-prompt", " a\\nb "]',
    ['--tools', '', '--system-prompt', ' a\nb '],
  ],
  ['an array of the library', ['--agent', 'high'], ['--agent', 'high']],
  ['an attached value with blanks', '--system-prompt=be brief', ['--system-prompt=be brief']],
  ['a value that begins with a dash and a blank', ['--system-prompt', '- be brief'], ['--system-prompt', '- be brief']],
  ['shell syntax, as it stands', '--system-prompt\n"$HOME" && `x`', ['--system-prompt', '"$HOME" && `x`']],
])('%s is read', (_, input, expected) => {
  expect(parseArguments(input)).toEqual({ ok: true, value: expected });
});

test.each([
  ['["--agent", 1]', '"1" is not a string.'],
  ['["--agent"', '"[\\"--agent\\"" begins like a JSON array and is none.'],
  [{ effort: 'high' }, 'an object is not a string.'],
  [['--system-prompt', 'a\0b'], '"a\\u0000b" contains a NUL character, which no argument can hold.'],
])('%j is no list of arguments', (input, problem) => {
  expect(problems(input)).toEqual([problem]);
});

test('the flags of arguments are found without their values', () => {
  expect(flagsIn(['--agent', 'high', '--add-dir=/x', '-dapi'])).toEqual(['--agent', '--add-dir', '-d']);
});

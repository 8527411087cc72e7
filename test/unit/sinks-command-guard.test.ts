import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CommandGuard } from '../../src/reports/command-guard.ts';
import { plainText } from '../../src/text/plain-text.ts';
import { runs } from '../rig/random-seed.ts';
import { readConsole } from '../rig/runner-commands.ts';

function printed(pieces: readonly string[]): string {
  const guard = new CommandGuard();
  return pieces.map((piece) => guard.harmless(plainText(piece))).join('');
}

const part = fc.constantFrom(
  ...[
    '::error::x',
    '::add-mask::x',
    '::stop-commands::x',
    '##[error]x',
    '##[',
    ':',
    '::',
    '#',
    '##',
    '[error]x',
    'error::',
  ],
  ...['\n', '\r', ' ', '\t', '\u00a0', '\u3000', '\u200b', '\u0000', '\ufe0f', '\x1b[m', 'a', 'é', '👨‍👩‍👧', '1️⃣'],
);

test('T6: nothing that is printed piece by piece is a command to the runner, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.array(part, { maxLength: 4 }), { maxLength: 12 }), (pieces) => {
      const text = printed(pieces.map((parts) => parts.join('')));
      expect(readConsole(text).commands).toEqual([]);
    }),
    { numRuns: runs(500) },
  );
});

test('T6: a piece is no command when something else has ended the line before it', () => {
  const guard = new CommandGuard();
  guard.harmless('a line without an end');
  expect(readConsole(guard.harmless('::error::taken')).commands).toEqual([]);
});

test('text that is no command is left as it is', () => {
  const text = 'std::vector<int> a; ## [heading] #1 :: x\n  a::b\n# one\n## two\n[link]: x';
  expect(printed([text])).toBe(text);
});

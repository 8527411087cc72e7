import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneLine, plainText, shortened } from '../../src/text/plain-text.ts';
import { anyText } from '../rig/any-text.ts';

describe('text that is shown', () => {
  test('has no terminal sequences in it', () => {
    const sequences = [
      '\u001b[31;1m',
      '\u001b[2J',
      '\u001b]0;title\u0007',
      '\u001b]8;;https://evil.example\u001b\\',
      '\u001bP+q544e\u001b\\',
      '\u001b(B',
      '\u001bc',
      '\u009b1m',
    ];
    for (const sequence of sequences) expect(plainText(`before ${sequence}after`)).toBe('before after');
  });

  test('is not hidden by a sequence without an end', () => {
    expect(plainText('\u001b]0;all of this')).toContain('0;all of this');
    expect(plainText('\u001bPall of this')).toContain('all of this');
  });

  test('names bidirectional and invisible characters', () => {
    const unseen = [
      '202e',
      '2066',
      '200f',
      '200b',
      '200d',
      '2060',
      'feff',
      '00ad',
      '2028',
      '3164',
      '115f',
      'e0041',
      'fe0f',
      '0000',
      '0008',
      '0085',
      '180b',
      'e0fff',
    ];
    for (const code of unseen) {
      const character = String.fromCodePoint(Number.parseInt(code, 16));
      expect(plainText(`a${character}b`)).toBe(`a<U+${code.toUpperCase()}>b`);
    }
    expect(plainText('half \ud83d of a character')).toBe('half <U+D83D> of a character');
  });

  test('keeps lines, tabs, letters of any script and whole emoji', () => {
    const text = 'a\tb\nc é ß 漢字 العربية ❤️ 👨‍👩‍👧 🏳️‍🌈 1️⃣ ⚠️';
    expect(plainText(text)).toBe(text);
    expect(plainText('one\r\ntwo\rthree')).toBe('one\ntwo\nthree');
  });

  test('holds no control or format character but line feed and tab, whatever came in', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const shown = plainText(text).replaceAll(/\p{Emoji}\u200d?/gu, '');
        expect(shown).not.toMatch(/[^\P{Cc}\n\t]|\p{Cf}/u);
      }),
    );
  });

  test('takes time in proportion to its length', () => {
    for (const unit of [
      '\u001b[',
      '\u001b]',
      '\u001b[1',
      '\u001bP',
      '\u202e',
      '1\ufe0f',
      '\ud83d',
      '👨\u200d',
      '👨‍👩‍👧',
    ]) {
      // Work that grows with the square of the length does not end within the time of a test.
      expect(plainText(unit.repeat(20_000)).length).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('a line', () => {
  test('is one line of at most so many characters, marked when it was cut', () => {
    expect(oneLine(' one\n\ttwo  three \n', 50)).toBe('one two three');
    expect(oneLine('a long line of text', 11)).toBe('a long lin…');
    expect(oneLine('a long line', 11)).toBe('a long line');
    expect(oneLine('a long line ', 11)).toBe('a long line');
    expect(oneLine('a longer line', 9)).toBe('a longer…');
    expect(oneLine('a long line of text', 10)).toBe('a long li…');
    fc.assert(
      fc.property(anyText(), fc.integer({ min: 2, max: 30 }), (text, longest) => {
        const line = oneLine(text, longest);
        expect(line.length).toBeLessThanOrEqual(longest);
        expect(line).not.toContain('\n');
        expect(line.isWellFormed()).toBe(true);
      }),
    );
  });

  test('is never cut within a character', () => {
    expect(shortened('a😀b', 2)).toBe('a');
    expect(shortened('a😀b', 3)).toBe('a😀');
  });

  test('is never cut within an emoji, of which an invisible part would be left', () => {
    for (const emoji of [
      '👨‍👩‍👧',
      '🏳️‍🌈',
      '1️⃣',
      '❤️',
      '👍🏽',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ]) {
      for (let length = 1; length <= emoji.length; length += 1) expect(shortened(`a${emoji}b`, length)).toBe('a');
      expect(shortened(`a${emoji}b`, emoji.length + 1)).toBe(`a${emoji}`);
      expect(oneLine(`word ${emoji} word`, 5 + emoji.length)).toBe('word…');
    }
  });
});

import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { anyText } from './any-text.ts';

/** What a workflow's author meant GitHub to fill in. */
const expression = ['$', '{{ github.event.title }}'].join('');

const yaml = [
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
  ],
  ...['#', ' # ', '&a', '*a', '!t', '!!js/function', '%YAML 1.1\n', '---\n', '...\n', '<<: ', '@', '`', '~', 'null'],
  ...['prompt: ', 'id: ', 'timeout: ', 'prompt-file: ', '../../etc/passwd', '/dev/zero', '__proto__: ', 'constructor'],
];

const words = [
  ...[
    expression,
    '--',
    '-p',
    '--model=',
    '*',
    '**/',
    '!',
    '1e9',
    '1e999',
    '-1',
    '0x10',
    '9'.repeat(40),
    'x',
    'é',
    ' a',
  ],
  ...[
    'true',
    '15m',
    '1h30',
    '10%',
    'Bash(git log:*)',
    '/compact',
    '@/etc/passwd',
    '{{item}}',
    '$(id)',
    '%0A',
    '%23%23[',
  ],
];

const whitespace = ['\r', '\r\n', '\n', '\n\n', '\n    ', '\t', '\v', '\f', '\u0085', '\u00a0', '\u2028', '\u3000'];

const commands = [
  ...[
    '::error::taken',
    '::add-mask::e',
    '::set-output name=x::1',
    '::stop-commands::t',
    '::ERROR::x',
    '::',
    ':',
    '::group::',
  ],
  ...['##[error]taken', '##[add-mask]e', '##[set-env name=X]y', '##[', '##', '#', '[', '##[group]', '###[debug]'],
];

const unseen = [
  ...[
    '\u202e',
    '\u2066',
    '\u2069',
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u061c',
    '\u115f',
    '\u3164',
    '\ufe0f',
  ],
  ...[
    '\u{e0041}',
    '\u{e007f}',
    '\ud83d',
    '\ude00',
    '\ud800',
    '\udfff',
    '\0',
    '\b',
    '\x7f',
    '\u{1f3f4}',
    '\u20e3',
    '\u034f',
  ],
];

const visible = ['😀', '👨‍👩‍👧', '🏳️‍🌈', '1️⃣', '#️⃣', 'ｗｉｄｅ', '漢', 'e\u0301', '\u{10ffff}', '\uffff', 'ﷺ'];

const markup = [
  ...[
    '<b>',
    '</b>',
    '</pre>',
    '</code>',
    '</td></tr></table>',
    '<details open>',
    '</details>',
    '<summary>',
    '</summary>',
  ],
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<a href="https://evil.example">',
  ],
  ...[
    '<style>*{background:url(//evil.example)}</style>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<',
    '>',
    '&',
    '&lt;',
    '&#60;',
  ],
  ...[
    '<meta http-equiv=refresh>',
    '</title>',
    '</style>',
    '<textarea>',
    '<iframe src=//evil.example>',
    'javascript:alert(1)',
  ],
];

const markdown = [
  ...[
    '```',
    '~~~~',
    '`',
    '``````````',
    '| a | b |',
    '|',
    '|---|---|',
    '**b**',
    '__b__',
    '~~s~~',
    '$x$',
    '\\',
    '# h',
    '> q',
  ],
  ...[
    '@octocat',
    '@org/team',
    '#123',
    'org/repo#4',
    'GH-12',
    ':tada:',
    'mail@evil.example',
    '0123456789abcdef0123456789abcdef01234567',
  ],
  ...[
    '![i](https://evil.example/p.png)',
    '[l](javascript:alert(1))',
    '[l]: //evil.example',
    'https://evil.example',
    '[^1]',
  ],
  ...['www.evil.example', '<https://evil.example>', '=====', '- [ ] task', '1. item', 'org/repo@0123456', '* * *'],
];

/** Sequences that a terminal obeys. */
const sequences = [
  ...[
    '\x1b[31;1m',
    '\x1b[2J',
    '\x1b[?25l',
    '\x1b[1;1H',
    '\x1b[201~',
    '\x1b]0;title\x07',
    '\x1b]52;c;ZXZpbA==\x07',
    '\x1bc',
  ],
  ...[
    '\x1b]8;;https://evil.example\x1b\\',
    '\x1bP+q544e\x1b\\',
    '\x1b_payload\x1b\\',
    '\x1b^x\x1b\\',
    '\x1bX\x1b\\',
    '\x1b(B',
  ],
  ...['\x9b1m', '\x9d0;t\x9c', '\x90q\x9c', '\x1b#8', '\x1b[', '\x1b]', '\x1b', '\x9b'],
];

/** A terminal sequence, whole or cut anywhere. */
const cutSequence = fc
  .tuple(fc.constantFrom(...sequences), fc.nat(40))
  .map(([sequence, length]) => (length > 20 ? sequence : sequence.slice(0, length)));

const piece = fc.oneof(
  fc.constantFrom(...yaml, ...words),
  fc.constantFrom(...markup, ...markdown),
  fc.constantFrom(...commands, ...whitespace),
  fc.constantFrom(...unseen, ...visible),
  cutSequence,
);

const mixture = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));

/** One piece, or two in turn, again and again: what makes a search that goes back and forth take forever. */
const repetition = fc
  .tuple(piece, fc.oneof(fc.constant(''), piece), fc.integer({ min: 10, max: 30_000 }), mixture)
  .map(([one, other, length, end]) => {
    const unit = one + other;
    return unit.repeat(Math.ceil(length / Math.max(1, unit.length))) + end;
  });

/** Text that strangers would write: every trick on a terminal, a runner, a page or a parser that we know of. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: mixture },
  { weight: 2, arbitrary: anyText({ maxLength: 120 }) },
  { weight: 1, arbitrary: fc.array(fc.nat(0xffff), { maxLength: 60 }).map((units) => String.fromCharCode(...units)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes).toString('latin1')) },
  { weight: 1, arbitrary: repetition },
);

/** The same, much longer now and then: up to half a million characters. */
export const hugeText: fc.Arbitrary<string> = fc
  .tuple(piece, fc.oneof(fc.constant(''), piece), fc.integer({ min: 1, max: 500_000 }))
  .map(([one, other, length]) => (one + other).repeat(Math.ceil(length / Math.max(1, one.length + other.length))));

const brokenBytes = [
  ...[
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
    [0xf0, 0x9f, 0x98],
    [0xe2, 0x80],
    [0x80],
    [0xff, 0xfe],
  ],
  ...[[0xef, 0xbb, 0xbf], [0xef, 0xbb], [0], [0xc3], [0xf4, 0x90, 0x80, 0x80], [0x1b, 0xc2], [0xc2, 0x9b, 0x31, 0x6d]],
].map((bytes) => Buffer.from(bytes));

/** Bytes of which some are text, some are UTF-8 that is broken, and some are anything. */
export const hostileBytes: fc.Arbitrary<Buffer> = fc
  .array(
    fc.oneof(
      hostileText.map((text) => Buffer.from(text)),
      fc.constantFrom(...brokenBytes),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Buffer.concat(parts));

/** Cuts bytes at places that are given as any numbers. */
export function piecesOf(bytes: Buffer, places: readonly number[]): Buffer[] {
  const borders = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
}

/** Places for `piecesOf`. */
export const cutPlaces: fc.Arbitrary<number[]> = fc.array(fc.nat(100_000), { maxLength: 12 });

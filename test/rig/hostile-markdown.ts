import fc from 'fast-check';
import { hostileText } from './hostile-text.ts';

const blocks = [
  ...[
    '\n\n',
    '\n',
    '\r\n',
    '\n    ',
    '\t',
    ' ',
    '```\n',
    '```mermaid\n',
    '```suggestion\n',
    '~~~',
    '    code\n',
    '# ',
    '## ',
  ],
  ...['> ', '>> ', '- ', '- [ ] ', '- [x] ', '1. ', '99999999999. ', '| a | b |\n|--|:-:|\n| ', '| ', '---\n', '===\n'],
  ...['> [!CAUTION]\n> ', '[^1]: note\n', '[x]: https://evil.example\n', '\\[ ] ', '\\[!NOTE] ', '</details>\n\n'],
];

const spans = [
  ...[
    '**',
    '_',
    '~~',
    '`',
    '``',
    '$`',
    '`$',
    '<!--',
    '-->',
    '<?',
    '<![CDATA[',
    ']]>',
    '\\',
    '&#64;octocat',
    '&commat;octocat',
  ],
  ...[
    '@`a`b',
    '**@octo**cat',
    '@**octocat**',
    '#**12**',
    'http**s://e.x**',
    '*ht*tps://e.x',
    'w*w*w.evil.example',
    '[x][x]',
  ],
  ...['[x](https://evil.example "t")', '[@octocat](mailto:a@b.co)', '![p](data:image/png;base64,AAAA)', '![@x](//e.x)'],
  ...[
    'mailto:a@b.co',
    '$x^2$',
    '$$\\href{a}{b}$$',
    '$5 and $6',
    'o/r#7',
    'GHSA-abcd-1234-efgh',
    'CVE-2024-12345',
    '[^1]',
  ],
  ...[
    '&#8238;',
    '&zwj;',
    '&#10;&#10;',
    '&lt;b&gt;',
    '&nbsp;',
    '&#x1b;[2J',
    '(@octocat)',
    '"#12"',
    'a:tada:b',
    '::error::x',
  ],
];

/**
 * Markdown that strangers would write to come alive on a page: pieces that Markdown and GitHub make something of, so mixed that
 * blocks, spans and their ends meet in every way.
 */
export const hostileMarkdown: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...blocks), fc.constantFrom(...spans), fc.constantFrom('word ', 'é', '👩‍👩‍👧')), {
    minLength: 1,
    maxLength: 14,
  })
  .map((parts) => parts.join(''));

/** The same among all other tricks, short and very long. */
export const hostileDocument: fc.Arbitrary<string> = fc
  .tuple(hostileMarkdown, hostileText, hostileMarkdown)
  .map((parts) => parts.join(''));

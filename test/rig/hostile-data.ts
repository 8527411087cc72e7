import fc from 'fast-check';
import { hostileText } from './hostile-text.ts';

const keys = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'type',
    'id',
    'text',
    'prompt',
    '',
    'toJSON',
    'then',
  ),
  hostileText,
);

const numbers = fc.oneof(
  fc.constantFrom(0, -0, -1, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 63), 0.1, 1e21),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** What JSON can hold, with keys of the language, extreme numbers and hostile texts. */
export const hostileValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(hostileText, numbers, fc.constantFrom(null, true, false)),
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'value' },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4, depthIdentifier: 'value' }),
    // `fromEntries` makes `__proto__` a key like any other, as a parser of JSON does.
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 4, depthIdentifier: 'value' }).map(Object.fromEntries),
  ),
})).value;

/** Far too deep, in turns of lists and objects. */
export const deepJson: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[{"a":', '}]'], ['{"__proto__":', '}']),
    fc.nat(60_000),
    fc.boolean(),
  )
  .map(([[open = '', close = ''], depth, isWhole]) => open.repeat(depth) + (isWhole ? `1${close.repeat(depth)}` : ''));

/** JSON that is whole, that is cut, that is too deep, or that holds numbers that no double can. */
export const hostileJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: hostileValue.map((value) => JSON.stringify(value) ?? '') },
  {
    weight: 2,
    arbitrary: fc.tuple(hostileValue, fc.nat(200)).map(([value, end]) => (JSON.stringify(value) ?? '').slice(0, end)),
  },
  { weight: 1, arbitrary: deepJson },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '1e999',
      '-1e999',
      '[1e400]',
      '9'.repeat(5000),
      '{"a":1,"a":2}',
      '"\\ud800"',
      '\ufeff[]',
    ),
  },
);

const yamlBombs = fc.oneof(
  fc.nat(30).map((levels) => {
    const lines = Array.from({ length: levels }, (_, n) => `- &a${n + 1} [${`*a${n},`.repeat(9)}]`);
    return ['- &a0 lol', ...lines].join('\n');
  }),
  fc
    .tuple(
      fc.constantFrom(
        '[',
        '{',
        '- ',
        '? ',
        '{a: ',
        '[[',
        '- - ',
        '? ? ',
        '!!seq [',
        '"',
        "'",
        '\n',
        '# \n',
        '- x\n',
        '<<: ',
      ),
      fc.integer({ min: 1, max: 100_000 }),
    )
    .map(([unit, count]) => unit.repeat(count)),
  fc.nat(20_000).map((count) => Array.from({ length: count }, (_, n) => `${' '.repeat(n % 50)}- a${n}: |`).join('\n')),
  fc.nat(200_000).map((length) => `- "${'\\u0041'.repeat(length / 6)}"`),
  fc.nat(3000).map((count) => `- {${Array.from({ length: count }, (_, n) => `k${n % 7}: v`).join(', ')}}`),
  fc.nat(500).map((depth) => Array.from({ length: depth }, (_, n) => `${'  '.repeat(n)}- prompt:`).join('\n')),
);

/** A list of prompts as an attacker writes it, in YAML or JSON. */
export const hostileList: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.array(hostileText, { maxLength: 5 }).map((texts) => `- ${texts.join('\n- ')}`) },
  { weight: 2, arbitrary: hostileJson },
  { weight: 1, arbitrary: yamlBombs },
);

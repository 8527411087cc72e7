import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Redactor } from '../../src/model/redactor.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { gitExtraHeaderValues, secretVariables } from '../../src/redaction/secret-values.ts';
import { fuzz } from '../rig/fuzz-test.ts';
import { type Disguise, disguises } from '../rig/hidden-secrets.ts';
import { hostileValue } from '../rig/hostile-data.ts';
import { cutPlaces, hostileBytes, hostileText, hugeText, piecesOf } from '../rig/hostile-text.ts';
import { readings, secretValue } from '../rig/secret-search.ts';

function streamed(redactor: Redactor, pieces: readonly Uint8Array[]): Buffer {
  const stream = redactor.stream();
  return Buffer.concat([...pieces.map((piece) => Buffer.from(stream.push(piece))), stream.end()]);
}

/** The beginnings of tokens with a well-known shape, some of them long enough to be one. */
const token = fc
  .tuple(
    fc.constantFrom(
      'sk-ant-',
      'ghp_',
      'ghs_',
      'github_pat_',
      'AKIA',
      'npm_',
      'xoxb-',
      'eyJ',
      'secret_access_key = "',
      '-----BEGIN RSA PRIVATE KEY-----\n',
    ),
    fc.string({ unit: fc.constantFrom(...'abcXYZ012_-.+/=\\n\n "'), maxLength: 80 }),
  )
  .map(([prefix, rest]) => prefix + rest);

const withSecrets = fc.record({
  secrets: fc.array(secretValue, { minLength: 1, maxLength: 3 }),
  parts: fc.array(
    fc.record({ filler: fc.oneof(hostileText, token), disguise: fc.constantFrom(...disguises), pick: fc.nat(2) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
  places: cutPlaces,
});

interface Hidden {
  readonly secrets: readonly string[];
  readonly parts: readonly { readonly filler: string; readonly disguise: Disguise; readonly pick: number }[];
}

function hiding({ secrets, parts }: Hidden): string {
  return parts
    .map(({ filler, disguise, pick }) => `${filler}\n${disguise.printed(secrets[pick % secrets.length] ?? '')}\n`)
    .join('');
}

function expectNone(text: string, secrets: readonly string[]): void {
  const found = readings(text);
  for (const secret of secrets) expect(found.some((reading) => reading.includes(secret))).toBe(false);
}

fuzz(
  'nothing of a secret is left of a text, in whichever encoding it stood there and whatever stood around it',
  { of: withSecrets, runs: 500 },
  (given) => {
    const redactor = createRedactor({ values: given.secrets, environment: {} });
    const redacted = redactor.text(hiding(given).toWellFormed());
    return () => expectNone(redacted, given.secrets);
  },
);

fuzz(
  'a stream is redacted alike however it is cut, secrets, terminal sequences and broken characters included',
  { of: fc.record({ hidden: withSecrets, bytes: hostileBytes }), runs: 500 },
  ({ hidden, bytes }) => {
    const redactor = createRedactor({ values: hidden.secrets, environment: {} });
    const whole = Buffer.concat([bytes, Buffer.from(hiding(hidden)), bytes]);
    const once = streamed(redactor, [whole]);
    expect(streamed(redactor, piecesOf(whole, hidden.places)).equals(once)).toBe(true);
    const byteByByte = Array.from(whole.subarray(0, 2_000), (_, index) => whole.subarray(index, index + 1));
    expect(streamed(redactor, [...byteByByte, whole.subarray(2_000)]).equals(once)).toBe(true);
  },
);

fuzz(
  'plain data keeps its shape, and no value and no key of it holds a secret',
  { of: fc.record({ hidden: withSecrets, value: hostileValue }), runs: 300 },
  ({ hidden, value }) => {
    const redactor = createRedactor({ values: hidden.secrets, environment: {} });
    const text = hiding(hidden);
    const clean = redactor.payload({ value, [text]: [text, { text }] });
    const json = JSON.stringify(clean);
    expect(Object.keys(Object.prototype)).toEqual([]);
    return () => expectNone(json, hidden.secrets);
  },
);

/** What the search for secrets, tokens, terminal sequences and wrapped base64 has to look at twice. */
const slowUnits = [
  ...[
    '\\',
    '\\u001',
    '\\u001b[',
    '\\n',
    '\\r\\n',
    '\x1b',
    '\x1b[',
    '\x1b[m',
    '\n',
    '\r\n',
    'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo\n',
  ],
  ...[
    'eyJ',
    'eyJhbGciOi.',
    'ghp_',
    'sk-ant-',
    'AKIA',
    'secret_access_key ',
    '-----BEGIN PRIVATE KEY-----',
    '-----',
    'a_',
    'A',
    '"',
  ],
];
const slowText = fc
  .tuple(
    fc.constantFrom(...slowUnits),
    fc.oneof(fc.constant(''), fc.constantFrom(...slowUnits)),
    fc.nat(300_000),
    fc.constantFrom('', ...slowUnits, 'u001b[m', 'x'),
  )
  .map(([one, other, length, end]) => (one + other).repeat(Math.ceil(length / (one + other).length)) + end);

fuzz(
  'a long text of any kind is redacted in under a second',
  { of: fc.record({ text: fc.oneof({ weight: 3, arbitrary: slowText }, hugeText), secret: secretValue }), runs: 200 },
  ({ text, secret }) => {
    createRedactor({ values: [secret], environment: {} }).text(text);
  },
);

/** Linux gives a program no variable of more than 128 KiB. */
const variable = fc.oneof(
  hostileText,
  hugeText.map((text) => text.slice(0, 131_000)),
);

fuzz(
  'whatever the environment and the configuration of git hold, their secrets are found or there are none',
  {
    of: fc.record({
      environment: fc.dictionary(
        fc.oneof(hostileText, fc.constantFrom('MY_TOKEN', 'GIT_CONFIG_VALUE_0', 'X_HEADERS')),
        variable,
      ),
      text: fc.oneof(hostileText, hugeText),
    }),
    runs: 60,
  },
  ({ environment, text }) => {
    secretVariables(environment);
    gitExtraHeaderValues(`authorization: basic ${text}`);
    expect(createRedactor({ values: [], environment }).text('nothing secret')).toBe('nothing secret');
  },
);

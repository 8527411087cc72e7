import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Redactor } from '../../src/model/redactor.ts';
import { createRedactor, withheld } from '../../src/redaction/redaction.ts';
import { secretForms } from '../../src/redaction/secret-forms.ts';
import { gitExtraHeaderValues } from '../../src/redaction/secret-values.ts';
import { plainText } from '../../src/text/plain-text.ts';
import { runs } from '../rig/random-seed.ts';

function redactorOf(...values: readonly string[]): Redactor {
  return createRedactor({ values, environment: {} });
}

/** What comes out of a stream that is handed the pieces one by one. */
function streamed(redactor: Redactor, pieces: readonly Uint8Array[]): Buffer {
  const stream = redactor.stream();
  return Buffer.concat([...pieces.map((piece) => stream.push(piece)), stream.end()]);
}

/** Cuts bytes at the given places. */
function piecesOf(bytes: Buffer, places: readonly number[]): Buffer[] {
  const borders = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
}

function byteByByte(bytes: Buffer): Buffer[] {
  return Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
}

const secret = 'correct-horse "battery" & <staple>';

describe('a known secret', () => {
  test('is replaced wherever it stands', () => {
    expect(redactorOf('hunter2hunter2').text('a hunter2hunter2b, hunter2hunter2')).toBe('a ***b, ***');
  });

  test('is left alone below 8 bytes, where it would blank out ordinary words', () => {
    expect(redactorOf('seven77', 'exactly8').text('seven77 exactly8')).toBe('seven77 ***');
  });

  test('is measured in bytes, not in characters', () => {
    expect(redactorOf('ключ').text('ein ключ hier')).toBe('ein *** hier');
    expect(redactorOf('ключ').text('ключ')).toBe('***');
  });

  test('is found in every line that a multi-line secret has', () => {
    const redactor = redactorOf('first line of it\nsecond line of it\r\nshort');
    expect(redactor.text('x second line of it y')).toBe('x *** y');
    expect(redactor.text('first line of it\nsecond line of it\r\nshort')).not.toMatch(/line|short/u);
  });

  test('is found inside a longer one and beside one that it overlaps', () => {
    const redactor = redactorOf('abcdefgh12345678', '12345678zzzz', 'efgh1234');
    expect(redactor.text('abcdefgh12345678zzzz')).toBe('***');
    expect(redactor.text('abcdefgh12345678 efgh1234')).toBe('*** ***');
  });

  const json = JSON.stringify({ inner: JSON.stringify({ deepest: secret }) });
  const encodings: Readonly<Record<string, string>> = {
    'a JSON string': JSON.stringify(secret),
    'JSON in a JSON string': json,
    'a JSON string with escaped slashes and brackets': JSON.stringify(secret).replace(/[<>&]/gu, (found) => {
      return `\\u00${found.charCodeAt(0).toString(16)}`;
    }),
    'base64 of the secret alone': Buffer.from(secret).toString('base64'),
    'base64 behind one byte': Buffer.from(`:${secret}`).toString('base64'),
    'base64 behind two bytes': Buffer.from(`u:${secret}`).toString('base64'),
    base64url: Buffer.from(`user:${secret}`).toString('base64url'),
    hex: Buffer.from(secret).toString('hex'),
    'hex in capitals': Buffer.from(`:${secret}:`).toString('hex').toUpperCase(),
    'hex as xxd wraps it': (
      Buffer.from(secret.repeat(3))
        .toString('hex')
        .match(/.{1,60}/gu) ?? []
    ).join('\\n'),
    'a part of a URL': `https://host/?q=${encodeURIComponent(secret)}`,
    'a form': new URLSearchParams({ secret }).toString(),
    'XML text': secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    'an XML attribute': `"${secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}"`,
    'a double-quoted shell word': `"${secret.replace(/["\\$\x60]/gu, '\\$&')}"`,
  };
  for (const [name, encoded] of Object.entries(encodings)) {
    test(`is found in ${name}`, () => {
      const redacted = redactorOf(secret).text(`before ${encoded} after`);
      expect(redacted).toContain('***');
      expect(redacted).not.toMatch(/horse|battery|staple/u);
      expect(redacted).toMatch(/^before .* after$/u);
      // Only the characters that also depend on the neighbours of the secret may be left of base64.
      if (name.startsWith('hex')) expect(redacted).not.toMatch(/[0-9a-f]{8}/iu);
      if (name.startsWith('base64')) expect(redacted.length).toBeLessThan('before *** after'.length + 16);
    });
  }

  test('is found as the encoders of Go, Gson, PHP and .NET write JSON, as such and in JSON', () => {
    const value = `k+1<2&"it's"=3/é/\x60end`;
    const written = [
      `k+1\\u003c2\\u0026\\"it's\\"=3/é/\x60end`,
      `k+1\\u003c2\\u0026\\"it\\u0027s\\"\\u003d3/é/\x60end`,
      `k+1<2&\\"it's\\"=3\\/\\u00e9\\/\x60end`,
      'k\\u002B1\\u003C2\\u0026\\u0022it\\u0027s\\u0022=3/\\u00E9/\\u0060end',
    ];
    for (const form of written) {
      expect(JSON.parse(`"${form}"`)).toBe(value);
      expect(redactorOf(value).text(`{"x": "${form}"}`)).toMatch(/^\{"x": "[*"\\]+"\}$/u);
      expect(redactorOf(value).text(JSON.stringify(form))).not.toContain('end');
    }
  });

  test('is found in JSON in a JSON string when only JSON escapes what is in it', () => {
    const bell = 'a secret with \u0007 in it';
    const redacted = redactorOf(bell).text(JSON.stringify(JSON.stringify({ bell })));
    expect(JSON.parse(JSON.parse(redacted))).toEqual({ bell: '***' });
  });

  test('is found as a shell quotes it', () => {
    const words = `it's the $HOME; of\tus`;
    const printed = execFileSync('bash', ['-c', 'printf %q "$1"', '-', words]).toString();
    for (const quoted of [printed, `'it'\\''s the $HOME; of\tus'`, `"it's the \\$HOME; of\tus"`]) {
      expect(redactorOf(words).text(`x=${quoted}`)).toMatch(/^x=\$?['"]?\*\*\*['"]?$/u);
    }
  });

  test('is found in base64 that is wrapped at 76 and at 64 columns', () => {
    const long = 'k'.repeat(50) + 'q'.repeat(60) + '0123456789'.repeat(6);
    for (const width of [76, 64]) {
      const wrapped = Buffer.from(long)
        .toString('base64')
        .replace(new RegExp(`.{${width}}`, 'gu'), '$&\n');
      expect(redactorOf(long).text(wrapped).replaceAll('\n', '')).toMatch(/^(\*\*\*)+.{0,4}$/u);
    }
  });

  test('is found where terminal sequences stand in it, for people are shown it without them', () => {
    const redactor = redactorOf('hunter2hunter2');
    for (const inside of [
      'hunter2\x1b[1;31m\x1b[Khunter2',
      'hu\x1b]8;;https://x\x07nter2hunter\x1b[m2',
      'hunter2\x9b0mhunter2',
    ])
      expect(redactor.payload({ text: `a ${inside} b` })).toEqual({ text: 'a *** b' });
    expect(redactor.text('\x1b[1mnothing\x1b[m hidden')).toBe('\x1b[1mnothing\x1b[m hidden');
  });

  test('is found with anything in it that is removed before people see it, however it is cut', () => {
    const redactor = redactorOf('hunter2hunter2');
    const text = fc.string({ unit: fc.constantFrom(...'0;:x?', 'é', ' '), maxLength: 12 });
    const sequence = fc.oneof(
      text.map((title) => `\x1b]0;${title}\x07`),
      text.map((link) => `\x1b]8;;${link}\x1b\\`),
      fc.tuple(fc.constantFrom(...'PX^_'), text).map(([kind, inner]) => `\x1b${kind}${inner}\x1b\\`),
      fc.stringMatching(/^\x1b\[[0-?]{0,9}[!#-/]{0,3}[@-~]$/),
      fc.stringMatching(/^\x9b[0-?]{0,9}[!#-/]{0,3}[@-~]$/),
      fc.stringMatching(/^\x1b[!#-/]{0,3}[0-OQ-WYZ\\`-~]$/),
      fc.constantFrom('\x1b7', '\x1b8', '\x1bc', '\x1b(B', '\x1b#8', '\b', '\r', '\x1b[\\'),
    );
    fc.assert(
      fc.property(
        fc.array(sequence, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 13 }),
        (parts, place) => {
          const hidden = `a ${'hunter2hunter2'.slice(0, place)}${parts.join('')}${'hunter2hunter2'.slice(place)} b`;
          expect(redactor.text(hidden)).toBe('a *** b');
          expect(streamed(redactor, byteByByte(Buffer.from(hidden))).toString()).toBe('a *** b');
          expect(streamed(redactor, [Buffer.from(hidden)]).toString()).toBe('a *** b');
        },
      ),
      { numRuns: runs(75) },
    );
  });

  test('is not made whole by removing what a terminal would not take for one sequence', () => {
    const odd = ['\x1b[1 2m', `\x1b]${'x'.repeat(2_000)}\x07`, '\x1b]0;no end', '\x1b', `\x1b[${'1;'.repeat(60)}m`];
    for (const inside of odd)
      expect(plainText(redactorOf('hunter2hunter2').text(`hunter2${inside}hunter2`))).not.toContain('hunter2hunter2');
  });

  test('of 128 KiB costs little, and is found line by line', () => {
    const oneLine = Array.from({ length: 18_000 }, (_, index) => `/+=${index}`)
      .join('')
      .slice(0, 131_071);
    const lines = oneLine.match(/.{1,64}/gu) ?? [];
    for (const secret of [oneLine, lines.join('\n')]) {
      const lengths = secretForms(secret).map((form) => form.length);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(16 * secret.length);
    }
    const redactor = redactorOf(lines.join('\n'));
    expect(redactor.text(`a ${lines[1_000]} b`)).toBe('a *** b');
    expect(JSON.parse(redactor.text(JSON.stringify({ secret: lines.join('\n') })))).toEqual({
      secret: expect.stringMatching(/^[*\n]+$/u),
    });
    expect(redactorOf(oneLine).text(`a ${oneLine} b`)).toBe('a *** b');
  });

  test('is found in the strings, numbers and keys of data of others, which stays JSON', () => {
    const data = { list: [{ text: 'hunter2hunter2' }, 7, null, true, 867530912, 1.86753091], hunter2hunter2: 1 };
    expect(redactorOf('hunter2hunter2', '86753091').payload(data)).toEqual({
      list: [{ text: '***' }, 7, null, true, '***', '***'],
      '***': 1,
    });
    expect(data.list[0]).toEqual({ text: 'hunter2hunter2' });
  });
});

describe('the environment', () => {
  const environment = {
    MY_TOKEN: 'value-of-a-token',
    DB_PASSWORD: 'value-of-a-password',
    CLIENT_SECRET_2: 'value-of-a-secret',
    'INPUT_ANTHROPIC-API-KEY': 'value-of-an-input',
    APIKEY: 'value-of-apikey',
    DEPLOY_PRIVATE_KEY: 'value-of-a-private-key',
    AWS_CREDENTIALS: 'value-of-a-credential',
    ACTIONS_RUNTIME_TOKEN: 'value-of-the-runtime-token',
    PLAIN: 'value-of-nothing-much',
    SHORT_TOKEN: 'short',
    EMPTY_TOKEN: '',
    GONE_TOKEN: undefined,
  };

  test('gives up the values of variables whose names say that they are secret, and no others', () => {
    const redactor = createRedactor({ values: [], environment });
    for (const [name, value] of Object.entries(environment)) {
      if (value === undefined || value === '') continue;
      const isPublic = name === 'PLAIN' || name === 'SHORT_TOKEN';
      expect([name, redactor.text(`<${value}>`)]).toEqual([name, isPublic ? `<${value}>` : '<***>']);
    }
  });

  test("gives up git's extra header and the token in it", () => {
    const basic = Buffer.from('x-access-token:an-opaque-token-of-git').toString('base64');
    const redactor = createRedactor({
      values: [],
      environment: {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'http.https://github.com/.extraheader',
        GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
      },
    });
    expect(redactor.text(`a ${basic} b an-opaque-token-of-git c`)).toBe('a *** b *** c');
    expect(redactor.text('GIT_CONFIG_KEY_0=http.https://github.com/.extraheader')).toContain('extraheader');
  });

  test("gives up the keys in the CLI's custom headers", () => {
    const environment = { ANTHROPIC_CUSTOM_HEADERS: 'X-Api-Key: gateway-key-value\nX-Team: the-review-team' };
    expect(createRedactor({ values: [], environment }).text('gateway-key-value the-review-team')).toBe(
      '*** the-review-team',
    );
  });
});

test('the credentials in a git configuration file are read as actions/checkout writes them', () => {
  const basic = Buffer.from('x-access-token:ghs_0123456789').toString('base64');
  const config = `[core]\n\tbare = false\n[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${basic}\n[gc]\n\tauto = 0\n`;
  expect(gitExtraHeaderValues(config)).toEqual([basic, 'ghs_0123456789']);
  expect(gitExtraHeaderValues('[core]\n\tbare = false\n')).toEqual([]);
});

describe('a token of a well-known shape', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const jwt = 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiIxMjM0NSJ9.c2lnbmF0dXJl-_X';
  const tokens: Readonly<Record<string, string>> = {
    Anthropic: `sk-ant-api03-${letters.slice(0, 40)}-_AA`,
    'GitHub, personal': `ghp_${letters.slice(0, 36)}`,
    'GitHub, OAuth': `gho_${letters.slice(0, 36)}`,
    'GitHub, user to server': `ghu_${letters}${letters}`,
    'GitHub, installation': `ghs_${letters.slice(0, 36)}`,
    'GitHub, installation, as a JWT': `ghs_123456_${jwt}`,
    'GitHub, refresh': `ghr_${letters.slice(0, 40)}`,
    'GitHub, fine-grained': `github_pat_${letters.slice(0, 22)}_${letters.slice(0, 59)}`,
    'AWS key id': 'AKIAIOSFODNN7EXAMPLE',
    'AWS temporary key id': 'ASIAIOSFODNN7EXAMPLE',
    npm: `npm_${letters.slice(0, 36)}`,
    Slack: 'xoxb-123456789012-1234567890123-AbCdEfGh',
    'Slack, app': `xapp-1-A0123456789-1234567890123-${letters}`,
    'Slack, workflow': `xwfp-${letters}`,
    JWT: jwt,
  };
  for (const [name, token] of Object.entries(tokens)) {
    test(`is found without being known: ${name}`, () => {
      const redactor = redactorOf();
      expect(redactor.text(`see ${token}. Done`)).toBe('see ***. Done');
      expect(redactor.text(JSON.stringify({ a: `\n${token}\n`, b: token }))).toBe('{"a":"\\n***\\n","b":"***"}');
      expect(redactor.text(token)).toBe('***');
      expect(streamed(redactor, byteByByte(Buffer.from(`"${token}"`))).toString()).toBe('"***"');
    });
  }

  test('is found as an AWS secret key only where it is called one', () => {
    const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const redactor = redactorOf();
    expect(redactor.text(`aws_secret_access_key = ${key}\n`)).toBe('aws_secret_access_key = ***\n');
    expect(redactor.text(`{"SecretAccessKey":"${key}"}`)).toBe('{"SecretAccessKey":"***"}');
    expect(redactor.text(JSON.stringify(`{"SecretAccessKey": "${key}"}`))).not.toContain(key);
    expect(redactor.text(`AWS_SECRET_ACCESS_KEY=${key}`)).toBe('AWS_SECRET_ACCESS_KEY=***');
    expect(redactor.text(`sha ${key}`)).toBe(`sha ${key}`);
    const token = `IQoJb3JpZ2luX2Vj/+${key.repeat(6)}==`;
    for (const name of ['AWS_SESSION_TOKEN=', 'aws_session_token = ', '"SessionToken": "'])
      expect(streamed(redactor, byteByByte(Buffer.from(`${name}${token}" x`))).toString()).toBe(`${name}***" x`);
    expect(redactor.text('the session_token: a short word')).toBe('the session_token: a short word');
  });

  test('hides a private key that a tool shows with numbers or marks before its lines', () => {
    const key =
      randomBytes(150)
        .toString('base64')
        .match(/.{1,64}/gu) ?? [];
    const file = ['-----BEGIN PRIVATE KEY-----', ...key, '-----END PRIVATE KEY-----', 'the next line'];
    const starts = [
      (line: number) => `${String(line).padStart(6)}\t`,
      (line: number) => `${String(line).padStart(6)}→`,
      (line: number) => `${line}:`,
      (line: number) => `./keys/id_rsa:${line}:`,
      (line: number) => `./keys/id_rsa-${line}-`,
      () => '> ',
      () => '+',
      () => '| ',
      () => ' * ',
      () => '# ',
    ];
    for (const start of starts) {
      const shown = file.map((line, index) => `${start(index + 998)}${line}`).join('\n');
      for (const text of [
        shown,
        JSON.stringify({ content: shown }),
        JSON.stringify(JSON.stringify({ content: shown })),
      ]) {
        const redacted = redactorOf().text(text);
        for (const line of key) expect(redacted).not.toContain(line);
        expect(redacted).toContain('the next line');
      }
    }
  });

  test('is found as the block of a private key, however its lines are parted', () => {
    const lines = [letters, `${letters}+/`, `${letters.slice(0, 20)}==`];
    const block = `-----BEGIN RSA PRIVATE KEY-----\n${lines.join('\n')}\n-----END RSA PRIVATE KEY-----\n`;
    const redactor = redactorOf();
    for (const text of [
      block,
      block.replaceAll('\n', '\r\n'),
      JSON.stringify({ block }),
      JSON.stringify(JSON.stringify(block)),
    ]) {
      for (const redacted of [redactor.text(text), streamed(redactor, byteByByte(Buffer.from(text))).toString()]) {
        expect(redacted).not.toMatch(/[A-Za-z0-9+/]{20}/u);
        expect(redacted).toMatch(/BEGIN RSA PRIVATE KEY-----.*-----END RSA PRIVATE KEY/su);
      }
    }
    expect(JSON.parse(redactor.text(JSON.stringify({ block, next: 1 })))).toHaveProperty('next', 1);
  });

  test('is not seen in what only looks like the beginning of one', () => {
    const harmless = [
      "if (text.startsWith('-----BEGIN PRIVATE KEY-----')) return 'sk-ant-' + key;",
      'a line with -----BEGIN PRIVATE KEY----- and prose behind it',
      'ghp_short npm_config_registry eyJhbGci.short AKIAIOSFODNN7 xoxb-1 github_pat_x',
      'const eyJoyful = thing.prototype.something; // eyJeyJeyJeyJ',
    ];
    const redactor = redactorOf();
    for (const text of harmless) expect(redactor.text(text)).toBe(text);
    for (const text of harmless) expect(streamed(redactor, byteByByte(Buffer.from(text))).toString()).toBe(text);
  });
});

describe('a stream', () => {
  test('passes bytes that are no secret exactly, also those that are not UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(400), { maxLength: 8 }), (bytes, places) => {
        const whole = Buffer.from(bytes);
        expect(streamed(redactorOf('hunter2hunter2'), piecesOf(whole, places)).equals(whole)).toBe(true);
      }),
    );
  });

  test('gives the same bytes however they are cut, and none of the secrets in them', () => {
    const values = fc.array(fc.string({ unit: 'grapheme', minLength: 8, maxLength: 60 }), {
      minLength: 1,
      maxLength: 4,
    });
    const units = [...'ab"\\\n{}:,u0041n é😀=%&', '\x1b[m', '\x1b', '\\u001b['];
    const filler = fc.string({ unit: fc.constantFrom(...units), maxLength: 12 });
    const encode = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => JSON.stringify(text),
      (text) => JSON.stringify(JSON.stringify(text)),
      (text) => Buffer.from(`xy${text}z`).toString('base64'),
      (text) => encodeURIComponent(text.toWellFormed()),
    );
    const parts = fc.array(fc.record({ filler, encode, pick: fc.nat(3) }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(values, parts, fc.array(fc.nat(10_000), { maxLength: 12 }), (secrets, text, places) => {
        const redactor = redactorOf(...secrets);
        const known = secrets.map((value) => value.trim()).filter((value) => Buffer.byteLength(value) >= 8);
        const whole = Buffer.from(
          text.map((part) => part.filler + part.encode(secrets[part.pick % secrets.length] ?? '')).join(''),
        );
        const once = redactor.text(whole.toString());
        expect(streamed(redactor, piecesOf(whole, places)).toString()).toBe(once);
        expect(streamed(redactor, byteByByte(whole)).toString()).toBe(once);
        for (const value of known) expect(once.includes(value)).toBe(false);
      }),
      { numRuns: runs(20) },
    );
  });

  test('finds a secret with colours in it, as such and in JSON, however it is cut', () => {
    const redactor = redactorOf('hunter2hunter2', 'correct-horse-staple', 'battery\\horse', '\\umbrella-stand');
    const coloured = [
      'hunter2\x1b[01;31m\x1b[Khunter\x1b[m2',
      'correct\x1b[1m-horse-\x1b[0mstaple',
      'correct\x1b[1m-horse-\x1b(B\x1b[mstaple',
      // Backslashes of the secret's own, before those of an escaped colour, and before a `u`.
      'battery\\\x1b[1mhorse',
      '\\u\x1b[1mmbrella-stand',
    ];
    for (const hidden of coloured) {
      for (const text of [hidden, JSON.stringify(hidden), JSON.stringify(JSON.stringify({ hidden }))]) {
        const redacted = redactor.text(`a ${text} b`);
        expect(redacted).toMatch(/^a [^a-z]*(hidden)?[^a-z]*\*\*\*[^a-z]* b$/u);
        expect(streamed(redactor, [Buffer.from(`a ${text} b`)]).toString()).toBe(redacted);
        const bytes = Buffer.from(`a ${text} b`);
        expect(streamed(redactor, byteByByte(bytes)).toString()).toBe(redacted);
        for (const place of bytes.keys()) {
          expect(streamed(redactor, piecesOf(bytes, [place])).toString()).toBe(redacted);
        }
      }
    }
  });

  test('finds a secret anywhere in wrapped base64, as such and in JSON, however it is cut', () => {
    const secret = 'an-api-key-0123456789';
    const redactor = redactorOf(secret);
    const parts = fc.tuple(fc.nat(200), fc.constantFrom(64, 76), fc.constantFrom('\n', '\r\n'), fc.nat(2));
    fc.assert(
      fc.property(parts, fc.array(fc.nat(1_000), { maxLength: 6 }), ([before, width, end, json], places) => {
        const lines = (text: string): string => text.replace(new RegExp(`.{${width}}`, 'gu'), `$&${end}`);
        const encoded = (text: string): string => Buffer.from(text).toString('base64');
        let text = lines(encoded(`${'x'.repeat(before)}${secret}${'y'.repeat(50)}`));
        for (let depth = 0; depth < json; depth += 1) text = JSON.stringify(text);
        const redacted = redactor.text(text);
        // What is left of the secret are the bits that it shares with its neighbours.
        const left = redacted.replaceAll(/[\r\n"]|\\+[nr]/gu, '').split(/(?:\*\*\*)+/u);
        expect(left).toHaveLength(2);
        expect(left.join('').length).toBeLessThanOrEqual(encoded(`${'x'.repeat(before + 50)}123456`).length);
        expect(streamed(redactor, piecesOf(Buffer.from(text), places)).toString()).toBe(redacted);
      }),
      { numRuns: runs(50) },
    );
  });

  test('leaves every line of JSON a line of JSON', () => {
    const value = fc.string({ unit: fc.constantFrom(...'abn"\\/u0041\n\té😀{}[]:, '), minLength: 8, maxLength: 24 });
    const text = fc.string({ unit: fc.constantFrom(...'abn"\\/u0041\n\té😀{}[]:, '), maxLength: 40 });
    fc.assert(
      fc.property(value, text, text, (hidden, before, after) => {
        const message = { type: 'text', text: `${before}${hidden}${after}`, list: [before, { hidden }], last: 1 };
        const line = `${JSON.stringify(message)}\n`;
        const redacted = redactorOf(hidden).text(line);
        expect(redacted.split('\n')).toHaveLength(2);
        expect(JSON.parse(redacted)).toMatchObject({ last: 1 });
      }),
      { numRuns: runs(50) },
    );
  });

  test('leaves JSON valid when a secret is itself a piece of JSON that the line holds', () => {
    const hidden = '{"type": "service_account", "key": "abc"}';
    const redacted = redactorOf(hidden).text(`{"a":1,"input":${hidden},"z":2}\n`);
    expect(redacted).not.toContain('service_account');
    expect(JSON.parse(redacted)).toMatchObject({ a: 1, z: 2 });
  });

  test('does not make another escape of what stands behind a backslash', () => {
    expect(redactorOf('npassword').text('{"a":"x\\npassword"}')).toBe('{"a":"x\\n***"}');
    expect(redactorOf('0041secret').text('{"a":"\\u0041secret"}')).toBe('{"a":"\\u0041***"}');
    expect(redactorOf('password\\').text('{"a":"password\\"","b":1}')).toBe('{"a":"***\\"","b":1}');
    expect(redactorOf('npassword').text('{"a":"x\\\\npassword"}')).toBe('{"a":"x\\\\***"}');
  });

  test('holds nothing back at the end of a line, and never more than a secret is long', () => {
    const stream = redactorOf('hunter2hunter2').stream();
    expect(Buffer.from(stream.push(Buffer.from('{"a":"hunter"}\n'))).toString()).toBe('{"a":"hunter"}\n');
    expect(stream.push(Buffer.from('z'.repeat(1_000))).length).toBe(1_000);
    expect(Buffer.from(stream.push(Buffer.from('the key: hunter2hunter2'))).toString()).toBe('the key: ***');
    expect(Buffer.from(stream.push(Buffer.from('abc hunter2hunt'))).toString()).toBe('abc ');
    expect(Buffer.from(stream.push(Buffer.from('!'))).toString()).toBe('hunter2hunt!');
    expect(stream.end().length).toBe(0);
  });

  test('may be handed the same buffer again and again', () => {
    const stream = redactorOf('hunter2hunter2').stream();
    const buffer = Buffer.alloc(4);
    const out: string[] = [];
    for (const piece of ['!hun', 'ters', 'abhu', 'nter', '2hun', 'ter2', 'zzzz']) {
      buffer.write(piece);
      out.push(Buffer.from(stream.push(buffer)).toString());
    }
    expect(out.join('')).toBe('!huntersab***zzzz');
  });
});

describe('when redaction fails', () => {
  const unreadable = Symbol('no text') as unknown as string;

  test('a text is withheld', () => {
    expect(redactorOf().text(unreadable)).toBe(withheld);
  });

  test('data too deep to follow is withheld, not passed on', () => {
    let deep: unknown = 'hunter2hunter2';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    const redacted = JSON.stringify(redactorOf('hunter2hunter2').payload({ kept: 'yes', deep }));
    expect(redacted).toContain('"kept":"yes"');
    expect(redacted).toContain(withheld);
    expect(redacted).not.toContain('hunter2');
  });

  test('the rest of a stream is withheld', () => {
    const stream = redactorOf('hunter2hunter2').stream();
    stream.push(Buffer.from('before hunter'));
    expect(Buffer.from(stream.push(unreadable as unknown as Uint8Array)).toString()).toBe(withheld);
    expect(stream.push(Buffer.from('2hunter2')).length).toBe(0);
    expect(stream.end().length).toBe(0);
  });
});

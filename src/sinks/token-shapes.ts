import { type Alphabet, alphabetOf, byteOf, type ScannedBytes, wordAlphabet } from './alphabet.ts';

/** What the bytes behind a shape's prefix turn out to be. */
export type Extent =
  | { readonly kind: 'none' }
  /** The bytes end before it can be told. */
  | { readonly kind: 'unfinished' }
  /** A secret from `start` to `end`; `open` when it may go on in the bytes that come next. */
  | { readonly kind: 'secret'; readonly start: number; readonly end: number; readonly open: boolean };

/** Where a secret ends, as far as its bytes are here. */
export interface SecretEnd {
  readonly end: number;
  readonly open: boolean;
}

/** A kind of token that is known by how it looks, whoever issued it. */
export interface TokenShape {
  readonly prefixes: readonly string[];
  /** Judges what follows a prefix that stands from `start` to `at`. */
  measure(bytes: ScannedBytes, prefix: { readonly start: number; readonly at: number }): Extent;
  /** Where a secret that goes on at `at` ends. */
  extend(bytes: ScannedBytes, at: number): SecretEnd;
}

/**
 * What may stand before each line of a key: its number and a tab or an arrow, as Claude's Read tool shows a file (the arrow in UTF-8),
 * or a colon, as `grep` does; the marks of a quotation, a comment, a difference or a table.
 */
const lineMarks = '0123456789 \t>|+:*#\xe2\x86\x92';

/** The well-known shapes, with the least lengths that their issuers document. */
export const tokenShapes: readonly TokenShape[] = [
  run({ prefixes: ['sk-ant-'], alphabet: wordAlphabet('-_'), minimum: 20 }),
  run({ prefixes: ['ghp_', 'gho_', 'ghu_', 'ghr_'], alphabet: wordAlphabet('_'), minimum: 36 }),
  // Since 2026 an installation's token may be a JWT behind the number of its app:
  // https://github.blog/changelog/2026-05-15-github-app-installation-tokens-per-request-override-header/
  run({ prefixes: ['ghs_'], alphabet: wordAlphabet('._-'), minimum: 36 }),
  run({ prefixes: ['github_pat_'], alphabet: wordAlphabet('_'), minimum: 22 }),
  run({ prefixes: ['AKIA', 'ASIA'], alphabet: alphabetOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'), minimum: 16 }),
  run({ prefixes: ['npm_'], alphabet: wordAlphabet(''), minimum: 36 }),
  // Beside xoxb and its like, Slack has tokens of apps and of workflows: https://docs.slack.dev/authentication/tokens
  run({
    prefixes: [...[...'abcdeoprs'].map((kind) => `xox${kind}-`), 'xapp-', 'xwfp-'],
    alphabet: wordAlphabet('-'),
    minimum: 10,
  }),
  jsonWebToken(),
  awsSecretKey(),
  awsSessionToken(),
  privateKeyBlock(),
];

interface Run {
  readonly prefixes: readonly string[];
  readonly alphabet: Alphabet;
  readonly minimum: number;
}

/** A prefix and at least so many characters of one alphabet; a full stop that ends a sentence is none of them. */
function run({ prefixes, alphabet, minimum }: Run): TokenShape {
  const extend = (bytes: ScannedBytes, at: number): SecretEnd => {
    const runEnd = bytes.runEnd(alphabet, at);
    let end = runEnd;
    while (end > at && bytes.data[end - 1] === byteOf('.')) end -= 1;
    return { end, open: runEnd === bytes.data.length && !bytes.final };
  };
  return {
    prefixes,
    measure(bytes, { start, at }) {
      const { end, open } = extend(bytes, at);
      if (end - at < minimum) return { kind: open ? 'unfinished' : 'none' };
      return { kind: 'secret', start, end, open };
    },
    extend,
  };
}

/** A header may hold a chain of certificates; what goes on for longer without a full stop is no token. */
const longestJwtHeader = 4_096;
const leastJwtPart = 8;

/** Header, payload and signature, parted by full stops (RFC 7519); `eyJ` is what `{"` becomes in base64. */
function jsonWebToken(): TokenShape {
  const part = wordAlphabet('-_');
  const whole = run({ prefixes: ['eyJ'], alphabet: wordAlphabet('-_.'), minimum: 0 });
  return {
    ...whole,
    measure(bytes, prefix) {
      const dot = bytes.runEnd(part, prefix.at);
      const isPart = dot === bytes.data.length || bytes.data[dot] === byteOf('.');
      if (!isPart || dot - prefix.at > longestJwtHeader) return { kind: 'none' };
      const payloadEnd = bytes.shortRunEnd(part, { from: dot + 1, most: leastJwtPart });
      const isLongEnough = payloadEnd - dot > leastJwtPart;
      if (!isLongEnough && payloadEnd >= bytes.data.length && !bytes.final) return { kind: 'unfinished' };
      const isToken = isLongEnough && dot - prefix.at >= leastJwtPart;
      return isToken ? whole.measure(bytes, prefix) : { kind: 'none' };
    },
  };
}

const awsSecretLength = 40;
const longestSeparator = 12;

/** What stands between a name and its value, in a shell, a configuration file or JSON. */
const separators = alphabetOf(' \t"\'\\:=>');

/** An AWS secret key looks like any base64, so only one that is called so is taken for one. */
function awsSecretKey(): TokenShape {
  const letters = wordAlphabet('/+');
  return {
    prefixes: ['secret_access_key', 'SECRET_ACCESS_KEY', 'secretAccessKey', 'SecretAccessKey'],
    measure(bytes, { at }) {
      const start = bytes.shortRunEnd(separators, { from: at, most: longestSeparator });
      const end = bytes.shortRunEnd(letters, { from: start, most: awsSecretLength + 1 });
      if (end === bytes.data.length && end - start <= awsSecretLength && !bytes.final) return { kind: 'unfinished' };
      if (start === at || end - start !== awsSecretLength) return { kind: 'none' };
      return { kind: 'secret', start, end, open: false };
    },
    extend: (_bytes, at) => ({ end: at, open: false }),
  };
}

/** AWS promises no length; those in use have several hundred characters. */
const leastSessionToken = 100;

/** The token that goes with a temporary key; it, too, is known by its name only. */
function awsSessionToken(): TokenShape {
  const { extend } = run({ prefixes: [], alphabet: wordAlphabet('/+='), minimum: 0 });
  return {
    prefixes: ['session_token', 'SESSION_TOKEN', 'sessionToken', 'SessionToken'],
    measure(bytes, { at }) {
      const start = bytes.shortRunEnd(separators, { from: at, most: longestSeparator });
      const { end, open } = extend(bytes, start);
      if (end - start < leastSessionToken) return { kind: open ? 'unfinished' : 'none' };
      return start === at ? { kind: 'none' } : { kind: 'secret', start, end, open };
    },
    extend,
  };
}

/** Every line of a key but its last is longer; prose about keys has no word that long. */
const leastKeyWord = 16;

/** A line end and the marks before the next line, escaped or not. */
const longestLineStart = 32;

/** What stands below `-----BEGIN PRIVATE KEY-----`, be its line feeds real or the escapes of a string. */
function privateKeyBlock(): TokenShape {
  const kinds = ['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED '].map((kind) => `${kind}PRIVATE KEY`);
  // Also the path of its file, which `grep` puts before a line.
  const word = wordAlphabet('+/=-._');
  const lineStart = alphabetOf(`${lineMarks}\r\n\\nrt`);
  return {
    prefixes: [...kinds, 'PGP PRIVATE KEY BLOCK'].map((kind) => `-----BEGIN ${kind}-----`),
    measure(bytes, { at }) {
      const start = bytes.shortRunEnd(lineStart, { from: at, most: longestLineStart });
      const end = bytes.shortRunEnd(word, { from: start, most: leastKeyWord });
      if (end === bytes.data.length && !bytes.final) return { kind: 'unfinished' };
      const isHeaderLine = end > start && bytes.data[end] === byteOf(':');
      if (end - start < leastKeyWord && !isHeaderLine) return { kind: 'none' };
      return { kind: 'secret', start: at, ...keyBlockEnd(bytes, at) };
    },
    extend: keyBlockEnd,
  };
}

const keyText = wordAlphabet(`+/=-_,.()\r\n${lineMarks}`);

/** Goes on to the five dashes of the closing line, or to the first character that no key block holds. */
function keyBlockEnd({ data, final }: ScannedBytes, at: number): SecretEnd {
  let end = at;
  while (end < data.length) {
    const length = keyTextLength(data, end);
    if (length === 0) return { end, open: false };
    if (end + length > data.length) return { end: final ? data.length : end, open: !final };
    end += length;
  }
  return { end, open: !final };
}

/** The length of what a key block may go on with at `at`; past the end of the bytes when they do not tell. */
function keyTextLength(data: Uint8Array, at: number): number {
  const byte = data[at] as number;
  if (byte === byteOf('\\')) return escapeLength(data, at);
  return byte === byteOf('-') ? dashLength(data, at) : (keyText[byte] as number);
}

const escapedInKey = alphabetOf('nrt/');

/** Far more than any nesting of strings in strings needs. */
const mostBackslashes = 64;

/** The length of the escape of a line feed or a tab at `at`, escaped any number of times itself; 0 for the escape of anything else. */
function escapeLength(data: Uint8Array, at: number): number {
  let letter = at;
  while (data[letter] === byteOf('\\')) letter += 1;
  const byte = data[letter];
  const mayFollow = byte === undefined || escapedInKey[byte] === 1;
  return mayFollow && letter - at <= mostBackslashes ? letter - at + 1 : 0;
}

/** 1 for a dash in the text, 0 for the five that close a block; past the end of the bytes when they do not tell. */
function dashLength(data: Uint8Array, at: number): number {
  for (let next = at + 1; next < at + 5; next += 1) {
    if (next >= data.length) return 5;
    if (data[next] !== byteOf('-')) return 1;
  }
  return 0;
}

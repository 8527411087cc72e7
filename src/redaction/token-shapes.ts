import { type Alphabet, alphabetOf, byteOf, wordAlphabet } from '../text/alphabet.ts';
import { issuedTokens, openAiKey, sendGridKey } from './issued-tokens.ts';
import { encodedPrivateKey, privateKeyBlock } from './private-key.ts';
import { run } from './token-run.ts';
import type { TokenShape } from './token-shape.ts';

/** The well-known shapes, with the minimum lengths that their issuers document. */
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
  ...issuedTokens,
  openAiKey(),
  sendGridKey(),
  awsSecretKey(),
  awsSessionToken(),
  twilioToken(),
  privateKeyBlock(),
  encodedPrivateKey(),
];

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

const longestSeparator = 12;

/** Separators between a name and its value, in a shell, a configuration file or JSON. */
const separators = alphabetOf(' \t"\'\\:=>');

/** An AWS secret key looks like any base64, so only one that is called so is taken for one. */
function awsSecretKey(): TokenShape {
  return named({
    names: ['secret_access_key', 'SECRET_ACCESS_KEY', 'secretAccessKey', 'SecretAccessKey'],
    letters: wordAlphabet('/+'),
    length: 40,
  });
}

/** Twilio's tokens look like any hash. */
function twilioToken(): TokenShape {
  return named({
    names: ['TWILIO_AUTH_TOKEN', 'twilio_auth_token', 'TWILIO_API_KEY_SECRET', 'TWILIO_API_SECRET'],
    letters: wordAlphabet(''),
    length: 32,
  });
}

interface Named {
  readonly names: readonly string[];
  readonly letters: Alphabet;
  readonly length: number;
}

/** Exactly `length` characters after one of these names. */
function named({ names, letters, length }: Named): TokenShape {
  return {
    prefixes: names,
    measure(bytes, { at }) {
      const start = bytes.shortRunEnd(separators, { from: at, most: longestSeparator });
      const end = bytes.shortRunEnd(letters, { from: start, most: length + 1 });
      if (end === bytes.data.length && end - start <= length && !bytes.final) return { kind: 'unfinished' };
      if (start === at || end - start !== length) return { kind: 'none' };
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

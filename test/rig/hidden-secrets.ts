import { Buffer } from 'node:buffer';

/** What a tool may do to a secret before it prints it, and what of that must not be found afterwards. */
export interface Disguise {
  readonly name: string;
  /** What is printed. */
  readonly printed: (secret: string) => string;
  /** The parts of it that would give the secret away; by default all of it. */
  readonly telling?: (secret: string) => readonly string[];
}

const base64At = (shift: number, kind: 'base64' | 'base64url'): Disguise => ({
  name: `${kind} behind ${shift} bytes`,
  printed: (secret) => Buffer.from(`${'#'.repeat(shift)}${secret} and more`).toString(kind),
  // Of the bytes that the first and the last characters stand for, some are not the secret's.
  telling: (secret) => [
    Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)])
      .toString(kind)
      .slice(shift === 0 ? 0 : 4, -4),
  ],
});

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const entityOf = (character: string): string => entities[character] ?? character;

/** The disguises that promises.md (T4) names. */
export const disguises: readonly Disguise[] = [
  { name: 'as it is', printed: (secret) => secret },
  { name: 'line by line', printed: (secret) => secret.replaceAll('\n', '\n  > '), telling: linesOf },
  ...[0, 1, 2].flatMap((shift) => [base64At(shift, 'base64'), base64At(shift, 'base64url')]),
  { name: 'hex', printed: (secret) => Buffer.from(secret).toString('hex') },
  { name: 'URL', printed: encodeURIComponent },
  { name: 'form', printed: (secret) => new URLSearchParams({ x: secret }).toString().slice(2) },
  { name: 'JSON', printed: (secret) => JSON.stringify({ secret }), telling: (secret) => [JSON.stringify(secret)] },
  {
    name: 'JSON in JSON',
    printed: (secret) => JSON.stringify(JSON.stringify(secret)),
    telling: (secret) => [JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  },
  { name: 'XML', printed: (secret) => secret.replace(/[&<>"']/g, entityOf) },
  { name: 'XML with bare apostrophes', printed: (secret) => secret.replace(/[&<>"]/g, entityOf) },
  { name: 'a word of a shell', printed: (secret) => `'${secret.replaceAll("'", `'\\''`)}'` },
  {
    name: 'between the double quotes of a shell',
    printed: (secret) => `"${secret.replaceAll(/["\\$`]/g, '\\$&')}"`,
    telling: (secret) => [secret.replaceAll(/["\\$`]/g, '\\$&')],
  },
];

/** The lines of a secret that are secrets themselves. */
export function linesOf(secret: string): readonly string[] {
  return secret.split('\n').filter((line) => line.length >= 8 && !line.startsWith('-----'));
}

/** A secret of random characters, among them those that encodings change. */
export function inventedSecret(random: (most: number) => number, lines = 1): string {
  const alphabet = `abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=&<>"'$%é!?:;@#~`;
  const letters = Array.from(alphabet);
  const line = (): string =>
    `k${Array.from({ length: 15 + random(25) }, () => letters[random(letters.length)]).join('')}k`;
  return Array.from({ length: lines }, line).join('\n');
}

/** Tokens that were not declared as secrets, one of each well-known shape. */
export function strangersTokens(random: (most: number) => number): readonly string[] {
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
  const upper = letters.filter((letter) => !/[a-z]/.test(letter));
  const some = (count: number, from = letters): string =>
    Array.from({ length: count }, () => from[random(from.length)]).join('');
  const jwt = `eyJ${some(30)}.eyJ${some(60)}.${some(43)}`;
  const key = Array.from({ length: 6 }, () => some(64)).join('\n');
  return [
    `sk-ant-api03-${some(93)}-${some(6)}AA`,
    ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((kind) => `${kind}_${some(36)}`),
    `ghs_${random(9_999_999)}_${jwt}`,
    `ghu_${some(80 + random(200))}`,
    `github_pat_${some(22)}_${some(59)}`,
    `AKIA${some(16, upper)}`,
    `ASIA${some(16, upper)}`,
    `npm_${some(36)}`,
    `xoxb-${random(1e9)}-${random(1e9)}-${some(24)}`,
    `xapp-1-A${some(10, upper)}-${random(1e9)}-${some(64)}`,
    jwt,
    ...['RSA ', 'EC ', 'OPENSSH ', ''].map(
      (kind) => `-----BEGIN ${kind}PRIVATE KEY-----\n${key}\n-----END ${kind}PRIVATE KEY-----`,
    ),
  ];
}

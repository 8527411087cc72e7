import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { isOrdinaryWord, looksIssued } from '../../src/model/ordinary-word.ts';

test('a word in lower case is an ordinary word, whatever else it may be', () => {
  const words = ['password', 'postgres', 'succeeded', 'production', 'database', 'fallback', 'localhost', 'development'];
  expect(words.filter((word) => !isOrdinaryWord(word))).toEqual([]);
});

test('what has digits, capitals or signs, or letters that no language puts together, is none', () => {
  const secrets = ['hunter2hunter2', 'Password', 'correct-horse-battery', 'qzxvkjwpq', 'xkcdqwrtzp', 'pass word'];
  expect(secrets.filter(isOrdinaryWord)).toEqual([]);
});

test('letters at random are hardly ever taken for a word', () => {
  const random = Array.from({ length: 2_000 }, () =>
    Array.from(randomBytes(16), (byte) => String.fromCharCode(97 + (byte % 26))).join(''),
  );
  expect(random.filter(isOrdinaryWord).length).toBeLessThan(20);
});

test('tokens look issued; words, names, paths and numbers do not', () => {
  const tokens = Array.from({ length: 500 }, (_, index) => createHash('sha256').update(String(index)).digest());
  for (const kind of ['hex', 'base64', 'base64url'] as const)
    expect(tokens.map((token) => token.toString(kind)).filter((token) => !looksIssued(token))).toEqual([]);
  const chosen = [
    'authentication',
    'AuthenticationController',
    'src/auth/login.ts',
    'a-long-name-of-a-branch',
    '1'.repeat(20),
  ];
  expect(chosen.filter(looksIssued)).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRepositoryPath, plainPath } from '../../src/findings/finding-path.ts';
import { readFindingCheck, readFindings } from '../../src/findings/parse.ts';
import { keywordOfSchema, schemaKeywords } from '../../src/model/finding-schemas.ts';
import { exampleOf } from '../../src/offline/schema-example.ts';
import { parseSchema } from '../../src/options/json-schema.ts';

const root = join(import.meta.dirname, '../..');
const complete = {
  file: 'src/a.ts',
  line: 3,
  summary: 'The lock is never released',
  short_summary: 'Lock kept',
  failure_scenario: 'A second call hangs',
  category: 'locking',
  severity: 'important',
  verdict: 'CONFIRMED',
};

test.each(schemaKeywords)('%s is a keyword for the schema of that name, which ships as a file', (keyword) => {
  const parsed = parseSchema(` ${keyword}\n`, '/nowhere');
  expect(parsed.ok && keywordOfSchema(parsed.value)).toBe(keyword);
  const file = readFileSync(join(root, 'schemas', `${keyword}.json`), 'utf8');
  expect(parsed.ok && JSON.parse(parsed.value)).toEqual(JSON.parse(file));
  expect(parseSchema(join(root, 'schemas', `${keyword}.json`), '/')).toEqual(parsed);
  expect(parseSchema(`./${keyword}`, join(root, 'schemas')).ok).toBe(false);
});

test('the stand-in answers to both schemas with what can be read', () => {
  const [findings, check] = schemaKeywords
    .map((keyword) => parseSchema(keyword, '/'))
    .map((parsed) => (parsed.ok ? exampleOf(JSON.parse(parsed.value)) : undefined));
  expect(readFindings(findings)).toMatchObject({ unreadable: 0 });
  expect(readFindingCheck(check)).toBeDefined();
});

test('a finding is read as it was written; what is wrong in its optional fields is left out', () => {
  expect(readFindings({ findings: [complete] })).toMatchObject({ isAnswer: true, findings: [complete], unreadable: 0 });
  const { file, summary, failure_scenario, severity } = complete;
  const bare = { file, summary, failure_scenario, severity };
  const odd = { ...bare, category: 7, verdict: 'REFUTED', short_summary: null, extra: true };
  for (const line of [-1, 0, 1.5, 2 ** 31, '3'])
    expect(readFindings({ findings: [{ ...odd, line }] }), String(line)).toMatchObject({
      findings: [bare],
      unreadable: 0,
    });
  // Half a character, which no file can hold.
  expect(readFindings({ findings: [{ ...bare, summary: 'a\ud800' }] }).findings[0]?.summary).toBe('a\ufffd');
  const long = readFindings({ findings: [{ ...bare, short_summary: `${'x'.repeat(59)}👩‍🚒` }] });
  expect(long.findings[0]?.short_summary).toBe('x'.repeat(59));
});

test.each([
  [undefined, false, 0],
  [null, false, 0],
  ['text', false, 0],
  [[], false, 0],
  [{ findings: 'none' }, false, 0],
  [{ findings: [{ ...complete, severity: 'fatal' }, 7, null] }, true, 3],
])('an answer that is none yields no finding, and is told from an empty one: %j', (answer, isAnswer, unreadable) => {
  expect(readFindings(answer)).toEqual({ isAnswer, findings: [], unreadable });
  expect(readFindingCheck(answer)).toBeUndefined();
});

test('paths lose what does not matter in them; one below the checkout becomes relative', () => {
  expect(plainPath(' ././src\\a.ts')).toBe('src/a.ts');
  expect(plainPath('/home/me/repo/src/a.ts', '/home/me/repo')).toBe('src/a.ts');
  expect(plainPath('/home/me/repository/a.ts', '/home/me/repo')).toBe('/home/me/repository/a.ts');
  expect(plainPath('/home/me/repo', '/home/me/repo')).toBe('/home/me/repo');
  expect(plainPath('/home/me', '/home/me/repo')).toBe('/home/me');
  expect(plainPath('/home/me/repo/..a', '/home/me/repo')).toBe('..a');
});

test.each([
  ...['', '/etc/passwd', '../a', 'a/../b', 'a//b', 'a/./b', '.git/config', '.GIT/x', 'C:/a', 'c:a', 'a\u0000b'],
  ...['a\nb', '..', '.', `${'long/'.repeat(1_000)}a`],
])('%.40j names no file of a repository', (path) => {
  expect(isRepositoryPath(path)).toBe(false);
});

test.each(['a', 'src/a.ts', '.github/workflows/x.yml', 'a b/ü.md', '..a/b..', 'ab:c'])('%j may be one', (path) => {
  expect(isRepositoryPath(path)).toBe(true);
});

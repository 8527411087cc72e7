import { mkdir, realpath, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../src/findings/finding-words.ts';
import { attachChecks, mergeFindings } from '../../src/findings/merge.ts';
import { areAlike, comparable, nearLines } from '../../src/findings/same-finding.ts';
import { findingsOf } from '../../src/findings/session-findings.ts';
import type { Finding, FindingSource, Severity } from '../../src/model/finding.ts';
import { severities } from '../../src/model/finding.ts';
import type { EachNode } from '../../src/model/graph.ts';
import { findingItems } from '../../src/session/finding-items.ts';
import { reviewer } from '../rig/findings.ts';
import { runs } from '../rig/random-seed.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const base = {
  file: 'src/a.ts',
  line: 10,
  summary: 'The lock is never released',
  failure_scenario: 'A second call hangs',
};

function finding(changes: Partial<Finding> = {}): Finding {
  return { ...base, severity: 'nit', ...changes };
}

function source(processId: string, ...findings: readonly Finding[]): FindingSource {
  return { processId, name: `name of ${processId}`, findings };
}

/** The lines of each group. */
function linesOf(...findings: readonly Finding[]): readonly (readonly number[])[] {
  return mergeFindings([source('a', ...findings)])
    .map(({ wordings }) => wordings.map(({ line = 0 }) => line).toSorted((one, other) => one - other))
    .toSorted(([one = 0], [other = 0]) => one - other);
}

test('what several reviewers report of one place is one finding, with its gravest severity and every wording', () => {
  const [merged, ...others] = mergeFindings([
    source('security', finding({ severity: 'important', summary: 'The lock is not released' })),
    source('tests', finding({ line: 12, verdict: 'CONFIRMED' }), finding({ line: 12, verdict: 'CONFIRMED' })),
  ]);
  expect(others).toEqual([]);
  expect(merged).toMatchObject({
    severity: 'important',
    verdict: 'CONFIRMED',
    summary: 'The lock is not released',
    agreement: 2,
    reportedBy: [
      { processId: 'security', name: 'name of security' },
      { processId: 'tests', name: 'name of tests' },
    ],
  });
  expect(merged?.wordings.map(({ processId, summary }) => [processId, summary])).toEqual([
    ['security', 'The lock is not released'],
    ['tests', base.summary],
    ['tests', base.summary],
  ]);
});

test.each([
  ['in other files', finding({ file: 'src/b.ts' })],
  ['four lines apart', finding({ line: 14 })],
  ['with less than half of their words in common', finding({ summary: 'The lock has an owner' })],
  [
    'one of which is about the whole file',
    { file: base.file, summary: base.summary, failure_scenario: '', severity: 'nit' },
  ],
] as const)('findings %s stay apart', (_, other) => {
  expect(mergeFindings([source('a', finding(), other)])).toHaveLength(2);
});

test('findings of one category are one, in whatever words; those without a category need words in common', () => {
  const words = { summary: 'Something else entirely', line: 13 };
  expect(linesOf(finding({ category: 'Security' }), finding({ ...words, category: ' security' }))).toEqual([[10, 13]]);
  expect(linesOf(finding({ category: '' }), finding({ ...words, category: '' }))).toEqual([[10], [13]]);
});

test.each([
  ['ロックが解放されない場合がある', 'ロックが解放されません', '入力の長さが検査されていない'],
  ['锁永远不会被释放', '锁不会被释放', '没有检查输入的长度'],
  ['ताला कभी नहीं खुलता है', 'ताला कभी नहीं खुलता', 'इनपुट की लंबाई जाँची नहीं जाती'],
  ['Le verrou n’est jamais libere\u0301', 'Le verrou n’est jamais libéré ici', 'La taille n’est pas vérifiée'],
])('words are told apart in every script: %s', (summary, same, other) => {
  expect(linesOf(finding({ line: 1, summary }), finding({ line: 2, summary: same }))).toEqual([[1, 2]]);
  expect(linesOf(finding({ line: 1, summary }), finding({ line: 2, summary: other }))).toEqual([[1], [2]]);
});

test('a chain of neighbours is one finding over ten lines, and the rest is another', () => {
  const chain = [1, 4, 7, 10, 13, 16].map((line) => finding({ line }));
  expect(linesOf(...chain)).toEqual([
    [1, 4, 7, 10],
    [13, 16],
  ]);
});

test('what is connected only through a line that was cut off is not one finding', () => {
  const category = (line: number, name: string, summary: string) => finding({ line, category: name, summary });
  // b (9) is connected with a (7) through c (11) alone, which does not fit into the ten lines from 1 on.
  const chain = [1, 4, 7].map((line) => category(line, 'a', `first ${line}`));
  const bridge = [
    category(9, 'b', 'second thing'),
    category(10, 'a', 'third matter'),
    category(11, 'b', 'third matter'),
  ];
  expect(linesOf(...chain, ...bridge)).toEqual([[1, 4, 7, 10], [9], [11]]);
});

test('the gravest come first, and among equals those that more reviewers reported', () => {
  const at = (line: number, severity: Severity) => finding({ line, severity });
  const merged = mergeFindings([
    source('a', at(10, 'nit'), at(20, 'important'), at(30, 'pre_existing'), at(40, 'nit')),
    source('b', at(40, 'nit')),
  ]);
  expect(merged.map(({ line, severity }) => [line, severity])).toEqual([
    [20, 'important'],
    [40, 'nit'],
    [10, 'nit'],
    [30, 'pre_existing'],
  ]);
});

const words = fc.array(fc.constantFrom('lock', 'never', 'released', 'counter', 'starts', 'at', 'zero'), {
  maxLength: 5,
});
const anyFinding: fc.Arbitrary<Finding> = fc.record(
  {
    file: fc.constantFrom('a.ts', 'b.ts', '../c.ts'),
    line: fc.integer({ min: 1, max: 30 }),
    summary: words.map((list) => list.join(' ')),
    failure_scenario: fc.constantFrom('', 'it hangs'),
    category: fc.constantFrom('', 'security', 'tests'),
    severity: fc.constantFrom(...severities),
  },
  { requiredKeys: ['file', 'summary', 'failure_scenario', 'severity'] },
);
const anySources = fc
  .array(fc.array(anyFinding, { maxLength: 12 }), { maxLength: 4 })
  .map((lists) => lists.map((findings, index) => source(`p${index}`, ...findings)));

/** Which reports are one finding, by the rule: each is compared with each. */
function byRule(findings: readonly Finding[]): readonly (readonly number[])[] {
  const groups = findings.map((_, index) => new Set([index]));
  for (const [one, first] of findings.entries())
    for (const [other, second] of findings.entries()) {
      const [left, right] = [comparable(first), comparable(second)];
      const isNear = (left.line === 0) === (right.line === 0) && Math.abs(left.line - right.line) <= nearLines;
      const isAbout = (left.category !== '' && left.category === right.category) || areAlike(left.words, right.words);
      if (first.file !== second.file || !isNear || !isAbout) continue;
      const joined = new Set([...(groups[one] ?? []), ...(groups[other] ?? [])]);
      for (const index of joined) groups[index] = joined;
    }
  return [...new Set(groups)].map((group) => [...group].toSorted((one, other) => one - other));
}

test('within ten lines, reports are one finding exactly when the rule connects them', () => {
  const few = fc.array(anyFinding, { maxLength: 14 });
  fc.assert(
    fc.property(few, (given) => {
      // Each is known again by its scenario.
      const findings = given.map(({ line, ...rest }, index) => ({
        ...{ ...rest, failure_scenario: String(index) },
        ...(line !== undefined && { line: Math.ceil(line / 3) }),
      }));
      const merged = mergeFindings([source('a', ...findings)]).map(({ wordings }) =>
        wordings.map((wording) => Number(wording.failure_scenario)).toSorted((one, other) => one - other),
      );
      const sorted = (groups: readonly (readonly number[])[]) =>
        groups.toSorted(([one = 0], [other = 0]) => one - other);
      expect(sorted(merged)).toEqual(sorted(byRule(findings)));
    }),
    { numRuns: runs(100) },
  );
});

test('the order in which processes and findings come changes nothing, and nothing is lost', () => {
  const shuffled = anySources.chain((sources) =>
    fc
      .tuple(
        ...sources.map(({ findings, ...rest }) =>
          fc.shuffledSubarray([...findings], { minLength: findings.length }).map((mixed) => ({
            ...rest,
            findings: mixed.map((each) => Object.fromEntries(Object.entries(each).toReversed()) as unknown as Finding),
          })),
        ),
      )
      .chain((mixed) => fc.shuffledSubarray(mixed, { minLength: mixed.length }))
      .map((mixed) => ({ sources, mixed })),
  );
  fc.assert(
    fc.property(shuffled, ({ sources, mixed }) => {
      const merged = mergeFindings(sources);
      expect(mergeFindings(mixed)).toEqual(merged);
      const count = sources.reduce((sum, { findings }) => sum + findings.length, 0);
      expect(merged.reduce((sum, { wordings }) => sum + wordings.length, 0)).toBe(count);
      expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length);
      for (const { wordings, agreement } of merged) {
        const lines = wordings.map(({ line = 0 }) => line);
        expect(Math.max(...lines) - Math.min(...lines)).toBeLessThan(10);
        expect(agreement).toBe(new Set(wordings.map(({ processId }) => processId)).size);
      }
    }),
    { numRuns: runs(100) },
  );
});

test.each([
  ['all over one file', (index: number) => ({ line: index * 2, summary: `finding number ${index} of its own kind` })],
  [
    'all in one line, in words of their own',
    (index: number) => ({ summary: `thing ${index} breaks part ${index * 7} of it` }),
  ],
  [
    'all in one line, in words of which others have half',
    (index: number) => ({ summary: `finding number ${index} ${index * 7}` }),
  ],
  ['all the same', () => ({})],
])('8,000 findings are merged without comparing each with every other: %s', (_, changes) => {
  const sources = ['a', 'b', 'c', 'd'].map((id) =>
    source(id, ...Array.from({ length: 2_000 }, (_, index) => finding(changes(index)))),
  );
  const before = process.cpuUsage();
  const merged = mergeFindings(sources);
  const { user } = process.cpuUsage(before);
  expect(merged.reduce((sum, { wordings }) => sum + wordings.length, 0)).toBe(8_000);
  // Comparing all 32 million pairs takes ten times as long.
  expect(user / 1e6).toBeLessThan(2);
});

const check = (processId: string, verdict?: 'CONFIRMED' | 'PLAUSIBLE' | 'REFUTED') => ({
  processId,
  name: processId,
  ...(verdict !== undefined && { verdict, reason: `because of ${processId}` }),
});

test.each([
  ['no checker came to an answer', [check('a'), check('b')], false],
  ['the only one that answered refuted it', [check('a'), check('b', 'REFUTED')], true],
  ['all refuted it', [check('a', 'REFUTED'), check('b', 'REFUTED')], true],
  ['one of them did not', [check('a', 'REFUTED'), check('b', 'PLAUSIBLE')], false],
] as const)('when %s, a finding counts as refuted: %#', (_, checks, refuted) => {
  const merged = mergeFindings([source('r', finding(), finding({ line: 30 }))]);
  const [first, second] = merged;
  const attach = (list: readonly (typeof checks)[number][]) =>
    attachChecks(
      merged,
      list.map((each) => ({ ...each, findingId: first?.id ?? '' })),
    );
  const checked = attach(checks);
  expect(checked).toEqual([{ ...first, checks, refuted }, second]);
  expect(attach(checks.toReversed())).toEqual(checked);
});

describe('a check of a finding that reports of others have joined since', () => {
  const nit = finding({ summary: 'The lock is never ever released' });
  const [checked] = mergeFindings([source('listed', nit)]);
  const attach = (other: Finding, verdict: 'CONFIRMED' | 'REFUTED') =>
    attachChecks(mergeFindings([source('listed', nit), source('other', other)]), [
      { ...check('v', verdict), findingId: checked?.id ?? '' },
    ]);

  test('is attached to it, whosever words stand for it now', () => {
    expect(attach(finding({ verdict: 'CONFIRMED' }), 'REFUTED')).toMatchObject([
      { agreement: 2, summary: 'The lock is never released', checks: [{ processId: 'v' }], refuted: true },
    ]);
  });

  test('does not refute what is graver than what was checked', () => {
    const important = finding({ severity: 'important' });
    const merged = attach(important, 'REFUTED');
    expect(merged).toMatchObject([{ checks: [{ processId: 'v' }], refuted: false }]);
    expect(merged.map(verdictOf)).toEqual([undefined]);
    expect(attach(finding({ severity: 'pre_existing' }), 'REFUTED')).toMatchObject([{ refuted: true }]);
  });
});

test('the items of a list are named as in the findings of the session, also where a reviewer wrote an absolute path', () => {
  const checkout = resolve('/checkout');
  const written = [reviewer('r', finding({ file: join(checkout, 'src/a.ts') }), finding({ line: 11 }))];
  const node = { path: ['findings'] } as unknown as EachNode;
  const items = findingItems(node, written, checkout);
  const found = findingsOf(written, { checkout });
  expect(items?.map(({ checkedFinding }) => checkedFinding)).toEqual(found?.findings.map(({ id }) => id));
  expect(items).toHaveLength(1);
});

test('a path below the checkout is known by either of its names where a link leads to it', async () => {
  await using directory = await temporaryDirectory();
  const [real, link] = [await realpath(directory.path), directory.join('link')];
  await mkdir(directory.join('real'));
  await symlink(join(real, 'real'), link);
  const paths = [join(link, 'src/a.ts'), join(real, 'real/src/a.ts'), 'src/a.ts'];
  const found = findingsOf([reviewer('r', ...paths.map((file) => finding({ file })))], { checkout: link });
  expect(found?.findings).toMatchObject([{ file: 'src/a.ts', wordings: paths.map(() => ({ file: 'src/a.ts' })) }]);
});

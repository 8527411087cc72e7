import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { lineHashes } from '../../src/findings/line-hash.ts';
import { withPlaces } from '../../src/findings/places.ts';
import { findingsSarif } from '../../src/findings/sarif.ts';
import { findingsOf } from '../../src/findings/session-findings.ts';
import { checker, finding, located, missingReviewer, reviewer } from '../rig/findings.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const schema = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const validate = new Ajv({ schemaId: 'auto', meta: false, validateSchema: false, allErrors: true })
  .addMetaSchema(createRequire(import.meta.url)('ajv/lib/refs/json-schema-draft-04.json'))
  .compile(JSON.parse(readFileSync(schema, 'utf8')));

interface Sarif {
  readonly runs: readonly [
    {
      readonly automationDetails?: { readonly id: string };
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly [
        { readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[] },
      ];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region?: { readonly startLine: number };
            };
          },
        ];
        readonly partialFingerprints?: { readonly primaryLocationLineHash: string };
      }[];
    },
  ];
}

/** The file as programs read it; it is valid by the official schema. */
function sarifOf(...args: Parameters<typeof located>): Sarif['runs'][0] {
  const sarif = JSON.parse(JSON.stringify(findingsSarif(located(...args))));
  expect(validate(sarif), JSON.stringify(validate.errors)).toBe(true);
  return (sarif as Sarif).runs[0];
}

test('SARIF has a result for each finding, by the official schema, with its level, place and fingerprint', () => {
  const { results, automationDetails, tool } = sarifOf(
    [
      reviewer('a', finding({ severity: 'important', category: 'Error handling!', file: 'a b/ü:#?.ts' })),
      reviewer('b', finding({ severity: 'pre_existing', file: 'b.ts' }), finding({ file: 'c.ts' })),
    ],
    'Review/review/',
  );
  expect(automationDetails?.id).toBe('Review/review/');
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(['error-handling', 'finding']);
  expect(results.map(({ level, ruleId, ruleIndex }) => [level, ruleId, ruleIndex])).toEqual([
    ['error', 'error-handling', 0],
    ['note', 'finding', 1],
    ['note', 'finding', 1],
  ]);
  const [
    {
      locations: [{ physicalLocation }],
      partialFingerprints,
      message,
    } = {} as never,
  ] = results;
  expect(physicalLocation).toEqual({
    artifactLocation: { uri: 'a%20b/%C3%BC%3A%23%3F.ts', uriBaseId: '%SRCROOT%' },
    region: { startLine: 10 },
  });
  expect(partialFingerprints).toEqual({ primaryLocationLineHash: 'a:1' });
  // Of one rule and one hash, but in another file.
  expect(results.map((result) => result.partialFingerprints?.primaryLocationLineHash)).toEqual(['a:1', 'a:1', 'a:1']);
  expect(message.text).toBe('The lock is never released\n\nA second call hangs');
});

test('a finding without a line has no region and no fingerprint, and a review without a key no category', () => {
  const { line: _, ...whole } = finding();
  const { results, automationDetails } = sarifOf([reviewer('a', whole)], '');
  expect(automationDetails).toBeUndefined();
  expect(results[0]?.locations[0].physicalLocation).not.toHaveProperty('region');
  expect(results[0]).not.toHaveProperty('partialFingerprints');
});

test('the message of a finding has no link, no more than code scanning shows, and is never blank', () => {
  const texts = sarifOf([
    reviewer(
      'a',
      finding({ line: 1, failure_scenario: '  ', summary: 'See [this](https://evil.example)' }),
      finding({ line: 100, failure_scenario: 'word '.repeat(500) }),
      finding({ line: 200, failure_scenario: '', summary: ' ' }),
    ),
  ]).results.map(({ message }) => message.text);
  expect(texts).toContain('See [this] (https://evil.example)');
  expect(texts).toContain('A finding without words');
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
});

test('a finding that was refuted, or is not in the checkout, raises no alert and is not lost', () => {
  const reports = reviewer(
    'a',
    finding(),
    finding({ file: '../b.ts', line: 3, summary: 'See [this](https://evil.example)' }),
  );
  const [first, second] = located([reports]).findings;
  const found = located([reports, checker('c', first?.id ?? '', 'REFUTED')]);
  const outside = {
    ...found,
    findings: found.findings.map(({ place, ...rest }) => (rest.id === second?.id ? rest : { ...rest, place })),
  };
  const { runs } = JSON.parse(JSON.stringify(findingsSarif(outside as typeof found))) as Sarif;
  expect(runs[0].results).toEqual([]);
  expect(runs[0].invocations[0].toolExecutionNotifications.map(({ message }) => message.text).toSorted()).toEqual([
    'Not in the checkout: src/a.ts: The lock is never released',
    'Refuted: ../b.ts: See [this] (https://evil.example)',
  ]);
});

test('a review that nobody answered is no success: code scanning would take it for the end of all alerts', () => {
  const failed = missingReviewer('tests', { status: 'failed', reason: 'timeout' as never });
  const invocation = (...reviewers: Parameters<typeof located>[0]) => {
    const { invocations } = sarifOf(reviewers) as unknown as { readonly invocations: readonly [object] };
    return invocations[0];
  };
  const toolExecutionNotifications = [
    { level: 'note', message: { text: expect.stringMatching(/did not finish: tests/) } },
  ];
  expect(invocation(failed)).toEqual({ executionSuccessful: false, toolExecutionNotifications });
  expect(invocation(failed, reviewer('a'))).toEqual({ executionSuccessful: true, toolExecutionNotifications });
});

test('code scanning can tell two findings of one rule in one line apart', () => {
  const { results } = sarifOf([reviewer('a', finding(), finding({ summary: 'Something else entirely' }))]);
  const hashes = results.map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash);
  expect(new Set(hashes).size).toBe(2);
});

test('no more than 25,000 results are in a run, the gravest first, and it says how many are missing', () => {
  const found = located([
    reviewer('a', finding({ file: 'nit.ts' }), finding({ file: 'grave.ts', severity: 'important' })),
  ]);
  const [grave, nit] = found.findings;
  const runOf = (nits: number, isRefuted = false) => {
    const many = [grave, ...Array(nits).fill({ ...nit, refuted: isRefuted })] as typeof found.findings;
    const { results, invocations } = (findingsSarif({ ...found, findings: many }) as Sarif).runs[0];
    return { results, notes: invocations[0].toolExecutionNotifications.map(({ message }) => message.text) };
  };
  const { results, notes } = runOf(25_002);
  expect(results).toHaveLength(25_000);
  expect(results[0]?.level).toBe('error');
  expect(notes).toEqual(['3 more findings are left out.']);
  expect(runOf(24_999).notes).toEqual([]);
  expect(runOf(25_002, true).notes).toHaveLength(25_000);
});

const text = ['first', ...Array.from({ length: 30 }, (_, index) => `\tline ${index} of the text`), 'the last one'].join(
  '\n',
);

test('the hash of a line follows its text, not its number, its indentation or the kind of its line ends', () => {
  const wanted = new Set([1, 5, 8, 40]);
  const hashes = lineHashes(text, wanted);
  expect([...hashes.keys()]).toEqual([1, 5, 8]);
  const moved = lineHashes(`new\nlines\n${text.replaceAll('\t', '    ').replaceAll('\n', '\r\n')}`, new Set([7, 10]));
  expect([moved.get(7), moved.get(10)]).toEqual([hashes.get(5), hashes.get(8)]);
});

test('the hash is the one that code scanning computes', () => {
  // Known values of the upload action, for a text of one line and for equal lines.
  expect([...lineHashes(' a\nb\n  \t\tc\n d', new Set([1, 2, 3, 4])).values()]).toEqual([
    '271789c17abda88f:1',
    '54703d4cd895b18:1',
    '180aee12dab6264:1',
    'a23a3dc5e078b07b:1',
  ]);
  const same = lineHashes('Lorem ipsum dolor sit amet.\n'.repeat(10), new Set([1, 6, 7, 11]));
  expect([...same.values()]).toEqual([
    'a7f2ff13bc495cf2:1',
    'a7f2ff13bc495cf2:6',
    'a7f2ff1481e87703:1',
    // What follows the last line break is no line.
  ]);
});

test('a place is a file of the checkout and a line that it has; links lead nowhere out of it', async () => {
  await using directory = await temporaryDirectory();
  const checkout = directory.join('checkout');
  await mkdir(`${checkout}/.git`, { recursive: true });
  await mkdir(`${checkout}/src`);
  await writeFile(`${checkout}/.git/config`, 'x\n');
  await mkdir(`${checkout}-of-others`);
  await writeFile(`${checkout}-of-others/x`, 'x\n');
  await symlink(`${checkout}-of-others/x`, `${checkout}/beside`);
  await writeFile(`${checkout}/large.ts`, 'x\n'.repeat(2 * 1024 * 1024 + 1));
  await writeFile(`${checkout}/src/a.ts`, 'one\ntwo\n');
  await writeFile(`${checkout}/src/b.ts`, 'one\r\n');
  await writeFile(directory.join('secret'), 'x\n');
  await symlink(directory.join('secret'), `${checkout}/out`);
  await symlink('src/a.ts', `${checkout}/in`);
  execFileSync('mkfifo', [`${checkout}/pipe`]);
  const at = (file: string, line?: number) =>
    ({ ...finding({ file, summary: `${file} ${line}` }), line }) as ReturnType<typeof finding>;
  const files = [
    at('src/a.ts', 2),
    at('src/b.ts', 2),
    at('src/a.ts', 9),
    at('src/a.ts'),
    at('in', 1),
    at('out', 1),
    at('beside', 1),
    at('.git/config', 1),
    // It is not read, so its lines are unknown.
    at('large.ts', 7),
    at('pipe', 1),
    at('src', 1),
    at('../secret', 1),
    at('gone.ts', 1),
  ];
  const found = findingsOf([reviewer('a', ...files)]);
  const placed = await withPlaces(found?.findings ?? [], checkout);
  expect(placed.find(({ file }) => file === 'large.ts')?.place).not.toHaveProperty('lineHash');
  const places = new Map(placed.map(({ summary, place }) => [summary, place && [place.path, place.line]]));
  expect(Object.fromEntries(places)).toEqual({
    'src/a.ts 2': ['src/a.ts', 2],
    'src/b.ts 2': ['src/b.ts', undefined],
    'src/a.ts 9': ['src/a.ts', undefined],
    'src/a.ts undefined': ['src/a.ts', undefined],
    'in 1': ['in', 1],
    'large.ts 7': ['large.ts', 7],
    ...Object.fromEntries(
      ['out 1', 'beside 1', '.git/config 1', 'pipe 1', 'src 1', '../secret 1', 'gone.ts 1'].map((name) => [
        name,
        undefined,
      ]),
    ),
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArtifactOwner, artifactNameFor, earlierArtifact } from '../../src/action/artifact-name.ts';

const owner: ArtifactOwner = {
  artifactName: 'claude-ensemble',
  workflow: 'Review',
  job: 'review',
  matrix: '{"os":"linux"}',
  step: '__self',
  processIds: ['security', 'tests'],
  attempt: 1,
};

test('an artifact is named for its option, job, owner, attempt and try', () => {
  expect(artifactNameFor(owner, 'a1b2')).toMatch(/^claude-ensemble-review-[0-9a-f]{10}-1-a1b2$/);
});

test.each<Partial<ArtifactOwner>>([
  { workflow: 'Nightly' },
  { matrix: '{"os":"macos"}' },
  { step: '__self_2' },
  { processIds: ['security'] },
])('two artifacts of one job never share a name: %o', (other) => {
  expect(artifactNameFor({ ...owner, ...other }, 'x')).not.toBe(artifactNameFor(owner, 'x'));
});

test('a later attempt has the same name but for the attempt and the random part', () => {
  const later = artifactNameFor({ ...owner, attempt: 2 }, 'y');
  expect(later.replace(/-2-y$/, '')).toBe(artifactNameFor(owner, 'x').replace(/-1-x$/, ''));
});

test('whatever is given, GitHub accepts the name, and it stays short', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(
    fc.property(text, text, (artifactName, job) => {
      const name = artifactNameFor({ ...owner, artifactName, job }, 'x');
      expect(name).not.toMatch(/[":<>|*?\\/\r\n]/);
      expect([...name].length).toBeLessThan(200);
    }),
  );
  expect(artifactNameFor({ ...owner, artifactName: 'a/b: "c"\n', job: '' }, 'x')).toMatch(/^a-b-c--[0-9a-f]{10}-1-x$/);
});

test('of the artifacts of a run, an owner finds the newest that it left in its last attempt before this one', () => {
  const listed = (attempt: number, id: number, other: Partial<ArtifactOwner> = {}) => ({
    name: artifactNameFor({ ...owner, ...other, attempt }, 'a1b2'),
    id,
  });
  const now = { ...owner, attempt: 4 };
  const artifacts = [listed(1, 9), listed(2, 5), listed(2, 6), listed(4, 8), listed(5, 10)];
  expect(earlierArtifact(now, artifacts)).toEqual(listed(2, 6));
  expect(earlierArtifact({ ...owner, attempt: 12 }, [listed(9, 1), listed(10, 2)])).toEqual(listed(10, 2));
});

test.each<readonly [string, Partial<ArtifactOwner>]>([
  ['leg of the matrix', { matrix: '{"os":"macos"}' }],
  ['step', { step: '__self_2' }],
  ['job', { job: 'tests' }],
  ['list of processes', { processIds: ['security'] }],
  ['name', { artifactName: 'claude-ensemble-review' }],
])('what another %s has left is not found', (_title, other) => {
  const name = artifactNameFor({ ...owner, ...other }, 'a1b2');
  expect(earlierArtifact({ ...owner, attempt: 2 }, [{ name, id: 1 }])).toBeUndefined();
});

test('a name that only begins as ours do is not ours', () => {
  const name = artifactNameFor(owner, 'a1b2');
  for (const other of [`${name}-x`, `x${name}`, name.replace('-1-', '-one-'), name.replace('-1-', '--1-')])
    expect(earlierArtifact({ ...owner, attempt: 2 }, [{ name: other, id: 1 }])).toBeUndefined();
});

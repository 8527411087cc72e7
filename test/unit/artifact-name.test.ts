import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArtifactOwner, artifactNameFor } from '../../src/action/artifact-name.ts';

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

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArtifactOwner, artifactNameFor, earlierArtifact } from '../../src/github/artifact-name.ts';
import { anyText } from '../rig/any-text.ts';

const owner: ArtifactOwner = {
  artifactName: 'claude-ensemble',
  workflow: 'Review',
  job: 'review',
  matrix: '{"os":"linux"}',
  step: '__self',
  resumeKey: '',
  processIds: ['security', 'tests'],
  attempt: 1,
};

/** A name without its random end. */
function steady(of: ArtifactOwner, sessionId = 'session'): string {
  return artifactNameFor(of, sessionId).replace(/-[0-9a-f]{4}$/, '');
}

test('an artifact is named for its option, job, owner, attempt, session and try', () => {
  expect(artifactNameFor(owner, 's')).toMatch(/^claude-ensemble-review-[0-9a-f]{10}-1-[0-9a-f]{8}-[0-9a-f]{4}$/);
  expect(steady(owner, 's')).toBe(steady(owner, 's'));
  expect(steady(owner, 's')).not.toBe(steady(owner, 't'));
});

test.each<Partial<ArtifactOwner>>([
  { workflow: 'Nightly' },
  { matrix: '{"os":"macos"}' },
  { step: '__self_2' },
  { resumeKey: 'web' },
  { processIds: ['security'] },
])('two artifacts of one job never share a name: %o', (other) => {
  expect(steady({ ...owner, ...other })).not.toBe(steady(owner));
});

test('a later attempt has the same name but for the attempt', () => {
  expect(steady({ ...owner, attempt: 2 })).toBe(steady(owner).replace('-1-', '-2-'));
});

test('whatever is given, GitHub accepts the name, and it stays short', () => {
  const text = anyText({ maxLength: 300 });
  fc.assert(
    fc.property(text, text, (artifactName, job) => {
      const name = artifactNameFor({ ...owner, artifactName, job }, 'x');
      expect(name).not.toMatch(/[":<>|*?\\/\r\n]/);
      expect([...name].length).toBeLessThan(200);
    }),
  );
  expect(steady({ ...owner, artifactName: 'a/b: "c"\n', job: '' })).toMatch(/^a-b-c--[0-9a-f]{10}-1-[0-9a-f]{8}$/);
});

const listed = (attempt: number, createdAt: number, sessionId = `session of ${attempt}`) => ({
  name: artifactNameFor({ ...owner, attempt }, sessionId),
  createdAt,
});

test('of the artifacts of a run, an owner finds the newest: by the attempt in the name, then by the time', () => {
  const now = { ...owner, attempt: 4 };
  const tries = [listed(2, 5), listed(2, 6), listed(2, 4)];
  expect(earlierArtifact(now, [listed(1, 9), ...tries, listed(4, 8), listed(5, 10)])).toEqual({
    kind: 'found',
    artifact: tries[1],
  });
  const late = { ...owner, attempt: 12 };
  const last = listed(10, 1);
  expect(earlierArtifact(late, [listed(9, 2), last])).toEqual({ kind: 'found', artifact: last });
});

test('two sessions of one owner in any earlier attempt are ambiguous, also when the last attempt has one only', () => {
  const [web, api] = [listed(1, 1, 'web'), listed(1, 2, 'api')];
  expect(earlierArtifact({ ...owner, attempt: 3 }, [web, api, listed(2, 3, 'web again')])).toEqual({
    kind: 'ambiguous',
    attempt: 1,
    names: [web.name, api.name].sort(),
  });
  expect(earlierArtifact(owner, [web, api])).toEqual({ kind: 'missing' });
});

test.each<readonly [string, Partial<ArtifactOwner>]>([
  ['leg of the matrix', { matrix: '{"os":"macos"}' }],
  ['step', { step: '__self_2' }],
  ['job', { job: 'tests' }],
  ['call with a resume-key of its own', { resumeKey: 'web' }],
  ['list of processes', { processIds: ['security'] }],
  ['name', { artifactName: 'claude-ensemble-review' }],
])('what another %s has left is not found', (_title, other) => {
  const name = artifactNameFor({ ...owner, ...other }, 's');
  expect(earlierArtifact({ ...owner, attempt: 2 }, [{ name, createdAt: 1 }])).toEqual({ kind: 'missing' });
});

test('a name that only begins as ours do is not ours', () => {
  const name = artifactNameFor(owner, 's');
  for (const other of [`${name}-x`, `x${name}`, name.replace('-1-', '-one-'), name.replace('-1-', '--1-')])
    expect(earlierArtifact({ ...owner, attempt: 2 }, [{ name: other, createdAt: 1 }])).toEqual({ kind: 'missing' });
});

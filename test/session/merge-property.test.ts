import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFailOn } from '../../src/options/scalar-values.ts';
import type { SessionOutcome } from '../../src/session/run-request.ts';
import { runs } from '../rig/random-seed.ts';
import { merged, shardPlace } from '../rig/shards.ts';

/** What a process does: some succeed, one says nothing, one fails, one is killed. */
const scripts = ['echo Fine.', 'printf "%s" "A word."', 'true', 'echo Broken. >&2; exit 3', 'kill -SEGV $$'];

const entry = fc.record({
  script: fc.constantFrom(...scripts),
  /** How far back it looks for what it needs; 0 needs nothing. */
  back: fc.constantFrom(0, 0, 1, 2),
  when: fc.constantFrom('success', 'always', 'failure'),
  repeat: fc.constantFrom(1, 1, 3),
  'continue-on-error': fc.boolean(),
});

const plan = fc.record({
  entries: fc.array(entry, { maxLength: 7 }),
  pattern: fc.constantFrom('parallel', 'batch', 'graph'),
  failOn: fc.constantFrom('any', 'all', 'none', '2', '40%'),
  count: fc.integer({ min: 1, max: 4 }),
});

type RandomPlan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

function optionsOf({ entries, pattern, failOn }: RandomPlan): Readonly<Record<string, string>> {
  const list = entries.map(({ script: prompt, back, when, repeat, ...keys }, index) => {
    const id = `e${index}`;
    if (pattern !== 'graph') return { id, prompt };
    const needs = back > 0 && index >= back ? { needs: `e${index - back}`, when } : {};
    return { id, prompt, ...needs, ...(repeat > 1 && { repeat }), 'continue-on-error': keys['continue-on-error'] };
  });
  return { prompts: JSON.stringify(list), pattern, 'fail-on': failOn, 'max-workers': '9' };
}

/** All that one machine and several must agree on; times and places are their own. */
function comparable({ results, totals, directory, ...outcome }: SessionOutcome) {
  const { conclusion, verdict, answers, warnings } = outcome;
  const { durationSeconds: _time, ...counts } = totals;
  const outputs = readdirSync(join(directory, 'outputs')).toSorted();
  return {
    ...{ conclusion, verdict, answers, warnings, counts },
    results: results.map(({ duration: _took, startedAt: _from, endedAt: _to, logFile, ...result }) => ({
      ...result,
      log: logFile?.slice(directory.length),
    })),
    outputs: outputs.map((name) => [name, readFileSync(join(directory, 'outputs', name), 'utf8')]),
    files: readdirSync(directory).toSorted(),
  };
}

test('a plan that is run whole and one that is run in shards and merged come to the same', {
  timeout: 300_000,
}, async () => {
  await using place = await shardPlace();
  await fc.assert(
    fc.asyncProperty(plan, async (given) => {
      const options = optionsOf(given);
      const whole = comparable(await place.run(options));
      const failOn = parseFailOn(given.failOn);
      if (!failOn.ok) throw new Error('no fail-on');
      const shards = await place.runShards(options, given.count);
      const { outcome } = merged(await place.merge(shards, { failOn: failOn.value }));
      expect(comparable(outcome)).toEqual(whole);
    }),
    { numRuns: runs(4), endOnFailure: true },
  );
});

import { expect, test } from 'vitest';
import type { Plan } from '../../src/model/graph.ts';
import type { PatternOptions } from '../../src/plan/patterns.ts';
import { passedInputs } from '../../src/session/passed-inputs.ts';
import { validSettings } from '../rig/configure.ts';
import { planOf } from '../rig/plan.ts';
import { processSpec } from '../rig/results.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

/** What the last process of a plan is given, as text. */
function given({ graph }: Plan): string {
  const last = graph.nodes.findLast(({ kind }) => kind === 'task');
  return JSON.stringify(passedInputs(graph, last?.needs ?? []));
}

async function givenIn(prompts: readonly object[]): Promise<string> {
  await using directory = await temporaryDirectory();
  const { settings } = await validSettings({ prompts: JSON.stringify(prompts) }, { workspace: directory.path });
  return given(settings.plan);
}

test('a process is given something else when a list that it needs has other items, or comes from elsewhere', async () => {
  const report = { id: 'report', prompt: 'x', needs: 'it' };
  const scan = { id: 'scan', prompt: 'x', 'json-schema': '{"type":"object"}' };
  const of = (keys: object) => givenIn([scan, { ...scan, id: 'look' }, { id: 'it', prompt: 'x', ...keys }, report]);
  const more = (keys: object) =>
    givenIn([
      scan,
      { ...scan, id: 'look' },
      { ...scan, id: 'first', 'for-each': { from: 'scan', path: 'l' }, ...keys },
      { id: 'it', prompt: 'x', 'for-each': { from: 'first', path: 'l' } },
      report,
    ]);
  const from = (keys: object) => ({ 'for-each': { from: 'scan', path: 'l', ...keys } });
  const all = await Promise.all([
    of({ 'for-each': ['a', 'b', 'c'] }),
    of({ 'for-each': ['a', 'b'] }),
    of({ repeat: 1 }),
    of({}),
    of(from({})),
    of(from({ path: 'm' })),
    of(from({ from: 'look' })),
    of(from({ from: ['scan', 'look'] })),
    more({}),
    more({ 'for-each': { from: 'look', path: 'l' } }),
  ]);
  expect(new Set(all).size).toBe(all.length);
  expect(await of({ 'for-each': ['other', 'items'] })).toBe(all[1]);
  expect(await of({ ...from({}), 'max-items': 3 })).toBe(all[4]);
});

test('a process is given something else when one before it is gone, if the outputs so far are passed on', () => {
  const of = (pattern: 'sequential' | 'batch', ids: readonly string[], more: Partial<PatternOptions> = {}) =>
    given(
      planOf(
        pattern,
        ids.map((id) => processSpec(id)),
        { passOutput: true, batchSize: 2, ...more },
      ),
    );
  const without = { passOutput: false };
  for (const pattern of ['sequential', 'batch'] as const) {
    const last = of(pattern, ['a', 'b', 'c', 'd', 'e']);
    expect(of(pattern, ['a', 'b', 'c', 'd', 'e'])).toBe(last);
    for (const others of [
      ['b', 'c', 'd', 'e'],
      ['b', 'a', 'c', 'd', 'e'],
    ])
      expect(of(pattern, others)).not.toBe(last);
    expect(of(pattern, ['b', 'c', 'e'], without)).toBe(of(pattern, ['a', 'c', 'e'], without));
  }
  expect(of('batch', ['a', 'b', 'c', 'd'], { batchSize: 3 })).not.toBe(of('batch', ['a', 'b', 'c', 'd']));
});

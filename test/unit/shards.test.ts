import { afterAll, describe, expect, test } from 'vitest';
import { processesOf } from '../../src/model/graph.ts';
import type { Settings } from '../../src/options/settings.ts';
import type { Configuration } from '../../src/plan/configuration.ts';
import { judgeSession } from '../../src/session/verdict.ts';
import { type ConfigureOptions, configure, faultLines, validSettings } from '../rig/configure.ts';
import { processResult } from '../rig/results.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const place = await temporaryDirectory();
afterAll(() => place[Symbol.asyncDispose]());
const request = { workspace: place.path };
const ids = Array.from({ length: 40 }, (_, index) => `review-${index}`);
const prompts = JSON.stringify(ids.map((id) => ({ id, prompt: `Review ${id}.` })));

type Options = Readonly<Record<string, string>>;

async function shardOf(shard: string, options: Options = { prompts }): Promise<Settings> {
  return (await validSettings({ ...options, shard }, request)).settings;
}

async function idsOf(shard: string, options?: Options): Promise<readonly string[]> {
  return processesOf((await shardOf(shard, options)).plan.graph).map(({ id }) => id);
}

async function planOf(options: Options, more: Partial<ConfigureOptions> = {}) {
  const planned = await validSettings(options, { ...request, task: 'plan', ...more });
  if (planned.whole === undefined) throw new Error('not dealt out');
  return planned.whole;
}

describe('a plan in shards', () => {
  test.each([1, 4, 7, 64])(
    'of %d has every process in exactly one, numbers that differ by one at most, and keeps the order',
    async (count) => {
      const shards = await Promise.all(Array.from({ length: count }, (_, place) => idsOf(`${place + 1}/${count}`)));
      expect(shards.flat().toSorted()).toEqual(ids.toSorted());
      const sizes = shards.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      for (const shard of shards) expect(shard).toEqual(ids.filter((id) => shard.includes(id)));
    },
  );

  test('is dealt out by the ids alone: another order, other prompts and other limits change no place', async () => {
    const other = ids.toReversed().map((id) => ({ id, prompt: 'Something else.', timeout: '1m' }));
    expect(new Set(await idsOf('2/4', { prompts: JSON.stringify(other) }))).toEqual(new Set(await idsOf('2/4')));
  });

  test('keeps together what depends on each other, the copies of an entry, and a list with its source', async () => {
    const schema = '{"type":"object"}';
    const graph = Array.from({ length: 9 }, (_, part) => [
      { id: `find${part}`, prompt: 'Find.', 'json-schema': schema },
      { id: `check${part}`, prompt: 'Check.', 'for-each': { from: `find${part}`, path: 'list' } },
      { id: `copy${part}`, prompt: 'Copy.', repeat: 3 },
      { id: `sum${part}`, prompt: 'Sum up.', needs: [`check${part}`, `copy${part}`] },
    ]).flat();
    const options = { prompts: JSON.stringify(graph) };
    const shards = await Promise.all(['1/3', '2/3', '3/3'].map((shard) => idsOf(shard, options)));
    expect(shards.map(({ length }) => length)).toEqual([15, 15, 15]);
    for (const shard of shards)
      for (const id of shard.filter((one) => one.startsWith('find')))
        expect(shard).toEqual(expect.arrayContaining([`sum${id.slice(4)}`, `copy${id.slice(4)}-3`]));
    const { entries } = await planOf({ ...options, shards: '3' });
    expect(entries.filter(({ isList }) => isList)).toHaveLength(9);
  });

  test('makes batches of its own processes where batches hand nothing on', async () => {
    const { plan } = await shardOf('1/4', { prompts, pattern: 'batch', 'batch-size': '4' });
    expect(plan.graph.nodes.filter(({ kind }) => kind === 'group')).toHaveLength(3);
    expect(processesOf(plan.graph)).toHaveLength(10);
  });

  test.each<readonly [string, Options, RegExp]>([
    ['a sequence', { pattern: 'sequential' }, /^shard: pattern sequential runs one process after the other/],
    ['a fallback', { pattern: 'fallback' }, /^shard: pattern fallback runs one process after the other/],
    ['batches that hand on', { pattern: 'batch', 'pass-output': 'true' }, /^shard: with pass-output each batch/],
  ])('is refused for %s, which has no parts', async (_, options, fault) => {
    expect(await faultLines({ prompts, shard: '1/2', ...options }, request)).toEqual([expect.stringMatching(fault)]);
    expect(await faultLines({ prompts, shard: '1/1', ...options }, request)).toEqual([]);
    const planned = await configure({ prompts, shards: '2', ...options }, { ...request, task: 'plan' });
    expect(planned).toMatchObject({ kind: 'invalid', faults: [{ option: 'shards' }] });
  });

  test.each([
    ['0/4', 'shard: "0/4" is not a part of the whole such as 2/4: shards count from 1. Did you mean "1/4"?'],
    ['5/4', 'shard: "5/4" is not a part of the whole such as 2/4: shards count from 1. Did you mean "4/4"?'],
    ['2', 'shard: "2" is not a part of the whole such as 2/4.'],
    ['1/257', 'shard: "1/257" has more than 256 shards.'],
  ])('"%s" is refused', async (shard, fault) => {
    expect(await faultLines({ prompts, shard }, request)).toEqual([fault]);
  });

  test('each task has its own options, and says where those of the others belong', async () => {
    expect(await faultLines({ prompts, shards: '4' }, request)).toEqual(['shards: it belongs to plan.']);
    expect(await faultLines({ prompts, count: '4' }, request)).toEqual(['count: it belongs to merge.']);
    const asPlan = { ...request, task: 'plan' } as const;
    expect(await faultLines({ prompts, shard: '1/4' }, asPlan)).toEqual(['shard: it belongs to run.']);
    expect(await faultLines({ prompts, shards: '257' }, asPlan)).toEqual([expect.stringContaining('from 1 to 256')]);
  });
});

describe('plan-hash', () => {
  test('is that of every shard of the plan, and another one stops a shard ahead of its start', async () => {
    const { hash } = await planOf({ prompts, shards: '4' });
    expect((await shardOf('2/4', { prompts, 'plan-hash': hash })).shard).toMatchObject({ hash, index: 2, count: 4 });
    for (const changed of [
      { prompts: prompts.replace('Review review-7', 'Look at review-7') },
      { context: 'More to read.' },
      { model: 'opus' },
      { trust: 'untrusted' },
      { shard: '2/5' },
    ])
      expect(await faultLines({ prompts, shard: '2/4', 'plan-hash': hash, ...changed }, request)).toEqual([
        expect.stringMatching(/^plan-hash: this is another plan/),
      ]);
    expect(await faultLines({ prompts, 'plan-hash': hash }, request)).toEqual([
      'plan-hash: it is compared by a shard; give shard as well.',
    ]);
  });

  test('does not depend on limits, nor on where the checkout lies', async () => {
    const limits = { timeout: '1m', retries: '9', 'max-workers': '8', 'max-turns': '3', 'max-budget-usd': '50' };
    const { hash } = await planOf({ prompts, shards: '4' });
    expect((await planOf({ prompts, shards: '4', ...limits })).hash).toBe(hash);
    await using elsewhere = await temporaryDirectory();
    const there = { workspace: elsewhere.path, allowedRoots: [elsewhere.path] };
    expect((await planOf({ prompts, shards: '4' }, there)).hash).toBe(hash);
  });
});

describe('the money of a shard', () => {
  test('is its share by entries, of which one with copies counts once', async () => {
    const graph = [{ id: 'many', prompt: 'p', repeat: 6 }, ...['a', 'b', 'c'].map((id) => ({ id, prompt: 'p' }))];
    const options = { prompts: JSON.stringify(graph), 'max-budget-usd': '10' };
    const shares = await Promise.all(['1/3', '2/3', '3/3'].map((shard) => shardOf(shard, options)));
    expect(shares.map(({ policy }) => policy.maxBudgetUsd).toSorted()).toEqual([2.5, 2.5, 5]);
    // What cannot be divided is rounded down: all shares together are no more than the whole.
    const thirds = await shardOf('1/3', { prompts: '[a, b, c]', 'max-budget-usd': '20' });
    expect(thirds.policy.maxBudgetUsd).toBe(6.666666);
  });

  test('is refused where a process of its own could never start with it', async () => {
    const options = { prompts, 'max-budget-usd': '8', 'max-process-budget-usd': '3', shards: '4' };
    const planned = await configure(options, { ...request, task: 'plan' });
    const fault = 'is more than max-budget-usd has for it: the share of shard 1/4 by its entries is $2.00.';
    expect(planned).toMatchObject({ kind: 'invalid', faults: [{ message: expect.stringContaining(fault) }] });
    expect(
      await faultLines({ prompts, 'max-budget-usd': '8', 'max-process-budget-usd': '2', shard: '1/4' }, request),
    ).toEqual([]);
    expect(await faultLines({ prompts, 'max-budget-usd': '0.03', shard: '1/4' }, request)).toEqual([
      'max-budget-usd: the share of shard 1/4 by its entries is 0.8¢, and with less than a cent nothing starts.',
    ]);
  });

  test('is nothing to a shard without processes, which is valid', async () => {
    const valid: Configuration = await validSettings({ prompt: 'One.', shard: '2/2', 'max-budget-usd': '1' }, request);
    expect(valid.settings.policy.maxBudgetUsd).toBe(1);
  });
});

test('a shard has a title of its own unless one was given, and warns where merge would not find what it did, or comments', async () => {
  const titled = { ...request, title: 'review' };
  const valid = (options: Options) => validSettings({ prompts, ...options }, titled);
  expect((await valid({ shard: '2/4' })).settings.title).toBe('review 2/4');
  expect((await valid({})).settings.title).toBe('review');
  expect((await valid({ shard: '2/4', title: 'Nightly' })).settings.title).toBe('Nightly');
  for (const [wanted, count] of [
    ['always', 0],
    ['on-failure', 1],
    ['never', 1],
  ] as const) {
    const { warnings } = await valid({ shard: '2/4', 'upload-logs': wanted });
    expect(warnings.filter((warning) => warning.startsWith('upload-logs is not "always"'))).toHaveLength(count);
  }
  expect((await valid({ shard: '2/4', comment: 'sticky' })).warnings).toContainEqual(
    expect.stringMatching(/^comment: each shard comments on what it found itself/),
  );
});

test('a shard is red under fail-on "any" when something is not done, and green under any other, for merge judges', () => {
  const results = [
    processResult('a', { status: 'succeeded' }),
    processResult('b', { status: 'failed', reason: 'auth' }),
  ];
  const judge = (failOn: Parameters<typeof judgeSession>[0]['failOn']) =>
    judgeSession({ succeeds: 'by-fail-on', failOn, results, durationSeconds: 1, isShard: true });
  expect(judge({ kind: 'any' }).conclusion).toBe('failure');
  expect(judge({ kind: 'share', percent: 10 })).toMatchObject({
    conclusion: 'success',
    verdict: expect.stringContaining('merge judges by fail-on: 10%'),
  });
  const none = { succeeds: 'by-fail-on', failOn: { kind: 'any' }, durationSeconds: 0, notRun: 'no-prompts' } as const;
  expect(judgeSession({ ...none, results: [], isShard: true })).toMatchObject({ conclusion: 'skipped' });
});

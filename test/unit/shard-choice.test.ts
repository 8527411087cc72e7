import { expect, test } from 'vitest';
import type { EnsembleEvent } from '../../src/model/event.ts';
import { SessionState } from '../../src/model/session-state.ts';
import type { PlannedEntry, ShardRecord } from '../../src/model/shard.ts';
import { planHash } from '../../src/plan/plan-hash.ts';
import type { ShardLog } from '../../src/record/shard-log.ts';
import { chooseShards, type WantedPlan } from '../../src/session/merge/choice.ts';
import { eventTime as at, processStarted, sessionStarted } from '../rig/session-events.ts';

const entries: readonly PlannedEntry[] = [
  { id: 'a', name: 'a', shard: 1 },
  { id: 'b', name: 'b', shard: 2 },
];

/** What is special about a shard. */
interface ShardChanges extends Partial<Omit<ShardRecord, 'hash'>> {
  readonly pattern?: 'parallel' | 'sequential';
  readonly ran?: string;
}

/** The log of a shard whose hash fits to its plan. */
function logOf(name: string, index: number, { pattern = 'parallel', ran, ...changes }: ShardChanges = {}): ShardLog {
  const plan = { count: 2, trust: 'trusted', content: 'c'.repeat(64), entries, ...changes } as const;
  const shard: ShardRecord = { index, attempt: 1, ...plan, hash: planHash(plan) };
  const started = { ...sessionStarted([], { sessionId: name, pattern, shard }), at };
  const state = new SessionState();
  state.apply(started);
  const events: readonly EnsembleEvent[] = ran === undefined ? [] : [{ ...processStarted(ran), at }];
  return { directory: `/logs/${name}`, name, started, shard, events, results: new Map(), state, lastAt: at, bytes: 1 };
}

/** The names of the shards that are taken, and what is said of the others. */
function choose(logs: readonly ShardLog[], wanted: WantedPlan = {}) {
  const choice = chooseShards(logs, wanted);
  const shards = 'shards' in choice ? [...choice.shards.values()] : [];
  return { names: shards.map(({ name }) => name).toSorted(), faults: choice.faults };
}

const first = logOf('first', 1);
const second = logOf('second', 2);

test('a shard of another plan is not taken: of that plan which most are of, or of the wanted one', () => {
  const other = logOf('other', 2, { content: 'd'.repeat(64) });
  const taken = choose([other, first, second]);
  expect(taken.names).toEqual(['first', 'second']);
  expect(taken.faults).toEqual([expect.stringMatching(/^other is not used: it is of another plan, /)]);
  expect(choose([first, second, other], { hash: other.shard.hash })).toEqual({
    names: ['other'],
    faults: [
      expect.stringMatching(/^first is not used/),
      expect.stringMatching(/^second is not used/),
      'shard 1/2 is missing.',
    ],
  });
});

test('the newest attempt is taken, but none that is newer than the run that merges', () => {
  const again = logOf('again', 2, { attempt: 2 });
  const future = logOf('future', 2, { attempt: 3 });
  for (const logs of [
    [first, second, again, future],
    [future, again, second, first],
  ])
    expect(choose(logs, { attempt: 2 })).toEqual({
      names: ['again', 'first'],
      faults: ['future is not used: it says that it is of attempt 3, and this is attempt 2.'],
    });
});

test.each<readonly [string, ShardLog, RegExp]>([
  ['an id twice', logOf('bad', 2, { entries: [...entries, { id: 'A', name: 'A', shard: 2 }] }), /has an id twice/],
  ['an index beyond their number', logOf('bad', 3), /has shards beyond their number/],
  [
    'an entry of a shard beyond their number',
    logOf('bad', 2, { entries: [...entries, { id: 'c', name: 'c', shard: 3 }] }),
    /has shards beyond their number/,
  ],
  ['a pattern that has no shards', logOf('bad', 2, { pattern: 'sequential' }), /pattern sequential has no shards/],
  ['a process of another shard', logOf('bad', 2, { ran: 'a' }), /tells of the process a, which is not in shard 2\/2/],
])('a record with %s is not taken, and what is good is', (_, bad, fault) => {
  expect(choose([first, bad])).toEqual({
    names: ['first'],
    faults: [expect.stringMatching(fault), 'shard 2/2 is missing.'],
  });
});

test('a number of shards that is not that of the plan is an error', () => {
  expect(choose([first, second], { count: 2 }).faults).toEqual([]);
  expect(choose([first, second], { count: 3 }).faults).toEqual(['count is 3, and the plan of the shards has 2.']);
});

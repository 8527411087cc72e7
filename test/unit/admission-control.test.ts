import { describe, expect, it } from 'vitest';
import type { EnsembleFact } from '../../src/model/event.ts';
import { AdmissionControl } from '../../src/scheduler/admission-control.ts';
import { FakeClock, settled } from '../rig/fake-clock.ts';

const never = new AbortController().signal;

function admission(maxWorkers: number, maxStarting = 99) {
  const clock = new FakeClock();
  const memory = { bytes: Number.POSITIVE_INFINITY };
  const facts: EnsembleFact[] = [];
  const emit = (fact: EnsembleFact): Promise<void> => {
    facts.push(fact);
    return Promise.resolve();
  };
  return {
    clock,
    memory,
    facts,
    admission: new AdmissionControl({ maxWorkers, maxStarting, availableMemory: () => memory.bytes, clock, emit }),
  };
}

describe('the worker limit', () => {
  it('halves on push-back, at most once in 10 s, and never falls below 1', async () => {
    const { clock, admission: g } = admission(8);
    g.pushedBack(0);
    g.pushedBack(0);
    expect(g.workerLimit).toBe(4);
    for (const expected of [2, 1, 1]) {
      await clock.advance(10_000);
      g.pushedBack(0);
      expect(g.workerLimit).toBe(expected);
    }
  });

  it('grows by one per full window of successes, never above max-workers', () => {
    const { admission: g } = admission(4);
    g.pushedBack(0);
    expect(g.workerLimit).toBe(2);
    g.succeeded();
    expect(g.workerLimit).toBe(2);
    g.succeeded();
    expect(g.workerLimit).toBe(3);
    for (let i = 0; i < 20; i += 1) g.succeeded();
    expect(g.workerLimit).toBe(4);
  });

  it('takes no place away from what runs', () => {
    const { admission: g } = admission(2);
    const releases = [g.tryWorker(), g.tryWorker()];
    g.pushedBack(0);
    releases[0]?.();
    expect(g.tryWorker()).toBeUndefined();
    releases[1]?.();
    expect(g.tryWorker()).toBeDefined();
  });
});

describe('the start gate', () => {
  it('lets as many start at once as it was told, in the order of asking', async () => {
    const { admission: g } = admission(9, 2);
    const order: number[] = [];
    const first = await g.start(never);
    await g.start(never);
    void g.start(never).then(() => order.push(3));
    void g.start(never).then(() => order.push(4));
    await settled();
    expect(order).toEqual([]);
    first?.markStarted();
    await settled();
    expect(order).toEqual([3]);
  });

  it('holds every start for the cool-down that all share', async () => {
    const { clock, admission: g } = admission(4);
    g.pushedBack(5_000);
    let started = false;
    void g.start(never).then(() => (started = true));
    await clock.advance(4_999);
    expect(started).toBe(false);
    await clock.advance(1);
    expect(started).toBe(true);
  });

  it.each([3_600_000, 2 ** 40])(
    'holds starts for a minute at most, when it is asked to hold them for %d ms',
    async (asked) => {
      const { clock, admission: g } = admission(4);
      g.pushedBack(asked);
      let started = false;
      void g.start(never).then(() => (started = true));
      await clock.advance(59_999);
      expect(started).toBe(false);
      await clock.advance(1);
      expect(started).toBe(true);
    },
  );

  it('holds nothing past the halt of the session at its deadline', async () => {
    const { admission: g } = admission(4);
    const halt = new AbortController();
    g.pushedBack(60_000);
    const held = g.start(halt.signal);
    halt.abort('deadline');
    expect(await held).toBeUndefined();
  });

  it('starts nothing new while the machine is short of memory, unless nothing else runs', async () => {
    const { clock, memory, admission: g } = admission(4);
    memory.bytes = 200 * 1024 * 1024;
    // Places are taken before anything runs: that all of them wait for each other is not what is meant.
    for (let taken = 0; taken < 3; taken += 1) expect(g.tryWorker()).toBeDefined();
    const first = await g.start(never);
    expect(first).toBeDefined();
    let started = false;
    void g.start(never).then(() => {
      started = true;
    });
    await clock.advance(10_000);
    expect(started).toBe(false);
    memory.bytes = 300 * 1024 * 1024;
    await clock.advance(500);
    expect(started).toBe(true);
  });

  it('starts one after the other while memory stays short: the end of a child makes room for the next', async () => {
    const { clock, memory, admission: g } = admission(4, 2);
    memory.bytes = 200 * 1024 * 1024;
    const first = await g.start(never);
    first?.markStarted();
    const second = g.start(never);
    first?.release();
    first?.release();
    await clock.advance(500);
    expect(await second).toBeDefined();
    let third = false;
    void g.start(never).then(() => {
      third = true;
    });
    await clock.advance(10_000);
    expect(third).toBe(false);
  });

  it('says that memory holds the starts, once each time, however many wait and however long', async () => {
    const { clock, memory, facts, admission: g } = admission(4);
    await g.start(never);
    for (const hold of [1, 2]) {
      memory.bytes = 200 * 1024 * 1024;
      const waiting = [g.start(never), g.start(never)];
      await clock.advance(10_000);
      expect(facts).toHaveLength(hold);
      memory.bytes = 300 * 1024 * 1024;
      await clock.advance(500);
      await Promise.all(waiting);
    }
    expect(facts[1]).toMatchObject({ type: 'notice', level: 'info', message: expect.stringContaining('200 MiB') });
  });

  it('lets go of those that wait when the session is halted', async () => {
    const { admission: g } = admission(4, 1);
    const halt = new AbortController();
    await g.start(never);
    const waiting = g.start(halt.signal);
    halt.abort();
    expect(await waiting).toBeUndefined();
  });
});

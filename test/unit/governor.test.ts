import { describe, expect, it } from 'vitest';
import { Governor } from '../../src/core/governor.ts';
import { FakeClock, settled } from '../rig/fake-clock.ts';

const never = new AbortController().signal;

function governor(maxWorkers: number, maxStarting = 99) {
  const clock = new FakeClock();
  const memory = { bytes: Number.POSITIVE_INFINITY };
  return {
    clock,
    memory,
    governor: new Governor({ maxWorkers, maxStarting, availableMemory: () => memory.bytes, clock }),
  };
}

describe('the worker limit', () => {
  it('halves on push-back, at most once in 10 s, and never falls below 1', async () => {
    const { clock, governor: g } = governor(8);
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
    const { governor: g } = governor(4);
    g.pushedBack(0);
    expect(g.workerLimit).toBe(2);
    g.succeeded();
    expect(g.workerLimit).toBe(2);
    g.succeeded();
    expect(g.workerLimit).toBe(3);
    for (let i = 0; i < 20; i += 1) g.succeeded();
    expect(g.workerLimit).toBe(4);
  });

  it('takes no place away from what runs', async () => {
    const { governor: g } = governor(2);
    const releases = [await g.worker(never), await g.worker(never)];
    g.pushedBack(0);
    let third = false;
    void g.worker(never).then(() => (third = true));
    releases[0]?.();
    await settled();
    expect(third).toBe(false);
    releases[1]?.();
    await settled();
    expect(third).toBe(true);
  });
});

describe('the start gate', () => {
  it('lets as many start at once as it was told, in the order of asking', async () => {
    const { governor: g } = governor(9, 2);
    const order: number[] = [];
    const first = await g.start(never);
    await g.start(never);
    void g.start(never).then(() => order.push(3));
    void g.start(never).then(() => order.push(4));
    await settled();
    expect(order).toEqual([]);
    first?.();
    await settled();
    expect(order).toEqual([3]);
  });

  it('holds every start for the cool-down that all share', async () => {
    const { clock, governor: g } = governor(4);
    g.pushedBack(5_000);
    let started = false;
    void g.start(never).then(() => (started = true));
    await clock.advance(4_999);
    expect(started).toBe(false);
    await clock.advance(1);
    expect(started).toBe(true);
  });

  it('starts nothing new while the machine is short of memory, unless nothing else runs', async () => {
    const { clock, memory, governor: g } = governor(4);
    memory.bytes = 200 * 1024 * 1024;
    await g.worker(never);
    expect(await g.start(never)).toBeDefined();
    await g.worker(never);
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

  it('lets go of those that wait when the session is halted', async () => {
    const { governor: g } = governor(4, 1);
    const halt = new AbortController();
    await g.start(never);
    const waiting = g.start(halt.signal);
    halt.abort();
    expect(await waiting).toBeUndefined();
  });
});

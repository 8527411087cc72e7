import { describe, expect, it } from 'vitest';
import { type Passage, PrefixGate } from '../../src/scheduler/prefix-gate.ts';
import { FakeClock } from '../rig/fake-clock.ts';

const never = new AbortController().signal;

/** Sends processes to the gate, and returns those that passed it. */
function gateWith(clock: FakeClock) {
  const gate = new PrefixGate(clock);
  const through = new Map<string, Passage | undefined>();
  const send = (name: string, key = 'same', { signal = never, changes = 0 } = {}): void => {
    void gate.enter({ key, changes }, signal).then((passage) => through.set(name, passage));
  };
  return { gate, through, send, names: () => [...through.keys()] };
}

describe('processes whose requests begin alike', () => {
  it('follow the first when its first response begins', async () => {
    const clock = new FakeClock();
    const { through, send, names } = gateWith(clock);
    for (const name of ['a', 'b', 'c']) send(name);
    send('other', 'another beginning');
    await clock.advance(1_000);
    expect(names()).toEqual(['a', 'other']);
    through.get('a')?.responding();
    send('d');
    await clock.advance(0);
    expect(names().sort()).toEqual(['a', 'b', 'c', 'd', 'other']);
  });

  it('have another leader when the first ends without a response, and when it takes 10 seconds', async () => {
    const clock = new FakeClock();
    const { through, send, names } = gateWith(clock);
    for (const name of ['a', 'b', 'c', 'd']) send(name);
    await clock.advance(0);
    through.get('a')?.[Symbol.dispose]();
    await clock.advance(9_000);
    expect(names()).toEqual(['a', 'b']);
    await clock.advance(1_000);
    expect(names()).toEqual(['a', 'b', 'c']);
    through.get('b')?.responding();
    await clock.advance(0);
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('wait for 30 seconds at most', async () => {
    const clock = new FakeClock();
    const { send, names } = gateWith(clock);
    for (let index = 0; index < 9; index += 1) send(`${index}`);
    await clock.advance(30_000);
    expect(names()).toHaveLength(9);
  });

  it('have a leader again when the cache may have forgotten', async () => {
    const clock = new FakeClock();
    const { through, send, names } = gateWith(clock);
    send('a');
    await clock.advance(0);
    through.get('a')?.responding();
    await clock.advance(5 * 60_000);
    for (const name of ['b', 'c']) send(name);
    await clock.advance(0);
    expect(names()).toEqual(['a', 'b']);
  });

  it('have a leader again when files have changed, of which the system prompt may tell', async () => {
    const clock = new FakeClock();
    const { through, send, names } = gateWith(clock);
    send('a');
    await clock.advance(0);
    through.get('a')?.responding();
    for (const name of ['b', 'c']) send(name, 'same', { changes: 1 });
    await clock.advance(0);
    expect(names()).toEqual(['a', 'b']);
    // What was cached before the change is not what they wait for.
    through.get('a')?.responding();
    await clock.advance(0);
    expect(names()).toEqual(['a', 'b']);
    through.get('b')?.responding();
    await clock.advance(0);
    expect(names()).toEqual(['a', 'b', 'c']);
  });

  it('have another leader when the next is withdrawn because of how the leader ended', async () => {
    const clock = new FakeClock();
    const { through, send, names } = gateWith(clock);
    const withdrawn = new AbortController();
    send('a');
    send('b', 'same', { signal: withdrawn.signal });
    send('c');
    await clock.advance(0);
    through.get('a')?.[Symbol.dispose]();
    // What became of the leader is judged a moment after it has ended.
    for (let step = 0; step < 20; step += 1) await Promise.resolve();
    withdrawn.abort();
    await clock.advance(0);
    expect(names().sort()).toEqual(['a', 'b', 'c']);
    expect(through.get('b')).toBeUndefined();
  });

  it('wait no longer when they are withdrawn, and leave nothing behind', async () => {
    const clock = new FakeClock();
    const { through, send, names } = gateWith(clock);
    const withdrawn = new AbortController();
    send('a');
    send('b', 'same', { signal: withdrawn.signal });
    await clock.advance(0);
    withdrawn.abort();
    await clock.advance(0);
    expect(names()).toEqual(['a', 'b']);
    expect(through.get('b')).toBeUndefined();
    through.get('a')?.[Symbol.dispose]();
    expect(clock.pending).toBe(0);
  });
});

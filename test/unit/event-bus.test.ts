import { describe, expect, test } from 'vitest';
import type { EnsembleEvent, EnsembleFact, Sink, SinkTarget } from '../../src/model/event.ts';
import type { Redactor } from '../../src/model/redactor.ts';
import { EventBus } from '../../src/session/event-bus.ts';
import { plainRedactor } from '../rig/attempt.ts';
import { FakeClock, settled } from '../rig/fake-clock.ts';
import { processResult } from '../rig/results.ts';
import { processEnded, processMessage, sessionEnded } from '../rig/session-events.ts';

const never = new Promise<void>(() => undefined);
const news: EnsembleFact = { type: 'notice', level: 'info', message: 'news' };

/** A sink that keeps its events. */
function witness(): Sink & { readonly events: EnsembleEvent[] } {
  const events: EnsembleEvent[] = [];
  return { name: 'witness', events, handle: (event) => void events.push(event) };
}

function hanging(name: string, target?: SinkTarget): Sink & { readonly given: EnsembleEvent[] } {
  const given: EnsembleEvent[] = [];
  const handle = (event: EnsembleEvent): Promise<void> => {
    given.push(event);
    return never;
  };
  return { name, given, handle, ...(target !== undefined && { target }) };
}

function busOf(sinks: readonly Sink[], redactor: Redactor = plainRedactor) {
  const clock = new FakeClock();
  return { clock, bus: new EventBus({ sinks, redactor, clock }) };
}

function warnings(events: readonly EnsembleEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'notice' && event.level === 'warning' ? [event.message] : []));
}

/** Whether a promise has settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await settled();
  return done;
}

describe('a sink that hangs', () => {
  test('is waited for no longer than half a minute, is told nothing more, and is named in one warning', async () => {
    const hung = hanging('slow screen');
    const seen = witness();
    const { bus, clock } = busOf([hung, seen]);
    const first = bus.emit(news);
    const second = bus.emit(news);
    await clock.advance(29_999);
    expect(await isSettled(first)).toBe(false);
    await clock.advance(1);
    expect(await isSettled(Promise.all([first, second]))).toBe(true);
    expect(warnings(seen.events)).toEqual([expect.stringMatching(/^slow screen: nothing was taken for 30 s/)]);
    expect(await isSettled(bus.emit(news))).toBe(true);
    expect(hung.given).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  test('is left out with all that write to the same disk, in one warning, and the disk is told', async () => {
    const told: string[] = [];
    const target = { name: 'The logs', advice: 'See to the disk.', onHang: () => void told.push('hang') };
    const quick: Sink = { name: 'quick', target, handle: ({ type }) => void told.push(type) };
    const seen = witness();
    const { bus, clock } = busOf([hanging('one', target), hanging('other', target), quick, seen]);
    void bus.emit(news);
    await clock.advance(30_000);
    expect(warnings(seen.events)).toEqual([
      'The logs: nothing was taken for 30 s, and no more is sent there. See to the disk.',
    ]);
    void bus.emit(news);
    expect(told).toEqual(['notice', 'hang']);
  });

  test('has less time once the session is being ended, counted from then', async () => {
    const { bus, clock } = busOf([hanging('x')]);
    const taken = bus.emit(news);
    await clock.advance(20_000);
    bus.hurry(1_500);
    await clock.advance(1_499);
    expect(await isSettled(taken)).toBe(false);
    await clock.advance(1);
    expect(await isSettled(taken)).toBe(true);
  });

  test('is not one that is slow, but takes each event in time', async () => {
    const seen = witness();
    const clock = new FakeClock();
    const slow: Sink = { name: 'slow', handle: () => new Promise((resolve) => void clock.after(20_000, resolve)) };
    const bus = new EventBus({ sinks: [slow, seen], redactor: plainRedactor, clock });
    for (let count = 0; count < 10; count += 1) {
      void bus.emit(news);
      await clock.advance(10_000);
    }
    expect(warnings(seen.events)).toEqual([]);
    await clock.advance(20_000);
    await bus.flush();
    expect(clock.pending).toBe(0);
  });

  test('does not hold up the end when it hangs in closing', async () => {
    const closed: string[] = [];
    const bad: Sink = { name: 'bad', handle: () => undefined, close: () => never };
    const good: Sink = { name: 'good', handle: () => undefined, close: () => void closed.push('good') };
    const { bus, clock } = busOf([bad, good]);
    const closing = bus.close();
    await clock.advance(30_000);
    expect(await closing).toEqual([expect.stringMatching(/^bad: nothing was taken/)]);
    expect(closed).toEqual(['good']);
  });
});

describe('a sink that fails', () => {
  test('is named in one warning and left out, whether it throws or rejects', async () => {
    const seen = witness();
    const fail = (): never => {
      throw new Error('no ink');
    };
    const { bus } = busOf([{ name: 'a', handle: fail }, { name: 'b', handle: async () => fail() }, seen]);
    await bus.emit(news);
    await bus.emit(news);
    expect(warnings(seen.events)).toEqual([
      'a failed and was left out from then on: no ink',
      'b failed and was left out from then on: no ink',
    ]);
  });

  test('in closing is told of by those who closed it', async () => {
    const close = (): Promise<void> => Promise.reject(new Error('no paper'));
    const { bus } = busOf([{ name: 'printer', handle: () => undefined, close }]);
    expect(await bus.close()).toEqual(['printer failed and was left out from then on: no paper']);
  });
});

describe('the end of a session', () => {
  test('closes each sink once, after the last event', async () => {
    const calls: string[] = [];
    const sink: Sink = {
      name: 'sink',
      handle: ({ type }) => void calls.push(type),
      close: () => void calls.push('closed'),
    };
    const { bus } = busOf([sink]);
    await bus.emit(sessionEnded([]));
    await bus.close();
    await bus.emit(news);
    await bus[Symbol.asyncDispose]();
    expect(calls).toEqual(['session-ended', 'closed']);
  });
});

describe('redaction on the way', () => {
  test('leaves out what was redacted where it was made: results and what children say', async () => {
    const redacted: string[] = [];
    const text = (plain: string): string => {
      redacted.push(plain);
      return plain;
    };
    const { bus } = busOf([], { ...plainRedactor, text });
    const result = processResult('p', undefined, { output: 'a large one' });
    await bus.emit(processMessage('p', { kind: 'text', text: 'a large one' }));
    await bus.emit(processEnded(result));
    await bus.emit(sessionEnded([result]));
    await bus.emit(news);
    expect(redacted).toEqual(['news']);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProcessResult } from '../../src/model/result.ts';
import { AdmissionControl } from '../../src/scheduler/admission-control.ts';
import { Scheduler } from '../../src/scheduler/scheduler.ts';
import { type Joined, JoinedProcesses } from '../../src/session/joining.ts';
import { FakeClock } from '../rig/fake-clock.ts';
import { processResult, processSpec } from '../rig/results.ts';

/** A session that processes join, and that runs each of them in no time, at most 4 at once. */
function openSession() {
  const joined = new JoinedProcesses();
  const most = { running: 0, atOnce: 0 };
  const warnings: string[] = [];
  const scheduler = new Scheduler({
    graph: {},
    admission: new AdmissionControl({
      maxWorkers: 4,
      maxStarting: 99,
      availableMemory: () => Number.POSITIVE_INFINITY,
      clock: new FakeClock(),
      emit: () => Promise.resolve(),
    }),
    halt: new AbortController().signal,
    haltReason: () => 'session-cancelled',
    async run({ id }) {
      most.running += 1;
      most.atOnce = Math.max(most.atOnce, most.running);
      await Promise.resolve();
      most.running -= 1;
      return processResult(id);
    },
    endUnstarted: (process, ending) => processResult(process.id, ending),
    blockedBy: (process) => joined.blockedBy(process),
    onEnded: (result) => joined.end(result),
  });
  const join = joined.joinWith(scheduler, {
    faultsOf: ({ prompt }) => (prompt === 'bad' ? ['prompt: bad.'] : []),
    introduce: () => Promise.resolve(new Map()),
    warn: (message) => void warnings.push(message),
    withLogs: (result) => Promise.resolve(result),
  });
  return { join, joined, scheduler, most, warnings };
}

const idOf = (result: ProcessResult) => result.processId;

test('five thousand calls at once all come to their results, in the order of the calls, within the workers', async () => {
  const { join, joined, scheduler, most } = openSession();
  const ids = Array.from({ length: 5_000 }, (_, index) => `p${index}`);
  const results = await Promise.all(ids.map((id) => join(processSpec(id))));
  expect(results.every(({ kind }) => kind === 'ended')).toBe(true);
  expect((await scheduler.finish()).map(idOf)).toEqual(ids);
  expect(most.atOnce).toBe(4);
  // Nothing is kept for calls that have been answered.
  expect(joined.cancelOf('p0')).toBeUndefined();
});

test('a process that could never start is refused and leaves no result; one whose signal is aborted does not start', async () => {
  const { join, scheduler } = openSession();
  const refused = await join({ ...processSpec('a'), prompt: 'bad' });
  expect(refused).toEqual({ kind: 'refused', faults: ['prompt: bad.'] });
  expect(await join(processSpec('b'), AbortSignal.abort())).toMatchObject({
    result: { status: 'skipped', reason: 'session-cancelled' },
  });
  expect((await scheduler.finish()).map(idOf)).toEqual(['b']);
});

test('whatever is cancelled, and whenever, each call comes to exactly one result, in the order of the calls', async () => {
  const call = fc.record({ pauseBefore: fc.nat(3), cancelAfter: fc.option(fc.nat(6), { nil: undefined }) });
  const pause = async (turns: number): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
  };
  const property = fc.asyncProperty(fc.array(call, { maxLength: 30 }), async (calls) => {
    const { join, scheduler, most } = openSession();
    const joins: Promise<Joined>[] = [];
    for (const [index, { pauseBefore, cancelAfter }] of calls.entries()) {
      await pause(pauseBefore);
      const controller = new AbortController();
      joins.push(join(processSpec(`p${index}`), controller.signal));
      if (cancelAfter !== undefined) void pause(cancelAfter).then(() => controller.abort());
    }
    const ended = (await Promise.all(joins)).flatMap((joined) => (joined.kind === 'ended' ? [joined.result] : []));
    const results = await scheduler.finish();
    expect(results.map(idOf)).toEqual(calls.map((_, index) => `p${index}`));
    expect(ended).toEqual(results);
    expect(most.atOnce).toBeLessThanOrEqual(4);
  });
  await fc.assert(property);
});

test('a conversation that is continued with another schema is warned of, once', async () => {
  const { join, warnings } = openSession();
  await join(processSpec('explore'));
  for (const id of ['one', 'two']) {
    const process = processSpec(id, { conversationFrom: 'explore' });
    await join({ ...process, claude: { ...process.claude, jsonSchema: '{}' } });
  }
  expect(warnings).toEqual([expect.stringContaining('the json-schema of "one" is not that of "explore"')]);
});

import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/graph.ts';
import type { DataBlock, ProcessSpec } from '../../src/model/plan.ts';
import type { ProcessResult } from '../../src/model/result.ts';
import { AdmissionControl } from '../../src/scheduler/admission-control.ts';
import { validSettings } from '../rig/configure.ts';
import { FakeClock, settled } from '../rig/fake-clock.ts';
import { planOf, runPlan } from '../rig/plan.ts';
import { processResult, processSpec } from '../rig/results.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const failure = { status: 'failed', reason: 'exit-code' } as const;

/** A schedule whose processes end when the test says so. */
function start(plan: Plan, maxWorkers = 3, known: ReadonlyMap<string, ProcessResult> = new Map()) {
  const halt = new AbortController();
  const running = new Map<string, { passed: readonly DataBlock[]; end: (result: ProcessResult) => void }>();
  const started: string[] = [];
  const cuts: object[] = [];
  const results = runPlan(plan, {
    admission: new AdmissionControl({
      maxWorkers,
      maxStarting: 99,
      availableMemory: () => Number.POSITIVE_INFINITY,
      clock: new FakeClock(),
      emit: () => Promise.resolve(),
    }),
    halt: halt.signal,
    known,
    haltReason: () => 'session-cancelled',
    onCut: ({ process: { id }, isCopy }) => void cuts.push({ id, isCopy }),
    run: (process, passed) => {
      started.push(process.id);
      return new Promise((resolve) => running.set(process.id, { passed: passed.blocks, end: resolve }));
    },
    endUnstarted: (process, ending) => processResult(process.id, ending),
  });
  const end = async (id: string, result: ProcessResult = processResult(id)): Promise<void> => {
    running.get(id)?.end(result);
    running.delete(id);
    await settled();
  };
  return { results, started, running, end, halt, cuts };
}

const specs = (count: number): ProcessSpec[] =>
  Array.from({ length: count }, (_, index) => processSpec(`p${index + 1}`));
const statuses = (results: readonly ProcessResult[]): string[] =>
  results.map(({ status, reason }) => (reason === undefined ? status : `${status}:${reason}`));

describe('parallel', () => {
  const plan = planOf('parallel', specs(4), { maxWorkers: 2, stopOnFailure: false });

  it('runs at most as many processes at once as there are workers, and starts the next when one ends', async () => {
    const schedule = start(plan, 2);
    await settled();
    expect(schedule.started).toEqual(['p1', 'p2']);
    await schedule.end('p2');
    expect(schedule.started).toEqual(['p1', 'p2', 'p3']);
  });

  it('gives the results in the order given, whatever the order of the ends', async () => {
    const schedule = start(plan, 4);
    await settled();
    for (const id of ['p4', 'p2', 'p3', 'p1']) await schedule.end(id);
    expect((await schedule.results).map(({ processId }) => processId)).toEqual(['p1', 'p2', 'p3', 'p4']);
  });

  it('starts nothing new after a failure when told so, lets the running ones end, and skips the rest', async () => {
    const schedule = start(planOf('parallel', specs(4), { maxWorkers: 2, stopOnFailure: true }), 2);
    await settled();
    await schedule.end('p1', processResult('p1', failure));
    expect(schedule.started).toEqual(['p1', 'p2']);
    await schedule.end('p2');
    expect(statuses(await schedule.results)).toEqual([
      'failed:exit-code',
      'succeeded',
      'skipped:earlier-failure',
      'skipped:earlier-failure',
    ]);
  });

  it('starts nothing queued once the session is halted', async () => {
    const schedule = start(plan, 2);
    await settled();
    schedule.halt.abort();
    await schedule.end('p1');
    await schedule.end('p2');
    expect(statuses(await schedule.results).slice(2)).toEqual([
      'skipped:session-cancelled',
      'skipped:session-cancelled',
    ]);
  });
});

describe('sequential', () => {
  it('passes every successful output so far to the next process, in the order given', async () => {
    const schedule = start(planOf('sequential', specs(3), { passOutput: true, stopOnFailure: false }));
    await settled();
    await schedule.end('p1');
    await schedule.end('p2', processResult('p2', failure));
    expect(schedule.running.get('p3')?.passed).toEqual([{ id: 'p1', text: 'output of p1' }]);
    await schedule.end('p3');
    expect(statuses(await schedule.results)).toEqual(['succeeded', 'failed:exit-code', 'succeeded']);
  });

  it('stops at the first failure when told so', async () => {
    const schedule = start(planOf('sequential', specs(3), { passOutput: false, stopOnFailure: true }));
    await settled();
    await schedule.end('p1', processResult('p1', failure));
    expect(statuses(await schedule.results)).toEqual([
      'failed:exit-code',
      'skipped:earlier-failure',
      'skipped:earlier-failure',
    ]);
  });
});

describe('fallback', () => {
  it('goes on until one succeeds, and skips the rest', async () => {
    const schedule = start(planOf('fallback', specs(3)));
    await settled();
    await schedule.end('p1', processResult('p1', failure));
    await schedule.end('p2');
    expect(statuses(await schedule.results)).toEqual(['failed:exit-code', 'succeeded', 'skipped:earlier-success']);
  });
});

describe('batch', () => {
  const plan = planOf('batch', specs(5), {
    maxWorkers: 2,
    batchSize: 3,
    passOutput: true,
    stopOnFailure: false,
  });

  it('finishes a batch before the next begins, and holds the worker limit inside a batch', async () => {
    const schedule = start(plan, 2);
    await settled();
    expect(schedule.started).toEqual(['p1', 'p2']);
    await schedule.end('p1');
    expect(schedule.started).toEqual(['p1', 'p2', 'p3']);
    await schedule.end('p3');
    expect(schedule.started).toHaveLength(3);
    await schedule.end('p2');
    expect(schedule.started).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
  });

  it('passes the outputs of earlier batches on, but not those of the same batch', async () => {
    const schedule = start(plan, 3);
    await settled();
    for (const id of ['p3', 'p2', 'p1']) await schedule.end(id);
    expect(schedule.running.get('p4')?.passed.map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
    expect(schedule.running.get('p5')?.passed.map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
  });
});

it('gives no results for no processes', async () => {
  const { results } = start(planOf('parallel', []));
  expect(await results).toEqual([]);
});

it('stops a graph after a failure, but for entries that wait for others and say always or failure', async () => {
  const list = { from: 'src', path: 'k' };
  const entries = [
    { id: 'src', prompt: 'x', 'json-schema': '{"type":"object"}' },
    { id: 'it', prompt: 'x', 'for-each': list },
    { id: 'alone', prompt: 'x' },
    { id: 'copies', prompt: 'x', repeat: 2 },
    { id: 'report', prompt: 'x', 'for-each': list, needs: 'it', when: 'always' },
    { id: 'clean', prompt: 'x', needs: 'it', when: 'failure' },
  ];
  await using directory = await temporaryDirectory();
  const options = { prompts: JSON.stringify(entries), 'stop-on-failure': 'true', 'max-workers': '1' };
  const { settings } = await validSettings(options, { workspace: directory.path });
  const schedule = start(settings.plan, 1);
  await settled();
  await schedule.end('src', { ...processResult('src'), structuredOutput: { k: ['one', 'two'] } });
  for (let [id] = schedule.running.keys(); id !== undefined; [id] = schedule.running.keys())
    await schedule.end(id, processResult(id, ...(id === 'it-1' ? [failure] : [])));
  const results = await schedule.results;
  expect(schedule.started.toSorted()).toEqual(['clean', 'it-1', 'report-1', 'report-2', 'src']);
  expect(results.flatMap(({ processId, reason }) => (reason === 'earlier-failure' ? [processId] : []))).toEqual([
    ...['it-2', 'alone', 'copies-1', 'copies-2'],
  ]);
});

describe('a list that is found at run time', () => {
  const schema = { 'json-schema': '{"type":"object"}' };
  const list = { from: 'src', path: 'k' };

  async function startOf(entries: readonly object[], options: Readonly<Record<string, string>> = {}) {
    await using directory = await temporaryDirectory();
    const given = { prompts: JSON.stringify(entries), 'max-workers': '9', ...options };
    const { settings } = await validSettings(given, { workspace: directory.path });
    const schedule = start(settings.plan, 9);
    await settled();
    return schedule;
  }

  it('gives each of its items what the entry needs, however that ended', async () => {
    const entries = [
      { id: 'src', prompt: 'x', ...schema },
      { id: 'notes', prompt: 'x' },
      { id: 'bad', prompt: 'x' },
      { id: 'check', prompt: 'x', needs: ['notes', 'bad'], when: 'always', 'for-each': list },
    ];
    const schedule = await startOf(entries);
    await schedule.end('notes');
    await schedule.end('bad', processResult('bad', failure));
    await schedule.end('src', { ...processResult('src'), structuredOutput: { k: ['one', 'two'] } });
    for (const id of ['check-1', 'check-2'])
      expect(schedule.running.get(id)?.passed.map((block) => block.id)).toEqual(['notes', 'bad']);
  });

  it('is reported once of all its items when what they are given is cut', async () => {
    const entries = [
      { id: 'src', prompt: 'x', ...schema },
      { id: 'check', prompt: 'x', needs: 'src', 'for-each': list },
      { id: 'copies', prompt: 'x', needs: 'src', repeat: 3 },
      { id: 'sum', prompt: 'x', needs: 'src' },
    ];
    const schedule = await startOf(entries);
    const items = ['one', 'two', 'x'.repeat(100_000)];
    await schedule.end('src', { ...processResult('src'), structuredOutput: { k: items } });
    expect(schedule.started).toHaveLength(8);
    expect(schedule.cuts).toEqual([
      { id: 'check-1', isCopy: true },
      { id: 'copies-1', isCopy: true },
      { id: 'sum', isCopy: false },
    ]);
  });

  it('has its items started ahead of what stands behind it', async () => {
    const entries = [
      { id: 'src', prompt: 'x', ...schema },
      { id: 'check', prompt: 'x', 'for-each': list },
      { id: 'next', prompt: 'x', needs: 'src' },
    ];
    const schedule = await startOf(entries);
    await schedule.end('src', { ...processResult('src'), structuredOutput: { k: ['one', 'two'] } });
    expect(schedule.started).toEqual(['src', 'check-1', 'check-2', 'next']);
  });

  it('is a failure that stops what comes next where it is missing', async () => {
    const entries = [
      { id: 'src', prompt: 'x', ...schema },
      { id: 'check', prompt: 'x', 'for-each': list },
      { id: 'next', prompt: 'x', needs: 'src' },
    ];
    const schedule = await startOf(entries, { 'stop-on-failure': 'true' });
    await schedule.end('src', { ...processResult('src'), structuredOutput: {} });
    expect(statuses(await schedule.results)).toEqual(['succeeded', 'failed:invalid-items', 'skipped:earlier-failure']);
  });

  it('leaves to others the places of the items that it leaves out', async () => {
    const entries = [
      { id: 'src', prompt: 'x', ...schema },
      { id: 'one', prompt: 'x', 'for-each': list, 'max-items': 1 },
      { id: 'two', prompt: 'x', 'for-each': list, needs: 'one', when: 'always' },
    ];
    const schedule = await startOf(entries, { 'max-prompts': '4' });
    await schedule.end('src', { ...processResult('src'), structuredOutput: { k: ['a', 'b', 'c'] } });
    await schedule.end('one-1');
    expect(schedule.started).toEqual(['src', 'one-1', 'two-1', 'two-2']);
  });
});

describe('what is known from an earlier session', () => {
  const known = new Map([['p2', processResult('p2')]]);

  it('is not started, takes no worker, and is passed on in its place', async () => {
    const plan = planOf('sequential', specs(3), { passOutput: true, stopOnFailure: true });
    const schedule = start(plan, 1, known);
    await settled();
    await schedule.end('p1');
    expect(schedule.started).toEqual(['p1', 'p3']);
    expect(schedule.running.get('p3')?.passed.map(({ id }) => id)).toEqual(['p1', 'p2']);
    await schedule.end('p3');
    expect(statuses(await schedule.results)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('is not lost to a failure or a halt that stops the rest', async () => {
    const plan = planOf('parallel', specs(3), { maxWorkers: 1, stopOnFailure: true });
    const failing = start(plan, 1, known);
    await settled();
    await failing.end('p1', processResult('p1', failure));
    expect(statuses(await failing.results)).toEqual(['failed:exit-code', 'succeeded', 'skipped:earlier-failure']);
    const halted = start(plan, 1, known);
    halted.halt.abort();
    await halted.end('p1');
    expect(statuses(await halted.results)).toEqual([expect.any(String), 'succeeded', 'skipped:session-cancelled']);
  });

  it('wins a fallback before anything starts', async () => {
    const schedule = start(planOf('fallback', specs(3)), 1, known);
    expect(statuses(await schedule.results)).toEqual([
      'skipped:earlier-success',
      'succeeded',
      'skipped:earlier-success',
    ]);
    expect(schedule.started).toEqual([]);
  });
});

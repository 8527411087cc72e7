import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { failedToStart } from '../../src/agents/claude/outcome.ts';
import type { Slot, SlotRequest } from '../../src/model/agent.ts';
import type { Plan } from '../../src/model/graph.ts';
import type { Ending } from '../../src/model/result.ts';
import { AdmissionControl } from '../../src/scheduler/admission-control.ts';
import { Budget } from '../../src/scheduler/budget.ts';
import { PrefixGate } from '../../src/scheduler/prefix-gate.ts';
import { Scheduler } from '../../src/scheduler/scheduler.ts';
import { runInSlot } from '../../src/scheduler/slot-run.ts';
import { SlotsAhead } from '../../src/scheduler/slots-ahead.ts';
import { validSettings } from '../rig/configure.ts';
import { FakeClock, settled } from '../rig/fake-clock.ts';
import { planOf } from '../rig/plan.ts';
import { processResult, processSpec } from '../rig/results.ts';

const specs = (count: number) => Array.from({ length: count }, (_, index) => processSpec(`p${index + 1}`));
const failure = { status: 'failed', reason: 'exit-code' } as const;
const gibibyte = 1024 ** 3;

/** A slot whose child starts up at once. */
function slotOf({ process }: SlotRequest, ended: string[], isWaiting: boolean): Slot {
  return {
    isWaiting,
    startedUp: () => Promise.resolve(),
    run: () => Promise.reject(new Error('nobody runs it')),
    [Symbol.asyncDispose]: async () => void ended.push(process.id),
  };
}

/** A plan whose processes take the slots that were opened for them, and end when the test says so. */
function start(
  plan: Plan,
  {
    memory = 8 * gibibyte,
    most = 2,
    maxUsd = undefined as number | undefined,
    isQuiet = true,
    cores = 2,
    isWaiting = true,
  } = {},
) {
  const clock = new FakeClock();
  const halt = new AbortController();
  const machine = { memory };
  const admission = new AdmissionControl({
    ...{ maxWorkers: plan.graph.maxWorkers, maxStarting: cores, clock, emit: () => Promise.resolve() },
    availableMemory: () => machine.memory,
  });
  const [opened, ended, used]: string[][] = [[], [], []];
  const ahead = new SlotsAhead({
    admission,
    budget: new Budget(maxUsd, 1),
    connection: {
      open: (request) => {
        opened?.push(request.process.id);
        return Promise.resolve({ kind: 'open', slot: slotOf(request, ended ?? [], isWaiting) });
      },
      prefix: () => undefined,
      opensAhead: true,
      startsQuietly: () => isQuiet,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
  });
  const ends = new Map<string, (result: ReturnType<typeof processResult>) => void>();
  const scheduler = new Scheduler({
    ...{ graph: plan.graph, admission, halt: halt.signal, haltReason: () => 'session-cancelled' },
    ahead: { most, prepare: ahead.prepare },
    run: async (process) => {
      const permit = await admission.start(halt.signal, ahead.has(process.id));
      if ((await ahead.take(process.id)) !== undefined) used?.push(process.id);
      permit?.markStarted();
      const result = await new Promise<ReturnType<typeof processResult>>((resolve) => ends.set(process.id, resolve));
      permit?.release();
      return result;
    },
    endUnstarted: (process, ending) => processResult(process.id, ending),
  });
  scheduler.add(plan.graph.nodes);
  const results = scheduler.finish();
  const end = async (id: string, ending?: Ending): Promise<void> => {
    ends.get(id)?.(processResult(id, ending));
    await clock.advance(1_000);
  };
  return { clock, ahead, halt, machine, opened, ended, used, end, results };
}

it('are opened for the next of a sequence, and given away at its turn', async () => {
  const { clock, opened, ended, used, end, results } = start(planOf('sequential', specs(3)));
  await clock.advance(1_000);
  expect(opened).toEqual(['p2']);
  await end('p1');
  expect([opened, used]).toEqual([['p2', 'p3'], ['p2']]);
  await end('p2');
  await end('p3');
  await results;
  expect([used, ended]).toEqual([['p2', 'p3'], []]);
});

it('are opened for the next batch when all that is left of this one runs, no more than there are cores', async () => {
  const plan = planOf('batch', specs(8), { maxWorkers: 3, batchSize: 4 });
  const { clock, opened, end } = start(plan);
  await clock.advance(1_000);
  expect(opened).toEqual(['p4']);
  await end('p1');
  expect(opened).toEqual(['p4', 'p5', 'p6']);
});

it('are opened in a graph for what waits for nothing but what runs, unless that was written for a failure', async () => {
  const schema = JSON.stringify({ type: 'object' });
  const entries = [
    { id: 'scan', prompt: 'x', repeat: '2' },
    { id: 'triage', prompt: 'x', 'json-schema': schema },
    { id: 'rescue', prompt: 'x', needs: 'scan', when: 'failure' },
    { id: 'urgent', prompt: 'x', when: { 'triage.level': 'high' } },
    { id: 'join', prompt: 'x', needs: ['scan', 'triage'] },
    { id: 'end', prompt: 'x', needs: ['join'] },
  ];
  const { settings } = await validSettings(
    { prompts: JSON.stringify(entries), 'max-workers': '3' },
    { workspace: tmpdir() },
  );
  const { clock, opened, ended, end } = start(settings.plan);
  await clock.advance(1_000);
  expect(opened).toEqual(['urgent', 'join']);
  await end('triage', failure);
  // What needs it is not going to start.
  expect(ended).toEqual(['urgent', 'join']);
});

it('are not opened where the first success ends everything, with a ceiling that is not known yet, nor where hooks may run', async () => {
  for (const { opened, clock } of [
    start(planOf('fallback', specs(2))),
    start(planOf('sequential', specs(2)), { maxUsd: 1 }),
    start(planOf('sequential', specs(2)), { isQuiet: false }),
  ]) {
    await clock.advance(5_000);
    expect(opened).toEqual([]);
  }
});

it('wait for memory, and for a start that is under way', async () => {
  const { clock, opened, machine } = start(planOf('sequential', specs(2)), { memory: 0.3 * gibibyte });
  await clock.advance(5_000);
  expect(opened).toEqual([]);
  machine.memory = gibibyte;
  await clock.advance(1_000);
  expect(opened).toEqual(['p2']);
});

it('hold up no start when their child ends, or is outdated, while it starts up', async () => {
  const { clock, opened, ended, end, results } = start(planOf('sequential', specs(2)), { cores: 1, isWaiting: false });
  await clock.advance(1_000);
  expect(opened).toEqual(['p2']);
  await end('p1');
  expect(ended).toEqual(['p2']);
  await end('p2');
  expect(await results).toHaveLength(2);
});

it('give their place back when their child ends in its task before it has started up', async () => {
  const outcome = failedToStart('spawn-error', 'it has died');
  const released: string[] = [];
  const slot: Slot = {
    isWaiting: true,
    startedUp: () => Promise.resolve(),
    run: () => Promise.resolve(outcome),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const request = { process: processSpec('p1'), passed: { blocks: [], omitted: [] }, attempt: 1 };
  const made = await runInSlot(
    { ...request, onStarted: () => undefined, skipSignal: new AbortController().signal },
    {
      connection: {
        ...{ opensAhead: true, startsQuietly: () => true, prefix: () => undefined },
        open: () => Promise.reject(new Error('it is open')),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      },
      gate: new PrefixGate(new FakeClock()),
      ahead: { take: () => Promise.resolve({ slot, markStarted: () => void released.push('a place') }) },
    },
  );
  expect(made).toBe(outcome);
  expect(released).not.toEqual([]);
});

it('are disposed of when they are not needed: after a failure, a halt, at the end', async () => {
  const stopping = start(planOf('sequential', specs(2), { stopOnFailure: true }));
  await stopping.clock.advance(1_000);
  await stopping.end('p1', failure);
  expect(stopping.ended).toEqual(['p2']);

  const halted = start(planOf('sequential', specs(2)));
  await halted.clock.advance(1_000);
  halted.halt.abort();
  await settled();
  expect(halted.ended).toEqual(['p2']);

  const closed = start(planOf('sequential', specs(2)));
  await closed.clock.advance(1_000);
  await closed.ahead[Symbol.asyncDispose]();
  expect(closed.ended).toEqual(['p2']);
});

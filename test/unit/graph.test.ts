import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Condition,
  type Graph,
  type GraphNode,
  inOrderOfNeeds,
  type Need,
  type TaskNode,
  type When,
} from '../../src/model/graph.ts';
import type { Ending, ProcessResult, SkipReason } from '../../src/model/result.ts';
import { groupNode, haltOn, taskNode } from '../../src/plan/patterns.ts';
import { AdmissionControl } from '../../src/scheduler/admission-control.ts';
import { Scheduler } from '../../src/scheduler/scheduler.ts';
import { FakeClock, settled } from '../rig/fake-clock.ts';
import { runs } from '../rig/random-seed.ts';
import { processResult, processSpec } from '../rig/results.ts';

const endings: readonly Ending[] = [
  { status: 'succeeded' },
  { status: 'succeeded' },
  { status: 'failed', reason: 'exit-code' },
  { status: 'timed-out', reason: 'timeout' },
];

const entryArbitrary = fc.record({
  kind: fc.constantFrom('task', 'task', 'copies', 'each'),
  /** Each a step back in the list, so that there is no cycle. */
  needs: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
  when: fc.constantFrom('success', 'always', 'failure', 'condition'),
  continueOnError: fc.boolean(),
  ending: fc.constantFrom(...endings),
  lastsMs: fc.integer({ min: 1, max: 50 }),
  isKnown: fc.boolean(),
  items: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
});

const graphArbitrary = fc.record({
  entries: fc.array(entryArbitrary, { maxLength: 9 }),
  maxWorkers: fc.integer({ min: 1, max: 4 }),
  stopOnFailure: fc.boolean(),
  cancelAtMs: fc.option(fc.integer({ min: 0, max: 120 }), { nil: undefined }),
});
type Entry = typeof entryArbitrary extends fc.Arbitrary<infer T> ? T : never;
type Scenario = typeof graphArbitrary extends fc.Arbitrary<infer T> ? T : never;

function whenOf({ when }: Entry, needs: readonly Need[]): When {
  const [first] = needs;
  if (when !== 'condition') return first === undefined ? 'always' : when;
  const condition: Condition = { of: first?.of ?? '', path: ['kind'], oneOf: ['bug'] };
  return first === undefined ? 'always' : [condition];
}

function nodesOf(entry: Entry, index: number): GraphNode[] {
  const id = `p${index}`;
  const steps = [...new Set(entry.needs)].filter((step) => step <= index);
  const needs = steps.map((step): Need => ({ of: `p${index - step}`, passes: 'output' }));
  const when = whenOf(entry, needs);
  const node = (name: string, rank: readonly number[]): TaskNode => {
    const process = processSpec(name, { continueOnError: entry.continueOnError });
    return { ...taskNode(process, rank, needs), when };
  };
  if (entry.kind === 'task') return [node(id, [index])];
  if (entry.kind === 'each' && needs.length > 0) {
    const template = processSpec(id, { continueOnError: entry.continueOnError });
    const from = needs.slice(0, 1).map(({ of }) => of);
    const each = { from, path: ['items'], template, maxItems: 3, into: id };
    return [
      { kind: 'each', id: `${id}*`, rank: [index], needs, when, ...each },
      groupNode(id, [index, 99], [{ of: `${id}*`, passes: 'output' }]),
    ];
  }
  const copies = [1, 2].map((copy) => node(`${id}-${copy}`, [index, copy]));
  return [
    ...copies,
    groupNode(
      id,
      [index, 99],
      copies.map((copy): Need => ({ of: copy.id, passes: 'output' })),
    ),
  ];
}

/** Plays a graph on a clock that stands still, and checks the limits at each start. */
async function play({ entries, maxWorkers, stopOnFailure, cancelAtMs }: Scenario, withKnown = false) {
  const clock = new FakeClock();
  const graph: Pick<Graph, 'nodes' | 'halt'> = { nodes: entries.flatMap(nodesOf), ...haltOn(stopOnFailure, true) };
  const cancel = new AbortController();
  const ended = new Map<string, ProcessResult>();
  const started: string[] = [];
  let running = 0;
  const entryOf = (id: string): Entry => entries[Number(/\d+/.exec(id)?.[0])] as Entry;
  const end = (result: ProcessResult): ProcessResult => {
    expect(ended.has(result.processId), `${result.processId} ends once`).toBe(false);
    ended.set(result.processId, result);
    return result;
  };
  const scheduler = new Scheduler({
    graph,
    admission: new AdmissionControl({
      ...{ maxWorkers, maxStarting: 99, availableMemory: () => Number.POSITIVE_INFINITY, clock },
      emit: () => Promise.resolve(),
    }),
    halt: cancel.signal,
    haltReason: (): SkipReason => 'session-cancelled',
    endUnstarted: ({ id, continueOnError }, ending) =>
      end(processResult(id, ending, { ...(continueOnError === true && { continueOnError }) })),
    run: async ({ id, continueOnError }, passed) => {
      expect(cancel.signal.aborted, 'nothing starts after a cancel').toBe(false);
      expect(started).not.toContain(id);
      started.push(id);
      running += 1;
      expect(running).toBeLessThanOrEqual(maxWorkers);
      // What is passed on has ended.
      for (const block of passed.blocks) if (block.id !== 'item') expect(ended.has(block.id)).toBe(true);
      const { ending, lastsMs, items } = entryOf(id);
      await new Promise<void>((resolve) => clock.after(lastsMs, resolve));
      running -= 1;
      const structuredOutput = {
        kind: lastsMs % 2 === 0 ? 'bug' : 'style',
        ...(items !== undefined && { items: Array(items).fill('x') }),
      };
      return end(processResult(id, ending, { structuredOutput, ...(continueOnError === true && { continueOnError }) }));
    },
  });
  const known = new Map<string, ProcessResult>();
  for (const node of graph.nodes) {
    if (node.kind !== 'task' || !withKnown || !entryOf(node.id).isKnown) continue;
    known.set(node.id, processResult(node.id));
  }
  for (const result of known.values()) ended.set(result.processId, result);
  scheduler.add(graph.nodes, known);
  if (cancelAtMs !== undefined) clock.after(cancelAtMs, () => cancel.abort());
  let results: readonly ProcessResult[] | undefined;
  void scheduler.finish().then((all) => (results = all));
  for (let step = 0; results === undefined && step < 200; step += 1) {
    await clock.advance(10);
    await settled();
  }
  return { graph, results, ended, started, known };
}

describe('any graph of processes, joins, conditions and lists, with failures and a cancel at any moment', () => {
  it('ends with one result and one status for each process, in the order of the entries', async () => {
    await fc.assert(
      fc.asyncProperty(graphArbitrary, async (scenario) => {
        const { graph, results, ended } = await play(scenario);
        expect(results, 'it comes to its end').toBeDefined();
        const ids = (results ?? []).map(({ processId }) => processId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.toSorted()).toEqual([...ended.keys()].toSorted());
        const entries = ids.map((id) => Number(/\d+/.exec(id)?.[0]));
        expect(entries).toEqual(entries.toSorted((one, other) => one - other));
        for (const node of graph.nodes) if (node.kind === 'task') expect(ids).toContain(node.id);
        // Every list has an outcome: items, a result that says why there are none, or an empty list of a success.
        expect(inOrderOfNeeds(graph.nodes)).toHaveLength(graph.nodes.length);
      }),
      { numRuns: runs(100) },
    );
  });

  it('starts nothing that is known from an earlier session, and everything still comes to its end', async () => {
    await fc.assert(
      fc.asyncProperty(graphArbitrary, async (scenario) => {
        const { results, started, known, ended } = await play(scenario, true);
        expect(results?.map(({ processId }) => processId).toSorted()).toEqual([...ended.keys()].toSorted());
        for (const [id, result] of known) {
          expect(started).not.toContain(id);
          expect(results).toContain(result);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('starts nothing whose needs have not come out as it wants them', async () => {
    await fc.assert(
      fc.asyncProperty(graphArbitrary, async (scenario) => {
        const { graph, ended } = await play(scenario);
        const good = (id: string): boolean => {
          const members = [...ended.values()].filter(
            ({ processId }) => processId === id || processId.startsWith(`${id}-`),
          );
          return members.every(({ status, reason, continueOnError }) => {
            return status === 'succeeded' || (continueOnError === true && reason !== 'condition');
          });
        };
        for (const node of graph.nodes) {
          const result = ended.get(node.id);
          if (node.kind !== 'task' || result === undefined || result.status === 'skipped') continue;
          if (node.when === 'failure') expect(node.needs.every(({ of }) => good(of))).toBe(false);
          else if (node.when !== 'always') expect(node.needs.every(({ of }) => good(of))).toBe(true);
        }
      }),
      { numRuns: runs(100) },
    );
  });
});

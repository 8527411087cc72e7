import type { Plan } from '../../src/model/graph.ts';
import type { Pattern, ProcessSpec } from '../../src/model/plan.ts';
import type { ProcessResult } from '../../src/model/result.ts';
import { batch, fallback, type PatternOptions, parallel, sequential } from '../../src/plan/patterns.ts';
import { Scheduler } from '../../src/scheduler/scheduler.ts';
import type { SchedulerOptions } from '../../src/scheduler/scheduler-options.ts';
import { type Answers, answersOf } from '../../src/session/answers.ts';

/** The patterns that take a list of processes and nothing else. */
export const listPatterns = ['parallel', 'sequential', 'fallback', 'batch'] as const satisfies readonly Pattern[];
export type ListPattern = (typeof listPatterns)[number];

/** A plan of one of the four patterns; what is left out does not matter to it. */
export function planOf(
  pattern: ListPattern,
  processes: readonly ProcessSpec[],
  given: Partial<PatternOptions> = {},
): Plan {
  const options = { maxWorkers: 3, batchSize: 2, passOutput: false, stopOnFailure: false, ...given };
  switch (pattern) {
    case 'parallel':
      return parallel(processes, options);
    case 'sequential':
      return sequential(processes, options);
    case 'fallback':
      return fallback(processes);
    case 'batch':
      return batch(processes, options);
  }
}

/** Runs a plan as a session does, with the test in the place of what the session brings. */
export function runPlan(plan: Plan, options: Omit<SchedulerOptions, 'graph'>): Promise<ProcessResult[]> {
  const scheduler = new Scheduler({ graph: plan.graph, ...options });
  scheduler.add(plan.graph.nodes);
  return scheduler.finish();
}

/** What the plan of a pattern says of its verdict and its answer. */
export function shapeOf(pattern: ListPattern): Pick<Plan['graph'], 'answer' | 'succeeds'> {
  return planOf(pattern, []).graph;
}

/** The answers of a session of a pattern. */
export function answersFor(pattern: ListPattern, results: readonly ProcessResult[]): Answers {
  const ids = results.map(({ processId }) => processId);
  return answersOf(shapeOf(pattern), results, ids);
}

import type { Plan, SessionPolicy } from '../model/plan.ts';
import { formatDuration } from '../options/duration.ts';
import type { OptionName, OptionValues } from '../options/option-table.ts';

/** How long a plan takes when every process uses its whole timeout; undefined when one has none. */
export function longestRunMs(plan: Plan): number | undefined {
  const timeouts = plan.processes.flatMap(({ timeoutMs }) => timeoutMs ?? []);
  if (timeouts.length < plan.processes.length) return undefined;
  switch (plan.pattern) {
    case 'sequential':
    case 'fallback':
      return sideBySide(timeouts, 1);
    case 'parallel':
      return sideBySide(timeouts, plan.maxWorkers);
    case 'batch': {
      let total = 0;
      for (let start = 0; start < timeouts.length; start += plan.batchSize) {
        total += sideBySide(timeouts.slice(start, start + plan.batchSize), plan.maxWorkers);
      }
      return total;
    }
    default:
      return plan satisfies never;
  }
}

/** When the last of the given times ends, each taken up in its order by the first worker that is free. */
function sideBySide(times: readonly number[], workers: number): number {
  const ends = Array.from({ length: Math.min(workers, times.length) }, () => 0);
  for (const time of times) {
    const first = ends.indexOf(Math.min(...ends));
    ends[first] = (ends[first] ?? 0) + time;
  }
  return Math.max(0, ...ends);
}

/** Which patterns an option means something to. */
const patternsOf = {
  'max-workers': ['parallel', 'batch'],
  'batch-size': ['batch'],
  'pass-output': ['sequential', 'batch'],
  'stop-on-failure': ['parallel', 'sequential', 'batch'],
} as const satisfies { readonly [Name in OptionName]?: readonly Plan['pattern'][] };

function withoutEffect(plan: Plan, given: OptionValues): readonly string[] {
  return Object.entries(patternsOf)
    .filter(([name, patterns]) => given[name as OptionName] && !(patterns as readonly string[]).includes(plan.pattern))
    .map(
      ([name, patterns]) => `${name} has no effect with pattern ${plan.pattern}; it belongs to ${patterns.join(', ')}.`,
    );
}

/** What is legal and probably not meant, one line each. */
export interface PlanNotices {
  readonly notices: readonly string[];
  /** As a notice, but to be told where people look first. */
  readonly warnings: readonly string[];
}

/** Finds what is legal and probably not meant. `given` are the options without defaults. */
export function planNotices(plan: Plan, policy: SessionPolicy, given: OptionValues): PlanNotices {
  // Nothing is said of a plan without processes but that it is one.
  if (plan.processes.length === 0) return { notices: [], warnings: [] };
  const notices: string[] = [];
  const warnings: string[] = [];
  if (plan.pattern === 'sequential' && !plan.passOutput && plan.processes.length > 1) {
    notices.push('pass-output is false: each process of this sequence sees its own prompt only.');
  }
  const longest = longestRunMs(plan);
  const { totalTimeoutMs, failOn } = policy;
  if (longest !== undefined && totalTimeoutMs !== undefined && longest > totalTimeoutMs) {
    const total = formatDuration(totalTimeoutMs);
    warnings.push(
      `total-timeout is ${total}, and the plan takes up to ${formatDuration(longest)} when every process uses its whole timeout: what has not started by then is skipped.`,
    );
  }
  if (failOn.kind === 'count' && failOn.count > plan.processes.length) {
    notices.push(
      `fail-on is ${failOn.count}, and there are ${plan.processes.length} prompts: this session cannot fail by it.`,
    );
  }
  if (given['claude-version'] === 'latest') {
    warnings.push('claude-version is latest: what runs can change from day to day. Name an exact version to pin it.');
  }
  return { notices: [...notices, ...withoutEffect(plan, given)], warnings };
}

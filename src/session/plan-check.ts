import { processesOf } from '../model/graph.ts';
import type { Redactor } from '../model/redactor.ts';
import type { PlanInShards } from '../model/shard.ts';
import type { Settings } from '../options/settings.ts';
import { plural } from '../text/format.ts';
import { ceilingText, charactersOf, countsText, modelsText, tokensOf } from './estimate.ts';
import { checkOnly } from './preflight.ts';

/** A valid plan that is to be dealt out. */
export interface PlanCheck {
  readonly settings: Settings;
  readonly whole: PlanInShards;
  /** Most shards that run at once; all of them when absent. */
  readonly maxParallel?: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly redactor: Redactor;
  readonly stop: AbortSignal;
}

/** Estimate of a plan, or the faults that prevent it. */
export type CheckedPlan =
  | { readonly kind: 'planned'; readonly estimate: Estimate; readonly warnings: readonly string[] }
  | { readonly kind: 'refused'; readonly faults: readonly string[] };

/** Estimate for all shards together. */
export interface Estimate {
  readonly processes: number;
  /** Claude processes at once on all machines. */
  readonly atOnce: number;
  /** For people. */
  readonly lines: readonly string[];
}

/**
 * From here on a warning. A process makes several requests a minute, and the lowest tier of the API allows 50 in all; shards know
 * nothing of each other's rate limits.
 */
const manyAtOnce = 20;

/** Checks everything that a session would check ahead of its start, but for the credentials, and starts nothing. */
export async function checkPlan(check: PlanCheck): Promise<CheckedPlan> {
  const { settings, environment, redactor, stop } = check;
  const request = { settings, environment, sinks: [], ...elsewhere };
  const checked = await checkOnly(request, redactor, stop);
  if (checked.faults.length > 0) return { kind: 'refused', faults: checked.faults };
  const estimate = estimateOf(check);
  const many = estimate.atOnce > manyAtOnce ? [rateWarning(estimate.atOnce)] : [];
  return { kind: 'planned', estimate, warnings: [...checked.warnings, ...many] };
}

/** Each shard has credentials, and installs what it needs, by itself. */
export const elsewhere = {
  login: 'elsewhere',
  install: (): Promise<never> => Promise.reject(new Error('Internal error: a plan installs nothing.')),
} as const;

function estimateOf({ settings, whole, maxParallel }: PlanCheck): Estimate {
  const { plan, policy } = settings;
  const { entries, count } = whole;
  const sizes = Array.from({ length: count }, () => 0);
  for (const { shard } of entries) sizes[shard - 1] = (sizes[shard - 1] ?? 0) + 1;
  const { maxWorkers } = plan.graph;
  const parallel = Math.min(maxParallel ?? count, count);
  const busiest = sizes.toSorted((one, other) => other - one).slice(0, parallel);
  const atOnce = busiest.reduce((sum, size) => sum + Math.min(size, maxWorkers), 0);
  const processes = processesOf(plan.graph).length;
  const context = charactersOf(policy.context);
  const shared = policy.maxBudgetUsd === undefined ? '' : ', shared by entries';
  return {
    processes,
    atOnce,
    lines: [
      `${countsText(plan)} in ${shardsText(sizes)}.`,
      `At most ${atOnce} at once: ${plural(parallel, 'shard', 'shards')} (${maxParallel === undefined ? 'no max-parallel was given' : 'max-parallel'}) x ${plural(maxWorkers, 'worker', 'workers')} (max-workers).`,
      `Models: ${modelsText(plan)}.${context === 0 ? '' : ` About ${tokensOf(context)} of context each.`}`,
      `${upperFirst(ceilingText(settings))}${shared}.`,
    ],
  };
}

function shardsText(sizes: readonly number[]): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const empty = sizes.filter((size) => size === 0).length;
  const each = least === most ? String(most) : `${least} to ${most}`;
  const idle = empty === 0 ? '' : `; ${empty} of them ${empty === 1 ? 'has' : 'have'} nothing to do`;
  return `${plural(sizes.length, 'shard', 'shards')} of ${each}${idle}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function rateWarning(atOnce: number): string {
  return (
    `${atOnce} processes at once are likely to meet rate limits: each makes several requests a minute, and a shard that is asked to slow ` +
    'down does not slow down the others. Lower max-parallel of the matrix, or max-workers.'
  );
}

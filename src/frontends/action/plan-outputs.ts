import { matrixOf, type PlanInShards } from '../../model/shard.ts';

/** Every output of the sub-action plan with its description. */
export const planOutputTable = {
  matrix:
    'JSON object for `strategy.matrix`, through `fromJSON`: `{"shard":["1/4", ...]}`, never empty when the plan is valid.',
  'plan-hash': 'By which each shard knows that it has the same plan, and merge which shards are of it.',
  count: 'How many shards there are.',
} as const;

/** A value for every output, in every case; a plan that was refused has no shards. */
export function planOutputsOf(
  planned: PlanInShards | undefined,
): Readonly<Record<keyof typeof planOutputTable, string>> {
  if (planned === undefined) return { matrix: '{"shard":[]}', 'plan-hash': '', count: '0' };
  return { matrix: JSON.stringify(matrixOf(planned)), 'plan-hash': planned.hash, count: String(planned.count) };
}

import type { AttemptOutcome } from '../../model/attempt.ts';
import { roundedUsd } from '../../model/money.ts';
import type { Usage, UsageByModel } from '../../model/result.ts';
import { mostUsedModel, noTokens, totalUsage } from '../../model/usage.ts';

/** Total cost of a conversation at its end, as the CLI counts it: including the conversation that it continued. */
export type ConversationCost = Pick<AttemptOutcome, 'costUsd' | 'usageByModel'>;

/** The outcome of an attempt without what the conversation that it continues had cost before. */
export function withoutEarlierCost(outcome: AttemptOutcome, earlier: ConversationCost): AttemptOutcome {
  const { costUsd, usageByModel: all } = outcome;
  const usageByModel = all && difference(all, earlier.usageByModel ?? {});
  // The CLI's figures name the model that did most of the original as well.
  const model = usageByModel && mostUsedModel(usageByModel);
  return {
    ...outcome,
    ...(costUsd !== undefined && { costUsd: roundedUsd(Math.max(0, costUsd - (earlier.costUsd ?? 0))) }),
    ...(usageByModel !== undefined && { usageByModel, usage: totalUsage(usageByModel) ?? noTokens }),
    ...(model !== undefined && { model }),
  };
}

function difference(all: UsageByModel, earlier: UsageByModel): UsageByModel {
  const own = Object.entries(all).map(([model, usage]): [string, Usage] => [model, lessUsage(usage, earlier[model])]);
  return Object.fromEntries(own.filter(([, usage]) => Object.values(usage).some((tokens) => tokens > 0)));
}

function lessUsage(usage: Usage, earlier: Usage | undefined): Usage {
  const less = (field: keyof Usage): number => Math.max(0, usage[field] - (earlier?.[field] ?? 0));
  return {
    inputTokens: less('inputTokens'),
    outputTokens: less('outputTokens'),
    cacheReadTokens: less('cacheReadTokens'),
    cacheWriteTokens: less('cacheWriteTokens'),
  };
}

import type { Usage, UsageByModel } from './result.ts';

/** Nothing was read and nothing written. */
export const noTokens: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

/** Adds tokens, as far as they are known. */
export function sumUsage(a: Usage | undefined, b: Usage | undefined): Usage | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  };
}

/** Adds the tokens of each model. */
export function addByModel(sums: UsageByModel, more: UsageByModel = {}): UsageByModel {
  const models = Object.keys({ ...sums, ...more });
  return Object.fromEntries(models.map((model) => [model, sumUsage(sums[model], more[model]) ?? noTokens]));
}

/** The tokens of all models together; undefined where there are none. */
export function totalUsage(byModel: UsageByModel = {}): Usage | undefined {
  return Object.values(byModel).reduce<Usage | undefined>(sumUsage, undefined);
}

/** The model that wrote most; undefined where there is none. */
export function mostUsedModel(byModel: Readonly<Record<string, Pick<Usage, 'outputTokens'>>>): string | undefined {
  return Object.entries(byModel).sort(([, a], [, b]) => b.outputTokens - a.outputTokens)[0]?.[0];
}

import type { Lifetime } from './prompt-blocks.ts';

/** Tokens of a request as the service bills them: each is of one kind. */
export interface InputTokens {
  /** At the full price. */
  readonly uncached: number;
  readonly cacheRead: number;
  readonly cacheWrite: Readonly<Record<Lifetime, number>>;
}

/** Prices of a model, and the minimum size of its cached prompts. */
interface ModelRates {
  /** A prefix with fewer tokens is not cached. */
  readonly minimumTokens: number;
  /** US dollars for a million tokens. */
  readonly input: number;
  readonly cacheRead: number;
}

/**
 * By a model's name, the first that fits; a model that is not named is taken for one of its family. The lengths are those of the
 * public documentation (https://docs.claude.com/en/docs/build-with-claude/prompt-caching), the prices those by which the CLI
 * 2.1.330 computes its cost.
 */
const rates: readonly (readonly [pattern: RegExp, rates: ModelRates])[] = [
  [/fable/, { minimumTokens: 4096, input: 8, cacheRead: 0.2 }],
  [/opus-5-5/, { minimumTokens: 4096, input: 4, cacheRead: 0.2 }],
  [/opus-4(-[01])?(-\d{8})?$|3-opus/, { minimumTokens: 1024, input: 15, cacheRead: 1.5 }],
  [/opus/, { minimumTokens: 4096, input: 5, cacheRead: 0.5 }],
  [/haiku-5-5/, { minimumTokens: 4096, input: 0.5, cacheRead: 0.05 }],
  [/3-5-haiku/, { minimumTokens: 2048, input: 0.8, cacheRead: 0.08 }],
  [/3-haiku/, { minimumTokens: 2048, input: 1, cacheRead: 0.1 }],
  [/haiku/, { minimumTokens: 4096, input: 1, cacheRead: 0.1 }],
  [/sonnet-5-5/, { minimumTokens: 1024, input: 2, cacheRead: 0.1 }],
  [/sonnet-4-6/, { minimumTokens: 2048, input: 3, cacheRead: 0.3 }],
  [/sonnet/, { minimumTokens: 1024, input: 3, cacheRead: 0.3 }],
];

const otherwise: ModelRates = { minimumTokens: 4096, input: 5, cacheRead: 0.5 };

/** Multiples of the price of input. */
const writeFactor = { '5m': 1.25, '1h': 2 };

const million = 1_000_000;

/** The rates of a model. */
export function modelRates(model: string): ModelRates {
  return rates.find(([pattern]) => pattern.test(model))?.[1] ?? otherwise;
}

/** The price of a request's input, in US dollars. */
export function inputCostUsd(model: string, { uncached, cacheRead, cacheWrite }: InputTokens): number {
  const { input, cacheRead: read } = modelRates(model);
  const fresh = uncached + cacheWrite['5m'] * writeFactor['5m'] + cacheWrite['1h'] * writeFactor['1h'];
  return (fresh * input + cacheRead * read) / million;
}

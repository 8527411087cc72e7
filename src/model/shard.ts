/** The most shards of a plan: GitHub runs no matrix of more jobs. */
export const mostShards = 256;

/** Part `index` of `count`, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** A process of a plan, or the entry that a list found at run time belongs to. */
export interface PlannedEntry {
  readonly id: string;
  /** Name for people. */
  readonly name: string;
  /** The shard that runs it, from 1. */
  readonly shard: number;
  /** It has no process before it runs: they are `<id>-1`, `<id>-2`, ... */
  readonly isList?: true;
  /** It is asked for findings, or for the check of one. */
  readonly answerKind?: 'findings' | 'finding-check';
}

/** A plan that was dealt out. */
export interface PlanInShards {
  /** SHA-256 in hex of all that follows but the names. */
  readonly hash: string;
  readonly count: number;
  readonly trust: 'trusted' | 'untrusted';
  /** SHA-256 in hex of prompts, context and options. */
  readonly content: string;
  /** In the order of results. */
  readonly entries: readonly PlannedEntry[];
}

/** The whole session, as the record of a shard describes it. */
export interface ShardRecord extends PlanInShards {
  /** Index of this shard, from 1. */
  readonly index: number;
  /** Ceiling of the whole session in US dollars; the policy has this shard's share. */
  readonly maxBudgetUsd?: number;
  /** The attempt of the run that it is of, from 1. */
  readonly attempt: number;
}

/** For example `2/4`. */
export function shardText({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/** The attempt of the run, from 1; 1 where there is no run. */
export function runAttempt({ GITHUB_RUN_ATTEMPT }: Readonly<Record<string, string | undefined>>): number {
  return /^[1-9]\d{0,8}$/.test(GITHUB_RUN_ATTEMPT ?? '') ? Number(GITHUB_RUN_ATTEMPT) : 1;
}

/** The matrix of a workflow whose jobs run one shard each. */
export function matrixOf({ count }: Pick<PlanInShards, 'count'>): { readonly shard: readonly string[] } {
  return { shard: Array.from({ length: count }, (_, place) => `${place + 1}/${count}`) };
}

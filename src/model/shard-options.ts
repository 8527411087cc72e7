import type { OptionRow } from './option-row.ts';
import { mostShards } from './shard.ts';

const textFrontends = ['action', 'command'] as const;

/** Options of a session whose processes are divided among several machines, and merged. */
export const shardOptions = [
  {
    name: 'shard',
    group: 'shards',
    kind: { type: 'shard' },
    tasks: ['run'],
    description:
      'Run only this part of the processes, such as 2/4: the second of four. What depends on each other stays together. The artifact goes to merge.',
  },
  {
    name: 'plan-hash',
    group: 'shards',
    kind: { type: 'plan-hash' },
    tasks: ['run', 'merge'],
    description:
      'The output of plan. A shard with other prompts, context or options than plan saw does not start; merge takes shards of this plan only.',
  },
  {
    name: 'shards',
    group: 'shards',
    kind: { type: 'count', min: 1, max: mostShards },
    tasks: ['plan'],
    frontends: textFrontends,
    default: '1',
    description: 'Only of plan: into how many shards the processes are dealt out, each for a job of its own.',
  },
  {
    name: 'max-parallel',
    group: 'shards',
    kind: { type: 'count', min: 1, max: mostShards },
    tasks: ['plan'],
    frontends: textFrontends,
    defaultNote: 'all shards',
    description:
      'Only of plan: how many shards run at once, as strategy.max-parallel of the matrix says. It decides nothing; the estimate needs it, for GitHub does not tell.',
  },
  {
    name: 'count',
    group: 'shards',
    kind: { type: 'count', min: 1, max: mostShards },
    tasks: ['merge'],
    frontends: textFrontends,
    defaultNote: 'as the shards say',
    description: 'Only of merge: the output of plan, how many shards there are.',
  },
  {
    name: 'directories',
    group: 'shards',
    kind: { type: 'lines' },
    tasks: ['merge'],
    frontends: ['action'],
    defaultNote: "the artifacts of this run's shards",
    description:
      'Only of merge: directories of shards, one a line, or directories that hold such, instead of the artifacts of this run.',
  },
] as const satisfies readonly OptionRow[];

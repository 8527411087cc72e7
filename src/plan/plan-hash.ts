import { hash } from 'node:crypto';
import type { GraphNode, Plan } from '../model/graph.ts';
import type { ClaudeOptions, ProcessSpec } from '../model/plan.ts';
import type { PlanInShards } from '../model/shard.ts';
import type { Settings } from '../options/settings.ts';

/**
 * The hash that shards of one plan have in common. It can be recomputed from the record of each, so that no record can claim other
 * ids, another trust or another content than the plan had.
 */
export function planHash({ count, trust, content, entries }: Omit<PlanInShards, 'hash'>): string {
  const ids = entries.map(({ id, shard, isList }) => [id, shard, isList === true]);
  return sha256([count, trust, content, ids]);
}

/** Covers what the answers depend on: prompts, context, options; no limit of time, money, turns, attempts or workers. */
export function contentHash({ pattern, graph }: Plan, settings: Omit<Settings, 'plan'>): string {
  const { policy, checkout, claude, passEnv } = settings;
  return sha256({
    pattern,
    halt: graph.halt,
    nodes: graph.nodes.map((node) => nodeContent(node, checkout)),
    context: policy.context,
    onDenied: policy.onDenied,
    offline: policy.offline,
    claudeVersion: claude.version,
    passEnv,
  });
}

function nodeContent(node: GraphNode, checkout: string): object {
  const { kind, id, needs, when } = node;
  switch (kind) {
    case 'group':
      return { kind, id, needs };
    case 'task':
      return { kind, id, needs, when, process: processContent(node.process, checkout) };
    case 'each': {
      const { from, path, maxItems, into, template } = node;
      return { kind, id, needs, when, from, path, maxItems, into, process: processContent(template, checkout) };
    }
    default:
      return kind satisfies never;
  }
}

function processContent(process: ProcessSpec, checkout: string): object {
  const { name, prompt, data, continueOnError, workingDirectory, claude } = process;
  const { maxTurns: _limit, ...options } = claude satisfies ClaudeOptions;
  // Another runner may keep its checkout elsewhere.
  const local = (value: unknown): unknown =>
    typeof value === 'string' && value.startsWith(checkout) ? value.slice(checkout.length) : value;
  const claudeOptions = Object.entries(options).map(([key, value]) => [key, local(value)]);
  return { name, prompt, data, continueOnError, workingDirectory: local(workingDirectory), claude: claudeOptions };
}

function sha256(value: unknown): string {
  return hash('sha256', JSON.stringify(value));
}

import { keywordOfSchema } from '../model/finding-schemas.ts';
import type { GraphNode, NodeId, Plan } from '../model/graph.ts';
import { processesAndTemplatesOf, processesOf } from '../model/graph.ts';
import type { OptionName, OptionValues } from '../model/option-table.ts';
import type { SessionPolicy } from '../model/plan.ts';
import { quote } from '../options/diagnostic.ts';
import { formatDuration } from '../options/duration.ts';
import { someOf } from '../text/format.ts';
import { continuationWarnings } from './continued-conversations.ts';
import { longestRunMs } from './longest-run.ts';

/** Which patterns an option means something to. */
const patternsOf = {
  'max-workers': ['parallel', 'batch', 'graph'],
  'batch-size': ['batch'],
  'pass-output': ['sequential', 'batch'],
  'stop-on-failure': ['parallel', 'sequential', 'batch', 'graph'],
} as const satisfies { readonly [Name in OptionName]?: readonly Plan['pattern'][] };

function withoutEffect(plan: Plan, given: OptionValues): readonly string[] {
  return Object.entries(patternsOf)
    .filter(([name, patterns]) => given[name as OptionName] && !(patterns as readonly string[]).includes(plan.pattern))
    .map(
      ([name, patterns]) => `${name} has no effect with pattern ${plan.pattern}; it belongs to ${patterns.join(', ')}.`,
    );
}

/** Legal settings that are probably not meant, one line each. */
export interface PlanNotices {
  readonly notices: readonly string[];
  /** Notices of level `warning`. */
  readonly warnings: readonly string[];
}

/** Warnings about lists whose source cannot write one, one line each: it has no `json-schema`. */
function sourceWarnings(nodes: readonly GraphNode[]): readonly string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const hasNoSchema = (id: NodeId): boolean => {
    const node = byId.get(id);
    // Copies of one entry have one schema.
    if (node?.kind === 'group') return node.needs.slice(0, 1).some(({ of }) => hasNoSchema(of));
    const process = node?.kind === 'each' ? node.template : node?.process;
    return process !== undefined && process.claude.jsonSchema === undefined;
  };
  return nodes.flatMap((node) => {
    const sources = node.kind === 'each' ? node.from.filter(hasNoSchema) : [];
    if (node.kind !== 'each' || sources.length === 0) return [];
    const [have, give] = sources.length === 1 ? ['has', 'gives'] : ['have', 'give'];
    const named = someOf(sources.map(quote), 3);
    return [
      `for-each: ${quote(node.template.id)} takes its items from ${named}, which ${have} no json-schema and so ${give} no list.`,
    ];
  });
}

/** Whether a process of a plan is asked for findings, or one that a list found at run time may make. */
export function isAskedForFindings({ graph }: Plan): boolean {
  return processesAndTemplatesOf(graph).some(({ claude }) => keywordOfSchema(claude.jsonSchema) === 'findings');
}

/** Finds what is legal and probably not meant. `given` are the options without defaults. */
export function planNotices(plan: Plan, policy: SessionPolicy, given: OptionValues): PlanNotices {
  // Nothing is said of a plan without processes but that it is one.
  const { nodes } = plan.graph;
  if (nodes.length === 0) return { notices: [], warnings: [] };
  const count = processesOf(plan.graph).length;
  const notices: string[] = [];
  const warnings: string[] = [];
  const passesNothing = nodes.every(({ needs }) => needs.every(({ passes }) => passes === 'nothing'));
  if (plan.pattern === 'sequential' && passesNothing && count > 1) {
    notices.push('pass-output is false: each process of this sequence sees its own prompt only.');
  }
  const longest = longestRunMs(plan.graph);
  const { totalTimeoutMs, failOn } = policy;
  if (longest !== undefined && totalTimeoutMs !== undefined && longest > totalTimeoutMs) {
    const total = formatDuration(totalTimeoutMs);
    warnings.push(
      `total-timeout is ${total}, and the plan takes up to ${formatDuration(longest)} when every process uses its whole timeout: what has not started by then is skipped.`,
    );
  }
  if (failOn.kind === 'count' && failOn.count > count && nodes.every(({ kind }) => kind !== 'each')) {
    notices.push(`fail-on is ${failOn.count}, and there are ${count} prompts: this session cannot fail by it.`);
  }
  warnings.push(...continuationWarnings(processesAndTemplatesOf(plan.graph)), ...sourceWarnings(nodes));
  if (policy.failOnSeverity !== 'none' && !isAskedForFindings(plan)) {
    warnings.push(
      `fail-on-severity is ${policy.failOnSeverity}, and no process is asked for findings: nothing can fail by it. Give json-schema: findings.`,
    );
  }
  if (given['claude-version'] !== undefined && given['claude-path'] !== undefined) {
    warnings.push('claude-version has no effect beside claude-path, which is used as it is.');
  } else if (given['claude-version'] === 'latest') {
    warnings.push('claude-version is latest: what runs can change from day to day. Name an exact version to pin it.');
  }
  return { notices: [...notices, ...withoutEffect(plan, given)], warnings };
}

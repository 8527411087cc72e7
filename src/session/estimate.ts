import { type NodeId, type Plan, processesAndTemplatesOf, processesOf } from '../model/graph.ts';
import type { DataBlock } from '../model/plan.ts';
import type { Settings } from '../options/settings.ts';
import { countText, plural } from '../text/format.ts';

/** Characters of English text for each token, roughly. */
const charactersPerToken = 4;

/** The number of processes of a plan, and of the lists that add more of them. */
export function countsText({ graph }: Plan): string {
  const lists = graph.nodes.filter(({ kind }) => kind === 'each').length;
  const processes = plural(processesOf(graph).length, 'process', 'processes');
  return lists === 0 ? processes : `${processes} and ${plural(lists, 'list', 'lists')} found at run time`;
}

/** The models that are asked for, with the number of their processes; a list counts once. */
export function modelsText({ graph }: Plan): string {
  const models = Map.groupBy(processesAndTemplatesOf(graph), ({ claude }) => claude.model ?? "the CLI's own");
  const parts = [...models].map(([model, processes]) => `${model} (${processes.length})`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function tokenCount(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}

/** The tokens of texts, roughly: `1 token`, `2,000 tokens`. */
export function tokensOf(characters: number): string {
  const count = tokenCount(characters);
  return `${countText(count)} ${count === 1 ? 'token' : 'tokens'}`;
}

/** The characters of blocks of data. */
export function charactersOf(blocks: readonly DataBlock[] = []): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}

/** The ceiling of money of a whole plan, and what sets it. */
export function ceilingText({ plan, policy: { maxBudgetUsd } }: Pick<Settings, 'plan' | 'policy'>): string {
  if (maxBudgetUsd !== undefined) return `at most $${maxBudgetUsd.toFixed(2)} in all (max-budget-usd)`;
  const own = plan.graph.nodes.flatMap((node) => {
    if (node.kind === 'group') return [];
    return node.kind === 'task' ? [node.process.maxBudgetUsd] : [times(node.maxItems, node.template.maxBudgetUsd)];
  });
  if (own.length > 0 && own.every((usd) => usd !== undefined))
    return `at most $${own.reduce((sum, usd) => sum + usd, 0).toFixed(2)} in all (max-process-budget-usd of each)`;
  return 'no ceiling of money: max-budget-usd would give one';
}

function times(count: number, usd: number | undefined): number | undefined {
  return usd === undefined ? undefined : count * usd;
}

/** The number of processes at once, where there is more than one. */
function pace({ graph }: Plan): string {
  const isOpen = graph.nodes.some(({ kind }) => kind === 'each');
  const count = processesOf(graph).length;
  const atOnce = isOpen ? graph.maxWorkers : Math.min(graph.maxWorkers, count);
  if (atOnce > 1) return `, at most ${atOnce} at once`;
  return isOpen || count > 1 ? ', one at a time' : '';
}

/** The estimate of a session in one line: processes, models, tokens of what they are given to read, money. */
export function estimateText({ plan, policy }: Pick<Settings, 'plan' | 'policy'>): string {
  const processes = processesAndTemplatesOf(plan.graph);
  const context = charactersOf(policy.context);
  // A conversation that is continued has the context already.
  const begun = processes.filter(({ conversationFrom }) => conversationFrom === undefined).length;
  const own = processes.reduce((sum, { prompt, data }) => sum + prompt.length + charactersOf(data), 0);
  const isAll = begun === processes.length;
  const some = begun === 1 ? '1 process' : `each of ${countText(begun)} processes`;
  const share =
    context === 0 || begun === 0 ? '' : `, ${countText(tokenCount(context))} of context in ${isAll ? 'each' : some}`;
  const more = isAll ? '' : ' and the conversations that are continued';
  return (
    `Estimate: ${countsText(plan)}${pace(plan)}; models: ${modelsText(plan)}; about ${tokensOf(own + begun * context)} of prompts ` +
    `and data${share}, besides what Claude Code sends of its own${more}; ${ceilingText({ plan, policy })}.`
  );
}

/** Settings with what is left to run: results that are taken from an earlier session are paid for. */
export function withoutTaken<Given extends Pick<Settings, 'plan'>>(settings: Given, taken: ReadonlySet<NodeId>): Given {
  const { graph } = settings.plan;
  const nodes = graph.nodes.filter(({ id }) => !taken.has(id));
  return { ...settings, plan: { ...settings.plan, graph: { ...graph, nodes } } };
}

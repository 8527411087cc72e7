import type { Graph } from '../model/graph.ts';
import type { Frontend } from '../model/option-row.ts';
import { recordOf } from '../model/option-table.ts';
import type { ProcessSpec } from '../model/plan.ts';
import { type Diagnostic, diagnosticOf, quote } from '../options/diagnostic.ts';
import { generateProcessId } from '../options/process-id.ts';
import { formatBytes } from '../options/text-file.ts';
import { passedOutputsLimitBytes } from '../scheduler/passed-outputs.ts';
import { budgetFaults, directoryFaults, type SessionOptions } from './session-options.ts';
import { largestPrompt, type PromptDraft } from './sources/prompt-draft.ts';
import { limitedByTrust, trustFaults } from './trust-limits.ts';

/** Context in which a draft becomes a process. */
export interface ProcessContext {
  readonly frontend: Frontend;
  readonly session: SessionOptions;
  /** Absolute path of the checkout. */
  readonly checkout: string;
}

/** The process of a draft, or what is wrong with it. */
export interface BuiltProcess {
  readonly process: ProcessSpec;
  readonly faults: readonly Diagnostic[];
}

/** The size of a process with its data, if it is too large. */
function excessOf(
  { prompt, data = [] }: Pick<ProcessSpec, 'prompt' | 'data'>,
  { graph }: PromptDraft,
  { values, settings }: SessionOptions,
): string | undefined {
  const blocks = [...settings.policy.context, ...data];
  const bytes =
    Buffer.byteLength(prompt) +
    blocks.reduce((sum, block) => sum + Buffer.byteLength(block.text), 0) +
    (values['pass-output'] || graph !== undefined ? passedOutputsLimitBytes : 0);
  if (bytes <= largestPrompt) return undefined;
  return `has ${formatBytes(bytes)} with its data; at most ${formatBytes(largestPrompt)} are allowed.`;
}

function sizeFaults(draft: PromptDraft, session: SessionOptions): readonly Diagnostic[] {
  const excess = excessOf(draft, draft, session);
  if (excess === undefined) return [];
  return [diagnosticOf(draft.source, { kind: 'range', text: `the prompt ${excess}` }, draft.place)];
}

/** Faults of the processes that are too large with the items that they are given, the first one of each entry. */
export function itemSizeFaults(
  { nodes }: Pick<Graph, 'nodes'>,
  drafts: readonly PromptDraft[],
  session: SessionOptions,
): readonly Diagnostic[] {
  const faults = new Map<PromptDraft, Diagnostic>();
  for (const { rank, ...node } of nodes) {
    const draft = drafts[rank[0] ?? -1];
    if (node.kind !== 'task' || draft?.graph?.forEach === undefined || faults.has(draft)) continue;
    const excess = excessOf(node.process, draft, session);
    const text = `the prompt of ${quote(node.id)} ${excess}`;
    if (excess !== undefined) faults.set(draft, diagnosticOf('for-each', { kind: 'range', text }, draft.place));
  }
  return [...faults.values()];
}

/** Adds the session's options to those of a draft. */
export function buildProcess(draft: PromptDraft, id: string, context: ProcessContext): BuiltProcess {
  const { frontend, session, checkout } = context;
  const { trust } = session.settings.policy;
  const values = { ...session.values, ...draft.values };
  const { timeout: timeoutMs, 'max-process-budget-usd': maxBudgetUsd } = values;
  const own = draft.values['working-directory'];
  const process: ProcessSpec = {
    id,
    name: draft.name ?? id,
    prompt: draft.prompt,
    ...(draft.data !== undefined && { data: draft.data }),
    workingDirectory: own ?? session.settings.workingDirectory,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maxBudgetUsd !== undefined && { maxBudgetUsd }),
    claude: limitedByTrust(recordOf('claude', values), trust),
  };
  const faults = [
    ...sizeFaults(draft, session),
    ...(own === undefined ? [] : directoryFaults(own, frontend, draft.place)),
    ...budgetFaults(draft.values, session.values, draft.place),
    ...trustFaults({ trust, checkout, values: draft.values, place: draft.place }),
  ];
  return { process, faults };
}

/** Gives every draft an id that no other has, without regard to case. */
export function assignIds(drafts: readonly PromptDraft[]): {
  readonly ids: readonly string[];
  readonly faults: readonly Diagnostic[];
} {
  const owners = new Map<string, PromptDraft>();
  const faults: Diagnostic[] = [];
  for (const draft of drafts) {
    if (draft.id === undefined) continue;
    const owner = owners.get(draft.id.toLowerCase());
    if (owner === undefined) owners.set(draft.id.toLowerCase(), draft);
    else {
      const text = `${quote(draft.id)} is already the id of ${owner.place?.where ?? 'another process'}; ids are compared without regard to case.`;
      faults.push(diagnosticOf('id', { kind: 'range', text }, draft.place));
    }
  }
  const taken = new Set(owners.keys());
  const ids = drafts.map((draft, index) => {
    const id = draft.id ?? generateProcessId(index + 1, taken);
    taken.add(id.toLowerCase());
    return id;
  });
  return { ids, faults };
}

import type { Plan } from '../model/graph.ts';
import type { CompleteValues } from '../model/option-table.ts';
import type { ProcessSpec, SessionPolicy } from '../model/plan.ts';
import type { PlanInShards } from '../model/shard.ts';
import { isInside } from '../options/containment.ts';
import { type Diagnostic, diagnosticOf, quote, withoutSecrets } from '../options/diagnostic.ts';
import type { Settings } from '../options/settings.ts';
import type { GraphEntry } from './graph-entry.ts';
import { graphKeyNames } from './graph-keys.ts';
import { type CompiledGraph, compileGraph } from './graph-plan.ts';
import { batch, fallback, parallel, sequential } from './patterns.ts';
import { isAskedForFindings, type PlanNotices, planNotices } from './plan-notices.ts';
import { assignIds, type BuiltProcess, buildProcess, itemSizeFaults } from './process-specs.ts';
import { type ConfigurationRequest, inTableOrder, type ReadSession, readSession } from './session-options.ts';
import { inShard, inShards, type Sharding } from './sharding.ts';
import { graphOfShard } from './shards.ts';
import type { PromptDraft } from './sources/prompt-draft.ts';
import { promptSources, type ReadPrompts, readPrompts } from './sources/prompt-sources.ts';
import { readItems } from './static-items.ts';
import { entryKeyFaults } from './trust-limits.ts';

/** Settings that a session can run with, or everything that is wrong with what was given. */
export type Configuration =
  | ({
      readonly kind: 'valid';
      readonly settings: Settings;
      /** The plan divided into shards; absent when none were asked for. */
      readonly whole?: PlanInShards;
      /** Most shards that run at once, if that was given. */
      readonly maxParallel?: number;
    } & PlanNotices)
  | {
      readonly kind: 'invalid';
      /** In the order of the option table; one line each. */
      readonly faults: readonly Diagnostic[];
      /** As far as they could be read; invalid values are replaced by defaults. */
      readonly settings: Omit<Settings, 'plan'>;
    };

function planOf(values: CompleteValues, processes: readonly ProcessSpec[]): Plan {
  const options = {
    maxWorkers: values['max-workers'],
    batchSize: values['batch-size'],
    passOutput: values['pass-output'],
    stopOnFailure: values['stop-on-failure'],
  };
  switch (values.pattern) {
    case 'parallel':
      return parallel(processes, options);
    case 'sequential':
      return sequential(processes, options);
    case 'fallback':
      return fallback(processes);
    case 'batch':
      return batch(processes, options);
    case 'graph':
      throw new Error('Internal error: a graph is compiled from its entries.');
    default:
      return values.pattern satisfies never;
  }
}

interface CompileContext {
  readonly read: ReadSession;
  readonly request: ConfigurationRequest;
  /** Whether nothing is wrong with the entries themselves. */
  readonly isSound: boolean;
}

/** The plan of the entries: a graph where one of them has a key of a graph, or where the pattern says so. */
async function compiled(
  { drafts }: ReadPrompts,
  built: readonly BuiltProcess[],
  { read, request, isSound }: CompileContext,
): Promise<CompiledGraph> {
  const { values, settings } = read.session;
  const processes = built.map(({ process }) => process);
  const graphDraft = drafts.find(({ graph }) => graph !== undefined);
  if (graphDraft === undefined && values.pattern !== 'graph') return { plan: planOf(values, processes), faults: [] };
  const faults = graphOptionFaults(read, graphDraft);
  const entries: GraphEntry[] = [];
  for (const [index, draft] of drafts.entries()) {
    const { process } = built[index] as BuiltProcess;
    const forEach = draft.graph?.forEach;
    const continueOnError = draft.graph?.continueOnError === true;
    const entry = { draft, process: { ...process, ...(continueOnError && { continueOnError }) } };
    if (!isSound || forEach === undefined || forEach.kind === 'from') entries.push(entry);
    else {
      const items = await readItems(forEach, { ...request, values, trust: settings.policy.trust });
      if (items.ok) entries.push({ ...entry, items: items.value });
      else faults.push(...items.diagnostics.map((diagnostic) => diagnosticOf('for-each', diagnostic, draft.place)));
    }
  }
  // A fault of an entry would be reported again for each entry that needs it.
  if (!isSound || faults.length > 0) return { plan: planOf({ ...values, pattern: 'parallel' }, processes), faults };
  const graph = compileGraph(entries, {
    maxWorkers: values['max-workers'],
    maxPrompts: values['max-prompts'],
    stopOnFailure: values['stop-on-failure'],
  });
  return { ...graph, faults: [...graph.faults, ...itemSizeFaults(graph.plan.graph, drafts, read.session)] };
}

/** A shard is not judged by how much of the whole is done, and has the time for its own part. */
function shownPlan({ settings: { plan, policy, shard }, whole }: Sharding, all: Plan): readonly [Plan, SessionPolicy] {
  if (whole === undefined || whole.count === 1) return [plan, policy];
  const part = shard === undefined ? graphOfShard(plan, { index: 1, count: whole.count }) : plan;
  // The reviewers may be in other shards.
  const failOnSeverity = isAskedForFindings(all) ? 'none' : policy.failOnSeverity;
  return [part, { ...policy, failOn: { kind: 'any' }, failOnSeverity }];
}

/** Options that were given and cannot be combined with a graph. */
function graphOptionFaults({ given }: ReadSession, draft: PromptDraft | undefined): Diagnostic[] {
  const faults: Diagnostic[] = [];
  const refuse = (option: string, text: string) => faults.push(diagnosticOf(option, { kind: 'range', text }));
  const key = draft?.keys.find((name) => (graphKeyNames as readonly string[]).includes(name));
  if (given.pattern !== undefined && given.pattern !== 'graph')
    refuse(
      'pattern',
      `${quote(given.pattern)} does not go with ${key}, which ${draft?.place?.where ?? 'an entry'} has. Leave pattern out.`,
    );
  if (given['pass-output'] === true) refuse('pass-output', 'a graph passes on what needs says; leave it out.');
  if (given['batch-size'] !== undefined) refuse('batch-size', 'a graph has no batches; leave it out.');
  return faults;
}

/** Reads the prompts, unless the option that names them is already known to be wrong. */
async function readPromptsOf(read: ReadSession, request: ConfigurationRequest): Promise<ReadPrompts> {
  const known = read.faults.some((fault) => (promptSources as readonly string[]).includes(fault.option));
  const { values, settings } = read.session;
  return known
    ? { drafts: [], faults: [], notices: [] }
    : await readPrompts({ ...request, values, trust: settings.policy.trust });
}

/** Makes a valid configuration of untrusted text, or names every fault at once. It reads files and starts nothing. */
export async function readConfiguration(request: ConfigurationRequest): Promise<Configuration> {
  const read = readSession(request);
  const { session } = read;
  const { checkout, policy } = session.settings;
  const { trust } = policy;
  const prompts = await readPromptsOf(read, request);
  const { ids, faults: idFaults } = assignIds(prompts.drafts);
  const built = prompts.drafts.map((draft, index) =>
    buildProcess(draft, ids[index] ?? '', { frontend: request.frontend, session, checkout }),
  );
  const inCheckout = prompts.listFile !== undefined && isInside(prompts.listFile, checkout);
  const faults = [
    ...read.faults,
    ...prompts.faults,
    ...idFaults,
    ...built.flatMap((process) => process.faults),
    ...(inCheckout ? prompts.drafts.flatMap((draft) => entryKeyFaults(trust, draft)) : []),
  ];
  const { plan, faults: planFaults } = await compiled(prompts, built, { read, request, isSound: faults.length === 0 });
  faults.push(...planFaults);
  const { settings, values } = session;
  const sharding = (request.task === 'plan' ? inShards : inShard)({
    ...{ plan, settings, values },
    rebuild: (processes) => planOf(values, processes),
  });
  if (faults.length === 0) faults.push(...sharding.faults);
  if (faults.length > 0) {
    const clean = withoutSecrets(request.redactor);
    const shown = faults.map((fault) => ({ ...fault, message: clean(fault.message) }));
    return { kind: 'invalid', faults: inTableOrder(shown), settings: session.settings };
  }
  const { 'max-parallel': maxParallel } = values;
  const more = planNotices(...shownPlan(sharding, plan), read.given);
  return {
    kind: 'valid',
    settings: sharding.settings,
    ...(sharding.whole !== undefined && { whole: sharding.whole }),
    ...(maxParallel !== undefined && { maxParallel }),
    notices: [...read.notices, ...prompts.notices, ...more.notices],
    warnings: [...read.warnings, ...more.warnings, ...sharding.warnings],
  };
}

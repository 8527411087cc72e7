import type { Plan } from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';
import { isInside } from '../options/containment.ts';
import { type Diagnostic, withoutSecrets } from '../options/diagnostic.ts';
import type { CompleteValues } from '../options/option-table.ts';
import type { Settings } from '../options/settings.ts';
import { batch, fallback, parallel, sequential } from './patterns.ts';
import { type PlanNotices, planNotices } from './plan-notices.ts';
import { assignIds, buildProcess } from './process-specs.ts';
import { type ConfigurationRequest, inTableOrder, type ReadSession, readSession } from './session-options.ts';
import { promptSources, type ReadPrompts, readPrompts } from './sources/prompt-sources.ts';
import { entryKeyFaults } from './trust-limits.ts';

/** Settings that a session can run with, or everything that is wrong with what was given. */
export type Configuration =
  | ({ readonly kind: 'valid'; readonly settings: Settings } & PlanNotices)
  | {
      readonly kind: 'invalid';
      /** In the order of the option table; one line each. */
      readonly faults: readonly Diagnostic[];
      /** As far as they could be read; defaults stand in for what is wrong. */
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
      return { ...parallel(processes, options), pattern: 'graph' };
    default:
      return values.pattern satisfies never;
  }
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
  if (faults.length > 0) {
    const clean = withoutSecrets(request.redactor);
    const shown = faults.map((fault) => ({ ...fault, message: clean(fault.message) }));
    return { kind: 'invalid', faults: inTableOrder(shown), settings: session.settings };
  }
  const plan = planOf(
    session.values,
    built.map(({ process }) => process),
  );
  const more = planNotices(plan, session.settings.policy, read.given);
  return {
    kind: 'valid',
    settings: { ...session.settings, plan },
    notices: [...read.notices, ...prompts.notices, ...more.notices],
    warnings: [...read.warnings, ...more.warnings],
  };
}

import { processesAndTemplatesOf } from '../../model/graph.ts';
import { readConfiguration } from '../../plan/configuration.ts';
import { startSearch } from '../../session/executable-search.ts';
import type { StepResult } from './outputs.ts';
import { refusal } from './refusal.ts';
import { type StepTools, setUpStep } from './step-set-up.ts';

/** The step, from its inputs to the result; rejects only for a fault of our own. */
export async function runStep(tools: StepTools): Promise<StepResult> {
  const setUp = await setUpStep(tools, 'run');
  if (setUp.kind === 'none') return refusal([setUp.fault], tools);
  const configuration = await readConfiguration(setUp.request);
  const { settings } = configuration;
  tools.recordFacts({ trust: settings.policy.trust.level });
  if (configuration.kind === 'invalid') {
    const { refuseConfiguration } = await import('./configured-step.ts');
    return await refuseConfiguration({ ...setUp, configuration }, tools);
  }
  const isEmpty = processesAndTemplatesOf(configuration.settings.plan.graph).length === 0;
  const search = isEmpty ? undefined : startSearch({ settings, environment: tools.environment });
  await search?.isUnderWay;
  // What a session takes is loaded while the program is asked for its version, and all of it before anything else starts.
  const { runConfigured } = await import('./configured-step.ts');
  return await runConfigured({ ...setUp, configuration, ...(search !== undefined && { search }) }, tools);
}

import { readConfiguration } from '../../plan/configuration.ts';
import { checkPlan, elsewhere } from '../../session/plan-check.ts';
import { preflightDiagnostics } from '../../session/preflight.ts';
import { headingHtml, inlineHtml } from '../../text/html-text.ts';
import type { Annotation } from './annotations.ts';
import { foreignInputsWarning } from './inputs.ts';
import type { StepResult } from './outputs.ts';
import { refusal } from './refusal.ts';
import { type StepTools, setUpStep } from './step-set-up.ts';

/** The summary has room for a line of this length. */
const longestLine = 600;

/** The step that divides a session into shards: it checks everything and starts nothing. */
export async function planStep(tools: StepTools): Promise<StepResult> {
  const { environment, console, files, interrupts, redactor, recordFacts } = tools;
  const setUp = await setUpStep(tools, 'plan');
  if (setUp.kind === 'none') return refusal([setUp.fault], tools);
  const configuration = await readConfiguration(setUp.request);
  const { settings } = configuration;
  recordFacts({ trust: settings.policy.trust.level });
  const foreign = foreignInputsWarning(setUp.inputs);
  if (configuration.kind === 'invalid') {
    const { faults } = configuration;
    const more = await preflightDiagnostics({ ...elsewhere, settings, environment }, faults);
    return refusal([...faults.map(({ message }) => message), ...more], tools, settings);
  }
  const { whole, warnings: early, notices } = configuration;
  if (whole === undefined) throw new Error('Internal error: the plan was not dealt out.');
  const stop = interrupts.interrupt;
  const checked = await checkPlan({ ...configuration, whole, environment, redactor, stop });
  if (checked.kind === 'refused' || stop.aborted)
    return refusal(checked.kind === 'refused' ? checked.faults : [], tools, settings);
  const lines = checked.estimate.lines.map(redactor.text);
  for (const line of [...lines, ...notices.map(redactor.text)]) console.print(line);
  const warnings = [...early, ...checked.warnings, ...(foreign === undefined ? [] : [foreign])].map(redactor.text);
  const title = headingHtml(redactor.text(settings.title ?? 'Claude Ensemble'), 200);
  const items = [...lines, ...warnings].map((line) => `<li>${inlineHtml(line, longestLine)}</li>\n`);
  if (settings.delivery.jobSummary) files.writeSummary(`### ${title}: plan\n\n<ul>\n${items.join('')}</ul>\n`);
  const annotations = warnings.map((message): Annotation => ({ kind: 'warning', message }));
  return { conclusion: 'success', verdict: lines[0] ?? '', annotations, planned: whole };
}

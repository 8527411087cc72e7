import { matrixOf } from '../../model/shard.ts';
import { withoutSecrets } from '../../options/diagnostic.ts';
import { readConfiguration } from '../../plan/configuration.ts';
import { checkPlan, elsewhere } from '../../session/plan-check.ts';
import { preflightDiagnostics } from '../../session/preflight.ts';
import { oneLine } from '../../text/plain-text.ts';
import type { Command } from './arguments.ts';
import type { CliContext } from './cli-context.ts';
import { inertText } from './inert-text.ts';
import { jsonText } from './json-output.ts';
import { refuse } from './refusal.ts';
import { configurationRequest } from './session-request.ts';
import { inputFaults, inputOptions, readInput } from './standard-input.ts';

/** Deals the processes out: standard output gets what a workflow needs, standard error what people do. */
export async function planCommand(command: Extract<Command, { kind: 'plan' }>, context: CliContext): Promise<number> {
  const { options, mode } = command;
  const { environment, interrupts, err, out } = context;
  const uses = inputOptions(options);
  const faults = [...command.faults, ...inputFaults(uses)];
  const input = await readInput(uses, { faults, context });
  if (input.kind === 'interrupted') return interrupts.exitCode() ?? 1;
  const request = { ...(await configurationRequest(options, context)), ...input, task: 'plan' as const };
  const { redactor } = request;
  const refusePlan = (messages: readonly string[]): number =>
    refuse(messages.map(withoutSecrets(redactor)), { context, json: mode.json, topic: 'plan' });
  if (input.kind === 'failed') return refusePlan([input.fault]);
  const configuration = await readConfiguration(request);
  const wrong = configuration.kind === 'invalid' ? configuration.faults : [];
  if (configuration.kind === 'invalid' || faults.length > 0) {
    const more = await preflightDiagnostics({ ...elsewhere, settings: configuration.settings, environment }, wrong);
    return refusePlan([...faults, ...wrong.map(({ message }) => message), ...more]);
  }
  const { settings, whole, notices, warnings: early } = configuration;
  if (whole === undefined) throw new Error('Internal error: the plan was not dealt out.');
  const checked = await checkPlan({ ...configuration, whole, environment, redactor, stop: interrupts.interrupt });
  if (checked.kind === 'refused') return interrupts.exitCode() ?? refusePlan(checked.faults);
  const { lines, ...estimate } = checked.estimate;
  const warnings = [...early, ...checked.warnings].map(redactor.text);
  const shown = (line: string): string => `${inertText(oneLine(line, longestLine))}\n`;
  const shownNotices = mode.quiet ? [] : [...lines, ...notices].map(redactor.text);
  err.write([...shownNotices, ...warnings.map((line) => `warning: ${line}`)].map(shown).join(''));
  const { hash, count, entries } = whole;
  const facts = { matrix: matrixOf(whole), planHash: hash, count, ...estimate, trust: settings.policy.trust, entries };
  await out.writeAll([mode.json ? jsonText({ ...facts, warnings }) : outputLines(facts)]);
  return 0;
}

/** Much more than any of them has. */
const longestLine = 4_000;

/** The outputs in the format of `GITHUB_OUTPUT`. */
function outputLines({
  matrix,
  planHash,
  count,
}: {
  readonly matrix: object;
  readonly planHash: string;
  readonly count: number;
}): string {
  return `matrix=${JSON.stringify(matrix)}\nplan-hash=${planHash}\ncount=${count}\n`;
}

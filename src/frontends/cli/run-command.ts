import type { Conclusion } from '../../model/conclusion.ts';
import { type Plan, processesOf } from '../../model/graph.ts';
import { withoutSecrets } from '../../options/diagnostic.ts';
import { readConfiguration } from '../../plan/configuration.ts';
import { preflightDiagnostics } from '../../session/preflight.ts';
import { runSession } from '../../session/run.ts';
import type { SessionOutcome } from '../../session/run-request.ts';
import type { Command, OutputMode } from './arguments.ts';
import type { CliContext } from './cli-context.ts';
import { sessionJson } from './json-output.ts';
import { printAnswers } from './print-answer.ts';
import { chooseAnswers, type PrintChoice, printFaults } from './print-choice.ts';
import { holdEnd, openProgress } from './progress.ts';
import { refuse } from './refusal.ts';
import { configurationRequest } from './session-request.ts';
import { inputFaults, inputOptions, readInput, unreadInputNotices } from './standard-input.ts';

/** Without a credential in the environment, the user's own login is used. */
const login = 'own';

/** Runs one session: configuration, session, answers, exit code. */
export async function runCommand(command: Extract<Command, { kind: 'run' }>, context: CliContext): Promise<number> {
  const { options, mode } = command;
  const { json, quiet, print } = mode;
  const { environment, interrupts, err, directory } = context;
  const uses = inputOptions(options);
  const faults = [...command.faults, ...inputFaults(uses)];
  const input = await readInput(uses, { faults, context });
  if (input.kind === 'interrupted') return interrupts.exitCode() ?? 1;
  const request = { ...(await configurationRequest(options, context)), ...input };
  const refuseRun = (messages: readonly string[]): number =>
    refuse(messages.map(withoutSecrets(request.redactor)), { context, json, topic: 'run' });
  if (input.kind === 'failed') return refuseRun([input.fault]);
  const configuration = await readConfiguration(request);
  const wrong = configuration.kind === 'invalid' ? configuration.faults : [];
  const printed = configuration.kind === 'valid' ? faultsOfPrint(print, configuration.settings.plan) : [];
  const ownFaults = [...faults, ...printed];
  if (configuration.kind === 'invalid' || ownFaults.length > 0) {
    const more = await preflightDiagnostics(
      { settings: configuration.settings, environment, login, project: directory },
      wrong,
    );
    return refuseRun([...ownFaults, ...wrong.map(({ message }) => message), ...more]);
  }

  const { settings, notices, warnings } = configuration;
  using progress = openProgress({ stream: err, unattended: Boolean(environment.CI), quiet });
  const { sink, finish } = holdEnd(progress);
  const result = await runSession({
    settings,
    notices: [...notices, ...(uses.length === 0 && err.isTerminal ? unreadInputNotices() : [])],
    warnings,
    environment,
    sinks: [sink],
    interrupt: interrupts.interrupt,
    kill: interrupts.kill,
    login,
    project: directory,
  });
  // What an interrupt has ended half-way is not reported as a fault.
  if (result.kind === 'refused') return interrupts.exitCode() ?? refuseRun(result.faults);
  await printOutcome({ outcome: result.outcome, mode }, context);
  finish();
  return interrupts.exitCode() ?? exitCodeOf(result.outcome.conclusion);
}

function faultsOfPrint(print: PrintChoice, { graph }: Plan): readonly string[] {
  const known = processesOf(graph).map(({ id }) => id);
  const lists = graph.nodes.flatMap((node) => (node.kind === 'each' ? [node.template.id] : []));
  return printFaults(print, known, lists);
}

interface PrintedOutcome {
  readonly outcome: SessionOutcome;
  readonly mode: OutputMode;
}

/** Standard output gets the answers, or the JSON object, and nothing else. */
export async function printOutcome({ outcome, mode }: PrintedOutcome, context: CliContext): Promise<void> {
  const { out, err, directory, interrupts } = context;
  if (mode.json) return await out.writeAll(sessionJson(outcome));
  // After an interrupt the command is to end, not to print pages of text.
  const choice = interrupts.interrupt.aborted ? ({ kind: 'none' } as const) : mode.print;
  const chosen = chooseAnswers(choice, outcome);
  const hint = choice.kind === 'few' ? ' (--print all prints them)' : undefined;
  // Where both go to one terminal, blank lines set the answers apart from the notes.
  const space = chosen.answers.length > 0 && out.isTerminal && err.isTerminal ? '\n' : '';
  err.write(space);
  const notes = await printAnswers({ outcome, chosen, hint, out, directory });
  // The end begins with a blank line of its own.
  if (notes.length > 0) err.write(space + notes.map((note) => `${note}\n`).join(''));
}

/** Exit status, for scripts. */
export function exitCodeOf(conclusion: Conclusion): number {
  switch (conclusion) {
    case 'success':
    case 'skipped':
      return 0;
    case 'failure':
    case 'cancelled':
      return 1;
  }
}

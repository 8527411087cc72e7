import { readConfiguration } from '../config/configuration.ts';
import { withoutSecrets } from '../config/fault.ts';
import type { Conclusion } from '../core/verdict.ts';
import { surroundingFaults } from '../preparation.ts';
import { runSession } from '../run.ts';
import { answerSink } from './answer.ts';
import type { Command } from './arguments.ts';
import { jsonText, sessionSummary } from './machine-text.ts';
import { openProgress } from './progress.ts';
import { refuse } from './refusal.ts';
import { configurationRequest } from './session-request.ts';
import type { World } from './world.ts';

/** Who has no credential in the environment has logged in. */
const login = 'own';

/** Runs one session: configuration, session, exit code. */
export async function runCommand(command: Extract<Command, { kind: 'run' }>, world: World): Promise<number> {
  const { options, manner, faults } = command;
  const { json, quiet } = manner;
  const { environment, interrupts, out, err } = world;
  const request = configurationRequest(options, world);
  const tellRefusal = (messages: readonly string[]): number =>
    refuse(messages.map(withoutSecrets(request.redactor)), { world, json, topic: 'run' });
  const configuration = await readConfiguration(request);
  const wrong = configuration.kind === 'invalid' ? configuration.faults : [];
  if (configuration.kind === 'invalid' || faults.length > 0) {
    const more = await surroundingFaults({ settings: configuration.settings, environment, login }, wrong);
    return tellRefusal([...faults, ...wrong.map(({ message }) => message), ...more]);
  }

  const { settings, notices, warnings } = configuration;
  using progress = openProgress({ stream: json ? err : out, unattended: Boolean(environment.CI), quiet });
  const result = await runSession({
    settings,
    notices,
    warnings,
    environment,
    sinks: json ? [progress.sink] : [answerSink(settings.plan.pattern, progress), progress.sink],
    interrupt: interrupts.interrupt,
    kill: interrupts.kill,
    login,
  });
  if (result.kind === 'refused') return tellRefusal(result.faults);
  if (json) out.write(jsonText(sessionSummary(result.outcome)));
  return interrupts.exitCode() ?? exitCodeOf(result.outcome.conclusion);
}

function exitCodeOf(conclusion: Conclusion): number {
  switch (conclusion) {
    case 'success':
    case 'skipped':
      return 0;
    case 'failure':
    case 'cancelled':
      return 1;
  }
}

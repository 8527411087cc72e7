import { readConfiguration } from '../config/configuration.ts';
import type { Conclusion } from '../core/verdict.ts';
import { runSession } from '../run.ts';
import { answerSink } from './answer.ts';
import type { Command } from './arguments.ts';
import { jsonText, sessionSummary } from './machine-text.ts';
import { openProgress } from './progress.ts';
import { refuse } from './refusal.ts';
import { configurationRequest } from './session-request.ts';
import type { World } from './world.ts';

/** Runs one session: configuration, session, exit code. */
export async function runCommand(command: Extract<Command, { kind: 'run' }>, world: World): Promise<number> {
  const { options, manner, faults } = command;
  const { json, quiet } = manner;
  const { environment, interrupts, out, err } = world;
  const configuration = await readConfiguration(configurationRequest(options, world));
  const more = configuration.kind === 'invalid' ? configuration.faults.map(({ message }) => message) : [];
  const wrong = [...faults, ...more];
  if (configuration.kind === 'invalid' || wrong.length > 0) return refuse(wrong, { world, json, topic: 'run' });

  const { settings, notices } = configuration;
  using progress = openProgress({ stream: json ? err : out, unattended: Boolean(environment.CI), quiet });
  const result = await runSession({
    settings,
    notices,
    environment,
    sinks: json ? [progress.sink] : [answerSink(settings.plan.pattern, progress), progress.sink],
    interrupt: interrupts.interrupt,
    kill: interrupts.kill,
    login: 'own',
  });
  if (result.kind === 'refused') return refuse(result.faults, { world, json, topic: 'run' });
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

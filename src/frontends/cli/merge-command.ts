import { resolve } from 'node:path';
import { withoutSecrets } from '../../options/diagnostic.ts';
import { readSession } from '../../plan/session-options.ts';
import { mergeSession } from '../../session/merge/merge-session.ts';
import { shardPlaces } from '../../session/merge/shard-places.ts';
import type { Command } from './arguments.ts';
import type { CliContext } from './cli-context.ts';
import { printFaults } from './print-choice.ts';
import { holdEnd, openProgress } from './progress.ts';
import { refuse } from './refusal.ts';
import { exitCodeOf, printOutcome } from './run-command.ts';
import { configurationRequest } from './session-request.ts';

/** Makes one session of the shards in some directories. */
export async function mergeCommand(command: Extract<Command, { kind: 'merge' }>, context: CliContext): Promise<number> {
  const { options, mode, directories } = command;
  const { interrupts, err, directory } = context;
  const request = { ...(await configurationRequest(options, context)), task: 'merge' as const };
  const { redactor } = request;
  const refuseMerge = (messages: readonly string[]): number =>
    refuse(messages.map(withoutSecrets(redactor)), { context, json: mode.json, topic: 'merge' });
  const { session, faults: wrong } = readSession(request);
  const faults = [...command.faults, ...wrong.map(({ message }) => message)];
  if (faults.length > 0) return refuseMerge(faults);
  const { settings, values } = session;
  const { 'plan-hash': hash, count } = values;
  const { policy, title, logDirectory, maxLogSize, checkout } = settings;
  // Nothing moves while it works: it is over in seconds.
  using progress = openProgress({ stream: err, unattended: true, quiet: mode.quiet });
  const { sink, finish } = holdEnd(progress);
  const result = await mergeSession({
    places: await shardPlaces(directories.map((name) => ({ path: resolve(directory, name), name }))),
    wanted: { ...(hash !== undefined && { hash }), ...(count !== undefined && { count }) },
    ...{ failOn: policy.failOn, failOnSeverity: policy.failOnSeverity, logDirectory, maxLogSize, checkout, redactor },
    ...(title !== undefined && { title }),
    faultsOf: (ids) => printFaults(mode.print, ids),
    sinks: [sink],
    interrupt: interrupts.interrupt,
    kill: interrupts.kill,
  });
  if (result.kind === 'refused') return interrupts.exitCode() ?? refuseMerge(result.faults);
  const { outcome } = result;
  await printOutcome({ outcome, mode }, context);
  finish();
  return interrupts.exitCode() ?? exitCodeOf(outcome.conclusion);
}

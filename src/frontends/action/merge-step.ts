import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { artifactProgram } from '../../github/artifact-child.ts';
import { restRunOf } from '../../github/rest-artifacts.ts';
import { DownloadedShards } from '../../github/shard-download.ts';
import type { OptionValues } from '../../model/option-table.ts';
import { runAttempt } from '../../model/shard.ts';
import type { Settings } from '../../options/settings.ts';
import { readSession } from '../../plan/session-options.ts';
import { consoleSink } from '../../reports/console.ts';
import { type MergeRequest, mergeSession } from '../../session/merge/merge-session.ts';
import { type ShardPlace, shardPlaces } from '../../session/merge/shard-places.ts';
import { annotationsOf } from './annotations.ts';
import { artifactOwner } from './artifact-owner.ts';
import { deliver } from './delivery.ts';
import { commentOnFindings } from './findings-comment.ts';
import { findingsKey } from './findings-key.ts';
import { foreignInputsWarning } from './inputs.ts';
import type { StepResult } from './outputs.ts';
import { refusal } from './refusal.ts';
import { startedSession, startSink } from './started-session.ts';
import { type StepSetUp, type StepTools, setUpStep } from './step-set-up.ts';
import { leaveSession, ledgerKeyOf } from './step-state.ts';

/** The step that merges the shards of this run into one session; it starts no Claude. */
export async function mergeStep(tools: StepTools): Promise<StepResult> {
  const setUp = await setUpStep(tools, 'merge');
  if (setUp.kind === 'none') return refusal([setUp.fault], tools);
  const { session, faults } = readSession(setUp.request);
  const { settings, values } = session;
  tools.recordFacts({ trust: settings.policy.trust.level });
  if (faults.length > 0)
    return refusal(
      faults.map(({ message }) => message),
      tools,
      settings,
    );
  await using downloads = new DownloadedShards();
  const places = await placesOf({ setUp, settings, values }, tools, downloads);
  const result = await mergeSession(requestOf({ setUp, settings, values }, tools, places));
  if (result.kind === 'refused') return refusal(result.faults, tools, settings);
  const { outcome, state } = result;
  const { environment, console, files, interrupts, redactor } = tools;
  const { interrupt } = interrupts;
  if (state.started !== undefined) tools.recordFacts({ trust: state.started.trust.level });
  const { delivery } = settings;
  const processIds = outcome.results.map(({ processId }) => processId);
  const owner = artifactOwner({ environment, delivery, matrix: setUp.inputs.matrix, processIds, redactor });
  const artifact = await deliver(
    { outcome, settings, owner, state },
    { console, files, environment, cancel: interrupt },
  );
  const comment = await commentOnFindings({ outcome, settings, event: setUp.event, environment, interrupt });
  const { conclusion, verdict } = outcome;
  const onDenied = state.started?.policy?.onDenied ?? 'warn';
  const annotations = [...comment.annotations, ...annotationsOf({ outcome, onDenied })];
  return { ...comment, conclusion, verdict, outcome, annotations, ...(artifact !== undefined && { artifact }) };
}

interface MergeInputs {
  readonly setUp: StepSetUp;
  readonly settings: Omit<Settings, 'plan'>;
  readonly values: OptionValues;
}

/** The shards in the directories that were named; else in the artifacts of this run. */
async function placesOf(
  { setUp, settings, values }: MergeInputs,
  { environment, interrupts }: StepTools,
  downloads: DownloadedShards,
): Promise<readonly ShardPlace[]> {
  const { directories, 'plan-hash': hash } = values;
  const { workspace, temporary } = setUp.job;
  if (directories !== undefined)
    return await shardPlaces(directories.map((name) => ({ path: resolve(workspace, name), name })));
  const run = restRunOf(environment, settings.delivery.githubToken);
  return await downloads.fetch({
    ...(hash !== undefined && { hash }),
    ...(run !== undefined && { run }),
    attempt: runAttempt(environment),
    temporary,
    program: artifactProgram(),
    environment,
    cancel: interrupts.interrupt,
  });
}

function requestOf(
  { setUp, settings, values }: MergeInputs,
  tools: StepTools,
  places: readonly ShardPlace[],
): MergeRequest {
  const { environment, console, files, interrupts, redactor, recordFacts } = tools;
  const { 'plan-hash': hash, count } = values;
  const { policy, title, logDirectory, maxLogSize, checkout, delivery } = settings;
  const foreign = foreignInputsWarning(setUp.inputs);
  const isUploaded = delivery.uploadLogs !== 'never';
  return {
    places,
    wanted: {
      ...(hash !== undefined && { hash }),
      ...(count !== undefined && { count }),
      attempt: runAttempt(environment),
    },
    ...{ failOn: policy.failOn, failOnSeverity: policy.failOnSeverity, logDirectory, maxLogSize, checkout, redactor },
    ...(title !== undefined && { title }),
    warnings: foreign === undefined ? [] : [foreign],
    findingsKey: findingsKey({ environment, matrix: setUp.inputs.matrix, given: delivery.commentKey }),
    sinks: [
      consoleSink({ reader: 'job', write: (line) => console.print(line), fold: console.fold }),
      startSink((started) => {
        recordFacts({ started: startedSession(started) });
        if (isUploaded) leaveSession(files, started);
      }),
    ],
    interrupt: interrupts.interrupt,
    kill: interrupts.kill,
    ...(isUploaded && { ledgerKey: ledgerKeyOf(environment) ?? randomBytes(32) }),
  };
}

import { randomBytes } from 'node:crypto';
import { artifactProgram } from '../../github/artifact-child.ts';
import type { ArtifactOwner } from '../../github/artifact-name.ts';
import { DownloadedSessions } from '../../github/download.ts';
import { secretsWithheldFrom } from '../../github/event-trust.ts';
import { restRunOf } from '../../github/rest-artifacts.ts';
import { processesOf } from '../../model/graph.ts';
import { SessionState } from '../../model/session-state.ts';
import type { FetchSession } from '../../options/settings.ts';
import type { Configuration } from '../../plan/configuration.ts';
import { consoleSink } from '../../reports/console.ts';
import type { StartedSearch } from '../../session/executable-search.ts';
import { type PreflightInput, preflightDiagnostics } from '../../session/preflight.ts';
import { runSession } from '../../session/run.ts';
import { annotationsOf } from './annotations.ts';
import { artifactOwner } from './artifact-owner.ts';
import { deliver } from './delivery.ts';
import { commentOnFindings } from './findings-comment.ts';
import { findingsKey } from './findings-key.ts';
import { foreignInputsWarning } from './inputs.ts';
import { claudeInstaller } from './install.ts';
import type { StepResult } from './outputs.ts';
import { refusal } from './refusal.ts';
import { startedSession, startSink } from './started-session.ts';
import type { StepSetUp, StepTools } from './step-set-up.ts';
import { leaveSession, ledgerKeyOf } from './step-state.ts';

function preflightInputOf(
  { job, event }: Pick<StepSetUp, 'job' | 'event'>,
  { environment, console, interrupts }: StepTools,
): Omit<PreflightInput, 'settings'> {
  const { toolCache, workspace: checkout } = job;
  const { interrupt } = interrupts;
  return {
    environment,
    install: claudeInstaller({ toolCache, environment, checkout, interrupt, print: console.print }),
    login: 'required',
    credentialsWithheld: secretsWithheldFrom(event) !== undefined,
  };
}

/** A step whose configuration was read. */
type Configured<Kind extends Configuration['kind']> = Omit<StepSetUp, 'kind' | 'request'> & {
  readonly configuration: Extract<Configuration, { kind: Kind }>;
};
type ConfiguredStep = Configured<'valid'> & {
  /** Absent where nothing is to be run. */
  readonly search?: StartedSearch;
};

/** Refuses a configuration with all of its faults, those that the preflight finds included. */
export async function refuseConfiguration(step: Configured<'invalid'>, tools: StepTools): Promise<StepResult> {
  const { faults, settings } = step.configuration;
  const more = await preflightDiagnostics({ settings, ...preflightInputOf(step, tools) }, faults);
  const refused = refusal([...faults.map(({ message }) => message), ...more], tools, settings);
  const foreign = foreignInputsWarning(step.inputs);
  return foreign === undefined ? refused : { ...refused, annotations: [{ kind: 'warning', message: foreign }] };
}

/** Runs a session, delivers its artifact, and comments on its findings. */
export async function runConfigured(step: ConfiguredStep, tools: StepTools): Promise<StepResult> {
  const { settings, notices, warnings } = step.configuration;
  const { environment, console, files, interrupts } = tools;
  const { interrupt, kill } = interrupts;
  const foreign = foreignInputsWarning(step.inputs);
  const state = new SessionState();
  const isUploaded = settings.delivery.uploadLogs !== 'never';
  await using downloads = new DownloadedSessions();
  const result = await runSession({
    settings,
    notices,
    warnings: [...warnings, ...(foreign === undefined ? [] : [foreign])],
    ...preflightInputOf(step, tools),
    ...(step.search !== undefined && { search: step.search }),
    sinks: [
      consoleSink({ reader: 'job', write: (line) => console.print(line), fold: console.fold }),
      { name: 'summary of the job', handle: (event) => state.apply(event) },
      startSink((started) => {
        tools.recordFacts({ started: startedSession(started) });
        if (isUploaded) leaveSession(files, started);
      }),
    ],
    interrupt,
    kill,
    fetchSession: sessionFetcher(step, tools, downloads),
    temporaryDirectory: step.job.temporary,
    findingsKey: findingsKey({ environment, matrix: step.inputs.matrix, given: settings.delivery.commentKey }),
    ...(isUploaded && { ledgerKey: ledgerKeyOf(environment) ?? randomBytes(32) }),
  });
  if (result.kind === 'refused') return refusal(result.faults, tools, settings);

  const { outcome } = result;
  const delivery = { console, files, environment, cancel: interrupt };
  const artifact = await deliver({ outcome, settings, owner: ownerOf(step, tools), state }, delivery);
  const comment = await commentOnFindings({ outcome, settings, event: step.event, environment, interrupt });
  const { conclusion, verdict } = outcome;
  const rules = { onDenied: settings.policy.onDenied, isShard: settings.shard !== undefined };
  const annotations = [...comment.annotations, ...annotationsOf({ outcome, ...rules })];
  return { ...comment, conclusion, verdict, outcome, annotations, ...(artifact !== undefined && { artifact }) };
}

function sessionFetcher(step: ConfiguredStep, tools: StepTools, downloads: DownloadedSessions): FetchSession {
  const { environment, interrupts } = tools;
  const owner = ownerOf(step, tools);
  const run = restRunOf(environment, step.configuration.settings.delivery.githubToken);
  return (source, stop) =>
    downloads.fetch({
      wanted: source.kind === 'artifact' ? source : { owner },
      processIds: owner.processIds,
      ...(run !== undefined && { run }),
      temporary: step.job.temporary,
      program: artifactProgram(),
      environment,
      cancel: interrupts.interrupt,
      stop,
    });
}

function ownerOf({ configuration, inputs }: ConfiguredStep, { environment, redactor }: StepTools): ArtifactOwner {
  const { delivery, plan, shard } = configuration.settings;
  const processIds = processesOf(plan.graph).map(({ id }) => id);
  return artifactOwner({
    environment,
    delivery,
    matrix: inputs.matrix,
    processIds,
    ...(shard !== undefined && { shard }),
    redactor,
  });
}

import { readConfiguration } from '../config/configuration.ts';
import type { Settings } from '../config/settings.ts';
import type { Sink } from '../core/event.ts';
import { runSession } from '../run.ts';
import { consoleSink } from '../sinks/console.ts';
import { artifactProgram } from './artifact-child.ts';
import type { ArtifactOwner } from './artifact-name.ts';
import type { CommandFiles } from './command-files.ts';
import { deliver } from './delivery.ts';
import { downloadSession } from './download.ts';
import { readEvent } from './event-file.ts';
import { decideTrust, secretsWithheldFrom, type TriggeringEvent } from './event-trust.ts';
import { type Job, readInputs, readJob, type StepInputs, secretInputs } from './inputs.ts';
import { claudeInstaller } from './install.ts';
import type { Interrupts } from './interrupts.ts';
import type { StepEnd } from './outputs.ts';
import type { RunnerConsole } from './runner-console.ts';
import { leaveDelivery, type UnfinishedDelivery } from './step-state.ts';

/** What a step works with. */
export interface StepTools {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly console: RunnerConsole;
  readonly files: CommandFiles;
  readonly interrupts: Interrupts;
}

/** The story of the step, from its inputs to all that its end has to tell; rejects only for a fault of our own. */
export async function runStep(tools: StepTools): Promise<StepEnd> {
  const { environment, console } = tools;
  const inputs = readInputs(environment);
  for (const secret of secretInputs(inputs)) console.mask(secret);
  const job = readJob(environment);
  if (job.kind === 'none') return refusal([job.fault], 'untrusted', tools);

  const event = await readEvent(environment, inputs.options['github-token']);
  const autoTrust = decideTrust(event);
  const configuration = await readConfiguration({
    door: 'action',
    options: inputs.options,
    workspace: job.workspace,
    allowedRoots: [job.workspace, job.temporary],
    autoTrust,
    logDirectoryDefault: job.logDirectory,
  });
  if (configuration.kind === 'invalid') {
    const faults = configuration.faults.map(({ message }) => message);
    return refusal(faults, autoTrust.level, tools);
  }
  for (const notice of configuration.notices) console.print(notice);
  return runConfigured({ settings: configuration.settings, inputs, job, event }, tools);
}

/** A step whose configuration is valid. */
interface ConfiguredStep {
  readonly settings: Settings;
  readonly inputs: StepInputs;
  readonly job: Job;
  readonly event: TriggeringEvent;
}

async function runConfigured(step: ConfiguredStep, tools: StepTools): Promise<StepEnd> {
  const { settings, job, event } = step;
  const { environment, console, files, interrupts } = tools;
  const { interrupt, kill } = interrupts;
  const trust = settings.policy.trust.level;
  let delivery: UnfinishedDelivery | undefined;
  const result = await runSession({
    settings,
    environment,
    sinks: [
      consoleSink({ write: console.print }),
      deliveryNote((directory) => {
        delivery = unfinishedDelivery(step, directory, tools);
        if (settings.delivery.uploadLogs !== 'never') leaveDelivery(files, delivery);
      }),
    ],
    interrupt,
    kill,
    fetchSession: (source) =>
      downloadSession({
        wanted: source.kind === 'artifact' ? source : { owner: ownerOf(step, tools) },
        temporary: job.temporary,
        program: artifactProgram(),
        environment,
        cancel: interrupt,
      }),
    install: claudeInstaller({ toolCache: job.toolCache, environment, interrupt, print: console.print }),
    login: 'required',
    credentialsWithheld: secretsWithheldFrom(event) !== undefined,
    temporaryDirectory: job.temporary,
  });
  if (result.kind === 'refused') return refusal(result.faults, trust, tools);

  const { outcome } = result;
  for (const warning of outcome.warnings) console.annotate('warning', warning);
  const cancel = interrupt;
  const artifact =
    delivery && (await deliver({ outcome, settings, unfinished: delivery }, { console, files, environment, cancel }));
  const { conclusion, verdict } = outcome;
  const session = { outcome, pattern: settings.plan.pattern };
  return { conclusion, verdict, trust, session, ...(artifact !== undefined && { artifact }) };
}

/** Tells where the session's directory is as soon as there is one: the step may be killed at any time after. */
function deliveryNote(note: (directory: string) => void): Sink {
  return {
    name: 'note for the post step',
    handle: (event) => (event.type === 'session-started' ? note(event.directory) : undefined),
  };
}

function unfinishedDelivery(step: ConfiguredStep, directory: string, tools: StepTools): UnfinishedDelivery {
  const { retentionDays } = step.settings.delivery;
  return { directory, owner: ownerOf(step, tools), ...(retentionDays !== undefined && { retentionDays }) };
}

function ownerOf({ settings, inputs }: ConfiguredStep, { environment }: StepTools): ArtifactOwner {
  const { GITHUB_WORKFLOW = '', GITHUB_JOB = '', GITHUB_ACTION = '', GITHUB_RUN_ATTEMPT } = environment;
  return {
    artifactName: settings.delivery.artifactName,
    workflow: GITHUB_WORKFLOW,
    job: GITHUB_JOB,
    matrix: inputs.matrix,
    step: GITHUB_ACTION,
    processIds: settings.plan.processes.map(({ id }) => id),
    attempt: Number(GITHUB_RUN_ATTEMPT ?? 1),
  };
}

/** Nothing was started: says every reason at once. */
function refusal(faults: readonly string[], trust: StepEnd['trust'], { console, interrupts }: StepTools): StepEnd {
  const { interrupt } = interrupts;
  if (interrupt.aborted) {
    return {
      conclusion: 'cancelled',
      verdict: `Cancelled: interrupted by ${interrupt.reason} before the start.`,
      trust,
    };
  }
  const [first = '', ...others] = faults;
  if (others.length === 0) return { conclusion: 'failure', verdict: `Nothing was started: ${first}`, trust };
  for (const fault of faults) console.annotate('error', fault);
  return { conclusion: 'failure', verdict: `Nothing was started: ${faults.length} faults. The first: ${first}`, trust };
}

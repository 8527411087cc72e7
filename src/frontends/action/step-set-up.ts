import { readEvent } from '../../github/event-file.ts';
import { decideTrust, type TriggeringEvent } from '../../github/event-trust.ts';
import type { Task } from '../../model/option-row.ts';
import type { ConfigurationRequest } from '../../plan/session-options.ts';
import { type Job, readInputs, readJob, type StepInputs, secretInputs } from './inputs.ts';
import type { StepFacts } from './outputs.ts';
import { useProxies } from './proxies.ts';
import type { RefusalTools } from './refusal.ts';
import type { RunnerConsole } from './runner-console.ts';

/** Services of the runner and of this process that every step uses. */
export interface StepTools extends RefusalTools {
  readonly console: RunnerConsole;
  /** Takes what is known as soon as it is: the step may end before its work does. */
  readonly recordFacts: (facts: Partial<StepFacts>) => void;
}

/** Inputs, job and event of a step, and the request for its configuration. */
export interface StepSetUp {
  readonly kind: 'step';
  readonly inputs: StepInputs;
  readonly job: Job;
  readonly event: TriggeringEvent;
  readonly request: ConfigurationRequest;
}

/** Reads inputs, job and event, and masks the secrets among the inputs; a fault where this is no step of a job. */
export async function setUpStep(
  { environment, console, redactor }: Pick<StepTools, 'environment' | 'console' | 'redactor'>,
  task: Task,
): Promise<StepSetUp | Extract<ReturnType<typeof readJob>, { kind: 'none' }>> {
  const inputs = readInputs(environment);
  for (const secret of secretInputs(inputs)) console.mask(secret);
  const job = readJob(environment);
  if (job.kind === 'none') return job;
  useProxies(environment);
  const event = await readEvent(environment, inputs.options['github-token']);
  const request: ConfigurationRequest = {
    frontend: 'action',
    task,
    options: inputs.options,
    workspace: job.workspace,
    allowedRoots: [job.workspace, job.temporary],
    autoTrust: decideTrust(event),
    logDirectoryDefault: job.logDirectory,
    title: job.title,
    redactor,
  };
  return { kind: 'step', inputs, job, event, request };
}

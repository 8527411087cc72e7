import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { internalErrorMessage } from '../../model/errors.ts';
import { createRedactor } from '../../redaction/redaction.ts';
import { interruptionText } from '../../text/causes.ts';
import { crashOfThisProgram } from '../shared/crash.ts';
import { interrupts } from '../shared/early-interrupts.ts';
import { surviveFileSizeLimit } from '../shared/file-size-limit.ts';
import { keepYoungGenerationSmall } from '../shared/young-generation.ts';
import { lateChange, openCommandFiles } from './command-files.ts';
import { readInputs, secretInputs } from './inputs.ts';
import { outputsOf, type StepFacts, type StepResult } from './outputs.ts';
import { planOutputsOf } from './plan-outputs.ts';
import { openRunnerConsole } from './runner-console.ts';
import { runStep } from './step.ts';
import type { StepTools } from './step-set-up.ts';

// A step of a workflow: of this Action, or of a sub-action, which names itself as an argument. The only place that decides its
// status: evidence first, the status last.

const { env: environment } = process;
const redactor = createRedactor({ values: secretInputs(readInputs(environment)), environment });
const console = openRunnerConsole(redactor.text);
const files = openCommandFiles(environment);
keepYoungGenerationSmall();
surviveFileSizeLimit();
// Should this program ever end before its end, then not in green.
process.exitCode = 1;

/** Milliseconds before the second look where something had changed a file: even on a busy machine a writer gets a turn by then. */
const lateLookMs = 300;

const crash = crashOfThisProgram();

let known: StepFacts = { trust: 'untrusted' };
const recordFacts = (facts: Partial<StepFacts>): void => {
  known = { ...known, ...facts };
};
const [, , task] = process.argv;
const steps = new Map([
  ['plan', async (tools: StepTools) => (await import('./plan-step.ts')).planStep(tools)],
  ['merge', async (tools: StepTools) => (await import('./merge-step.ts')).mergeStep(tools)],
]);
const running = (steps.get(task ?? '') ?? runStep)({ environment, console, files, interrupts, redactor, recordFacts });
try {
  await conclude(await Promise.race([running, crash, tooLate()]));
} catch (error) {
  interrupts.abandon();
  // What runs is being killed; what is known of it is worth a moment.
  const result = await Promise.race([running.catch(() => undefined), sleep(2000)]);
  await conclude({ ...result, ...internalError(error) });
}

async function conclude(result: StepResult): Promise<never> {
  // The verdict of a session is made of redacted results; what else stopped the step may quote what it was given.
  const end = { ...known, ...result, ...(result.outcome === undefined && { verdict: redactor.text(result.verdict) }) };
  files.setOutputs(task === 'plan' ? planOutputsOf(end.planned) : outputsOf(end));
  const { restored, warnings, errors } = files.settle();
  for (const warning of [...restored, ...warnings]) console.annotate('warning', warning);
  switch (end.conclusion) {
    case 'success':
      // The session has said it already.
      break;
    case 'skipped':
      console.annotate('notice', end.verdict);
      break;
    case 'failure':
    case 'cancelled':
      // GitHub shows ten annotations: the outcome must be among them.
      for (const line of [end.headline ?? end.verdict, ...(end.faults ?? [])]) console.annotate('error', line);
      break;
  }
  for (const error of errors) console.annotate('error', error);
  for (const annotation of end.annotations ?? []) console.annotate(annotation.kind, annotation.message, annotation);
  const interrupted = interrupts.exitCode();
  await console.flush(interrupted === undefined ? 30_000 : 500);
  if (restored.length > 0 && interrupted === undefined) await sleep(lateLookMs);
  // Once more, as late as can be: what still runs may have written meanwhile, and may again.
  const late = files.settle();
  const lateErrors = [
    ...late.restored.map((change) => `${change} ${lateChange}`),
    ...late.errors.filter((error) => !errors.some((reported) => isSame(reported, error))),
  ];
  for (const error of lateErrors) console.annotate('error', error);
  if (lateErrors.length > 0) await console.flush(500);
  const isGreen = end.conclusion === 'success' || end.conclusion === 'skipped';
  process.exit(interrupted ?? (isGreen && errors.length + lateErrors.length === 0 ? 0 : 1));
}

/** The cause, behind the colon, may name a temporary file, and so differs each time. */
function isSame(reported: string, error: string): boolean {
  const [what] = reported.split(': ');
  return error.split(': ')[0] === what;
}

async function tooLate(): Promise<StepResult> {
  await interrupts.outOfTime;
  const verdict = `Cancelled: ${interruptionText(interrupts.interrupt.reason)}, and the session did not end in time.`;
  return { conclusion: 'cancelled', verdict };
}

function internalError(error: unknown): Pick<StepResult, 'conclusion' | 'verdict'> {
  if (environment.RUNNER_DEBUG === '1' && error instanceof Error && error.stack !== undefined)
    console.print(error.stack);
  return { conclusion: 'failure', verdict: internalErrorMessage(error) };
}

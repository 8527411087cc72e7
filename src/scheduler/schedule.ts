import type { DataBlock, Plan, ProcessSpec } from '../model/plan.ts';
import type { Ending, ProcessResult, SkipReason } from '../model/result.ts';
import type { AdmissionControl } from './admission-control.ts';

/** How the schedule and a process whose turn has come keep in touch. */
export interface Dispatch {
  /** Aborted when a process that was not started yet, for it waits for money or for leave to start, is not to be. */
  readonly skipSignal: AbortSignal;
  /** Why it is not. */
  readonly skipReason: () => SkipReason;
  /** To be told how the process ends, ahead of what else could make others start. */
  readonly onOutcome: (ending: Pick<Ending, 'status'>) => void;
}

/** What the schedule needs of the world. */
export interface ScheduleOptions {
  readonly plan: Plan;
  readonly admission: Pick<AdmissionControl, 'worker'>;
  /** Aborted when nothing new may start: an interrupt, a deadline. */
  readonly halt: AbortSignal;
  /** Why it was. */
  readonly haltReason: () => SkipReason;
  /** Why the process may not start, whatever its pattern says; asked just before it would. */
  readonly blockedBy?: (process: ProcessSpec) => SkipReason | undefined;
  /** What has succeeded in an earlier session: it is not run again, and nothing can stop it. */
  readonly known?: ReadonlyMap<string, ProcessResult>;
  /** Runs one process to its end. Never rejects. */
  readonly run: (process: ProcessSpec, passed: readonly DataBlock[], turn: Dispatch) => Promise<ProcessResult>;
  /** Accounts for a process that is not to be started. */
  readonly skip: (process: ProcessSpec, reason: SkipReason) => ProcessResult;
}

/** What every pattern comes down to: stages one after the other, the processes of a stage side by side. */
interface Stages {
  readonly stages: readonly (readonly ProcessSpec[])[];
  readonly passOutput: boolean;
  readonly stopOn: 'failure' | 'success' | 'never';
}

/** Runs a plan. Gives exactly one result per process, in the order given, whatever happens. */
export async function runSchedule({
  plan,
  admission,
  halt,
  haltReason,
  blockedBy = () => undefined,
  known = new Map(),
  run,
  skip,
}: ScheduleOptions): Promise<ProcessResult[]> {
  const { stages, passOutput, stopOn } = stagesOf(plan);
  const results: ProcessResult[] = [];
  let stopped: SkipReason | undefined = stopOn === 'success' && known.size > 0 ? 'earlier-success' : undefined;
  const whyNot = (): SkipReason | undefined => (halt.aborted ? haltReason() : stopped);
  const stop = new AbortController();
  const turn: Dispatch = {
    skipSignal: AbortSignal.any([halt, stop.signal]),
    skipReason: () => whyNot() ?? haltReason(),
    onOutcome: ({ status }) => {
      if (stopOn === 'success' && status === 'succeeded') stopped ??= 'earlier-success';
      if (stopOn === 'failure' && (status === 'failed' || status === 'timed-out')) stopped ??= 'earlier-failure';
      if (stopped !== undefined) stop.abort();
    },
  };

  const runOne = async (process: ProcessSpec, passed: readonly DataBlock[]): Promise<ProcessResult> => {
    const earlier = known.get(process.id);
    if (earlier !== undefined) return earlier;
    const release = await admission.worker(halt);
    const reason = halt.aborted ? haltReason() : (blockedBy(process) ?? whyNot());
    if (release === undefined || reason !== undefined) {
      release?.();
      return skip(process, reason ?? haltReason());
    }
    const result = await run(process, passed, turn);
    // Before the place is given back: the next in line asks `whyNot` as soon as it has it.
    turn.onOutcome(result);
    release();
    return result;
  };

  // Grows between stages only, when nothing runs that could see it change.
  const passed: DataBlock[] = [];
  for (const stage of stages) {
    const ended = await Promise.all(stage.map((process) => runOne(process, passed)));
    results.push(...ended);
    if (passOutput) passed.push(...passedOutputs(ended));
  }
  return results;
}

function stagesOf(plan: Plan): Stages {
  const oneByOne = plan.processes.map((process) => [process]);
  switch (plan.pattern) {
    case 'parallel':
      return { stages: [plan.processes], passOutput: false, stopOn: plan.stopOnFailure ? 'failure' : 'never' };
    case 'sequential':
      return { stages: oneByOne, passOutput: plan.passOutput, stopOn: plan.stopOnFailure ? 'failure' : 'never' };
    case 'fallback':
      return { stages: oneByOne, passOutput: false, stopOn: 'success' };
    case 'batch':
      return {
        stages: chunks(plan.processes, plan.batchSize),
        passOutput: plan.passOutput,
        stopOn: plan.stopOnFailure ? 'failure' : 'never',
      };
  }
}

/**
 * The stages of a plan in whose order the results of one bear on the next: by outputs that are passed on, or by the failures of
 * a fallback. One stage holds everything where nothing does.
 */
export function chainedStages(plan: Plan): readonly (readonly ProcessSpec[])[] {
  const { stages, passOutput, stopOn } = stagesOf(plan);
  return passOutput || stopOn === 'success' ? stages : [plan.processes];
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function passedOutputs(results: readonly ProcessResult[]): DataBlock[] {
  return results
    .filter((result) => result.status === 'succeeded')
    .map(({ processId, output }) => ({ id: processId, text: output }));
}

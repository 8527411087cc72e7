import type { EachNode, Graph, NodeId } from '../model/graph.ts';
import type { PassedOutputs, ProcessSpec } from '../model/plan.ts';
import type { Ending, ProcessResult, SkipReason } from '../model/result.ts';
import type { AdmissionControl } from './admission-control.ts';
import type { ExpandOptions } from './expansion.ts';
import type { SlotsAhead } from './slots-ahead.ts';

/** The ties between the scheduler and a process that it has handed out. */
export interface Dispatch {
  /** Aborted when a process that was not started yet, for it waits for money or for a permit to start, is not to be. */
  readonly skipSignal: AbortSignal;
  /** The reason why it is not. */
  readonly skipReason: () => SkipReason;
  /** To be called with how the process ends, ahead of what else could make others start. */
  readonly onOutcome: (ending: Pick<Ending, 'status'>) => void;
}

/** The scheduler's ties to its session. */
export interface SchedulerOptions {
  readonly graph: Pick<Graph, 'halt' | 'maxProcesses'>;
  readonly admission: Pick<AdmissionControl, 'tryWorker' | 'workerLimit'>;
  /** Aborted when nothing new may start: an interrupt, a deadline. */
  readonly halt: AbortSignal;
  /** The reason why it was. */
  readonly haltReason: () => SkipReason;
  /** The reason why a process may not start, whatever its graph says; asked just before it would. */
  readonly blockedBy?: (process: ProcessSpec) => SkipReason | undefined;
  /** Successes of an earlier session by id: they are not run again, and nothing can stop them. */
  readonly known?: ReadonlyMap<NodeId, ProcessResult>;
  /** Runs one process to its end. Never rejects. */
  readonly run: (process: ProcessSpec, passed: PassedOutputs, dispatch: Dispatch) => Promise<ProcessResult>;
  /** Accounts for a process that is not to be started. */
  readonly endUnstarted: (process: ProcessSpec, ending: Ending, message?: string) => ProcessResult;
  /** Told which processes are likely to be next, at most so many, whenever that may have changed. */
  readonly ahead?: { readonly most: number; readonly prepare: SlotsAhead['prepare'] };
  /** Told each result when its node has ended. */
  readonly onEnded?: (result: ProcessResult) => void;
  readonly itemsOf?: ExpandOptions['itemsOf'];
  /** Called with the processes of a list that was found at run time, ahead of their start; gives those known by content. */
  readonly onAdded?: (added: AddedProcesses) => Promise<ReadonlyMap<NodeId, ProcessResult>>;
  /** Called when outputs that are passed to a process are cut or left out; of the copies of an entry, once. */
  readonly onCut?: (report: CutReport) => void;
}

/** Outputs that are passed to a process in part only. */
export interface CutReport {
  readonly process: ProcessSpec;
  /** The ids of those who wrote them. */
  readonly cut: readonly string[];
  /** It is one of several of an entry, which are all given the same. */
  readonly isCopy: boolean;
}

/** Processes of a list that was found at run time. */
export interface AddedProcesses {
  readonly list: EachNode;
  readonly processes: readonly ProcessSpec[];
}

import type { AttemptOutcome } from './attempt.ts';
import type { PassedOutputs, ProcessSpec } from './plan.ts';

/** Purpose of a slot: one attempt at a process, whose prompt need not be known yet. */
export interface SlotRequest {
  readonly process: Pick<ProcessSpec, 'id' | 'name' | 'workingDirectory' | 'claude'> &
    Partial<Pick<ProcessSpec, 'prompt' | 'conversationFrom' | 'isContinued'>>;
  readonly attempt: number;
  /** US dollars that this attempt may spend. */
  readonly ceilingUsd?: number;
  /** The task will come later, however much later. */
  readonly isAhead?: true;
}

/** The task of a slot. */
export interface TaskInput {
  readonly process: ProcessSpec;
  /** Outputs of earlier processes. */
  readonly passed: PassedOutputs;
  /** Aborted with a `StopCause` when this task alone is to be ended. */
  readonly cancel?: AbortSignal;
}

/** Callbacks of a task that runs. */
export interface TaskListener {
  /** The child's start-up is over; its end counts as well. */
  readonly onStarted: () => void;
  /** The first response has begun: what the model was sent is in the service's cache. May be called more than once. */
  readonly onResponding?: () => void;
}

/** A child that has been started and waits for its task. Disposed of unused, it leaves nothing: no event, no request, no file. */
export interface Slot extends AsyncDisposable {
  /** False once it was given a task, when its child has exited, and when files that the child read at its start may have changed. */
  readonly isWaiting: boolean;
  /** Resolves when the child needs no more time to start up, or has ended. */
  startedUp(): Promise<void>;
  /** Hands over the task, and judges the run. To be called once; never rejects. */
  run(input: TaskInput, listener: TaskListener): Promise<AttemptOutcome>;
}

/** A slot, or the outcome of the attempt for which none could be opened. */
export type OpenedSlot =
  | { readonly kind: 'open'; readonly slot: Slot }
  | { readonly kind: 'failed'; readonly outcome: AttemptOutcome };

/** The beginning of a request, up to the end of the shared context. */
export interface RequestPrefix {
  /** Equal for processes with the same tools, system prompt and context. */
  readonly key: string;
  /** How often files may have changed so far: the system prompt may tell their state. */
  readonly changes: number;
}

/** An agent at the service of one session. Disposing of it removes what its children lived in. */
export interface Connection extends AsyncDisposable {
  /** Whether a child may be started before its task is known: it must do nothing of its own accord until then. */
  readonly opensAhead: boolean;
  /** Whether that holds for this process as well: hooks of the user may run at the start of a child. */
  startsQuietly(process: SlotRequest['process']): boolean;
  /** Equal for processes whose requests begin alike, so that what one has put into the cache saves the others its price. */
  prefix(process: SlotRequest['process']): RequestPrefix | undefined;
  /** Starts a child. Never rejects. */
  open(request: SlotRequest): Promise<OpenedSlot>;
}

import type {
  ChildExit,
  Ending,
  FailureCause,
  McpServerFault,
  PermissionDenial,
  Usage,
  UsageByModel,
} from './result.ts';

/** A refusal that affects other processes as well, as the CLI reported it: `auth` or `quota`. */
export interface Refusal {
  /** The model that it holds for, by its family such as `opus` or by its name; absent means the whole credential. */
  readonly model?: string;
  /** Milliseconds since 1970: when the used up limit resets. */
  readonly resetsAt?: number;
}

/** Outcome of one spawn of a process. */
export interface AttemptOutcome {
  readonly ending: Exclude<Ending, { status: 'skipped' }>;
  /** The same attempt may well succeed later: the service was busy or the connection broke. */
  readonly transient: boolean;
  /** The machine could not start a child for now: nothing was tried, nothing is counted. */
  readonly resourceExhausted: boolean;
  /** The refused input is not sent again: another attempt may succeed at once, and is no retry. */
  readonly isAdapted?: true;
  /** A tool has been called: its side effects would repeat. */
  readonly toolsRan: boolean;
  /** The service said to wait this long, in milliseconds. */
  readonly retryAfterMs?: number;
  /** With the reasons `auth` and `quota`. */
  readonly refusal?: Refusal;
  readonly message?: string;
  /** Which of the causes that share its reason. */
  readonly cause?: FailureCause;
  /** Milliseconds: the limit that it passed, with the status `timed-out`. */
  readonly limitMs?: number;
  readonly exitCode: number;
  readonly childExit?: ChildExit;
  readonly output: string;
  readonly outputTruncated: boolean;
  readonly stderr: string;
  readonly conversationId?: string;
  readonly model?: string;
  readonly usage?: Usage;
  readonly usageByModel?: UsageByModel;
  /** US dollars; absent when the CLI did not say. */
  readonly costUsd?: number;
  readonly numTurns?: number;
  readonly permissionDenials: readonly PermissionDenial[];
  readonly mcpFaults?: readonly McpServerFault[];
  readonly structuredOutput?: unknown;
  readonly killedAfterResult: boolean;
  /** Processes that the child had left behind, and that we killed; absent when there were none. */
  readonly survivorsKilled?: number;
}

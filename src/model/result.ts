/** The reasons of each status but `succeeded`. Why one that ran failed is read from typed messages and exit status, never from model text. */
export const reasons = {
  failed: [
    ...(['exit-code', 'signal', 'spawn-error', 'no-result', 'empty-output', 'blocked-by-hook'] as const),
    ...(['claude-error', 'max-turns', 'budget', 'rate-limited', 'quota', 'overloaded', 'auth'] as const),
    ...(['invalid-request', 'prompt-too-long', 'schema-invalid', 'denied', 'invalid-items', 'internal-error'] as const),
  ],
  'timed-out': ['timeout', 'idle-timeout'],
  cancelled: ['cancelled', 'deadline'],
  skipped: [
    ...(['earlier-failure', 'earlier-success', 'needs', 'condition', 'max-items', 'not-run', 'auth', 'quota'] as const),
    ...(['budget', 'deadline', 'session-cancelled', 'missing-credentials', 'dry-run'] as const),
  ],
} as const;

/** Why a process that ran did not succeed. */
export type FailureReason = (typeof reasons.failed)[number];

/** Causes that share a reason, but call for different remedies. */
export const failureCauses = ['safety-filter', 'answer-too-long'] as const;
export type FailureCause = (typeof failureCauses)[number];

/** Why a process was never started. */
export type SkipReason = (typeof reasons.skipped)[number];

/** Status and reason of a process's end: the one closed union that every verdict is computed from. */
export type Ending =
  | { readonly status: 'succeeded'; readonly reason?: undefined }
  | { readonly status: 'failed'; readonly reason: FailureReason }
  | { readonly status: 'timed-out'; readonly reason: (typeof reasons)['timed-out'][number] }
  | { readonly status: 'cancelled'; readonly reason: (typeof reasons)['cancelled'][number] }
  | { readonly status: 'skipped'; readonly reason: SkipReason };

/** The state a process ended in. */
export type Status = Ending['status'];

/** Every reason a `ProcessResult` can carry. */
export type Reason = NonNullable<Ending['reason']>;

/** Exit of the last attempt's child, as the operating system reports it: exactly one of the two is a value. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Tokens as the CLI counted them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

/** Tokens by the name of the model; sub-agents may use another one than the process. */
export type UsageByModel = Readonly<Record<string, Usage>>;

/** A tool call that Claude was not allowed to make. */
export interface PermissionDenial {
  readonly toolName: string;
  readonly toolUseId: string;
}

/** An MCP server that Claude could not use. */
export interface McpServerFault {
  readonly name: string;
  /** As the CLI names it: `failed`, `pending`, `needs-auth`. */
  readonly status: string;
}

/** Facts about a finished process, without its status and reason. */
export interface ProcessDetails {
  readonly processId: string;
  /** Name for people; the id when no name was given. */
  readonly name: string;
  /** 0 if and only if the process succeeded; the child's code if above 0, 128 + n for a foreign signal, otherwise -1. */
  readonly exitCode: number;
  /**
   * What the model wrote last, also of a process that failed, at most its first 1 MiB (UTF-8); with a JSON schema the JSON
   * text of the structured output. An error's text is `message`, never this. Redacted.
   */
  readonly output: string;
  /** The end of standard error, at most 64 KiB; redacted. */
  readonly stderr: string;
  /** Seconds from the first start to the end, waits between attempts included; 0 when never started. */
  readonly duration: number;
  /** Which of the causes that share its reason; absent where a reason has only one. */
  readonly cause?: FailureCause;
  /** Seconds: the limit that its last attempt passed, its own or that of silence; absent when it did not time out. */
  readonly timedOutAfter?: number;
  /** Number of children that were started for it; 0 also for a result of an earlier session. */
  readonly attempts: number;
  /** ISO 8601; absent when never started. */
  readonly startedAt?: string;
  /** ISO 8601. */
  readonly endedAt: string;
  /** One line for people: what happened, where `reason` alone does not say it. */
  readonly message?: string;
  /** ISO 8601: when the used up limit resets, where the CLI said so. */
  readonly retryAt?: string;
  /** Claude's own conversation (the CLI's `session_id`). */
  readonly conversationId?: string;
  readonly model?: string;
  readonly usage?: Usage;
  readonly usageByModel?: UsageByModel;
  /** US dollars over all attempts, as the CLI reported them; absent when it reported none. */
  readonly costUsd?: number;
  readonly numTurns?: number;
  readonly permissionDenials: readonly PermissionDenial[];
  /** MCP servers that had not started when Claude began, or that failed; absent when all had. */
  readonly mcpFaults?: readonly McpServerFault[];
  readonly structuredOutput?: unknown;
  /** It was asked for findings, or for the check of one: the keyword that was given as `json-schema`. */
  readonly answerKind?: 'findings' | 'finding-check';
  /** The `id` of the finding that it checked. */
  readonly checkedFinding?: string;
  /** Path of the process log; absent when the log directory could not be written. */
  readonly logFile?: string;
  /** The raw exit of the last attempt. */
  readonly childExit?: ChildExit;
  /** The CLI did not exit after its final result and was killed; the result stands. */
  readonly killedAfterResult?: true;
  /** A log of this process could not be written to its end. */
  readonly logIncomplete?: true;
  /** `output` holds the first 1 MiB only; the file in `outputs/` holds all. */
  readonly outputTruncated?: true;
  /** Its failure was declared to be acceptable (`continue-on-error`): it is shown, and fails nothing. */
  readonly continueOnError?: true;
  /** The answer came from the offline stand-in, not from a model. */
  readonly offline?: true;
  /** The session in which it succeeded: nothing was started for it in this one. */
  readonly resumedFrom?: string;
}

/** The result of one process: exactly one per prompt, whatever happened. */
export type ProcessResult = Ending & ProcessDetails;

/** Exit code for scripts: 0 on success only, so that it may be tested alone. */
export function exitCodeOf(ending: Ending, exit: ChildExit | undefined, signalNumber: number | undefined): number {
  if (ending.status === 'succeeded') return 0;
  if (ending.status !== 'failed' || exit === undefined) return -1;
  if (exit.code !== null && exit.code > 0) return exit.code;
  return signalNumber === undefined ? -1 : 128 + signalNumber;
}

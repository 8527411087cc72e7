import type { Conclusion, Totals } from './conclusion.ts';
import type { ConversationEntry } from './conversation.ts';
import type { SessionFindings } from './finding.ts';
import type { AnswerRole } from './finding-schemas.ts';
import type { FailOn } from './option-row.ts';
import type { DataBlock, Pattern, TrustDecision } from './plan.ts';
import type { ChildExit, PermissionDenial, ProcessResult, Reason, Status, Usage, UsageByModel } from './result.ts';
import type { ShardRecord } from './shard.ts';

/** Identity of a process: its id and its name for people. */
export interface ProcessIntroduction {
  readonly processId: string;
  readonly name: string;
}

/** Hashes of everything that the result of a process depends on, by name; a part that was not given is absent. */
export type Fingerprint = Readonly<Record<string, string>>;

/** A process that is to run, with its limits. */
export interface PlannedProcess extends ProcessIntroduction, AnswerRole {
  /** The model asked for; absent means the CLI's default. */
  readonly model?: string;
  /** Time limit of one attempt, in milliseconds; absent means none. */
  readonly timeoutMs?: number;
  readonly maxTurns?: number;
  /** Ceiling of its own in US dollars. */
  readonly maxBudgetUsd?: number;
  /** Shows a later session whether the process has changed. */
  readonly fingerprint?: Fingerprint;
  /** Ids of the processes and groups that it waits for; absent when it waits for none. */
  readonly needs?: readonly string[];
}

/** Stands for several processes in the needs of others; it may need other groups as well. */
export interface PlannedGroup {
  readonly id: string;
  readonly needs: readonly string[];
  /** Shows a later session whether a list found at run time has changed; absent for all else. */
  readonly fingerprint?: Fingerprint;
}

/** The rules that a session is held to, and its verdict is made by. */
export interface PlannedPolicy {
  readonly failOn: FailOn;
  readonly onDenied: 'warn' | 'fail' | 'ignore';
  /** Processes at once. */
  readonly maxWorkers: number;
  readonly retries: number;
  /** In milliseconds. */
  readonly idleTimeoutMs?: number;
  /** In milliseconds. */
  readonly totalTimeoutMs?: number;
  /** In US dollars. */
  readonly maxBudgetUsd?: number;
}

/** Why a running child is being ended by us. */
export type StopCause = 'timeout' | 'idle-timeout' | 'cancelled' | 'deadline' | 'hang-after-result' | 'internal-error';

/** Activity of an attempt once it has started up. */
export type Phase =
  | { readonly kind: 'working' }
  /** A tool runs, and no result of it has come. */
  | { readonly kind: 'tool'; readonly tool: string }
  /** The service asked to wait. */
  | { readonly kind: 'limited' };

/** Outcome of one attempt; the result has only sums over attempts. */
export interface AttemptFacts {
  readonly status: Exclude<Status, 'skipped'>;
  readonly reason?: Reason;
  readonly childExit?: ChildExit;
  /** In US dollars; absent when the CLI did not say. */
  readonly costUsd?: number;
  /** Amount charged against the ceiling, in US dollars; an unknown cost counts in full. */
  readonly chargedUsd?: number;
  readonly usage?: Usage;
  readonly usageByModel?: UsageByModel;
  readonly permissionDenials: readonly PermissionDenial[];
  /** ISO 8601: when the used up limit resets, where the CLI said so. */
  readonly retryAt?: string;
  /** Processes that the child had left behind, and that we killed; absent when there were none. */
  readonly survivorsKilled?: number;
}

/** Facts of a session, in the order in which they happened; the only way from the engine to the sinks. */
export type EnsembleFact =
  | {
      readonly type: 'session-started';
      readonly sessionId: string;
      readonly directory: string;
      /** Heading of the documents; absent means the name of this project. */
      readonly title?: string;
      readonly pattern: Pattern;
      readonly processes: readonly PlannedProcess[];
      /** Absent when there are none. A list that is found at run time is a group too, and its processes need it. */
      readonly groups?: readonly PlannedGroup[];
      readonly policy?: PlannedPolicy;
      /** It is this part of a larger plan. */
      readonly shard?: ShardRecord;
      readonly trust: TrustDecision;
      readonly offline: boolean;
      /** The program that runs: "Claude Code 2.1.330 at <path>", or "plain program at <path>". */
      readonly executable: string;
    }
  | {
      readonly type: 'notice';
      readonly level: 'info' | 'warning';
      readonly message: string;
      readonly processId?: string;
      /** Nothing starts for a while, or any more. */
      readonly starts?: 'held' | 'stopped';
      /** ISO 8601: when the limit resets that is the cause, where that is known. */
      readonly until?: string;
    }
  /** Data that every process is given to read. */
  | { readonly type: 'session-context'; readonly context: readonly DataBlock[] }
  /** The prompt of a process, the same for all its attempts. */
  | {
      readonly type: 'process-prompt';
      readonly processId: string;
      /** The prompt alone, as it was written. */
      readonly prompt: string;
      /** The text that Claude receives: data of its own, then the prompt. */
      readonly received: string;
    }
  /** Processes that were not known at the start: of a list, whose group is `into`, or such as joined the session. */
  | { readonly type: 'processes-added'; readonly processes: readonly PlannedProcess[]; readonly into?: string }
  | {
      readonly type: 'process-started';
      readonly processId: string;
      readonly attempt: number;
      readonly pid: number | undefined;
    }
  /** Bytes as the child wrote them, redacted. `format` says whether standard output is stream-json or plain text. */
  | {
      readonly type: 'process-output';
      readonly processId: string;
      readonly attempt: number;
      readonly stream: 'stdout' | 'stderr';
      readonly format: 'stream-json' | 'plain';
      readonly bytes: Uint8Array;
    }
  | {
      readonly type: 'process-message';
      readonly processId: string;
      readonly attempt: number;
      readonly entry: ConversationEntry;
    }
  /** A phase of an attempt has begun, and lasts until the next event of the process that says otherwise. */
  | { readonly type: 'process-phase'; readonly processId: string; readonly attempt: number; readonly phase: Phase }
  | {
      readonly type: 'process-stopping';
      readonly processId: string;
      readonly attempt: number;
      readonly cause: StopCause;
      readonly signal: string;
    }
  | {
      readonly type: 'process-retrying';
      readonly processId: string;
      /** The attempt that failed. */
      readonly attempt: number;
      readonly reason: Reason;
      readonly message?: string;
      readonly delayMs: number;
    }
  | ({ readonly type: 'process-attempt-ended'; readonly processId: string; readonly attempt: number } & AttemptFacts)
  | { readonly type: 'process-ended'; readonly result: ProcessResult }
  | {
      readonly type: 'heartbeat';
      readonly running: readonly ProcessIntroduction[];
      readonly waiting: number;
      readonly done: number;
    }
  | { readonly type: 'session-interrupted'; readonly signal: string }
  | {
      readonly type: 'session-ended';
      readonly conclusion: Conclusion;
      readonly verdict: string;
      readonly results: readonly ProcessResult[];
      readonly totals: Totals;
      readonly retryAt?: string;
      /** Absent when no process was asked for findings. */
      readonly findings?: SessionFindings;
    };

/** A fact and the time it happened (ISO 8601, UTC). */
export type EnsembleEvent = EnsembleFact & { readonly at: string };

/** Destination of one or several sinks, such as a disk: when it hangs, all of them are left out, in one warning. */
export interface SinkTarget {
  /** Named in the warning. */
  readonly name: string;
  /** The likely cause and what to do: whole sentences. */
  readonly advice: string;
  onHang?(): void;
}

/**
 * A listener of the event stream. One that returns a promise slows the child whose output it is handed, up to a limit:
 * a sink that does not take an event for half a minute, or for less while the session is being ended, is left out.
 */
export interface Sink {
  /** Named in the warning when it fails. */
  readonly name: string;
  readonly target?: SinkTarget;
  handle(event: EnsembleEvent): void | Promise<void>;
  /** Called once, after the last event, unless the sink was left out. It may take as long as an event may. */
  close?(): void | Promise<void>;
}

/**
 * Reports a fact. Resolves when every sink has taken it or was left out; never rejects. It is waited for where a child's
 * output must not be read faster than it is written, and nowhere else: no verdict, deadline or cancel depends on a sink.
 */
export type Emit = (fact: EnsembleFact) => Promise<void>;

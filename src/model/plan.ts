/** How the processes of a session depend on each other. */
export const patterns = ['parallel', 'sequential', 'fallback', 'batch', 'graph'] as const;
export type Pattern = (typeof patterns)[number];

/** Options of Claude for one process; an absent one means the CLI's own default. */
export interface ClaudeOptions {
  readonly model?: string;
  readonly fallbackModel?: string;
  readonly effort?: string;
  readonly appendSystemPrompt?: string;
  readonly allowedTools: readonly string[];
  readonly disallowedTools: readonly string[];
  readonly permissionMode?: string;
  readonly maxTurns?: number;
  /** Path or JSON text, as the CLI takes it. */
  readonly mcpConfig?: string;
  /** Path or JSON text, as the CLI takes it. */
  readonly settings?: string;
  /** The schema as JSON text. */
  readonly jsonSchema?: string;
  /** Further arguments, one each; none of them is a flag that we own. */
  readonly claudeArgs: readonly string[];
}

/** One prompt to be given to one Claude CLI. */
export interface ProcessSpec {
  readonly id: string;
  /** Name for people; the id when no name was given. */
  readonly name: string;
  readonly prompt: string;
  /** Data of this process only; it goes ahead of the prompt, behind the context and what is passed on. */
  readonly data?: readonly DataBlock[];
  /** The id of the process whose conversation it continues, as a copy. */
  readonly conversationFrom?: string;
  /** Its conversation is recorded, for others may continue it. */
  readonly isContinued?: true;
  /** The `id` of the finding that it is asked to check. */
  readonly checkedFinding?: string;
  readonly workingDirectory: string;
  /** Milliseconds for one attempt; absent means no limit. */
  readonly timeoutMs?: number;
  /** US dollars. */
  readonly maxBudgetUsd?: number;
  /** Its failure is shown, fails nothing, and counts as a success for what depends on it. */
  readonly continueOnError?: boolean;
  readonly claude: ClaudeOptions;
}

/** Outputs of earlier processes as one process is given them, cut to the room that there is. */
export interface PassedOutputs {
  readonly blocks: readonly DataBlock[];
  /** Ids of those that are named only. */
  readonly omitted: readonly string[];
  /** Those that are not even named. */
  readonly moreOmitted?: number;
}

/** Text that Claude is to read as data: context from the caller, or the output of an earlier process. */
export interface DataBlock {
  readonly id: string;
  readonly text: string;
}

/** When a session fails: `any`, `all`, `none`, a count of processes, or a share of all prompts in percent. */
export type FailOn =
  | { readonly kind: 'any' }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly percent: number };

/** How findings are told on a pull request. */
export const commentModes = ['none', 'sticky', 'review'] as const;
export type CommentMode = (typeof commentModes)[number];

/** From which severity on a finding that was not refuted fails the session. */
export const failOnSeverities = ['none', 'important', 'nit'] as const;
export type FailOnSeverity = (typeof failOnSeverities)[number];

/** Whether the checkout and the prompts may be hostile, and why we think so. */
export interface TrustDecision {
  readonly level: 'trusted' | 'untrusted';
  readonly why: string;
}

/** The rules of a session that hold for every process. */
export interface SessionPolicy {
  readonly failOn: FailOn;
  readonly failOnSeverity: FailOnSeverity;
  readonly onDenied: 'warn' | 'fail' | 'ignore';
  /** Milliseconds without an event from the CLI; absent means off. */
  readonly idleTimeoutMs?: number;
  /** Milliseconds for the whole session; absent means off. */
  readonly totalTimeoutMs?: number;
  /** More attempts after a transient failure. */
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly retryAfterTools: boolean;
  /** US dollars for the whole session. */
  readonly maxBudgetUsd?: number;
  /** Data that goes ahead of every prompt. */
  readonly context: readonly DataBlock[];
  /** Whether processes share the beginning of their requests, so that the service charges for it once. */
  readonly promptCaching: 'auto' | 'off';
  /** Whether the next process starts up while those before it work. */
  readonly startAhead: boolean;
  readonly trust: TrustDecision;
  readonly offline: boolean;
  readonly dryRun: boolean;
}

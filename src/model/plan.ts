import type { OptionRecord } from './option-table.ts';
import type { patterns } from './session-options.ts';

/** Dependencies between the processes of a session. */
export type Pattern = (typeof patterns)[number];

/** Options of Claude for one process; an absent one means the CLI's own default. */
export type ClaudeOptions = OptionRecord<'claude'>;

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
  /** Number of outputs that are not even named. */
  readonly moreOmitted?: number;
}

/** Text that Claude is to read as data: context from the caller, or the output of an earlier process. */
export interface DataBlock {
  readonly id: string;
  readonly text: string;
}

/** Whether the checkout and the prompts may be hostile, and why we think so. */
export interface TrustDecision {
  readonly level: 'trusted' | 'untrusted';
  readonly why: string;
}

/** The rules of a session that hold for every process. */
export type SessionPolicy = OptionRecord<'policy'> & {
  /** Data that goes ahead of every prompt. */
  readonly context: readonly DataBlock[];
  readonly trust: TrustDecision;
};

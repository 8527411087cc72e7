import type { McpServerFault, PermissionDenial, Usage, UsageByModel } from './result.ts';

/** The part of the run that an entry belongs to. */
interface Spoken {
  /** The tool call whose sub-agent sent it; absent for the main conversation. */
  readonly subagentOf?: string;
}

/** A text of the conversation. */
export interface TextEntry extends Spoken {
  readonly kind: 'text';
  readonly text: string;
  /** The message that it is a block of; the CLI sends each block on a line of its own. */
  readonly messageId?: string;
  /** Written by the CLI instead of the model. */
  readonly synthetic?: true;
  /** The kind of API error that it reports. */
  readonly error?: string;
  /** Remedy that the CLI recommends. */
  readonly remedy?: string;
}

/** One message of the Claude CLI, or one block of it, in our own words: what the log renders and the verdict reads. */
export type ConversationEntry =
  | {
      readonly kind: 'init';
      readonly conversationId: string;
      readonly model: string;
      readonly cliVersion: string;
      /** Servers that Claude cannot use; absent when there are none. */
      readonly mcpFaults?: readonly McpServerFault[];
    }
  | TextEntry
  | ({ readonly kind: 'thinking'; readonly text: string } & Spoken)
  | ({ readonly kind: 'tool-use'; readonly id: string; readonly name: string; readonly input: unknown } & Spoken)
  | ({
      readonly kind: 'tool-result';
      readonly toolUseId: string;
      readonly text: string;
      readonly isError: boolean;
    } & Spoken)
  | {
      readonly kind: 'permission-denied';
      readonly toolName: string;
      readonly message: string;
      readonly byHook?: true;
    }
  /** Something that the CLI, not the person who wrote the prompt, adds to the conversation, such as the feedback of a hook. */
  | ({ readonly kind: 'injected' } & Spoken)
  /** A hook kept the prompt from the model. */
  | { readonly kind: 'prompt-refused'; readonly reason: string }
  /** Hooks refused the end of the turn so often that the CLI ended it all the same. */
  | { readonly kind: 'stop-hook-overridden' }
  | {
      readonly kind: 'api-retry';
      readonly attempt: number;
      readonly maxRetries: number;
      readonly delayMs: number;
      readonly status: number | null;
      readonly error: string;
    }
  | {
      /** The state of the account's usage limit, as the service last reported it. */
      readonly kind: 'usage-limit';
      readonly status: string;
      /** Such as `five_hour` or `seven_day_opus`. */
      readonly limitType?: string;
      /** Milliseconds since 1970. */
      readonly resetsAt?: number;
      /** Paid credits serve the requests beyond the limit: it is reached, and nothing is refused. */
      readonly isUsingOverage: boolean;
    }
  | { readonly kind: 'model-fallback'; readonly from: string; readonly to: string }
  | FinalResult
  /** A message of a type that we do not know or need. */
  | { readonly kind: 'other'; readonly type: string };

/** The CLI's `result` message. */
export interface FinalResult {
  readonly kind: 'result';
  readonly subtype: string;
  readonly isError: boolean;
  /** The last block of the answer, or the text of the error. */
  readonly text: string;
  /** The whole output of the process as of this result; never the text of an error. */
  readonly output: string;
  readonly errors: readonly string[];
  readonly apiErrorStatus: number | null;
  readonly apiError: string | null;
  readonly terminalReason: string | null;
  readonly stopReason: string | null;
  readonly structuredOutput?: unknown;
  readonly conversationId: string;
  /** Absent when the CLI does not say. */
  readonly numTurns?: number;
  /** The slash command that the CLI took the prompt for. */
  readonly localCommand?: string;
  /** The tool whose call a hook put off. */
  readonly deferredTool?: string;
  readonly costUsd?: number;
  readonly usage?: Usage;
  readonly usageByModel?: UsageByModel;
  /** The model that did most of the work, from the usage by model. */
  readonly model?: string;
  readonly permissionDenials: readonly PermissionDenial[];
}

import type { PermissionDenial, Usage, UsageByModel } from './result.ts';

/** One thing that the Claude CLI said, in our own words: what the log renders and the verdict reads. */
export type ConversationEntry =
  | { readonly kind: 'init'; readonly conversationId: string; readonly model: string; readonly cliVersion: string }
  /** What the model wrote; with `error`, what the CLI wrote in its place: the kind of API error, and what may mend it. */
  | { readonly kind: 'text'; readonly text: string; readonly error?: string; readonly remedy?: string }
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'tool-use'; readonly id: string; readonly name: string; readonly input: unknown }
  | { readonly kind: 'tool-result'; readonly toolUseId: string; readonly text: string; readonly isError: boolean }
  | { readonly kind: 'permission-denied'; readonly toolName: string; readonly message: string }
  | {
      readonly kind: 'api-retry';
      readonly attempt: number;
      readonly maxRetries: number;
      readonly delayMs: number;
      readonly status: number | null;
      readonly error: string;
    }
  | {
      /** The state of the account's usage limit, as the service told it last. */
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
  /** The whole answer, or the text of the error. */
  readonly text: string;
  readonly errors: readonly string[];
  readonly apiErrorStatus: number | null;
  readonly apiError: string | null;
  readonly terminalReason: string | null;
  readonly stopReason: string | null;
  readonly structuredOutput?: unknown;
  readonly conversationId: string;
  readonly numTurns: number;
  readonly costUsd?: number;
  readonly usage?: Usage;
  readonly usageByModel?: UsageByModel;
  /** The model that did most of the work, from the usage by model. */
  readonly model?: string;
  readonly permissionDenials: readonly PermissionDenial[];
}

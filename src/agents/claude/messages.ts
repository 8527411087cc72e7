import type { z } from 'zod';
import { compact } from '../../model/compact.ts';
import type { ConversationEntry, FinalResult } from '../../model/conversation.ts';
import { roundedUsd } from '../../model/money.ts';
import type { McpServerFault, Usage } from '../../model/result.ts';
import { mostUsedModel } from '../../model/usage.ts';
import { type BoundedJson, parseBounded } from './bounded-json.ts';
import {
  type blockSchema,
  deniedSchema,
  fallbackSchema,
  informationalSchema,
  initSchema,
  limitEventSchema,
  messageSchema,
  type modelUsageSchema,
  mostServers,
  notificationSchema,
  resultSchema,
  retrySchema,
  textBlocksSchema,
  turnSchema,
  type usageSchema,
} from './message-schemas.ts';

/** Content of one line of the CLI's stream. */
export interface ParsedMessage {
  readonly type: string;
  readonly entries: readonly ConversationEntry[];
  /** ISO 8601; most kinds of messages have none. */
  readonly at?: string;
  /** It is too deep or has too many parts to be read whole. */
  readonly isCut: boolean;
}

/** A message of the model or of a tool, as the CLI begins it. */
const turnStart = /^\{"type":"(?:assistant|user)"/;

/** The limit for a turn, of which few blocks are read: parsing as many values as a result may have blocks the event loop for 50 ms. */
const mostValuesOfTurn = 20_000;

/** One line of the CLI's stream as entries of the conversation; undefined when it is no message at all. */
export function parseMessage(line: string): ParsedMessage | undefined {
  const json = parseBounded(line, turnStart.test(line) ? mostValuesOfTurn : undefined);
  const message = messageSchema.safeParse(json?.value);
  if (json === undefined || !message.success) return undefined;
  const { type, subtype, timestamp: at } = message.data;
  return { type, entries: entriesOf(type, subtype, json), isCut: json.isCut, ...compact({ at }) };
}

function entriesOf(type: string, subtype: string | undefined, json: BoundedJson): readonly ConversationEntry[] {
  if (type === 'assistant' || type === 'user') return turnEntries(json.value) ?? [{ kind: 'other', type }];
  if (type === 'result') return [resultEntry(resultSchema.parse(json.value), json.isCut)];
  if (type === 'rate_limit_event') return [limitEntry(limitEventSchema.parse(json.value)) ?? { kind: 'other', type }];
  if (type !== 'system') return [{ kind: 'other', type }];
  return [systemEntry(subtype, json.value) ?? { kind: 'other', type: `system/${subtype ?? ''}` }];
}

function limitEntry({ rate_limit_info: limit }: z.infer<typeof limitEventSchema>): ConversationEntry | undefined {
  if (limit === undefined) return undefined;
  const { status, rateLimitType, resetsAt, isUsingOverage = false } = limit;
  return {
    kind: 'usage-limit',
    status,
    ...(rateLimitType !== undefined && { limitType: rateLimitType }),
    ...(resetsAt !== undefined && { resetsAt }),
    isUsingOverage,
  };
}

function systemEntry(subtype: string | undefined, value: unknown): ConversationEntry | undefined {
  switch (subtype) {
    case 'init': {
      const { session_id = '', model = '', claude_code_version = '', mcp_servers } = initSchema.parse(value);
      const entry = { kind: 'init', conversationId: session_id, model, cliVersion: claude_code_version } as const;
      const mcpFaults = mcpFaultsOf(mcp_servers);
      return mcpFaults.length === 0 ? entry : { ...entry, mcpFaults };
    }
    case 'api_retry': {
      const retry = retrySchema.parse(value);
      return {
        kind: 'api-retry',
        attempt: retry.attempt ?? 0,
        maxRetries: retry.max_retries ?? 0,
        delayMs: retry.retry_delay_ms ?? 0,
        status: retry.error_status ?? null,
        error: retry.error ?? 'unknown',
      };
    }
    case 'model_fallback': {
      const { original_model = '', fallback_model = '' } = fallbackSchema.parse(value);
      return { kind: 'model-fallback', from: original_model, to: fallback_model };
    }
    case 'permission_denied': {
      const { tool_name = '', message = '', decision_reason_type } = deniedSchema.parse(value);
      const byHook = decision_reason_type === 'hook' && { byHook: true as const };
      return { kind: 'permission-denied', toolName: tool_name, message, ...byHook };
    }
    case 'informational': {
      const { content = '', prompt_submit_outcome: outcome } = informationalSchema.parse(value);
      // Only a prompt that did not get through has an outcome here.
      return outcome && { kind: 'prompt-refused', reason: outcome.reason ?? content };
    }
    case 'notification':
      return notificationSchema.parse(value).key === 'stop-hook-block-cap'
        ? { kind: 'stop-hook-overridden' }
        : undefined;
    default:
      return undefined;
  }
}

/** Servers that Claude cannot use, apart from those that were switched off. */
function mcpFaultsOf(servers: readonly McpServerFault[]): readonly McpServerFault[] {
  return servers
    .filter(({ name, status }) => name !== '' && status !== 'connected' && status !== 'disabled')
    .slice(0, mostServers);
}

type Turn = z.infer<typeof turnSchema>;

function turnEntries(value: unknown): ConversationEntry[] | undefined {
  const parsed = turnSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const turn = parsed.data;
  const { role, content } = turn.message;
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  const entries = blocks.map((block) =>
    role !== 'assistant' && block.type === 'text' ? injected(turn) : blockEntry(block, turn),
  );
  const limit = turn.error === undefined ? undefined : limitEntry(turn.api_error_params ?? {});
  return limit === undefined ? entries : [limit, ...entries];
}

function spoken({ parent_tool_use_id: id }: Turn): { subagentOf?: string } {
  return id ? { subagentOf: id } : {};
}

function injected(turn: Turn): ConversationEntry {
  return { kind: 'injected', ...spoken(turn) };
}

function blockEntry(block: z.infer<typeof blockSchema>, turn: Turn): ConversationEntry {
  switch (block.type) {
    case 'text':
      return {
        kind: 'text',
        text: block.text ?? '',
        ...compact({ messageId: turn.message.id, error: turn.error, remedy: turn.api_error_params?.remedy }),
        ...(turn.message.model === '<synthetic>' && { synthetic: true as const }),
        ...spoken(turn),
      };
    case 'thinking':
      return { kind: 'thinking', text: block.thinking ?? '', ...spoken(turn) };
    case 'tool_use':
      return { kind: 'tool-use', id: block.id ?? '', name: block.name ?? '', input: block.input, ...spoken(turn) };
    case 'tool_result':
      return {
        kind: 'tool-result',
        toolUseId: block.tool_use_id ?? '',
        text: contentText(block.content),
        isError: block.is_error ?? false,
        ...spoken(turn),
      };
    default:
      return { kind: 'other', type: block.type };
  }
}

/** A tool's result is text, or a list of blocks of which some are text. */
function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  const blocks = textBlocksSchema.safeParse(content);
  return blocks.success ? blocks.data.map((block) => block.text ?? `[${block.type}]`).join('\n') : '';
}

function resultEntry(result: z.infer<typeof resultSchema>, isCut: boolean): FinalResult {
  const model = mostUsedModel(result.modelUsage);
  const text = result.result ?? '';
  return {
    kind: 'result',
    subtype: result.subtype,
    isError: result.is_error,
    text,
    output: text,
    errors: result.errors,
    apiErrorStatus: result.api_error_status,
    apiError: result.api_error,
    terminalReason: result.terminal_reason,
    stopReason: result.stop_reason,
    conversationId: result.session_id,
    permissionDenials: result.permission_denials.map(({ tool_name, tool_use_id }) => ({
      toolName: tool_name,
      toolUseId: tool_use_id,
    })),
    ...compact({
      // A value that was cut may no longer meet the schema.
      structuredOutput: isCut ? undefined : result.structured_output,
      numTurns: result.num_turns,
      localCommand: result.local_command,
      deferredTool: result.deferred_tool_use?.name,
      costUsd: result.total_cost_usd === undefined ? undefined : roundedUsd(result.total_cost_usd),
      usage: result.usage === undefined ? undefined : usageOf(result.usage),
      model,
    }),
    usageByModel: Object.fromEntries(
      Object.entries(result.modelUsage).map(([name, used]) => [name, modelUsageOf(used)]),
    ),
  };
}

function modelUsageOf(usage: z.infer<typeof modelUsageSchema>): Usage {
  const { inputTokens, outputTokens, cacheReadInputTokens, cacheCreationInputTokens } = usage;
  const cached = { cacheReadTokens: cacheReadInputTokens, cacheWriteTokens: cacheCreationInputTokens };
  return { inputTokens, outputTokens, ...cached };
}

function usageOf(usage: z.infer<typeof usageSchema>): Usage {
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens,
    cacheWriteTokens: usage.cache_creation_input_tokens,
  };
}

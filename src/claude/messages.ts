import { z } from 'zod';
import type { ConversationEntry, FinalResult } from '../core/conversation.ts';
import type { MessageWords } from '../core/redactor.ts';
import type { Usage } from '../core/result.ts';

/** Optional where the CLI leaves a field out in some of its messages; of the wrong type counts as absent. */
const text = z.string().optional().catch(undefined);
const count = z.number().optional().catch(undefined);

/** Tokens of one request; what is less than nothing counts as absent. */
const tokens = z.number().min(0).catch(0);

/** US dollars; what no answer can have cost counts as absent, so that the process's ceiling is taken for it. */
const cost = z.number().min(0).max(1_000_000).optional().catch(undefined);

const usageSchema = z.object({
  input_tokens: tokens,
  output_tokens: tokens,
  cache_read_input_tokens: tokens,
  cache_creation_input_tokens: tokens,
});

const messageSchema = z.object({ type: z.string(), subtype: text });

const textBlocksSchema = z.array(z.object({ type: z.string(), text }));

const initSchema = z.object({ session_id: text, model: text, claude_code_version: text });

const retrySchema = z.object({
  attempt: count,
  max_retries: count,
  retry_delay_ms: count,
  error_status: count,
  error: text,
});

/** Epoch seconds as milliseconds; what no calendar knows counts as absent. */
const epochSeconds = z
  .number()
  .min(0)
  .max(253_402_300_799)
  .transform((seconds) => seconds * 1000)
  .optional()
  .catch(undefined);

const usageLimitSchema = z.object({
  status: z.string(),
  rateLimitType: text,
  resetsAt: epochSeconds,
  isUsingOverage: z.boolean().optional().catch(undefined),
});

const limitEventSchema = z.object({ rate_limit_info: usageLimitSchema.optional().catch(undefined) });

const errorParamsSchema = limitEventSchema.extend({ remedy: text });

const fallbackSchema = z.object({ original_model: text, fallback_model: text });

const deniedSchema = z.object({ tool_name: text, message: text });

const blockSchema = z.object({
  type: z.string(),
  text,
  thinking: text,
  id: text,
  name: text,
  input: z.unknown().optional(),
  tool_use_id: text,
  content: z.unknown().optional(),
  is_error: z.boolean().optional().catch(undefined),
});

const turnSchema = z.object({
  error: text,
  api_error_params: errorParamsSchema.optional().catch(undefined),
  message: z.object({
    role: text,
    content: z.union([z.string(), z.array(blockSchema.catch({ type: 'unknown' }))]).catch([]),
  }),
});

const denialSchema = z.object({ tool_name: z.string().catch('unknown'), tool_use_id: z.string().catch('') });

const modelUsageSchema = z.object({
  inputTokens: tokens,
  outputTokens: tokens,
  cacheReadInputTokens: tokens,
  cacheCreationInputTokens: tokens,
});

const resultSchema = z.object({
  subtype: z.string().catch(''),
  is_error: z.boolean().default(false).catch(true),
  result: text,
  errors: z.array(z.string()).catch([]),
  api_error_status: z.number().nullable().catch(null),
  api_error: z.string().nullable().catch(null),
  terminal_reason: z.string().nullable().catch(null),
  stop_reason: z.string().nullable().catch(null),
  structured_output: z.unknown().optional(),
  session_id: z.string().catch(''),
  num_turns: z.number().catch(0),
  total_cost_usd: cost,
  usage: usageSchema.optional().catch(undefined),
  modelUsage: z.record(z.string(), modelUsageSchema).catch({}),
  permission_denials: z.array(denialSchema.catch({ tool_name: 'unknown', tool_use_id: '' })).catch([]),
});

const schemas = [
  ...[messageSchema, initSchema, retrySchema, fallbackSchema, deniedSchema, blockSchema, turnSchema],
  ...[turnSchema.shape.message, denialSchema, resultSchema, usageSchema, modelUsageSchema],
  ...[usageLimitSchema, limitEventSchema, errorParamsSchema],
];

/** What of a message the verdict goes by. Whatever a message holds besides is text. */
export const messageWords: MessageWords = {
  keys: new Set(schemas.flatMap(({ shape }) => Object.keys(shape))),
  controls: new Set([
    ...['type', 'subtype', 'role', 'error', 'api_error', 'terminal_reason', 'stop_reason'],
    ...['status', 'rateLimitType', 'remedy'],
  ]),
  payloads: new Set(['input', 'tool_input', 'structured_output', 'tool_use_result', 'toolUseResult']),
};

/** One line of the CLI's stream as entries of the conversation; undefined when it is no message at all. */
export function parseMessage(line: string): readonly ConversationEntry[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const message = messageSchema.safeParse(value);
  if (!message.success) return undefined;
  const { type, subtype } = message.data;
  if (type === 'assistant' || type === 'user') return turnEntries(value) ?? [{ kind: 'other', type }];
  if (type === 'result') return [resultEntry(resultSchema.parse(value))];
  if (type === 'system') return [systemEntry(subtype, value) ?? { kind: 'other', type: `system/${subtype ?? ''}` }];
  if (type === 'rate_limit_event') return [limitEntry(limitEventSchema.parse(value)) ?? { kind: 'other', type }];
  return [{ kind: 'other', type }];
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
      const { session_id = '', model = '', claude_code_version = '' } = initSchema.parse(value);
      return { kind: 'init', conversationId: session_id, model, cliVersion: claude_code_version };
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
      const { tool_name = '', message = '' } = deniedSchema.parse(value);
      return { kind: 'permission-denied', toolName: tool_name, message };
    }
    default:
      return undefined;
  }
}

function turnEntries(value: unknown): ConversationEntry[] | undefined {
  const turn = turnSchema.safeParse(value);
  if (!turn.success) return undefined;
  const { error, message, api_error_params: params } = turn.data;
  const { role, content } = message;
  if (typeof content === 'string') return role === 'assistant' ? [{ kind: 'text', text: content }] : undefined;
  const remedy = params?.remedy;
  const failure = error === undefined ? {} : { error, ...(remedy !== undefined && { remedy }) };
  const limit = error === undefined ? undefined : limitEntry({ rate_limit_info: params?.rate_limit_info });
  const entries = content.map((block) => blockEntry(block, failure));
  return [
    ...(limit === undefined ? [] : [limit]),
    ...entries.filter(({ kind }) => role === 'assistant' || kind !== 'text'),
  ];
}

/** The kind of API error that a message stands for, and what the CLI recommends against it. */
type TurnFailure = { readonly error?: string; readonly remedy?: string };

function blockEntry(block: z.infer<typeof blockSchema>, failure: TurnFailure): ConversationEntry {
  switch (block.type) {
    case 'text':
      return { kind: 'text', text: block.text ?? '', ...failure };
    case 'thinking':
      return { kind: 'thinking', text: block.thinking ?? '' };
    case 'tool_use':
      return { kind: 'tool-use', id: block.id ?? '', name: block.name ?? '', input: block.input };
    case 'tool_result':
      return {
        kind: 'tool-result',
        toolUseId: block.tool_use_id ?? '',
        text: contentText(block.content),
        isError: block.is_error ?? false,
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

function resultEntry(result: z.infer<typeof resultSchema>): FinalResult {
  const model = Object.entries(result.modelUsage).sort(([, a], [, b]) => b.outputTokens - a.outputTokens)[0]?.[0];
  return {
    kind: 'result',
    subtype: result.subtype,
    isError: result.is_error,
    text: result.result ?? '',
    errors: result.errors,
    apiErrorStatus: result.api_error_status,
    apiError: result.api_error,
    terminalReason: result.terminal_reason,
    stopReason: result.stop_reason,
    ...(result.structured_output !== undefined && { structuredOutput: result.structured_output }),
    conversationId: result.session_id,
    numTurns: result.num_turns,
    ...(result.total_cost_usd !== undefined && { costUsd: result.total_cost_usd }),
    ...(result.usage !== undefined && { usage: usageOf(result.usage) }),
    ...(model !== undefined && { model }),
    usageByModel: Object.fromEntries(
      Object.entries(result.modelUsage).map(([name, used]) => [name, modelUsageOf(used)]),
    ),
    permissionDenials: result.permission_denials.map(({ tool_name, tool_use_id }) => ({
      toolName: tool_name,
      toolUseId: tool_use_id,
    })),
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

import { z } from 'zod';
import type { MessageWords } from '../../model/redactor.ts';

/** The fields that the schemas below read. */
const keys = new Set<string>();

/** A schema of a message, or of a part of one. Redaction leaves the names of its fields as they are. */
function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  for (const key of Object.keys(shape)) keys.add(key);
  return z.object(shape);
}

/** Optional where the CLI leaves a field out in some of its messages; of the wrong type counts as absent. */
const text = z.string().optional().catch(undefined);
/** Far beyond what a run has, and small enough that the records of a session can hold the sum of all. */
const number = z.number().min(0).max(1e12);
const count = number.optional().catch(undefined);

/** More parts of one message, or more denied calls, say nothing to people; each costs every listener its time. */
const mostBlocks = 1_000;
const mostDenials = 1_000;

/** More servers than these are not named. */
export const mostServers = 100;

/** A list of which only the beginning is read. */
function firstOf<T extends z.ZodType>(most: number, item: T) {
  return z.preprocess((list) => (Array.isArray(list) ? list.slice(0, most) : list), z.array(item));
}

/** Tokens of one request; an impossible number counts as absent. */
const tokens = number.catch(0);

/** US dollars; an impossible amount counts as absent, so that the process's ceiling is charged instead. */
const cost = z.number().min(0).max(1_000_000).optional().catch(undefined);

/** Tokens of a run. */
export const usageSchema = fields({
  input_tokens: tokens,
  output_tokens: tokens,
  cache_read_input_tokens: tokens,
  cache_creation_input_tokens: tokens,
});

/** Any message. */
export const messageSchema = fields({ type: z.string(), subtype: text, timestamp: text });

const serverSchema = fields({ name: z.string(), status: z.string() });

/** The first message of a conversation. */
export const initSchema = fields({
  session_id: text,
  model: text,
  claude_code_version: text,
  mcp_servers: z.array(serverSchema.catch({ name: '', status: '' })).catch([]),
});

/** A tool's result in blocks. */
export const textBlocksSchema = firstOf(mostBlocks, fields({ type: z.string(), text }));

/** A request is about to be tried again. */
export const retrySchema = fields({
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

const usageLimitSchema = fields({
  status: z.string(),
  rateLimitType: text,
  resetsAt: epochSeconds,
  isUsingOverage: z.boolean().optional().catch(undefined),
});

/** The state of the account's limit. */
export const limitEventSchema = fields({ rate_limit_info: usageLimitSchema.optional().catch(undefined) });

const errorParamsSchema = fields({ ...limitEventSchema.shape, remedy: text });

/** Another model takes over. */
export const fallbackSchema = fields({ original_model: text, fallback_model: text });

/** A call of a tool was denied. */
export const deniedSchema = fields({ tool_name: text, message: text, decision_reason_type: text });

const promptOutcomeSchema = fields({ kind: z.string(), reason: text });
/** A hook, or a check of the CLI itself, kept the prompt from the model. */
export const informationalSchema = fields({
  content: text,
  prompt_submit_outcome: promptOutcomeSchema.optional().catch(undefined),
});

/** Something that the CLI shows people. */
export const notificationSchema = fields({ key: text });

/** One block of such a message. */
export const blockSchema = fields({
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

/** A message of the conversation itself. */
export const turnSchema = fields({
  error: text,
  api_error_params: errorParamsSchema.optional().catch(undefined),
  parent_tool_use_id: z.string().nullish().catch(undefined),
  message: fields({
    id: text,
    role: text,
    model: text,
    content: z.union([z.string(), firstOf(mostBlocks, blockSchema.catch({ type: 'unknown' }))]).catch([]),
  }),
});

const denialSchema = fields({ tool_name: z.string().catch('unknown'), tool_use_id: z.string().catch('') });

/** Tokens of one model. */
export const modelUsageSchema = fields({
  inputTokens: tokens,
  outputTokens: tokens,
  cacheReadInputTokens: tokens,
  cacheCreationInputTokens: tokens,
});

const deferredSchema = fields({ name: z.string().catch('unknown') });

/** The message that ends a run. */
export const resultSchema = fields({
  subtype: z.string().catch(''),
  is_error: z.boolean().default(false).catch(true),
  result: text,
  errors: z.array(z.string()).catch([]),
  api_error_status: number.nullable().catch(null),
  api_error: z.string().nullable().catch(null),
  terminal_reason: z.string().nullable().catch(null),
  stop_reason: z.string().nullable().catch(null),
  structured_output: z.unknown().optional(),
  session_id: z.string().catch(''),
  num_turns: count,
  local_command: text,
  deferred_tool_use: deferredSchema.optional().catch(undefined),
  total_cost_usd: cost,
  usage: usageSchema.optional().catch(undefined),
  modelUsage: z.record(z.string(), modelUsageSchema).catch({}),
  permission_denials: firstOf(mostDenials, denialSchema.catch({ tool_name: 'unknown', tool_use_id: '' })).catch([]),
});

/** Fields whose text is a word of the protocol. */
const controls = [
  ...['type', 'subtype', 'role', 'error', 'api_error', 'terminal_reason', 'stop_reason'],
  ...['status', 'decision_reason_type', 'rateLimitType', 'remedy'],
];

/** Fields of a message that the verdict depends on. All others are text. */
export const messageWords: MessageWords = {
  keys,
  controls: new Set(controls),
  payloads: new Set(['input', 'tool_input', 'structured_output', 'tool_use_result', 'toolUseResult']),
};

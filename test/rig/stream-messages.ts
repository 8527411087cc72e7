// What the real CLI 2.1.330 prints with `--output-format stream-json --verbose`, without the fields that are not read.

/** One line of the stream, before it is made JSON. */
export type StreamMessage = Readonly<Record<string, unknown>>;

/** The default conversation of the builders below. */
export const conversationId = 'ead22331-b203-403f-9d63-d72b604e9f66';
const model = 'claude-opus-5-5';
let messages = 0;

/** The first message of a run. */
export function initMessage(overrides: StreamMessage = {}): StreamMessage {
  return {
    type: 'system',
    subtype: 'init',
    cwd: '/workspace',
    session_id: conversationId,
    tools: ['Bash', 'Edit', 'Read', 'Write'],
    mcp_servers: [],
    model,
    permissionMode: 'default',
    apiKeySource: 'ANTHROPIC_API_KEY',
    claude_code_version: '2.1.330',
    ...overrides,
  };
}

/** A text of the model. */
export function assistantText(text: string): StreamMessage {
  return assistantMessage({ type: 'text', text });
}

/** A thought of the model. */
export function assistantThinking(thinking: string): StreamMessage {
  return assistantMessage({ type: 'thinking', thinking, signature: 'c2lnbmVk' });
}

/** A tool call of the model. */
export function toolUse(name: string, input: unknown, id = 'toolu_1'): StreamMessage {
  return assistantMessage({ type: 'tool_use', id, name, input });
}

/** One `assistant` line holds one block of content. */
function assistantMessage(block: StreamMessage): StreamMessage {
  const usage = { input_tokens: 1000, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 1 };
  messages += 1;
  return {
    type: 'assistant',
    message: {
      id: `msg_${messages}`,
      type: 'message',
      role: 'assistant',
      model,
      content: [block],
      stop_reason: null,
      usage,
    },
    parent_tool_use_id: null,
    session_id: conversationId,
  };
}

/** What a tool answered. */
export function toolResult(content: string, { id = 'toolu_1', isError = false } = {}): StreamMessage {
  return {
    type: 'user',
    message: { role: 'user', content: [{ tool_use_id: id, type: 'tool_result', content, is_error: isError }] },
    parent_tool_use_id: null,
    session_id: conversationId,
    tool_use_result: content,
  };
}

/** A tool call that was not allowed. */
export function permissionDenied(toolName: string, id = 'toolu_1'): StreamMessage {
  return {
    type: 'system',
    subtype: 'permission_denied',
    tool_name: toolName,
    tool_use_id: id,
    message: `Claude requested permissions to use ${toolName}, but you haven't granted it yet.`,
    session_id: conversationId,
  };
}

/** The CLI is about to try a request again by itself. */
export function apiRetry(overrides: StreamMessage = {}): StreamMessage {
  return {
    type: 'system',
    subtype: 'api_retry',
    attempt: 1,
    max_retries: 2,
    retry_delay_ms: 500,
    error_status: 529,
    error: 'overloaded',
    session_id: conversationId,
    ...overrides,
  };
}

/** The final message of a run that went well. */
export function resultMessage(result: string, overrides: StreamMessage = {}): StreamMessage {
  return {
    duration_api_ms: 164,
    stop_reason: 'end_turn',
    session_id: conversationId,
    total_cost_usd: 0.02,
    usage: { input_tokens: 4000, cache_creation_input_tokens: 30, cache_read_input_tokens: 20, output_tokens: 200 },
    modelUsage: { [model]: { inputTokens: 4000, outputTokens: 200, costUSD: 0.02 } },
    permission_denials: [],
    terminal_reason: 'completed',
    is_error: false,
    num_turns: 1,
    subtype: 'success',
    api_error_status: null,
    result,
    // In the middle, as in the real one: nothing may rely on the order of the keys.
    type: 'result',
    duration_ms: 167,
    result_index: 0,
    ...overrides,
  };
}

/** The final message after an API error: `subtype` stays "success", as the CLI has it. */
export function apiErrorResult(status: number | null, result: string, overrides: StreamMessage = {}): StreamMessage {
  return resultMessage(result, {
    is_error: true,
    api_error_status: status,
    stop_reason: 'stop_sequence',
    terminal_reason: 'api_error',
    total_cost_usd: 0,
    usage: { input_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 0 },
    modelUsage: {},
    ...overrides,
  });
}

/** What a service says of a subscription's limit; used up, unless told otherwise. */
export function usageLimit(overrides: StreamMessage = {}): StreamMessage {
  const info = { status: 'rejected', rateLimitType: 'five_hour', isUsingOverage: false, ...overrides };
  return { type: 'rate_limit_event', rate_limit_info: info, session_id: conversationId };
}

/** The final message after a limit, such as `error_max_turns`: it has `errors` and no `result`. */
export function limitResult(subtype: string, errors: readonly string[], overrides: StreamMessage = {}): StreamMessage {
  const { result: _none, ...message } = resultMessage('');
  return { ...message, subtype, is_error: true, errors, terminal_reason: subtype.replace('error_', ''), ...overrides };
}

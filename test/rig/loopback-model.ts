import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

/** One block of an answer. */
export type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string }
  | { readonly type: 'tool_use'; readonly name: string; readonly input: object };

/** An answer, or another thing that a service may do. */
export type Dispatch =
  | readonly Block[]
  | { readonly stopReason: string }
  | { readonly status: number; readonly error: string; readonly message: string }
  | 'cut';

/** What the CLI sent: as much as tests ask about. */
export interface ModelRequest {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly tools?: readonly { readonly name: string }[];
}

/** A model on 127.0.0.1 for the real CLI. */
export interface LoopbackModel extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ModelRequest[];
}

/** A text block. */
export const text = (words: string): Block => ({ type: 'text', text: words });

/** A tool call. */
export const tool = (name: string, input: object): Block => ({ type: 'tool_use', name, input });

/** Starts a model that answers as the test says: by the request, or turn by turn, the last turn again and again. */
export async function startLoopbackModel(
  turns: readonly Dispatch[] | ((request: ModelRequest) => Dispatch),
): Promise<LoopbackModel> {
  const requests: ModelRequest[] = [];
  const turnOf = (request: ModelRequest): Dispatch => {
    if (typeof turns === 'function') return turns(request);
    const spoken = request.messages.filter(({ role }) => role === 'assistant').length;
    return turns[Math.min(spoken, turns.length - 1)] ?? [];
  };
  const server = createServer(async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await textOf(incoming);
    if (incoming.url?.startsWith('/v1/messages') !== true) return response.writeHead(404).end('{}');
    const request = JSON.parse(body) as ModelRequest;
    requests.push(request);
    return answer(response, turnOf(request), requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(response: ServerResponse, turn: Dispatch, serial: number): void {
  if (turn === 'cut') {
    response.socket?.resetAndDestroy();
    return;
  }
  if ('status' in turn) {
    const error = { type: 'error', error: { type: turn.error, message: turn.message } };
    response.writeHead(turn.status, { 'content-type': 'application/json' }).end(JSON.stringify(error));
    return;
  }
  const blocks = 'stopReason' in turn ? [] : turn;
  const stop = blocks.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn';
  const frame = (type: string, fields: object): void => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const usage = { input_tokens: 1000, output_tokens: 1 };
  const envelope = { id: `msg_${serial}`, type: 'message', role: 'assistant', model: 'claude-opus-5-5', usage };
  frame('message_start', { message: { ...envelope, content: [], stop_reason: null, stop_sequence: null } });
  for (const [index, block] of blocks.entries()) {
    frame('content_block_start', { index, content_block: beginningOf(block, `toolu_${serial}_${index}`) });
    frame('content_block_delta', { index, delta: deltaOf(block) });
    frame('content_block_stop', { index });
  }
  const stopReason = 'stopReason' in turn ? turn.stopReason : stop;
  frame('message_delta', { delta: { stop_reason: stopReason, stop_sequence: null }, usage: { output_tokens: 50 } });
  frame('message_stop', {});
  response.end();
}

function beginningOf(block: Block, id: string): object {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: '' };
    case 'thinking':
      return { type: 'thinking', thinking: '', signature: '' };
    case 'tool_use':
      return { type: 'tool_use', id, name: block.name, input: {} };
  }
}

function deltaOf(block: Block): object {
  switch (block.type) {
    case 'text':
      return { type: 'text_delta', text: block.text };
    case 'thinking':
      return { type: 'thinking_delta', thinking: block.thinking };
    case 'tool_use':
      return { type: 'input_json_delta', partial_json: JSON.stringify(block.input) };
  }
}

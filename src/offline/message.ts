import { setTimeout as sleep } from 'node:timers/promises';
import type { Charge } from './prompt-cache.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { Answer, Delivery, TokenCount } from './step.ts';

/** Parts of a message of the API. */
export interface MessageParts {
  readonly answer: Answer;
  readonly delivery: Delivery;
  readonly request: ReceivedRequest;
  readonly charge: Charge;
  /** Makes the ids in the message unique. */
  readonly serial: number;
}

/** One frame of a stream of server-sent events, ready to be written. */
type Frame = string;

/** Characters in one piece of a streamed text; the real API sends a few words, this is for large answers. */
const pieceLength = 16_384;

/** The whole message, for a request that does not stream. */
export function wholeMessage(parts: MessageParts): object {
  return {
    ...envelope(parts),
    content: contentOf(parts),
    stop_reason: stopReasonOf(parts.answer),
    usage: usageOf(parts),
  };
}

/** The message as the events of the streaming API, at the pace asked for. */
export async function* messageFrames(parts: MessageParts, signal: AbortSignal): AsyncGenerator<Frame> {
  yield messageStart(parts);
  yield* blockFrames(parts, signal);
  const delta = { stop_reason: stopReasonOf(parts.answer), stop_sequence: null };
  yield frame('message_delta', { delta, usage: { output_tokens: countTokens(parts).output } });
  yield frame('message_stop', {});
}

/** The beginning of a message and no more: what arrives before a connection is lost. */
export function brokenMessage(parts: Omit<MessageParts, 'answer'>): string {
  const start = messageStart({ ...parts, answer: { kind: 'text', text: '', stopReason: 'end_turn' } });
  return (
    start +
    frame('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
    textDelta('This answer was c')
  );
}

/** Milliseconds that a paced text takes. */
export function durationOf(answer: Answer, paceMs = 0): number {
  return answer.kind === 'text' ? (piecesOf(answer.text, paceMs).length - 1) * paceMs : 0;
}

async function* blockFrames(parts: MessageParts, signal: AbortSignal): AsyncGenerator<Frame> {
  const { answer, delivery } = parts;
  const [block] = contentOf(parts);
  if (block === undefined) return;
  if (answer.kind === 'tool') {
    yield frame('content_block_start', { index: 0, content_block: { ...block, input: {} } });
    const delta = { type: 'input_json_delta', partial_json: JSON.stringify(answer.input) };
    yield frame('content_block_delta', { index: 0, delta });
  } else {
    yield frame('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
    for (const [index, piece] of piecesOf(answer.text, delivery.paceMs).entries()) {
      if (index > 0 && delivery.paceMs !== undefined) await sleep(delivery.paceMs, undefined, { signal });
      yield textDelta(piece);
    }
  }
  yield frame('content_block_stop', { index: 0 });
}

function messageStart(parts: MessageParts): Frame {
  const usage = { ...usageOf(parts), output_tokens: 0 };
  return frame('message_start', { message: { ...envelope(parts), content: [], stop_reason: null, usage } });
}

function textDelta(text: string): Frame {
  return frame('content_block_delta', { index: 0, delta: { type: 'text_delta', text } });
}

function frame(type: string, fields: object): Frame {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

function envelope({ request, serial }: Pick<MessageParts, 'request' | 'serial'>): object {
  return { id: `msg_offline_${serial}`, type: 'message', role: 'assistant', model: request.model, stop_sequence: null };
}

function contentOf({ answer, serial }: MessageParts): readonly object[] {
  if (answer.kind === 'tool') {
    return [{ type: 'tool_use', id: `toolu_offline_${serial}`, name: answer.name, input: answer.input }];
  }
  return answer.text === '' ? [] : [{ type: 'text', text: answer.text }];
}

function stopReasonOf(answer: Answer): string {
  return answer.kind === 'tool' ? 'tool_use' : answer.stopReason;
}

function usageOf(parts: MessageParts): object {
  const { delivery, charge } = parts;
  const { input, output } = countTokens(parts);
  const { cacheRead, cacheWrite } = delivery.usage === undefined ? charge.tokens : noCache;
  return {
    input_tokens: input,
    output_tokens: output,
    cache_creation_input_tokens: cacheWrite['5m'] + cacheWrite['1h'],
    cache_read_input_tokens: cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: cacheWrite['5m'], ephemeral_1h_input_tokens: cacheWrite['1h'] },
  };
}

const noCache = { cacheRead: 0, cacheWrite: { '5m': 0, '1h': 0 } };

/** A directive names all tokens; otherwise a token is four characters. */
function countTokens({ answer, delivery, charge }: MessageParts): TokenCount {
  const text = answer.kind === 'text' ? answer.text : JSON.stringify(answer.input);
  return delivery.usage ?? { input: charge.tokens.uncached, output: Math.ceil(text.length / 4) };
}

function piecesOf(text: string, paceMs: number | undefined): readonly string[] {
  // Split, not matched: a match that begins with white space would go over a text of blanks again and again.
  if (paceMs) return text.split(/(?<=\S)(?=\s)/);
  return text.match(new RegExp(`[\\s\\S]{1,${pieceLength}}`, 'gu')) ?? [text];
}

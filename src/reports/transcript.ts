import type { ConversationEntry } from '../model/conversation.ts';
import { toolSubject } from '../model/tool-subject.ts';
import { LineSplitter } from '../process/line-splitter.ts';
import { jsonExcerpt } from '../redaction/json-excerpt.ts';
import { firstUnits } from '../text/cut-text.ts';
import { apiRetryText, usageLimitText } from '../text/format.ts';
import { oneLine, shortened } from '../text/plain-text.ts';
import type { TranscriptStep } from './page/page-data.ts';

/** Reads a line of what the agent sent; undefined when it is no message. */
export type ReadMessage = (
  line: string,
) => { readonly entries: readonly ConversationEntry[]; readonly at?: string } | undefined;

/** Inputs of a transcript. */
export interface TranscriptSource {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly read: ReadMessage;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Bytes of the stream that are read. */
  readonly most: number;
}

/** In UTF-16 units: the stream's file has all of it. */
const [longestText, longestResult, longestSubject] = [256 * 1024, 16 * 1024, 300];

/** The conversation of a process, all its attempts one after the other, as steps for the page. */
export async function* transcriptSteps({
  chunks,
  read,
  since,
  most,
}: TranscriptSource): AsyncGenerator<TranscriptStep> {
  const steps = new Steps(since);
  const lines = new LineSplitter();
  let room = most;
  for await (const chunk of chunks) {
    for (const line of lines.push(chunk.subarray(0, room))) {
      if (line.kind === 'too-long') yield { kind: 'note', text: `a line of ${line.bytes} bytes is in the log only` };
      else yield* steps.of(line.kind === 'line' ? read(line.text) : undefined);
    }
    room -= chunk.length;
    if (room <= 0) break;
  }
  if (room <= 0) yield { kind: 'note', text: 'The rest is left out here. The .jsonl file has all of it.' };
  else for (const line of lines.end()) if (line.kind === 'line') yield* steps.of(read(line.text));
}

class Steps {
  readonly #since: number;
  #conversation: string | undefined;
  #attempt = 0;

  constructor(since: number) {
    this.#since = since;
  }

  *of(message: ReturnType<ReadMessage>): Generator<TranscriptStep> {
    if (message === undefined) return;
    const at = message.at === undefined ? Number.NaN : Date.parse(message.at) - this.#since;
    const time = Number.isNaN(at) ? {} : { at };
    for (const entry of message.entries) {
      const step = this.#step(entry);
      if (step !== undefined) yield { ...step, ...time };
    }
  }

  #step(entry: ConversationEntry): TranscriptStep | undefined {
    const sub = 'subagentOf' in entry && entry.subagentOf !== undefined ? { sub: entry.subagentOf } : {};
    switch (entry.kind) {
      case 'init':
        return this.#start(entry);
      case 'text': {
        const own = entry.synthetic === true && { synthetic: true as const };
        return entry.text.trim() === ''
          ? undefined
          : { kind: 'text', text: cut(entry.text, longestText), ...own, ...sub };
      }
      case 'thinking':
        return entry.text.trim() === '' ? undefined : { kind: 'thinking', text: cut(entry.text, longestText), ...sub };
      case 'tool-use': {
        const subject = oneLine(toolSubject(entry.input), longestSubject);
        const input = cut(jsonExcerpt(entry.input, longestResult), longestResult);
        return { kind: 'tool', id: entry.id, name: oneLine(entry.name, longestSubject), subject, input, ...sub };
      }
      case 'tool-result':
        return {
          kind: 'result',
          of: entry.toolUseId,
          text: cut(entry.text, longestResult),
          ...(entry.isError && { isError: true }),
        };
      default: {
        const text = noteText(entry);
        return text === undefined ? undefined : { kind: 'note', text: oneLine(text, longestText) };
      }
    }
  }

  /** Each attempt has a conversation of its own; the CLI announces one again when it goes on with it. */
  #start({ conversationId, model }: Extract<ConversationEntry, { kind: 'init' }>): TranscriptStep | undefined {
    if (conversationId === this.#conversation) return undefined;
    this.#conversation = conversationId;
    this.#attempt += 1;
    return { kind: 'attempt', number: this.#attempt, text: oneLine(model, longestSubject) };
  }
}

function noteText(
  entry: Exclude<ConversationEntry, { kind: 'init' | 'text' | 'thinking' | 'tool-use' | 'tool-result' }>,
): string | undefined {
  switch (entry.kind) {
    case 'permission-denied':
      return `${entry.toolName} was denied: ${entry.message}`;
    case 'api-retry':
      return apiRetryText(entry);
    case 'usage-limit':
      return usageLimitText(entry);
    case 'model-fallback':
      return `Falls back from ${entry.from} to ${entry.to}`;
    case 'prompt-refused':
      return `A hook refused the prompt: ${entry.reason}`;
    case 'stop-hook-overridden':
      return 'A Stop hook refused the end again and again; Claude Code ended all the same';
    case 'result':
      return entry.isError && entry.errors.length > 0 ? `Ended with an error: ${entry.errors.join('; ')}` : undefined;
    default:
      return undefined;
  }
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${shortened(firstUnits(text, most), most)}\n[cut]`;
}

import { Buffer } from 'node:buffer';
import type { ConversationEntry, FinalResult } from '../model/conversation.ts';
import { jsonExcerpt } from '../redaction/json-excerpt.ts';
import { firstUnits } from '../text/cut-text.ts';
import { apiRetryText, tokensText, usageLimitText } from '../text/format.ts';

/** Bytes of a tool's result in a process log; the `.jsonl` beside it has all of it. */
const longestToolResult = 4_096;
const longestToolInput = 1_000;

/** An entry of the conversation for people: a head line, and untrusted text that belongs to it. */
export interface ConversationText {
  readonly head: string;
  readonly text?: string;
}

/** A message of Claude or its tools as readable text; undefined for one that is of no use to people. */
export function conversationText(entry: ConversationEntry): ConversationText | undefined {
  switch (entry.kind) {
    case 'init':
      return { head: `conversation ${entry.conversationId}, ${entry.model}, Claude Code ${entry.cliVersion}` };
    case 'text':
      return { head: speaker(entry), text: entry.text };
    case 'thinking':
      return { head: `${speaker(entry)} thinks`, text: entry.text };
    case 'tool-use':
      return { head: `${ofSubagent(entry)}tool ${entry.name} ${inputText(entry.input)}` };
    case 'tool-result':
      return {
        head: `${ofSubagent(entry)}${entry.isError ? 'tool error' : 'tool result'}`,
        text: cut(entry.text, longestToolResult),
      };
    case 'permission-denied':
      return { head: `denied ${entry.toolName}`, text: entry.message };
    case 'api-retry':
      return { head: apiRetryText(entry) };
    case 'usage-limit': {
      const head = usageLimitText(entry);
      return head === undefined ? undefined : { head };
    }
    case 'model-fallback':
      return { head: `falls back from ${entry.from} to ${entry.to}` };
    case 'prompt-refused':
      return { head: 'a hook refused the prompt', text: entry.reason };
    case 'stop-hook-overridden':
      return { head: 'a Stop hook refused the end again and again; Claude Code ended all the same' };
    case 'result':
      return resultText(entry);
    default:
      return undefined;
  }
}

/** Sub-agents are told apart by the tool call that started them. */
function speaker(entry: { readonly subagentOf?: string; readonly synthetic?: true }): string {
  if (entry.subagentOf !== undefined) return `Sub-agent ${entry.subagentOf}`;
  return entry.synthetic === true ? 'Claude Code' : 'Claude';
}

function ofSubagent({ subagentOf }: { readonly subagentOf?: string }): string {
  return subagentOf === undefined ? '' : `Sub-agent ${subagentOf}: `;
}

function resultText(result: FinalResult): ConversationText {
  const { numTurns, usage, errors, text } = result;
  const figures = [
    ...(numTurns === undefined ? [] : [`${numTurns} ${numTurns === 1 ? 'turn' : 'turns'}`]),
    ...(usage === undefined ? [] : [`tokens: ${tokensText(usage)}`]),
  ];
  const head = `result: ${resultWords(result)} (${figures.join('; ')})`;
  const body = [...errors, ...(text === '' ? [] : [text])].join('\n');
  return { head, ...(body !== '' && { text: body }) };
}

/** How a run ended: the CLI says `success` also of a run that an error ended. */
export function resultWords({ subtype, isError }: Pick<FinalResult, 'subtype' | 'isError'>): string {
  if (!isError) return subtype;
  return subtype === 'success' ? 'error' : `error, ${subtype}`;
}

function inputText(input: unknown): string {
  const text = jsonExcerpt(input, longestToolInput);
  return text.length <= longestToolInput ? text : `${firstUnits(text, longestToolInput)} [cut]`;
}

/** The beginning of a text, at most `longest` bytes of UTF-8, marked as cut. */
export function cut(text: string, longest: number): string {
  const length = Buffer.byteLength(text);
  if (length <= longest) return text;
  if (length === text.length) return `${text.slice(0, longest)} [cut: ${length - longest} more bytes]`; // It is ASCII.
  // A character that the cut would halve is left out: `write` takes whole ones only.
  const start = Buffer.alloc(longest);
  const kept = start.write(text);
  return `${start.toString('utf8', 0, kept)} [cut: ${length - kept} more bytes]`;
}

import { Buffer } from 'node:buffer';
import type { ConversationEntry, FinalResult } from '../model/conversation.ts';
import { jsonExcerpt } from '../redaction/json-excerpt.ts';
import { firstUnits } from '../text/cut-text.ts';
import { costText, durationText, tokensText, usageLimitText } from '../text/format.ts';

/** What of a tool's result a process log shows; the `.jsonl` beside it has all of it. */
const longestToolResult = 4_096;
const longestToolInput = 1_000;

/** What Claude and its tools said, as readable text; nothing for messages that say nothing to people. */
export function conversationText(entry: ConversationEntry): string | undefined {
  switch (entry.kind) {
    case 'init':
      return `conversation ${entry.conversationId}, ${entry.model}, Claude Code ${entry.cliVersion}`;
    case 'text':
      return `${speaker(entry)}: ${entry.text}`;
    case 'thinking':
      return `${speaker(entry)} thinks: ${entry.text}`;
    case 'tool-use':
      return `${ofSubagent(entry)}tool ${entry.name} ${inputText(entry.input)}`;
    case 'tool-result':
      return `${ofSubagent(entry)}${entry.isError ? 'tool error' : 'tool result'}: ${cut(entry.text, longestToolResult)}`;
    case 'permission-denied':
      return `denied ${entry.toolName}: ${entry.message}`;
    case 'api-retry': {
      const wait = durationText(entry.delayMs / 1000);
      return `API error ${entry.status ?? ''} ${entry.error}; retry ${entry.attempt} of ${entry.maxRetries} in ${wait}`;
    }
    case 'usage-limit':
      return usageLimitText(entry);
    case 'model-fallback':
      return `falls back from ${entry.from} to ${entry.to}`;
    case 'prompt-refused':
      return `a hook refused the prompt: ${entry.reason}`;
    case 'stop-hook-overridden':
      return 'a Stop hook refused the end again and again; Claude Code ended all the same';
    case 'result':
      return resultText(entry);
    case 'injected':
    case 'other':
      return undefined;
    default:
      return entry satisfies never;
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

function resultText(result: FinalResult): string {
  const { subtype, isError, numTurns, costUsd, usage, errors, text } = result;
  const figures = [
    ...(numTurns === undefined ? [] : [`${numTurns} ${numTurns === 1 ? 'turn' : 'turns'}`]),
    ...(costUsd === undefined ? [] : [costText(costUsd)]),
    ...(usage === undefined ? [] : [`tokens: ${tokensText(usage)}`]),
  ];
  const head = `result: ${isError ? `error, ${subtype}` : subtype} (${figures.join('; ')})`;
  return [head, ...errors, ...(text === '' ? [] : [text])].join('\n');
}

function inputText(input: unknown): string {
  const text = jsonExcerpt(input, longestToolInput);
  return text.length <= longestToolInput ? text : `${firstUnits(text, longestToolInput)} [cut]`;
}

/** The beginning of a text, at most `longest` bytes of UTF-8, marked as cut. */
function cut(text: string, longest: number): string {
  const length = Buffer.byteLength(text);
  if (length <= longest) return text;
  // A character that the cut would halve is left out: `write` takes whole ones only.
  const start = Buffer.alloc(longest);
  const kept = start.write(text);
  return `${start.toString('utf8', 0, kept)} [cut: ${length - kept} more bytes]`;
}

import { Buffer } from 'node:buffer';
import type { ConversationEntry, FinalResult } from '../core/conversation.ts';
import { costText, durationText, tokensText, usageLimitText } from './figures.ts';

/** What of a tool's result a process log shows; the `.jsonl` beside it has all of it. */
const longestToolResult = 4_096;
const longestToolInput = 1_000;

/** What Claude and its tools said, as readable text; nothing for messages that say nothing to people. */
export function conversationText(entry: ConversationEntry): string | undefined {
  switch (entry.kind) {
    case 'init':
      return `conversation ${entry.conversationId}, ${entry.model}, Claude Code ${entry.cliVersion}`;
    case 'text':
      return `Claude: ${entry.text}`;
    case 'thinking':
      return `Claude thinks: ${entry.text}`;
    case 'tool-use':
      return `tool ${entry.name} ${cut(JSON.stringify(entry.input) ?? '', longestToolInput)}`;
    case 'tool-result':
      return `${entry.isError ? 'tool error' : 'tool result'}: ${cut(entry.text, longestToolResult)}`;
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
    case 'result':
      return resultText(entry);
    case 'other':
      return undefined;
    default:
      return entry satisfies never;
  }
}

function resultText(result: FinalResult): string {
  const { subtype, isError, numTurns, costUsd, usage, errors, text } = result;
  const figures = [
    `${numTurns} ${numTurns === 1 ? 'turn' : 'turns'}`,
    ...(costUsd === undefined ? [] : [costText(costUsd)]),
    ...(usage === undefined ? [] : [`tokens: ${tokensText(usage)}`]),
  ];
  const head = `result: ${isError ? `error, ${subtype}` : subtype} (${figures.join('; ')})`;
  return [head, ...errors, ...(text === '' ? [] : [text])].join('\n');
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

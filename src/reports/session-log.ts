import type { ConversationEntry } from '../model/conversation.ts';
import type { EnsembleEvent, Sink } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import { sessionFiles } from '../model/session-files.ts';
import type { EventOf, SessionState } from '../model/session-state.ts';
import type { AppendFile } from '../record/append-file.ts';
import { jsonExcerpt } from '../redaction/json-excerpt.ts';
import { endingText, interruptionText } from '../text/causes.ts';
import { apiRetryText, durationText, someOf, usageLimitText } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';
import { whatHappenedAndWhy } from './advice.ts';
import { retryLogText, stopText } from './console-lines.ts';
import { resultWords } from './conversation-text.ts';
import { processMoney } from './money.ts';

/** Enough of a text to recognise it by; the process's own log has all of it. */
const longestExcerpt = 160;
const longestMessage = 1_000;

/** `session.log`: one line per event, for people. `state` has taken in the event before. */
export function sessionLog(file: AppendFile, state: SessionState): Sink {
  return {
    name: sessionFiles.log,
    handle(event) {
      const line = eventLine(event, state);
      return line === undefined ? undefined : file.append(`${event.at} ${oneLine(line, longestMessage)}\n`);
    },
    close: () => file.close(),
  };
}

/** Undefined for what no one reads event by event. */
function eventLine(event: EnsembleEvent, { processes }: SessionState): string | undefined {
  const about = (id: string): string => `${processes.get(id)?.name ?? id}: `;
  switch (event.type) {
    case 'session-started':
      return startLine(event);
    case 'processes-added':
      return event.processes.length === 0 ? undefined : `added: ${someOf(event.processes.map(({ name }) => name))}`;
    case 'notice': {
      const who = event.processId === undefined ? '' : about(event.processId);
      return `${who}${event.level === 'warning' ? 'warning: ' : ''}${event.message}`;
    }
    case 'process-started':
      return `${about(event.processId)}started${event.attempt === 1 ? '' : `, attempt ${event.attempt}`}`;
    case 'process-message': {
      const line = messageLine(event.entry);
      return line === undefined ? undefined : `${about(event.processId)}${line}`;
    }
    case 'process-stopping':
      return `${about(event.processId)}${stopText(event)} (${event.signal})`;
    case 'process-retrying':
      return `${about(event.processId)}${retryLogText(event)}`;
    case 'process-ended':
      return `${event.result.name}: ${endLine(event.result)}`;
    case 'heartbeat':
      return `running: ${someOf(event.running.map(({ name }) => name))}; ${event.waiting} waiting, ${event.done} done`;
    case 'session-interrupted':
      return `${interruptionText(event.signal)}: nothing new starts, what runs is ended`;
    case 'session-ended':
      return event.verdict;
    default:
      return undefined;
  }
}

function startLine({ sessionId, processes, pattern, executable, trust, offline }: EventOf<'session-started'>): string {
  const { length } = processes;
  const count = `${length} ${length === 1 ? 'process' : 'processes'}, ${pattern}`;
  const standIn = offline ? ' Offline: a stand-in answers, no model.' : '';
  return `session ${sessionId}: ${count}, with ${executable}; ${trust.level} (${trust.why}).${standIn}`;
}

function endLine(result: ProcessResult): string {
  const { status, duration, attempts, message } = result;
  const took = attempts === 0 ? '' : ` after ${durationText(duration)}`;
  const money = processMoney(result);
  const cost = money === '' ? '' : `, ${money}`;
  // Its limit is told, not the time until it had ended.
  if (status === 'timed-out') return `${whatHappenedAndWhy(result)}; ${durationText(duration)} in all${cost}`;
  const why = message === undefined || status === 'succeeded' ? '' : `: ${message}`;
  return `${endingText(result)}${took}${cost}${attempts > 1 ? `, ${attempts} attempts` : ''}${why}`;
}

function messageLine(entry: ConversationEntry): string | undefined {
  switch (entry.kind) {
    case 'init':
      return `conversation ${entry.conversationId} with ${entry.model}`;
    case 'text':
      return `${ofSubagent(entry)}says: ${oneLine(entry.text, longestExcerpt)}`;
    case 'tool-use': {
      const input = oneLine(jsonExcerpt(entry.input, longestExcerpt), longestExcerpt);
      return `${ofSubagent(entry)}uses ${entry.name} ${input}`;
    }
    case 'tool-result':
      return entry.isError ? `${ofSubagent(entry)}tool failed: ${oneLine(entry.text, longestExcerpt)}` : undefined;
    case 'prompt-refused':
      return `a hook refused the prompt: ${oneLine(entry.reason, longestExcerpt)}`;
    case 'stop-hook-overridden':
      return 'a Stop hook refused the end again and again; Claude Code ended all the same';
    case 'permission-denied':
      return `${entry.toolName} was denied`;
    case 'api-retry':
      return apiRetryText(entry);
    case 'usage-limit':
      return usageLimitText(entry);
    case 'model-fallback':
      return `falls back from ${entry.from} to ${entry.to}`;
    case 'result':
      return `result: ${resultWords(entry)}, turns: ${entry.numTurns ?? 'unknown'}`;
    default:
      return undefined;
  }
}

function ofSubagent({ subagentOf }: { readonly subagentOf?: string }): string {
  return subagentOf === undefined ? '' : 'a sub-agent ';
}

import type { ConversationEntry } from '../model/conversation.ts';
import type { EnsembleEvent, ProcessIntroduction } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import { jsonExcerpt } from '../redaction/json-excerpt.ts';
import { endingText, inBrackets } from '../text/causes.ts';
import { durationText, someOf, usageLimitText } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';
import { processMoney } from './money.ts';

/** An event as one line for people, and whether it matters to someone who watches a console. */
export interface EventLine {
  readonly text: string;
  readonly isNews: boolean;
}

/** Enough of a text to recognise it by; the process's own log has all of it. */
const longestExcerpt = 160;
const longestMessage = 1_000;

/** Turns the events of one session into lines; nothing for those that no one reads one by one. */
export class EventLines {
  readonly #names = new Map<string, string>();

  /** The line of an event. */
  of(event: EnsembleEvent): EventLine | undefined {
    const line = this.#describe(event);
    return line === undefined ? undefined : { ...line, text: oneLine(line.text, longestMessage) };
  }

  #added(processes: readonly ProcessIntroduction[]): EventLine | undefined {
    for (const { processId, name } of processes) this.#names.set(processId, name);
    return processes.length === 0 ? undefined : news(`added: ${someOf(processes.map(({ name }) => name))}`);
  }

  #describe(event: EnsembleEvent): EventLine | undefined {
    switch (event.type) {
      case 'session-started':
        for (const { processId, name } of event.processes) this.#names.set(processId, name);
        return news(startLine(event));
      case 'processes-added':
        return this.#added(event.processes);
      case 'notice':
        return news(
          `${event.processId === undefined ? '' : this.#about(event.processId)}${event.level === 'warning' ? 'warning: ' : ''}${event.message}`,
        );
      case 'process-started':
        return news(`${this.#about(event.processId)}started${event.attempt === 1 ? '' : `, attempt ${event.attempt}`}`);
      case 'process-message':
        return this.#describeMessage(event.processId, event.entry);
      case 'process-stopping':
        return news(`${this.#about(event.processId)}${event.signal} sent (${event.cause})`);
      case 'process-retrying': {
        const why = event.message === undefined ? '' : `: ${event.message}`;
        return news(
          `${this.#about(event.processId)}attempt ${event.attempt} failed${inBrackets([event.reason])}, next in ${durationText(event.delayMs / 1000)}${why}`,
        );
      }
      case 'process-ended':
        return news(`${event.result.name}: ${endLine(event.result)}`);
      case 'heartbeat':
        return news(
          `running: ${someOf(event.running.map(({ name }) => name))}; ${event.waiting} waiting, ${event.done} done`,
        );
      case 'session-interrupted':
        return news(`interrupted by ${event.signal}: nothing new starts, what runs is ended`);
      case 'session-ended':
        return { text: event.verdict, isNews: false };
      default:
        return undefined;
    }
  }

  #describeMessage(processId: string, entry: ConversationEntry): EventLine | undefined {
    const line = messageLine(entry);
    return line === undefined ? undefined : { ...line, text: `${this.#about(processId)}${line.text}` };
  }

  #about(processId: string): string {
    return `${this.#names.get(processId) ?? processId}: `;
  }
}

function startLine(event: Extract<EnsembleEvent, { type: 'session-started' }>): string {
  const { length } = event.processes;
  const offline = event.offline ? ' Offline: a stand-in answers, no model.' : '';
  const processes = `${length} ${length === 1 ? 'process' : 'processes'}, ${event.pattern}`;
  return `session ${event.sessionId}: ${processes}, with ${event.executable}; ${event.trust.level} (${event.trust.why}).${offline}`;
}

function endLine(result: ProcessResult): string {
  const { status, duration, attempts, message } = result;
  const took = attempts === 0 ? '' : ` after ${durationText(duration)}`;
  const money = processMoney(result);
  const cost = money === '' ? '' : `, ${money}`;
  const why = message === undefined || status === 'succeeded' ? '' : `: ${message}`;
  return `${endingText(result)}${took}${cost}${attempts > 1 ? `, ${attempts} attempts` : ''}${why}`;
}

function messageLine(entry: ConversationEntry): EventLine | undefined {
  switch (entry.kind) {
    case 'init':
      return detail(`conversation ${entry.conversationId} with ${entry.model}`);
    case 'text':
      return detail(`${ofSubagent(entry)}says: ${oneLine(entry.text, longestExcerpt)}`);
    case 'tool-use': {
      const input = oneLine(jsonExcerpt(entry.input, longestExcerpt), longestExcerpt);
      return detail(`${ofSubagent(entry)}uses ${entry.name} ${input}`);
    }
    case 'tool-result':
      if (!entry.isError) return undefined;
      return detail(`${ofSubagent(entry)}tool failed: ${oneLine(entry.text, longestExcerpt)}`);
    case 'prompt-refused':
      return news(`a hook refused the prompt: ${oneLine(entry.reason, longestExcerpt)}`);
    case 'stop-hook-overridden':
      return news('a Stop hook refused the end again and again; Claude Code ended all the same');
    case 'permission-denied':
      return news(`${entry.toolName} was denied`);
    case 'api-retry': {
      const why = entry.status === null ? entry.error : `${entry.status} ${entry.error}`;
      return news(
        `the model's service is asked again in ${durationText(entry.delayMs / 1000)} (${why}), ${entry.attempt} of ${entry.maxRetries}`,
      );
    }
    case 'usage-limit': {
      const text = usageLimitText(entry);
      return text === undefined ? undefined : news(text);
    }
    case 'model-fallback':
      return news(`falls back from ${entry.from} to ${entry.to}`);
    case 'result':
      return detail(
        `result: ${entry.subtype}${entry.isError ? ', an error' : ''}, turns: ${entry.numTurns ?? 'unknown'}`,
      );
    default:
      return undefined;
  }
}

function ofSubagent({ subagentOf }: { readonly subagentOf?: string }): string {
  return subagentOf === undefined ? '' : 'a sub-agent ';
}

function news(text: string): EventLine {
  return { text, isNews: true };
}

function detail(text: string): EventLine {
  return { text, isNews: false };
}

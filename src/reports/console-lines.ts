import type { ConversationEntry } from '../model/conversation.ts';
import type { EnsembleEvent, StopCause } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import type { EventOf, SessionState } from '../model/session-state.ts';
import { withoutPath } from '../record/event-log.ts';
import { endingText, inBrackets, interruptionText } from '../text/causes.ts';
import { apiRetryText, countText, durationText, someOf, usageLimitText } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';
import { adviceFor, whatHappenedAndWhy } from './advice.ts';
import { answerHeadline } from './answer-blocks.ts';
import { isClean } from './concerns.ts';
import { processMoney } from './money.ts';
import type { LineStyle, StyledLine } from './styled-line.ts';

const [longestName, longestHeadline, longestReason] = [120, 90, 160];

/** Turns events of one session into lines; undefined for an event that is not worth one. */
export class ConsoleLines {
  readonly #state: SessionState;
  /** The latest line about the usage limit, by process. */
  readonly #limits = new Map<string, string | undefined>();

  /** `state` has applied an event before its line is asked for. */
  constructor(state: SessionState) {
    this.#state = state;
  }

  of(event: EnsembleEvent): StyledLine | undefined {
    switch (event.type) {
      case 'session-started':
        return { text: startLine(event), style: 'dim' };
      case 'processes-added':
        return event.processes.length === 0
          ? undefined
          : { text: `added: ${someOf(event.processes.map(({ name }) => name))}` };
      case 'notice': {
        const who = event.processId === undefined ? '' : this.#about(event.processId);
        const isWarning = event.level === 'warning';
        return {
          text: `${who}${isWarning ? 'warning: ' : ''}${event.message}`,
          ...(isWarning && { style: 'yellow' as const }),
        };
      }
      case 'process-started': {
        const attempt = event.attempt === 1 ? '' : `, attempt ${event.attempt}`;
        return { text: `· ${this.#about(event.processId)}started${attempt}` };
      }
      case 'process-message':
        return this.#messageLine(event);
      case 'process-stopping':
        return { text: `… ${this.#about(event.processId)}${stopText(event)}`, style: 'yellow' };
      case 'process-retrying':
        return { text: `↻ ${this.#about(event.processId)}${retryText(event)}`, style: 'yellow' };
      case 'session-interrupted':
        return { text: `${interruptionText(event.signal)}: nothing new starts, what runs is ended`, style: 'yellow' };
      default:
        return undefined;
    }
  }

  #about(processId: string): string {
    return `${oneLine(this.#state.processes.get(processId)?.name ?? processId, longestName)}: `;
  }

  #messageLine({ processId, entry }: EventOf<'process-message'>): StyledLine | undefined {
    const text = newsOf(entry);
    // The CLI says how its limit stands ahead of each answer.
    if (entry.kind === 'usage-limit' && text === this.#limits.get(processId)) return undefined;
    if (entry.kind === 'usage-limit') this.#limits.set(processId, text);
    return text === undefined ? undefined : { text: `! ${this.#about(processId)}${text}`, style: 'yellow' };
  }
}

function startLine({
  title,
  processes,
  policy,
  pattern,
  executable,
  trust,
  offline,
}: EventOf<'session-started'>): string {
  const { length } = processes;
  const workers =
    policy === undefined || length < 2 || pattern === 'sequential' || pattern === 'fallback' ? 1 : policy.maxWorkers;
  const facts = [
    `${countText(length)} ${length === 1 ? 'process' : `processes, ${pattern}`}${workers === 1 ? '' : `, ${workers} at once`}`,
    // The path of the program is in session.log; here it would take a whole line.
    oneLine(withoutPath(executable), longestReason),
    `${trust.level} (${trust.why})`,
    ...(offline ? ['offline: a stand-in answers, no model'] : []),
  ];
  return `${oneLine(title ?? 'Claude Ensemble', longestName)}: ${facts.join(' · ')}`;
}

/** The part of a line about a process that is being ended or killed, with the cause. */
export function stopText({ cause, signal }: Pick<EventOf<'process-stopping'>, 'cause' | 'signal'>): string {
  return `is being ${signal === 'SIGKILL' ? 'killed' : 'ended'}: ${stopCauses[cause]}`;
}

const stopCauses: Readonly<Record<StopCause, string>> = {
  timeout: 'it took too long',
  'idle-timeout': 'it was silent for too long',
  cancelled: 'the session is cancelled',
  deadline: 'the time of the session is over',
  'hang-after-result': 'it did not exit after its result, which stands',
  'internal-error': 'an error of Claude Ensemble',
};

/** An attempt that failed and is made again, as both logs tell it. */
export function retryLogText(event: EventOf<'process-retrying'>): string {
  const { attempt, message, delayMs } = event;
  const why = message === undefined ? '' : `: ${message}`;
  return `attempt ${attempt} failed${inBrackets([event])}, next in ${durationText(delayMs / 1000)}${why}`;
}

function retryText({ attempt, reason, message, delayMs }: EventOf<'process-retrying'>): string {
  const why = message ?? adviceFor({ status: 'failed', reason })?.what ?? '';
  return `attempt ${attempt} failed: ${why.replace(/[.…]$/u, '')}. Attempt ${attempt + 1} in ${durationText(delayMs / 1000)}`;
}

/** The messages of a conversation that are printed as they come. */
function newsOf(entry: ConversationEntry): string | undefined {
  switch (entry.kind) {
    case 'prompt-refused':
      return `a hook refused the prompt: ${oneLine(entry.reason, longestReason)}`;
    case 'permission-denied':
      return `${entry.toolName} was denied`;
    case 'api-retry':
      return apiRetryText(entry);
    case 'usage-limit':
      return usageLimitText(entry);
    case 'model-fallback':
      return `falls back from ${entry.from} to ${entry.to}`;
    default:
      return undefined;
  }
}

/** How a process ended, by the parts of a line. */
export interface EndedParts {
  readonly mark: string;
  readonly name: string;
  /** With its cause. */
  readonly what: string;
  /** Empty where it is known, or nothing ran. */
  readonly took: string;
  /** Empty where nothing was paid. */
  readonly money: string;
  /** Headline of the answer of a successful one. */
  readonly headline: string;
  readonly style: LineStyle;
}

/** How a process ended, by the parts of a line. */
export function endedParts(result: ProcessResult): EndedParts {
  const { status, attempts, duration, costUsd, offline, resumedFrom } = result;
  const isGood = status === 'succeeded';
  return {
    name: oneLine(result.name, longestName),
    what: resumedFrom === undefined ? whatHappenedAndWhy(result) : endingText(result),
    took: attempts === 0 ? '' : durationText(duration),
    // The end says whose cost is unknown.
    money: costUsd === undefined || offline === true ? '' : processMoney(result),
    headline: isGood ? answerHeadline(result, longestHeadline) : '',
    ...looks[isGood && !isClean(result) ? 'warned' : status],
  };
}

const looks: Readonly<Record<ProcessResult['status'] | 'warned', Pick<EndedParts, 'mark' | 'style'>>> = {
  succeeded: { mark: '✓', style: 'green' },
  warned: { mark: '!', style: 'yellow' },
  failed: { mark: '✗', style: 'red' },
  'timed-out': { mark: '✗', style: 'red' },
  cancelled: { mark: '✗', style: 'red' },
  skipped: { mark: '-', style: 'dim' },
};

/** The ending of a process as one line: `✓ Naming: succeeded after 1.4 s · 2¢ · The naming is consistent`. */
export function endedLine(result: ProcessResult): StyledLine {
  const { mark, name, what, took, money, headline, style } = endedParts(result);
  const isGood = result.status === 'succeeded';
  const after = isGood && took !== '' ? ` after ${took}` : '';
  const facts = [isGood ? '' : took, money, headline].filter((text) => text !== '');
  return { text: [`${mark} ${name}: ${what}${after}`, ...facts].join(' · '), style };
}

import { Buffer } from 'node:buffer';
import type { EnsembleEvent, Sink } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import { filesOfProcess } from '../model/session-files.ts';
import type { EventOf } from '../model/session-state.ts';
import { ProcessFiles } from '../record/process-files.ts';
import type { SessionDirectory } from '../record/session-directory.ts';
import { costText, durationText, endingText, tokensText } from '../text/format.ts';
import { conversationText } from './conversation-text.ts';

/** What was written to a log last: texts of different origin are parted by a heading. */
type Section = 'head' | 'conversation' | 'stdout' | 'stderr';

interface Place {
  section: Section;
  atLineStart: boolean;
}

const lineFeed = 10;

/** `<process>.log`: a header, the conversation as readable text, standard error, and how it ended. */
export function processLog(directory: SessionDirectory): Sink {
  const log = new ProcessLogs(directory);
  return {
    name: 'process log',
    handle: (event) => log.take(event),
    close: () => log.files.closeAll(),
  };
}

class ProcessLogs {
  readonly files: ProcessFiles;
  readonly #places = new Map<string, Place>();
  #session: EventOf<'session-started'> | undefined;

  constructor(directory: SessionDirectory) {
    this.files = new ProcessFiles(directory, (processId) => filesOfProcess(processId).log);
  }

  take(event: EnsembleEvent): Promise<void> | undefined {
    switch (event.type) {
      case 'session-started':
        this.#session = event;
        return undefined;
      case 'process-started':
        return this.#start(event);
      case 'process-output':
        return this.#output(event);
      case 'process-message':
        return this.#message(event);
      case 'process-stopping':
        return this.#mark(event.processId, `${event.signal} sent: ${event.cause}`);
      case 'process-retrying':
        return this.#mark(event.processId, retryText(event));
      case 'process-ended':
        return this.#end(event.result);
      case 'notice':
        return this.#notice(event);
      case 'heartbeat':
      case 'session-interrupted':
      case 'session-ended':
        return undefined;
      default:
        return event satisfies never;
    }
  }

  #start({ processId, attempt, pid, at }: EventOf<'process-started'>): Promise<void> {
    const head = this.#places.has(processId) ? '' : this.#header(processId);
    const startLine = `=== attempt ${attempt}, ${at}, ${pid === undefined ? 'no process id' : `process id ${pid}`} ===\n`;
    const part = head === '' ? this.#break(processId) : head;
    this.#places.set(processId, { section: 'head', atLineStart: true });
    return this.files.append(processId, `${part}${startLine}`);
  }

  #header(processId: string): string {
    const name = this.#session?.processes.find((process) => process.processId === processId)?.name ?? processId;
    const lines = [
      `process     ${name === processId ? processId : `${processId} (${name})`}`,
      `session     ${this.#session?.sessionId ?? 'unknown'}`,
      `executable  ${this.#session?.executable ?? 'unknown'}`,
      ...(this.#session?.offline === true ? ['offline     a stand-in answers, no model'] : []),
    ];
    return `${lines.join('\n')}\n\n`;
  }

  #output({ processId, stream, format, bytes }: EventOf<'process-output'>): Promise<void> | undefined {
    // The CLI's standard output is the conversation, told below; its bytes are in the stream log.
    if (bytes.length === 0 || (stream === 'stdout' && format === 'stream-json')) return undefined;
    const heading = this.#enter(processId, stream);
    this.#placeOf(processId).atLineStart = bytes.at(-1) === lineFeed;
    return this.files.append(processId, heading === '' ? bytes : Buffer.concat([Buffer.from(heading), bytes]));
  }

  #message({ processId, entry, at }: EventOf<'process-message'>): Promise<void> | undefined {
    const text = conversationText(entry);
    if (text === undefined) return undefined;
    const heading = this.#enter(processId, 'conversation');
    return this.files.append(processId, `${heading}[${at.slice(11, 19)}] ${text}\n`);
  }

  #notice({ processId, message }: EventOf<'notice'>): Promise<void> | undefined {
    return processId !== undefined && this.#places.has(processId) ? this.#mark(processId, message) : undefined;
  }

  async #end(result: ProcessResult): Promise<void> {
    const { processId, attempts, resumedFrom } = result;
    if (resumedFrom !== undefined) await this.files.append(processId, this.#header(processId));
    else if (attempts === 0 && !this.#places.has(processId)) return;
    await this.#mark(processId, endText(result));
    this.#places.delete(processId);
    await this.files.close(processId);
  }

  #mark(processId: string, text: string): Promise<void> {
    const part = this.#break(processId);
    this.#places.set(processId, { section: 'head', atLineStart: true });
    return this.files.append(processId, `${part}=== ${text} ===\n`);
  }

  /** What has to be written before text of another origin. */
  #enter(processId: string, section: Section): string {
    const place = this.#placeOf(processId);
    if (place.section === section) return '';
    const heading = section === 'conversation' && place.section === 'head' ? '' : `--- ${section} ---\n`;
    const part = `${this.#break(processId)}${heading}`;
    this.#places.set(processId, { section, atLineStart: true });
    return part;
  }

  #break(processId: string): string {
    return this.#placeOf(processId).atLineStart ? '' : '\n';
  }

  #placeOf(processId: string): Place {
    const known = this.#places.get(processId) ?? { section: 'head', atLineStart: true };
    this.#places.set(processId, known);
    return known;
  }
}

function retryText({ attempt, reason, message, delayMs }: EventOf<'process-retrying'>): string {
  return `attempt ${attempt} failed (${reason})${message === undefined ? '' : `: ${message}`}; next in ${durationText(delayMs / 1000)}`;
}

function endText(result: ProcessResult): string {
  const {
    duration,
    attempts,
    exitCode,
    childExit,
    costUsd,
    usage,
    message,
    permissionDenials,
    mcpFaults = [],
  } = result;
  const child =
    childExit === undefined
      ? []
      : [childExit.signal === null ? `child's exit code ${childExit.code}` : `child ended by ${childExit.signal}`];
  return [
    `${endingText(result)}, exit code ${exitCode}`,
    ...child,
    `${durationText(duration)} in ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
    ...(costUsd === undefined ? [] : [costText(costUsd)]),
    ...(usage === undefined ? [] : [`tokens: ${tokensText(usage)}`]),
    ...(permissionDenials.length === 0
      ? []
      : [`tools denied: ${permissionDenials.map(({ toolName }) => toolName).join(', ')}`]),
    ...(mcpFaults.length === 0 ? [] : [`MCP servers missing: ${mcpFaults.map(({ name }) => name).join(', ')}`]),
    ...(result.killedAfterResult === true ? ['killed because it did not exit after its result'] : []),
    ...(message === undefined ? [] : [message]),
  ].join('; ');
}

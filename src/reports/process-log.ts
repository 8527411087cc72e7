import type { EnsembleEvent, Sink } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import { filesOfProcess } from '../model/session-files.ts';
import type { EventOf, SessionState } from '../model/session-state.ts';
import { withoutPath } from '../record/event-log.ts';
import { ProcessFiles } from '../record/process-files.ts';
import type { SessionDirectory } from '../record/session-directory.ts';
import { endingText } from '../text/causes.ts';
import { durationText, tokensText } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';
import { retryLogText, stopText } from './console-lines.ts';
import { conversationText, cut } from './conversation-text.ts';
import { ForeignLines, foreignLines } from './foreign-lines.ts';
import { processMoney } from './money.ts';

/** State of the log of one process. */
interface LogState {
  /** Milliseconds since 1970; undefined before the first start. */
  readonly since?: number;
  /** The stream whose text was written last. */
  stream?: { readonly name: 'stdout' | 'stderr'; readonly lines: ForeignLines };
  /** Last text of the model, which the result repeats. */
  lastText?: string;
}

/** In UTF-16 units, for names and messages; in bytes for the prompt, which has a file of its own. */
const [longestLine, longestPrompt] = [2_000, 65_536];
/** Room for hours of seconds, so that most entries stand below each other. */
const timeColumns = 8;

/**
 * `<process>.log`: who ran, the prompt, the conversation, standard error, and how it ended. Lines of ours stand at the margin; all
 * untrusted text stands behind a bar, so that nothing in it can pass for ours. `state` must have applied each event before.
 */
export function processLog(directory: SessionDirectory, state: SessionState): Sink {
  const log = new ProcessLogs(directory, state);
  return {
    name: 'process log',
    handle: (event) => log.take(event),
    close: () => log.files.closeAll(),
  };
}

class ProcessLogs {
  readonly files: ProcessFiles;
  readonly #logs = new Map<string, LogState>();
  readonly #state: SessionState;

  constructor(directory: SessionDirectory, state: SessionState) {
    this.#state = state;
    this.files = new ProcessFiles(directory, (processId) => filesOfProcess(processId).log);
  }

  take(event: EnsembleEvent): Promise<void> | undefined {
    switch (event.type) {
      case 'process-prompt':
        return this.#prompt(event);
      case 'process-started':
        return this.#start(event);
      case 'process-output':
        return this.#output(event);
      case 'process-message':
        return this.#message(event);
      case 'process-stopping':
        return this.#writeEntry(event, `${stopText(event)} (${event.signal})`);
      case 'process-retrying':
        return this.#writeEntry(event, retryLogText(event));
      case 'process-ended':
        return this.#end(event.result);
      case 'notice':
        return this.#notice(event);
      default:
        return undefined;
    }
  }

  #prompt({ processId, prompt, received }: EventOf<'process-prompt'>): Promise<void> | undefined {
    if (this.#logs.has(processId)) return undefined;
    this.#logs.set(processId, {});
    const data = received === prompt ? '' : `data ahead of it: ${filesOfProcess(processId).prompt}\n`;
    void this.files.append(processId, `${this.#header(processId)}prompt\n`);
    void this.files.append(processId, foreignLines(cut(prompt, longestPrompt)));
    return this.files.append(processId, `${data}\n`);
  }

  #start({ processId, attempt, pid, at }: EventOf<'process-started'>): Promise<void> {
    const head = this.#logs.has(processId) ? this.#endOfStream(processId) : this.#header(processId);
    this.#logs.set(processId, { since: this.#logs.get(processId)?.since ?? Date.parse(at) });
    const child = pid === undefined ? 'no process id' : `process id ${pid}`;
    return this.files.append(processId, `${head}attempt ${attempt}, ${at}, ${child}\n`);
  }

  #header(processId: string): string {
    const { started, processes } = this.#state;
    const name = processes.get(processId)?.name ?? processId;
    const lines = [
      `process     ${name === processId ? processId : `${processId} (${oneLine(name, longestLine)})`}`,
      `session     ${started?.sessionId ?? 'unknown'}`,
      `executable  ${oneLine(withoutPath(started?.executable ?? 'unknown'), longestLine)}`,
      ...(started?.offline === true ? ['offline     a stand-in answers, no model'] : []),
    ];
    return `${lines.join('\n')}\n\n`;
  }

  #output({ processId, stream, format, bytes }: EventOf<'process-output'>): Promise<void> | undefined {
    // The CLI's standard output is the conversation, written by `#message`; its bytes are in the stream log.
    if (bytes.length === 0 || (stream === 'stdout' && format === 'stream-json')) return undefined;
    const log = this.#logOf(processId);
    if (log.stream?.name !== stream) {
      const heading = `${this.#endOfStream(processId)}${stream === 'stdout' ? 'standard output' : 'standard error'}\n`;
      log.stream = { name: stream, lines: new ForeignLines() };
      void this.files.append(processId, heading); // What follows waits for it.
    }
    return this.files.append(processId, log.stream.lines.push(bytes));
  }

  #message(event: EventOf<'process-message'>): Promise<void> | undefined {
    const { entry } = event;
    const shown = conversationText(entry);
    if (shown === undefined) return undefined;
    const log = this.#logOf(event.processId);
    const isRepeated = entry.kind === 'result' && shown.text?.trim() === log.lastText;
    if (entry.kind === 'text' && entry.subagentOf === undefined) log.lastText = entry.text.trim();
    return this.#writeEntry(event, shown.head, isRepeated ? undefined : shown.text);
  }

  #notice({ processId, message, at }: EventOf<'notice'>): Promise<void> | undefined {
    return processId !== undefined && this.#logs.has(processId)
      ? this.#writeEntry({ processId, at }, message)
      : undefined;
  }

  async #end(result: ProcessResult): Promise<void> {
    const { processId, attempts, resumedFrom } = result;
    if (resumedFrom !== undefined) await this.files.append(processId, this.#header(processId));
    else if (attempts === 0 && !this.#logs.has(processId)) return;
    const line = oneLine(endText(result), longestLine);
    await this.files.append(processId, `${this.#endOfStream(processId)}end: ${line}\n`);
    this.#logs.delete(processId);
    await this.files.close(processId);
  }

  /** Writes a line of ours with the time since the start, and untrusted text below it. */
  #writeEntry(
    { processId, at }: { readonly processId: string; readonly at: string },
    line: string,
    text?: string,
  ): Promise<void> {
    const { since } = this.#logOf(processId);
    const seconds = since === undefined ? 0 : (Date.parse(at) - since) / 1000;
    const time = `+${seconds.toFixed(1)}`.padStart(timeColumns);
    const before = this.#endOfStream(processId);
    const told = this.files.append(processId, `${before}${time}  ${oneLine(line, longestLine)}\n`);
    return text === undefined ? told : this.files.append(processId, foreignLines(text));
  }

  /** Ends the stream that was written last: gives the text that comes before anything else. */
  #endOfStream(processId: string): string {
    const log = this.#logOf(processId);
    const rest = log.stream?.lines.end() ?? '';
    delete log.stream;
    return rest;
  }

  #logOf(processId: string): LogState {
    const known = this.#logs.get(processId) ?? {};
    this.#logs.set(processId, known);
    return known;
  }
}

function endText(result: ProcessResult): string {
  const { duration, attempts, exitCode, childExit, usage, message, permissionDenials, mcpFaults = [] } = result;
  const money = processMoney(result);
  const child =
    childExit === undefined
      ? []
      : [childExit.signal === null ? `child's exit code ${childExit.code}` : `child ended by ${childExit.signal}`];
  return [
    `${endingText(result)}, exit code ${exitCode}`,
    ...child,
    `${durationText(duration)} in ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
    ...(money === '' ? [] : [money]),
    ...(usage === undefined ? [] : [`tokens: ${tokensText(usage)}`]),
    ...(permissionDenials.length === 0
      ? []
      : [`tools denied: ${permissionDenials.map(({ toolName }) => toolName).join(', ')}`]),
    ...(mcpFaults.length === 0 ? [] : [`MCP servers missing: ${mcpFaults.map(({ name }) => name).join(', ')}`]),
    ...(result.killedAfterResult === true ? ['killed because it did not exit after its result'] : []),
    ...(message === undefined ? [] : [message]),
  ].join('; ');
}

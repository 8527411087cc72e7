import type { EnsembleEvent, Sink } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import { type EventOf, SessionState } from '../model/session-state.ts';
import { oneLine, withoutCommands } from '../text/plain-text.ts';
import { ActivityLog } from './activity-log.ts';
import { answerLines, failureLines } from './console-details.ts';
import { endLines, type Reader } from './console-end.ts';
import { ConsoleLines, endedLine } from './console-lines.ts';
import { figuresOf, progressText, secondsSince } from './session-progress.ts';
import { type LineStyle, plainLine, type StyledLine } from './styled-line.ts';

/** Outlets of a console. No line holds a control character or a command of the runner. */
export interface ConsoleOptions {
  /** Takes a line without its line feed. */
  readonly write: (line: string, style?: LineStyle) => void;
  /** Writes lines that are folded below their title. Where it is absent, answers are shown elsewhere. */
  readonly fold?: (title: string, lines: readonly string[]) => void;
  /** Its reader: for that of a job's log the session's directory no longer exists, and options are not flags. */
  readonly reader: Reader;
}

/** With more processes than this their starts are in session.log only. */
const mostStarts = 20;
/** A progress line is printed after this many ended processes, and no more often than this. */
const progressEvery = { ends: 10, ms: 15_000 };
const longestLine = 1_000;
/** The lines of one process that are kept. */
const mostActivities = 200;
/** UTF-16 units of all details: a larger log takes long to open. */
const roomOf = { answers: 192 * 1024, failures: 64 * 1024 };

/**
 * A console without cursor movement, such as a job's log: lines of events with the time since the start and the progress, and at
 * the end what needs attention with the next step, the verdict last.
 */
export function consoleSink(options: ConsoleOptions): Sink {
  const session = new SessionConsole(options);
  return { name: 'console', handle: (event) => session.handle(event) };
}

class SessionConsole {
  readonly #options: ConsoleOptions;
  readonly #state = new SessionState();
  readonly #lines = new ConsoleLines(this.#state);
  readonly #activities = new Map<string, ActivityLog>();
  readonly #room = { ...roomOf };
  #reported = { atMs: 0, done: 0 };

  constructor(options: ConsoleOptions) {
    this.#options = options;
  }

  handle(event: EnsembleEvent): void {
    const atMs = Date.parse(event.at);
    this.#state.apply(event);
    switch (event.type) {
      case 'session-started':
        this.#reported = { atMs, done: 0 };
        this.#writeLine(event);
        break;
      case 'process-started':
        this.#note(event);
        if (event.attempt > 1 || this.#state.processes.size <= mostStarts) this.#writeLine(event);
        break;
      case 'process-message':
      case 'process-stopping':
      case 'process-retrying':
        this.#note(event);
        this.#writeLine(event);
        break;
      case 'process-ended':
        this.#end(event, atMs);
        break;
      case 'heartbeat':
        this.#printProgress(atMs);
        break;
      case 'session-ended':
        this.#finish(event);
        break;
      default:
        this.#writeLine(event);
    }
  }

  #note(event: EventOf<'process-started' | 'process-message' | 'process-stopping' | 'process-retrying'>): void {
    if (this.#options.fold === undefined) return;
    const log = this.#activities.get(event.processId) ?? new ActivityLog(mostActivities);
    log.take(event);
    this.#activities.set(event.processId, log);
  }

  #writeLine(event: EnsembleEvent): void {
    const line = this.#lines.of(event);
    if (line !== undefined) this.#write({ ...line, text: `${this.#time(event)} ${line.text}` });
  }

  #end(event: EventOf<'process-ended'>, atMs: number): void {
    const { result } = event;
    // The verdict says it once for all of them.
    if (result.reason === 'dry-run' || result.reason === 'missing-credentials') return;
    const log = this.#activities.get(result.processId);
    this.#activities.delete(result.processId);
    const line = endedLine(result);
    const title = { ...line, text: `${this.#time(event)} ${oneLine(line.text, longestLine)}` };
    if (result.status === 'succeeded') this.#success(title, result, log);
    else this.#failure(title, result, log);
    const { done, waiting, running } = this.#state;
    const isDue = done - this.#reported.done >= progressEvery.ends && atMs - this.#reported.atMs >= progressEvery.ms;
    if (isDue && waiting + running.size > 0) this.#printProgress(atMs);
  }

  #success(title: StyledLine, result: ProcessResult, log: ActivityLog | undefined): void {
    const { fold } = this.#options;
    const lines = fold === undefined || this.#room.answers <= 0 ? [] : answerLines(result, log);
    if (fold === undefined || lines.length === 0 || !this.#takeRoom('answers', lines)) this.#write(title);
    else fold(withoutCommands(title.text), lines.map(withoutCommands));
  }

  /** Not folded: it is what the log of a failed step is opened for. */
  #failure(title: StyledLine, result: ProcessResult, log: ActivityLog | undefined): void {
    this.#write(title);
    if (this.#options.fold === undefined || result.attempts === 0) return;
    const lines = failureLines(result, log);
    if (this.#takeRoom('failures', lines)) for (const text of lines) this.#write({ text });
  }

  #takeRoom(of: keyof typeof roomOf, lines: readonly string[]): boolean {
    this.#room[of] -= lines.reduce((sum, { length }) => sum + length + 1, 0);
    return this.#room[of] >= 0;
  }

  #finish(event: EventOf<'session-ended'>): void {
    for (const line of endLines(this.#state, event, this.#options.reader)) this.#write(line);
  }

  #printProgress(atMs: number): void {
    const figures = figuresOf(this.#state, atMs);
    this.#reported = { atMs, done: figures.done };
    this.#write({ text: `      ${progressText(figures)}`, style: 'dim' });
  }

  #time({ at }: EnsembleEvent): string {
    return elapsedText(secondsSince(this.#state.started?.at, Date.parse(at))).padStart(5);
  }

  #write({ text, style }: StyledLine): void {
    this.#options.write(plainLine(text), style);
  }
}

/** `0:04`, `12:30`, `1:02:03`. */
function elapsedText(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (count: number): string => String(count).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}

import { Buffer } from 'node:buffer';
import type { ConversationEntry } from '../model/conversation.ts';
import type { EnsembleEvent } from '../model/event.ts';
import { toolSubject } from '../model/tool-subject.ts';
import { firstUnits } from '../text/cut-text.ts';
import { apiRetryText } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';

const longestLine = 200;

/** What a process did, one line each: the last few, since its log has all. */
export class ActivityLog {
  readonly #most: number;
  #lines: string[] = [];
  #leftOut = 0;

  constructor(most: number) {
    this.#most = most;
  }

  take(event: EnsembleEvent): void {
    const line = lineOf(event);
    if (line === undefined) return;
    // A copy: V8 would keep the whole text alive for the sake of its beginning.
    this.#lines.push(Buffer.from(oneLine(line, longestLine)).toString());
    // In one go, not line by line.
    if (this.#lines.length > 2 * this.#most) this.#drop(this.#lines.length - this.#most);
  }

  /** Whether the last line is what the model said: it is the answer then. */
  endsWithWords(): boolean {
    return this.#lines.at(-1)?.startsWith(`${speaker({})}: `) === true;
  }

  /** The last lines, and how many stand before them; without the last one where it says no more than these words. */
  lines(most = this.#most, words?: string): readonly string[] {
    const isSaid = words !== undefined && this.#lines.at(-1) === oneLine(`${speaker({})}: ${words}`, longestLine);
    const lines = isSaid ? this.#lines.slice(0, -1) : this.#lines;
    const shown = lines.slice(-most);
    const before = this.#leftOut + lines.length - shown.length;
    return before === 0 ? shown : [`(${before} before)`, ...shown];
  }

  #drop(count: number): void {
    this.#lines = this.#lines.slice(count);
    this.#leftOut += count;
  }
}

function lineOf(event: EnsembleEvent): string | undefined {
  switch (event.type) {
    case 'process-started':
      return event.attempt === 1 ? undefined : `attempt ${event.attempt}`;
    case 'process-message':
      return messageLine(event.entry);
    case 'process-stopping':
      return event.signal === 'SIGKILL' ? 'killed by us' : 'ended by us';
    case 'process-retrying':
      return `attempt ${event.attempt} failed${event.message === undefined ? '' : `: ${event.message}`}`;
    default:
      return undefined;
  }
}

function messageLine(entry: ConversationEntry): string | undefined {
  switch (entry.kind) {
    case 'text':
      return beginningOf(entry.text).trim() === '' ? undefined : `${speaker(entry)}: ${beginningOf(entry.text)}`;
    case 'tool-use':
      return `${entry.name}  ${toolSubject(entry.input)}`;
    case 'tool-result':
      return entry.isError ? `  error: ${beginningOf(entry.text)}` : undefined;
    case 'permission-denied':
      return `  denied: ${entry.toolName}`;
    case 'api-retry':
      return apiRetryText(entry);
    default:
      return undefined;
  }
}

/** Enough for a line, even when most of it is removed; the rest of a long text is not read. */
function beginningOf(text: string): string {
  return firstUnits(text, 10 * longestLine);
}

function speaker({ subagentOf }: { readonly subagentOf?: string }): string {
  return subagentOf === undefined ? 'Claude' : 'a sub-agent';
}

import { join } from 'node:path';
import type { EnsembleEvent } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import { filesOfProcess } from '../model/session-files.ts';
import { type EventLine, eventLine } from './event-schema.ts';

/** Values that `events.jsonl` leaves out because they depend on the machine. */
export interface EventPlace {
  /** Absolute path of the session's directory. */
  readonly directory: string;
  /** The executable with its path, as it is shown to people; without the path when absent. */
  readonly executable?: string;
}

/** Reads one line; undefined when it is not whole, or none of ours. */
export function parseEventLine(text: string): EventLine | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    // The line as it came, not the schema's copy: that has another order of keys.
    return eventLine.safeParse(parsed).success ? (parsed as EventLine) : undefined;
  } catch {
    return undefined;
  }
}

/** The version that a line is said to be of, when it is not whole, or none of ours. */
export function versionOf(text: string): number | undefined {
  return Number(/^\{"schemaVersion":(\d{1,9}),/.exec(text)?.[1] ?? Number.NaN) || undefined;
}

/** Makes the events of a session again, line by line, as sinks saw them. */
export class EventReader {
  readonly #place: EventPlace;
  /** Results of the processes that have ended, by id. */
  readonly #results = new Map<string, ProcessResult>();
  #expectedSeq = 1;

  constructor(place: EventPlace) {
    this.#place = place;
  }

  /** The event of the next line; undefined when it is not whole, or does not follow the one before. */
  read(text: string): EnsembleEvent | undefined {
    const line = parseEventLine(text);
    // A session may be gone on with.
    const beginsRun = line?.seq === 1 && line.schemaVersion !== undefined;
    if (line === undefined || (!beginsRun && line.seq !== this.#expectedSeq)) return undefined;
    this.#expectedSeq = line.seq + 1;
    return this.#eventOf(line);
  }

  #eventOf(line: EventLine): EnsembleEvent {
    const { schemaVersion: _version, seq: _seq, t: _t, ...event } = line;
    switch (event.type) {
      case 'session-started':
        return { ...event, ...this.#place };
      case 'process-started':
        return { pid: undefined, ...event };
      case 'process-ended':
        this.#results.set(event.result.processId, event.result);
        return event;
      case 'session-ended':
        return { ...event, results: event.results.flatMap((logs) => this.#resultOf(logs) ?? []) };
      default:
        return event;
    }
  }

  #resultOf({ processId, hasLog, logIncomplete }: EndedLogs): ProcessResult | undefined {
    const result = this.#results.get(processId);
    return (
      result && {
        ...result,
        ...(hasLog && { logFile: join(this.#place.directory, filesOfProcess(processId).log) }),
        ...(logIncomplete && { logIncomplete }),
      }
    );
  }
}

type EndedLogs = Extract<EventLine, { readonly type: 'session-ended' }>['results'][number];

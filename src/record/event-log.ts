import type { EnsembleEvent, Sink } from '../model/event.ts';
import { eventLogSchemaVersion, sessionFiles } from '../model/session-files.ts';
import type { AppendFile } from './append-file.ts';
import type { EventLine } from './event-schema.ts';

type Fact<Line> = Line extends EventLine ? Omit<Line, 'schemaVersion' | 'seq' | 't' | 'at'> : never;

/** The content of a line: the logged event without its sequence number and times. */
export type LoggedFact = Fact<EventLine>;

/**
 * `events.jsonl`: the record of the session, from which the other documents can be made again. One event a line, as
 * `event-schema.ts` describes it. `now` gives milliseconds by a clock that is never set.
 */
export function eventLog(file: Pick<AppendFile, 'append' | 'close'>, now: () => number): Sink {
  const begunMs = now();
  let seq = 0;
  return {
    name: sessionFiles.events,
    handle(event) {
      const fact = factOf(event);
      if (fact === undefined) return undefined;
      seq += 1;
      const head = {
        ...(seq === 1 && { schemaVersion: eventLogSchemaVersion }),
        seq,
        t: Math.round(now() - begunMs),
        at: event.at,
      };
      return file.append(`${JSON.stringify({ ...head, ...fact })}\n`);
    },
    close: () => file.close(),
  };
}

function factOf(event: EnsembleEvent): LoggedFact | undefined {
  switch (event.type) {
    case 'session-context':
    case 'process-prompt':
    case 'process-output':
    case 'process-message':
    case 'heartbeat':
      return undefined;
    case 'session-started': {
      const { at: _at, directory: _directory, executable, ...fact } = event;
      return { ...fact, executable: withoutPath(executable) };
    }
    case 'process-started': {
      const { at: _at, pid, ...fact } = event;
      return { ...fact, ...(pid !== undefined && { pid }) };
    }
    case 'process-ended': {
      const { logFile: _logFile, logIncomplete: _logIncomplete, ...result } = event.result;
      return { type: event.type, result };
    }
    case 'session-ended': {
      const { at: _at, results, ...fact } = event;
      return {
        ...fact,
        results: results.map(({ processId, logFile, logIncomplete }) => ({
          processId,
          ...(logFile !== undefined && { hasLog: true as const }),
          ...(logIncomplete && { logIncomplete }),
        })),
      };
    }
    default: {
      const { at: _at, ...fact } = event;
      return fact;
    }
  }
}

/** Name and version of the executable, without its path: no path of this machine is logged. */
export function withoutPath(executable: string): string {
  return executable.replace(/ at (?:\/|[A-Za-z]:\\).*$/s, '');
}

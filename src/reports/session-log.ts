import type { Sink } from '../model/event.ts';
import { sessionFiles } from '../model/session-files.ts';
import type { AppendFile } from '../record/append-file.ts';
import { EventLines } from './event-line.ts';

/** `session.log`: one line per event, for people. */
export function sessionLog(file: AppendFile): Sink {
  const lines = new EventLines();
  return {
    name: sessionFiles.log,
    handle(event) {
      const line = lines.of(event);
      return line === undefined ? undefined : file.append(`${event.at} ${line.text}\n`);
    },
    close: () => file.close(),
  };
}

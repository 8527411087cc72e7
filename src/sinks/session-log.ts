import type { Sink } from '../core/event.ts';
import { sessionFiles } from '../core/session-files.ts';
import { EventLines } from './event-line.ts';
import type { SessionDirectory } from './session-directory.ts';

/** `session.log`: one line per event, for people. */
export function sessionLog(directory: SessionDirectory): Sink {
  const file = directory.appendFile({ name: sessionFiles.log });
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

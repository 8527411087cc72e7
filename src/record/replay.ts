import type { ProcessResult } from '../model/result.ts';
import { SessionState } from '../model/session-state.ts';
import { type EventPlace, EventReader } from './event-reader.ts';

/**
 * The state of a session, replayed from the lines of its `events.jsonl`. It ends before the first incomplete line: the session
 * was killed while it wrote that one.
 */
export async function replay(
  lines: Iterable<string> | AsyncIterable<string>,
  place: EventPlace,
): Promise<SessionState> {
  const reader = new EventReader(place);
  let earlier: readonly ProcessResult[] = [];
  let state = new SessionState();
  for await (const line of lines) {
    const read = reader.read(line);
    if (read === undefined) return state;
    if (read.beginsRun) state = new SessionState(earlier);
    state.apply(read.event);
    if (read.event.type === 'session-ended') earlier = read.event.results;
  }
  return state;
}

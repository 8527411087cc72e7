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
  const state = new SessionState();
  for await (const line of lines) {
    const event = reader.read(line);
    if (event === undefined) return state;
    state.apply(event);
  }
  return state;
}

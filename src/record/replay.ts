import type { ProcessResult } from '../model/result.ts';
import { SessionState } from '../model/session-state.ts';
import { type EventPlace, EventReader } from './event-reader.ts';

/**
 * The state that the lines of `events.jsonl` tell of, as it was while the session ran. It ends ahead of the first line that
 * is not whole: the session was killed as it wrote it.
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

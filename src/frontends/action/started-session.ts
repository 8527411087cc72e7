import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sink } from '../../model/event.ts';
import type { EventOf } from '../../model/session-state.ts';
import type { StartedSession } from './outputs.ts';

/** A sink that reports the session as soon as there is one: the step may be killed at any time after. */
export function startSink(onStart: (started: EventOf<'session-started'>) => void): Sink {
  return {
    name: 'start of the session',
    handle: (event) => (event.type === 'session-started' ? onStart(event) : undefined),
  };
}

/** The part of the outputs that is known from the start of the session. */
export function startedSession({ sessionId, directory }: EventOf<'session-started'>): StartedSession {
  // It is made last, and after a failure nothing is kept.
  const isMade = existsSync(join(directory, 'outputs'));
  return { sessionId, ...(isMade && { directory }) };
}

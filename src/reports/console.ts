import type { Sink } from '../model/event.ts';
import { SessionState } from '../model/session-state.ts';
import { oneLine, withoutCommands } from '../text/plain-text.ts';
import { EventLines } from './event-line.ts';
import { findingsLines } from './findings-section.ts';
import { remarks } from './remarks.ts';

/** Where a console's lines go. */
export interface ConsoleOptions {
  /** Takes a line without its line feed; holds no control character and no command of the runner. */
  readonly write: (line: string) => void;
}

const longestRemark = 1_000;

/**
 * A console without colours or moves, such as a job's log: one line for what is news, and at the end what people must
 * not overlook, the verdict last.
 */
export function consoleSink({ write }: ConsoleOptions): Sink {
  const lines = new EventLines();
  const state = new SessionState();
  return {
    name: 'console',
    handle(event) {
      state.apply(event);
      const say = (text: string): void => write(`${event.at.slice(11, 19)} ${withoutCommands(text)}`);
      const line = lines.of(event);
      if (line?.isNews === true) say(line.text);
      if (event.type === 'session-ended') for (const last of lastLines(state, event)) say(last);
    },
  };
}

function lastLines(state: SessionState, { verdict }: { readonly verdict: string }): readonly string[] {
  const logs = state.started === undefined ? [] : [`logs: ${state.started.directory}`];
  return [...logs, ...remarks(state), ...findingsLines(state), verdict].map((text) => oneLine(text, longestRemark));
}

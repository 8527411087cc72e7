import type { EnsembleEvent, Sink } from '../model/event.ts';
import { SessionState } from '../model/session-state.ts';
import { someOf } from '../text/format.ts';
import { oneLine, withoutCommands } from '../text/plain-text.ts';
import { concernsOf } from './concerns.ts';
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
      const line = lines.of(withoutPath(event));
      if (line?.isNews === true) say(line.text);
      if (event.type === 'session-ended') for (const last of lastLines(state, event)) say(last);
    },
  };
}

/** Where the program lies is in session.log; here it would take a line of its own. */
function withoutPath(event: EnsembleEvent): EnsembleEvent {
  if (event.type !== 'session-started') return event;
  return { ...event, executable: event.executable.replace(/ at \/.*$/su, '') };
}

/** More causes than this are counted: they would push the verdict's reasons out of sight. */
const mostConcerns = 10;

function lastLines(state: SessionState, { verdict }: { readonly verdict: string }): readonly string[] {
  const logs = state.started === undefined ? [] : [`logs: ${state.started.directory}`];
  const last = [...logs, ...remarks(state), ...concernLines(state), ...findingsLines(state), verdict];
  return last.map((text) => oneLine(text, longestRemark));
}

/** What needs attention, by its cause, with the next step. */
function concernLines({ ended }: SessionState): readonly string[] {
  const concerns = concernsOf(ended?.results ?? []);
  const lines = concerns.slice(0, mostConcerns).map(({ kind, whole, next, names }) => {
    const who = names.length === 1 ? (names[0] ?? '') : `${names.length} processes (${someOf(names)})`;
    const mark = kind === 'denied' || kind === 'servers' ? '!' : '✗';
    return `${mark} ${who}: ${whole}.${next === '' ? '' : ` → ${next.replaceAll('`', '')}`}`;
  });
  const rest = concerns.length - lines.length;
  return rest > 0 ? [...lines, `and ${rest} more causes`] : lines;
}

import { join } from 'node:path';
import type { Conclusion } from '../model/conclusion.ts';
import { optionRows } from '../model/option-table.ts';
import { sessionFiles } from '../model/session-files.ts';
import type { EventOf, SessionState } from '../model/session-state.ts';
import { durationText, plural, someOf } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';
import { type Concern, concernsOf, outcomeText } from './concerns.ts';
import { findingsLines } from './findings-section.ts';
import { highlights } from './highlights.ts';
import { sessionMoney } from './money.ts';
import type { LineStyle, StyledLine } from './styled-line.ts';

/** More causes than this are counted: they would push the verdict out of sight. */
const mostConcerns = 10;
const longestHighlight = 600;

const marks: Readonly<Record<Conclusion, string>> = { success: '✓', skipped: '-', failure: '✗', cancelled: '✗' };

const styles: Readonly<Record<Conclusion, LineStyle>> = {
  success: 'green',
  skipped: 'yellow',
  failure: 'red',
  cancelled: 'red',
};

/** Reader of a console: of the log of a job, or the person who gave a command. */
export type Reader = 'job' | 'command';

/** The end of a session: the figures, what needs attention by its cause with the next step, what was found, the verdict. */
export function endLines(state: SessionState, ended: EventOf<'session-ended'>, reader: Reader): readonly StyledLine[] {
  const { verdict, conclusion } = ended;
  const known = [
    ...highlights(state).map((highlight) => oneLine(highlight, longestHighlight)),
    ...findingsLines(state),
  ];
  const directory = reader === 'command' && isWritten(ended) ? state.started?.directory : undefined;
  const places = directory === undefined ? [] : placesIn(directory);
  return [
    { text: '' },
    { text: headText(state, ended) },
    ...concernLines(ended, reader),
    ...[...known, ...places].map((text) => ({ text: `  ${text}` })),
    { text: `${marks[conclusion]} ${verdict}`, style: styles[conclusion] },
  ];
}

/** Whether there is a directory of the session: where none could be made, no process that ran has a log. */
function isWritten({ results }: EventOf<'session-ended'>): boolean {
  const ran = results.filter(({ attempts }) => attempts > 0);
  return ran.length === 0 || ran.some(({ logIncomplete, logFile }) => logIncomplete !== true || logFile !== undefined);
}

function placesIn(directory: string): readonly string[] {
  return [`logs: ${directory}`, `report: ${join(directory, sessionFiles.report)}`];
}

function headText(state: SessionState, ended: EventOf<'session-ended'>): string {
  const title = `── ${oneLine(state.started?.title ?? 'Claude Ensemble', 120)}`;
  const figures = [durationText(ended.totals.durationSeconds), sessionMoney(state)];
  return `${title}: ${[outcomeText(ended), ...(ended.conclusion === 'skipped' ? [] : figures)].join(' · ')}`;
}

function concernLines({ results }: EventOf<'session-ended'>, reader: Reader): readonly StyledLine[] {
  const concerns = concernsOf(results);
  const rest = concerns.length - mostConcerns;
  return [
    ...concerns.slice(0, mostConcerns).flatMap((concern) => linesOf(concern, reader)),
    ...(rest > 0 ? [{ text: `  and ${plural(rest, 'more cause', 'more causes')}` }] : []),
  ];
}

const concernStyles: Readonly<Record<Concern['kind'], readonly [mark: string, style: LineStyle]>> = {
  failed: ['✗', 'red'],
  'timed-out': ['✗', 'red'],
  cancelled: ['✗', 'red'],
  skipped: ['-', 'dim'],
  denied: ['!', 'yellow'],
  servers: ['!', 'yellow'],
  'no-findings': ['!', 'yellow'],
};

function linesOf({ kind, whole, next, names }: Concern, reader: Reader): readonly StyledLine[] {
  const who = names.length === 1 ? (names[0] ?? '') : `${names.length} processes (${someOf(names)})`;
  const [mark, style] = concernStyles[kind];
  const step = next === '' ? [] : [{ text: `    → ${forReader(next, reader)}` }];
  return [{ text: `  ${mark} ${who}: ${whole}`, style }, ...step];
}

const options: ReadonlySet<string> = new Set(optionRows.map(({ name }) => name));

/** Replaces names of options in backquotes, by flags for the reader of a command. */
function forReader(next: string, reader: Reader): string {
  return next.replaceAll(/`([^`]+)`/gu, (_, word: string) =>
    reader === 'command' && options.has(word) ? `--${word}` : word,
  );
}

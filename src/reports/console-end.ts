import type { Conclusion } from '../model/conclusion.ts';
import type { EventOf, SessionState } from '../model/session-state.ts';
import { countText, durationText, someOf } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';
import { type Concern, concernsOf } from './concerns.ts';
import { findingsLines } from './findings-section.ts';
import { sessionMoney } from './money.ts';
import { remarks } from './remarks.ts';
import type { LineStyle, StyledLine } from './styled-line.ts';

/** More causes than this are counted: they would push the verdict out of sight. */
const mostConcerns = 10;
const longestRemark = 600;

const marks: Readonly<Record<Conclusion, string>> = { success: '✓', skipped: '-', failure: '✗', cancelled: '✗' };

const styles: Readonly<Record<Conclusion, LineStyle>> = {
  success: 'green',
  skipped: 'yellow',
  failure: 'red',
  cancelled: 'red',
};

/** The end of a session: the figures, what needs attention by its cause with the next step, what was found, `further` lines, the verdict. */
export function endLines(
  state: SessionState,
  ended: EventOf<'session-ended'>,
  further: readonly string[],
): readonly StyledLine[] {
  const { verdict, conclusion } = ended;
  return [
    { text: '' },
    { text: headText(state, ended) },
    ...concernLines(ended),
    ...remarks(state).map((remark) => ({ text: `  ${oneLine(remark, longestRemark)}` })),
    ...[...findingsLines(state).map((text) => `  ${text}`), ...further].map((text) => ({ text })),
    { text: `${marks[conclusion]} ${verdict}`, style: styles[conclusion] },
  ];
}

function headText(state: SessionState, { totals, conclusion }: EventOf<'session-ended'>): string {
  const title = `── ${oneLine(state.started?.title ?? 'Claude Ensemble', 120)}`;
  if (conclusion === 'skipped') return title;
  const { total, succeeded, durationSeconds } = totals;
  const counts = `${countText(succeeded)} of ${countText(total)} done${succeeded === total ? '' : `, ${countText(total - succeeded)} not`}`;
  return `${title}: ${[counts, durationText(durationSeconds), sessionMoney(state)].join(' · ')}`;
}

function concernLines({ results }: EventOf<'session-ended'>): readonly StyledLine[] {
  const concerns = concernsOf(results);
  const rest = concerns.length - mostConcerns;
  return [
    ...concerns.slice(0, mostConcerns).flatMap(linesOf),
    ...(rest > 0 ? [{ text: `  and ${rest} more causes` }] : []),
  ];
}

const concernStyles: Readonly<Record<Concern['kind'], readonly [mark: string, style: LineStyle]>> = {
  failed: ['✗', 'red'],
  'timed-out': ['✗', 'red'],
  cancelled: ['✗', 'red'],
  skipped: ['-', 'dim'],
  denied: ['!', 'yellow'],
  servers: ['!', 'yellow'],
};

function linesOf({ kind, whole, next, names }: Concern): readonly StyledLine[] {
  const who = names.length === 1 ? (names[0] ?? '') : `${names.length} processes (${someOf(names)})`;
  const [mark, style] = concernStyles[kind];
  const step = next === '' ? [] : [{ text: `    → ${next.replaceAll('`', '')}` }];
  return [{ text: `  ${mark} ${who}: ${whole}`, style }, ...step];
}

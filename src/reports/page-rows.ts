import type { ProcessResult } from '../model/result.ts';
import { filesOfProcess } from '../model/session-files.ts';
import type { ActivityStart, SessionState } from '../model/session-state.ts';
import { costText, countText, durationText, tokensText } from '../text/format.ts';
import { headlineOf } from '../text/markdown/headline.ts';
import { oneLine } from '../text/plain-text.ts';
import { adviceFor, deniedAdvice, whatHappened } from './advice.ts';
import { needsAttention } from './concerns.ts';
import { processMoney } from './money.ts';
import type { Attention, Fact, PageRow, Place, RowKind, Span } from './page/page-data.ts';

/** In UTF-16 units. */
const [longestName, longestSaying, longestCause] = [200, 160, 600];

/** Where a process's packed texts stand, and the rows that it waited for. */
export interface RowPlaces {
  readonly texts: Place;
  readonly transcript?: number;
  readonly needs?: readonly number[];
}

/** A process as a row of the page. */
export function pageRow(state: SessionState, result: ProcessResult, places: RowPlaces): PageRow {
  const { processId: id, attempts, duration, costUsd } = result;
  const kind = kindOf(result);
  return {
    id,
    name: oneLine(result.name, longestName),
    kind,
    ending: whatHappened(result),
    says: saying(state, result),
    needsAttention: kind === 'denied' || needsAttention(result),
    ...(attempts > 0 && { duration }),
    ...(costUsd !== undefined && { costUsd }),
    cost: costCell(result),
    attempts,
    facts: factsOf(result),
    spans: spansOf(state, result),
    files: filesOf(result, places),
    ...places,
  };
}

/** The column is narrow: what a stand-in would ask stands in brackets. */
function costCell({ attempts, costUsd, offline }: ProcessResult): string {
  if (costUsd === undefined) return attempts === 0 ? '' : '?';
  if (costUsd === 0) return '';
  return offline === true ? `(${costText(costUsd)})` : costText(costUsd);
}

/** How a process ended, as far as people tell endings apart. */
export function kindOf({ status, permissionDenials }: ProcessResult): RowKind {
  return status === 'succeeded' && permissionDenials.length > 0 ? 'denied' : status;
}

function saying(state: SessionState, result: ProcessResult): string {
  const why = result.status === 'succeeded' ? '' : causeOf(state, result);
  return why === '' ? headlineOf(result.output, longestSaying) : oneLine(why, longestSaying);
}

/** Why a process needs somebody, as far as it is known. */
function causeOf(state: SessionState, result: ProcessResult): string {
  const tools = [...new Set(result.permissionDenials.map(({ toolName }) => toolName))];
  if (result.status === 'succeeded') return `Tools were denied: ${tools.join(', ')}`;
  const last = state.activities.get(result.processId)?.findLast(({ kind }) => kind !== 'stopping');
  const during = result.status === 'timed-out' && last?.kind === 'tool' ? `while ${last.tool} ran` : undefined;
  return during ?? result.message ?? '';
}

/** A cause behind what happened; what a process did when it was stopped goes on from there. */
function continued(cause: string): string {
  if (cause === '') return '';
  return cause.startsWith('while ') ? ` ${cause}` : `: ${cause}`;
}

/** Where the causes of an ending stand: what ran and failed comes first. */
const ranks: Readonly<Record<RowKind, number>> = {
  failed: 0,
  'timed-out': 0,
  cancelled: 1,
  denied: 2,
  skipped: 3,
  succeeded: 4,
};

/** What somebody should look at, equal causes together, failures first. */
export function attentionOf(state: SessionState, results: readonly ProcessResult[]): readonly Attention[] {
  const rows = results.flatMap((result, row) => {
    const kind = kindOf(result);
    if (kind !== 'denied' && !needsAttention(result)) return [];
    const cause = causeOf(state, result);
    const words = kind === 'denied' ? cause : `${adviceFor(result)?.what ?? result.status}${continued(cause)}`;
    const alone = kind === 'denied' ? cause : `${whatHappened(result)}${continued(cause)}`;
    const next = kind === 'denied' ? deniedAdvice : (adviceFor(result)?.next ?? '');
    return [
      {
        row,
        kind,
        alone: oneLine(alone, longestCause),
        cause: oneLine(words, longestCause),
        ...(next !== '' && { next }),
      },
    ];
  });
  const groups = [...Map.groupBy(rows, ({ kind, cause }) => `${kind} ${cause}`).values()];
  return groups
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { row: _row, alone, ...shared } = first;
      // Of one process it can be said how long it took.
      return [{ ...shared, ...(group.length === 1 && { cause: alone }), rows: group.map(({ row }) => row) }];
    })
    .sort((one, other) => ranks[one.kind] - ranks[other.kind]);
}

function factsOf(result: ProcessResult): readonly Fact[] {
  const { attempts, duration, usage, numTurns, model, exitCode, resumedFrom } = result;
  return [
    ...fact('time', attempts > 0 ? durationText(duration) : undefined),
    ...fact('cost', processMoney(result).replace('cost ', '')),
    ...fact('tokens', usage === undefined ? undefined : tokensText(usage)),
    ...fact('turns', numTurns === undefined ? undefined : countText(numTurns)),
    ...fact('attempts', attempts > 1 ? countText(attempts) : undefined),
    ...fact('model', model === undefined ? undefined : oneLine(model, longestName)),
    ...fact('exit code', attempts > 0 ? String(exitCode) : undefined),
    ...fact('taken from session', resumedFrom),
  ];
}

/** A label with its value, if it has one. */
export function fact(label: string, value: string | undefined): readonly Fact[] {
  return value === undefined || value === '' ? [] : [[label, value]];
}

function filesOf(
  { processId, logFile, output, attempts }: ProcessResult,
  { transcript }: RowPlaces,
): readonly string[] {
  const files = filesOfProcess(processId);
  return [
    ...(output === '' ? [] : [files.output]),
    ...(logFile === undefined ? [] : [files.log]),
    ...(transcript === undefined ? [] : [files.stream]),
    ...(attempts === 0 ? [] : [files.prompt]),
  ];
}

function spansOf(state: SessionState, result: ProcessResult): readonly Span[] {
  const begun = Date.parse(state.started?.at ?? result.endedAt);
  const starts = state.activities.get(result.processId) ?? [];
  const end = Math.max(0, Date.parse(result.endedAt) - begun);
  if (result.resumedFrom !== undefined) return [];
  const first = starts[0] === undefined ? end : Math.max(0, starts[0].atMs - begun);
  const waiting: readonly Span[] = first > 0 ? [{ kind: 'waiting', from: 0, to: first }] : [];
  return [
    ...waiting,
    ...starts.map((start, index) => spanOf(start, (starts[index + 1]?.atMs ?? begun + end) - begun, begun)),
  ];
}

function spanOf(start: ActivityStart, end: number, begun: number): Span {
  const from = Math.max(0, start.atMs - begun);
  const tool = start.kind === 'tool' ? { tool: oneLine(start.tool, longestName) } : {};
  return { kind: start.kind, from, to: Math.max(from, end), ...tool };
}

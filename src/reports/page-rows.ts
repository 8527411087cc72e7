import type { ProcessResult } from '../model/result.ts';
import { filesOfProcess } from '../model/session-files.ts';
import type { ActivityStart, SessionState } from '../model/session-state.ts';
import { costText, countText, durationText, tokensText } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';
import { whatHappened, whatHappenedAndWhy } from './advice.ts';
import { answerHeadline } from './answer-blocks.ts';
import { concernsOf, isClean, needsAttention } from './concerns.ts';
import { processMoney } from './money.ts';
import type { Attention, Fact, PageRow, Place, RowKind, Span } from './page/page-data.ts';

/** In UTF-16 units. */
const [longestName, longestHeadline, longestCause] = [200, 160, 600];

/** Places of a process's packed texts, and the rows that it waited for. */
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
    headline: headlineIn(result),
    needsAttention: kind === 'warned' || needsAttention(result),
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

/** The cost for the narrow column; the price of a stand-in is in brackets. */
function costCell({ attempts, costUsd, offline }: ProcessResult): string {
  if (costUsd === undefined) return attempts === 0 ? '' : '?';
  if (costUsd === 0) return '';
  return offline === true ? `(${costText(costUsd)})` : costText(costUsd);
}

/** The ending of a process as the page distinguishes it. */
export function kindOf(result: ProcessResult): RowKind {
  return result.status === 'succeeded' && !isClean(result) ? 'warned' : result.status;
}

function headlineIn(result: ProcessResult): string {
  return result.status === 'succeeded'
    ? answerHeadline(result, longestHeadline)
    : oneLine(whatHappenedAndWhy(result), longestHeadline);
}

/** What needs attention, by its cause, failures first. */
export function attentionOf(results: readonly ProcessResult[]): readonly Attention[] {
  const rowOf = new Map(results.map(({ processId }, row) => [processId, row]));
  return concernsOf(results).map(({ kind, what, whole, next, processIds }) => ({
    kind,
    what,
    cause: oneLine(whole, longestCause),
    ...(next !== '' && { next }),
    rows: processIds.flatMap((id) => rowOf.get(id) ?? []),
  }));
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
    ...fact('exit code', attempts > 0 && exitCode >= 0 ? String(exitCode) : undefined),
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
  const begun = Date.parse(state.startedAt ?? result.endedAt);
  const starts = state.activities.get(result.processId) ?? [];
  const end = Math.max(0, Date.parse(result.endedAt) - begun);
  if (result.resumedFrom !== undefined || state.ended?.conclusion === 'skipped') return [];
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

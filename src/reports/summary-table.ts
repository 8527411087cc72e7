import { Buffer } from 'node:buffer';
import type { ProcessResult, Status } from '../model/result.ts';
import type { ProcessProgress, SessionState } from '../model/session-state.ts';
import { causeText, endingText } from '../text/causes.ts';
import { costText, counted, countText, durationText, plural, someOf } from '../text/format.ts';
import { inertHtml, inlineHtml } from '../text/html-text.ts';
import { whatHappened } from './advice.ts';
import { answerHeadline } from './answer-blocks.ts';
import { isClean, needsAttention } from './concerns.ts';
import { timelineBar, timelineLegend } from './timeline.ts';
import { waitsOf } from './waits.ts';

const marks: Readonly<Record<Status, string>> = {
  succeeded: '✅',
  failed: '❌',
  'timed-out': '⏱️',
  cancelled: '🚫',
  skipped: '⏭️',
};

const longestName = 120;
const longestHeadline = 90;
const longestWaits = 300;
/** With more processes than this only those that need attention have a row that is open. */
const mostOpenRows = 40;

/** Mark of the ending of a process in the summary. */
export function markOf(result: ProcessResult): string {
  return isFine(result) && !isClean(result) ? '❗' : marks[result.status];
}

/** Letters that are written from right to left: Hebrew, Arabic and their neighbours. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Ends their direction: a figure behind a name would otherwise move ahead of it. */
const leftToRightMark = '&lrm;';

/** A process's name in bold. */
export function nameHtml({ name }: Pick<ProcessResult, 'name'>): string {
  return `<b>${inlineHtml(name, longestName)}</b>${rightToLeft.test(name) ? leftToRightMark : ''}`;
}

/** Whether it did its work. */
export function isFine({ status }: ProcessResult): boolean {
  return status === 'succeeded';
}

/** Whether too many processes ran to show all of them in the summary. */
export function isLarge(results: readonly ProcessResult[]): boolean {
  return results.length > mostOpenRows;
}

/** Order of the rows: failures, then what needs attention, then the rest; each as given. */
export function failuresFirst(results: readonly ProcessResult[]): readonly ProcessResult[] {
  const rank = (result: ProcessResult): number => Number(isFine(result)) + Number(isFine(result) && isClean(result));
  return results.toSorted((one, other) => rank(one) - rank(other));
}

/** The processes as tables of at most `room` bytes: one, or two where there are many, the second folded. */
export function tablesHtml(state: SessionState, results: readonly ProcessResult[], room: number): string {
  if (results.length === 0) return '';
  if (state.ended?.conclusion === 'skipped') return planHtml(state, results, room);
  const left = room - legendBytes;
  const tables = isLarge(results) ? foldedTables(state, results, left) : table(state, results, left);
  return tables + legendHtml(tables);
}

function foldedTables(state: SessionState, results: readonly ProcessResult[], room: number): string {
  const needsRow = (result: ProcessResult): boolean => (isFine(result) ? !isClean(result) : needsAttention(result));
  const open = failuresFirst(results).filter(needsRow);
  const fine = results.filter((result) => !needsRow(result));
  const first = open.length === 0 ? '' : table(state, open, Math.floor(room / 2));
  if (fine.length === 0) return first;
  const succeeded = fine.filter(isFine).length;
  const rest = fine.length - succeeded;
  const notNeeded = rest === 0 ? '' : `, ${countText(rest)} not needed`;
  const start = `<details><summary>✅ <b>${countText(succeeded)} succeeded${notNeeded}</b></summary>`;
  const end = '</details>\n\n';
  const left = room - Buffer.byteLength(first + start + end);
  return `${first}${start}${table(state, fine, left).trimEnd()}${end}`;
}

/** The lists whose items would be found at run time, as one process each. */
function listsOf({ started }: SessionState): ReadonlyMap<string, ProcessProgress> {
  const lists = (started?.groups ?? []).filter(({ fingerprint }) => fingerprint !== undefined);
  return new Map(
    lists.map(({ id }) => [id, { id, name: id.replace(/\*$/u, ''), state: 'queued' as const, attempts: 0 }]),
  );
}

/** Of a session that started nothing: what would wait for what. */
function planHtml(state: SessionState, results: readonly ProcessResult[], room: number): string {
  const lists = listsOf(state);
  const waits = waitsOf({ needs: state.needs, processes: new Map([...state.processes, ...lists]) });
  const nameOf = (id: string): string => (state.processes.get(id) ?? lists.get(id))?.name ?? id;
  const rowOf = (nameCell: string, id: string, instead?: string): string => {
    const awaited = (waits.get(id) ?? []).map(nameOf);
    const start = awaited.length === 0 ? 'at once' : `after ${someOf(awaited)}`;
    return `<tr><td>${nameCell}</td><td>${inlineHtml(instead ?? start, longestWaits)}</td></tr>`;
  };
  const rows = [
    // The message of one that would not start says why: an earlier session has its result.
    ...results.map((result) => rowOf(nameHtml(result), result.processId, result.message)),
    ...[...lists.values()].map((list) => rowOf(`${nameHtml(list)}, one for each item found`, list.id)),
  ];
  const head = '<table><tr><th align="left">Process</th><th align="left">Would start</th></tr>';
  if (!isLarge(results)) return tableOf({ head, rows, room, columns: 2 });
  const start = `<details><summary><b>${countText(results.length)} processes</b></summary>`;
  const end = '</details>\n\n';
  return `${start}${tableOf({ head, rows, room: room - Buffer.byteLength(start + end), columns: 2 }).trimEnd()}${end}`;
}

/** The signs that occur; nothing where they say nothing. */
function legendHtml(tables: string): string {
  const shown = timelineLegend.filter(([sign]) => tables.includes(sign));
  const signs = shown.map(([sign, meaning]) => `<samp>${sign}</samp> ${meaning}`).join(' · ');
  return shown.length < 2 ? '' : `<p><sub>${signs}</sub></p>\n\n`;
}

const legendBytes = 250;

function table(state: SessionState, results: readonly ProcessResult[], room: number): string {
  const seconds = state.ended?.totals.durationSeconds ?? 0;
  const head =
    `<table><tr><th align="left">Process</th><th align="left">0 – ${durationText(seconds)}</th>` +
    `<th align="right">Time</th><th align="right">${state.started?.offline === true ? 'Not paid' : 'Cost'}</th></tr>`;
  return tableOf({ head, rows: results.map((result) => rowHtml(state, result)), room, columns: 4 });
}

interface TableParts {
  readonly head: string;
  readonly rows: readonly string[];
  readonly columns: number;
  readonly room: number;
}

/** As many rows as have room, and how many have not. */
function tableOf({ head, rows, columns, room }: TableParts): string {
  const end = '</table>\n\n';
  let left = room - Buffer.byteLength(head + end) - roomForNote;
  const kept: string[] = [];
  for (const row of rows) {
    left -= Buffer.byteLength(row);
    if (left < 0) break;
    kept.push(row);
  }
  const leftOut = rows.length - kept.length;
  const note =
    leftOut === 0 ? '' : `<tr><td>and ${countText(leftOut)} more</td>${'<td></td>'.repeat(columns - 1)}</tr>`;
  return `${head}${kept.join('')}${note}${end}`;
}

const roomForNote = 100;

function rowHtml(state: SessionState, result: ProcessResult): string {
  const { attempts, duration } = result;
  const notes = [
    ...(attempts > 1 ? [attemptsText(state, result)] : []),
    ...(result.permissionDenials.length > 0 ? [`${result.permissionDenials.length} denied`] : []),
    ...(result.mcpFaults === undefined
      ? []
      : [plural(result.mcpFaults.length, 'MCP server missing', 'MCP servers missing')]),
    ...(result.resumedFrom === undefined ? [] : [endingText(result)]),
  ];
  const headline = isFine(result)
    ? inertHtml(answerHeadline(result, longestHeadline))
    : `<i>${whatHappened(result)}</i>`;
  const sub = notes.length === 0 ? '' : ` <sub>${notes.join(', ')}</sub>`;
  const cells = [
    `<td>${markOf(result)} ${nameHtml(result)}${sub}${headline === '' ? '' : `<br>${headline}`}</td>`,
    `<td>${barHtml(state, result)}</td>`,
    `<td align="right">${attempts === 0 ? '' : durationText(duration)}</td>`,
    `<td align="right">${costCell(result)}</td>`,
  ];
  return `<tr>${cells.join('')}</tr>`;
}

/** For example `3 attempts: rate limit ×2`. */
function attemptsText({ retries }: SessionState, { processId, attempts }: ProcessResult): string {
  const reasons = (retries.get(processId) ?? []).slice(0, attempts - 1);
  return `${attempts} attempts${reasons.length === 0 ? '' : `: ${counted(reasons.map(causeText))}`}`;
}

function costCell({ attempts, costUsd }: ProcessResult): string {
  if (costUsd === undefined) return attempts === 0 ? '' : 'unknown';
  return costUsd === 0 ? '–' : costText(costUsd);
}

function barHtml(state: SessionState, { processId, endedAt }: ProcessResult): string {
  const { startedAt, ended } = state;
  const activities = state.activities.get(processId);
  if (activities === undefined || startedAt === undefined || ended === undefined) return '';
  const range = { fromMs: Date.parse(startedAt), toMs: Date.parse(ended.at) };
  return `<samp>${timelineBar(activities, Date.parse(endedAt), range)}</samp>`;
}

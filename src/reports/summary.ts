import { Buffer } from 'node:buffer';
import type { Conclusion } from '../model/conclusion.ts';
import type { ProcessResult } from '../model/result.ts';
import type { EventOf, SessionState } from '../model/session-state.ts';
import { costText, countText, durationText, endingText, tokensText } from '../text/format.ts';
import { codeHtml, headingHtml, inlineHtml } from '../text/html-text.ts';
import { oneLine } from '../text/plain-text.ts';
import { findingsHtml } from './findings-section.ts';
import { remarks } from './remarks.ts';
import {
  type FittingDetails,
  failuresFirst,
  fittingDetails,
  isFine,
  nameHtml,
  statusMarks,
} from './summary-details.ts';

/** GitHub drops a summary of more than 1 MiB as a whole: https://docs.github.com/actions (job summaries). */
const longestSummary = 1_000_000;
const longestLine = 2_000;
const longestTitle = 200;
const mostRemarks = 40;
const longestRemark = 600;
const longestExcerpt = 100;
/** Left free for the note that says what was cut. */
const roomForNote = 500;

const conclusionMarks: Readonly<Record<Conclusion, string>> = {
  success: '✅',
  failure: '❌',
  cancelled: '🚫',
  skipped: '⏭️',
};

/**
 * The session as GitHub's Markdown, at most 1,000,000 bytes: outputs are shortened first, then left out, then rows are.
 *
 * Everything that a model, a tool or a name may have written stands in `pre` or `code` inside blocks of HTML, where
 * neither Markdown nor GitHub's search for mentions, references and links looks.
 */
export function renderSummary(state: SessionState, limit = longestSummary): string {
  const { ended } = state;
  if (ended === undefined) return '';
  const head = headHtml(state, ended);
  const totals = totalsRow(ended);
  const known = remarksHtml(state);
  const foot = footHtml(state);
  const found = findingsHtml(state, Math.floor(limit / 3));
  const room = limit - roomForNote - byteLength(head, found, known, foot);
  const rows = fittingRows(ended.results, room - byteLength(tableStart, totals, tableEnd));
  const table = `${tableStart}${rows.html}${totals}${tableEnd}`;
  const details = fittingDetails(ended.results, room - byteLength(table));
  return [head, found, table, cutNote(details, rows.leftOut), known, details.html, foot].join('');
}

function cutNote({ shortened, leftOut }: FittingDetails, rowsLeftOut: number): string {
  const cuts = [
    ...(shortened === 0 ? [] : [`outputs shortened: ${countText(shortened)}`]),
    ...(leftOut === 0 ? [] : [`outputs left out: ${countText(leftOut)}`]),
    ...(rowsLeftOut === 0 ? [] : [`rows left out: ${countText(rowsLeftOut)}`]),
  ];
  return cuts.length === 0
    ? ''
    : `<p>Cut to what GitHub shows (${cuts.join(', ')}). The session's files hold all of it.</p>\n\n`;
}

function byteLength(...parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

function headHtml({ started }: SessionState, { conclusion, verdict }: EventOf<'session-ended'>): string {
  const title = headingHtml(started?.title ?? 'Claude Ensemble', longestTitle);
  return `### ${conclusionMarks[conclusion]} ${title}: ${conclusion}\n\n<p>${inlineHtml(verdict, longestLine)}</p>\n\n`;
}

function remarksHtml(state: SessionState): string {
  const all = remarks(state);
  if (all.length === 0) return '';
  const items = all.slice(0, mostRemarks).map((remark) => `<li>${inlineHtml(remark, longestRemark)}</li>\n`);
  if (all.length > mostRemarks) items.push(`<li>and ${countText(all.length - mostRemarks)} more</li>\n`);
  return `<p><b>Worth knowing</b></p>\n<ul>\n${items.join('')}</ul>\n\n`;
}

function footHtml({ started }: SessionState): string {
  if (started === undefined) return '';
  const { sessionId, pattern, executable, trust } = started;
  const facts = [`session ${sessionId}`, `pattern ${pattern}`, executable, `${trust.level}: ${trust.why}`];
  return `<p><sub>${facts.map((fact) => inlineHtml(fact, longestLine)).join(' · ')}</sub></p>\n`;
}

const tableStart =
  '<table>\n<tr><th></th><th align="left">Process</th><th align="left">Status</th><th align="right">Duration</th>' +
  '<th align="right">Cost</th><th align="right">Tokens</th><th align="left">Output</th></tr>\n';

const tableEnd = '</table>\n\n';

/** The rows that have room, in the order given; when some have to go, those that succeeded go first. */
function fittingRows(
  results: readonly ProcessResult[],
  room: number,
): { readonly html: string; readonly leftOut: number } {
  const rows = new Map(results.map((result) => [result, rowHtml(result)]));
  const kept = new Set<ProcessResult>();
  let left = room;
  for (const result of failuresFirst(results)) {
    left -= Buffer.byteLength(rows.get(result) ?? '');
    if (left < 0) break;
    kept.add(result);
  }
  const html = [...rows].filter(([result]) => kept.has(result)).map(([, row]) => row);
  return { html: html.join(''), leftOut: rows.size - html.length };
}

function rowHtml(result: ProcessResult): string {
  const { duration, attempts, costUsd, usage, output, message, permissionDenials, mcpFaults } = result;
  const status = [
    endingText(result),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(permissionDenials.length > 0 ? [`${permissionDenials.length} denied`] : []),
    ...(mcpFaults === undefined ? [] : [`MCP servers missing: ${mcpFaults.length}`]),
  ];
  const excerpt = oneLine((isFine(result) ? undefined : message) ?? output, longestExcerpt);
  const cells = [
    `<td>${statusMarks[result.status]}</td><td>${nameHtml(result)}</td><td>${status.join(', ')}</td>`,
    ...[attempts === 0 ? '' : durationText(duration), costUsd === undefined ? '' : costText(costUsd)].map(figureCell),
    figureCell(usage === undefined ? '' : tokensText(usage)),
    `<td>${excerpt === '' ? '' : codeHtml(excerpt)}</td>`,
  ];
  return `<tr>${cells.join('')}</tr>\n`;
}

function totalsRow({ totals }: EventOf<'session-ended'>): string {
  const { succeeded, total, durationSeconds, costUsd, inputTokens, outputTokens } = totals;
  const tokens = `${countText(inputTokens)} in, ${countText(outputTokens)} out`;
  const figures = [durationText(durationSeconds), costText(costUsd), tokens].map(figureCell).join('');
  return `<tr><td></td><td><b>Total</b></td><td>${countText(succeeded)} of ${countText(total)} succeeded</td>${figures}<td></td></tr>\n`;
}

function figureCell(figure: string): string {
  return `<td align="right">${figure}</td>`;
}

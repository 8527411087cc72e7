import { Buffer } from 'node:buffer';
import type { Conclusion } from '../model/conclusion.ts';
import type { EventOf, SessionState } from '../model/session-state.ts';
import { withoutPath } from '../record/event-log.ts';
import { counted, countText, durationText, plural, sessionTokensText, sizeText, someOf } from '../text/format.ts';
import { escapeHtml, headingHtml, inlineHtml } from '../text/html-text.ts';
import { type Concern, concernsOf, concernsTitle, outcomeText } from './concerns.ts';
import { findingsHtml } from './findings-section.ts';
import { highlights } from './highlights.ts';
import { sessionMoney } from './money.ts';
import { answersHtml } from './summary-answers.ts';
import { tablesHtml } from './summary-table.ts';

/** Bytes: what people scroll through at most. GitHub itself drops a summary of more than 1 MiB. */
const longestSummary = 150_000;
const longestLine = 2_000;
const longestTitle = 200;
const mostConcerns = 20;
const mostHighlights = 20;
const longestHighlight = 600;

/** Links to the documents of a session, once they are uploaded. */
export interface SummaryLinks {
  /** Address of the report itself, which a browser opens. */
  readonly report?: string;
  /** Address of the archive with all logs. */
  readonly logs?: string;
  /** Size of that archive in bytes. */
  readonly logsBytes?: number;
}

/** Options of a summary. */
export interface SummaryOptions {
  readonly links?: SummaryLinks;
  /** Bytes; 150,000 when absent. */
  readonly most?: number;
}

/**
 * The session as GitHub's Markdown: the outcome, what needs attention and the next step, every process with what it said first,
 * the answers, and how it was run. What has no room is left to the report, and said.
 *
 * Whatever a model, a tool or a name may have written is in blocks of HTML without an empty line, where Markdown does not look, and
 * what GitHub looks for in every text stands in `code`.
 */
export function renderSummary(state: SessionState, { links = {}, most = longestSummary }: SummaryOptions = {}): string {
  const { ended } = state;
  if (ended === undefined) return '';
  const { results } = ended;
  const head = [
    headHtml(state, ended),
    figuresHtml(state, ended, links),
    offlineHtml(state),
    concernsHtml(state, ended),
  ];
  const known = highlightsHtml(state);
  const foot = footHtml(state, ended);
  const found = findingsHtml(state, Math.floor(most / 3));
  const room = most - Buffer.byteLength([...head, found, known, foot].join(''));
  const tables = tablesHtml(state, results, Math.floor(room * shareOfTables));
  const answers = answersHtml(state, results, room - Buffer.byteLength(tables));
  return [...head, found, tables, answers, known, foot].join('');
}

const shareOfTables = 0.7;

const marks: Readonly<Record<Conclusion, string>> = {
  success: '✅',
  failure: '❌',
  cancelled: '🚫',
  skipped: '⏭️',
};

function headHtml({ started }: SessionState, { conclusion, results, verdict }: EventOf<'session-ended'>): string {
  const title = headingHtml(started?.title ?? 'Claude Ensemble', longestTitle);
  const why = conclusion === 'skipped' ? `<p>${inlineHtml(verdict, longestLine)}</p>\n\n` : '';
  const outcome = `${conclusion === 'skipped' ? '' : `${conclusion}, `}${outcomeText({ conclusion, results })}`;
  return `### ${marks[conclusion]} ${title}: ${outcome}\n\n${why}`;
}

/** Time, money, tokens, and where to go on. */
function figuresHtml(
  state: SessionState,
  { totals, conclusion }: EventOf<'session-ended'>,
  links: SummaryLinks,
): string {
  const tokens = sessionTokensText(totals);
  const facts = [
    ...(conclusion === 'skipped'
      ? []
      : [`<b>${durationText(totals.durationSeconds)}</b>`, `<b>${sessionMoney(state)}</b>`]),
    ...(tokens === undefined ? [] : [tokens]),
    ...linkTexts(links),
  ];
  return facts.length === 0 ? '' : `<p>${facts.join(' · ')}</p>\n\n`;
}

/** Only the links to the documents of a session, for a page that has its summary already. */
export function linksHtml(links: SummaryLinks): string {
  const texts = linkTexts(links);
  return texts.length === 0 ? '' : `<p>${texts.join(' · ')}</p>\n`;
}

function linkTexts({ report, logs, logsBytes }: SummaryLinks): readonly string[] {
  const size = logsBytes === undefined ? '' : ` (${sizeText(logsBytes)})`;
  return [
    ...(report === undefined ? [] : [`<a href="${escapeHtml(report)}">Open the report</a>`]),
    ...(logs === undefined ? [] : [`<a href="${escapeHtml(logs)}">Download all logs</a>${size}`]),
  ];
}

function offlineHtml({ started, ended }: SessionState): string {
  if (started?.offline !== true || ended?.conclusion === 'skipped') return '';
  return '> [!NOTE]\n> Offline: a stand-in answered, no model was asked. Tokens are made up, and so are the costs: nobody pays them.\n\n';
}

/** Failures and what else needs attention, by cause, with the next step. */
function concernsHtml(state: SessionState, { results }: EventOf<'session-ended'>): string {
  const concerns = concernsOf(results);
  if (concerns.length === 0) return '';
  const title = concernsTitle(state);
  const items = concerns.slice(0, mostConcerns).map(concernHtml);
  const rest = concerns.length - items.length;
  const more = rest > 0 ? `<li>and ${plural(rest, 'more cause', 'more causes')}</li>` : '';
  return `<p><b>${title}</b></p><ul>${items.join('')}${more}</ul>\n\n`;
}

const concernMarks: Readonly<Record<Concern['kind'], string>> = {
  failed: '❌',
  'timed-out': '⏱️',
  cancelled: '🚫',
  skipped: '⏭️',
  denied: '❗',
  servers: '❗',
  'no-findings': '❗',
};

function concernHtml({ kind, whole, next, names }: Concern): string {
  const who =
    names.length === 1
      ? `<b>${inlineHtml(names[0] ?? '', longestTitle)}</b>`
      : `<b>${countText(names.length)} processes</b> (${inlineHtml(someOf(names), longestHighlight)})`;
  // The text is ours: backquotes are around names of options.
  const step = next === '' ? '' : `<br>→ ${next.replaceAll(/`([^`]+)`/gu, '<code>$1</code>')}`;
  return `<li>${concernMarks[kind]} ${who}: ${inlineHtml(whole, longestHighlight)}${step}</li>`;
}

function highlightsHtml(state: SessionState): string {
  const all = highlights(state, 'attempts');
  if (all.length === 0) return '';
  const items = all.slice(0, mostHighlights).map((highlight) => `<li>${inlineHtml(highlight, longestHighlight)}</li>`);
  if (all.length > mostHighlights) items.push(`<li>and ${countText(all.length - mostHighlights)} more</li>`);
  return `<p><b>Worth knowing</b></p><ul>${items.join('')}</ul>\n\n`;
}

function footHtml({ started }: SessionState, { results, verdict }: EventOf<'session-ended'>): string {
  if (started === undefined) return '';
  const { sessionId, pattern, executable, trust } = started;
  const models = counted(results.flatMap(({ model }) => model ?? []));
  const facts: readonly (readonly [string, string])[] = [
    ['Verdict', verdict],
    ['Pattern', `${pattern}, ${countText(results.length)} ${results.length === 1 ? 'process' : 'processes'}`],
    ['Claude', withoutPath(executable)],
    ...(models === '' ? [] : [['Models', models] as const]),
    ['Trust', `${trust.level}: ${trust.why}`],
    ['Session', sessionId],
  ];
  const items = facts.map(([name, value]) => `<li>${name}: ${inlineHtml(value, longestLine)}</li>`).join('');
  return `<details><summary>How it was run</summary><ul>${items}</ul></details>\n`;
}

import type { ProcessResult } from '../model/result.ts';
import type { EventOf, SessionState } from '../model/session-state.ts';
import { withoutPath } from '../record/event-log.ts';
import { lastUnits } from '../text/cut-text.ts';
import { countText, durationText, someOf, tokensText } from '../text/format.ts';
import { escapeHtml } from '../text/html-text.ts';
import { oneLine, plainText, shortened } from '../text/plain-text.ts';
import { whatHappened, whatHappenedAndWhy } from './advice.ts';
import { concernsOf } from './concerns.ts';
import { highlights } from './highlights.ts';
import { processMoney, sessionMoney } from './money.ts';
import { reportFindings } from './report-findings.ts';

/** UTF-16 units of all outputs together: the page's script has the complete ones. */
const longestOutputs = 192 * 1024;
const longestLine = 2_000;
const longestName = 200;

/** The report without its script: on paper, where a host forbids scripts, and for previews in mail and chat. */
export function* staticReport(state: SessionState, ended: EventOf<'session-ended'>): Iterable<string> {
  yield head(state, ended);
  yield concernList(state);
  yield table(state, ended);
  yield highlightList(state);
  yield reportFindings(state);
  yield '<h2>Outputs</h2>\n';
  const most = Math.floor(longestOutputs / Math.max(1, ended.results.length));
  for (const [index, result] of ended.results.entries()) yield section(result, { index, most });
}

function head({ started }: SessionState, ended: EventOf<'session-ended'>): string {
  const facts =
    started === undefined
      ? []
      : [`pattern ${started.pattern}`, withoutPath(started.executable), `${started.trust.level}: ${started.trust.why}`];
  const offline =
    started?.offline === true
      ? '<p class="facts">Offline: every answer came from a stand-in, not from a model.</p>\n'
      : '';
  const title = started?.title === undefined ? '' : `${line(started.title)} · `;
  return `<p class="kicker">Claude Ensemble · ${title}session ${line(started?.sessionId ?? '')} · ${line(ended.at)}</p>
<h1 class="${ended.conclusion}">${line(ended.verdict)}</h1>
<p class="facts">${facts.map(line).join(' · ')}</p>
${offline}`;
}

function table(state: SessionState, { results, totals }: EventOf<'session-ended'>): string {
  const tokens = tokensText(totals);
  const sums = [durationText(totals.durationSeconds), sessionMoney(state), tokens].map(figure).join('');
  const heads = ['Duration', 'Cost', 'Tokens'].map((text) => `<th class="figure">${text}</th>`).join('');
  return `<h2>Processes</h2>
<div class="scroll"><table>
<thead><tr><th>Process</th><th>Status</th><th>Attempts</th>${heads}</tr></thead>
<tbody>
${results.map(row).join('\n')}
</tbody>
<tfoot><tr><td>Total</td><td>${countText(totals.succeeded)} of ${countText(totals.total)} succeeded</td><td></td>${sums}</tr></tfoot>
</table></div>
`;
}

function row(result: ProcessResult, index: number): string {
  const { status, attempts, duration, usage } = result;
  const figures = [
    attempts === 0 ? '' : durationText(duration),
    processMoney(result),
    usage === undefined ? '' : tokensText(usage),
  ];
  const name = `<a href="#process-${index}">${nameOf(result)}</a>`;
  return `<tr><td>${name}</td><td class="${status}">${line(whatHappened(result))}</td><td>${attempts}</td>${figures.map(figure).join('')}</tr>`;
}

function figure(text: string): string {
  return `<td class="figure">${text}</td>`;
}

/** Concerns by their cause, with the next step. */
function concernList({ ended }: SessionState): string {
  const items = concernsOf(ended?.results ?? []).map(({ whole, next, names }) => {
    const step = next === '' ? '' : ` → ${line(next.replaceAll('`', ''))}`;
    return `<li>${line(someOf(names))}: ${line(/[.…]$/u.test(whole) ? whole : `${whole}.`)}${step}</li>`;
  });
  return items.length === 0 ? '' : `<h2>What happened, and what to do</h2>\n<ul>\n${items.join('\n')}\n</ul>\n`;
}

function highlightList(state: SessionState): string {
  const items = highlights(state).map((highlight) => `<li>${line(highlight)}</li>`);
  return items.length === 0 ? '' : `<h2>Worth knowing</h2>\n<ul>\n${items.join('\n')}\n</ul>\n`;
}

function section(result: ProcessResult, { index, most }: { readonly index: number; readonly most: number }): string {
  const { status, attempts, message, stderr, output, outputTruncated, resumedFrom } = result;
  const isCut = output.length > most || outputTruncated === true;
  const parts = [
    ...(message === undefined ? [] : [labelled('What happened', whatHappenedAndWhy(result))]),
    ...(stderr.trim() === '' ? [] : [labelled('End of standard error', lastUnits(stderr, most))]),
    ...(output.trim() === '' ? [] : [labelled(isCut ? 'Output, its beginning' : 'Output', shortened(output, most))]),
    ...(attempts === 0 && resumedFrom === undefined ? ['<p class="label">It was never started.</p>'] : []),
    ...(isCut ? [`<p class="label">Cut. The whole is in outputs/${escapeHtml(result.processId)}.md.</p>`] : []),
  ];
  const open = status === 'succeeded' || attempts === 0 ? '' : ' open';
  const title = `${nameOf(result)}<span class="${status}">${line(whatHappened(result))}</span>`;
  return `<details id="process-${index}"${open}><summary>${title}</summary>\n${parts.join('\n')}\n</details>\n`;
}

function labelled(label: string, text: string): string {
  return `<p class="label">${label}</p>\n<pre>${escapeHtml(plainText(text).trim())}</pre>`;
}

function nameOf({ processId, name }: ProcessResult): string {
  return line(processId === name ? name : `${oneLine(name, longestName)} (${processId})`);
}

function line(text: string): string {
  return escapeHtml(oneLine(text, longestLine));
}

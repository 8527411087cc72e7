import { Buffer } from 'node:buffer';
import {
  agreementText,
  countsText,
  headingOf,
  missingTexts,
  positionText,
  reviewersText,
  severityMarks,
  severityWord,
  verdictOf,
} from '../findings/finding-words.ts';
import type { MergedFinding, SessionFindings } from '../model/finding.ts';
import type { SessionState } from '../model/session-state.ts';
import { countText } from '../text/format.ts';
import { codeHtml, inlineHtml } from '../text/html-text.ts';
import { oneLine } from '../text/plain-text.ts';

const longestPosition = 300;
const longestText = 1_000;
const longestLine = 500;

/** A console is read from its end: more lines than this would push the rest out of sight. */
const mostLines = 30;

/** The findings as lines for a console, the gravest first. */
export function findingsLines({ ended }: Pick<SessionState, 'ended'>): readonly string[] {
  const found = ended?.findings;
  if (found === undefined) return [];
  const open = found.findings.filter(({ refuted }) => !refuted);
  const lines = open.slice(0, mostLines).map((finding) => {
    const verdict = verdictOf(finding);
    const certainty = verdict === undefined ? '' : `; ${verdict.toLowerCase()}`;
    return `${severityWord(finding.severity)}: ${oneLine(positionText(finding), longestPosition)}: ${oneLine(finding.summary, longestLine)} (${agreementText(finding, found.answered)}${certainty})`;
  });
  const rest = open.length - lines.length;
  return [
    `findings: ${countsText(found)}; ${[reviewersText(found), ...missingTexts(found)].join('; ')}`,
    ...lines,
    ...(rest > 0 ? [`and ${countText(rest)} more findings: see findings.json`] : []),
  ];
}

/** The findings as a table of at most `room` bytes for the summary, the refuted ones folded; empty when no process was asked for findings. */
export function findingsHtml({ ended }: Pick<SessionState, 'ended'>, room: number): string {
  const found = ended?.findings;
  if (found === undefined) return '';
  const facts = [countsText(found), reviewersText(found), ...missingTexts(found)].join('; ');
  const head = `<p><b>Findings</b>: ${inlineHtml(facts, longestText)}</p>\n\n`;
  const open = found.findings.filter(({ refuted }) => !refuted);
  const refuted = found.findings.filter((finding) => finding.refuted);
  const first = tableHtml(open, found, room - Buffer.byteLength(head));
  const left = room - Buffer.byteLength(head + first) - foldBytes;
  const second = refuted.length === 0 ? '' : tableHtml(refuted, found, left);
  const fold =
    second === '' ? '' : `<details><summary>Refuted: ${countText(refuted.length)}</summary>\n\n${second}</details>\n\n`;
  return `${head}${first}${fold}`;
}

/** Bytes of the fold around the refuted findings. */
const foldBytes = 200;

const tableStart =
  '<table>\n<tr><th></th><th align="left">Where</th><th align="left">Finding</th><th align="left">Found by</th>' +
  '<th align="left">Verdict</th></tr>\n';
const tableEnd = '</table>\n\n';

function tableHtml(findings: readonly MergedFinding[], found: SessionFindings, room: number): string {
  if (findings.length === 0) return '';
  let left = room - Buffer.byteLength(tableStart + tableEnd) - foldBytes;
  const rows: string[] = [];
  for (const finding of findings) {
    const row = rowHtml(finding, found.answered);
    left -= Buffer.byteLength(row);
    if (left < 0) break;
    rows.push(row);
  }
  const rest = findings.length - rows.length;
  const note = rest === 0 ? '' : `<p>${countText(rest)} more: see findings.json.</p>\n\n`;
  return rows.length === 0 ? note : `${tableStart}${rows.join('')}${tableEnd}${note}`;
}

function rowHtml(finding: MergedFinding, answered: number): string {
  const { severity, agreement, reportedBy, checks, summary, failure_scenario: scenario } = finding;
  const heading = headingOf(finding, 120);
  const more = [summary === heading ? '' : summary, scenario].filter((text) => text.trim() !== '');
  const reasons = checks.flatMap(({ name, verdict, reason }) =>
    verdict === undefined ? [] : [`${oneLine(name, 60)}: ${verdict.toLowerCase()}: ${reason ?? ''}`],
  );
  const details = [...more, ...reasons].map((text) => `<p>${inlineHtml(text, longestText)}</p>`).join('');
  const names = reportedBy.map(({ name }) => oneLine(name, 60)).join(', ');
  const cells = [
    `${severityMarks[severity]} ${severityWord(severity)}`,
    codeHtml(oneLine(positionText(finding), longestPosition)),
    details === '' ? inlineHtml(heading, 120) : `<b>${inlineHtml(heading, 120)}</b>${details}`,
    `${agreement} of ${answered}: ${inlineHtml(names, 300)}`,
    verdictOf(finding)?.toLowerCase() ?? '',
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
}

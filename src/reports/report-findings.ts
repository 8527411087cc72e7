import {
  agreementText,
  countsText,
  missingTexts,
  positionText,
  reviewersText,
  severityMarks,
  severityWord,
  verdictOf,
} from '../findings/finding-words.ts';
import type { MergedFinding } from '../model/finding.ts';
import type { SessionState } from '../model/session-state.ts';
import { countText } from '../text/format.ts';
import { escapeHtml } from '../text/html-text.ts';
import { oneLine } from '../text/plain-text.ts';
import type { PageFinding, PageFindings } from './page/page-data.ts';

const longestText = 4_000;

/** The findings as a section of the report, the refuted ones folded; empty when no process was asked for findings. */
export function reportFindings({ ended }: Pick<SessionState, 'ended'>): string {
  const found = ended?.findings;
  if (found === undefined) return '';
  const facts = [countsText(found), reviewersText(found), ...missingTexts(found)].join('; ');
  const table = (findings: readonly MergedFinding[]): string =>
    findings.length === 0
      ? ''
      : `<div class="scroll"><table>\n<thead><tr><th>Severity</th><th>Where</th><th>Finding</th><th>Agreement</th><th>Verdict</th></tr></thead>\n<tbody>\n${findings.map((finding) => row(finding, found.answered)).join('')}</tbody>\n</table></div>\n`;
  const refuted = found.findings.filter((finding) => finding.refuted);
  const fold =
    refuted.length === 0
      ? ''
      : `<details><summary>Refuted: ${countText(refuted.length)}</summary>\n${table(refuted)}</details>\n`;
  return `<h2>Findings</h2>\n<p>${line(facts)}</p>\n${table(found.findings.filter((finding) => !finding.refuted))}${fold}`;
}

/** Findings that the page shows; the rest is in `findings.json`. */
const mostFindings = 1_000;

/** The findings as data of the page; undefined when no process was asked for findings. `rowOf` gives the rows of processes by their ids. */
export function pageFindings(
  { ended }: Pick<SessionState, 'ended'>,
  rowOf: ReadonlyMap<string, number>,
): PageFindings | undefined {
  const found = ended?.findings;
  if (found === undefined) return undefined;
  const rowsOf = (processes: MergedFinding['reportedBy']) =>
    processes.flatMap(({ processId }) => rowOf.get(processId) ?? []);
  const ordered = [
    ...found.findings.filter(({ refuted }) => !refuted),
    ...found.findings.filter(({ refuted }) => refuted),
  ];
  const list = ordered.slice(0, mostFindings).map((finding): PageFinding => {
    const { severity, summary, failure_scenario: scenario, wordings, agreement, reportedBy, refuted, checks } = finding;
    const verdict = verdictOf(finding)?.toLowerCase();
    const others = new Set(
      wordings.map((wording) => wording.summary).filter((text) => text !== summary && text.trim() !== ''),
    );
    return {
      ...{ severity, label: `${severityMarks[severity]} ${severityWord(severity)}` },
      where: oneLine(positionText(finding), longestText),
      heading: oneLine(summary, longestText),
      scenario: scenario.slice(0, longestText),
      wordings: [...others].map((text) => oneLine(text, longestText)),
      ...{ agreement: `found by ${agreement} of ${found.answered}`, reportedBy: rowsOf(reportedBy) },
      ...(verdict !== undefined && { verdict }),
      ...(refuted && { isRefuted: true }),
      checks: checks.flatMap((check) => {
        const [row] = rowsOf([check]);
        if (check.verdict === undefined || row === undefined) return [];
        return [{ row, verdict: check.verdict.toLowerCase(), reason: oneLine(check.reason ?? '', longestText) }];
      }),
    };
  });
  const facts = [countsText(found), reviewersText(found), ...missingTexts(found)];
  return { facts, list, leftOut: ordered.length - list.length };
}

function row(finding: MergedFinding, answered: number): string {
  const { severity, summary, failure_scenario: scenario, checks, wordings } = finding;
  const others = wordings.map((wording) => wording.summary).filter((text) => text !== summary);
  const reasons = checks.flatMap(({ name, verdict, reason = '' }) =>
    verdict === undefined ? [] : [`${name}: ${verdict.toLowerCase()}: ${reason}`],
  );
  const texts = [summary, scenario, ...new Set(others), ...reasons].filter((text) => text.trim() !== '');
  const cells = [
    `${severityMarks[severity]} ${severityWord(severity)}`,
    line(positionText(finding)),
    texts.map((text) => `<p>${line(text)}</p>`).join(''),
    line(agreementText(finding, answered)),
    verdictOf(finding)?.toLowerCase() ?? '',
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
}

function line(text: string): string {
  return escapeHtml(oneLine(text, longestText));
}

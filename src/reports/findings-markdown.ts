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
import type { FindingPlace, MergedFinding, SessionFindings } from '../model/finding.ts';
import { countText } from '../text/format.ts';
import { codeHtml, escapeHtml, inlineHtml } from '../text/html-text.ts';
import { markdownHtml } from '../text/markdown/html.ts';
import { parseMarkdown } from '../text/markdown/parse.ts';
import { oneLine, shortened } from '../text/plain-text.ts';

const longestHeading = 120;
/** Bytes of HTML of one text. */
const longestText = 4_000;
const longestReason = 1_500;
const mostReasons = 5;
/** A model writes short ones where it was asked to. */
const longestSummary = 20_000;
const longestPosition = 300;
const longestLine = 2_000;

/** Options of findings as Markdown. */
export interface FindingsMarkdownOptions {
  /** Address of a place, where there is one. */
  readonly linkOf?: (place: FindingPlace) => string | undefined;
  /** The most bytes of the text. */
  readonly limit: number;
  /** Name of the file with the findings that do not fit. */
  readonly restIn: string;
  /** Number of findings that people have put away: they are counted, and not among those given. */
  readonly putAway?: number;
  /** Findings that go under a heading of their own, with that heading. */
  readonly apart?: { readonly title: string; readonly isMeant: (finding: MergedFinding) => boolean };
}

/**
 * The findings as GitHub's Markdown: counts, who did not answer, the findings themselves with the refuted ones folded, and
 * nothing else. What a model wrote is HTML in which GitHub finds nothing to bring to life.
 */
export function findingsMarkdown(found: SessionFindings, options: FindingsMarkdownOptions): string {
  const { apart, putAway = 0 } = options;
  const away = putAway === 0 ? '' : ` · ${countText(putAway)} resolved or hidden, not shown`;
  const head = quiet(
    [
      `<p><b>${inlineHtml(countsText(found), longestLine)}</b> · ${inlineHtml(reviewersText(found), longestLine)}${away}</p>\n\n`,
      ...missingTexts(found).map((text) => `<p>${inlineHtml(text, longestLine)}</p>\n\n`),
    ].join(''),
  );
  const open = found.findings.filter(({ refuted }) => !refuted);
  const isApart = apart?.isMeant ?? (() => false);
  const sections: readonly Section[] = [
    { start: '', findings: open.filter((finding) => !isApart(finding)), end: '' },
    { start: `<p><b>${apart?.title}</b></p>\n\n`, findings: open.filter(isApart), end: '' },
    {
      start: `<details><summary>Refuted: ${countText(found.counts.refuted)}</summary>\n\n`,
      findings: found.findings.filter(({ refuted }) => refuted),
      end: '</details>\n\n',
    },
  ];
  return head + fitted(sections, found, { ...options, limit: options.limit - Buffer.byteLength(head) });
}

interface Section {
  readonly start: string;
  readonly findings: readonly MergedFinding[];
  readonly end: string;
}

/** Most bytes of the note about the rest. */
const noteBytes = 300;

/** The sections as far as there is room; whole findings are left out, the least grave first. */
function fitted(sections: readonly Section[], found: SessionFindings, options: FindingsMarkdownOptions): string {
  let left = options.limit - noteBytes;
  let leftOut = 0;
  const texts = sections.map(({ start, findings, end }) => {
    if (findings.length === 0) return '';
    left -= Buffer.byteLength(start + end);
    const kept: string[] = [];
    for (const finding of findings) {
      const text = findingMarkdown(finding, found, options);
      const bytes = Buffer.byteLength(text);
      if (left < bytes) break;
      left -= bytes;
      kept.push(text);
    }
    leftOut += findings.length - kept.length;
    return kept.length === 0 ? '' : start + kept.join('') + end;
  });
  const note = leftOut === 0 ? '' : `<p>${countText(leftOut)} more: see ${escapeHtml(options.restIn)}.</p>\n`;
  return texts.join('') + note;
}

/** One finding: its heading, where it is, who found it, what happens, and what its checks said. */
export function findingMarkdown(
  finding: MergedFinding,
  found: Pick<SessionFindings, 'answered'>,
  { linkOf }: Pick<FindingsMarkdownOptions, 'linkOf'>,
): string {
  const { severity, summary, failure_scenario: scenario, place, checks, category = '' } = finding;
  const heading = headingOf(finding, longestHeading);
  const position = codeHtml(oneLine(positionText(finding), longestPosition));
  const link = place === undefined ? undefined : linkOf?.(place);
  const facts = [
    link === undefined ? position : `<a href="${escapeHtml(link)}">${position}</a>`,
    ...(category.trim() === '' ? [] : [inlineHtml(category, longestHeading)]),
    inlineHtml(agreementText(finding, found.answered), longestLine),
    ...(verdictOf(finding) === undefined ? [] : [`${verdictOf(finding)}`.toLowerCase()]),
  ];
  const reasons = checks.flatMap(({ name, verdict, reason = '' }) =>
    verdict === undefined
      ? []
      : [`<p>${verdict.toLowerCase()} by ${inlineHtml(name, longestHeading)}:</p>\n${textHtml(reason, longestReason)}`],
  );
  const texts = [...(oneLine(summary, longestText) === heading ? [] : [summary]), scenario];
  return quiet(
    [
      `<p>${severityMarks[severity]} <b>${severityWord(severity)}</b>: ${inlineHtml(heading, longestHeading)}</p>\n<p>${facts.join(' · ')}</p>\n\n`,
      ...texts.map((text) => textHtml(text, longestText)),
      ...reasons.slice(0, mostReasons),
    ].join(''),
  );
}

/** Bots and workflows read the source of comments: `@` is escaped, so that it holds no mention. */
function quiet(html: string): string {
  return html.replaceAll('@', '&commat;');
}

/** Text of a model as HTML, with its paragraphs, lists and code, each element in one block. */
function textHtml(text: string, most: number): string {
  const { html } = markdownHtml(parseMarkdown(shortened(text, longestSummary)), { on: 'github', most });
  return html === '' ? '' : `${html}\n\n`;
}

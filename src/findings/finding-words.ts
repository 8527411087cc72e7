import type { CheckVerdict, MergedFinding, SessionFindings, Severity } from '../model/finding.ts';
import { causeText, statusText } from '../text/causes.ts';
import { countText, minuteText, plural, someOf } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';

const longestName = 60;

/** A severity as people read it, for one finding and for several. */
const words: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  important: ['important', 'important'],
  nit: ['nit', 'nits'],
  pre_existing: ['pre-existing', 'pre-existing'],
};

/** Mark of each severity. */
export const severityMarks: Readonly<Record<Severity, string>> = { important: '🔴', nit: '🟡', pre_existing: '🟣' };

/** A severity as people read it. */
export function severityWord(severity: Severity): string {
  return words[severity][0];
}

/** For example `3 important, 1 nit, 2 refuted`; where there are none, whether anybody looked. */
export function countsText({ counts, answered }: Pick<SessionFindings, 'counts' | 'answered'>): string {
  if (answered === 0) return 'no findings are known';
  const parts = (['important', 'nit', 'pre_existing'] as const).flatMap((severity) => {
    const count = counts[severity];
    return count === 0 ? [] : [`${countText(count)} ${words[severity][count === 1 ? 0 : 1]}`];
  });
  const open = parts.length === 0 ? ['no findings'] : parts;
  return [...open, ...(counts.refuted === 0 ? [] : [`${countText(counts.refuted)} refuted`])].join(', ');
}

/** For example `3 of 4 reviewers answered`. */
export function reviewersText({ reviewers, answered }: Pick<SessionFindings, 'reviewers' | 'answered'>): string {
  return `${answered} of ${reviewers} ${reviewers === 1 ? 'reviewer' : 'reviewers'} answered`;
}

/** Reviewers without an answer and why, those that never ran apart from those that did; and items that could not be read. */
export function missingTexts({
  missing,
  unreadable,
}: Pick<SessionFindings, 'missing' | 'unreadable'>): readonly string[] {
  const text = ({ name, status, reason, retryAt }: SessionFindings['missing'][number]): string => {
    const resets = retryAt === undefined ? '' : `, resets at ${minuteText(retryAt)}`;
    const why = reason === undefined ? statusText(status) : causeText(reason) || statusText(status);
    return `${oneLine(name, longestName)} (${why}${resets})`;
  };
  const skipped = missing.filter(({ status }) => status === 'skipped').map(text);
  const ran = missing.filter(({ status }) => status !== 'skipped' && status !== 'succeeded').map(text);
  const misread = missing.filter(({ status }) => status === 'succeeded').map(({ name }) => oneLine(name, longestName));
  return [
    ...(skipped.length === 0 ? [] : [`did not run: ${someOf(skipped)}`]),
    ...(ran.length === 0 ? [] : [`did not finish: ${someOf(ran)}`]),
    ...(misread.length === 0 ? [] : [`answered otherwise than json-schema asks: ${someOf(misread)}`]),
    ...(unreadable === 0
      ? []
      : [`left out: ${plural(unreadable, 'item that is no finding', 'items that are no findings')}`]),
  ];
}

/** The verdict on a finding: that of its checks, else the reported one. */
export function verdictOf({ refuted, checks, verdict }: MergedFinding): CheckVerdict | undefined {
  if (refuted) return 'REFUTED';
  const answers = checks.flatMap((check) => check.verdict ?? []);
  if (answers.includes('CONFIRMED')) return 'CONFIRMED';
  // Where it is not refuted although a check says so, that check was not given the gravest report.
  return answers.includes('PLAUSIBLE') ? 'PLAUSIBLE' : verdict;
}

/** The position of a finding as text: `src/a.ts:12`. */
export function positionText({ file, line, place }: MergedFinding): string {
  const at = place === undefined ? line : place.line;
  return `${place?.path ?? file}${at === undefined ? '' : `:${at}`}`;
}

/** The reviewers that found it: `found by 2 of 3: security, tests`. */
export function agreementText({ agreement, reportedBy }: MergedFinding, answered: number): string {
  return `found by ${agreement} of ${answered}: ${someOf(reportedBy.map(({ name }) => oneLine(name, longestName)))}`;
}

/** Its heading: the short summary, else the beginning of the summary. */
export function headingOf({ short_summary: heading = '', summary }: MergedFinding, longest: number): string {
  return oneLine(heading.trim() === '' ? summary : heading, longest);
}

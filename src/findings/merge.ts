import { createHash } from 'node:crypto';
import {
  type AttachedCheck,
  type Finding,
  type FindingProcess,
  type FindingSource,
  type MergedFinding,
  severities,
  type Wording,
} from '../model/finding.ts';
import { groupsOf } from './groups.ts';
import { type Comparable, comparable } from './same-finding.ts';

/**
 * Makes one finding of all reports of the same place and matter, the gravest first. Nothing is dropped: each wording is kept,
 * and each process that reported it is named. The result depends on what was reported, not on the order in which it came.
 */
export function mergeFindings(sources: readonly FindingSource[]): readonly MergedFinding[] {
  const names = new Map(sources.map(({ processId, name }) => [processId, name]));
  const reports = sources.flatMap(({ processId, findings }) => findings.map((finding) => reportOf(finding, processId)));
  const ordered = reports.toSorted((one, other) => compareTexts(one.text, other.text));
  return [...Map.groupBy(ordered, ({ wording }) => wording.file).values()]
    .flatMap(groupsOf)
    .map((group) =>
      mergedFinding(
        group.toSorted(clearestFirst).map(({ wording }) => wording),
        names,
      ),
    )
    .toSorted(gravestFirst);
}

/** A report as it is sorted and compared. */
interface Report extends Comparable {
  readonly wording: Wording;
  readonly text: string;
}

function reportOf(finding: Finding, processId: string): Report {
  const wording = { ...finding, processId };
  return { wording, text: canonicalText(wording), ...comparable(finding) };
}

/** Verdict of a process that was asked to check a finding. */
export interface CheckOfFinding extends AttachedCheck {
  /** `id` of the finding as it was when it was checked: reports of others may have joined it since. */
  readonly findingId: string;
}

/**
 * Attaches answers to the findings that they are about. One without a readable answer refutes nothing, and one that was given
 * before a graver report joined does not refute that.
 */
export function attachChecks(
  merged: readonly MergedFinding[],
  checks: readonly CheckOfFinding[],
): readonly MergedFinding[] {
  if (checks.length === 0) return merged;
  const byFinding = Map.groupBy(checks, ({ findingId }) => findingId);
  return merged.map((finding) => {
    const checked = finding.wordings.map(({ processId: _, ...report }) => ({
      isGravest: report.severity === finding.severity,
      own: byFinding.get(idOf(report)) ?? [],
    }));
    const own = [...new Set(checked.flatMap((each) => each.own))].map(({ findingId: _, ...check }) => check);
    const attached = [...finding.checks, ...own].toSorted((one, other) => compareTexts(one.processId, other.processId));
    const answered = attached.filter(({ verdict }) => verdict !== undefined);
    const isGravestChecked = checked.some(
      (each) => each.isGravest && each.own.some(({ verdict }) => verdict !== undefined),
    );
    const refuted = isGravestChecked && answered.every(({ verdict }) => verdict === 'REFUTED');
    return { ...finding, checks: attached, refuted };
  });
}

/** Identity of the finding that a report stands for. */
function idOf(report: Finding): string {
  return createHash('sha256').update(canonicalText(report)).digest('hex').slice(0, 16);
}

function mergedFinding(wordings: readonly Wording[], names: ReadonlyMap<string, string>): MergedFinding {
  const [{ processId: _, ...clearest } = {} as Wording] = wordings;
  const ids = [...new Set(wordings.map(({ processId }) => processId))].toSorted(compareTexts);
  const reportedBy: readonly FindingProcess[] = ids.map((id) => ({ processId: id, name: names.get(id) ?? id }));
  const isConfirmed = wordings.some(({ verdict }) => verdict === 'CONFIRMED');
  return {
    id: idOf(clearest),
    ...clearest,
    ...(isConfirmed && { verdict: 'CONFIRMED' as const }),
    agreement: reportedBy.length,
    reportedBy,
    wordings,
    checks: [],
    refuted: false,
  };
}

/** The order in which findings are shown. */
function gravestFirst(one: MergedFinding, other: MergedFinding): number {
  return (
    rankOf(one) - rankOf(other) ||
    other.agreement - one.agreement ||
    compareTexts(one.file, other.file) ||
    (one.line ?? 0) - (other.line ?? 0) ||
    compareTexts(one.id, other.id)
  );
}

/** The first one's words stand for the group: the gravest, then one that was confirmed. */
function clearestFirst(one: Report, other: Report): number {
  const doubt = ({ verdict }: Wording) => (verdict === 'CONFIRMED' ? 0 : 1);
  return (
    rankOf(one.wording) - rankOf(other.wording) ||
    doubt(one.wording) - doubt(other.wording) ||
    compareTexts(one.text, other.text)
  );
}

function rankOf({ severity }: Pick<MergedFinding, 'severity'>): number {
  return severities.indexOf(severity);
}

/** A canonical text of a finding, independent of the order of its keys. */
function canonicalText(finding: Partial<Wording>): string {
  return JSON.stringify(Object.entries(finding).toSorted(([one], [other]) => compareTexts(one, other)));
}

/** Compares by code units, so that the order is the same on every machine. */
function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

import type { FindingCounts, MergedFinding, MissingReviewer, SessionFindings } from '../model/finding.ts';
import type { ProcessResult } from '../model/result.ts';
import { rootsOf } from './finding-path.ts';
import { attachChecks, type CheckOfFinding, mergeFindings } from './merge.ts';
import { readFindingCheck, readFindings } from './parse.ts';

/** Key of the review, and the checkout. */
export interface FindingsOptions {
  /** Distinguishes this review from others of the same commit. */
  readonly key?: string;
  /** Absolute path: files below it are named relative to it. */
  readonly checkout?: string;
}

/**
 * What the processes of a session found, of its results in any order: one finding for all reports of the same matter, with
 * the checks that were made. Undefined when none of them was asked for findings.
 */
export function findingsOf(
  results: readonly ProcessResult[],
  { key = '', checkout }: FindingsOptions = {},
): SessionFindings | undefined {
  const asked = results.filter(({ answerKind }) => answerKind === 'findings');
  if (asked.length === 0) return undefined;
  const roots = checkout === undefined ? [] : rootsOf(checkout);
  const read = asked
    .filter(({ status }) => status === 'succeeded')
    .map(({ processId, name, structuredOutput }) => ({ processId, name, ...readFindings(structuredOutput, roots) }))
    .filter(({ isAnswer }) => isAnswer);
  const findings = attachChecks(mergeFindings(read), checksOf(results));
  return {
    key,
    counts: countsOf(findings),
    reviewers: asked.length,
    answered: read.length,
    missing: results.filter(isMissing).map(missingReviewer),
    unreadable: read.reduce((sum, { unreadable }) => sum + unreadable, 0),
    findings,
  };
}

function checksOf(results: readonly ProcessResult[]): readonly CheckOfFinding[] {
  return results.flatMap(({ processId, name, status, checkedFinding, structuredOutput }) => {
    if (checkedFinding === undefined) return [];
    const answer = status === 'succeeded' ? readFindingCheck(structuredOutput) : undefined;
    return [{ findingId: checkedFinding, processId, name, ...answer }];
  });
}

function isMissing(result: ProcessResult): boolean {
  const { answerKind, status, reason } = result;
  if (answerKind === undefined || reason === 'earlier-success') return false;
  return status !== 'succeeded' || isMisread(result);
}

/** Whether a process succeeded with an answer that is neither findings nor a verdict, though it was asked for one. */
export function isMisread({ answerKind, status, structuredOutput }: ProcessResult): boolean {
  if (status !== 'succeeded' || answerKind === undefined) return false;
  const isAnswer =
    answerKind === 'findings' ? readFindings(structuredOutput).isAnswer : readFindingCheck(structuredOutput);
  return !isAnswer;
}

function missingReviewer({ processId, name, status, reason, retryAt }: ProcessResult): MissingReviewer {
  return {
    ...{ processId, name, status },
    ...(reason !== undefined && { reason }),
    ...(retryAt !== undefined && { retryAt }),
  };
}

function countsOf(findings: readonly MergedFinding[]): FindingCounts {
  const counts = { important: 0, nit: 0, pre_existing: 0, refuted: 0 };
  for (const { refuted, severity } of findings) counts[refuted ? 'refuted' : severity] += 1;
  return counts;
}

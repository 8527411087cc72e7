import { findingsOf } from '../findings/session-findings.ts';
import type { EachNode } from '../model/graph.ts';
import type { ProcessResult } from '../model/result.ts';
import type { Item } from '../scheduler/expansion.ts';

/** The items of a list of findings: merged, the gravest first, so that each is checked once; undefined for any other list. */
export function findingItems(
  { path }: EachNode,
  written: readonly ProcessResult[],
  checkout: string,
): readonly Item[] | undefined {
  const isFindings = path.length === 1 && path[0] === 'findings';
  if (!isFindings || written.length === 0 || written.some(({ answerKind }) => answerKind !== 'findings'))
    return undefined;
  return findingsOf(written, { checkout })?.findings.map(({ checks: _checks, refuted: _refuted, ...finding }) => ({
    text: JSON.stringify(finding),
    checkedFinding: finding.id,
  }));
}

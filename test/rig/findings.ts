import { findingsOf } from '../../src/findings/session-findings.ts';
import type { Finding, SessionFindings } from '../../src/model/finding.ts';
import type { Ending, ProcessResult } from '../../src/model/result.ts';
import { processResult } from './results.ts';

/** A finding with nothing special about it. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    file: 'src/a.ts',
    line: 10,
    summary: 'The lock is never released',
    failure_scenario: 'A second call hangs',
    severity: 'nit',
    ...changes,
  };
}

/** A process that reported these findings. */
export function reviewer(id: string, ...findings: readonly Finding[]): ProcessResult {
  return processResult(id, { status: 'succeeded' }, { answerKind: 'findings', structuredOutput: { findings } });
}

/** A process that was asked for findings and gave none. */
export function missingReviewer(id: string, ending: Ending): ProcessResult {
  return processResult(id, ending, { answerKind: 'findings' });
}

/** A process that checked a finding. */
export function checker(id: string, checkedFinding: string, verdict: string): ProcessResult {
  const structuredOutput = { verdict, reason: `${id} has looked` };
  return processResult(id, { status: 'succeeded' }, { answerKind: 'finding-check', checkedFinding, structuredOutput });
}

/** The findings of results, each with its place. */
export function located(results: readonly ProcessResult[], key = 'key'): SessionFindings {
  const found = findingsOf(results, { key });
  if (found === undefined) throw new Error('no reviewer');
  const place = ({ file, line }: Finding) => ({
    path: file,
    ...(line !== undefined && { line, lineHash: `${line.toString(16)}:1` }),
  });
  return { ...found, findings: found.findings.map((each) => ({ ...each, place: place(each) })) };
}

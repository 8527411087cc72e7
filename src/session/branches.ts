import type { ProcessResult } from '../model/result.ts';
import { inBrackets, statusText } from '../text/causes.ts';
import { someOf } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';

/** More than this of one kind are counted, not named. */
const mostNames = 5;
const longestName = 60;

/**
 * The branches of a graph without a success, by how they ended: what ran and failed, and what did not run. For example
 * `"lint" ran and failed (no answer)` and `"report", "deploy" did not run (what it needs did not succeed)`.
 */
export function branchTexts(results: readonly ProcessResult[]): string[] {
  const byEnding = Map.groupBy(
    results.filter(({ status }) => status !== 'succeeded'),
    (result) =>
      `${endingText(result)}${inBrackets([result])}${result.continueOnError ? ', which continue-on-error allows' : ''}`,
  );
  return [...byEnding].map(([ending, group]) => `${someOf(group.map(quotedName), mostNames)} ${ending}`);
}

/** Name of a process, quoted and on one line. */
export function quotedName({ name }: Pick<ProcessResult, 'name'>): string {
  return `"${oneLine(name, longestName)}"`;
}

function endingText({ status, attempts }: ProcessResult): string {
  switch (status) {
    case 'succeeded':
      return 'succeeded';
    case 'skipped':
      return 'did not run';
    case 'failed':
    case 'timed-out':
    case 'cancelled': {
      const word = statusText(status);
      if (attempts === 0) return word;
      return status === 'cancelled' ? 'cancelled while running' : `ran and ${word}`;
    }
    default:
      return status satisfies never;
  }
}

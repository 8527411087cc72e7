import type { Pattern } from '../model/plan.ts';
import type { ProcessResult } from '../model/result.ts';

/** The one result whose text people and later steps most likely want; undefined where no result stands for all. */
export function mainOutput(pattern: Pattern, results: readonly ProcessResult[]): ProcessResult | undefined {
  if (results.length === 1) return results[0];
  switch (pattern) {
    case 'sequential':
      return results.findLast(({ status }) => status === 'succeeded');
    case 'fallback':
      return results.find(({ status }) => status === 'succeeded');
    case 'parallel':
    case 'batch':
      return undefined;
  }
}

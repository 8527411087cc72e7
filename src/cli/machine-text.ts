import type { SessionOutcome } from '../run-request.ts';

/** What a machine wants to know of a finished session. */
export function sessionSummary(outcome: SessionOutcome): object {
  const { conclusion, verdict, sessionId, directory: sessionDirectory, totals, warnings, results } = outcome;
  return { conclusion, verdict, sessionId, sessionDirectory, totals, warnings, results };
}

/** JSON for machines and people; the escape keeps GitHub's runner from obeying a command in it. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2).replaceAll('##[', '##\\u005b')}\n`;
}

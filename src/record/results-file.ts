import type { SessionState } from '../model/session-state.ts';

/** Raised when a reader of `results.json` would have to know of a change. */
export const resultsSchemaVersion = 1;

/**
 * The text of `results.json`, in parts: the session's facts, then the results in the order given. In parts, for all
 * results at once may be longer than a string can be.
 */
export function* resultsJson({ started, startedAt, ended, warnings }: SessionState): Iterable<string> {
  if (ended === undefined) return;
  const { results, conclusion, verdict, totals, at: endedAt } = ended;
  const session = {
    schemaVersion: resultsSchemaVersion,
    sessionId: started?.sessionId,
    pattern: started?.pattern,
    trust: started?.trust,
    offline: started?.offline,
    executable: started?.executable,
    startedAt,
    endedAt,
    conclusion,
    verdict,
    totals,
    warnings,
  };
  yield `${JSON.stringify(session, null, 2).slice(0, -2)},\n  "results": [`;
  for (const [index, result] of results.entries())
    yield `${index === 0 ? '' : ','}\n${indented(JSON.stringify(result, null, 2))}`;
  yield '\n  ]\n}\n';
}

function indented(json: string): string {
  return `    ${json.replaceAll('\n', '\n    ')}`;
}

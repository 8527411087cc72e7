import type { SessionState } from '../model/session-state.ts';

/** Version of `results.json`: raised when a reader would have to know of a change. */
const resultsSchemaVersion = 1;

/** Version of `findings.json`: raised when a reader would have to know of a change. */
const findingsSchemaVersion = 1;

/** The text of `results.json`: facts of the session, then the results in the order given; empty before its end. */
export function* resultsJson({ started, startedAt, ended, warnings }: SessionState): Iterable<string> {
  if (ended === undefined) return;
  const { results, conclusion, verdict, totals, at: endedAt } = ended;
  const head = {
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
  yield* jsonParts(head, 'results', results);
}

/** The text of `findings.json`; empty when no process was asked for findings. */
export function* findingsJson({ started, ended }: Pick<SessionState, 'started' | 'ended'>): Iterable<string> {
  if (ended?.findings === undefined) return;
  const { findings, ...counts } = ended.findings;
  const head = {
    schemaVersion: findingsSchemaVersion,
    sessionId: started?.sessionId,
    trust: started?.trust,
    ...counts,
  };
  yield* jsonParts(head, 'findings', findings);
}

/** JSON of an object with a list as its last member, in parts: all items at once may be longer than a string can be. */
function* jsonParts(head: object, name: string, items: readonly unknown[]): Iterable<string> {
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "${name}": [`;
  for (const [index, item] of items.entries())
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(item, null, 2).replaceAll('\n', '\n    ')}`;
  yield items.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

import type { SessionState } from '../model/session-state.ts';

/** Raised when a reader of `findings.json` would have to know of a change. */
export const findingsSchemaVersion = 1;

/** The text of `findings.json`, in parts; empty when no process was asked for findings. */
export function* findingsJson({ started, ended }: Pick<SessionState, 'started' | 'ended'>): Iterable<string> {
  if (ended?.findings === undefined) return;
  const { findings, ...facts } = ended.findings;
  const head = { schemaVersion: findingsSchemaVersion, sessionId: started?.sessionId, trust: started?.trust, ...facts };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "findings": [`;
  for (const [index, finding] of findings.entries())
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(finding, null, 2).replaceAll('\n', '\n    ')}`;
  yield findings.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

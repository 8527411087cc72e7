import { findingsSarif } from '../findings/sarif.ts';
import type { Sink } from '../model/event.ts';
import { sessionFiles } from '../model/session-files.ts';
import type { SessionState } from '../model/session-state.ts';
import { findingsJson, resultsJson } from '../record/result-files.ts';
import type { SessionDirectory } from '../record/session-directory.ts';
import { type ReportSources, reportHtml } from './report.ts';
import { renderSummary } from './summary.ts';
import type { ReadMessage } from './transcript.ts';

/** A document of the whole session: a function of the session's state and of its files, in parts. */
export type Document = readonly [
  name: string,
  textOf: (state: SessionState, sources: ReportSources) => Iterable<string> | AsyncIterable<string>,
];

const always: readonly Document[] = [
  [sessionFiles.results, resultsJson],
  [sessionFiles.summary, (state) => [renderSummary(state)]],
  [sessionFiles.report, reportHtml],
];

/** The documents of a session that has ended, the one that programs depend on first. */
export function documentsOf({ ended }: Pick<SessionState, 'ended'>): readonly Document[] {
  const { findings } = ended ?? {};
  if (findings === undefined) return always;
  return [
    ...always,
    [sessionFiles.findings, findingsJson],
    [sessionFiles.sarif, () => [`${JSON.stringify(findingsSarif(findings), null, 2)}\n`]],
  ];
}

/** Writes the documents when the session has ended, the results first. */
export function sessionDocuments(directory: SessionDirectory, state: SessionState, readMessage: ReadMessage): Sink {
  const sources: ReportSources = { read: (name) => directory.read(name), readMessage };
  return {
    name: 'session documents',
    async handle(event) {
      if (event.type !== 'session-ended') return;
      const [results, ...others] = documentsOf(state);
      const save = ([name, textOf]: Document) => directory.replacedFile({ name }).save(() => textOf(state, sources));
      if (results !== undefined) await save(results);
      await Promise.all(others.map(save));
    },
  };
}

import type { Sink } from '../model/event.ts';
import { sessionFiles } from '../model/session-files.ts';
import type { SessionState } from '../model/session-state.ts';
import { resultsJson } from '../record/results-file.ts';
import type { SessionDirectory } from '../record/session-directory.ts';
import { reportHtml } from './report.ts';
import { renderSummary } from './summary.ts';

/** What tells of the whole session, by its name: each is a function of what the session has come to, in parts. */
export const documents: readonly (readonly [name: string, (state: SessionState) => Iterable<string>])[] = [
  [sessionFiles.results, resultsJson],
  [sessionFiles.summary, (state) => [renderSummary(state)]],
  [sessionFiles.report, reportHtml],
];

/** Writes the documents when the session has ended, the results first: programs depend on them. */
export function sessionDocuments(directory: SessionDirectory, state: SessionState): Sink {
  const [results, ...others] = documents.map(([name, textOf]) => ({ file: directory.replacedFile({ name }), textOf }));
  return {
    name: 'session documents',
    async handle(event) {
      if (event.type !== 'session-ended') return;
      await results?.file.save(() => results.textOf(state));
      await Promise.all(others.map(({ file, textOf }) => file.save(() => textOf(state))));
    },
  };
}

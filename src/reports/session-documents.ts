import type { Sink } from '../model/event.ts';
import { sessionFiles } from '../model/session-files.ts';
import type { SessionState } from '../model/session-state.ts';
import { resultsJson } from '../record/results-file.ts';
import type { SessionDirectory } from '../record/session-directory.ts';
import { reportHtml } from './report.ts';
import { renderSummary } from './summary.ts';

/** What tells of the whole session, written when it has ended: `results.json`, `summary.md` and `report.html`. */
export function sessionDocuments(directory: SessionDirectory, state: SessionState): Sink {
  const results = directory.replacedFile({ name: sessionFiles.results });
  const summary = directory.replacedFile({ name: sessionFiles.summary });
  const report = directory.replacedFile({ name: sessionFiles.report });
  return {
    name: 'session documents',
    async handle(event) {
      if (event.type !== 'session-ended') return;
      await results.save(() => resultsJson(state));
      await Promise.all([summary.save(() => [renderSummary(state)]), report.save(() => reportHtml(state))]);
    },
  };
}

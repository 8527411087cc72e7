import type { Sink } from '../model/event.ts';
import { sessionFiles } from '../model/session-files.ts';
import { SessionRecord } from '../model/session-record.ts';
import { resultsJson } from '../record/results-file.ts';
import type { SessionDirectory } from '../record/session-directory.ts';
import { reportHtml } from './report.ts';
import { renderSummary } from './summary.ts';

/** What tells of the whole session, written when it has ended: `results.json`, `summary.md` and `report.html`. */
export function sessionDocuments(directory: SessionDirectory): Sink {
  const record = new SessionRecord();
  const results = directory.replacedFile({ name: sessionFiles.results });
  const summary = directory.replacedFile({ name: sessionFiles.summary });
  const report = directory.replacedFile({ name: sessionFiles.report });
  return {
    name: 'session documents',
    async handle(event) {
      record.take(event);
      if (event.type !== 'session-ended') return;
      await results.save(() => resultsJson(record));
      await Promise.all([summary.save(() => [renderSummary(record)]), report.save(() => reportHtml(record))]);
    },
  };
}

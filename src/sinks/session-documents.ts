import type { Sink } from '../core/event.ts';
import { sessionFiles } from '../core/session-files.ts';
import { reportHtml } from './report.ts';
import { resultsJson } from './results-file.ts';
import type { SessionDirectory } from './session-directory.ts';
import { SessionRecord } from './session-record.ts';
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

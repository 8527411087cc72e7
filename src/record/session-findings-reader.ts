import { realpath } from 'node:fs/promises';
import type { SessionFindings } from '../model/finding.ts';
import { sessionFiles } from '../model/session-files.ts';
import { boundedLines } from './bounded-lines.ts';
import { openLog } from './own-file.ts';
import { replay } from './replay.ts';

/**
 * The findings of the session in a directory, as its log of events tells, or in one line why there are none. It trusts no
 * word and no file there, and follows no link in it.
 */
export async function readSessionFindings(directory: string): Promise<SessionFindings | string> {
  const shown = JSON.stringify(directory);
  try {
    const root = await realpath(directory);
    await using log = await openLog(root);
    const { started, ended } = await replay(boundedLines(log.bytes), { directory: root });
    if (started === undefined) return `${shown}: ${sessionFiles.events} does not tell of a session.`;
    if (ended === undefined) return `${shown}: the session has not ended, so its findings are not merged.`;
    return ended.findings ?? `${shown}: no process of the session was asked for findings (json-schema: findings).`;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const cause = error instanceof Error ? error.message : String(error);
    return `${shown}: ${isMissing ? `there is no ${sessionFiles.events} of a session` : `${sessionFiles.events} cannot be read: ${cause}`}.`;
  }
}

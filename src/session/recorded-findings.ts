import { realpath } from 'node:fs/promises';
import { errorCode, errorMessage } from '../model/errors.ts';
import type { SessionFindings } from '../model/finding.ts';
import { sessionFiles } from '../model/session-files.ts';
import type { SessionState } from '../model/session-state.ts';
import { boundedLines } from '../record/bounded-lines.ts';
import { openLog } from '../record/own-file.ts';
import { replay } from '../record/replay.ts';
import { recoverSession } from './recovery.ts';

/** Findings of a session of which there is a record. */
export interface RecordedFindings {
  readonly found: SessionFindings;
  /** Otherwise it was killed, or it still runs. */
  readonly hasEnded: boolean;
}

/**
 * The findings of the session in a directory, read from its event log, or in one line why there are none. It trusts no
 * word and no file there, and follows no link in it. Those of a session that has not ended are looked for in the checkout.
 */
export async function readRecordedFindings(directory: string, checkout: string): Promise<RecordedFindings | string> {
  const shown = JSON.stringify(directory);
  const refuse = (cause: string): string => `${shown}: ${sessionFiles.events} ${cause}.`;
  try {
    const root = await realpath(directory);
    const state = await stateAt(root);
    if (state.started === undefined) return refuse('does not tell of a session');
    const hasEnded = state.ended !== undefined;
    const final = hasEnded ? state : await recoveredState({ directory: root, checkout });
    if (typeof final === 'string') return refuse(final);
    const found = final.ended?.findings;
    return found === undefined
      ? `${shown}: no process of the session was asked for findings (json-schema: findings).`
      : { found, hasEnded };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return `${shown}: there is no ${sessionFiles.events} of a session.`;
    if (code === 'ENOTDIR') return `${shown}: it is a file; a session is a directory.`;
    return refuse(`cannot be read: ${errorMessage(error)}`);
  }
}

async function stateAt(directory: string): Promise<SessionState> {
  await using log = await openLog(directory);
  return await replay(boundedLines(log.bytes), { directory });
}

async function recoveredState(places: {
  readonly directory: string;
  readonly checkout: string;
}): Promise<SessionState | string> {
  await using log = await openLog(places.directory);
  const recovery = await recoverSession(log.bytes, { ...places, holds: () => false });
  return recovery.kind === 'refused' ? recovery.cause : recovery.state;
}

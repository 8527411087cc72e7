import { createReadStream } from 'node:fs';
import { appendFile, lstat, open, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseMessage } from '../../agents/claude/messages.ts';
import type { StagedFiles } from '../../github/staged-files.ts';
import { errorMessage } from '../../model/errors.ts';
import { type Redactor, redactedBytes } from '../../model/redactor.ts';
import { sessionFiles } from '../../model/session-files.ts';
import type { SessionState } from '../../model/session-state.ts';
import { openLog } from '../../record/own-file.ts';
import { documentsOf } from '../../reports/session-documents.ts';
import { type Recovery, type RecoveryOptions, recoverSession, recoveryWarning } from '../../session/recovery.ts';

/** Copies of what a step left that was killed. */
export interface LeftFiles {
  /** The session's directory. */
  readonly directory: string;
  /** Private copies, proven and redacted. */
  readonly staged: StagedFiles;
  readonly redactor: Redactor;
  /** The log may be read where it lies: there is no key that anything could be proven with. */
  readonly unproven: boolean;
  /** Checkout and key of the findings. */
  readonly findings: Pick<RecoveryOptions, 'findingsKey' | 'checkout'>;
}

/** Recovers the session from its log. */
export async function recoverLeft(left: LeftFiles): Promise<Recovery> {
  const { directory, staged } = left;
  const isStaged = (name: string): boolean => staged.files.includes(join(staged.directory, name));
  const options = { sessionId: basename(directory), directory, holds: isStaged, ...left.findings };
  if (isStaged(sessionFiles.events))
    return recoverSession(createReadStream(join(staged.directory, sessionFiles.events)), options);
  if (!left.unproven) return { kind: 'refused', cause: 'is not what the step wrote' };
  try {
    await using log = await openLog(await realpath(directory));
    return await recoverSession(redactedBytes(log.bytes, left.redactor), options);
  } catch (error) {
    return { kind: 'refused', cause: `cannot be read: ${errorMessage(error)}` };
  }
}

/** Writes the documents that are missing, beside the copies and into the session's directory; gives the paths of the former. */
export async function writeMissingDocuments(
  { directory, staged }: Pick<LeftFiles, 'directory' | 'staged'>,
  state: SessionState,
): Promise<readonly string[]> {
  const missing = documentsOf(state).filter(([name]) => !staged.files.includes(join(staged.directory, name)));
  const written: string[] = [];
  const sources = { read: (name: string) => stagedBytes(staged, name), readMessage: parseMessage };
  for (const [name, textOf] of missing) {
    const path = join(staged.directory, name);
    await writeNew(path, textOf(state, sources));
    written.push(path);
    // A tool may have left something there, or a link: it stays, and what is uploaded is another file.
    if (await isDirectory(directory))
      await writeNew(join(directory, name), textOf(state, sources)).catch(() => undefined);
  }
  const log = join(staged.directory, sessionFiles.log);
  if (written.length > 0 && staged.files.includes(log))
    await appendFile(log, `${new Date().toISOString()} warning: ${recoveryWarning}\n`);
  return written;
}

async function* stagedBytes(staged: StagedFiles, name: string): AsyncGenerator<Uint8Array> {
  const path = join(staged.directory, name);
  if (staged.files.includes(path)) yield* createReadStream(path);
}

async function writeNew(path: string, parts: Iterable<string> | AsyncIterable<string>): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  for await (const part of parts) await file.appendFile(part);
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ledgerFile, type WrittenFile } from '../../model/session-files.ts';
import { readLedger } from '../../record/file-ledger.ts';

/** A session whose step is gone, and with it the record of what it wrote. */
export interface RemainingFilesOptions {
  /** The session's directory. */
  readonly directory: string;
  readonly key: Uint8Array;
  /** SHA-256 in hex of the whole ledger; absent when the step did not get so far. */
  readonly ledgerDigest?: string;
}

/** A ledger of a session of days is smaller. */
const largestLedger = 64 * 1024 * 1024;

/** The session's files that are proven to be ours: none when its ledger is gone or is another one. */
export async function remainingFiles(options: RemainingFilesOptions): Promise<readonly WrittenFile[]> {
  const { directory, key, ledgerDigest } = options;
  const ledger = await contentOf(join(directory, ledgerFile)).catch(() => undefined);
  if (ledger === undefined) return [];
  if (ledgerDigest !== undefined && createHash('sha256').update(ledger).digest('hex') !== ledgerDigest) return [];
  return readLedger(ledger.toString('latin1'), { sessionId: basename(directory), key });
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  // Windows knows only the first of the three, and `|` takes `undefined` for 0.
  await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const found = await file.stat();
  if (!found.isFile() || found.size > largestLedger) return undefined;
  const content = Buffer.alloc(found.size);
  const { bytesRead } = await file.read(content, 0, content.length, 0);
  return content.subarray(0, bytesRead);
}

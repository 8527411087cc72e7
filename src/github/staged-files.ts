import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { type Redactor, redactedBytes } from '../model/redactor.ts';
import type { WrittenFile } from '../model/session-files.ts';

/** Which files to stage, and where. */
export interface StageOptions {
  /** Files to copy. A file may have several states, as it grew: the largest one that can be proven is taken. */
  readonly files: readonly WrittenFile[];
  /** Redacts the copies once more. */
  readonly redactor?: Pick<Redactor, 'stream'>;
  /** The session's directory. */
  readonly directory: string;
  /** Absolute path of a directory that is emptied after the job. */
  readonly temporary: string;
  /** Ends the copying early: what is not copied by then is left out. */
  readonly stop: AbortSignal;
}

/** Copies of a session's files in a private directory, each proven to be what we wrote; gone when they are disposed of. */
export interface StagedFiles extends AsyncDisposable {
  readonly directory: string;
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Names of the files that could not be proven or copied. */
  readonly leftOut: readonly string[];
}

const chunkBytes = 1024 * 1024;

/**
 * Copies what we wrote, and no byte of others: a file is opened once, and its copy is compared with what was written to it. So
 * it does not matter what a tool puts into the files' place before, between or after.
 */
export async function stageFiles(options: StageOptions): Promise<StagedFiles> {
  const { files, directory, temporary, stop, redactor } = options;
  const staged = await mkdtemp(join(temporary, 'claude-ensemble-upload-'));
  const copied: string[] = [];
  const leftOut: string[] = [];
  for (const [name, states] of Map.groupBy(files, (file) => file.name)) {
    const copy = join(staged, name);
    const isProven = await copyProven(join(directory, name), copy, { states, stop }).catch(() => false);
    const isDone = isProven && (redactor === undefined || (await redact(copy, redactor).catch(() => false)));
    if (!isDone) await rm(copy, { force: true }).catch(() => undefined);
    if (isDone) copied.push(copy);
    else leftOut.push(name);
  }
  return {
    directory: staged,
    files: copied,
    leftOut,
    [Symbol.asyncDispose]: () => rm(staged, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined),
  };
}

interface Copying {
  /** Bytes that were written to the file. */
  readonly states: readonly WrittenFile[];
  readonly stop: AbortSignal;
}

async function copyProven(source: string, target: string, copying: Copying): Promise<boolean> {
  // Windows knows only the first of the three, and `|` takes `undefined` for 0.
  await using from = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const found = await from.stat();
  const isOwn = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isFile() || found.nlink !== 1 || !isOwn) return false;
  const states = copying.states
    .filter(({ size }) => size <= found.size)
    .toSorted((one, other) => one.size - other.size);
  if (states.length === 0) return false;
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await using to = await open(target, 'wx', 0o600);
  const proven = await copyBytes(from, to, { ...copying, states });
  if (proven === undefined) return false;
  await to.truncate(proven.size);
  return true;
}

/** Copies as many bytes as we wrote, and gives the last state that they match. */
async function copyBytes(
  from: FileHandle,
  to: FileHandle,
  { states, stop }: Copying,
): Promise<WrittenFile | undefined> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafeSlow(Math.min(chunkBytes, states.at(-1)?.size ?? 0));
  let at = 0;
  let proven: WrittenFile | undefined;
  for (const state of states) {
    while (at < state.size) {
      const { bytesRead } = await from.read(chunk, 0, Math.min(chunk.length, state.size - at), at);
      if (stop.aborted) return undefined;
      if (bytesRead === 0) return proven;
      const bytes = chunk.subarray(0, bytesRead);
      hash.update(bytes);
      await to.appendFile(bytes);
      at += bytesRead;
    }
    if (hash.copy().digest('hex') !== state.digest) return proven;
    proven = state;
  }
  return proven;
}

/** Replaces a copy by one that went through the redactor. */
async function redact(copy: string, redactor: Pick<Redactor, 'stream'>): Promise<true> {
  const target = `${copy}.redacted`;
  await using from = await open(copy);
  await using to = await open(target, 'wx', 0o600);
  const bytes = from.createReadStream({ autoClose: false, highWaterMark: chunkBytes });
  for await (const clean of redactedBytes(bytes, redactor)) await to.appendFile(clean);
  await rename(target, copy);
  return true;
}

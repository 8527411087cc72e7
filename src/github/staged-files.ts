import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { WrittenFile } from '../model/session-files.ts';

/** Which files to stage, and where. */
export interface StageOptions {
  readonly files: readonly WrittenFile[];
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
export async function stageFiles({ files, directory, temporary, stop }: StageOptions): Promise<StagedFiles> {
  const staged = await mkdtemp(join(temporary, 'claude-ensemble-upload-'));
  const copied: string[] = [];
  const leftOut: string[] = [];
  for (const file of files) {
    const copy = join(staged, file.name);
    const isProven = await copyProven(join(directory, file.name), copy, { file, stop }).catch(() => false);
    if (!isProven) await rm(copy, { force: true }).catch(() => undefined);
    if (isProven) copied.push(copy);
    else leftOut.push(file.name);
  }
  return {
    directory: staged,
    files: copied,
    leftOut,
    [Symbol.asyncDispose]: () => rm(staged, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined),
  };
}

interface Copying {
  readonly file: WrittenFile;
  readonly stop: AbortSignal;
}

async function copyProven(source: string, target: string, { file, stop }: Copying): Promise<boolean> {
  // Windows knows only the first of the three, and `|` takes `undefined` for 0.
  await using from = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const found = await from.stat();
  const isOwn = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isFile() || found.nlink !== 1 || !isOwn || found.size < file.size) return false;
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await using to = await open(target, 'wx', 0o600);
  return (await copyBytes(from, to, { file, stop })) === file.digest;
}

/** Copies as many bytes as we wrote, and gives their SHA-256. */
async function copyBytes(from: FileHandle, to: FileHandle, { file, stop }: Copying): Promise<string> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafeSlow(Math.min(chunkBytes, file.size));
  for (let at = 0; at < file.size && !stop.aborted; ) {
    const { bytesRead } = await from.read(chunk, 0, Math.min(chunk.length, file.size - at), at);
    if (bytesRead === 0) break;
    const bytes = chunk.subarray(0, bytesRead);
    hash.update(bytes);
    await to.appendFile(bytes);
    at += bytesRead;
  }
  return hash.digest('hex');
}

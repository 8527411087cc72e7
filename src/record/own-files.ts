import type { Hash } from 'node:crypto';
import { type BigIntStats, lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { WrittenFile } from '../model/session-files.ts';
import type { OwnBytes } from './append-file.ts';
import type { Identity } from './directory-guard.ts';
import type { FileOwner } from './write-faults.ts';

/** A file of the session: its name below the session's directory, and whose it is. */
export interface SessionFile extends FileOwner {
  readonly name: string;
}

/** Identity of a file that we made: one that others replaced or changed has another. */
export interface FileState extends Identity {
  /** When we left it: its inode may since have been given to another. Absent while we have it open. */
  readonly ctimeNs?: bigint;
  /** Others wrote to it: what it holds may be anything. */
  readonly foreign?: boolean;
  /** Bytes in it that are ours, when it was last given back. */
  readonly size?: number;
  /** SHA-256 of them; absent without a ledger. */
  readonly hash?: Hash;
}

/** A file that we made. */
export type OwnFile = SessionFile & FileState;

/** The files that a session made in its directory. */
export class OwnFiles {
  readonly #directory: string;
  readonly #made = new Map<string, OwnFile>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  get(name: string): OwnFile | undefined {
    return this.#made.get(name);
  }

  remember({ name, processId }: SessionFile, state: FileState): void {
    const { dev, ino, ctimeNs, foreign, size, hash } = state;
    this.#made.set(name, {
      ...{ name, dev, ino },
      ...(processId !== undefined && { processId }),
      ...(ctimeNs !== undefined && { ctimeNs }),
      ...(foreign === true && { foreign }),
      ...(size !== undefined && { size }),
      ...(hash !== undefined && { hash }),
    });
  }

  /** Takes a file of an earlier run of the session as it is. */
  adopt(file: SessionFile): void {
    const found = statsOf(join(this.#directory, file.name));
    if (found?.isFile() !== true) return;
    const { dev, ino, ctimeNs, size } = found;
    this.remember(file, { dev, ino, ctimeNs, size: Number(size) });
  }

  /** `intact`: those that others did not change, replace or remove. `changed`: the others. */
  sorted(): { readonly intact: readonly OwnFile[]; readonly changed: readonly OwnFile[] } {
    const intact: OwnFile[] = [];
    const changed: OwnFile[] = [];
    for (const file of this.#made.values()) (this.isIntact(file) ? intact : changed).push(file);
    return { intact, changed };
  }

  /** Claude may have replaced our file by a link, or by a file of its own. */
  isIntact(file: OwnFile): boolean {
    const found = this.#find(file);
    if (found === undefined || file.foreign === true) return false;
    return file.ctimeNs === undefined || found.ctimeNs === file.ctimeNs;
  }

  isInPlace(file: OwnFile): boolean {
    return this.#find(file) !== undefined;
  }

  #find({ name, dev, ino }: OwnFile): BigIntStats | undefined {
    const found = statsOf(join(this.#directory, name));
    return found?.isFile() === true && found.dev === dev && found.ino === ino ? found : undefined;
  }
}

/** Bytes written to a file so far. */
export function writtenFile(name: string, { size = 0, hash }: Partial<OwnBytes>): WrittenFile {
  return { name, size, digest: hash?.copy().digest('hex') ?? '' };
}

/** Undefined when nothing is there, or when it is out of reach: behind a link to itself, or without the right to look. */
function statsOf(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage } from '../model/errors.ts';

/** Windows knows only some of them, and `|` takes `undefined` for 0. */
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY, O_APPEND, O_TRUNC } = constants;

/** State of a command file since it was last asked for. */
export interface CommandFileState {
  /** Something else changed it. */
  readonly tampered: boolean;
  /** Why it does not hold what it should; absent when it does. */
  readonly fault?: string;
}

/**
 * A command file of the runner, and the content that it is to have. Every write ends with a comparison; nothing here throws,
 * whatever a tool has put in the file's place or taken from its directory.
 */
export class CommandFile {
  readonly #path: string;
  /** At the start of the step; absent when there was none. */
  readonly #original: Stats | undefined;
  #expected: Buffer;
  /** Bytes of it that were there at the start. */
  readonly #foundBytes: number;
  #tampered = false;
  #fault: string | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#original = attempt(() => lstatSync(path)).value;
    const isFile = this.#original?.isFile() === true;
    this.#expected = (isFile ? contentOf(path, this.#original?.size ?? 0) : undefined) ?? Buffer.alloc(0);
    this.#foundBytes = this.#expected.length;
  }

  append(text: string): void {
    const addition = Buffer.from(text);
    const isIntact = this.#check();
    this.#expected = Buffer.concat([this.#expected, addition]);
    if (isIntact) attempt(() => this.#write(O_APPEND, addition));
    if (!this.#holdsExpected()) this.#restore();
  }

  /** Replaces everything that was appended before. */
  replaceAppended(text: string): void {
    if (this.#expected.length === this.#foundBytes) {
      this.append(text);
      return;
    }
    this.#check();
    this.#expected = Buffer.concat([this.#expected.subarray(0, this.#foundBytes), Buffer.from(text)]);
    this.#restore();
  }

  /** Restores the file if it was changed; the state is that since the last call. */
  settle(): CommandFileState {
    const isIntact = this.#check();
    // A new file even so: a program that has the old one open, or a link to it, keeps the old one.
    if (isIntact && !this.#isAbsent()) attempt(() => this.#replace());
    if (!isIntact || !this.#holdsExpected()) this.#restore();
    const tampered = this.#tampered;
    const fault = this.#fault;
    this.#tampered = tampered && fault !== undefined;
    return { tampered, ...(fault !== undefined && { fault }) };
  }

  #check(): boolean {
    if (this.#holdsExpected()) return true;
    // Our own failed write, on a full disk, is no tampering.
    this.#tampered ||= this.#fault === undefined;
    return false;
  }

  /** As it was at the start, with nothing to hold. */
  #isAbsent(): boolean {
    if (this.#original !== undefined || this.#expected.length > 0) return false;
    return attempt(() => lstatSync(this.#path, { throwIfNoEntry: false }) === undefined).value === true;
  }

  #holdsExpected(): boolean {
    if (this.#isAbsent()) return true;
    return contentOf(this.#path, this.#expected.length)?.equals(this.#expected) === true;
  }

  #restore(): void {
    const ways = [
      () => this.#replace(),
      () => {
        this.#restoreDirectory();
        this.#replace();
      },
      () => this.#overwrite(),
    ];
    const faults: string[] = [];
    for (const way of ways) {
      const { fault } = attempt(way);
      if (this.#holdsExpected()) {
        this.#fault = undefined;
        return;
      }
      faults.push(fault ?? 'something else changes it all the time');
    }
    [this.#fault] = faults;
  }

  /** Atomic, and independent of what is in the file's place. */
  #replace(): void {
    const temporary = `${this.#path}.${randomUUID()}`;
    try {
      writeFileSync(temporary, this.#expected, { flag: 'wx' });
      this.#copyOwnership(temporary);
      this.#moveDirectoryAway();
      renameSync(temporary, this.#path);
    } catch (error) {
      attempt(() => rmSync(temporary, { force: true }));
      throw error;
    }
  }

  /** The runner may be another user than this step, as in a job's container. */
  #copyOwnership(path: string): void {
    const { mode, uid, gid } = this.#original ?? {};
    if (mode !== undefined) chmodSync(path, mode & 0o777);
    if (uid !== undefined && gid !== undefined) attempt(() => chownSync(path, uid, gid));
  }

  /** Not all directories can be removed by their owner, but all can be renamed. */
  #moveDirectoryAway(): void {
    if (lstatSync(this.#path, { throwIfNoEntry: false })?.isDirectory() !== true) return;
    const aside = `${this.#path}.${randomUUID()}`;
    renameSync(this.#path, aside);
    attempt(() => rmSync(aside, { recursive: true, force: true }));
  }

  #restoreDirectory(): void {
    // Where there was none at the start, none is made.
    if (this.#original !== undefined) makeUsable(dirname(this.#path));
  }

  /** Where the directory is another user's: the file itself may be ours to write. */
  #overwrite(): void {
    attempt(() => chmodSync(this.#path, 0o600 | (this.#original?.mode ?? 0)));
    this.#write(O_TRUNC, this.#expected);
  }

  #write(flag: number, content: Buffer): void {
    const file = openSync(this.#path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | (flag & O_APPEND));
    try {
      const found = fstatSync(file);
      if (!found.isFile() || found.nlink !== 1) throw new Error('something else is in its place');
      if (flag === O_TRUNC) ftruncateSync(file);
      writeFileSync(file, content);
    } finally {
      closeSync(file);
    }
  }
}

/** Undefined for anything but a regular file of that size with one link: reading a pipe or an endless file would not end. */
function contentOf(path: string, size: number): Buffer | undefined {
  return attempt(() => {
    const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const found = fstatSync(file);
      if (!found.isFile() || found.nlink !== 1 || found.size !== size) return undefined;
      const content = Buffer.alloc(size + 1);
      let length = 0;
      for (let read = -1; read !== 0 && length < content.length; length += read)
        read = readSync(file, content, length, content.length - length, length);
      return content.subarray(0, length);
    } finally {
      closeSync(file);
    }
  }).value;
}

/** Makes a directory one that we can write in again, and those above it one that we can enter, as far as they are ours. */
function makeUsable(directory: string): void {
  const isRoot = directory === dirname(directory);
  if (!isRoot && !isDirectory(directory)) {
    makeUsable(dirname(directory));
    // A file, or a link that leads nowhere.
    if (!isDirectory(directory)) rmSync(directory, { force: true });
    mkdirSync(directory, { recursive: true });
  }
  const { mode } = statSync(directory);
  if ((mode & 0o700) !== 0o700) chmodSync(directory, mode | 0o700);
}

function isDirectory(path: string): boolean {
  return attempt(() => statSync(path).isDirectory()).value === true;
}

function attempt<T>(action: () => T): { readonly value?: T; readonly fault?: string } {
  try {
    return { value: action() };
  } catch (error) {
    return { fault: errorMessage(error) };
  }
}

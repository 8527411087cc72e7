import { type BigIntStats, constants, existsSync, lstatSync } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppendFile } from './append-file.ts';
import { DirectoryGuard, type Identity } from './directory-guard.ts';
import { codeOf, makeDirectories, ownerOnlyDirectory } from './make-directories.ts';
import { type Content, ReplacedFile } from './replaced-file.ts';
import { type FileOwner, WriteFaults } from './write-faults.ts';

/** Where a session keeps its files. */
export interface SessionDirectoryOptions {
  /** Absolute; made when it is missing. */
  readonly base: string;
  readonly sessionId: string;
  /** Directories that are never made on the way to the base: where processes work is for the user to make. */
  readonly neverMade?: readonly string[];
  /** Told once, when a file cannot be written. */
  readonly warn: (message: string) => void;
  /** Files of earlier runs of this session, which are its own as well; absent for a new session. */
  readonly earlier?: readonly SessionFile[];
}

/** A file of the session: its name below the session's directory, and whose it is. */
export interface SessionFile extends FileOwner {
  readonly name: string;
}

/** A file that we made, and what tells it from one that others put in its place, or changed. */
interface Made extends SessionFile, Identity {
  /** When we left it: its inode may since have been given to another. Absent while we have it open. */
  readonly ctimeNs?: bigint;
  /** Others wrote to it: what it holds may be anything. */
  readonly foreign?: boolean;
  /** Bytes in it that are ours, when it was last given back. */
  readonly size?: number;
}

const ownerOnlyFile = 0o600;
const outputsDirectory = 'outputs';
/** Ids are checked where they come in; this holds even when that check fails. */
const legalName = /^(?:outputs\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/u;
/** Windows has no such flag; there it is best effort. */
const noFollow = constants.O_NOFOLLOW ?? 0;

/**
 * The session's directory. Makes files that only their owner can read, follows no symbolic link, knows which files it
 * made, and turns every failure to write into one warning. When the directory cannot be made at all, nothing is kept.
 */
export class SessionDirectory {
  readonly sessionId: string;
  /** Absolute. */
  readonly path: string;
  readonly #faults: WriteFaults;
  readonly #made = new Map<string, Made>();
  readonly #guard = new DirectoryGuard();
  #usable = true;
  #temporaryFiles = 0;

  private constructor({ base, sessionId, warn }: SessionDirectoryOptions) {
    this.sessionId = sessionId;
    this.path = join(base, sessionId);
    this.#faults = new WriteFaults(warn);
  }

  /** Makes the directory; never rejects. */
  static async open(options: SessionDirectoryOptions): Promise<SessionDirectory> {
    const directory = new SessionDirectory(options);
    await directory.#make(options).catch((error: unknown) => directory.#giveUp(error));
    return directory;
  }

  /** A file to append to. */
  appendFile(file: SessionFile): AppendFile {
    return new AppendFile({
      open: () => this.#withRights(() => this.#openToAppend(file)),
      release: (handle, size) => this.#release(file, handle, size),
      onFault: (error) => this.#report(error, file),
    });
  }

  /** A file to be replaced as a whole, so that a reader always sees one version of it. */
  replacedFile(file: SessionFile): ReplacedFile {
    return new ReplacedFile((content) =>
      this.#withRights(() => this.#replace(file, content)).catch((error: unknown) => this.#report(error, file)),
    );
  }

  /** Absolute paths of the files that we made and that are still ours: what may be uploaded, nothing else. */
  files(): readonly string[] {
    this.#guard.fault();
    return [...this.#made.values()].filter((file) => this.#isStillOurs(file)).map(({ name }) => join(this.path, name));
  }

  /** Whether we made this file, and it is still ours. */
  holds(name: string): boolean {
    this.#guard.fault();
    const made = this.#made.get(name);
    return made !== undefined && this.#isStillOurs(made);
  }

  /** Names of the files that we made and that others have changed, replaced or removed: none of them is handed out. */
  changedByOthers(): readonly string[] {
    const fault = this.#usable ? this.#guard.fault() : undefined;
    // What is lost with its directory is said once, with the directory.
    if (fault !== undefined) {
      this.#faults.report(fault, { what: `the directory ${this.path}` });
      return [];
    }
    return [...this.#made.values()].filter((file) => !this.#isStillOurs(file)).map(({ name }) => name);
  }

  /** Nothing more is written, for the disk hangs; whoever found that out has told of it. */
  abandon(): void {
    this.#usable = false;
  }

  /** Whether a log of this process is missing something. */
  incomplete(processId: string): boolean {
    return !this.#usable || this.#faults.touched(processId);
  }

  /** Claude may have put a link, or a file of its own, in the place of ours. */
  #isStillOurs(made: Made): boolean {
    const found = this.#inPlace(made);
    if (found === undefined || made.foreign === true) return false;
    return made.ctimeNs === undefined || found.ctimeNs === made.ctimeNs;
  }

  #inPlace({ name, dev, ino }: Made): BigIntStats | undefined {
    const found = statsOf(join(this.path, name));
    return found?.isFile() === true && found.dev === dev && found.ino === ino ? found : undefined;
  }

  /** Once more with the rights that we had: a tool may take them at any moment. */
  #withRights<T>(action: () => Promise<T>): Promise<T> {
    return action().catch((error: unknown) => {
      if (codeOf(error) !== 'EACCES' || this.#guard.fault() !== undefined) throw error;
      return action();
    });
  }

  #giveUp(error: unknown): void {
    this.#usable = false;
    this.#faults.report(error, { what: `the directory ${this.path}` });
  }

  #report(error: unknown, { name, processId }: SessionFile): void {
    if (this.#usable)
      this.#faults.report(error, { what: join(this.path, name), ...(processId === undefined ? {} : { processId }) });
  }

  async #make({ base, earlier, neverMade }: SessionDirectoryOptions): Promise<void> {
    await makeDirectories(base, neverMade);
    await demandDirectory(base);
    if (earlier === undefined) {
      await mkdir(this.path, { mode: ownerOnlyDirectory });
      await mkdir(join(this.path, outputsDirectory), { mode: ownerOnlyDirectory });
    }
    for (const path of [base, this.path, join(this.path, outputsDirectory)]) {
      await demandDirectory(path);
      this.#guard.take(path);
    }
    for (const file of earlier ?? []) this.#adopt(file);
    // In the top of a checkout it would hide the whole checkout from git.
    await makeIgnoreFile(existsSync(join(base, '.git')) ? this.path : base);
  }

  #adopt(file: SessionFile): void {
    const found = statsOf(join(this.path, file.name));
    if (found?.isFile() !== true) return;
    const { dev, ino, ctimeNs, size } = found;
    this.#remember(file, { dev, ino, ctimeNs, size: Number(size) });
  }

  async #openToAppend(file: SessionFile): Promise<{ readonly handle: FileHandle; readonly size: number }> {
    const path = this.#pathOf(file);
    const made = this.#made.get(file.name);
    if (made !== undefined && (made.processId !== file.processId || this.#inPlace(made) === undefined)) {
      throw new Error('another file is in its place');
    }
    const foreign = made !== undefined && !this.#isStillOurs(made);
    const handle = await (made === undefined ? openNew(path) : openAgain(path));
    const { dev, ino } = await handle.stat({ bigint: true });
    // Not what it holds by now: others may already have written to it.
    const size = made?.size ?? 0;
    this.#remember(file, { dev, ino, foreign, size });
    return { handle, size };
  }

  async #release(file: SessionFile, handle: FileHandle, size: number): Promise<void> {
    await using released = handle;
    const { dev, ino, ctimeNs, size: found } = await released.stat({ bigint: true });
    const foreign = this.#made.get(file.name)?.foreign === true || found !== BigInt(size);
    this.#remember(file, { dev, ino, ctimeNs, foreign, size });
  }

  async #replace(file: SessionFile, content: Content): Promise<void> {
    const path = this.#pathOf(file);
    this.#temporaryFiles += 1;
    const temporary = join(this.path, `.${this.#temporaryFiles}.tmp`);
    try {
      await using handle = await openNew(temporary);
      for (const part of content()) await handle.appendFile(part);
      this.#guard.demandAll();
      await rename(temporary, path);
      const { dev, ino, ctimeNs } = await handle.stat({ bigint: true });
      this.#remember(file, { dev, ino, ctimeNs });
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  #remember({ name, processId }: SessionFile, { dev, ino, ctimeNs, foreign, size }: Omit<Made, 'name'>): void {
    this.#made.set(name, {
      name,
      ...(processId !== undefined && { processId }),
      dev,
      ino,
      ...(ctimeNs !== undefined && { ctimeNs }),
      ...(foreign === true && { foreign }),
      ...(size !== undefined && { size }),
    });
  }

  #pathOf({ name }: SessionFile): string {
    if (!this.#usable) throw new Error('there is no directory to write to');
    if (!legalName.test(name)) throw new Error(`${JSON.stringify(name)} is no name for a log`);
    this.#guard.demandAll();
    return join(this.path, name);
  }
}

/** Undefined when nothing is there, or when it is out of reach: behind a link to itself, or without the right to look. */
function statsOf(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

async function demandDirectory(path: string): Promise<void> {
  if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is a symbolic link`);
}

/** Leaves an existing one as it is: it is the user's, or that of a session that starts at the same moment. */
async function makeIgnoreFile(directory: string): Promise<void> {
  try {
    await using handle = await openNew(join(directory, '.gitignore'));
    await handle.writeFile('*\n');
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function openAgain(path: string): Promise<FileHandle> {
  return open(path, constants.O_WRONLY | constants.O_APPEND | noFollow);
}

function openNew(path: string): Promise<FileHandle> {
  return open(
    path,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND | noFollow,
    ownerOnlyFile,
  );
}

import { createHash } from 'node:crypto';
import { constants, existsSync, realpathSync } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../model/errors.ts';
import { ledgerFile, sessionFiles, type WrittenFile, type WrittenSession } from '../model/session-files.ts';
import { AppendFile, type OwnBytes } from './append-file.ts';
import { type Ceiling, withinCeiling } from './ceiling.ts';
import { DirectoryGuard } from './directory-guard.ts';
import { FileLedger } from './file-ledger.ts';
import { gathered } from './gathered.ts';
import { makeDirectories, ownerOnlyDirectory } from './make-directories.ts';
import { openOwnFile } from './own-file.ts';
import { OwnFiles, type SessionFile, writtenFile } from './own-files.ts';
import { renameOver } from './rename-over.ts';
import { type Content, ReplacedFile } from './replaced-file.ts';
import { WriteFaults } from './write-faults.ts';

/** Options of a session's directory. */
export interface SessionDirectoryOptions {
  /** Absolute; made when it is missing. */
  readonly base: string;
  readonly sessionId: string;
  /** Directories that are never made on the way to the base: where processes work is for the user to make. */
  readonly neverMade?: readonly string[];
  /** The most that a file of one process may hold; absent means no limit. */
  readonly maxFileBytes?: number;
  /** Called once when a file cannot be written, and once for each process whose files reach that limit. */
  readonly warn: (message: string) => void;
  /** Key of a ledger of all that is written, beside the files; absent where none is needed. */
  readonly ledgerKey?: Uint8Array;
  /** Files of earlier runs of this session, which are its own as well; absent for a new session. */
  readonly earlier?: readonly SessionFile[];
}

export type { SessionFile };

const ownerOnlyFile = 0o600;
const outputsDirectory = 'outputs';
/** Most tries to open a file when permissions are missing: three directories can lose theirs one after the other. */
const mostTries = 4;

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
  readonly #own: OwnFiles;
  readonly #guard = new DirectoryGuard();
  readonly #ledger: FileLedger | undefined;
  readonly #ledgerFile: AppendFile;
  readonly #maxFileBytes: number | undefined;
  #usable = true;
  #temporaryFiles = 0;
  /** Files that are being replaced; none of these rejects. */
  readonly #replacing = new Set<Promise<void>>();

  private constructor({ base, sessionId, warn, maxFileBytes, ledgerKey }: SessionDirectoryOptions) {
    this.#maxFileBytes = maxFileBytes;
    this.sessionId = sessionId;
    this.path = join(base, sessionId);
    this.#faults = new WriteFaults(warn);
    this.#own = new OwnFiles(this.path);
    this.#ledgerFile = new AppendFile({
      open: async () => ({ handle: await openNew(join(this.path, ledgerFile)), size: 0 }),
      release: (handle) => handle.close(),
      // Without it nothing can be proven later: nothing is uploaded then.
      onFault: () => undefined,
    });
    if (ledgerKey === undefined) return;
    this.#ledger = new FileLedger({ sessionId, key: ledgerKey }, (line) => void this.#ledgerFile.append(line));
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
      release: (handle, own) => this.#release(file, handle, own),
      onWritten: (own) => this.#note(file.name, () => writtenFile(file.name, own())),
      onFault: (error) => this.#report(error, file),
      ...this.#ceilingOf(file),
    });
  }

  /** Recovery after a kill has no more of the log of events than the ledger knows: each line counts. */
  #note(name: string, current: () => WrittenFile): void {
    if (name === sessionFiles.events) this.#ledger?.record(current());
    else this.#ledger?.progress(name, current);
  }

  #ceilingOf({ processId }: SessionFile): { readonly ceiling?: Ceiling } {
    const bytes = this.#maxFileBytes;
    if (processId === undefined || bytes === undefined) return {};
    return { ceiling: { bytes, onReached: () => this.#faults.reachedCeiling(processId, bytes) } };
  }

  /** A file to be replaced as a whole, so that a reader always sees one version of it. */
  replacedFile(file: SessionFile): ReplacedFile {
    return new ReplacedFile((content) => {
      const write = this.#withRights(() => this.#replace(file, content))
        .catch((error: unknown) => this.#report(error, file))
        .finally(() => this.#replacing.delete(write));
      this.#replacing.add(write);
      return write;
    });
  }

  /** Absolute paths of the files that we made and that are still ours: what may be uploaded, nothing else. */
  files(): readonly string[] {
    this.#guard.fault();
    return this.#own.sorted().intact.map(({ name }) => join(this.path, name));
  }

  /** Everything that was written; undefined without a ledger. */
  written(): WrittenSession | undefined {
    if (this.#ledger === undefined) return undefined;
    const files = this.#own.sorted().intact.map((file) => writtenFile(file.name, file));
    return { files, ledgerDigest: this.#ledger.digest };
  }

  /** Gives back the descriptor of the ledger; nothing may be written after that. */
  closeLedger(): Promise<void> {
    this.#ledger?.close();
    return this.#ledgerFile.close();
  }

  /** Whether we made this file, and it is still ours. */
  holds(name: string): boolean {
    this.#guard.fault();
    const made = this.#own.get(name);
    return made !== undefined && this.#own.isIntact(made);
  }

  /** The bytes of a file of ours that others have not touched; none otherwise. */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const made = this.#own.get(name);
    if (made === undefined || !this.holds(name)) return;
    try {
      await using file = await openOwnFile(join(realpathSync.native(this.path), name), Number.POSITIVE_INFINITY);
      const { dev, ino } = file.state;
      if (dev === made.dev && ino === made.ino) yield* file.handle.createReadStream({ autoClose: false });
    } catch {
      // It went, or its rights did: what is made of it is poorer, and no more.
    }
  }

  /** Names of the files that we made and that others have changed, replaced or removed: none of them is handed out. */
  async changedByOthers(): Promise<readonly string[]> {
    // A file that is just being replaced is not the one that we know.
    while (this.#replacing.size > 0) await Promise.all(this.#replacing);
    const fault = this.#usable ? this.#guard.fault() : undefined;
    // What is lost with its directory is said once, with the directory.
    if (fault !== undefined) {
      this.#faults.report(fault, { what: `the directory ${this.path}` });
      return [];
    }
    const names = this.#own.sorted().changed.map(({ name }) => name);
    for (const name of names) this.#ledger?.withdraw(name);
    return names;
  }

  /** Writes nothing more: the disk hangs, which has been reported. */
  abandon(): void {
    this.#usable = false;
  }

  /** Whether a log of this process is missing something. */
  incomplete(processId: string): boolean {
    return !this.#usable || this.#faults.touched(processId);
  }

  /** Again with the rights that we had: a tool may take them at any moment, of one directory after the other. */
  async #withRights<T>(action: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await action();
      } catch (error) {
        if (errorCode(error) !== 'EACCES' || tries === mostTries || this.#guard.fault() !== undefined) throw error;
      }
    }
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
    for (const file of earlier ?? []) this.#own.adopt(file);
    // In the top of a checkout it would hide the whole checkout from git.
    await makeIgnoreFile(existsSync(join(base, '.git')) ? this.path : base);
  }

  async #openToAppend(file: SessionFile): Promise<OwnBytes & { readonly handle: FileHandle }> {
    const path = this.#pathOf(file);
    const made = this.#own.get(file.name);
    if (made !== undefined && (made.processId !== file.processId || !this.#own.isInPlace(made))) {
      throw new Error('another file is in its place');
    }
    const foreign = made !== undefined && !this.#own.isIntact(made);
    const handle = await (made === undefined ? openNew(path) : openAgain(path));
    const { dev, ino } = await handle.stat({ bigint: true });
    // Not what it holds by now: others may already have written to it.
    const size = made?.size ?? 0;
    const hash = made?.hash ?? (this.#ledger && createHash('sha256'));
    const own = { size, ...(hash !== undefined && { hash }) };
    this.#own.remember(file, { dev, ino, foreign, ...own });
    return { handle, ...own };
  }

  async #release(file: SessionFile, handle: FileHandle, own: OwnBytes): Promise<void> {
    await using released = handle;
    const { dev, ino, ctimeNs, size } = await released.stat({ bigint: true });
    const foreign = this.#own.get(file.name)?.foreign === true || size !== BigInt(own.size);
    this.#own.remember(file, { dev, ino, ctimeNs, foreign, ...own });
    if (!foreign) this.#ledger?.record(writtenFile(file.name, own));
  }

  async #replace(file: SessionFile, content: Content): Promise<void> {
    const path = this.#pathOf(file);
    this.#temporaryFiles += 1;
    const temporary = join(this.path, `.${this.#temporaryFiles}.tmp`);
    try {
      await using handle = await openNew(temporary);
      const hash = this.#ledger && createHash('sha256');
      for await (const part of gathered(withinCeiling(this.#ceilingOf(file).ceiling, content()))) {
        await handle.appendFile(part);
        hash?.update(part);
      }
      this.#guard.demandAll();
      await renameOver(temporary, path);
      const { dev, ino, ctimeNs, size: bytes } = await handle.stat({ bigint: true });
      const own = { size: Number(bytes), ...(hash !== undefined && { hash }) };
      this.#own.remember(file, { dev, ino, ctimeNs, ...own });
      this.#ledger?.record(writtenFile(file.name, own));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  #pathOf({ name }: SessionFile): string {
    if (!this.#usable) throw new Error('there is no directory to write to');
    if (!legalName.test(name)) throw new Error(`${JSON.stringify(name)} is no name for a log`);
    this.#guard.demandAll();
    return join(this.path, name);
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
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function openAgain(path: string): Promise<FileHandle> {
  return open(path, constants.O_WRONLY | constants.O_APPEND | noFollow);
}

/** For appending; one that exists, be it a link, is refused. */
function openNew(path: string): Promise<FileHandle> {
  return open(path, 'ax', ownerOnlyFile);
}

import { Buffer } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type Ceiling, wholeLines } from './ceiling.ts';

/** The bytes of a file that are ours. */
export interface OwnBytes {
  readonly size: number;
  /** SHA-256 of them so far; absent without a ledger. */
  readonly hash?: Hash;
}

/** File access of an `AppendFile`. */
export interface AppendFileOptions {
  /** Gives the file, and what of it is ours. */
  open(): Promise<OwnBytes & { readonly handle: FileHandle }>;
  /** Given the handle back, to be closed, with what the file holds unless others wrote to it. */
  release(handle: FileHandle, own: OwnBytes): Promise<void>;
  /** Called after each write; `own` gives what is there by then. */
  onWritten?(own: () => OwnBytes): void;
  onFault(error: unknown): void;
  readonly ceiling?: Ceiling;
}

const lineFeed = 10;
const nothing = Buffer.alloc(0);
const nothingToWait = Promise.resolve();

/** Memory of up to this size is used again for the next batch; more, which a very long line took, is given back. */
const mostKeptBytes = 1024 * 1024;

/**
 * Bytes that are to be written in one go, gathered in memory of their own: what a child wrote can then be forgotten at once,
 * where bytes that wait for the disk would outlive the quick collections of garbage and pile up.
 */
class GatheredBytes {
  #memory = Buffer.alloc(0);
  #length = 0;

  add(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#memory.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** All of them, valid until the next ones are added. */
  take(): Uint8Array {
    const taken = this.#memory.subarray(0, this.#length);
    this.#length = 0;
    if (this.#memory.length > mostKeptBytes) this.#memory = Buffer.alloc(0);
    return taken;
  }

  #makeRoom(added: number): void {
    const needed = this.#length + added;
    if (needed <= this.#memory.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#memory.length));
    larger.set(this.#memory.subarray(0, this.#length));
    this.#memory = larger;
  }
}

/**
 * A file that grows. Every promise resolves when its bytes are written, which is how a slow disk slows the child; none
 * rejects. After a failure the rest is dropped: a log that ends early is honest, one with holes is not.
 */
export class AppendFile implements AsyncDisposable {
  readonly #options: AppendFileOptions;
  #queue: Promise<void> = Promise.resolve();
  #handle: FileHandle | undefined;
  #failed = false;
  /** Bytes of the file that are ours. */
  #size = 0;
  #hash: Hash | undefined;
  /** Bytes that are written next. */
  #batch: { readonly bytes: GatheredBytes; readonly written: Promise<void> } | undefined;
  /** The memory of a batch that was written, for the next one. */
  #spare: GatheredBytes | undefined;
  /** Counted against the ceiling. */
  #admittedBytes = 0;
  #isAtLineStart = true;
  #isFull = false;

  constructor(options: AppendFileOptions) {
    this.#options = options;
  }

  /**
   * Adds bytes, or text as UTF-8, at the end. What comes while the file is busy is written in one go. Once the ceiling is
   * reached the rest is dropped, without a wait.
   */
  append(content: Uint8Array | string): Promise<void> {
    const admitted = this.#admitted(typeof content === 'string' ? Buffer.from(content) : content);
    if (admitted.length === 0) return this.#batch?.written ?? nothingToWait;
    const batch = this.#batch ?? this.#newBatch();
    batch.bytes.add(admitted);
    return batch.written;
  }

  #admitted(bytes: Uint8Array): Uint8Array {
    const { ceiling } = this.#options;
    if (ceiling === undefined) return bytes;
    if (this.#isFull) return nothing;
    const room = ceiling.bytes - this.#admittedBytes;
    if (bytes.length <= room) {
      this.#admittedBytes += bytes.length;
      if (bytes.length > 0) this.#isAtLineStart = bytes.at(-1) === lineFeed;
      return bytes;
    }
    this.#isFull = true;
    ceiling.onReached();
    return wholeLines(bytes.subarray(0, room), this.#isAtLineStart && this.#admittedBytes > 0);
  }

  #newBatch(): { readonly bytes: GatheredBytes; readonly written: Promise<void> } {
    const bytes = this.#spare ?? new GatheredBytes();
    this.#spare = undefined;
    const begin = (): void => {
      if (this.#batch?.bytes === bytes) this.#batch = undefined;
    };
    const write = async (handle: FileHandle): Promise<void> => {
      await this.#writeAll(handle, bytes.take());
      this.#spare = bytes;
    };
    this.#batch = { bytes, written: this.#enqueue(write, begin) };
    return this.#batch;
  }

  /** Empties the file. */
  truncate(): Promise<void> {
    this.#batch = undefined;
    this.#admittedBytes = 0;
    this.#isFull = false;
    return this.#enqueue(async (handle) => {
      await handle.truncate(0);
      this.#size = 0;
      if (this.#hash !== undefined) this.#hash = createHash('sha256');
    });
  }

  /** Gives the descriptor back; a later `append` takes a new one. */
  close(): Promise<void> {
    this.#batch = undefined;
    return this.#guarded(async () => {
      const handle = this.#handle;
      this.#handle = undefined;
      if (handle !== undefined) await this.#options.release(handle, this.#own());
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** `begin` is called when it is this work's turn, also when there is nothing to be done any more. */
  #enqueue(work: (handle: FileHandle) => Promise<void>, begin?: () => void): Promise<void> {
    return this.#guarded(async () => {
      begin?.();
      if (this.#failed) return;
      this.#handle ??= await this.#open();
      await work(this.#handle);
    });
  }

  async #open(): Promise<FileHandle> {
    const { handle, size, hash } = await this.#options.open();
    this.#size = size;
    this.#hash = hash;
    return handle;
  }

  readonly #own = (): OwnBytes => ({ size: this.#size, ...(this.#hash !== undefined && { hash: this.#hash }) });

  /** A single write may take a part of the bytes only, when a signal comes or the disk fills up. */
  async #writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
    for (let rest = bytes; rest.length > 0; ) {
      const { bytesWritten } = await handle.write(rest);
      this.#size += bytesWritten;
      this.#hash?.update(rest.subarray(0, bytesWritten));
      rest = rest.subarray(bytesWritten);
    }
    this.#options.onWritten?.(this.#own);
  }

  #guarded(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#failed = true;
      this.#options.onFault(error);
    });
    return this.#queue;
  }
}

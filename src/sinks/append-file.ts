import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';

/** How an `AppendFile` reaches the disk. */
export interface AppendFileOptions {
  open(): Promise<FileHandle>;
  /** Given the handle back, to be closed, with the number of bytes that the file holds if nobody else wrote to it. */
  release(handle: FileHandle, size: number): Promise<void>;
  onFault(error: unknown): void;
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
  /** What the file held when it was opened, and what was added since. */
  #size = 0;
  /** What waits to be written next. */
  #batch: { readonly parts: Uint8Array[]; readonly written: Promise<void> } | undefined;

  constructor(options: AppendFileOptions) {
    this.#options = options;
  }

  /** Adds bytes, or text as UTF-8, at the end. What comes while the file is busy is written in one go. */
  append(content: Uint8Array | string): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    if (this.#batch !== undefined) {
      this.#batch.parts.push(bytes);
      return this.#batch.written;
    }
    const parts = [bytes];
    const begin = (): void => {
      if (this.#batch?.parts === parts) this.#batch = undefined;
    };
    const write = (handle: FileHandle): Promise<void> =>
      this.#writeAll(handle, parts.length === 1 ? bytes : Buffer.concat(parts));
    const written = this.#enqueue(write, begin);
    this.#batch = { parts, written };
    return written;
  }

  /** Empties the file. */
  truncate(): Promise<void> {
    this.#batch = undefined;
    return this.#enqueue(async (handle) => {
      await handle.truncate(0);
      this.#size = 0;
    });
  }

  /** Gives the descriptor back; a later `append` takes a new one. */
  close(): Promise<void> {
    this.#batch = undefined;
    return this.#guarded(async () => {
      const handle = this.#handle;
      this.#handle = undefined;
      if (handle !== undefined) await this.#options.release(handle, this.#size);
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
    const handle = await this.#options.open();
    this.#size = (await handle.stat()).size;
    return handle;
  }

  /** A single write may take a part of the bytes only, when a signal comes or the disk fills up. */
  async #writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
    for (let rest = bytes; rest.length > 0; ) {
      const { bytesWritten } = await handle.write(rest);
      this.#size += bytesWritten;
      rest = rest.subarray(bytesWritten);
    }
  }

  #guarded(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#failed = true;
      this.#options.onFault(error);
    });
    return this.#queue;
  }
}

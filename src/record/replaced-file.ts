/** The parts of a file's content, made when they are written. */
export type Content = () => Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * A file that is replaced as a whole. What is saved while a write is under way waits for it, and only the newest of it is
 * written, so any number of changes costs two writes at most.
 */
export class ReplacedFile {
  readonly #write: (content: Content) => Promise<void>;
  #running: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;
  #newest: Content = () => [];

  /** `write` replaces the file atomically and never rejects. */
  constructor(write: (content: Content) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves when this content, or a newer one, is in place. */
  save(content: Content): Promise<void> {
    this.#newest = content;
    this.#waiting ??= this.#running.then(() => {
      this.#waiting = undefined;
      this.#running = this.#write(this.#newest);
      return this.#running;
    });
    return this.#waiting;
  }
}

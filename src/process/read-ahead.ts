/** Reads of at most 64 KiB each: 512 KiB keep the disk busy while more is read, and are little memory. */
const mostWaiting = 8;

/**
 * How far the children of a session may be read ahead of the disk, all of them together: for each alone it would be memory
 * in proportion to their number.
 */
export class ReadAhead {
  #waiting = 0;

  /** Whether a child must wait until what was read of it is written, before it is read again. */
  get isUsedUp(): boolean {
    return this.#waiting >= mostWaiting;
  }

  /** Counts a read until everything in it is written. */
  async until(written: Promise<unknown>): Promise<void> {
    this.#waiting += 1;
    try {
      await written;
    } finally {
      this.#waiting -= 1;
    }
  }
}

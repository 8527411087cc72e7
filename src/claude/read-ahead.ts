/** Reads, of 64 KiB at most: enough for a disk that is as quick as we are, and little memory. */
const mostWaiting = 8;

/**
 * How far the children of a session may be read ahead of the disk, all of them together: for each alone it would be memory
 * in proportion to their number.
 */
export class ReadAhead {
  #waiting = 0;

  /** Whether a child that has a read waiting has to wait for it. */
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

/** Bytes of memory that are kept when the buffer is cleared; a larger one is released. */
const mostKeptBytes = 64 * 1024;

/** Bytes that are gathered in memory of their own: a list of small pieces would cost far more than what it holds. */
export class ByteBuffer {
  #memory = new Uint8Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** All of them, valid until the buffer is changed. */
  get bytes(): Uint8Array {
    return this.#memory.subarray(0, this.#length);
  }

  /** Adds a copy: the caller may use its memory again. */
  append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#memory.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#memory.length));
      larger.set(this.bytes);
      this.#memory = larger;
    }
    this.#memory.set(bytes, this.#length);
    this.#length = needed;
  }

  /** Drops all but the last `count` bytes. */
  keepLast(count: number): void {
    if (count >= this.#length) return;
    this.#memory.copyWithin(0, this.#length - count, this.#length);
    this.#length = count;
  }

  clear(): void {
    this.#length = 0;
    if (this.#memory.length > mostKeptBytes) this.#memory = new Uint8Array(0);
  }
}

/** Characters that a hash covers, from the beginning of its line on; blanks and tabs do not count. */
const blockSize = 100;
const base = 37n;
const mask = 64;
const endOfFile = 0xff_ff;

const firstFactor = BigInt.asUintN(mask, base ** BigInt(blockSize));

/**
 * The hash of each of the wanted lines by the rules of GitHub's code scanning, which knows a result by it where its line has
 * moved: a rolling hash over what follows the beginning of the line, and how many lines before it have the same.
 */
export function lineHashes(text: string, wanted: ReadonlySet<number>): ReadonlyMap<number, string> {
  const hashes = new RollingHashes(wanted);
  let isAfterReturn = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isSecondHalf = isAfterReturn && code === 0x0a;
    isAfterReturn = code === 0x0d;
    if (code === 0x20 || code === 0x09 || isSecondHalf) continue;
    hashes.add(code === 0x0d ? 0x0a : code);
  }
  return hashes.end();
}

class RollingHashes {
  readonly #wanted: ReadonlySet<number>;
  readonly #window = new Uint16Array(blockSize);
  /** The line that begins at a place of the window; 0 where none does. */
  readonly #lines = new Uint32Array(blockSize);
  readonly #counts = new Map<bigint, number>();
  readonly #found = new Map<number, string>();
  #hash = 0n;
  #index = 0;
  #line = 0;
  #isLineStart = true;

  constructor(wanted: ReadonlySet<number>) {
    this.#wanted = wanted;
  }

  add(code: number): void {
    this.#settle();
    if (this.#isLineStart) {
      this.#line += 1;
      this.#lines[this.#index] = this.#line;
    }
    this.#isLineStart = code === 0x0a;
    this.#roll(code);
  }

  /** Nothing starts a line after the last line break, so the place is settled before the end of the file is added. */
  end(): ReadonlyMap<number, string> {
    this.#settle();
    this.#roll(endOfFile);
    for (let left = blockSize; left > 0; left -= 1) {
      this.#settle();
      this.#roll(0);
    }
    return this.#found;
  }

  /** The window has come round to where a line began: its hash is whole. */
  #settle(): void {
    const line = this.#lines[this.#index];
    if (line === undefined || line === 0) return;
    this.#lines[this.#index] = 0;
    const count = (this.#counts.get(this.#hash) ?? 0) + 1;
    this.#counts.set(this.#hash, count);
    if (this.#wanted.has(line)) this.#found.set(line, `${this.#hash.toString(16)}:${count}`);
  }

  #roll(code: number): void {
    const leaving = this.#window[this.#index] ?? 0;
    this.#window[this.#index] = code;
    this.#hash = BigInt.asUintN(mask, base * this.#hash + BigInt(code) - firstFactor * BigInt(leaving));
    this.#index = (this.#index + 1) % blockSize;
  }
}

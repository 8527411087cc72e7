/** A byte string to be found, at least three bytes long, with a tag that is reported with each match. */
export interface Literal<Tag> {
  readonly bytes: Uint8Array;
  readonly tag: Tag;
}

/** Called for every literal that ends just before `end`. */
export type OnFound<Tag> = (tag: Tag, end: number) => void;

/** Bytes to be scanned, and the state that the bytes before them led to: 0 at first. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly state: number;
}

const gramMask = 0xffff;
/** Bytes of a table with one bit for each three bytes that there are. */
const exactSize = 2 ** 21;

/**
 * Finds many literals in one pass (Aho and Corasick, 1975), however the bytes are cut into reads.
 *
 * Time is linear in the bytes, whatever they are. A table of the three bytes that literals begin with, looked at for
 * every second place only, skips what cannot be the beginning of one. It is small enough for the processor's cache, so some
 * others share an entry with them: an exact table, looked at for these only, tells them apart.
 */
export class SecretAutomaton<Tag> {
  readonly #root = new Int32Array(256);
  readonly #byte: number[] = [0];
  readonly #firstChild: number[] = [0];
  readonly #nextSibling: number[] = [0];
  readonly #depth: number[] = [0];
  /** The longest other beginning of a literal that what was read ends in. */
  readonly #fail: number[] = [0];
  /** The nearest node on the way of `#fail`, the node included, where a literal ends; 0 when there is none. */
  readonly #report: number[] = [0];
  readonly #tags = new Map<number, Tag[]>();
  readonly #grams = new Uint8Array(gramMask + 1);
  readonly #exactGrams = new Uint8Array(exactSize);

  constructor(literals: readonly Literal<Tag>[]) {
    for (const literal of literals) this.#insert(literal);
    this.#link();
  }

  /** Number of the last bytes that may begin a literal, after a scan that ended in `state`. */
  heldBytes(state: number): number {
    let node = state;
    // Where nothing goes on, a literal has just ended: only what it ends in may be the beginning of another.
    while (node !== 0 && this.#firstChild[node] === 0) node = this.#fail[node] as number;
    return this.#depth[node] as number;
  }

  /** Scans a part of the bytes and gives the state to go on with. */
  scan(data: Uint8Array, { from, to, state }: Part, onFound: OnFound<Tag>): number {
    let at = from;
    let node = state;
    for (;;) {
      while (node !== 0) {
        if (at >= to) return node;
        node = this.#step(node, data[at] as number);
        at += 1;
        if (this.#report[node] !== 0) this.#announce(node, at, onFound);
      }
      at = this.#nextCandidate(data, at, to);
      if (at >= to) return 0;
      node = this.#root[data[at] as number] as number;
      at += 1;
    }
  }

  /** The same, but only for as long as a literal is under way that began before `behind`; 0 when none is any more. */
  follow(
    data: Uint8Array,
    { from, to, state, behind }: Part & { readonly behind: number },
    onFound: OnFound<Tag>,
  ): number {
    let node = state;
    for (let at = from; at < to; ) {
      node = this.#step(node, data[at] as number);
      at += 1;
      if (this.#report[node] !== 0) this.#announce(node, at, onFound);
      if (this.heldBytes(node) <= at - behind) return 0;
    }
    return node;
  }

  /** The first place from `from` on where a literal may begin. */
  #nextCandidate(data: Uint8Array, from: number, to: number): number {
    const grams = this.#grams;
    const end = to - 2;
    let at = from + 1;
    // The bytes here may be a literal's first three, or its second to fourth.
    while (at < end) {
      const first = data[at] as number;
      const second = data[at + 1] as number;
      const third = data[at + 2] as number;
      if (grams[gram(first, second, third)] === 1 && this.#isGram(first, second, third)) break;
      at += 2;
    }
    return at - 1;
  }

  #isGram(first: number, second: number, third: number): boolean {
    const place = exactGram(first, second, third);
    return (((this.#exactGrams[place >> 3] as number) >> (place & 7)) & 1) === 1;
  }

  #step(from: number, byte: number): number {
    let node = from;
    while (node !== 0) {
      for (let child = this.#firstChild[node] as number; child !== 0; child = this.#nextSibling[child] as number) {
        if (this.#byte[child] === byte) return child;
      }
      node = this.#fail[node] as number;
    }
    return this.#root[byte] as number;
  }

  #announce(from: number, end: number, onFound: OnFound<Tag>): void {
    for (
      let node = this.#report[from] as number;
      node !== 0;
      node = this.#report[this.#fail[node] as number] as number
    ) {
      for (const tag of this.#tags.get(node) as Tag[]) onFound(tag, end);
    }
  }

  #insert({ bytes, tag }: Literal<Tag>): void {
    let node = 0;
    for (const byte of bytes) node = this.#childFor(node, byte);
    const tags = this.#tags.get(node);
    if (tags === undefined) this.#tags.set(node, [tag]);
    else tags.push(tag);
    this.#fillFilter(bytes);
  }

  #childFor(parent: number, byte: number): number {
    const first = (parent === 0 ? this.#root[byte] : this.#firstChild[parent]) as number;
    for (let child = first; child !== 0; child = this.#nextSibling[child] as number) {
      if (this.#byte[child] === byte) return child;
    }
    const made = this.#byte.push(byte) - 1;
    this.#firstChild.push(0);
    this.#nextSibling.push(first);
    this.#depth.push((this.#depth[parent] as number) + 1);
    this.#fail.push(0);
    this.#report.push(0);
    if (parent === 0) this.#root[byte] = made;
    else this.#firstChild[parent] = made;
    return made;
  }

  #fillFilter(bytes: Uint8Array): void {
    const [first = 0, second = 0, third = 0, fourth] = bytes;
    this.#addGram(first, second, third);
    for (let byte = fourth ?? 0; byte <= (fourth ?? 255); byte += 1) this.#addGram(second, third, byte);
  }

  #addGram(first: number, second: number, third: number): void {
    this.#grams[gram(first, second, third)] = 1;
    const place = exactGram(first, second, third);
    this.#exactGrams[place >> 3] = (this.#exactGrams[place >> 3] as number) | (1 << (place & 7));
  }

  #link(): void {
    const queue: number[] = [...this.#root].filter((child) => child !== 0);
    // Breadth first: a node's links lead to shallower nodes only, which are linked already. The queue grows meanwhile.
    for (const node of queue) {
      const fail = this.#fail[node] as number;
      this.#report[node] = this.#tags.has(node) ? node : (this.#report[fail] as number);
      for (let child = this.#firstChild[node] as number; child !== 0; child = this.#nextSibling[child] as number) {
        this.#fail[child] = this.#step(fail, this.#byte[child] as number);
        queue.push(child);
      }
    }
  }
}

function gram(first: number, second: number, third: number): number {
  return (first ^ (second << 5) ^ (third << 10)) & gramMask;
}

function exactGram(first: number, second: number, third: number): number {
  return first | (second << 8) | (third << 16);
}

/** A set of bytes: 1 at the index of each member. */
export type Alphabet = Uint8Array;

/** Letters, digits and the given characters. */
export function wordAlphabet(others: string): Alphabet {
  return alphabetOf(`ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${others}`);
}

/** Exactly the given ASCII characters. */
export function alphabetOf(characters: string): Alphabet {
  const table = new Uint8Array(256);
  for (const character of characters) table[byteOf(character)] = 1;
  return table;
}

/** The byte of an ASCII character. */
export function byteOf(character: string): number {
  return character.charCodeAt(0);
}

/** Bytes with a cache of the runs of each alphabet in them. */
export class ScannedBytes {
  readonly data: Uint8Array;
  /** No more bytes follow. */
  readonly final: boolean;
  /** The last run of each alphabet: many prefixes may stand in one run, and reading it once keeps the work linear. */
  readonly #known = new Map<Alphabet, { readonly from: number; readonly end: number }>();

  constructor(data: Uint8Array, final: boolean) {
    this.data = data;
    this.final = final;
  }

  /** End of the run of an alphabet's bytes that begins at or before `from`. */
  runEnd(alphabet: Alphabet, from: number): number {
    const known = this.#known.get(alphabet);
    if (known !== undefined && from >= known.from && from <= known.end) return known.end;
    const end = this.shortRunEnd(alphabet, { from, most: this.data.length });
    this.#known.set(alphabet, { from, end });
    return end;
  }

  /** The same for at most `most` bytes. */
  shortRunEnd(alphabet: Alphabet, { from, most }: { readonly from: number; readonly most: number }): number {
    const limit = Math.min(this.data.length, from + most);
    let end = from;
    while (end < limit && alphabet[this.data[end] as number] === 1) end += 1;
    return end;
  }
}

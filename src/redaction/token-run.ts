import { type Alphabet, byteOf, type ScannedBytes } from '../text/alphabet.ts';
import type { SecretEnd, TokenShape } from './token-shape.ts';

/** Characters of a token after its prefix. */
export interface Run {
  readonly prefixes: readonly string[];
  readonly alphabet: Alphabet;
  readonly minimum: number;
  /** Its length where all have the same: what goes on for longer is something else. */
  readonly exactly?: true;
}

/** A prefix, then at least `minimum` characters of one alphabet, without a full stop that ends a sentence. */
export function run({ prefixes, alphabet, minimum, exactly }: Run): TokenShape {
  const extend = (bytes: ScannedBytes, at: number): SecretEnd => {
    const runEnd = bytes.runEnd(alphabet, at);
    let end = runEnd;
    while (end > at && bytes.data[end - 1] === byteOf('.')) end -= 1;
    return { end, open: runEnd === bytes.data.length && !bytes.final };
  };
  return {
    prefixes,
    measure(bytes, { start, at }) {
      const { end, open } = extend(bytes, at);
      const isUndecided = end - at < minimum || (exactly === true && end - at === minimum);
      if (open && isUndecided) return { kind: 'unfinished' };
      if (end - at < minimum || (exactly === true && end - at > minimum)) return { kind: 'none' };
      return { kind: 'secret', start, end, open };
    },
    extend,
  };
}

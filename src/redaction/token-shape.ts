import type { ScannedBytes } from '../text/alphabet.ts';

/** Verdict over the bytes behind a shape's prefix. */
export type Extent =
  | { readonly kind: 'none' }
  /** The bytes end before it is decided. */
  | { readonly kind: 'unfinished' }
  /** A secret from `start` to `end`; `open` when it may go on in the bytes that come next. */
  | { readonly kind: 'secret'; readonly start: number; readonly end: number; readonly open: boolean };

/** End of a secret, as far as its bytes are available. */
export interface SecretEnd {
  readonly end: number;
  readonly open: boolean;
}

/** A kind of token that is recognized by its form, without knowing its value. */
export interface TokenShape {
  readonly prefixes: readonly string[];
  /** Judges what follows a prefix that stands from `start` to `at`. */
  measure(bytes: ScannedBytes, prefix: { readonly start: number; readonly at: number }): Extent;
  /** The end of a secret that continues at `at`. */
  extend(bytes: ScannedBytes, at: number): SecretEnd;
}

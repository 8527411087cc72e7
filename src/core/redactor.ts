/** Takes secrets out of text, before anything else sees it. */
export interface Redactor {
  /** The text with every known secret replaced by `***`. */
  text(text: string): string;
  /** A deep copy of plain data with every string redacted; bytes are left as they are. */
  value<T>(value: T): T;
  /** For one byte stream: also finds what is split across reads. */
  stream(): StreamRedactor;
}

/** Redacts one byte stream, holding back what may be the beginning of a secret. */
export interface StreamRedactor {
  /** Takes the next bytes, gives those that are safe to pass on. */
  push(bytes: Uint8Array): Uint8Array;
  /** Gives what was held back; the stream is over. */
  end(): Uint8Array;
}

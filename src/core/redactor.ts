/** Takes secrets out of text, before anything else sees it. */
export interface Redactor {
  /** The text with every known secret replaced by `***`. */
  text(text: string): string;
  /** A copy of data of others, such as the input of a tool: every string, key and number with a secret in it is `***`. */
  payload(data: unknown): unknown;
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

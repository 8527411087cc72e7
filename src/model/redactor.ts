import type { Steps } from './steps.ts';

/**
 * In bytes. A line that is longer is no message: it is redacted like any other output, and kept in the log only (docs/reliability.md, R23).
 * A message is parsed in one go, in which no signal is heard: one of this length takes about half of the 100 ms within which a
 * cancel is to be obeyed (docs/reliability.md, R31).
 */
export const longestMessage = 4 * 1024 * 1024;

/** Takes secrets out of text, before anything else sees it. */
export interface Redactor {
  /** The text with every known secret replaced by `***`. */
  text(text: string): string;
  /** A copy of untrusted data, such as the input of a tool: every string, key and number with a secret in it is `***`. */
  payload(data: unknown): unknown;
  /** For one byte stream: also finds what is split across reads. */
  stream(): StreamRedactor;
  /** For a byte stream in which lines may be JSON messages: they stay valid JSON, and keep the keys and control words of their reader. */
  messages(words: MessageWords): MessageRedactor;
}

/** Control words that the reader of JSON messages depends on; a secret that is the same word does not change them. */
export interface MessageWords {
  /** The names of the fields that it reads. */
  readonly keys: ReadonlySet<string>;
  /** The fields whose text is a word of a protocol, such as a type. */
  readonly controls: ReadonlySet<string>;
  /** The fields that hold untrusted data, in which no key is the reader's. */
  readonly payloads: ReadonlySet<string>;
}

/** Redacts one byte stream, holding back what may be the beginning of a secret. */
export interface StreamRedactor {
  /** Takes the next bytes, gives those that are safe to pass on. */
  push(bytes: Uint8Array): Uint8Array;
  /** Gives what was held back; the stream is over. */
  end(): Uint8Array;
}

/** As a `StreamRedactor`, in steps: a long message that is full of secrets takes seconds. A stream's steps are to be done in order. */
export interface MessageRedactor {
  push(bytes: Uint8Array): Steps<Uint8Array>;
  end(): Steps<Uint8Array>;
}

/** A byte stream without its secrets, each chunk as soon as it is safe. */
export async function* redactedBytes(
  chunks: AsyncIterable<Uint8Array>,
  redactor: Pick<Redactor, 'stream'>,
): AsyncGenerator<Uint8Array> {
  const clean = redactor.stream();
  for await (const chunk of chunks) yield clean.push(chunk);
  yield clean.end();
}

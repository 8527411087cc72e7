import { fstatSync } from 'node:fs';
import process from 'node:process';

/** Standard output or standard error, as far as text goes. */
export interface TextStream {
  /** Writes text; what a reader who has gone away, or is far too slow, does not take is dropped. */
  readonly write: (text: string) => void;
  /** Writes all parts at the pace of the reader; resolves early when the reader has gone away. */
  readonly writeAll: (parts: Parts) => Promise<void>;
  /** Why what was written is not all there, a full disk for example. A reader who has gone away is no fault. */
  readonly fault: () => string | undefined;
  /** A terminal that obeys moves, so that lines can be redrawn. */
  readonly isTerminal: boolean;
  /** A terminal, or the log of a GitHub job: either obeys sequences in the text. */
  readonly isObeyed: boolean;
  /** Colours are wanted. */
  readonly hasColors: boolean;
  /** Asked each time: people resize their windows. */
  readonly size: () => { readonly columns: number; readonly rows: number };
}

/** Pieces of text, or of bytes that are written as they are. */
export type Parts = Iterable<string> | AsyncIterable<string | Uint8Array>;

type Environment = Readonly<Record<string, string | undefined>>;

/** A line is dropped while the reader is this far behind: a pipe that nobody reads must not fill the memory. */
const backlogBytes = 8 * 1024 * 1024;

/** Wraps one of the standard streams of this process, once. */
export function openTextStream(
  stream: NodeJS.WriteStream & { readonly fd: number },
  environment: Environment = process.env,
): TextStream {
  let closed = false;
  let fault: string | undefined;
  // `| head -1` closes the pipe: the session goes on, for its files (docs/reliability.md, R21).
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code !== 'EPIPE') fault ??= error.message;
  });
  const isTerminal = stream.isTTY === true && environment.TERM !== 'dumb';
  return {
    write(text) {
      if (!closed && stream.writableLength <= backlogBytes) stream.write(text);
    },
    async writeAll(parts) {
      // Not a pipeline: each one leaves a listener on a standard stream that is a file, and Node warns of the eleventh.
      for await (const part of parts) {
        if (closed) return;
        // The callback is called after a fault as well.
        await new Promise<void>((resolve) => void stream.write(part, () => resolve()));
      }
    },
    fault: () => fault,
    isTerminal,
    isObeyed: stream.isTTY === true || (Boolean(environment.GITHUB_ACTIONS) && !isRegularFile(stream.fd)),
    hasColors: wantsColors(environment) ?? isTerminal,
    size: () => ({ columns: stream.columns || 80, rows: stream.rows || 24 }),
  };
}

/** Whether the environment asks for colours or forbids them, whatever the stream is. */
function wantsColors({ FORCE_COLOR, NO_COLOR }: Environment): boolean | undefined {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return NO_COLOR ? false : undefined;
}

function isRegularFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

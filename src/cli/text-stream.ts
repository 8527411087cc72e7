import process from 'node:process';

/** Standard output or standard error, as far as text goes. */
export interface TextStream {
  /** Writes text; what a reader who has gone away, or is far too slow, does not take is dropped. */
  readonly write: (text: string) => void;
  /** Text and moves go to a terminal that obeys them. */
  readonly isTerminal: boolean;
  /** Colours are wanted. */
  readonly hasColour: boolean;
  /** Asked each time: people resize their windows. */
  readonly size: () => { readonly columns: number; readonly rows: number };
}

/** A line is dropped while the reader is this far behind: a pipe that nobody reads must not fill the memory. */
const backlogBytes = 8 * 1024 * 1024;

/** Wraps one of the standard streams of this process, once. */
export function openTextStream(
  stream: NodeJS.WriteStream,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): TextStream {
  let closed = false;
  // `| head -1` closes the pipe: the session goes on, for its files (promises, R21).
  stream.on('error', () => {
    closed = true;
  });
  const isTerminal = stream.isTTY === true && environment.TERM !== 'dumb';
  return {
    write(text) {
      if (!closed && stream.writableLength <= backlogBytes) stream.write(text);
    },
    isTerminal,
    hasColour: isTerminal && !environment.NO_COLOR,
    size: () => ({ columns: stream.columns || 80, rows: stream.rows || 24 }),
  };
}

import type { Readable } from 'node:stream';
import type { Interrupts } from './interrupts.ts';
import type { TextStream } from './text-stream.ts';

/** The environment, streams and signals of a command. */
export interface CliContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The current directory. */
  readonly directory: string;
  /** Opens standard input; only a call does, since an open one keeps Node from ending. */
  readonly input: () => Readable & { readonly isTTY?: boolean };
  readonly out: TextStream;
  readonly err: TextStream;
  readonly interrupts: Interrupts;
}

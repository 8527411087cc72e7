import type { Interrupts } from './interrupts.ts';
import type { TextStream } from './text-stream.ts';

/** What the command works with. */
export interface World {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The current directory. */
  readonly directory: string;
  readonly out: TextStream;
  readonly err: TextStream;
  readonly interrupts: Interrupts;
}

import type { Readable } from 'node:stream';
import type { ReadAhead } from './read-ahead.ts';

/** Callbacks of a `Pump`. */
export interface PumpOptions {
  readonly readAhead: ReadAhead;
  /** Takes what was read; settles when it is written. */
  readonly onOutput: (bytes: Uint8Array) => Promise<unknown>;
  /** Something was read. */
  readonly onData: (length: number) => void;
  /** Reading waits for what was read before to be written, or goes on again: meanwhile the child may be held up by us. */
  readonly onHold: (isHeld: boolean) => void;
  /** Called with the error of a callback: a fault of our own, after which nothing more is read. */
  readonly onFault: (error: unknown) => void;
}

/** Reads one pipe of a child. The disk may write what was read while more is read, within limits: a slow disk has to slow the child. */
export class Pump {
  /** Resolves when the pipe has ended, was destroyed or broke; what was read may still wait to be written. */
  readonly ended: Promise<void>;
  readonly #source: Readable;
  readonly #options: PumpOptions;
  /** Reads that are not written yet. */
  #unwritten = 0;
  #onWritten: () => void = () => undefined;
  #isStopped = false;

  constructor(source: Readable, options: PumpOptions) {
    this.#source = source;
    this.#options = options;
    this.ended = this.#run();
  }

  /** Whether something that was read is not written yet. */
  get isBusy(): boolean {
    return this.#unwritten > 0;
  }

  /** Reads no more, also what is there already. */
  stop(): void {
    this.#isStopped = true;
    this.#source.destroy();
    this.#onWritten();
  }

  async #run(): Promise<void> {
    const chunks = this.#source[Symbol.asyncIterator]();
    for (;;) {
      // A pipe that breaks, or that we stop reading, is only an end: the verdict depends on the exit and the messages.
      const next = await chunks.next().catch(() => undefined);
      if (next === undefined || next.done === true || this.#isStopped) return;
      try {
        await this.#take(next.value as Uint8Array);
      } catch (error) {
        return this.#options.onFault(error);
      }
    }
  }

  async #take(bytes: Uint8Array): Promise<void> {
    this.#options.onData(bytes.length);
    this.#settled(this.#options.onOutput(bytes));
    await this.#waitForRoom();
  }

  /** Only the promise comes in here: the bytes could not be freed while it is pending. */
  #settled(written: Promise<unknown>): void {
    this.#unwritten += 1;
    const done = (): void => {
      this.#unwritten -= 1;
      this.#onWritten();
    };
    this.#options.readAhead.until(written).then(done, (error: unknown) => {
      this.#options.onFault(error);
      done();
    });
  }

  /** Each pipe has one read under way at least, however far the others are ahead. */
  async #waitForRoom(): Promise<void> {
    const mustWait = (): boolean => this.#unwritten > 1 && this.#options.readAhead.isUsedUp && !this.#isStopped;
    if (!mustWait()) return;
    this.#options.onHold(true);
    while (mustWait()) {
      await new Promise<void>((resolve) => {
        this.#onWritten = resolve;
      });
    }
    this.#options.onHold(false);
  }
}

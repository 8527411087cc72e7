import process from 'node:process';
import type { ProcessSpec } from '../../model/plan.ts';
import type { ProcessResult } from '../../model/result.ts';
import type { Join, Joined } from '../../session/joining.ts';

/** A run that processes join one by one, until it is closed. */
export class LiveRun {
  /** Ids of the processes whose text goes to standard output. */
  readonly streaming = new Set<string>();
  readonly #join = Promise.withResolvers<Join>();
  readonly #closed = Promise.withResolvers<void>();
  /** Rejections of the calls that wait for a result, for the case that there will be none. */
  readonly #rejections = new Set<(error: Error) => void>();
  readonly #results: (ProcessResult | undefined)[] = [];
  #failure: Error | undefined;
  #isClosing = false;

  /** Whether a process has joined that has not ended. */
  get isBusy(): boolean {
    return this.#rejections.size > 0;
  }

  /** The results so far, in the order of the calls. */
  get results(): readonly ProcessResult[] {
    return this.#results.filter((result) => result !== undefined);
  }

  /** The session's way in; it goes on until the run is closed and every process has ended. */
  readonly open = (join: Join): Promise<void> => {
    this.#join.resolve(join);
    return this.#closed.promise;
  };

  /** Resolves when it is its turn. */
  get begun(): Promise<unknown> {
    return this.#join.promise;
  }

  /** Lets a process in. Rejects when it could never start, and for a fault of our own. */
  async run(spec: ProcessSpec, cancel?: AbortSignal): Promise<ProcessResult> {
    const place = this.#results.push(undefined) - 1;
    const joined = await this.#untilFailure(async () => (await this.#join.promise)(spec, cancel));
    if (joined.kind === 'refused') throw new RangeError(joined.faults.join('\n'));
    this.#results[place] = joined.result;
    return joined.result;
  }

  /** Lets nothing in any more. */
  close(): void {
    this.#isClosing = true;
    if (!this.isBusy) this.#closed.resolve();
  }

  /** Rejects the pending calls: no result will come. */
  fail(error: Error): void {
    this.#failure = error;
    for (const reject of this.#rejections) reject(error);
  }

  // A race with one promise for all would keep every result until the end of the run.
  async #untilFailure(work: () => Promise<Joined>): Promise<Joined> {
    if (this.#failure !== undefined) throw this.#failure;
    const { promise, resolve, reject } = Promise.withResolvers<Joined>();
    this.#rejections.add(reject);
    work().then(resolve, reject);
    try {
      return await promise;
    } finally {
      this.#rejections.delete(reject);
      if (this.#isClosing) this.close();
    }
  }
}

const unfinished = new Set<() => void>();

/** Has a session finish when the program has nothing left to do and did not finish it itself. Gives what takes that back. */
export function finishAtExit(finish: () => void): () => void {
  if (unfinished.size === 0) process.on('beforeExit', finishAll);
  unfinished.add(finish);
  return () => {
    if (unfinished.delete(finish) && unfinished.size === 0) process.off('beforeExit', finishAll);
  };
}

function finishAll(): void {
  for (const finish of unfinished) finish();
}

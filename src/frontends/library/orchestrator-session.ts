import type { ProcessResult } from '../../model/result.ts';
import { ClaudeProcess } from './claude-process.ts';
import type { ProcessOptions, SessionOptions } from './options.ts';
import { SessionRunner } from './session-runner.ts';

/**
 * Processes that run as one unit of work, with one log directory. With `await using` it ends cleanly however the block is
 * left: what still runs is cancelled, and everything is written down.
 */
export class OrchestratorSession implements AsyncDisposable {
  /** The name given to the constructor. */
  readonly name: string;
  readonly #runner: SessionRunner;

  /**
   * @throws {TypeError} for an unknown option or a value of the wrong type.
   * @throws {RangeError} for a value that is not allowed.
   */
  constructor(name: string, options: SessionOptions = {}) {
    if (typeof name !== 'string') throw new TypeError('name: the first argument is the name of the session, a string.');
    this.name = name;
    this.#runner = new SessionRunner(options, name);
  }

  /** Names the session's directory. Ids sort by time and never collide. */
  get sessionId(): string {
    return this.#runner.sessionId;
  }

  /** Absolute path of the session's directory: `session.log`, `<process-id>.log` and the results are in it. */
  get logDir(): string {
    return this.#runner.directory;
  }

  /** The results of all runs so far, in the order given. */
  get results(): readonly ProcessResult[] {
    return this.#runner.results;
  }

  /**
   * Makes a process of this session; its id is generated when left out, and what the options leave out is the session's.
   * @throws {TypeError | RangeError} for wrong arguments, such as an id that is already in use.
   */
  createProcess(prompt: string, processId?: string, options: ProcessOptions = {}): ClaudeProcess {
    if (typeof options !== 'object' || options === null)
      throw new TypeError('options: the third argument is an object, such as { timeout: 300 }.');
    this.#runner.requireOpen();
    return new ClaudeProcess({ ...options, prompt, processId }, this.#runner);
  }

  /** Cancels what still runs, and resolves when it has ended and everything is written down. Nothing can run after it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#runner.close();
  }
}

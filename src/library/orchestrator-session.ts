import type { ProcessResult } from '../core/result.ts';
import { ClaudeProcess } from './claude-process.ts';
import type { ProcessOptions, SessionOptions } from './options.ts';
import { SessionRunner } from './session-runner.ts';

/** Processes that run as one unit of work, with one log directory. */
export class OrchestratorSession {
  /** What the caller calls this session. */
  readonly name: string;
  readonly #runner: SessionRunner;

  /**
   * @throws {TypeError} for an unknown option or a value of the wrong type.
   * @throws {RangeError} for a value that is not allowed.
   */
  constructor(name: string, options: SessionOptions = {}) {
    if (typeof name !== 'string') throw new TypeError('name: the first argument is the name of the session, a text.');
    this.name = name;
    this.#runner = new SessionRunner(options, name);
  }

  /** Sorts by time and never collides. */
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
    return new ClaudeProcess({ ...options, prompt, processId }, this.#runner);
  }
}

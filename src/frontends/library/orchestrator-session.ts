import type { ProcessResult } from '../../model/result.ts';
import type { SessionOutcome } from '../../session/run-request.ts';
import { type AgentOptions, type AgentResult, parseData, parseOriginal } from './agent-options.ts';
import { ClaudeProcess } from './claude-process.ts';
import type { ProcessOptions, SessionOptions } from './options.ts';
import { faultsIn, specOf } from './process-spec.ts';
import { throwFaults } from './run-options.ts';
import type { SchemaSource } from './schema-output.ts';
import { SessionRunner } from './session-runner.ts';

/** Outcome of a session that has ended. */
export type FinishedSession = Omit<SessionOutcome, 'answers' | 'written'>;

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

  /** The results so far, in the order given. */
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
    for (const field of ['prompt', 'processId'] as const)
      if (field in options)
        throw new TypeError(`${field}: it is an argument of its own: createProcess(prompt, processId, options).`);
    this.#runner.requireOpen();
    return new ClaudeProcess({ ...options, prompt, processId }, this.#runner);
  }

  /**
   * Runs one process as soon as a worker is free, beside the others of the session and under its limits. Never rejects for what the
   * process did.
   * @returns its result; `structuredOutput` is typed by `jsonSchema`.
   * @throws {TypeError} for an unknown option, a value of the wrong type, and a session that has ended.
   * @throws {RangeError} for a value that is not allowed.
   */
  async agent<const Schema extends SchemaSource | undefined = undefined>(
    prompt: string,
    options: AgentOptions<Schema> = {},
  ): Promise<AgentResult<Schema>> {
    if (typeof options !== 'object' || options === null)
      throw new TypeError('options: the second argument is an object, such as { data: { finding } }.');
    this.#runner.requireOpen();
    const { id, name, data, conversationFrom, signal, streamOutput, ...own } = options;
    if (signal !== undefined && !(signal instanceof AbortSignal))
      throw new TypeError('signal: an AbortSignal is expected, such as the signal of an AbortController.');
    const [blocks, original] = [parseData(data), parseOriginal(conversationFrom, () => this.results)];
    throwFaults([...faultsIn('data', blocks), ...faultsIn('conversationFrom', original)]);
    const runner = this.#runner;
    const identity = {
      ...({ prompt, id, idField: 'id', name, streamOutput, isContinued: true } as const),
      ...(blocks.ok && { data: blocks.value }),
      ...(original.ok && original.value !== undefined && { conversationFrom: original.value }),
    };
    const spec = specOf({ ...identity, options: own, runner, ids: runner.ids });
    const result = await runner.join(spec, { streams: streamOutput ?? runner.streamOutput, signal });
    return result as AgentResult<Schema>;
  }

  /**
   * Ends the session: what runs goes on to its end, nothing can be added, and all files are written.
   * @returns the verdict, the counts, the files.
   * @throws {TypeError} for a session that was disposed of.
   */
  async finish(): Promise<FinishedSession> {
    const { sessionId, directory, conclusion, verdict, totals, results, files, warnings, ...more } =
      await this.#runner.finish();
    const { retryAt, findings } = more;
    return {
      ...{ sessionId, directory, conclusion, verdict, totals, results, files, warnings },
      ...(retryAt !== undefined && { retryAt }),
      ...(findings !== undefined && { findings }),
    };
  }

  /** Cancels what still runs, and resolves when it has ended and everything is written down. Nothing can run after it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#runner.close();
  }
}

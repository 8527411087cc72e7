import type { Plan } from '../../model/graph.ts';
import type { ProcessSpec } from '../../model/plan.ts';
import type { ProcessResult } from '../../model/result.ts';
import { parallel } from '../../plan/patterns.ts';
import type { ProcessOptions, RunOptions, SessionOptions } from './options.ts';
import { specOf } from './process-spec.ts';
import { readRunOptions } from './run-options.ts';
import { SessionRunner } from './session-runner.ts';

/** Options of a process of a session. */
export interface SessionProcessOptions extends ProcessOptions {
  /** The text that Claude is given, as it stands. */
  readonly prompt: string;
  /** Names its log and its result. Generated when left out: `process_001` and so on. */
  readonly processId?: string | undefined;
}

/** Options of a process without a session: its own, and those of a session. */
export type ClaudeProcessOptions = SessionProcessOptions &
  Omit<SessionOptions, 'baseLogDir'> & {
    /** Directory in which the session's directory is made; by default `.claude/runtime/logs` below the working directory. */
    readonly logDir?: string | undefined;
  };

/** Ids of processes outside of any session, which no other is generated to have: such processes may come together in one call. */
const standaloneIds = new Set<string>();

/** Parts of a process that only the library uses. */
export interface ProcessInternals {
  readonly spec: ProcessSpec;
  readonly runner: SessionRunner;
  /** It was made without a session, so it may run together with others of its kind. */
  readonly standalone: boolean;
}

const internals = new WeakMap<ClaudeProcess, ProcessInternals>();
const started = new WeakSet<ClaudeProcess>();

/** Gives the parts of a process that are not public. */
export function internalsOf(process: ClaudeProcess): ProcessInternals {
  return internals.get(process) as ProcessInternals;
}

/** One prompt for one run of the Claude CLI: by itself (`run`) or with others, by a pattern function. It runs once. */
export class ClaudeProcess {
  /** Names its log, and its result among others. */
  readonly processId: string;
  /** The text that Claude is given. */
  readonly prompt: string;
  /** Absolute path of the directory where Claude works. */
  readonly workingDir: string;
  /** Whether its redacted text is written to standard output as it comes. */
  readonly streamOutput: boolean;

  /**
   * Makes a process without a session.
   * @throws {TypeError} for an unknown option or a value of the wrong type.
   * @throws {RangeError} for a value that is not allowed.
   */
  constructor(options: ClaudeProcessOptions);
  /** @internal Makes a process of a session. */
  constructor(options: SessionProcessOptions, runner: SessionRunner);
  constructor(options: ClaudeProcessOptions, runner?: SessionRunner) {
    if (typeof options !== 'object' || options === null)
      throw new TypeError('new ClaudeProcess takes an object with a prompt, such as { prompt: "Review src" }.');
    const { prompt, processId, name, streamOutput, ...rest } = options;
    const standalone = runner === undefined;
    const own = runner ?? standaloneRunner(rest);
    const ids = standalone ? idsFor(processId) : own.ids;
    const identity = { prompt, id: processId, idField: 'processId', name, streamOutput } as const;
    const spec = specOf({ ...identity, options: standalone ? {} : rest, runner: own, ids });
    if (standalone) standaloneIds.add(spec.id.toLowerCase());
    internals.set(this, { spec, runner: own, standalone });
    this.processId = spec.id;
    this.prompt = prompt;
    this.workingDir = spec.workingDirectory;
    this.streamOutput = streamOutput ?? own.streamOutput;
  }

  /** The model asked for; undefined means the CLI's default. */
  get model(): string | undefined {
    return internalsOf(this).spec.claude.model;
  }

  /** Absolute path of the session's directory, which its log is written to. */
  get logDir(): string {
    return internalsOf(this).runner.directory;
  }

  /**
   * Runs it by itself. Never rejects for what the process did.
   * @throws {TypeError} for wrong options, and for a process that was run before; {RangeError} in a session with `shard`.
   */
  async run(options: RunOptions = {}): Promise<ProcessResult> {
    const { run } = readRunOptions(options, []);
    if (internalsOf(this).runner.options.values.shard !== undefined)
      throw new RangeError('shard: a single process has no parts; use runParallel or runBatched.');
    const alone = (processes: readonly ProcessSpec[]): Plan =>
      parallel(processes, { maxWorkers: 1, stopOnFailure: false });
    const [result] = await runTogether([this], alone, run);
    return result as ProcessResult;
  }
}

/** The session of a process that was made without one. */
function standaloneRunner({
  logDir,
  ...options
}: Omit<ClaudeProcessOptions, keyof SessionProcessOptions>): SessionRunner {
  return new SessionRunner({ ...options, ...(logDir !== undefined && { baseLogDir: logDir }) });
}

/** Ids that a process without a session must not have. Whether a given one is taken shows only when several come together. */
function idsFor(given: string | undefined): Set<string> {
  return given === undefined ? standaloneIds : new Set();
}

/** Marks a process as run. A process runs once: its id names its files. */
function claim(process: ClaudeProcess): void {
  if (started.has(process))
    throw new TypeError(`processes: "${process.processId}" was run before; a process runs once.`);
  started.add(process);
}

/** Runs processes of one session, or standalone ones with the same options, as one plan. */
export async function runTogether(
  processes: readonly ClaudeProcess[],
  planOf: (specs: readonly ProcessSpec[]) => Plan,
  options: RunOptions,
): Promise<ProcessResult[]> {
  const [first] = processes;
  if (first === undefined) return [];
  if (!processes.every((process) => belongTogether(process, first))) {
    throw new TypeError('processes: they must be of one session, or made without one and with the same options.');
  }
  if (new Set(processes).size < processes.length) throw new TypeError('processes: one of them is given twice.');
  const ids = new Set(processes.map(({ processId }) => processId.toLowerCase()));
  if (ids.size < processes.length) throw new RangeError('processes: two of them have the same id.');
  const { runner } = internalsOf(first);
  guardNumber(processes.length, runner);
  runner.requireOpen();
  const settings = runner.ownPart(planOf(processes.map((process) => internalsOf(process).spec)), planOf);
  for (const process of processes) {
    claim(process);
    // Those that were made without a session have one together now.
    internals.set(process, { ...internalsOf(process), runner });
  }
  const streaming = new Set(processes.filter(({ streamOutput }) => streamOutput).map(({ processId }) => processId));
  return await runner.run(settings, streaming, options).catch((error: unknown) => {
    // They were refused, and have not run.
    if (error instanceof RangeError) for (const process of processes) started.delete(process);
    throw error;
  });
}

function guardNumber(count: number, runner: SessionRunner): void {
  const most = runner.options.values['max-prompts'];
  if (count > most) throw new RangeError(`processes: ${count} are more than max-prompts, ${most}.`);
}

function belongTogether(process: ClaudeProcess, first: ClaudeProcess): boolean {
  const [one, other] = [internalsOf(process), internalsOf(first)];
  return (
    one.runner === other.runner || (one.standalone && other.standalone && sharedSettings(one) === sharedSettings(other))
  );
}

/** Options that a session has once; those of a single process may differ. */
function sharedSettings({ runner }: ProcessInternals): string {
  const { policy, logDirectory, claude, credentials, passEnv, mask, resumeFrom } = runner.options.settings;
  return JSON.stringify({ policy, logDirectory, claude, credentials, passEnv, mask, resumeFrom });
}

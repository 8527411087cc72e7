import process from 'node:process';
import { type Fault, faultOf, type Parsed } from '../config/fault.ts';
import { parseOptionValues, processOptions } from '../config/option-values.ts';
import { generateProcessId, parseProcessId } from '../config/process-id.ts';
import { buildProcess } from '../config/process-specs.ts';
import { type PromptDraft, parsePrompt } from '../config/prompt-draft.ts';
import type { Plan, ProcessSpec } from '../core/plan.ts';
import type { ProcessResult } from '../core/result.ts';
import { throwFaults } from './argument-error.ts';
import type { ProcessOptions, RunOptions, SessionOptions } from './options.ts';
import { SessionRunner } from './session-runner.ts';

/** What a process of a session is made from. */
export interface SessionProcessOptions extends ProcessOptions {
  readonly prompt: string;
  /** Generated when left out: `process_001` and so on. */
  readonly processId?: string | undefined;
}

/** What a process outside of any session is made from: it brings the session's options along. */
export type ClaudeProcessOptions = SessionProcessOptions &
  Omit<SessionOptions, 'baseLogDir'> & {
    /** Base of the log directory; `.claude/runtime/logs` below the working directory by default. */
    readonly logDir?: string | undefined;
  };

/** Ids generated for processes outside of any session: such processes may come together in one call. */
const looseIds = new Set<string>();

/** One prompt for one Claude CLI, to be run once: by itself or by a pattern function. */
export class ClaudeProcess {
  readonly processId: string;
  readonly prompt: string;
  readonly workingDir: string;
  readonly streamOutput: boolean;
  /** What the engine runs. */
  readonly spec: ProcessSpec;
  /** Which session runs it. */
  readonly runner: SessionRunner;
  /** It was made by itself, so that it may join others of its kind. */
  readonly loose: boolean;
  #started = false;

  /** Throws a `TypeError` or a `RangeError` for options that are wrong. `runner` is for `createProcess`. */
  constructor(options: ClaudeProcessOptions, runner?: SessionRunner) {
    const { prompt, processId, name, streamOutput, logDir, ...rest } = options;
    this.loose = runner === undefined;
    this.runner = runner ?? new SessionRunner({ ...rest, ...(logDir !== undefined && { baseLogDir: logDir }) });
    this.spec = specOf({
      prompt,
      processId,
      name,
      options: this.loose ? {} : rest,
      runner: this.runner,
      ids: this.#ids(processId),
    });
    this.processId = this.spec.id;
    this.prompt = prompt;
    this.workingDir = this.spec.workingDirectory;
    this.streamOutput = streamOutput ?? this.runner.streamOutput;
  }

  /** The model asked for; absent means the CLI's default. */
  get model(): string | undefined {
    return this.spec.claude.model;
  }

  /** Absolute path of the directory that its log is written to. */
  get logDir(): string {
    return this.runner.directory;
  }

  /** Runs it by itself. Never rejects for what the process did. */
  async run(options: RunOptions = {}): Promise<ProcessResult> {
    const plan = { pattern: 'parallel', maxWorkers: 1, stopOnFailure: false } as const;
    const [result] = await runTogether([this], (processes) => ({ ...plan, processes }), options);
    return result as ProcessResult;
  }

  /** Marks it as run; throws a `TypeError` when it already was. */
  claim(): void {
    if (this.#started) throw new TypeError(`processes: "${this.processId}" was run before; a process runs once.`);
    this.#started = true;
  }

  #ids(given: string | undefined): Set<string> {
    if (!this.loose) return this.runner.ids;
    // Whether a given id is taken shows only when such processes come together.
    return given === undefined ? looseIds : new Set();
  }
}

/** Runs processes of one session, or loose ones with the same options, as one plan. */
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
  guardNumber(processes.length, first.runner);
  for (const process of processes) process.claim();
  const streaming = new Set(processes.filter(({ streamOutput }) => streamOutput).map(({ processId }) => processId));
  return await first.runner.run(planOf(processes.map(({ spec }) => spec)), streaming, options);
}

function guardNumber(count: number, runner: SessionRunner): void {
  const most = runner.options.values['max-prompts'];
  if (count > most) throw new RangeError(`processes: ${count} are more than max-prompts, ${most}.`);
}

function belongTogether(process: ClaudeProcess, first: ClaudeProcess): boolean {
  if (process.runner === first.runner) return true;
  return process.loose && first.loose && sharedSettings(process) === sharedSettings(first);
}

/** What a session has once: options of a single process may differ. */
function sharedSettings({ runner }: ClaudeProcess): string {
  const { policy, logDirectory, claude, credentials, passEnv, mask, resumeFrom } = runner.options.settings;
  return JSON.stringify({ policy, logDirectory, claude, credentials, passEnv, mask, resumeFrom });
}

interface SpecParts {
  readonly prompt: string;
  readonly processId: string | undefined;
  readonly name: string | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  readonly runner: SessionRunner;
  readonly ids: Set<string>;
}

function specOf({ prompt, processId, name, options, runner, ids }: SpecParts): ProcessSpec {
  const { values, faults } = parseOptionValues({
    door: 'library',
    options,
    allowed: processOptions,
    base: process.cwd(),
  });
  const id = processId ?? generateProcessId(ids.size + 1, ids);
  const taken = ids.has(String(id).toLowerCase())
    ? [faultOf('processId', { kind: 'range', text: `"${id}" is already in use.` })]
    : [];
  const own = [...faultsIn('prompt', parsePrompt(prompt)), ...faultsIn('processId', parseProcessId(id)), ...taken];
  throwFaults([...own, ...faults]);
  const place = { option: 'prompt', where: `process ${id}` };
  const draft: PromptDraft = {
    source: 'prompt',
    place,
    id,
    prompt,
    values,
    keys: [],
    ...(name !== undefined && { name }),
  };
  const built = buildProcess(draft, id, {
    door: 'library',
    session: runner.options,
    checkout: runner.options.settings.checkout,
  });
  throwFaults(built.faults);
  ids.add(id.toLowerCase());
  return built.process;
}

function faultsIn(option: string, parsed: Parsed<unknown>): Fault[] {
  return parsed.ok ? [] : parsed.problems.map((problem) => faultOf(option, problem));
}

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { readKeyValues } from './command-file.ts';
import type { UserProgram } from './ordinary-user.ts';
import { type RunnerCommand, readConsole } from './runner-commands.ts';
import { waitFor, within } from './wait-for.ts';

/** A step that runs. */
export interface Step {
  readonly pid: number;
  readonly done: Promise<StepResult>;
  /** Everything that it printed so far. */
  readonly printed: () => string;
  /** Resolves when the console shows this. */
  readonly shows: (text: string) => Promise<void>;
  /** Sends a signal to the step's own process alone. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Cancels as GitHub does: SIGINT, 7.5 s, SIGTERM, 2.5 s, then the end of the whole tree. */
  readonly cancel: () => Promise<StepResult>;
  /** Reads no more of the console, until `readAgain`. */
  readonly stopReading: () => void;
  readonly readAgain: () => void;
  /** Closes the console's other end: what is written there from now on fails. */
  readonly closeConsole: () => void;
  /** Processes of the job that are there now, by their command line. */
  readonly processes: () => string[];
}

/** What the runner knows of a step at its end. */
export interface StepResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Milliseconds from the start, and from the first signal. */
  readonly duration: number;
  readonly sinceSignal: number | undefined;
  readonly printed: string;
  /** Workflow commands that took effect. */
  readonly commands: readonly RunnerCommand[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The other command files as the step left them. */
  readonly otherFiles: string;
  /** Processes of the job that were there when the step had ended. */
  readonly survivors: readonly string[];
  /** The most memory that the step's own process had, in MiB (RSS, as Linux counts it). */
  readonly peakMemoryMiB: number;
}

/** What a step is made of. */
export interface StepSetUp {
  /** The program that Node runs. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly inputs: Readonly<Record<string, string>>;
  /** Path of what announces them, with their defaults. */
  readonly actionFile: string;
  /** Directory for the command files of this step. */
  readonly files: string;
  readonly workspace: string;
  /** Asked when all files of the step are there. */
  readonly startAs: () => UserProgram;
}

const commandFiles = ['ENV', 'PATH', 'OUTPUT', 'STATE', 'STEP_SUMMARY', 'ARTIFACTS'] as const;

/** The built Action as a child process, with everything around it that the runner gives. */
export class RunningStep implements Step {
  readonly pid: number;
  readonly done: Promise<StepResult>;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #setUp: StepSetUp;
  readonly #started = performance.now();
  #signalled: number | undefined;
  #printed = '';
  #peakMemoryMiB = 0;

  constructor(setUp: StepSetUp) {
    this.#setUp = setUp;
    const { program, environment, inputs, actionFile, files, workspace } = setUp;
    mkdirSync(files, { recursive: true });
    const paths = commandFiles.map((name) => [`GITHUB_${name}`, join(files, name)] as const);
    for (const [, path] of paths) writeFileSync(path, '');
    const { node, ids } = setUp.startAs();
    this.#child = spawn(node, [program], {
      ...ids,
      cwd: workspace,
      env: { ...environment, ...inputVariables(inputs, actionFile), ...Object.fromEntries(paths) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.pid = this.#child.pid ?? -1;
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#printed += text;
      });
    }
    this.done = this.#end();
  }

  readonly printed = (): string => this.#printed;

  readonly shows = async (text: string): Promise<void> => {
    const seen = waitFor(`the console to show "${text}"`, () => this.#printed.includes(text), { deadlineMs: 60_000 });
    await Promise.race([seen, this.done]);
    if (!this.#printed.includes(text)) throw new Error(`The step ended without "${text}":\n${this.#printed}`);
  };

  readonly signal = (name: NodeJS.Signals): void => {
    this.#signalled ??= performance.now();
    this.#child.kill(name);
  };

  readonly cancel = async (): Promise<StepResult> => {
    this.signal('SIGINT');
    await Promise.race([this.done, sleep(7500)]);
    this.signal('SIGTERM');
    await Promise.race([this.done, sleep(2500)]);
    this.killTree();
    return this.done;
  };

  readonly stopReading = (): void => {
    this.#child.stdout.pause();
    this.#child.stderr.pause();
  };

  readonly readAgain = (): void => {
    this.#child.stdout.resume();
    this.#child.stderr.resume();
  };

  readonly closeConsole = (): void => {
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  };

  readonly processes = (): string[] => this.#strays().map(({ command }) => command);

  /** The runner finds the strays of a job by a variable in their environment. */
  killTree(): void {
    for (const { pid } of this.#strays()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended meanwhile.
      }
    }
  }

  async #end(): Promise<StepResult> {
    const closed = once(this.#child, 'close');
    const measuring = setInterval(() => this.#measure(), 50);
    const [exitCode, signal] = (await once(this.#child, 'exit')) as [number | null, NodeJS.Signals | null];
    const ended = performance.now();
    clearInterval(measuring);
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.resume();
    // What was printed last may still be on its way; a survivor may hold the pipe forever.
    await within('the console to end', closed).catch(() => undefined);
    const { files } = this.#setUp;
    return {
      exitCode,
      signal,
      duration: ended - this.#started,
      sinceSignal: this.#signalled === undefined ? undefined : ended - this.#signalled,
      printed: this.#printed,
      commands: readConsole(this.#printed).commands,
      outputs: readKeyValues(join(files, 'OUTPUT')),
      state: readKeyValues(join(files, 'STATE')),
      summary: contentOf(join(files, 'STEP_SUMMARY')),
      otherFiles: ['ENV', 'PATH', 'ARTIFACTS'].map((name) => contentOf(join(files, name))).join(''),
      survivors: this.processes(),
      peakMemoryMiB: this.#peakMemoryMiB,
    };
  }

  #measure(): void {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(contentOf(`/proc/${this.pid}/status`))?.[1];
    if (kibibytes !== undefined) this.#peakMemoryMiB = Number(kibibytes) / 1024;
  }

  #strays(): { pid: number; command: string }[] {
    const mark = `RUNNER_TRACKING_ID=${this.#setUp.environment.RUNNER_TRACKING_ID}`;
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.flatMap((pid) => {
      if (!contentOf(`/proc/${pid}/environ`).split('\0').includes(mark)) return [];
      return [{ pid: Number(pid), command: contentOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }];
    });
  }
}

/** Of every input that action.yml knows and of every one that the workflow gives. */
function inputVariables(given: Readonly<Record<string, string>>, actionFile: string): Record<string, string> {
  const { inputs } = parse(readFileSync(actionFile, 'utf8')) as {
    inputs: Record<string, { default?: string }>;
  };
  const defaults = Object.entries(inputs).map(([name, input]) => [name, defaultValue(input.default)] as const);
  const all = { ...Object.fromEntries(defaults), ...given };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}

function defaultValue(text = ''): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) =>
    expression === 'github.token' ? 'ghs_0123456789abcdefghijABCDEFGHIJ012345' : 'null',
  );
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { compileCache } from './compile-cache.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { waitFor } from './wait-for.ts';

const root = join(import.meta.dirname, '../..');

/** The directory with the real CLI. */
const bin = join(root, 'node_modules/.bin');

/** The built command, as package.json names it. */
export const commandFile = join(root, 'build/bundle/claude-ensemble.js');

/** A directory of one test in which the command is called. */
export interface CommandPlace extends AsyncDisposable {
  /** The current directory of every call. */
  readonly directory: string;
  /** Writes a file below the directory and gives its path. */
  readonly write: (path: string, text: string, mode?: number) => Promise<string>;
  /** Starts the command. */
  readonly start: (args: readonly string[], options?: CallOptions) => RunningCommand;
  /** Runs the command to its end. */
  readonly run: (args: readonly string[], options?: CallOptions) => Promise<FinishedCommand>;
  /** A file of the first session that was run here. */
  readonly sessionFile: (name: string) => Promise<string>;
  /** Resolves when that file is there. */
  readonly sessionFileAppears: (name: string) => Promise<void>;
}

/** What is special about a call. */
export interface CallOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Standard input; nothing when absent. */
  readonly input?: string | Uint8Array | Readable;
  /** Arguments of Node, ahead of the command's file. */
  readonly nodeArgs?: readonly string[];
}

/** A command that runs. */
export interface RunningCommand {
  readonly done: Promise<FinishedCommand>;
  /** Resolves when standard output or standard error shows this. */
  readonly shows: (text: string) => Promise<void>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Goes away as `head -1` does. */
  readonly closeStdout: () => void;
  /** Stays, and reads nothing from now on. */
  readonly stopReading: () => void;
  readonly readAgain: () => void;
}

/** A command that has ended. */
export interface FinishedCommand {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from the first signal to the end of the process. */
  readonly sinceSignal: number | undefined;
}

/** Makes an empty directory to call the command in; disposing of it ends what still runs. */
export async function commandPlace(): Promise<CommandPlace> {
  const outer = await temporaryDirectory();
  const directory = outer.join('work');
  await Promise.all([mkdir(directory), mkdir(outer.join('home'))]);
  const environment = {
    PATH: [bin, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    HOME: outer.join('home'),
    LANG: 'C.UTF-8',
    ...compileCache,
  };
  const commands: Call[] = [];
  const start = (args: readonly string[], { env = {}, nodeArgs = [], input }: CallOptions = {}): Call => {
    const child = spawn(process.execPath, [...nodeArgs, commandFile, ...args], {
      cwd: directory,
      env: { ...environment, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    // A command that does not want all of it closes its end.
    if (child.stdin !== null)
      Readable.from(input instanceof Readable ? input : [input]).pipe(child.stdin.on('error', () => undefined));
    const command = new Call(child);
    commands.push(command);
    return command;
  };
  const sessionFile = async (name: string): Promise<string> => {
    const base = join(directory, '.claude/runtime/logs');
    const [session = 'none'] = (await readdir(base)).filter((entry) => !entry.startsWith('.')).sort();
    return readFile(join(base, session, name), 'utf8');
  };
  return {
    directory,
    async write(path, text, mode = 0o644) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), text, { mode });
      return join(directory, path);
    },
    start,
    run: (args, options) => start(args, options).done,
    sessionFile,
    async sessionFileAppears(name) {
      await waitFor(`the file ${name}`, () => sessionFile(name).catch(() => undefined), { deadlineMs: 20_000 });
    },
    async [Symbol.asyncDispose]() {
      for (const command of commands) command.signal('SIGKILL');
      await Promise.all(commands.map(({ done }) => done));
      await outer[Symbol.asyncDispose]();
    },
  };
}

class Call implements RunningCommand {
  readonly done: Promise<FinishedCommand>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #signalledMs: number | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.done = this.#end();
  }

  readonly shows = async (text: string): Promise<void> => {
    await waitFor(
      `the command to show "${text}" in:\n${this.#stderr}`,
      () => this.#stdout.includes(text) || this.#stderr.includes(text),
      { deadlineMs: 20_000 },
    );
  };

  readonly signal = (name: NodeJS.Signals): void => {
    this.#signalledMs ??= performance.now();
    this.#child.kill(name);
  };

  readonly closeStdout = (): void => {
    this.#child.stdout?.destroy();
  };

  readonly stopReading = (): void => {
    this.#child.stdout?.pause();
  };

  readonly readAgain = (): void => {
    this.#child.stdout?.resume();
  };

  async #end(): Promise<FinishedCommand> {
    const closed = once(this.#child, 'close');
    const [exitCode, signal] = (await once(this.#child, 'exit')) as [number | null, NodeJS.Signals | null];
    const endedMs = performance.now();
    this.#child.stdout?.resume();
    await closed;
    const sinceSignal = this.#signalledMs === undefined ? undefined : endedMs - this.#signalledMs;
    return { exitCode, signal, stdout: this.#stdout, stderr: this.#stderr, sinceSignal };
  }
}

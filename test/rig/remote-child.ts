import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Interface } from 'node:readline';
import { type WaitOptions, within } from './wait-for.ts';

/** A real child process that obeys the test step by step. Every order resolves when the child has carried it out. */
export interface ControlledChild {
  readonly pid: number;
  readonly parentPid: number;
  /** The arguments after the executable. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Resolves when the process is dead, however it died. */
  readonly closed: Promise<void>;
  readonly alive: boolean;
  /** Reads standard input to its end; nothing is read before the first call. */
  stdin(): Promise<string>;
  /** Writes to standard output; resolves when the pipe has taken it all. */
  print(output: string | Uint8Array): Promise<void>;
  printError(output: string | Uint8Array): Promise<void>;
  /** Prints one JSON line, as in `--output-format stream-json`. */
  printJson(message: Readonly<Record<string, unknown>>): Promise<void>;
  /** Prints a text many times without sending it here first: for floods. */
  printMany(text: string, times: number): Promise<void>;
  /** From now on the signal has no effect but to be reported, see `signalled`. */
  ignore(signal: NodeJS.Signals): Promise<void>;
  /** Resolves when a signal that is ignored has arrived, with the child's `monotonicMs` of then. */
  signalled(signal: NodeJS.Signals, wait?: WaitOptions): Promise<number>;
  /** From now on the signal makes the child exit, as the CLI does with 143 on SIGTERM. */
  exitOn(signal: NodeJS.Signals, code: number): Promise<void>;
  /** Exits; resolves when the process is dead. */
  exit(code: number): Promise<void>;
  /** Kills itself; resolves when the process is dead. */
  dieBy(signal: NodeJS.Signals): Promise<void>;
  /** Starts a process of its own, which obeys the test as well. */
  spawnGrandchild(options?: GrandchildOptions): Promise<ControlledChild>;
}

/** What is special about a grandchild. */
export interface GrandchildOptions {
  /** It keeps the child's standard output and error open, and may print to them. */
  readonly holdPipe?: boolean;
  /** It leads a session and a process group of its own. */
  readonly setsid?: boolean;
  /** It begins with SIGTERM ignored. */
  readonly ignoreTerm?: boolean;
  /** It starts with an empty environment: no marker of ours is left in it. */
  readonly clearEnvironment?: boolean;
}

/** What the program says first. */
export interface Hello {
  readonly token: string;
  readonly pid: number;
  readonly parentPid: number;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What the program says later. */
type Report = { readonly done: number; readonly value?: string } | { readonly signal: string; readonly atMs: number };

/** How to reach a child that has reported. */
export interface RemoteChildOptions {
  readonly hello: Hello;
  readonly socket: Socket;
  readonly lines: Interface;
  /** Gives the grandchild that will report with this token. */
  readonly expect: (token: string) => Promise<ControlledChild>;
}

/** The test's end of the connection to a controlled child. */
export class RemoteChild implements ControlledChild {
  readonly pid: number;
  readonly parentPid: number;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #expect: RemoteChildOptions['expect'];
  readonly #orders = new Map<number, (value: string | undefined) => void>();
  readonly #signals = new Map<string, PromiseWithResolvers<number>>();
  #lastOrder = 0;
  #stdin: Promise<string> | undefined;

  constructor({ hello, socket, lines, expect }: RemoteChildOptions) {
    ({ pid: this.pid, parentPid: this.parentPid, argv: this.argv, env: this.env, cwd: this.cwd } = hello);
    this.#socket = socket;
    this.#expect = expect;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    lines.on('line', (line) => this.#hear(JSON.parse(line) as Report));
  }

  get alive(): boolean {
    return !this.#socket.closed;
  }

  stdin(): Promise<string> {
    this.#stdin ??= this.#order('readStdin').then((base64) => Buffer.from(base64 ?? '', 'base64').toString());
    return this.#stdin;
  }

  print(output: string | Uint8Array): Promise<void> {
    return this.#write('stdout', output);
  }

  printError(output: string | Uint8Array): Promise<void> {
    return this.#write('stderr', output);
  }

  printJson(message: Readonly<Record<string, unknown>>): Promise<void> {
    return this.print(`${JSON.stringify(message)}\n`);
  }

  async printMany(text: string, times: number): Promise<void> {
    await this.#order('printMany', { stream: 'stdout', text, times });
  }

  async ignore(signal: NodeJS.Signals): Promise<void> {
    await this.#order('ignore', { signal });
  }

  signalled(signal: NodeJS.Signals, wait?: WaitOptions): Promise<number> {
    return within(`${signal} to reach the child`, this.#signal(signal).promise, wait);
  }

  async exitOn(signal: NodeJS.Signals, code: number): Promise<void> {
    await this.#order('exitOn', { signal, code });
  }

  exit(code: number): Promise<void> {
    return this.#die('exit', { code });
  }

  dieBy(signal: NodeJS.Signals): Promise<void> {
    return this.#die('dieBy', { signal });
  }

  async spawnGrandchild(options: GrandchildOptions = {}): Promise<ControlledChild> {
    const { ignoreTerm = false, ...how } = options;
    const token = randomUUID();
    const grandchild = this.#expect(token);
    await this.#order('spawnGrandchild', { token, ...how });
    if (ignoreTerm) await (await grandchild).ignore('SIGTERM');
    return grandchild;
  }

  async #write(stream: 'stdout' | 'stderr', output: string | Uint8Array): Promise<void> {
    await this.#order('print', { stream, base64: Buffer.from(output).toString('base64') });
  }

  async #die(order: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    this.#send({ order, ...details });
    await within('the child to end', this.closed);
  }

  #order(order: string, details: Readonly<Record<string, unknown>> = {}): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      this.#orders.set(this.#send({ order, ...details }), resolve);
      void this.closed.then(() => reject(new Error(`The child ended before it carried out "${order}".`)));
    });
  }

  #send(order: Readonly<Record<string, unknown>>): number {
    this.#lastOrder += 1;
    this.#socket.write(`${JSON.stringify({ id: this.#lastOrder, ...order })}\n`);
    return this.#lastOrder;
  }

  #hear(report: Report): void {
    if ('signal' in report) this.#signal(report.signal).resolve(report.atMs);
    else this.#orders.get(report.done)?.(report.value);
  }

  #signal(name: string): PromiseWithResolvers<number> {
    const known = this.#signals.get(name) ?? Promise.withResolvers<number>();
    this.#signals.set(name, known);
    return known;
  }
}

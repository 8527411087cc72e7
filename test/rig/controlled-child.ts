import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { type ControlledChild, type Hello, RemoteChild } from './remote-child.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { within } from './wait-for.ts';

export type { ControlledChild } from './remote-child.ts';

/** Where controlled children come from. Disposing of it ends every process that it ever saw. */
export interface Rig extends AsyncDisposable {
  /** An executable to be used as the Claude CLI; it needs nothing from its environment. */
  readonly executable: string;
  /** The next child that was started, in the order in which they reported; fails when none comes. */
  nextChild(): Promise<ControlledChild>;
  /** How many children were started so far, grandchildren aside. */
  readonly started: number;
}

/** How the rig's executable presents itself. */
export interface RigOptions {
  /** What it answers to `--version` by itself; `controlled`: such a call is a child like any other. */
  readonly version?: string | 'controlled';
  /** The file's name. */
  readonly name?: string;
}

const program = join(import.meta.dirname, 'controlled-child-program.mjs');
const topToken = 'child';

/** Starts to listen for children, and writes the executable that makes them. POSIX only: it is a shell script. */
export async function startRig({ version = '2.1.330 (Claude Code)', name = 'claude' }: RigOptions = {}): Promise<Rig> {
  await using cleanup = new AsyncDisposableStack();
  const directory = cleanup.use(await temporaryDirectory());
  const family = new Family();
  const server = createServer((socket) => family.take(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.defer(async () => {
    server.close();
    await family.end();
  });
  const executable = directory.join(name);
  await writeFile(executable, script({ port: (server.address() as AddressInfo).port, version }), { mode: 0o755 });
  const owned = cleanup.move();
  return {
    executable,
    nextChild: () => within('a child to be started', family.next()),
    get started() {
      return family.started;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function script({ port, version }: { readonly port: number; readonly version: string }): string {
  const answer = `if [ "$*" = --version ]; then printf '%s\\n' ${quote(version)}; exit 0; fi\n`;
  const run = `exec ${quote(process.execPath)} ${quote(program)} ${port} ${topToken} "$@"\n`;
  return `#!/bin/sh\n${version === 'controlled' ? '' : answer}${run}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Every process that reported to this rig. */
class Family {
  readonly #waitingChildren: ControlledChild[] = [];
  readonly #waitingTests: ((child: ControlledChild) => void)[] = [];
  readonly #expected = new Map<string, (child: ControlledChild) => void>();
  readonly #sockets = new Set<Socket>();
  #started = 0;

  get started(): number {
    return this.#started;
  }

  next(): Promise<ControlledChild> {
    const child = this.#waitingChildren.shift();
    return child ? Promise.resolve(child) : new Promise((resolve) => this.#waitingTests.push(resolve));
  }

  take(socket: Socket): void {
    this.#sockets.add(socket);
    const lines = createInterface({ input: socket });
    lines.once('line', (line) => {
      const { hello } = JSON.parse(line) as { readonly hello: Hello };
      this.#welcome(hello.token, new RemoteChild({ hello, socket, lines, expect: (token) => this.#expect(token) }));
    });
    // A child that is killed resets its connection; `closed` resolves then.
    for (const emitter of [socket, lines]) emitter.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /** The programs exit when their connection ends, even those that ignore signals. */
  async end(): Promise<void> {
    const ends = [...this.#sockets].map((socket) => once(socket, 'close'));
    for (const socket of this.#sockets) socket.end();
    await within('every controlled child to end', Promise.all(ends));
  }

  #expect(token: string): Promise<ControlledChild> {
    return within('a grandchild to start', new Promise((resolve) => this.#expected.set(token, resolve)));
  }

  #welcome(token: string, child: ControlledChild): void {
    if (token === topToken) this.#started += 1;
    const waiting = token === topToken ? this.#waitingTests.shift() : this.#expected.get(token);
    if (waiting) waiting(child);
    else this.#waitingChildren.push(child);
  }
}

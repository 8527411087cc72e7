import process from 'node:process';
import type { Readable } from 'node:stream';
import type { StopCause } from '../model/event.ts';
import type { ChildExit } from '../model/result.ts';
import type { ChildEnd, ChildRequest, ChildTask } from './child-request.ts';
import { ProcessTree, signalProcess } from './process-tree.ts';
import { Pump } from './pump.ts';
import { type Subprocess, spawnFault, startSubprocess } from './subprocess.ts';

/** Interval at which a running child is scanned for descendants that could later hide, in milliseconds. */
const scanIntervalMs = 1_000;

/** At least what the pipes of a child hold: once so much was read after its exit, all that it wrote itself was read. */
const pipeCapacityBytes = 1024 * 1024;

/**
 * Time limit of the search for what a child left behind, in milliseconds: a machine with very many processes must not delay the
 * end for longer.
 */
const sweepLimitMs = 2_000;

/**
 * One child process and its end: started, stopped and accounted for.
 *
 *   waiting, for its input: nothing is read, and no timeout runs
 *      │ deliver
 *      ▼
 *   starting ──first output──▶ running ──final result──▶ lingering
 *      │                          │                         │ 30 s
 *      └──────── stop(cause) ─────┴───────────┬─────────────┘
 *                                             ▼
 *                        stopping (SIGTERM) ──grace──▶ killing (SIGKILL)
 *
 *   any of these three ◀──▶ blocked-by-us: we do not read, so that nothing which the child does, or fails to do, says
 *                               anything about it; only `timeout` goes on
 *
 *   exit, in any of them ──▶ draining (pipes) ──▶ sweeping (survivors) ──▶ ended
 *                            a cancel ends what holds the pipes
 */
type ChildState = 'waiting' | LiveState | 'blocked-by-us' | 'stopping' | 'killing' | 'draining' | 'sweeping' | 'ended';

/** The states of a child that has its input and is not being stopped. */
type LiveState = 'starting' | 'running' | 'lingering';

export class Child {
  readonly pid: number | undefined;
  /** Settles once, after the last survivor is gone. Rejects only with what `onOutput` failed with. */
  readonly ended: Promise<ChildEnd>;
  readonly #request: ChildRequest;
  readonly #subprocess: Subprocess;
  readonly #tree: ProcessTree;
  #state: ChildState = 'waiting';
  /** State that a blocked child returns to. */
  #unblockedState: LiveState = 'starting';
  /** Pipes that are not read because what was read of them is not written yet. */
  #heldPumps = 0;
  #pumps: readonly Pump[] = [];
  /** Absent while the child waits for it. */
  #task: ChildTask | undefined;
  #stopCause: StopCause | undefined;
  #lastDataAt: number;
  #bytesRead = 0;
  #listenerFault: Error | undefined;
  #resultFirst = false;
  /** When the SIGKILL is due: a later cause may bring it forward, never put it off. */
  #killAt = Number.POSITIVE_INFINITY;
  #cancelTimeout: () => void = () => undefined;
  #cancelIdle: () => void = () => undefined;
  #cancelEscalation: () => void = () => undefined;

  constructor(request: ChildRequest) {
    this.#request = request;
    this.#lastDataAt = request.clock.now();
    this.#subprocess = startSubprocess(request);
    this.pid = this.#subprocess.pid;
    this.#tree = new ProcessTree(request, this.pid);
    this.ended = this.#supervise();
  }

  /** Whether the child is there and has not been given its input yet. */
  get isWaiting(): boolean {
    return this.#state === 'waiting' && this.pid !== undefined && !this.#hasExited();
  }

  /** Writes the input and closes it, as programs wait for its end; from now on the output is read and the timeouts run. */
  deliver(task: ChildTask): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'starting';
    this.#task = task;
    this.#lastDataAt = this.#request.clock.now();
    this.#subprocess.stdin?.end(task.input);
    if (this.pid === undefined) return;
    const { timeoutMs } = task;
    if (timeoutMs !== undefined) this.#cancelTimeout = this.#after(timeoutMs, () => this.stop('timeout'));
    this.#armIdle();
    this.#pumps = [this.#pump('stdout', task), this.#pump('stderr', task)];
  }

  /** The final result has come: the child has done its work and should exit by itself. */
  resultSeen(): void {
    if (this.#state === 'blocked-by-us' && this.#unblockedState === 'running') this.#unblockedState = 'lingering';
    else if (this.#state === 'running') this.#enter('lingering');
    else return;
    this.#resultFirst = true;
    this.#cancelTimeout();
  }

  /** Enters a state in which the child does as it likes, with the timers of that state. */
  #enter(state: LiveState): void {
    this.#state = state;
    this.#cancelTimers();
    if (state === 'lingering')
      this.#cancelEscalation = this.#after(this.#request.timings.lingerMs, () => this.stop('hang-after-result'));
    else this.#armIdle();
  }

  #cancelTimers(): void {
    this.#cancelIdle();
    this.#cancelEscalation();
  }

  #hold(isHeld: boolean): void {
    this.#heldPumps += isHeld ? 1 : -1;
    // What a pipe holds could not be known while it was not read.
    this.#lastDataAt = this.#request.clock.now();
    if (this.#heldPumps === 0 && this.#state === 'blocked-by-us') this.#enter(this.#unblockedState);
    if (this.#heldPumps === 0 || !isLive(this.#state)) return;
    this.#unblockedState = this.#state;
    this.#state = 'blocked-by-us';
    this.#cancelTimers();
  }

  /** Ends the child: SIGTERM to its group now, SIGKILL to all of its tree after the grace. */
  stop(cause: StopCause): void {
    const isCancel = cause === 'cancelled' || cause === 'deadline';
    if (this.#state === 'stopping' && isCancel) this.#escalateAfterGrace(cause);
    if (this.#state === 'draining' && isCancel) this.#stopHolders();
    if (!isLive(this.#state) && this.#state !== 'blocked-by-us' && this.#state !== 'waiting') return;
    this.#state = 'stopping';
    this.#stopCause = cause;
    this.#cancelTimeout();
    this.#cancelTimers();
    this.#task?.onStop(cause, 'SIGTERM');
    this.#scan();
    this.#signalGroup('SIGTERM');
    this.#escalateAfterGrace(cause);
  }

  /** Ends the child with SIGKILL at once. */
  kill(cause: StopCause): void {
    if (this.#state === 'draining') this.#killHolders();
    if (this.#state === 'killing' || this.#hasExited()) return;
    this.#state = 'killing';
    this.#stopCause ??= cause;
    this.#cancelEscalation();
    this.#task?.onStop(this.#stopCause, 'SIGKILL');
    this.#scan();
    this.#killHolders(); // Again after the exit; now, because a tool must not outlive the CLI by the drain.
  }

  /** The child is gone, but not what holds its pipes: a cancel is for that, too. */
  #stopHolders(): void {
    this.#signalGroup('SIGTERM');
    this.#cancelEscalation = this.#after(this.#request.timings.drainAfterKillMs, () => this.#killHolders());
  }

  /** Output that the child itself wrote can still be read. */
  #killHolders(): void {
    this.#signalGroup('SIGKILL');
    void this.#tree.killSurvivors();
  }

  #escalateAfterGrace(cause: StopCause): void {
    const { stopGraceMs, cancelGraceMs } = this.#request.timings;
    const graceMs = cause === 'cancelled' || cause === 'deadline' ? cancelGraceMs : stopGraceMs;
    const killAt = this.#request.clock.now() + graceMs;
    if (killAt >= this.#killAt) return;
    this.#killAt = killAt;
    this.#cancelEscalation();
    this.#cancelEscalation = this.#after(graceMs, () => this.kill(cause));
  }

  async #supervise(): Promise<ChildEnd> {
    if (this.pid === undefined) {
      const { code, message } = spawnFault(await this.#subprocess);
      this.#state = 'ended';
      return { kind: 'not-started', code, message };
    }
    const scanning = setInterval(() => this.#scan(), scanIntervalMs);
    const exit = await this.#exited();
    clearInterval(scanning);
    this.#cancelTimeout();
    this.#cancelTimers();
    this.#state = 'draining';
    await this.#drain();
    this.#cancelEscalation();
    this.#state = 'sweeping';
    this.#signalGroup('SIGKILL');
    await this.#raced(this.#tree.killSurvivors(), sweepLimitMs);
    if (this.#task === undefined) this.#closePipes();
    this.#state = 'ended';
    if (this.#listenerFault !== undefined) throw this.#listenerFault;
    return {
      kind: 'exited',
      exit,
      resultFirst: this.#resultFirst,
      ...(this.#stopCause && { stopCause: this.#stopCause }),
      ...(this.#tree.killed > 0 && { survivorsKilled: this.#tree.killed }),
    };
  }

  /** Nobody reads those of a child that was never given its input. */
  #closePipes(): void {
    for (const pipe of [this.#subprocess.stdin, this.#subprocess.stdout, this.#subprocess.stderr]) pipe?.destroy();
  }

  #armIdle(): void {
    const { idleTimeoutMs } = this.#task ?? {};
    this.#cancelIdle();
    if (idleTimeoutMs !== undefined) this.#cancelIdle = this.#after(idleTimeoutMs, () => this.#idle());
  }

  /** We may have been busy ourselves: what came meanwhile is read before a child is called silent. */
  #idle(): void {
    const asked = setImmediate(() => this.stop('idle-timeout'));
    this.#cancelIdle = () => clearImmediate(asked);
  }

  #after(delayMs: number, callback: () => void): () => void {
    return this.#request.clock.after(delayMs, callback);
  }

  #exited(): Promise<ChildExit> {
    const { nodeChildProcess } = this.#subprocess;
    return new Promise((resolve) => {
      if (this.#hasExited()) return resolve({ code: nodeChildProcess.exitCode, signal: nodeChildProcess.signalCode });
      nodeChildProcess.once('exit', (code: number | null, signal: NodeJS.Signals | null) => resolve({ code, signal }));
    });
  }

  #hasExited(): boolean {
    const { exitCode, signalCode } = this.#subprocess.nodeChildProcess;
    return exitCode !== null || signalCode !== null;
  }

  #pump(name: 'stdout' | 'stderr', { onOutput }: ChildTask): Pump {
    return new Pump(this.#subprocess[name] as Readable, {
      readAhead: this.#request.readAhead,
      onOutput: (bytes) => onOutput(name, bytes),
      onData: (length) => this.#noteData(name, length),
      onHold: (isHeld) => this.#hold(isHeld),
      onFault: (error) => this.#giveUp(error),
    });
  }

  /** Output of a child must not be lost in silence: without a listener its result is worth nothing. */
  #giveUp(error: unknown): void {
    this.#listenerFault ??= error instanceof Error ? error : new Error(String(error));
    for (const pump of this.#pumps) pump.stop();
    this.kill('internal-error');
  }

  #noteData(name: 'stdout' | 'stderr', length: number): void {
    this.#lastDataAt = this.#request.clock.now();
    this.#bytesRead += length;
    if (name !== 'stdout') return;
    if (this.#state === 'blocked-by-us' && this.#unblockedState === 'starting') this.#unblockedState = 'running';
    if (this.#state === 'starting' || this.#state === 'running') this.#enter('running');
  }

  /** A descendant may hold the pipes open after the exit: read while data flows, but not forever (docs/reliability.md, R2). */
  async #drain(): Promise<void> {
    const { drainSilenceMs, drainLimitMs, drainAfterKillMs } = this.#request.timings;
    const { clock } = this.#request;
    const exitedAt = clock.now();
    const bytesAtExit = this.#bytesRead;
    const limitMs = this.#stopCause === undefined ? drainLimitMs : drainAfterKillMs;
    let done = false;
    const finished = Promise.all(this.#pumps.map(({ ended }) => ended)).then(() => {
      done = true;
    });
    while (!done) {
      const now = clock.now();
      // A slow disk is not silence; and what the child itself wrote is read, however long we are held up.
      const isBusy = this.#pumps.some((pump) => pump.isBusy);
      const lastSign = isBusy ? now : Math.max(exitedAt, this.#lastDataAt);
      const isOwn = this.#bytesRead - bytesAtExit < pipeCapacityBytes;
      const mayLose = this.#stopCause === undefined && this.#heldPumps > 0 && isOwn;
      const limit = mayLose ? Number.POSITIVE_INFINITY : exitedAt + limitMs;
      const waitMs = Math.min(lastSign + drainSilenceMs, limit) - now;
      if (waitMs <= 0) break;
      await this.#raced(finished, waitMs);
    }
    for (const pump of this.#pumps) pump.stop();
  }

  /** Waits for the promise, but no longer than the time given. */
  async #raced(promise: Promise<unknown>, waitMs: number): Promise<void> {
    const { promise: elapsed, resolve } = Promise.withResolvers<void>();
    const cancel = this.#after(waitMs, resolve);
    await Promise.race([promise, elapsed]);
    cancel();
  }

  #scan(): void {
    if (this.pid !== undefined && !this.#hasExited()) this.#tree.noteDescendants(this.pid);
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return;
    // On Windows there are no groups: execa ends the tree with taskkill.
    if (process.platform === 'win32') this.#subprocess.kill(signal);
    else if (!signalProcess(-this.pid, signal) && !this.#hasExited()) signalProcess(this.pid, signal);
  }
}

function isLive(state: ChildState): state is LiveState {
  return state === 'starting' || state === 'running' || state === 'lingering';
}

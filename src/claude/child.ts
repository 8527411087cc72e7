import process from 'node:process';
import type { Readable } from 'node:stream';
import type { Clock } from '../core/clock.ts';
import type { StopCause } from '../core/event.ts';
import type { ChildExit } from '../core/result.ts';
import { ProcessTree, signalProcess } from './process-tree.ts';
import type { ReadAhead } from './read-ahead.ts';
import { type Subprocess, spawnFault, startSubprocess } from './subprocess.ts';
import type { Timings } from './timings.ts';

/** How often a running child is looked at for descendants that could later hide. */
const lookIntervalMs = 1_000;

/** What to start, and the rules for ending it. */
export interface ChildRequest {
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  /** The value of the marker variable in `environment`. */
  readonly marker: string;
  /** The mark in the child's resource limits, where the command sets one. */
  readonly limitMark?: number;
  readonly timeoutMs?: number;
  readonly idleTimeoutMs?: number;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly readAhead: ReadAhead;
  /** Takes what the child wrote; a child whose output is taken slowly is read slowly. */
  readonly onOutput: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => Promise<unknown>;
  readonly onStop: (cause: StopCause, signal: NodeJS.Signals) => void;
}

/** How a child ended. */
export type ChildEnd =
  | { readonly kind: 'not-started'; readonly code: string; readonly message: string }
  | {
      readonly kind: 'exited';
      readonly exit: ChildExit;
      /** Why we ended it; absent when it ended by itself. */
      readonly stopCause?: StopCause;
      /** The final result had come before we ended it. */
      readonly resultFirst: boolean;
    };

/**
 * One child process and its end: the only place where a process is started, stopped and accounted for.
 *
 *   starting ──first output──▶ running ──final result──▶ lingering
 *      │                          │                         │ 30 s
 *      └──────── stop(cause) ─────┴───────────┬─────────────┘
 *                                             ▼
 *                        stopping (SIGTERM) ──grace──▶ killing (SIGKILL)
 *
 *   exit, in any of them ──▶ draining (pipes) ──▶ sweeping (survivors) ──▶ ended
 *                            a cancel ends what holds the pipes
 */
type ChildState = 'starting' | 'running' | 'lingering' | 'stopping' | 'killing' | 'draining' | 'sweeping' | 'ended';

export class Child {
  readonly pid: number | undefined;
  /** Settles once, after the last survivor is gone. Rejects only with what `onOutput` threw. */
  readonly ended: Promise<ChildEnd>;
  readonly #request: ChildRequest;
  readonly #subprocess: Subprocess;
  readonly #tree: ProcessTree;
  #state: ChildState = 'starting';
  #stopCause: StopCause | undefined;
  #lastDataAt: number;
  /** Pumps whose listener is still writing: a slow disk is not silence. */
  #busyPumps = 0;
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

  /** Writes the prompt to standard input and closes it: the CLI waits for the end before it begins. */
  deliver(prompt: string): void {
    this.#subprocess.stdin?.end(prompt);
  }

  /** The final result has come: the child has done its work and should exit by itself. */
  resultSeen(): void {
    if (this.#state !== 'running') return;
    this.#state = 'lingering';
    this.#resultFirst = true;
    this.#cancelTimeout();
    this.#cancelIdle();
    this.#cancelEscalation = this.#after(this.#request.timings.lingerMs, () => this.stop('hang-after-result'));
  }

  /** Ends the child: SIGTERM to its group now, SIGKILL to all of its tree after the grace. */
  stop(cause: StopCause): void {
    const isCancel = cause === 'cancelled' || cause === 'deadline';
    if (this.#state === 'stopping' && isCancel) this.#escalateAfterGrace(cause);
    if (this.#state === 'draining' && isCancel) this.#stopHolders();
    if (this.#state !== 'starting' && this.#state !== 'running' && this.#state !== 'lingering') return;
    this.#state = 'stopping';
    this.#stopCause = cause;
    this.#cancelTimeout();
    this.#cancelIdle();
    this.#request.onStop(cause, 'SIGTERM');
    this.#look();
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
    this.#request.onStop(this.#stopCause, 'SIGKILL');
    this.#look();
    this.#killHolders(); // Again after the exit; now, because a tool must not outlive the CLI by the drain.
  }

  /** The child is gone, but not what holds its pipes: a cancel is for that, too. */
  #stopHolders(): void {
    this.#signalGroup('SIGTERM');
    this.#cancelEscalation = this.#after(this.#request.timings.drainAfterKillMs, () => this.#killHolders());
  }

  /** What the child itself wrote can still be read. */
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
    this.#armTimers();
    const looking = setInterval(() => this.#look(), lookIntervalMs);
    const pumps = Promise.all([this.#pump('stdout'), this.#pump('stderr')]).catch((error: unknown) =>
      this.#giveUp(error),
    );
    const exit = await this.#exited();
    clearInterval(looking);
    this.#cancelTimeout();
    this.#cancelIdle();
    this.#cancelEscalation();
    this.#state = 'draining';
    await this.#drain(pumps);
    this.#cancelEscalation();
    this.#state = 'sweeping';
    this.#signalGroup('SIGKILL');
    await this.#tree.killSurvivors();
    this.#state = 'ended';
    if (this.#listenerFault !== undefined) throw this.#listenerFault;
    return {
      kind: 'exited',
      exit,
      resultFirst: this.#resultFirst,
      ...(this.#stopCause && { stopCause: this.#stopCause }),
    };
  }

  #armTimers(): void {
    const { timeoutMs } = this.#request;
    if (timeoutMs !== undefined) this.#cancelTimeout = this.#after(timeoutMs, () => this.stop('timeout'));
    this.#armIdle();
  }

  #armIdle(): void {
    const { idleTimeoutMs } = this.#request;
    this.#cancelIdle();
    if (idleTimeoutMs !== undefined) this.#cancelIdle = this.#after(idleTimeoutMs, () => this.stop('idle-timeout'));
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

  async #pump(name: 'stdout' | 'stderr'): Promise<void> {
    const chunks = (this.#subprocess[name] as Readable)[Symbol.asyncIterator]();
    const handed: Promise<void>[] = [];
    for (;;) {
      // A pipe that breaks, or that we stop reading, is only an end: the exit and the messages tell what it was worth.
      const next = await chunks.next().catch(() => undefined);
      if (next === undefined || next.done === true || this.#listenerFault !== undefined) break;
      this.#noteData(name);
      // The disk may write what was read while more is read, within limits: a slow disk has to slow the child.
      handed.push(this.#settled(this.#request.onOutput(name, next.value as Uint8Array)));
      while (handed.length > 1 && this.#request.readAhead.isUsedUp) await handed.shift();
    }
    await Promise.all(handed);
  }

  /** Waits until what was read is taken. Only the promise comes in here: the bytes could not be freed while we wait. */
  async #settled(taken: Promise<unknown>): Promise<void> {
    this.#busyPumps += 1;
    try {
      await this.#request.readAhead.until(taken);
    } catch (error) {
      this.#giveUp(error);
    }
    this.#busyPumps -= 1;
    this.#lastDataAt = this.#request.clock.now();
  }

  /** What a child says must not be lost in silence: without a listener its result is worth nothing. */
  #giveUp(error: unknown): void {
    this.#listenerFault ??= error instanceof Error ? error : new Error(String(error));
    this.kill('internal-error');
  }

  #noteData(name: 'stdout' | 'stderr'): void {
    this.#lastDataAt = this.#request.clock.now();
    if (name !== 'stdout') return;
    if (this.#state === 'starting') this.#state = 'running';
    if (this.#state === 'running') this.#armIdle();
  }

  /** A descendant may hold the pipes open after the exit: read while data flows, but not for ever (R2). */
  async #drain(pumps: Promise<unknown>): Promise<void> {
    const { drainSilenceMs, drainLimitMs, drainAfterKillMs } = this.#request.timings;
    const exitedAt = this.#request.clock.now();
    const limitMs = this.#stopCause === undefined ? drainLimitMs : drainAfterKillMs;
    let done = false;
    const finished = pumps.then(() => {
      done = true;
    });
    while (!done) {
      const now = this.#request.clock.now();
      const lastSign = this.#busyPumps > 0 ? now : Math.max(exitedAt, this.#lastDataAt);
      const waitMs = Math.min(lastSign + drainSilenceMs, exitedAt + limitMs) - now;
      if (waitMs <= 0) break;
      await this.#raced(finished, waitMs);
    }
    this.#subprocess.stdout?.destroy();
    this.#subprocess.stderr?.destroy();
    // What was read before must have been taken; a sink that hangs must not hold the session.
    await this.#raced(finished, drainLimitMs);
  }

  /** Waits for the promise, but no longer than the time given. */
  async #raced(promise: Promise<void>, waitMs: number): Promise<void> {
    const { promise: elapsed, resolve } = Promise.withResolvers<void>();
    const cancel = this.#after(waitMs, resolve);
    await Promise.race([promise, elapsed]);
    cancel();
  }

  #look(): void {
    if (this.pid !== undefined && !this.#hasExited()) this.#tree.look(this.pid);
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return;
    // On Windows there are no groups: execa ends the tree with taskkill.
    if (process.platform === 'win32') this.#subprocess.kill(signal);
    else if (!signalProcess(-this.pid, signal) && !this.#hasExited()) signalProcess(this.pid, signal);
  }
}

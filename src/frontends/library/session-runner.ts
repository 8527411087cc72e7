import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import process from 'node:process';
import { automaticTrustNow } from '../../github/automatic-trust.ts';
import { internalErrorMessage } from '../../model/errors.ts';
import { type Plan, processesOf } from '../../model/graph.ts';
import type { ProcessSpec } from '../../model/plan.ts';
import type { ProcessResult } from '../../model/result.ts';
import { checkoutOf } from '../../options/containment.ts';
import type { Settings } from '../../options/settings.ts';
import { open, parallel } from '../../plan/patterns.ts';
import { type PlanNotices, planNotices } from '../../plan/plan-notices.ts';
import { type SessionOptions as ParsedSession, readSession } from '../../plan/session-options.ts';
import { inShard } from '../../plan/sharding.ts';
import { newSessionId } from '../../record/session-id.ts';
import { cancelledResults } from '../../session/cancelled-results.ts';
import type { EarlierRuns } from '../../session/earlier-runs.ts';
import { runSession, type SessionOutcome } from '../../session/run.ts';
import { finishAtExit, LiveRun } from './live-run.ts';
import type { RunOptions, SessionOptions } from './options.ts';
import { ownFieldFaults, throwFaults } from './run-options.ts';
import { streamOutput } from './stream-output.ts';
import { resultOf } from './waiting-turn.ts';

/** Relative to the working directory. */
const logDirectoryDefault = join('.claude', 'runtime', 'logs');

/** State that a session and its processes share: the options, the ids in use, the results so far. */
export class SessionRunner {
  readonly sessionId = newSessionId(new Date(), randomBytes(4));
  readonly options: ParsedSession;
  /** Whether a process writes its text to standard output when it does not say so itself. */
  readonly streamOutput: boolean;
  /** Ids of the session's processes, in lower case. */
  readonly ids = new Set<string>();
  /** Outcomes of the runs that have ended. */
  #earlierRuns: EarlierRuns | undefined;
  /** Runs that processes joined, as long as what they came to is not among the others. */
  readonly #lives = new Set<LiveRun>();
  /** Notices about the options, until the first run has emitted them. */
  #pendingNotices: PlanNotices;
  /** Runs follow each other: they share the session's files. */
  #lastRun: Promise<unknown> = Promise.resolve();
  /** Runs that have not ended, but for one that waits for processes to join. */
  #runs = 0;
  /** The run that processes join now. */
  #live: LiveRun | undefined;
  #outcome: SessionOutcome | undefined;
  /** Why a run that processes joined has no outcome. */
  #failure: Error | undefined;
  #finished: Promise<SessionOutcome> | undefined;
  #isDisposed = false;
  readonly #closing = new AbortController();

  /** Throws a `TypeError` or a `RangeError` for options that are wrong. */
  constructor(given: SessionOptions, name?: string) {
    if (typeof given !== 'object' || given === null)
      throw new TypeError('options: the options of a session are an object, such as { maxWorkers: 4 }.');
    const { streamOutput, ...options } = given;
    const { session, faults, notices, warnings } = readSession({
      frontend: 'library',
      options,
      workspace: process.cwd(),
      allowedRoots: [process.cwd()],
      checkout: checkoutOf(process.cwd(), process.env.GITHUB_WORKSPACE),
      autoTrust: automaticTrustNow(process.env),
      logDirectoryDefault,
      ...(name !== undefined && name.trim() !== '' && { title: name }),
    });
    throwFaults([...faults, ...ownFieldFaults({ streamOutput })]);
    this.options = session;
    this.#pendingNotices = { notices, warnings };
    this.streamOutput = streamOutput ?? true;
  }

  /** Absolute path of the session's directory. */
  get directory(): string {
    return join(this.options.settings.logDirectory, this.sessionId);
  }

  /** The results so far, in the order given. */
  get results(): readonly ProcessResult[] {
    return [...(this.#earlierRuns?.results ?? []), ...[...this.#lives].flatMap(({ results }) => results)];
  }

  /** Throws a `TypeError` when the session has ended. */
  requireOpen(): void {
    if (this.#isDisposed) throw new TypeError('session: it was disposed of; make a new one.');
    if (this.#finished !== undefined) throw new TypeError('session: it has finished; make a new one.');
  }

  /** Cancels what runs, and resolves when all of it has ended and is written down. */
  async close(): Promise<void> {
    this.#isDisposed = true;
    if (this.#runs > 0 || [...this.#lives].some(({ isBusy }) => isBusy)) this.#closing.abort();
    this.#closeLive();
    await Promise.allSettled([this.#lastRun, this.#finished]);
  }

  /** The part of a plan that this machine runs: all of it, or the shard that the options name. Throws a `RangeError` when it has no parts. */
  ownPart(plan: Plan, rebuild: (processes: readonly ProcessSpec[]) => Plan): Settings {
    const { settings, faults } = inShard({ plan, ...this.options, rebuild });
    throwFaults(faults);
    return settings;
  }

  /** Resolves when all that runs has ended and is written down. */
  finish(): Promise<SessionOutcome> {
    if (this.#isDisposed && this.#finished === undefined) this.requireOpen();
    this.#finished ??= this.#finish();
    return this.#finished;
  }

  /** Runs one process beside the others that joined. */
  async join(spec: ProcessSpec, { streams, signal }: JoinOptions): Promise<ProcessResult> {
    try {
      if (this.options.values.shard !== undefined)
        throw new RangeError('shard: calls of agent come one by one, so they cannot be dealt out to several machines.');
      this.#live ??= this.#startLive(spec);
      if (streams) this.#live.streaming.add(spec.id);
      const { begun } = this.#live;
      const cancelled = async () => (await this.#cancelled([spec]))[0] as ProcessResult;
      return await resultOf({ work: this.#live.run(spec, signal), begun, signal, cancelled });
    } catch (error) {
      // It was refused, so there is nothing that has its id.
      if (error instanceof RangeError) this.ids.delete(spec.id.toLowerCase());
      throw error;
    }
  }

  /** Runs a plan after whatever runs now; text of the processes in `streaming` goes to standard output. */
  run(settings: Settings, streaming: ReadonlySet<string>, options: RunOptions): Promise<ProcessResult[]> {
    this.#closeLive();
    this.#runs += 1;
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const work = this.#afterOthers(() => {
      begin();
      return this.#runNow(settings, { ...options, streaming }).finally(() => (this.#runs -= 1));
    });
    const cancelled = () => this.#cancelled(processesOf(settings.plan.graph));
    return resultOf({ work, begun, signal: options.signal, cancelled });
  }

  #cancelled(processes: readonly ProcessSpec[]): Promise<ProcessResult[]> {
    const plan = parallel(processes, { maxWorkers: 1, stopOnFailure: false });
    const settings = { ...this.options.settings, plan };
    return cancelledResults({ settings, environment: process.env, sinks: [], login: 'own' });
  }

  #afterOthers<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#lastRun.then(work);
    this.#lastRun = run.catch(() => undefined);
    return run;
  }

  #closeLive(): void {
    this.#live?.close();
    this.#live = undefined;
  }

  #startLive({ claude: { jsonSchema: _own, ...claude }, ...spec }: ProcessSpec): LiveRun {
    const live = new LiveRun();
    this.#lives.add(live);
    const sample = { ...spec, claude };
    const { 'max-workers': maxWorkers, 'stop-on-failure': stopOnFailure } = this.options.values;
    const plan = open({ maxWorkers, stopOnFailure });
    const release = finishAtExit(() => this.#closeLive());
    void this.#afterOthers(() => this.#runNow({ ...this.options.settings, plan }, { live, sample }))
      .catch((error: Error) => {
        this.#failure = error;
        live.fail(error);
      })
      .finally(release);
    return live;
  }

  async #finish(): Promise<SessionOutcome> {
    this.#closeLive();
    await this.#lastRun;
    if (this.#failure !== undefined) throw this.#failure;
    // Without a run there is a session all the same: one that had nothing to do.
    const plan = parallel([], { maxWorkers: 1, stopOnFailure: false });
    if (this.#outcome === undefined)
      await this.#afterOthers(() => this.#runNow({ ...this.options.settings, plan }, {}));
    return this.#outcome as SessionOutcome;
  }

  async #runNow(settings: Settings, { signal, onEvent, live, ...parts }: RunParts): Promise<ProcessResult[]> {
    const { streaming = live?.streaming, sample } = parts;
    const earlierRuns = this.#earlierRuns;
    const pending = this.#pendingNotices;
    this.#pendingNotices = { notices: [], warnings: [] };
    // Another run of the session may be asked for findings.
    const more = planNotices(settings.plan, { ...settings.policy, failOnSeverity: 'none' }, {});
    using interrupt = interruptOf(signal, this.#closing.signal);
    const result = await runSession({
      settings,
      notices: [...pending.notices, ...more.notices],
      warnings: [...pending.warnings, ...more.warnings],
      environment: process.env,
      sinks: streaming === undefined || (live === undefined && streaming.size === 0) ? [] : [streamOutput(streaming)],
      ...(live !== undefined && { joining: live.open }),
      ...(sample !== undefined && { sample }),
      interrupt: interrupt.signal,
      ...(onEvent !== undefined && { onEvent }),
      login: 'own',
      project: process.cwd(),
      onMissingExecutable: 'fail-processes',
      sessionId: this.sessionId,
      ...(earlierRuns !== undefined && { earlierRuns }),
    }).catch(internalError);
    if (result.kind === 'refused') throw new RangeError(result.faults.join('\n'));
    this.#outcome = result.outcome;
    this.#earlierRuns = result.runs;
    if (live !== undefined) this.#lives.delete(live);
    return result.runs.results.slice(earlierRuns?.results.length);
  }
}

/** Options of a process that joins. */
export interface JoinOptions {
  /** Whether its text goes to standard output. */
  readonly streams: boolean;
  readonly signal: AbortSignal | undefined;
}

type RunParts = RunOptions & {
  readonly streaming?: ReadonlySet<string>;
  /** Lets processes join. */
  readonly live?: LiveRun;
  readonly sample?: ProcessSpec;
};

/** A signal that is aborted with any of these, for a reason that reads well in a verdict. */
function interruptOf(...signals: readonly (AbortSignal | undefined)[]): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const abort = (): void => controller.abort('the calling program');
  for (const signal of signals) {
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort);
  }
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of signals) signal?.removeEventListener('abort', abort);
    },
  };
}

/** The library's boundary: what the engine rejects with is a fault of our own. */
function internalError(cause: unknown): never {
  throw new Error(internalErrorMessage(cause), { cause });
}

import type { ProcessSpec } from '../model/plan.ts';
import type { ProcessResult, SkipReason } from '../model/result.ts';
import { quote } from '../options/diagnostic.ts';
import { continuationFault, continuationWarnings } from '../plan/continued-conversations.ts';
import { taskNode } from '../plan/patterns.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';

/** Outcome of a process that was to join a session. */
export type Joined =
  | { readonly kind: 'ended'; readonly result: ProcessResult }
  /** Its options are such that it could not be started. */
  | { readonly kind: 'refused'; readonly faults: readonly string[] };

/** Has a process join the session that runs; `cancel` ends it alone. Never rejects. */
export type Join = (process: ProcessSpec, cancel?: AbortSignal) => Promise<Joined>;

/** The caller's part in a session that processes join: it is given `join`, and the session stays open until its promise resolves. */
export type Joining = (join: Join) => Promise<void>;

/** The session's part in a join. */
export interface JoinTools {
  readonly faultsOf: (process: ProcessSpec) => readonly string[];
  /**
   * Announces processes to the listeners of the session; gives the result of one that need not run, which shows only `after` what it
   * continues was added.
   */
  readonly introduce: (
    processes: readonly ProcessSpec[],
    after?: Promise<void>,
  ) => Promise<ReadonlyMap<string, ProcessResult>>;
  /** Tells people of what is probably not meant. */
  readonly warn: (message: string) => void;
  /** The result with where its log is, when the log is written. */
  readonly withLogs: (result: ProcessResult) => Promise<ProcessResult>;
}

interface Known {
  readonly process: ProcessSpec;
  /** The scheduler knows it. */
  readonly added: Promise<void>;
}

interface Member {
  readonly end: (result: ProcessResult) => void;
  readonly cancel: AbortController;
}

/** Processes that have joined a session and have not ended. Whatever their number, each costs the same. */
export class JoinedProcesses {
  readonly #members = new Map<string, Member>();
  /** By id: every process that has joined, also when it has ended. */
  readonly #known = new Map<string, Known>();
  /** Conversations whose continuation was warned of. */
  readonly #warned = new Set<string>();
  #count = 0;

  /** Aborted with a `StopCause` when this process alone is to be ended. */
  cancelOf(id: string): AbortSignal | undefined {
    return this.#members.get(id)?.cancel.signal;
  }

  /** The reason why a process is not to start. */
  blockedBy({ id }: ProcessSpec): SkipReason | undefined {
    return this.cancelOf(id)?.aborted ? 'session-cancelled' : undefined;
  }

  /** Resolves the call that waits for the process of this result. */
  end(result: ProcessResult): void {
    this.#members.get(result.processId)?.end(result);
  }

  /** Makes the `join` of a session; processes join in the order of the calls. */
  joinWith(scheduler: Pick<Scheduler, 'add' | 'skip'>, tools: JoinTools): Join {
    return async (process, cancel) => {
      const { conversationFrom: original } = process;
      const faults = [...tools.faultsOf(process), ...this.#originalFaults(process)];
      if (faults.length > 0) return { kind: 'refused', faults };
      this.#warn(process, tools);
      const rank = [this.#count];
      this.#count += 1;
      const adding = Promise.withResolvers<void>();
      this.#known.set(process.id, { process, added: adding.promise });
      const originalAdded = this.#known.get(original ?? '')?.added;
      const known = await tools.introduce([process], originalAdded);
      await originalAdded;
      const ended = this.#ended(process.id, cancel, (reason) => scheduler.skip(process.id, reason));
      scheduler.add(
        [taskNode(process, rank, original === undefined ? [] : [{ of: original, passes: 'nothing' }])],
        known,
      );
      adding.resolve();
      // One that was cancelled before is skipped at once, not when a worker is free.
      if (cancel?.aborted) scheduler.skip(process.id, 'session-cancelled');
      return { kind: 'ended', result: await tools.withLogs(await ended) };
    };
  }

  #originalFaults(process: ProcessSpec): readonly string[] {
    const { conversationFrom: id } = process;
    if (id === undefined) return [];
    const original = this.#known.get(id)?.process;
    const fault =
      original === undefined
        ? `there is no process ${quote(id)} that agent has run since the session began, or since a pattern function ran.`
        : continuationFault(process, original);
    return fault === undefined ? [] : [`conversation-from: ${fault}`];
  }

  /** Once for each conversation: there may be thousands of questions. */
  #warn(process: ProcessSpec, { warn }: Pick<JoinTools, 'warn'>): void {
    const original = this.#known.get(process.conversationFrom ?? '')?.process;
    if (original === undefined || this.#warned.has(original.id)) return;
    for (const message of continuationWarnings([original, process])) {
      this.#warned.add(original.id);
      warn(message);
    }
  }

  async #ended(
    id: string,
    cancel: AbortSignal | undefined,
    skip: (reason: SkipReason) => void,
  ): Promise<ProcessResult> {
    const own = new AbortController();
    const onCancel = (): void => {
      own.abort('cancelled');
      skip('session-cancelled');
    };
    if (cancel?.aborted) own.abort('cancelled');
    cancel?.addEventListener('abort', onCancel);
    try {
      return await new Promise((end) => this.#members.set(id, { end, cancel: own }));
    } finally {
      cancel?.removeEventListener('abort', onCancel);
      this.#members.delete(id);
    }
  }
}

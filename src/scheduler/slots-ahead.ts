import type { Connection, Slot } from '../model/agent.ts';
import type { TaskNode } from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { AdmissionControl } from './admission-control.ts';
import type { Budget } from './budget.ts';

/** Dependencies of the opener of slots. */
export interface SlotsAheadOptions {
  readonly connection: Connection;
  readonly admission: Pick<AdmissionControl, 'startAhead'>;
  readonly budget: Pick<Budget, 'ceilingAhead'>;
}

/** A slot that was opened before its turn. */
export interface SlotAhead {
  readonly slot: Slot;
  /** To be called when its start-up is over: the next may start. */
  readonly markStarted: () => void;
}

interface Opening {
  readonly cancel: AbortController;
  readonly opened: Promise<SlotAhead | undefined>;
  /** Once it is open. */
  current?: SlotAhead;
}

/**
 * Children that start up while others work, for the processes that are likely to be next. One that is not needed any more, or
 * not fit any more, is disposed of.
 */
export class SlotsAhead implements AsyncDisposable {
  readonly #options: SlotsAheadOptions;
  readonly #openings = new Map<string, Opening>();
  readonly #endings = new Set<Promise<void>>();
  #isClosed = false;

  constructor(options: SlotsAheadOptions) {
    this.#options = options;
  }

  /** Opens slots for the next processes and keeps those of running ones; all others are disposed of. */
  readonly prepare = (
    next: readonly TaskNode[],
    running: Iterable<{ readonly node: { readonly id: string } }>,
  ): void => {
    const wanted = new Set([...next.map(({ id }) => id), ...Array.from(running, ({ node }) => node.id)]);
    for (const [id, opening] of this.#openings) if (!wanted.has(id)) this.#drop(id, opening);
    for (const { id, process } of this.#isClosed ? [] : next) if (!this.#openings.has(id)) this.#open(process);
  };

  /** Whether a child waits for this process. */
  has(id: string): boolean {
    return this.#openings.get(id)?.current?.slot.isWaiting === true;
  }

  /** Hands out the slot of a process, if there is one that still waits. */
  async take(id: string): Promise<SlotAhead | undefined> {
    const opening = this.#openings.get(id);
    if (opening === undefined) return undefined;
    this.#openings.delete(id);
    opening.cancel.abort();
    const ahead = await opening.opened;
    if (ahead?.slot.isWaiting === true) return ahead;
    if (ahead !== undefined) this.#end(ahead);
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.prepare([], []);
    while (this.#endings.size > 0) await Promise.all(this.#endings);
  }

  #open(process: ProcessSpec): void {
    const ceiling = this.#options.budget.ceilingAhead(process.maxBudgetUsd);
    if (ceiling === undefined) return;
    const cancel = new AbortController();
    const opening: Opening = {
      cancel,
      opened: this.#opened(process, ceiling, cancel.signal).then((ahead) => {
        if (ahead === undefined) return undefined;
        opening.current = ahead;
        void this.#startedUp(process.id, opening, ahead);
        return ahead;
      }),
    };
    this.#openings.set(process.id, opening);
  }

  async #opened(
    process: ProcessSpec,
    ceiling: { readonly ceilingUsd?: number },
    signal: AbortSignal,
  ): Promise<SlotAhead | undefined> {
    const markStarted = await this.#options.admission.startAhead(signal);
    if (markStarted === undefined) return undefined;
    if (!this.#options.connection.startsQuietly(process)) {
      markStarted();
      return undefined;
    }
    // A failure to open is reported at its turn, if it fails then as well.
    const opened = await this.#options.connection.open({ process, attempt: 1, ...ceiling, isAhead: true });
    if (opened.kind === 'failed') markStarted();
    return opened.kind === 'failed' ? undefined : { slot: opened.slot, markStarted };
  }

  /** For a child that is handed out while it starts up, its task reports the end of the start-up. */
  async #startedUp(id: string, opening: Opening, { slot, markStarted }: SlotAhead): Promise<void> {
    await slot.startedUp();
    if (this.#openings.get(id) === opening) markStarted();
  }

  #drop(id: string, { cancel, opened }: Opening): void {
    this.#openings.delete(id);
    cancel.abort();
    this.#track(opened.then((ahead) => (ahead === undefined ? undefined : this.#ended(ahead))));
  }

  #end(ahead: SlotAhead): void {
    this.#track(this.#ended(ahead));
  }

  async #ended({ slot, markStarted }: SlotAhead): Promise<void> {
    markStarted();
    await slot[Symbol.asyncDispose]();
  }

  #track(ending: Promise<void>): void {
    const tracked = ending.finally(() => this.#endings.delete(tracked));
    this.#endings.add(tracked);
  }
}

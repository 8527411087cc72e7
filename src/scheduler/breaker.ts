import type { AttemptOutcome, Refusal } from '../model/attempt.ts';
import type { Clock } from '../model/clock.ts';
import { pause } from '../model/clock.ts';
import type { Emit } from '../model/event.ts';
import type { ProcessSpec } from '../model/plan.ts';
import { minuteText } from '../text/format.ts';

/** A reset that is farther away is not waited for: a runner costs money by the minute. */
const longestWaitMs = 5 * 60_000;

/** Reset times come in whole seconds, and two clocks never agree. */
const marginMs = 1_000;

/** After this many resets in a row that changed nothing, the service's reset times are ignored. */
const mostWaits = 3;

/** Why nothing more is started: the credential or its account was refused, or its allowance is used up. */
export type BreakerReason = 'auth' | 'quota';

/** Dependencies of the breaker. */
export interface BreakerOptions {
  readonly clock: Clock;
  readonly emit: Emit;
  /** The monotonic time after which nothing starts; absent means never. */
  readonly deadlineAt?: number;
}

/** The processes that a refusal holds for: all of the session, or those of one model. */
interface Scope {
  /** Absent means every model. */
  readonly model?: string;
  /** The model as the refused process asked for it; undefined means the CLI's default. */
  readonly asked: string | undefined;
}

interface Block extends Scope {
  readonly reason: BreakerReason;
}

interface Hold extends Scope {
  /** Monotonic time of the reset. */
  until: number;
  /** Resets waited for since the last success. */
  waits: number;
}

/**
 * Circuit breaker of one session, all of whose processes use the same credential. A refusal that would meet every other
 * process as well stops their starts: for good, or until the limit resets if that is soon. What runs is left to end.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #blocks: Block[] = [];
  readonly #holds: Hold[] = [];
  /** Signals by the model asked for; aborted when no process of that model may start any more. */
  readonly #signals = new Map<string | undefined, AbortController>();

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  /** Why the process may not start; undefined while it may. */
  reasonFor({ claude }: ProcessSpec): BreakerReason | undefined {
    return this.#blocks.find((block) => covers(block, claude.model))?.reason;
  }

  /** Aborted as soon as there is a reason not to start the process. */
  signalFor(process: ProcessSpec): AbortSignal {
    const { model } = process.claude;
    const controller = this.#signals.get(model) ?? new AbortController();
    this.#signals.set(model, controller);
    if (this.reasonFor(process) !== undefined) controller.abort();
    return controller.signal;
  }

  /** Whether starts of the process are held until a limit resets. */
  isHeld({ claude }: ProcessSpec): boolean {
    return this.#holdMs(claude.model) > 0;
  }

  /** Waits until no limit holds the process back, or the signal aborts. */
  async reset({ claude }: ProcessSpec, signal: AbortSignal): Promise<void> {
    for (let wait = this.#holdMs(claude.model); wait > 0 && !signal.aborted; wait = this.#holdMs(claude.model))
      await pause(this.#options.clock, wait, signal);
  }

  /**
   * Takes note of how an attempt ended, before anything else can start. Gives the milliseconds until a used up limit
   * resets, when that is soon enough for the process to be tried again.
   */
  record(process: ProcessSpec, { ending, refusal = {} }: AttemptOutcome): number | undefined {
    const scope: Scope = { asked: process.claude.model, ...(refusal.model !== undefined && { model: refusal.model }) };
    if (ending.status === 'succeeded') for (const hold of this.#holds) if (covers(hold, scope.asked)) hold.waits = 0;
    if (ending.reason !== 'auth' && ending.reason !== 'quota') return undefined;
    if (ending.reason === 'quota' && this.reasonFor(process) === undefined) {
      const waitMs = this.#hold(scope, refusal);
      if (waitMs !== undefined) return waitMs;
    }
    this.#block({ ...scope, reason: ending.reason }, refusal);
    return undefined;
  }

  #holdMs(model: string | undefined): number {
    const until = this.#holds.filter((hold) => covers(hold, model)).map((hold) => hold.until);
    return Math.max(0, ...until) - this.#options.clock.now();
  }

  /** Undefined when the reset is not known, too far away, past the deadline, or has come too often without effect. */
  #hold(scope: Scope, { resetsAt }: Refusal): number | undefined {
    const { clock, deadlineAt = Number.POSITIVE_INFINITY } = this.#options;
    if (resetsAt === undefined) return undefined;
    const waitMs = Math.max(0, resetsAt - clock.date().getTime()) + marginMs;
    const until = clock.now() + waitMs;
    if (waitMs > longestWaitMs + marginMs || until >= deadlineAt) return undefined;
    const known = this.#holds.find((hold) => hold.model === scope.model && hold.asked === scope.asked);
    const hold: Hold = known ?? { ...scope, until: Number.NEGATIVE_INFINITY, waits: 0 };
    const isNew = hold.until <= clock.now();
    if (isNew && hold.waits >= mostWaits) return undefined;
    if (known === undefined) this.#holds.push(hold);
    if (isNew) hold.waits += 1;
    hold.until = Math.max(hold.until, until);
    if (isNew) this.#report('held', `${usedUp(scope, resetsAt)}: starts wait for it.`, resetsAt);
    return hold.until - clock.now();
  }

  #block(block: Block, { resetsAt }: Refusal): void {
    const alike = this.#blocks.filter(({ reason, model }) => reason === block.reason && model === block.model);
    if (alike.some(({ asked }) => asked === block.asked)) return;
    this.#blocks.push(block);
    for (const [model, controller] of this.#signals) if (covers(block, model)) controller.abort();
    if (alike.length > 0) return;
    const whose = block.model === undefined ? 'credential' : `credential for ${block.model}`;
    const cause = block.reason === 'auth' ? `The ${whose} was refused` : usedUp(block, resetsAt);
    this.#report('stopped', `${cause}: nothing more is started with it, and what runs is left to end.`, resetsAt);
  }

  #report(starts: 'held' | 'stopped', message: string, resetsAt: number | undefined): void {
    const level = starts === 'held' ? 'info' : 'warning';
    const until = resetsAt === undefined ? {} : { until: new Date(resetsAt).toISOString() };
    void this.#options.emit({ type: 'notice', level, message, starts, ...until }); // Emitting never rejects.
  }
}

function usedUp({ model }: Scope, resetsAt: number | undefined): string {
  const what = model === undefined ? 'The usage limit' : `The usage limit of ${model}`;
  const when = resetsAt === undefined ? '' : ` and resets at ${minuteText(resetsAt)}`;
  return `${what} is used up${when}`;
}

/** A limit names a family such as `opus`; what asks for no model gets the same default as others that ask for none. */
function covers({ model, asked }: Scope, candidate: string | undefined): boolean {
  return model === undefined || candidate === asked || candidate?.toLowerCase().includes(model.toLowerCase()) === true;
}

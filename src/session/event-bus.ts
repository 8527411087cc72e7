import type { Clock } from '../model/clock.ts';
import { errorMessage } from '../model/errors.ts';
import type { Emit, EnsembleEvent, Sink } from '../model/event.ts';
import type { FieldRedactor } from '../model/redacted-fields.ts';
import { redactedFact } from '../model/redacted-fields.ts';
import type { SessionControl } from '../scheduler/session-control.ts';

/** Milliseconds that a sink has for one event while the session runs: longer than a disk or a reader that is only busy. */
const defaultPatienceMs = 30_000;

/** Dependencies of an `EventBus`. */
export interface EventBusOptions {
  readonly sinks: readonly Sink[];
  readonly redactor: FieldRedactor;
  readonly clock: Clock;
  readonly patienceMs?: number;
}

/** One event on its way to the sinks; settled when each of them has taken it or was left out. */
class Delivery {
  readonly since: number;
  readonly settled: Promise<void>;
  #open = 0;
  #settle: () => void = () => undefined;

  constructor(since: number) {
    this.since = since;
    this.settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  begin(): void {
    this.#open += 1;
  }

  finish(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#settle();
  }
}

/** A sink that still works, and what it was given and has not taken yet, oldest first; much of it may settle in one go. */
interface Subscription {
  readonly sink: Sink;
  readonly pending: Map<Promise<void>, Delivery[]>;
}

const taken = Promise.resolve();

/**
 * The one way from the engine to the sinks: every fact is redacted here, then handed to each sink. A sink that fails, or
 * takes longer than the patience for one event, is named in a warning and left out from then on: it can neither break the
 * session, nor hold it up, nor fail silently.
 */
export class EventBus {
  readonly #redactor: FieldRedactor;
  readonly #clock: Clock;
  readonly #subscriptions: Set<Subscription>;
  /** Warnings that came too late to be events. */
  readonly #late: string[] = [];
  #patienceMs: number;
  /** Nothing is older than this: the patience was shortened then, and holds from then on. */
  #hurriedAt = Number.NEGATIVE_INFINITY;
  #cancelWatch: (() => void) | undefined;
  #watchEndsAt = 0;
  /** Number of callers that wait for the sinks, and keep the program alive until the patience is over. */
  #waiting = 0;
  /** The time of the event before. */
  #last = { ms: Number.NaN, text: '' };
  #closed: Promise<void> | undefined;

  constructor({ sinks, redactor, clock, patienceMs = defaultPatienceMs }: EventBusOptions) {
    this.#redactor = redactor;
    this.#clock = clock;
    this.#patienceMs = patienceMs;
    this.#subscriptions = new Set(sinks.map((sink) => ({ sink, pending: new Map() })));
  }

  /** Hands a fact to every sink; nothing is handed over any more once the sinks are being closed. */
  readonly emit: Emit = (fact) => {
    if (this.#closed !== undefined) return taken;
    return this.#deliver({ ...redactedFact(fact, this.#redactor), at: this.#time() });
  };

  /** Now, as text; most events come within the millisecond of the one before. */
  #time(): string {
    const date = this.#clock.date();
    if (date.getTime() !== this.#last.ms) this.#last = { ms: date.getTime(), text: date.toISOString() };
    return this.#last.text;
  }

  /** From now on a sink has only so long: the session is being ended. */
  hurry(patienceMs: number): void {
    if (patienceMs >= this.#patienceMs) return;
    this.#patienceMs = patienceMs;
    this.#hurriedAt = this.#clock.now();
    this.#cancelWatch?.();
    this.#watch(patienceMs);
  }

  /** Resolves when every sink has taken what it was given so far, or was left out. */
  async flush(): Promise<void> {
    const pending = [...this.#subscriptions].flatMap((subscription) => [...subscription.pending.values()].flat());
    await this.#waitFor(Promise.all(pending.map(({ settled }) => settled)));
  }

  /** Waits for work on what some sinks write to as it does for the sinks; undefined when that took too long. */
  async within<T>(target: NonNullable<Sink['target']>, work: () => Promise<T>): Promise<T | undefined> {
    const users = [...this.#subscriptions].filter(({ sink }) => sink.target === target);
    if (users[0] === undefined) return undefined;
    const delivery = new Delivery(this.#clock.now());
    let result: T | undefined;
    this.#await(
      users[0],
      work().then((value) => {
        result = value;
      }),
      delivery,
    );
    await this.#waitFor(delivery.settled);
    return result;
  }

  /** Ends the stream of events and closes each sink that still works, once. Gives what went wrong meanwhile. */
  async close(): Promise<readonly string[]> {
    this.#closed ??= this.#closeAll();
    await this.#closed;
    return this.#late;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #closeAll(): Promise<void> {
    const delivery = new Delivery(this.#clock.now());
    delivery.begin();
    for (const subscription of this.#subscriptions) {
      try {
        const closing = subscription.sink.close?.();
        if (closing !== undefined) this.#await(subscription, closing, delivery);
      } catch (error) {
        this.#fail(subscription, error);
      }
    }
    delivery.finish();
    await this.#waitFor(delivery.settled);
    this.#cancelWatch?.();
  }

  async #waitFor(promise: Promise<unknown>): Promise<void> {
    this.#waiting += 1;
    if (this.#waiting === 1) this.#watchAgain();
    await promise;
    this.#waiting -= 1;
    if (this.#waiting === 0) this.#watchAgain();
  }

  #watchAgain(): void {
    if (this.#cancelWatch === undefined) return;
    this.#cancelWatch();
    this.#watch(Math.max(0, this.#watchEndsAt - this.#clock.now()));
  }

  // No async function: its frame would keep the event, and the bytes in it, until the last sink has written them.
  #deliver(event: EnsembleEvent): Promise<void> {
    let delivery: Delivery | undefined;
    for (const subscription of this.#subscriptions) {
      try {
        const promise = subscription.sink.handle(event);
        if (promise === undefined) continue;
        delivery ??= new Delivery(this.#clock.now());
        this.#await(subscription, promise, delivery);
      } catch (error) {
        this.#fail(subscription, error);
      }
    }
    return delivery?.settled ?? taken;
  }

  #await(subscription: Subscription, promise: Promise<void>, delivery: Delivery): void {
    delivery.begin();
    const { pending } = subscription;
    const others = pending.get(promise);
    if (others !== undefined) {
      others.push(delivery);
      return;
    }
    pending.set(promise, [delivery]);
    if (this.#cancelWatch === undefined) this.#watch(this.#patienceMs);
    const done = (): void => {
      for (const settled of pending.get(promise) ?? []) settled.finish();
      pending.delete(promise);
    };
    promise.then(done, (error: unknown) => {
      this.#fail(subscription, error);
      done();
    });
  }

  /** One timer for all that is pending: one for each event would be most of the work. */
  #watch(delayMs: number): void {
    this.#watchEndsAt = this.#clock.now() + delayMs;
    const look = (): void => {
      this.#cancelWatch = undefined;
      const now = this.#clock.now();
      for (const subscription of this.#subscriptions)
        if (now - this.#pendingSince(subscription) >= this.#patienceMs) this.#giveUpWaitingFor(subscription);
      const oldest = Math.min(...[...this.#subscriptions].map((subscription) => this.#pendingSince(subscription)));
      if (oldest !== Number.POSITIVE_INFINITY) this.#watch(Math.max(1, oldest + this.#patienceMs - now));
    };
    this.#cancelWatch = this.#clock.after(delayMs, look, this.#waiting > 0 ? undefined : 'background');
  }

  #pendingSince({ pending }: Subscription): number {
    for (const [oldest] of pending.values()) if (oldest !== undefined) return Math.max(oldest.since, this.#hurriedAt);
    return Number.POSITIVE_INFINITY;
  }

  #fail(subscription: Subscription, error: unknown): void {
    if (!this.#leaveOut(subscription)) return;
    const cause = errorMessage(error);
    this.#warn(`${subscription.sink.name} failed and was left out from then on: ${cause}`);
  }

  /** Sinks that write to the same target hang together, and share one warning. */
  #giveUpWaitingFor(subscription: Subscription): void {
    const { name, target } = subscription.sink;
    for (const other of this.#subscriptions)
      if (other === subscription || (target !== undefined && other.sink.target === target)) this.#leaveOut(other);
    target?.onHang?.();
    this.#warn(
      [
        `${target?.name ?? name}: nothing was taken for ${this.#patienceMs / 1000} s, and no more is sent there.`,
        ...(target === undefined ? [] : [target.advice]),
      ].join(' '),
    );
  }

  #leaveOut(subscription: Subscription): boolean {
    const wasIn = this.#subscriptions.delete(subscription);
    for (const delivery of [...subscription.pending.values()].flat()) delivery.finish();
    subscription.pending.clear();
    return wasIn;
  }

  #warn(message: string): void {
    if (this.#closed === undefined)
      void this.emit({ type: 'notice', level: 'warning', message }); // Emitting never rejects.
    else this.#late.push(this.#redactor.text(message));
  }
}

/** Milliseconds that a sink has for one event once the session is being ended. */
const patienceWhileEnding = { deadline: 4_000, cancelled: 1_500, killed: 500 };

/** A sink that hangs must not outlast the time that a cancel or a deadline leaves. */
export function hurryWhenEnding(bus: Pick<EventBus, 'hurry'>, { stop, kill }: SessionControl): void {
  const onStop = (): void =>
    bus.hurry(stop.reason === 'deadline' ? patienceWhileEnding.deadline : patienceWhileEnding.cancelled);
  const onKill = (): void => bus.hurry(patienceWhileEnding.killed);
  if (stop.aborted) onStop();
  if (kill.aborted) onKill();
  stop.addEventListener('abort', onStop);
  kill.addEventListener('abort', onKill);
}

import type { RequestPrefix } from '../model/agent.ts';
import type { Clock } from '../model/clock.ts';

/** Milliseconds that a leader has for its first response before the next process goes. */
const leaderPatienceMs = 10_000;

/** Longest wait of a process, in milliseconds: a longer one is not worth what it saves. */
const longestWaitMs = 30_000;

/** The cache forgets after 5 minutes without a use; what is nearly forgotten is not counted on. */
const warmMs = 4 * 60_000;

/** The way of one process through the gate. */
export interface Passage extends Disposable {
  /** Its first response has begun, so that the cache holds what others wait for. */
  readonly responding: () => void;
}

interface Waiter {
  readonly go: () => void;
}

/** The processes whose requests begin alike. */
interface Group {
  readonly changes: number;
  warmUntil: number;
  leader: object | undefined;
  readonly waiters: Waiter[];
  cancelPatience: () => void;
}

/**
 * Lets one process go ahead of all others whose requests begin alike: together, each would pay for writing the same to the cache.
 * When its first response begins they follow; when it ends without one, or takes too long, the next goes ahead.
 */
export class PrefixGate {
  readonly #clock: Clock;
  readonly #groups = new Map<string, Group>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a process would have to wait now. */
  isClosed(prefix: RequestPrefix): boolean {
    return this.#holdsBack(this.#groupOf(prefix));
  }

  /** Waits for the turn; undefined when the signal is aborted first. */
  async enter(prefix: RequestPrefix, signal: AbortSignal): Promise<Passage | undefined> {
    const group = this.#groupOf(prefix);
    if (this.#holdsBack(group)) await this.#turn(group, signal);
    return signal.aborted ? undefined : this.#passage(group);
  }

  /** After a change of files, what was cached before is of no use: whoever waits for that goes on among themselves. */
  #groupOf({ key, changes }: RequestPrefix): Group {
    const known = this.#groups.get(key);
    if (known?.changes === changes) return known;
    const group: Group = { changes, warmUntil: 0, leader: undefined, waiters: [], cancelPatience: () => undefined };
    this.#groups.set(key, group);
    return group;
  }

  #holdsBack(group: Group): boolean {
    return group.leader !== undefined && !this.#isWarm(group);
  }

  #isWarm({ warmUntil }: Group): boolean {
    return this.#clock.now() < warmUntil;
  }

  #turn(group: Group, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        cancel();
        signal.removeEventListener('abort', go);
        const index = group.waiters.indexOf(waiter);
        if (index >= 0) group.waiters.splice(index, 1);
        resolve();
      };
      const waiter: Waiter = { go };
      const cancel = this.#clock.after(longestWaitMs, go);
      signal.addEventListener('abort', go, { once: true });
      group.waiters.push(waiter);
    });
  }

  #passage(group: Group): Passage {
    const me = {};
    if (!this.#isWarm(group) && group.leader === undefined) {
      group.leader = me;
      group.cancelPatience = this.#clock.after(leaderPatienceMs, () => this.#handOver(group, me));
    }
    return {
      responding: () => this.#open(group),
      [Symbol.dispose]: () => this.#handOver(group, me),
    };
  }

  #open(group: Group): void {
    group.warmUntil = this.#clock.now() + warmMs;
    group.leader = undefined;
    group.cancelPatience();
    for (const { go } of [...group.waiters]) go();
  }

  #handOver(group: Group, leader: object): void {
    if (group.leader !== leader) return;
    group.leader = undefined;
    group.cancelPatience();
    if (group.waiters.length === 0) return;
    // Not at once: its end may mean that nobody is to follow, which is found out in this turn of the event loop.
    this.#clock.after(0, () => {
      if (group.leader === undefined) group.waiters[0]?.go();
    });
  }
}

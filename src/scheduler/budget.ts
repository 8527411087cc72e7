/** A cent: below this, nothing more is started. */
const smallestUsd = 0.01;

/** Floating-point sums of cents must not refuse the last process by a hair. */
const roundingUsd = 1e-9;

/** Money set aside for one process. */
export interface Reservation {
  /** The process may spend this much; absent means no limit. */
  readonly ceilingUsd?: number;
  /** Gives back what was not spent; an unknown cost counts as the whole ceiling. */
  settle(spentUsd: number | undefined): void;
}

/** Answer to a request for money. */
export type ReservationAnswer =
  | { readonly kind: 'reserved'; readonly reservation: Reservation }
  /** It may fit once something that runs has settled. */
  | { readonly kind: 'wait'; readonly changed: Promise<void> }
  | { readonly kind: 'exhausted' };

/** The session's money: every process reserves its ceiling before it starts. */
export class Budget {
  readonly #totalUsd: number | undefined;
  readonly #workers: number;
  #spentUsd: number;
  #reservedUsd = 0;
  #running = 0;
  #changed = Promise.withResolvers<void>();

  /** `spentUsd` is what the session has cost before. */
  constructor(totalUsd: number | undefined, workers: number, spentUsd = 0) {
    this.#totalUsd = totalUsd;
    this.#workers = workers;
    this.#spentUsd = spentUsd;
  }

  /** Counted against the session's ceiling so far, unknown costs at their ceiling. */
  get spentUsd(): number {
    return this.#spentUsd;
  }

  /** The amount by which the session's ceiling was passed; 0 when it held. */
  get overspentUsd(): number {
    return this.#totalUsd === undefined ? 0 : Math.max(0, this.#spentUsd - this.#totalUsd);
  }

  /** Reserves a process's ceiling: its own, or an equal share among the workers, at most the rest of the budget. */
  reserve(ownCeilingUsd: number | undefined): ReservationAnswer {
    if (this.#totalUsd === undefined) return { kind: 'reserved', reservation: this.#reserve(ownCeilingUsd) };
    const unspent = this.#totalUsd - this.#spentUsd;
    if (unspent < smallestUsd - roundingUsd) return { kind: 'exhausted' };
    const free = unspent - this.#reservedUsd;
    const wanted = ownCeilingUsd ?? Math.min(this.#totalUsd / this.#workers, Math.max(free, smallestUsd));
    if (wanted <= free + roundingUsd) return { kind: 'reserved', reservation: this.#reserve(wanted) };
    return this.#running > 0 ? { kind: 'wait', changed: this.#changed.promise } : { kind: 'exhausted' };
  }

  /** The ceiling of a process that starts later; undefined while it depends on what others spend until then. */
  ceilingAhead(ownCeilingUsd: number | undefined): Pick<Reservation, 'ceilingUsd'> | undefined {
    if (ownCeilingUsd !== undefined) return { ceilingUsd: ownCeilingUsd };
    return this.#totalUsd === undefined ? {} : undefined;
  }

  #reserve(ceilingUsd: number | undefined): Reservation {
    this.#reservedUsd += ceilingUsd ?? 0;
    this.#running += 1;
    let open = true;
    return {
      ...(ceilingUsd !== undefined && { ceilingUsd }),
      settle: (spentUsd) => {
        if (!open) return;
        open = false;
        this.#running -= 1;
        this.#reservedUsd -= ceilingUsd ?? 0;
        this.#spentUsd += spentUsd ?? ceilingUsd ?? 0;
        this.#changed.resolve();
        this.#changed = Promise.withResolvers<void>();
      },
    };
  }
}

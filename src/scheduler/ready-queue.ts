/** An item with a place in an order. */
interface Ranked {
  readonly rank: readonly number[];
}

/** Compares two ranks, number by number; a shorter one comes first. */
export function compareRanks(one: readonly number[], other: readonly number[]): number {
  for (let index = 0; index < one.length && index < other.length; index += 1) {
    const difference = (one[index] as number) - (other[index] as number);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** A queue in the order of ranks: a binary heap, so that thousands may wait in it. */
export class ReadyQueue<Item extends Ranked> {
  readonly #heap: Item[] = [];

  /** The first item, which stays in the queue. */
  get first(): Item | undefined {
    return this.#heap[0];
  }

  /** The first `most` items in order; they stay in the queue. */
  firsts(most: number): readonly Item[] {
    const found: Item[] = [];
    for (let item = this.first; item !== undefined && found.length < most; item = this.first) {
      found.push(item);
      this.removeFirst();
    }
    for (const item of found) this.add(item);
    return found;
  }

  add(item: Item): void {
    const heap = this.#heap;
    let place = heap.push(item) - 1;
    for (let parent = (place - 1) >> 1; place > 0 && this.#isBefore(place, parent); parent = (place - 1) >> 1) {
      this.#swap(place, parent);
      place = parent;
    }
  }

  /** Takes the first item out. */
  removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let place = 0; ; ) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      if (left >= heap.length) return;
      const child = right < heap.length && this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(child, place)) return;
      this.#swap(child, place);
      place = child;
    }
  }

  #isBefore(one: number, other: number): boolean {
    return compareRanks((this.#heap[one] as Item).rank, (this.#heap[other] as Item).rank) < 0;
  }

  #swap(one: number, other: number): void {
    const heap = this.#heap;
    [heap[one], heap[other]] = [heap[other] as Item, heap[one] as Item];
  }
}

import { areAlike, type Comparable, nearLines } from './same-finding.ts';

/** Most lines that a group covers: without a limit a chain of neighbours could make one finding of a whole file. */
const mostLines = 10;

/**
 * Sorts the findings of one file into groups that are one finding each: those that are the same directly or through others.
 * A group that covers too many lines is cut from its first line on. The order given does not matter.
 */
export function groupsOf<T extends Comparable>(findings: readonly T[]): readonly (readonly T[])[] {
  const byLine = findings.toSorted((one, other) => one.line - other.line);
  return connected(byLine).flatMap((group) => {
    const segments = segmentsOf(group);
    // Cut, some may no longer be connected.
    return segments.length === 1 ? [group] : segments.flatMap(connected);
  });
}

function segmentsOf<T extends Comparable>(group: readonly T[]): readonly (readonly T[])[] {
  const segments: T[][] = [];
  for (const finding of group) {
    const segment = segments.at(-1);
    const first = segment?.[0];
    if (segment !== undefined && first !== undefined && finding.line - first.line < mostLines) segment.push(finding);
    else segments.push([finding]);
  }
  return segments;
}

/** The connected components of findings that are sorted by line. */
function connected<T extends Comparable>(sorted: readonly T[]): readonly (readonly T[])[] {
  const sets = new DisjointSets(sorted.length);
  joinByCategory(sorted, sets);
  joinByWords(sorted, sets);
  const groups = new Map<number, T[]>();
  for (const [index, finding] of sorted.entries()) {
    const root = sets.rootOf(index);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function isNear(one: Comparable | undefined, other: Comparable): boolean {
  return one !== undefined && (one.line === 0) === (other.line === 0) && other.line - one.line <= nearLines;
}

/** Of one category, those next to each other in the order of lines are the nearest. */
function joinByCategory(sorted: readonly Comparable[], sets: DisjointSets): void {
  const latest = new Map<string, number>();
  for (const [index, finding] of sorted.entries()) {
    if (finding.category === '') continue;
    const before = latest.get(finding.category);
    if (before !== undefined && isNear(sorted[before], finding)) sets.join(before, index);
    latest.set(finding.category, index);
  }
}

/**
 * Two sets of words that share half of each have one in common among the rarest half of each: only those are looked up, so
 * that not every finding is compared with every other.
 */
function joinByWords(sorted: readonly Comparable[], sets: DisjointSets): void {
  const frequencies = new Map<string, number>();
  for (const { words } of sorted) for (const word of words) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  const known = new Map<string, number>();
  const holders = new Map<string, readonly number[][]>();
  for (const [index, finding] of sorted.entries()) {
    const rarestFirst = [...finding.words].toSorted(
      (one, other) => (frequencies.get(one) ?? 0) - (frequencies.get(other) ?? 0) || (one < other ? -1 : 1),
    );
    const key = JSON.stringify(rarestFirst);
    const twin = known.get(key);
    known.set(key, index);
    if (twin !== undefined && isNear(sorted[twin], finding)) {
      sets.join(twin, index);
      // What is like one of them is like the other; the later one is nearer to what follows.
      if (sorted[twin]?.line === finding.line) continue;
    }
    for (const word of rarestFirst.slice(0, Math.floor(finding.words.size / 2) + 1)) {
      holders.set(word, joinWithHolders({ sorted, sets, holders: holders.get(word) ?? [], index, finding }));
    }
  }
}

interface Candidates {
  readonly sorted: readonly Comparable[];
  readonly sets: DisjointSets;
  /** Earlier findings with one word, each list of one set and in the order of lines. */
  readonly holders: readonly number[][];
  readonly index: number;
  readonly finding: Comparable;
}

/**
 * Joins a finding with those before it that are near and alike; gives them with it, without those that nothing later is near. What is
 * in its set already is not compared one by one: thousands of reports of one matter would take a time that grows with their square.
 */
function joinWithHolders({ sorted, sets, holders, index, finding }: Candidates): readonly number[][] {
  const near = holders.filter((list) => isNear(sorted[list.at(-1) ?? 0], finding));
  for (const list of near) if (!isJoined(list)) joinWithList(list);
  const own = near.filter(isJoined).toSorted((one, other) => other.length - one.length);
  const [largest = [], ...others] = own;
  for (const list of others) for (const other of list) largest.push(other);
  if (others.length > 0) largest.sort((one, other) => one - other);
  largest.push(index);
  return own.length === 0 ? [...near, largest] : near.filter((list) => list === largest || !own.includes(list));

  function isJoined(list: readonly number[]): boolean {
    return sets.rootOf(list.at(-1) ?? 0) === sets.rootOf(index);
  }

  function joinWithList(list: readonly number[]): void {
    for (let place = list.length - 1; place >= 0; place -= 1) {
      const other = list[place] as number;
      const candidate = sorted[other];
      if (candidate === undefined || !isNear(candidate, finding)) return;
      if (areAlike(candidate.words, finding.words)) {
        sets.join(other, index);
        return;
      }
    }
  }
}

/** Which of some numbered things belong together. */
class DisjointSets {
  readonly #parents: number[];

  constructor(size: number) {
    this.#parents = Array.from({ length: size }, (_, index) => index);
  }

  rootOf(index: number): number {
    let root = index;
    while (this.#parents[root] !== root) {
      const parent = this.#parents[root] as number;
      this.#parents[root] = this.#parents[parent] as number;
      root = this.#parents[root] as number;
    }
    return root;
  }

  join(one: number, other: number): void {
    this.#parents[this.rootOf(other)] = this.rootOf(one);
  }
}

/** A box of the drawing: one row, or several that waited for the same. */
export interface GraphBox {
  /** Places of its rows. */
  readonly rows: readonly number[];
  /** Places of the boxes that it waited for, without those that one of the others waited for as well. */
  readonly after: readonly number[];
  /** The level that it stands at: one below the lowest that it waited for. */
  readonly level: number;
}

/** A larger drawing says nothing. */
const mostBoxes = 80;

/**
 * Lays the rows out as boxes, given for each row the rows that it waited for. Where there are too many, rows that waited for the
 * same ones share a box; undefined when there are still too many.
 */
export function graphBoxes(needs: readonly (readonly number[])[]): readonly GraphBox[] | undefined {
  const members = folded(needs);
  if (members.length > mostBoxes) return undefined;
  const waitsOf = waitsIn(members, needs);
  const waits = members.map(([row = 0]) => waitsOf(row));
  const { order, levels } = sorted(waits);
  const direct = reduced(waits, order);
  return members.map((rows, box) => ({ rows, after: direct[box] ?? [], level: levels[box] ?? 0 }));
}

/** The rows of each box. What waited for boxes that have just been made one waited for the same, too. */
function folded(needs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  let members: readonly (readonly number[])[] = needs.map((_, row) => [row]);
  for (let before = Number.POSITIVE_INFINITY; members.length > mostBoxes && members.length < before; ) {
    before = members.length;
    const waitsOf = waitsIn(members, needs);
    members = [...Map.groupBy(needs.keys(), (row) => waitsOf(row).join()).values()];
  }
  return members;
}

/** Tells which boxes a row waited for. */
function waitsIn(members: readonly (readonly number[])[], needs: readonly (readonly number[])[]) {
  const boxOf = new Map(members.flatMap((rows, box) => rows.map((row) => [row, box] as const)));
  return (row: number): readonly number[] => {
    const boxes = new Set((needs[row] ?? []).flatMap((other) => boxOf.get(other) ?? []));
    return [...boxes].toSorted((one, other) => one - other);
  };
}

/** The boxes, each behind all that it waited for, and their levels. What waits for itself, which no session does, is left out. */
function sorted(waits: readonly (readonly number[])[]) {
  const order: number[] = [];
  const levels = waits.map(() => 0);
  const left = waits.map(({ length }) => length);
  const dependants = waits.map((): number[] => []);
  for (const [box, others] of waits.entries()) for (const other of others) dependants[other]?.push(box);
  const ready = [...waits.keys()].filter((box) => left[box] === 0);
  for (let box = ready.shift(); box !== undefined; box = ready.shift()) {
    order.push(box);
    for (const next of dependants[box] ?? []) {
      levels[next] = Math.max(levels[next] ?? 0, (levels[box] ?? 0) + 1);
      left[next] = (left[next] ?? 0) - 1;
      if (left[next] === 0) ready.push(next);
    }
  }
  return { order, levels };
}

/** Without the waits that follow from others. */
function reduced(waits: readonly (readonly number[])[], order: readonly number[]): readonly (readonly number[])[] {
  const direct = waits.map((): readonly number[] => []);
  const before = waits.map(() => new Set<number>());
  for (const box of order) {
    const others = waits[box] ?? [];
    const known = new Set(others.flatMap((other) => [...(before[other] ?? [])]));
    direct[box] = others.filter((other) => !known.has(other));
    before[box] = new Set([...others, ...known]);
  }
  return direct;
}

import { marks } from './detail-view.ts';
import { h, svg } from './dom.ts';
import type { PageData, PageRow } from './page-data.ts';
import { addressOf, type ViewState } from './view-state.ts';

/** In pixels. */
const [boxWidth, boxHeight, gapX, gapY] = [132, 34, 12, 30];
const longestName = 15;
/** A larger drawing says nothing. */
const mostRows = 80;

/** What waited for whom: each process below all that it waited for. Nothing where none waited, or there is too much to see. */
export function graphView({ rows }: PageData, state: ViewState): HTMLElement | undefined {
  if (rows.length > mostRows || rows.every(({ needs = [] }) => needs.length === 0)) return undefined;
  const places = placesOf(rows);
  const [columns, levels] = [Math.max(...places.map(({ x }) => x)) + 1, Math.max(...places.map(({ y }) => y)) + 1];
  const [width, height] = [columns * (boxWidth + gapX), levels * (boxHeight + gapY) - gapY + 2];
  const words = rows.flatMap(({ name, needs = [] }) =>
    needs.length === 0 ? [] : [`${name} waited for ${needs.map((place) => rows[place]?.name ?? '').join(', ')}`],
  );
  const lines = rows.flatMap(({ needs = [] }, row) => needs.map((from) => line(places[from], places[row])));
  const boxes = rows.map((row, index) => box(row, places[index], state));
  const drawing = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}` }, lines, boxes);
  return h('div', { class: 'graph', role: 'group', tabindex: 0, 'aria-label': words.join('; ') }, drawing);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Level by level: a process stands one below the lowest that it waited for. */
function placesOf(rows: readonly PageRow[]): readonly Place[] {
  const levels = new Map<number, number>();
  const levelOf = (index: number, above: ReadonlySet<number>): number => {
    const known = levels.get(index);
    if (known !== undefined) return known;
    const needs = (rows[index]?.needs ?? []).filter((need) => !above.has(need));
    const level = Math.max(-1, ...needs.map((need) => levelOf(need, new Set([...above, index])))) + 1;
    levels.set(index, level);
    return level;
  };
  const byLevel = Map.groupBy(rows.keys(), (index) => levelOf(index, new Set()));
  const widest = Math.max(...[...byLevel.values()].map(({ length }) => length));
  // Each level stands in the middle.
  const placeOf = (index: number): Place => {
    const y = levels.get(index) ?? 0;
    const level = byLevel.get(y) ?? [];
    return { x: level.indexOf(index) + (widest - level.length) / 2, y };
  };
  return rows.map((_row, index) => placeOf(index));
}

function line(from: Place | undefined, to: Place | undefined): SVGPathElement | undefined {
  if (from === undefined || to === undefined) return undefined;
  const [x1, y1] = [from.x * (boxWidth + gapX) + boxWidth / 2, from.y * (boxHeight + gapY) + boxHeight + 1];
  const [x2, y2] = [to.x * (boxWidth + gapX) + boxWidth / 2, to.y * (boxHeight + gapY) + 1];
  const middle = (y1 + y2) / 2;
  return svg('path', { d: `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}` });
}

function box(row: PageRow, place: Place | undefined, state: ViewState): SVGAElement | undefined {
  if (place === undefined) return undefined;
  const [x, y] = [place.x * (boxWidth + gapX) + 1, place.y * (boxHeight + gapY) + 1];
  const letters = [...row.name];
  const name = letters.length > longestName ? `${letters.slice(0, longestName - 1).join('')}…` : row.name;
  return svg(
    'a',
    // It begins with the text that is seen, as whoever speaks to a browser says it.
    { href: addressOf({ ...state, process: row.id }), class: row.kind, 'aria-label': `${name}: ${row.ending}` },
    svg('title', {}, `${row.name}: ${row.ending}`),
    svg('rect', { x, y, width: boxWidth - 2, height: boxHeight - 2, rx: 6 }),
    svg('text', { x: x + 10, y: y + 21, class: 'sign', 'aria-hidden': 'true' }, marks[row.kind]),
    svg('text', { x: x + 28, y: y + 21 }, name),
  );
}

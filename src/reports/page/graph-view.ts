import { marks, waitWords } from './detail-view.ts';
import { type Child, h, svg } from './dom.ts';
import { type GraphBox, graphBoxes } from './graph-layout.ts';
import type { PageData, PageRow, RowKind } from './page-data.ts';
import { addressOf, type ViewState } from './view-state.ts';

/** In pixels. */
const [boxWidth, boxHeight, gapX, gapY] = [132, 34, 12, 30];
/** A wide drawing shrinks to fit, but not below this: its text is to be read. What is still wider scrolls. */
const smallestScale = 0.72;
const longestName = 15;
/** More names than these are counted. */
const mostNames = 20;

/** Draws each process below all that it waited for; undefined where none waited for another. */
export function graphView(data: PageData, state: ViewState): Child {
  const { rows } = data;
  if (rows.every(({ needs = [] }) => needs.length === 0)) return undefined;
  const boxes = graphBoxes(rows.map(({ needs = [] }) => needs));
  if (boxes === undefined) {
    const words = `${rows.length} processes are too many to draw. Each process says what it waited for, and what waited for it.`;
    return h('p', { class: 'none' }, words);
  }
  const drawn = boxes.map((box) => drawnBox(box, rows));
  const places = placesOf(boxes);
  const [columns, levels] = [Math.max(...places.map(({ x }) => x)) + 1, Math.max(...places.map(({ y }) => y)) + 1];
  const [width, height] = [columns * (boxWidth + gapX) - gapX, levels * (boxHeight + gapY) - gapY + 2];
  const words = boxes.flatMap(({ after }, box) =>
    after.length === 0
      ? []
      : [`${drawn[box]?.name} ${waitWords(data).verb} ${after.map((place) => drawn[place]?.name ?? '').join(', ')}`],
  );
  const lines = boxes.flatMap(({ after }, box) => after.map((from) => line(places[from], places[box])));
  const links = drawn.map((box, index) => link(box, places[index], state));
  const drawing = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}` }, lines, links);
  drawing.style.setProperty('min-width', `${width * smallestScale}px`);
  return h('div', { class: 'graph', role: 'group', tabindex: 0, 'aria-label': words.join('; ') }, drawing);
}

/** A box with its words. */
interface DrawnBox {
  readonly name: string;
  readonly kind: RowKind;
  readonly title: string;
  /** The process that it leads to. */
  readonly id: string;
}

/** The gravest first. */
const gravity: readonly RowKind[] = ['failed', 'timed-out', 'cancelled', 'warned', 'skipped', 'succeeded'];

/** Several processes have the look of the one that ended worst, and lead to it. */
function drawnBox({ rows: places }: GraphBox, all: readonly PageRow[]): DrawnBox {
  const rows = places.flatMap((place) => all[place] ?? []);
  const worst = gravity.flatMap((kind) => rows.find((row) => row.kind === kind) ?? [])[0];
  const { kind = 'succeeded', id = '', name = '', ending = '' } = worst ?? {};
  if (rows.length === 1) return { name, kind, id, title: `${name}: ${ending}` };
  const done = rows.filter((row) => row.kind === 'succeeded' || row.kind === 'warned').length;
  const names = rows.slice(0, mostNames).map((row) => row.name);
  const more = rows.length > mostNames ? ` and ${rows.length - mostNames} more` : '';
  return {
    name: `${rows.length} processes`,
    kind,
    id,
    title: `${rows.length} processes, ${done} done: ${names.join(', ')}${more}`,
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The places of the boxes, each level centred. */
function placesOf(boxes: readonly GraphBox[]): readonly Place[] {
  const byLevel = Map.groupBy(boxes, ({ level }) => level);
  const widest = Math.max(...[...byLevel.values()].map(({ length }) => length));
  return boxes.map((box) => {
    const level = byLevel.get(box.level) ?? [];
    return { x: level.indexOf(box) + (widest - level.length) / 2, y: box.level };
  });
}

function line(from: Place | undefined, to: Place | undefined): SVGPathElement | undefined {
  if (from === undefined || to === undefined) return undefined;
  const [x1, y1] = [from.x * (boxWidth + gapX) + boxWidth / 2, from.y * (boxHeight + gapY) + boxHeight + 1];
  const [x2, y2] = [to.x * (boxWidth + gapX) + boxWidth / 2, to.y * (boxHeight + gapY) + 1];
  const middle = (y1 + y2) / 2;
  return svg('path', { d: `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}` });
}

function link({ name: whole, kind, id, title }: DrawnBox, place: Place | undefined, state: ViewState): Child {
  if (place === undefined) return undefined;
  const [x, y] = [place.x * (boxWidth + gapX) + 1, place.y * (boxHeight + gapY) + 1];
  const letters = [...whole];
  const name = letters.length > longestName ? `${letters.slice(0, longestName - 1).join('')}…` : whole;
  const ending = title.startsWith(`${whole}: `) ? title.slice(whole.length + 2) : title;
  return svg(
    'a',
    // The label begins with the visible text, as voice control requires (WCAG 2.5.3).
    { href: addressOf({ ...state, process: id }), class: kind, 'aria-label': `${name}: ${ending}` },
    svg('title', {}, title),
    svg('rect', { x, y, width: boxWidth - 2, height: boxHeight - 2, rx: 6 }),
    svg('text', { x: x + 10, y: y + 21, class: 'sign', 'aria-hidden': 'true' }, marks[kind]),
    svg('text', { x: x + 28, y: y + 21 }, name),
  );
}

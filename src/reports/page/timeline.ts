import { durationText } from '../../text/format.ts';
import { h, svg } from './dom.ts';
import type { PageData, PageRow, Span, SpanKind } from './page-data.ts';

/** Label of each kind of time. */
export const spanLabels: Readonly<Record<SpanKind, string>> = {
  waiting: 'waits for its turn',
  starting: 'the CLI starts',
  working: 'the model works',
  tool: 'a tool runs',
  limited: 'waits for the service',
  retry: 'waits for the next attempt',
  stopping: 'is being ended',
};

const width = 1_000;
/** The narrowest that is still seen. */
const narrowest = 2;

/** The time of a process as a bar, on the scale of the session. */
export function timeBar({ spans }: PageRow, length: number): SVGSVGElement {
  const label = spans.length === 0 ? 'no time' : summary(spans);
  const box = {
    viewBox: `0 0 ${width} 10`,
    preserveAspectRatio: 'none',
    class: 'bar',
    role: 'img',
    'aria-label': label,
  };
  return svg(
    'svg',
    box,
    spans.map((span) => spanRect(span, length)),
  );
}

function spanRect(span: Span, length: number): SVGRectElement {
  const { kind, from, to, tool } = span;
  const isThin = kind === 'waiting' || kind === 'retry';
  const place = { x: (from / length) * width, width: Math.max(narrowest, ((to - from) / length) * width) };
  const title = `${tool === undefined ? spanLabels[kind] : `${tool} runs`}: ${durationText((to - from) / 1000)}`;
  return svg('rect', { class: kind, ...place, y: isThin ? 4 : 1, height: isThin ? 2 : 8 }, svg('title', {}, title));
}

/** The time of each kind, in words. */
export function summary(spans: readonly Span[]): string {
  return timesOf(spans)
    .map(([kind, ms]) => `${spanLabels[kind]} ${durationText(ms / 1000)}`)
    .join(', ');
}

/** The duration of each kind, in the order in which they came first. */
export function timesOf(spans: readonly Span[]): readonly (readonly [SpanKind, number])[] {
  const times = new Map<SpanKind, number>();
  for (const { kind, from, to } of spans) times.set(kind, (times.get(kind) ?? 0) + to - from);
  return [...times];
}

const steps = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400,
];
const mostTicks = 4;

/** The scale above the bars. */
export function timeAxis(length: number): HTMLElement {
  const seconds = length / 1000;
  const step = steps.find((candidate) => seconds / candidate <= mostTicks) ?? seconds;
  const axis = h('div', { class: 'axis', 'aria-hidden': 'true' });
  for (let tick = 0; tick <= seconds * 0.95; tick += step) {
    const mark = h('span', {}, tickText(tick, step));
    mark.style.setProperty('left', `${(tick / seconds) * 100}%`);
    axis.append(mark);
  }
  return axis;
}

function tickText(seconds: number, step: number): string {
  if (seconds < 60) return `${step < 1 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`
    : `${(minutes / 60).toFixed(1)} h`;
}

/** A chart of the number of processes that ran at once. */
export function loadChart({ rows, length }: PageData): HTMLElement {
  const changes = rows
    .flatMap(({ spans }) => spans.filter(({ kind }) => kind !== 'waiting' && kind !== 'retry'))
    .flatMap(
      ({ from, to }) =>
        [
          { at: from, by: 1 },
          { at: to, by: -1 },
        ] as const,
    )
    .sort((one, other) => one.at - other.at || one.by - other.by);
  let [running, most] = [0, 0];
  const levels = changes.map(({ at, by }) => {
    running += by;
    most = Math.max(most, running);
    return { at, running };
  });
  const y = (count: number): number => 20 - (count / Math.max(1, most)) * 18;
  let path = 'M0 20';
  let before = 0;
  for (const { at, running: now } of levels) {
    const x = (at / length) * width;
    path += `L${x} ${y(before)}L${x} ${y(now)}`;
    before = now;
  }
  const chart = svg(
    'svg',
    {
      viewBox: `0 0 ${width} 20`,
      preserveAspectRatio: 'none',
      class: 'load',
      role: 'img',
      'aria-label': `At most ${most} processes at once`,
    },
    svg('path', { d: `${path}L${width} 20Z` }),
  );
  return h('div', { class: 'lane' }, h('span', { class: 'lane-label' }, `at most ${most} at once`), chart);
}

/** The legend of the colours. */
export function legend(rows: readonly PageRow[]): HTMLElement {
  const kinds = new Set(rows.flatMap(({ spans }) => spans.map(({ kind }) => kind)));
  return h(
    'ul',
    { class: 'legend', 'aria-label': 'Colours of the bars' },
    [...kinds].map((kind) => h('li', {}, h('span', { class: `swatch ${kind}` }), spanLabels[kind])),
  );
}

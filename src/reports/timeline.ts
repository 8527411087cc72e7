import type { ActivityStart } from '../model/session-state.ts';

/** The time of a session: milliseconds since 1970. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

const cells = 22;
/** Figures of one width, in most fonts; the blank is one that HTML keeps. */
const glyphs = { none: '\u00a0', light: '░', medium: '▒', full: '█' } as const;

/** Legend of its signs, in the order of a process's life. */
export const timelineLegend: readonly (readonly [sign: string, meaning: string])[] = [
  [glyphs.medium, 'starts'],
  [glyphs.full, 'works'],
  [glyphs.light, 'waits to be tried again'],
];

/** The activities of a process over the time of its session, as a bar of 22 characters. */
export function timelineBar(
  activities: readonly ActivityStart[],
  endedAtMs: number,
  { fromMs, toMs }: TimeRange,
): string {
  const cellMs = Math.max(1, toMs - fromMs) / cells;
  const bar = Array.from<string>({ length: cells }).fill(glyphs.none);
  for (const [index, activity] of activities.entries()) {
    const next = activities[index + 1];
    const first = Math.floor((activity.atMs - fromMs) / cellMs);
    const last = Math.ceil(((next?.atMs ?? endedAtMs) - fromMs) / cellMs);
    // However short it was, it is seen.
    for (let cell = Math.max(0, first); cell < Math.min(cells, Math.max(first + 1, last)); cell += 1)
      bar[cell] = glyphOf(activity, next);
  }
  return bar.join('');
}

function glyphOf({ kind }: ActivityStart, next: ActivityStart | undefined): string {
  if (kind === 'retry') return glyphs.light;
  // Where it is not known when the start-up was over, all of it is work.
  return kind === 'starting' && next !== undefined && next.kind !== 'retry' && next.kind !== 'stopping'
    ? glyphs.medium
    : glyphs.full;
}

import displayWidth from 'string-width';
import type { EnsembleEvent } from '../../model/event.ts';
import { costText, durationText } from '../../text/format.ts';
import { oneLine } from '../../text/plain-text.ts';
import { activityOf } from './activity.ts';
import type { Paint } from './colors.ts';

/** What a frame is drawn for. */
export interface FrameOptions {
  readonly columns: number;
  readonly rows: number;
  /** Monotonic milliseconds. */
  readonly now: number;
  readonly color: Paint;
}

interface RunningProcess {
  readonly sinceMs: number;
  activity: string;
}

const spinner = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];
const spinnerStepMs = 100;

/** Wide enough for most names; a narrow terminal gives them a third. */
const widestName = 28;
const longestName = 64;
/** Most processes take less than a minute, or some minutes; longer times move what follows. */
const timeColumns = 7;

/** What runs at this moment, as lines that fit the terminal. */
export class LiveView {
  readonly #names = new Map<string, string>();
  readonly #running = new Map<string, RunningProcess>();
  #widestName = 0;
  #sinceMs = 0;
  #done = 0;
  #costUsd = 0;

  /** Takes in one event, which happened now. */
  take(event: EnsembleEvent, now: number): void {
    switch (event.type) {
      case 'session-started':
        this.#sinceMs = now;
        for (const { processId, name } of event.processes) this.#names.set(processId, oneLine(name, longestName));
        this.#widestName = Math.min(
          widestName,
          Math.max(...[...this.#names.values()].map((name) => displayWidth(name))),
        );
        return;
      case 'process-ended':
        this.#running.delete(event.result.processId);
        this.#done += 1;
        this.#costUsd += event.result.costUsd ?? 0;
        return;
      case 'process-started':
      case 'process-message':
      case 'process-stopping':
      case 'process-retrying': {
        const activity = activityOf(event);
        const known = this.#running.get(event.processId);
        if (known === undefined) this.#running.set(event.processId, { sinceMs: now, activity: activity ?? '' });
        else known.activity = activity ?? known.activity;
        return;
      }
      default:
    }
  }

  /** The lines of one frame, each narrower than the terminal, and together lower. */
  frame({ columns, rows, now, color }: FrameOptions): readonly string[] {
    const room = Math.max(1, rows - 3);
    const shown = [...this.#running].slice(0, this.#running.size > room ? room - 1 : room);
    const nameColumns = Math.min(this.#widestName, Math.floor(columns / 3));
    const lines = shown.map(([id, { sinceMs, activity }]) => {
      const name = padded(this.#names.get(id) ?? id, nameColumns);
      const time = durationText((now - sinceMs) / 1000).padStart(timeColumns);
      const head = fitColumns(`${spinnerAt(now)} ${name} ${time}`, columns - 1);
      const rest = fitColumns(`  ${activity}`, columns - 1 - displayWidth(head));
      return color('cyan', head) + rest;
    });
    const hidden = this.#running.size - shown.length;
    const below = [...(hidden === 0 ? [] : [`  and ${hidden} more`]), this.#footer(now)];
    return [...lines, ...below.map((line) => color('dim', fitColumns(line, columns - 1)))];
  }

  #footer(now: number): string {
    const waiting = this.#names.size - this.#done - this.#running.size;
    const counts = [
      `${this.#running.size} running`,
      ...(waiting > 0 ? [`${waiting} waiting`] : []),
      `${this.#done} done`,
    ];
    const cost = this.#costUsd > 0 ? `, ${costText(this.#costUsd)}` : '';
    return `${counts.join(', ')}; ${durationText((now - this.#sinceMs) / 1000)}${cost}`;
  }
}

function spinnerAt(now: number): string {
  return spinner[Math.floor(now / spinnerStepMs) % spinner.length] ?? '';
}

function padded(text: string, columns: number): string {
  const fitting = fitColumns(text, columns);
  return fitting + ' '.repeat(columns - displayWidth(fitting));
}

const segmenter = new Intl.Segmenter();

/** The text in at most so many columns; an ellipsis stands for what is cut. */
export function fitColumns(text: string, columns: number): string {
  let [kept, width] = ['', 0];
  for (const { segment } of segmenter.segment(text)) {
    width += displayWidth(segment);
    if (width > columns) return columns < 1 ? '' : `${kept}…`;
    // The last column is left free for the ellipsis.
    if (width < columns) kept += segment;
  }
  return text;
}

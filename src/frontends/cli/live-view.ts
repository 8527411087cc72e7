import displayWidth from 'string-width';
import type { EnsembleEvent } from '../../model/event.ts';
import { type EventOf, SessionState } from '../../model/session-state.ts';
import {
  batchText,
  figuresOf,
  type ProgressFigures,
  secondsSince,
  timeLeftText,
} from '../../reports/session-progress.ts';
import { durationText } from '../../text/format.ts';
import { oneLine } from '../../text/plain-text.ts';
import { activityOf } from './activity.ts';
import type { Paint } from './colors.ts';
import { fitColumns, padColumns } from './columns.ts';

/** Size, time and colors of a frame. */
export interface FrameOptions {
  readonly columns: number;
  readonly rows: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly color: Paint;
}

interface ShownActivity {
  readonly text: string;
  /** `stopping` is final: later messages of the process do not change it. */
  readonly phase: 'starting' | 'working' | 'stopping';
}

const phases: Readonly<Partial<Record<EnsembleEvent['type'], ShownActivity['phase']>>> = {
  'process-started': 'starting',
  'process-stopping': 'stopping',
};

const spinner = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];
const spinnerStepMs = 100;

/** Wide enough for most names; a narrow terminal gives them a third. */
const widestName = 28;
const longestName = 64;
/** Most processes take less than a minute, or some minutes; longer times move what follows. */
const timeColumns = 7;
const barColumns = { least: 10, most: 40 };
const mostWaiting = 5;

/** Names of the processes of a session, in a column. */
export class NameColumn {
  readonly #names = new Map<string, string>();
  #widest = 0;

  learn(processes: readonly { readonly processId: string; readonly name: string }[]): void {
    for (const { processId, name } of processes) {
      const line = oneLine(name, longestName);
      this.#names.set(processId, line);
      this.#widest = Math.min(widestName, Math.max(this.#widest, displayWidth(line)));
    }
  }

  /** The name of a process in the width of the column. */
  of(processId: string, columns: number): string {
    return padColumns(this.#names.get(processId) ?? processId, Math.min(this.#widest, Math.floor(columns / 3)));
  }
}

/** The running processes and the progress of the session, as lines that fit the terminal. */
export class LiveView {
  readonly #state = new SessionState();
  readonly #names = new NameColumn();
  /** Activities of the running processes, by their ids. */
  readonly #activities = new Map<string, ShownActivity>();

  take(event: EnsembleEvent): void {
    this.#state.apply(event);
    switch (event.type) {
      case 'session-started':
      case 'processes-added':
        this.#names.learn(event.processes);
        return;
      case 'process-ended':
        this.#activities.delete(event.result.processId);
        return;
      case 'process-started':
      case 'process-message':
      case 'process-stopping':
      case 'process-retrying':
        this.#note(event);
        return;
      case 'process-output':
        this.#notePlainOutput(event);
        return;
      default:
    }
  }

  #note(event: EventOf<'process-started' | 'process-message' | 'process-stopping' | 'process-retrying'>): void {
    const known = this.#activities.get(event.processId);
    if (event.type === 'process-message' && known?.phase === 'stopping') return;
    const text = activityOf(event) ?? known?.text ?? '';
    this.#activities.set(event.processId, { text, phase: phases[event.type] ?? 'working' });
  }

  /** A plain program sends no messages: its output shows that it has started. */
  #notePlainOutput({ processId, format }: EventOf<'process-output'>): void {
    if (format !== 'plain' || this.#activities.get(processId)?.phase !== 'starting') return;
    this.#activities.set(processId, { text: 'runs', phase: 'working' });
  }

  /** The lines of one frame, each narrower than the terminal, and together lower. */
  frame({ columns, rows, now, color }: FrameOptions): readonly string[] {
    const { running, processes } = this.#state;
    const figures = figuresOf(this.#state, now);
    const waiting = waitingLine(waitingNames(this.#state), figures.waiting, columns - 1);
    const room = Math.max(1, rows - 3 - waiting.length);
    const shown = [...running.keys()].slice(0, running.size > room ? room - 1 : room);
    const lines = shown.map((id) => {
      const time = durationText(secondsSince(processes.get(id)?.startedAt, now)).padStart(timeColumns);
      const head = fitColumns(`${spinnerAt(now)} ${this.#names.of(id, columns)} ${time}`, columns - 1);
      const rest = fitColumns(`  ${this.#activities.get(id)?.text ?? ''}`, columns - 1 - displayWidth(head));
      return color('cyan', head) + rest;
    });
    const hidden = running.size - shown.length;
    const below = [...(hidden === 0 ? [] : [`  and ${hidden} more`]), ...(rows > 4 ? waiting : [])];
    return [
      ...lines,
      ...below.map((line) => color('dim', fitColumns(line, columns - 1))),
      footer(figures, columns - 1, color),
    ];
  }
}

function spinnerAt(now: number): string {
  return spinner[Math.floor(now / spinnerStepMs) % spinner.length] ?? '';
}

/** The first of those that were not started yet. */
function waitingNames({ processes, running }: SessionState): readonly string[] {
  const names: string[] = [];
  for (const { id, name, state } of processes.values()) {
    if (names.length === mostWaiting) break;
    // One that waits for its next attempt is queued again.
    if (state === 'queued' && !running.has(id)) names.push(oneLine(name, longestName));
  }
  return names;
}

/** The first names that fit, and the number of the others. */
function waitingLine(names: readonly string[], count: number, columns: number): readonly string[] {
  for (let most = names.length; most > 0; most -= 1) {
    const rest = count - most;
    const line = `· waiting: ${names.slice(0, most).join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
    if (displayWidth(line) <= columns || most === 1) return [line];
  }
  return [];
}

/** A bar where there is room for it, the counts, the time, the money. */
function footer(figures: ProgressFigures, columns: number, color: Paint): string {
  const { total, done, failed, batch, elapsedSeconds, secondsLeft, money } = figures;
  const left = secondsLeft === undefined ? '' : `, ${timeLeftText(secondsLeft)}`;
  const parts = [
    `${done} of ${total} done${failed === 0 ? '' : `, ${failed} failed`}`,
    ...(batch === undefined ? [] : [batchText(batch)]),
    `${durationText(elapsedSeconds)}${left}`,
    // The end says more of it.
    ...(money === '' ? [] : [money.replace(/ \(.*$/u, '')]),
  ];
  while (parts.length > 1 && displayWidth(parts.join(' · ')) > columns) parts.pop();
  const text = fitColumns(parts.join(' · '), columns);
  const room = Math.min(barColumns.most, columns - displayWidth(text) - 2);
  const painted = failed === 0 ? color('dim', text) : color('red', text);
  return room < barColumns.least ? painted : `${bar(figures, room, color)}  ${painted}`;
}

function bar({ total, done, failed }: ProgressFigures, columns: number, color: Paint): string {
  const cells = (count: number): number => Math.round((count / Math.max(1, total)) * columns);
  const [good, all] = [cells(done - failed), cells(done)];
  const rest = color('dim', '─'.repeat(columns - all));
  return color('green', '━'.repeat(good)) + color('red', '━'.repeat(all - good)) + rest;
}

import process from 'node:process';
import type { EnsembleEvent, Sink } from '../core/event.ts';
import { displayWidth } from './display-width.ts';
import { LiveView } from './live-view.ts';
import type { Paint, Style } from './paint.ts';
import { paintFor } from './paint.ts';
import type { TextStream } from './text-stream.ts';

/** Ten frames a second look smooth and cost next to nothing. */
const frameMs = 100;

/** Makes a sink that turns events into lines which stay. */
export type NewsMaker = (write: (line: string) => void) => Sink;

const csi = '\x1b[';
const [hideCursor, showCursor] = [`${csi}?25l`, `${csi}?25h`];
const [clearRestOfLine, clearBelow] = [`${csi}K`, `${csi}J`];
const colourCodes = /\x1b\[[\d;]*m/g;

/**
 * A terminal's view of a session: what is news goes up as lines that stay, and below them stands what runs at the moment,
 * redrawn in place.
 */
export class LiveProgress implements Sink, Disposable {
  readonly name = 'live view';
  readonly #stream: TextStream;
  readonly #paint: Paint;
  readonly #view = new LiveView();
  readonly #news: Sink;
  #fresh: string[] = [];
  /** The widths of the lines that stand there now. */
  #drawn: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: TextStream, news: NewsMaker) {
    this.#stream = stream;
    this.#paint = paintFor(stream);
    this.#news = news((line) => this.#fresh.push(line));
  }

  handle(event: EnsembleEvent): void {
    this.#view.take(event, performance.now());
    if (event.type === 'session-started') this.#open();
    this.#takeNews(event);
    if (event.type === 'session-ended') this.#close();
  }

  /** Puts lines above the view, to stay. */
  print(lines: readonly string[]): void {
    this.#fresh.push(...lines);
    if (this.#timer === undefined) this.#stream.write(this.#takeFresh());
  }

  [Symbol.dispose](): void {
    this.#close();
  }

  #takeNews(event: EnsembleEvent): void {
    // The view itself shows these two.
    if (event.type === 'heartbeat' || (event.type === 'process-started' && event.attempt === 1)) return;
    const before = this.#fresh.length;
    void this.#news.handle(event); // It writes to an array, at once.
    const style = styleOf(event);
    // Of several lines the last is the one that tells how it went.
    const last = this.#fresh.length > before ? this.#fresh.pop() : undefined;
    if (last !== undefined) this.#fresh.push(style === undefined ? last : this.#paint(style, last));
  }

  #open(): void {
    process.on('exit', this.#restore);
    this.#stream.write(hideCursor);
    this.#timer = setInterval(() => this.#draw(), frameMs).unref();
  }

  #close(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stream.write(this.#home() + clearBelow + this.#takeFresh());
    this.#restore();
    process.off('exit', this.#restore);
  }

  readonly #restore = (): void => {
    this.#stream.write(showCursor);
  };

  #draw(): void {
    const frame = this.#view.frame({ ...this.#stream.size(), now: performance.now(), paint: this.#paint });
    const fresh = this.#takeFresh();
    // A line that stays may end in the last column, where clearing the rest would take its last character.
    const above = fresh === '' ? '' : clearBelow + fresh;
    const view = frame.map((line) => `${line}${clearRestOfLine}\n`).join('');
    this.#stream.write(this.#home() + above + view + clearBelow);
    this.#drawn = frame.map((line) => displayWidth(line.replace(colourCodes, '')));
  }

  /** Back to where the view begins. After the window became narrower, a line stands in several rows. */
  #home(): string {
    const { columns } = this.#stream.size();
    const rows = this.#drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    this.#drawn = [];
    return rows === 0 ? '\r' : `\r${csi}${rows}A`;
  }

  #takeFresh(): string {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh.map((line) => `${line}\n`).join('');
  }
}

function styleOf(event: EnsembleEvent): Style | undefined {
  switch (event.type) {
    case 'process-ended':
      if (event.result.status === 'succeeded') return 'green';
      return event.result.status === 'skipped' ? 'dim' : 'red';
    case 'process-retrying':
    case 'process-stopping':
    case 'session-interrupted':
      return 'yellow';
    case 'notice':
      return event.level === 'warning' ? 'yellow' : undefined;
    case 'session-started':
      return 'dim';
    case 'session-ended':
      return ({ success: 'green', skipped: 'yellow', failure: 'red', cancelled: 'red' } as const)[event.conclusion];
    default:
      return undefined;
  }
}

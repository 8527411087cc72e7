import process from 'node:process';
import displayWidth from 'string-width';
import type { EnsembleEvent, Sink } from '../../model/event.ts';
import type { ConsoleOptions } from '../../reports/console.ts';
import type { Paint } from './colors.ts';
import { paintFor } from './colors.ts';
import { LiveView } from './live-view.ts';
import type { TextStream } from './text-stream.ts';

/** Makes a sink that turns events into lines which stay. */
export type NewsMaker = (write: ConsoleOptions['write']) => Sink;

/** Ten frames a second look smooth and cost next to nothing. */
const frameMs = 100;

const csi = '\x1b[';
const [hideCursor, showCursor] = [`${csi}?25l`, `${csi}?25h`];
const [clearRestOfLine, clearBelow] = [`${csi}K`, `${csi}J`];

/**
 * A terminal's view of a session: what is news goes up as lines that stay, and below them stands what runs at the moment,
 * redrawn in place.
 */
export class LiveProgress implements Sink, Disposable {
  readonly name = 'live view';
  readonly #stream: TextStream;
  readonly #color: Paint;
  readonly #view = new LiveView();
  readonly #news: Sink;
  #fresh: string[] = [];
  /** The widths of the lines that stand there now. */
  #drawn: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: TextStream, news: NewsMaker) {
    this.#stream = stream;
    this.#color = paintFor(stream);
    this.#news = news((line, style) => this.#fresh.push(style === undefined ? line : this.#color(style, line)));
  }

  handle(event: EnsembleEvent): void {
    this.#view.take(event, performance.now());
    if (event.type === 'session-started') this.#open();
    if (event.type === 'session-ended') this.close();
    // The view itself shows these two.
    if (event.type === 'heartbeat' || (event.type === 'process-started' && event.attempt === 1)) return;
    void this.#news.handle(event); // It writes to an array, at once.
    if (this.#timer === undefined) this.#stream.write(this.#takeFresh());
  }

  /** Takes the view away; lines that come later stand where it was. */
  close(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stream.write(this.#home() + clearBelow + this.#takeFresh());
    this.#restore();
    process.off('exit', this.#restore);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #open(): void {
    process.on('exit', this.#restore);
    this.#stream.write(hideCursor);
    this.#timer = setInterval(() => this.#draw(), frameMs).unref();
  }

  readonly #restore = (): void => {
    this.#stream.write(showCursor);
  };

  #draw(): void {
    const frame = this.#view.frame({ ...this.#stream.size(), now: performance.now(), color: this.#color });
    const fresh = this.#takeFresh();
    // A line that stays may end in the last column, where clearing the rest would take its last character.
    const above = fresh === '' ? '' : clearBelow + fresh;
    const view = frame.map((line) => `${line}${clearRestOfLine}\n`).join('');
    this.#stream.write(this.#home() + above + view + clearBelow);
    this.#drawn = frame.map((line) => displayWidth(line));
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

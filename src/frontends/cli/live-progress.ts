import process from 'node:process';
import { createLogUpdate } from 'log-update';
import displayWidth from 'string-width';
import type { EnsembleEvent, Sink } from '../../model/event.ts';
import type { ConsoleOptions } from '../../reports/console.ts';
import type { Paint } from './colors.ts';
import { paintFor } from './colors.ts';
import { LiveView } from './live-view.ts';
import type { TextStream } from './text-stream.ts';

/** Makes a sink that turns events into lines which stay. */
export type LineSinkFactory = (write: ConsoleOptions['write']) => Sink;

/** Ten frames a second look smooth and cost next to nothing. */
const frameMs = 100;

const csi = '\x1b[';
const [hideCursor, showCursor, clearBelow] = [`${csi}?25l`, `${csi}?25h`, `${csi}J`];

/**
 * A terminal's view of a session: lines of events scroll up and stay, and below them the running processes are redrawn in
 * place.
 */
export class LiveProgress implements Sink, Disposable {
  readonly name = 'live view';
  readonly #stream: TextStream;
  readonly #color: Paint;
  readonly #view = new LiveView();
  readonly #lineSink: Sink;
  readonly #update: ReturnType<typeof createLogUpdate>;
  #fresh: string[] = [];
  /** Text that is written in one go, so that nothing flickers. */
  #pending = '';
  /** The widths of the lines on the screen, and of the window when they were drawn. */
  #drawn: { readonly widths: readonly number[]; readonly columns: number } = { widths: [], columns: 0 };
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: TextStream, lineSink: LineSinkFactory) {
    this.#stream = stream;
    this.#color = paintFor(stream);
    this.#lineSink = lineSink((line, style) => this.#fresh.push(style === undefined ? line : this.#color(style, line)));
    const write = (text: string): void => {
      this.#pending += text;
    };
    const window = Object.defineProperties(
      { write },
      { columns: { get: () => stream.size().columns }, rows: { get: () => stream.size().rows } },
    );
    this.#update = createLogUpdate(window as unknown as NodeJS.WritableStream, { showCursor: true });
  }

  handle(event: EnsembleEvent): void {
    this.#view.take(event);
    if (event.type === 'session-started') this.#open();
    if (event.type === 'session-ended') this.close();
    // The view itself shows these two.
    if (event.type === 'heartbeat' || (event.type === 'process-started' && event.attempt === 1)) return;
    void this.#lineSink.handle(event); // It writes to an array, at once.
    if (this.#timer === undefined) this.#stream.write(this.#takeFresh());
  }

  /** Takes the view away; lines that come later stand where it was. */
  close(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#clear();
    this.#stream.write(this.#takePending() + this.#takeFresh());
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
    const { columns, rows } = this.#stream.size();
    const frame = this.#view.frame({ columns, rows, now: Date.now(), color: this.#color });
    const fresh = this.#takeFresh();
    if (fresh !== '' || columns < this.#drawn.columns) {
      this.#clear();
      this.#pending += fresh;
    }
    this.#update(frame.join('\n'));
    this.#drawn = { widths: frame.map((line) => displayWidth(line)), columns };
    const pending = this.#takePending();
    if (pending !== '') this.#stream.write(pending);
  }

  #clear(): void {
    const { columns } = this.#stream.size();
    const { widths, columns: before } = this.#drawn;
    this.#update.clear();
    // After the window became narrower, a line takes several rows.
    const more = widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)) - 1, 0);
    if (columns < before && more > 0) this.#pending += `${csi}${more}A`;
    this.#pending += clearBelow;
    this.#drawn = { widths: [], columns };
  }

  #takePending(): string {
    const pending = this.#pending;
    this.#pending = '';
    return pending;
  }

  #takeFresh(): string {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh.map((line) => `${line}\n`).join('');
  }
}

import type { EnsembleEvent, Sink } from '../../model/event.ts';
import { type ConsoleOptions, consoleSink } from '../../reports/console.ts';
import { paintFor } from './colors.ts';
import { type LineSinkFactory, LiveProgress } from './live-progress.ts';
import { terminalLineSink } from './terminal-line-sink.ts';
import type { TextStream } from './text-stream.ts';

/** The progress display of a session. */
export interface Progress extends Disposable {
  readonly sink: Sink;
  /** Takes what is redrawn off the terminal, so that other text can follow. */
  readonly clear: () => void;
}

/** Amount and form of the progress shown. */
export interface ProgressOptions {
  readonly stream: TextStream;
  /** Nobody watches: lines that stay, even on a terminal. */
  readonly unattended: boolean;
  /** The end only. */
  readonly quiet: boolean;
  /** Makes the lines that stay; the usual ones when absent. */
  readonly lineSink?: LineSinkFactory;
}

/** Opens the view that fits the stream: a live one on an attended terminal, lines elsewhere. */
export function openProgress({ stream, unattended, quiet, lineSink }: ProgressOptions): Progress {
  const isWatched = stream.isTerminal && !unattended;
  const ownLineSink: LineSinkFactory = isWatched ? (write) => terminalLineSink(stream, write) : consoleLineSink;
  const usedLineSink = lineSink ?? ownLineSink;
  if (isWatched && !quiet) {
    const live = new LiveProgress(stream, usedLineSink);
    return { sink: live, clear: () => live.close(), [Symbol.dispose]: () => live.close() };
  }
  const paint = paintFor(stream);
  const lines = quiet ? endOnly(usedLineSink) : usedLineSink;
  const nothing = (): void => undefined;
  const write: ConsoleOptions['write'] = (line, style) =>
    stream.write(`${style === undefined ? line : paint(style, line)}\n`);
  return { sink: lines(write), clear: nothing, [Symbol.dispose]: nothing };
}

/** A view whose last lines are held back, since answers are to stand above them. */
export interface HeldProgress {
  readonly sink: Sink;
  /** Shows the last lines. */
  readonly finish: () => void;
}

/** Holds back the last lines of a view. */
export function holdEnd({ sink, clear }: Progress): HeldProgress {
  let end: EnsembleEvent | undefined;
  return {
    sink: {
      name: sink.name,
      handle(event) {
        if (event.type !== 'session-ended') return sink.handle(event);
        end = event;
        return clear();
      },
    },
    finish: () => void (end && sink.handle(end)),
  };
}

const consoleLineSink: LineSinkFactory = (write) => consoleSink({ reader: 'command', write });

function endOnly(lineSink: LineSinkFactory): LineSinkFactory {
  return (write) => {
    let isEnd = false;
    const sink = lineSink((line, style) => isEnd && write(line, style));
    return {
      name: sink.name,
      handle(event) {
        isEnd = event.type === 'session-ended';
        return sink.handle(event);
      },
    };
  };
}

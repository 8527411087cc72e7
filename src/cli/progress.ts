import type { Sink } from '../core/event.ts';
import { consoleSink } from '../sinks/console.ts';
import type { NewsMaker } from './live-progress.ts';
import { LiveProgress } from './live-progress.ts';
import type { TextStream } from './text-stream.ts';

/** What people see of a session while it runs. */
export interface Progress extends Disposable {
  readonly sink: Sink;
  /** Puts lines of our own among those of the session. */
  readonly print: (lines: readonly string[]) => void;
}

/** How much is shown, and in which way. */
export interface ProgressOptions {
  readonly stream: TextStream;
  /** Nobody watches: lines that stay, even on a terminal. */
  readonly unattended: boolean;
  /** The end only. */
  readonly quiet: boolean;
  /** Makes the lines that stay; those of a console when absent. */
  readonly news?: NewsMaker;
}

/** Opens the view that fits the stream: a live one on a terminal that somebody watches, lines elsewhere. */
export function openProgress({ stream, unattended, quiet, news = consoleNews }: ProgressOptions): Progress {
  if (stream.isTerminal && !unattended && !quiet) {
    const live = new LiveProgress(stream, news);
    return { sink: live, print: (lines) => live.print(lines), [Symbol.dispose]: () => live[Symbol.dispose]() };
  }
  const print = (lines: readonly string[]): void => stream.write(lines.map((line) => `${line}\n`).join(''));
  const lines = (quiet ? endOnly(news) : news)((line) => print([line]));
  return { sink: lines, print, [Symbol.dispose]: () => undefined };
}

const consoleNews: NewsMaker = (write) => consoleSink({ write });

function endOnly(news: NewsMaker): NewsMaker {
  return (write) => {
    let isEnd = false;
    const sink = news((line) => isEnd && write(line));
    return {
      name: sink.name,
      handle(event) {
        isEnd = event.type === 'session-ended';
        return sink.handle(event);
      },
    };
  };
}

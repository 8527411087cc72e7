import type { EnsembleEvent, Sink } from '../../model/event.ts';
import type { Paint, Style } from './colors.ts';

/** Makes a sink that turns events into lines which stay. */
export type NewsMaker = (write: (line: string) => void) => Sink;

/** The same lines in the colour of what they tell. */
export function paintedNews(news: NewsMaker, color: Paint): NewsMaker {
  return (write) => {
    let lines: string[] = [];
    const sink = news((line) => lines.push(line));
    return {
      name: sink.name,
      handle(event) {
        void sink.handle(event); // It writes to an array, at once.
        const style = styleOf(event);
        // Of several lines the last is the one that tells how it went.
        const last = style === undefined ? undefined : lines.pop();
        for (const line of lines) write(line);
        if (style !== undefined && last !== undefined) write(color(style, last));
        lines = [];
      },
    };
  };
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

import { existsSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import type { EnsembleEvent, Sink } from '../../model/event.ts';
import type { ProcessResult } from '../../model/result.ts';
import { sessionFiles } from '../../model/session-files.ts';
import { SessionState } from '../../model/session-state.ts';
import type { ConsoleOptions } from '../../reports/console.ts';
import { endLines } from '../../reports/console-end.ts';
import { ConsoleLines, endedParts } from '../../reports/console-lines.ts';
import { plainLine } from '../../reports/styled-line.ts';
import { fitColumns, wrapColumns } from './columns.ts';
import { NameColumn } from './live-view.ts';
import type { TextStream } from './text-stream.ts';

const [timeColumns, moneyColumns] = [7, 5];

/**
 * What stays on a terminal: a row in columns for each process that has ended, cut at the width of the window; all else broken between
 * words, so that it can be read whole.
 */
export function terminalLineSink(stream: TextStream, write: ConsoleOptions['write']): Sink {
  const state = new SessionState();
  const lines = new ConsoleLines(state);
  const names = new NameColumn();
  const say: ConsoleOptions['write'] = (text, style) => {
    for (const line of wrapColumns(plainLine(text), stream.size().columns - 1)) write(line, style);
  };
  return {
    name: 'lines on the terminal',
    handle(event: EnsembleEvent): void {
      state.apply(event);
      if (event.type === 'session-started' || event.type === 'processes-added') names.learn(event.processes);
      if (event.type === 'process-ended') {
        const { columns } = stream.size();
        const row = rowOf(event.result, names.of(event.result.processId, columns));
        write(fitColumns(row, columns - 1), endedParts(event.result).style);
      } else if (event.type === 'session-ended') {
        const report = reportPath(state.started?.directory ?? '', stream);
        for (const { text, style } of endLines(state, event, 'command')) {
          if (text.endsWith(report.path)) write(`  report: ${report.shown}`);
          else say(text, style);
        }
      } else if (event.type !== 'process-started') {
        const line = lines.of(event);
        if (line !== undefined) say(line.text, line.style);
      }
    },
  };
}

/** For example `✓ Naming    1.4 s     2¢  The naming is consistent in most places.` */
function rowOf(result: ProcessResult, name: string): string {
  const { mark, what, took, money, headline } = endedParts(result);
  const text = result.status === 'succeeded' ? headline : what;
  // A stand-in costs nothing, so there is no column for it.
  const price = result.offline === true ? '' : `  ${money.padStart(moneyColumns)}`;
  return `${mark} ${name} ${took.padStart(timeColumns)}${price}  ${plainLine(text)}`.trimEnd();
}

/** The path of the report, and as it is shown: short, and a link (OSC 8) that most terminals open at a click; the others leave it out. */
function reportPath(
  directory: string,
  { isTerminal, hasColors }: TextStream,
): { readonly path: string; readonly shown: string } {
  const path = join(directory, sessionFiles.report);
  const inside = relative(process.cwd(), path);
  const text = plainLine(inside.startsWith('..') || isAbsolute(inside) ? path : inside);
  const isLink = isTerminal && hasColors && existsSync(path);
  return { path, shown: isLink ? `\x1b]8;;${pathToFileURL(path).href}\x1b\\${text}\x1b]8;;\x1b\\` : text };
}

import sliceAnsi from 'slice-ansi';
import displayWidth from 'string-width';
import { wrapped } from '../../text/markdown/terminal-wrap.ts';
import type { TextStream } from './text-stream.ts';

/** The text in at most so many columns; an ellipsis stands for what is cut. */
export function fitColumns(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  if (columns < 1) return '';
  // The last column is left free for the ellipsis; a wide character that does not fit before it is left out.
  let kept = sliceAnsi(text, 0, columns - 1);
  if (displayWidth(kept) > columns - 1) kept = sliceAnsi(text, 0, columns - 2);
  return `${kept}…`;
}

/** The text in exactly so many columns. */
export function padColumns(text: string, columns: number): string {
  const fitting = fitColumns(text, columns);
  return fitting + ' '.repeat(Math.max(0, columns - displayWidth(fitting)));
}

/** A line broken between words, what follows its first line a little further in. */
export function wrapColumns(text: string, columns: number): readonly string[] {
  if (displayWidth(text) <= columns) return [text];
  const [blanks = ''] = /^ */u.exec(text) ?? [];
  const inner = `${blanks}  `;
  const [first = '', ...others] = wrapped([{ kind: 'text', text: text.trim() }], {
    width: Math.max(10, columns - inner.length),
    colors: false,
  });
  return [blanks + first, ...others.map((line) => inner + line)];
}

/** A line as it is, on a terminal broken between words. */
export function readableLines({ isTerminal, size }: TextStream, line: string): readonly string[] {
  return isTerminal ? wrapColumns(line, size().columns - 1) : [line];
}

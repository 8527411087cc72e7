import displayWidth from 'string-width';
import type { Inline } from './tree.ts';

/** Style of a piece of text. */
export type Style = 'bold' | 'dim' | 'italic' | 'underline' | 'strike' | 'cyan';

/** Text of one style. */
export interface Piece {
  readonly text: string;
  readonly style: readonly Style[];
}

const codes: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  strike: [9, 29],
  cyan: [36, 39],
};

/** Text in a style, or as it is where there are no colours. */
export function paint(text: string, style: readonly Style[], colors: boolean): string {
  if (!colors || style.length === 0 || text === '') return text;
  const on = style.map((name) => `\x1b[${codes[name][0]}m`);
  const off = style.map((name) => `\x1b[${codes[name][1]}m`);
  return on.join('') + text + off.join('');
}

/** Layout of inline content. */
export interface WrapOptions {
  readonly width: number;
  readonly colors: boolean;
  /** Of all of it. */
  readonly style?: readonly Style[];
}

/** Inline content as lines of at most so many columns; only a word that is longer than a line is longer. */
export function wrapped(content: readonly Inline[], { width, colors, style = [] }: WrapOptions): readonly string[] {
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  let used = 0;
  for (const word of wordsOf(content, style)) {
    const isFull = word !== 'break' && used > 0 && used + 1 + word.width > width;
    if (word === 'break' || isFull) {
      lines.push(line);
      [line, used] = [[], 0];
    }
    if (word === 'break') continue;
    if (used > 0) append(line, { text: ' ', style: sharedStyle(line.at(-1), word.pieces[0]) });
    for (const piece of word.pieces) append(line, piece);
    used += (used > 0 ? 1 : 0) + word.width;
  }
  return [...lines, line].map((pieces) => pieces.map((piece) => paint(piece.text, piece.style, colors)).join(''));
}

/** The blank between two words looks like both. */
function sharedStyle(before: Piece | undefined, after: Piece | undefined): readonly Style[] {
  return before?.style.filter((name) => after?.style.includes(name)) ?? [];
}

/** Pieces of one look become one, so that a line has few sequences. */
function append(line: Piece[], piece: Piece): void {
  const last = line.at(-1);
  if (last !== undefined && last.style.join() === piece.style.join())
    line[line.length - 1] = { text: last.text + piece.text, style: last.style };
  else line.push(piece);
}

/** A run that must stay on one line; its look may change within it. */
interface Word {
  readonly pieces: readonly Piece[];
  readonly width: number;
}

function wordsOf(content: readonly Inline[], style: readonly Style[]): readonly (Word | 'break')[] {
  const words: (Word | 'break')[] = [];
  let pieces: Piece[] = [];
  const end = (): void => {
    if (pieces.length > 0) words.push({ pieces, width: pieces.reduce((sum, { text }) => sum + displayWidth(text), 0) });
    pieces = [];
  };
  for (const piece of piecesOf(content, style)) {
    if (piece === 'break') {
      end();
      words.push('break');
      continue;
    }
    for (const [index, text] of piece.text.split(/\s+/u).entries()) {
      if (index > 0) end();
      if (text !== '') pieces.push({ text, style: piece.style });
    }
  }
  end();
  return words;
}

function piecesOf(content: readonly Inline[], style: readonly Style[]): readonly (Piece | 'break')[] {
  return content.flatMap((inline): readonly (Piece | 'break')[] => {
    switch (inline.kind) {
      case 'text':
        return [{ text: inline.text, style }];
      case 'code':
        return [{ text: inline.text, style: [...style, 'cyan'] }];
      case 'break':
        return ['break'];
      case 'strong':
        return piecesOf(inline.content, withStyle(style, 'bold'));
      case 'emphasis':
        return piecesOf(inline.content, withStyle(style, 'italic'));
      case 'strike':
        return piecesOf(inline.content, withStyle(style, 'strike'));
      default:
        return inline satisfies never;
    }
  });
}

function withStyle(style: readonly Style[], name: Style): readonly Style[] {
  return style.includes(name) ? style : [...style, name];
}

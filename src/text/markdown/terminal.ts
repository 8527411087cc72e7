import { withoutCommands } from '../plain-text.ts';
import { tableLines } from './terminal-table.ts';
import { type Piece, paint, wrapped } from './terminal-wrap.ts';
import type { Block, Inline } from './tree.ts';

/** Options of the rendering for a terminal. */
export interface TerminalOptions {
  /** Columns. */
  readonly width: number;
  /** Bold, dim and the like by the sequences of ANSI; else none. */
  readonly colors: boolean;
}

/** Narrower than this nothing can be read; it is written as if there were room. */
const leastWidth = 20;
const longestRule = 40;

/**
 * A document as lines for a terminal or a log. No sequence in them is another's, and GitHub's runner finds nothing to obey: they
 * may be printed as they are. Lines of code are not broken.
 */
export function markdownLines(blocks: readonly Block[], { width, colors }: TerminalOptions): readonly string[] {
  const lines = new TerminalWriter(colors).blocks(blocks, Math.max(leastWidth, width));
  return lines.map((line) => withoutCommands(line.trimEnd()).replace(/^(\s*)::/u, '$1: :'));
}

class TerminalWriter {
  readonly #colors: boolean;

  constructor(colors: boolean) {
    this.#colors = colors;
  }

  /** With an empty line between two blocks. */
  blocks(blocks: readonly Block[], width: number): readonly string[] {
    return blocks.flatMap((block, index) => [...(index === 0 ? [] : ['']), ...this.#block(block, width)]);
  }

  #block(block: Block, width: number): readonly string[] {
    switch (block.kind) {
      case 'heading':
        return this.#wrapped(block.content, { width, style: block.rank === 1 ? ['bold', 'underline'] : ['bold'] });
      case 'paragraph':
        return this.#wrapped(block.content, { width });
      case 'quote':
        return this.#behind(paint('│ ', ['dim'], this.#colors), this.blocks(block.blocks, inner(width, 2)));
      case 'list':
        return this.#list(block, width);
      case 'code':
        return this.#behind(
          '    ',
          block.text
            .replaceAll('\t', '    ')
            .split('\n')
            .map((line) => paint(line, ['cyan'], this.#colors)),
        );
      case 'table':
        return tableLines(block, { width, colors: this.#colors });
      case 'rule':
        return [paint('─'.repeat(Math.min(width, longestRule)), ['dim'], this.#colors)];
    }
  }

  #behind(prefix: string, lines: readonly string[]): readonly string[] {
    return lines.map((line) => prefix + line);
  }

  #list({ start, tight, items }: Extract<Block, { kind: 'list' }>, width: number): readonly string[] {
    const last = (start ?? 0) + items.length - 1;
    const signWidth = start === undefined ? 2 : String(last).length + 2;
    return items.flatMap((blocks, index) => {
      const sign = start === undefined ? '•' : `${start + index}.`.padStart(signWidth - 1);
      const lines = this.#item(blocks, { width: inner(width, signWidth), tight });
      const [first = '', ...others] = lines;
      const between = index === 0 || tight ? [] : [''];
      return [...between, `${sign} ${first}`, ...this.#behind(' '.repeat(signWidth), others)];
    });
  }

  #item(blocks: readonly Block[], { width, tight }: { width: number; tight: boolean }): readonly string[] {
    return tight ? blocks.flatMap((block) => this.#block(block, width)) : this.blocks(blocks, width);
  }

  #wrapped(content: readonly Inline[], { width, style = [] }: { width: number; style?: Piece['style'] }) {
    return wrapped(content, { width, style, colors: this.#colors });
  }
}

function inner(width: number, indent: number): number {
  return Math.max(leastWidth, width - indent);
}

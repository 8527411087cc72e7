import MarkdownIt, { type Token } from 'markdown-it';
import { oneLine, plainText } from '../plain-text.ts';
import { type Alignment, type Block, type Inline, type TableRow, textOf } from './tree.ts';

/** The parser leaves out what is nested deeper. */
const deepest = 50;

/** An address is for recognising where it leads; some are a whole picture. */
const longestAddress = 300;

// `html: false` makes raw HTML text. Without `text_join` it is known which characters were written as entities.
const parser = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: deepest });
parser.core.ruler.disable('text_join');

/**
 * Reads untrusted Markdown (CommonMark with GitHub's tables and strikethrough) into a closed vocabulary in which nothing is
 * alive: links and images are their text and their address, raw HTML is text, code has no language. Every character that would
 * not be seen is shown by its name. It takes time in proportion to the text; what is nested too deep is one block of code.
 */
export function parseMarkdown(markdown: string): readonly Block[] {
  const source = plainText(markdown);
  const tokens = parser.parse(source, {});
  if (tokens.some(({ level }) => level >= deepest - 1)) return [{ kind: 'code', text: source }];
  const levels = tokens.filter(({ type }) => type === 'heading_open').map(({ tag }) => tag);
  return new TreeBuilder(tokens, [...new Set(levels)].toSorted()).blocks();
}

/** Turns the parser's flat list of tokens into a tree. */
class TreeBuilder {
  readonly #tokens: readonly Token[];
  /** The tags of headings that occur, the highest first. */
  readonly #headings: readonly string[];
  #at = 0;

  constructor(tokens: readonly Token[], headings: readonly string[]) {
    this.#tokens = tokens;
    this.#headings = headings;
  }

  /** The blocks up to the end of the enclosing one. */
  blocks(): readonly Block[] {
    const blocks: Block[] = [];
    for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next())
      blocks.push(this.#block(token));
    return blocks;
  }

  #next(): Token | undefined {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    return token;
  }

  #block(token: Token): Block {
    switch (token.type) {
      case 'heading_open':
        return { kind: 'heading', rank: rankOf(this.#headings.indexOf(token.tag)), content: this.#content() };
      case 'paragraph_open':
        return { kind: 'paragraph', content: this.#content() };
      case 'blockquote_open':
        return { kind: 'quote', blocks: this.blocks() };
      case 'bullet_list_open':
        return { kind: 'list', ...this.#items() };
      case 'ordered_list_open':
        return { kind: 'list', start: Math.trunc(Number(token.attrGet('start') ?? 1)), ...this.#items() };
      case 'table_open':
        return this.#table();
      case 'hr':
        return { kind: 'rule' };
      default:
        // Fences and indented code; what a later version of the parser knows besides is shown as it was written.
        return { kind: 'code', text: token.content.replace(/\n$/u, '') };
    }
  }

  /** Inline content of a block that holds no other blocks. */
  #content(): readonly Inline[] {
    const content: Inline[] = [];
    for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next())
      content.push(...inlinesOf(token.children ?? []));
    return content;
  }

  #items(): { readonly tight: boolean; readonly items: readonly (readonly Block[])[] } {
    const items: (readonly Block[])[] = [];
    let tight = true;
    for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next()) {
      const first = this.#tokens[this.#at];
      if (first?.type === 'paragraph_open' && !first.hidden) tight = false;
      items.push(this.blocks());
    }
    return { tight, items };
  }

  #table(): Block {
    const rows: TableRow[] = [];
    let alignments: readonly (Alignment | null)[] = [];
    // Tokens that open or close the head or the body are ignored.
    for (let token = this.#next(); token !== undefined && token.type !== 'table_close'; token = this.#next()) {
      if (token.type !== 'tr_open') continue;
      const { cells, aligned } = this.#row();
      rows.push(cells);
      alignments = aligned;
    }
    const [head = [], ...body] = rows;
    return { kind: 'table', alignments, head, rows: body };
  }

  #row(): { readonly cells: TableRow; readonly aligned: readonly (Alignment | null)[] } {
    const cells: (readonly Inline[])[] = [];
    const aligned: (Alignment | null)[] = [];
    for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next()) {
      aligned.push(alignmentOf(token));
      cells.push(this.#content());
    }
    return { cells, aligned };
  }
}

function rankOf(index: number): 1 | 2 | 3 {
  if (index <= 0) return 1;
  return index === 1 ? 2 : 3;
}

function alignmentOf(cell: Token): Alignment | null {
  const style = String(cell.attrGet('style') ?? '');
  return (['left', 'center', 'right'] as const).find((side) => style === `text-align:${side}`) ?? null;
}

function inlinesOf(tokens: readonly Token[]): readonly Inline[] {
  return new InlineBuilder(tokens).content();
}

const spans: Readonly<Record<string, 'strong' | 'emphasis' | 'strike'>> = {
  strong_open: 'strong',
  em_open: 'emphasis',
  s_open: 'strike',
};

/** The same for inline content. */
class InlineBuilder {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  content(): readonly Inline[] {
    const content: Inline[] = [];
    for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next())
      for (const inline of this.#inlines(token)) add(content, inline);
    return content.map(withBox);
  }

  #next(): Token | undefined {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    return token;
  }

  #inlines(token: Token): readonly Inline[] {
    const span = spans[token.type];
    if (span !== undefined) return [{ kind: span, content: this.content() }];
    switch (token.type) {
      case 'link_open':
        return withAddress(this.content(), String(token.attrGet('href') ?? ''));
      case 'image': {
        const described = textOf(inlinesOf(token.children ?? [])).trim();
        const label = described === '' ? '[image]' : `[image: ${described}]`;
        return withAddress([{ kind: 'text', text: label }], String(token.attrGet('src') ?? ''));
      }
      case 'code_inline':
        return [{ kind: 'code', text: token.content }];
      case 'softbreak':
        return [{ kind: 'text', text: ' ' }];
      case 'hardbreak':
        return [{ kind: 'break' }];
      case 'text_special':
        // An entity may stand for a character that is not seen, or for the end of a line.
        return [{ kind: 'text', text: plainText(token.content).replaceAll(/[\t\n]/gu, ' ') }];
      default:
        return [{ kind: 'text', text: token.content }];
    }
  }
}

/** A link's text, and where it leads unless that is the same. */
function withAddress(content: readonly Inline[], address: string): readonly Inline[] {
  const shown = oneLine(address, longestAddress);
  const text = textOf(content);
  if (shown === '') return content;
  if (text === shown || `mailto:${text}` === shown) return [{ kind: 'code', text: shown }];
  return [...content, { kind: 'text', text: ' ' }, { kind: 'code', text: shown }];
}

/** The box of a task is a sign, not a control. It is one wherever it begins a text: GitHub is not asked where it looks. */
function withBox(inline: Inline): Inline {
  if (inline.kind !== 'text') return inline;
  return { kind: 'text', text: inline.text.replace(/^\s*\[\s\](?=\s|$)/u, '☐').replace(/^\s*\[[xX]\](?=\s|$)/u, '☑') };
}

/** Appends to a line; texts that follow each other become one, so that what only both make is seen. */
function add(content: Inline[], inline: Inline): void {
  const last = content.at(-1);
  if (last?.kind === 'text' && inline.kind === 'text')
    content[content.length - 1] = { kind: 'text', text: last.text + inline.text };
  else if (inline.kind !== 'text' || inline.text !== '') content.push(inline);
}

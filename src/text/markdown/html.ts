import { Buffer } from 'node:buffer';
import { codeHtml, escapeHtml, inertHtml } from '../html-text.ts';
import { shortened } from '../plain-text.ts';
import type { Block, Inline, TableRow } from './tree.ts';

/** In characters. */
const longestWord = 40;

/** Options of the rendering as HTML. */
export interface HtmlOptions {
  /** On a page of GitHub, which looks for mentions and the like in every text; or on a page of ours. */
  readonly on: 'github' | 'own-page';
  /** Bytes; what is too much is cut at a word, and every element closed. Absent means no limit. */
  readonly most?: number;
}

/** A document as HTML. */
export interface MarkdownHtml {
  readonly html: string;
  /** Nothing was cut. */
  readonly isWhole: boolean;
}

/**
 * A document as HTML without a line feed, so that it is one block to Markdown and nothing in it can leave the element that it is
 * put in. Its elements are b, blockquote, br, code, h4, h5, hr, i, li, ol, p, pre, s, table, tbody, td, th, thead, tr and ul; their
 * only attributes are `align` and the `start` of a list.
 */
export function markdownHtml(
  blocks: readonly Block[],
  { on, most = Number.POSITIVE_INFINITY }: HtmlOptions,
): MarkdownHtml {
  const writer = new HtmlWriter(on === 'github' ? inertHtml : escapeHtml, most);
  for (const block of blocks) writer.add(blockNode(block));
  return writer.result();
}

/** An element, or text. */
type Node = ElementNode | TextNode;

interface ElementNode {
  readonly tag: string;
  /** With the blank before it. */
  readonly attribute?: string;
  /** Absent in an element that has no end. */
  readonly children?: readonly Node[];
}

interface TextNode {
  readonly text: string;
  readonly as: 'prose' | 'code' | 'lines';
}

function blockNode(block: Block): Node {
  switch (block.kind) {
    case 'heading':
      return headingNode(block);
    case 'paragraph':
      return { tag: 'p', children: inlineNodes(block.content) };
    case 'quote':
      return { tag: 'blockquote', children: block.blocks.map(blockNode) };
    case 'list':
      return listNode(block);
    case 'code':
      return { tag: 'pre', children: [{ tag: 'code', children: [{ text: block.text, as: 'lines' }] }] };
    case 'table':
      return tableNode(block);
    case 'rule':
      return { tag: 'hr' };
  }
}

/** Never larger than the headings of ours that it stands under. */
function headingNode({ rank, content }: Extract<Block, { kind: 'heading' }>): Node {
  const children = inlineNodes(content);
  if (rank === 3) return { tag: 'p', children: [{ tag: 'b', children }] };
  return { tag: rank === 1 ? 'h4' : 'h5', children };
}

function listNode({ start, tight, items }: Extract<Block, { kind: 'list' }>): Node {
  const itemNodes = (block: Block): readonly Node[] =>
    tight && block.kind === 'paragraph' ? inlineNodes(block.content) : [blockNode(block)];
  return {
    tag: start === undefined ? 'ul' : 'ol',
    attribute: start === undefined || start === 1 ? '' : ` start="${start}"`,
    children: items.map((item) => ({ tag: 'li', children: item.flatMap(itemNodes) })),
  };
}

function tableNode({ alignments, head, rows }: Extract<Block, { kind: 'table' }>): Node {
  const sides = alignments.map((side) => (side === null ? '' : ` align="${side}"`));
  const rowNode = (tag: 'th' | 'td', cells: TableRow): Node => ({
    tag: 'tr',
    children: cells.map((cell, column) => ({ tag, attribute: sides[column] ?? '', children: inlineNodes(cell) })),
  });
  const body = rows.map((cells) => rowNode('td', cells));
  return {
    tag: 'table',
    children: [
      { tag: 'thead', children: [rowNode('th', head)] },
      ...(body.length === 0 ? [] : [{ tag: 'tbody', children: body }]),
    ],
  };
}

const spanTags = { strong: 'b', emphasis: 'i', strike: 's' } as const;

function inlineNodes(content: readonly Inline[]): readonly Node[] {
  return content.map(inlineNode);
}

function inlineNode(inline: Inline): Node {
  switch (inline.kind) {
    case 'text':
      return { text: inline.text, as: 'prose' };
    case 'code':
      return { text: inline.text, as: 'code' };
    case 'break':
      return { tag: 'br' };
    case 'strong':
    case 'emphasis':
    case 'strike':
      return { tag: spanTags[inline.kind], children: inlineNodes(inline.content) };
  }
}

/** Writes nodes until there is no room. */
class HtmlWriter {
  readonly #parts: string[] = [];
  readonly #proseHtml: (text: string) => string;
  #left: number;
  #isFull = false;

  constructor(proseHtml: (text: string) => string, most: number) {
    this.#proseHtml = proseHtml;
    this.#left = most;
  }

  result(): MarkdownHtml {
    return { html: this.#parts.join(''), isWhole: !this.#isFull };
  }

  add(node: Node): void {
    if (this.#isFull) return;
    if ('text' in node) this.#addText(node);
    else this.#addElement(node);
  }

  /** The end is always written: room for it is taken with the beginning. */
  #addElement({ tag, attribute = '', children }: ElementNode): void {
    const start = `<${tag}${attribute}>`;
    const end = children === undefined ? '' : `</${tag}>`;
    this.#isFull = start.length + end.length > this.#left;
    if (this.#isFull) return;
    this.#left -= start.length + end.length;
    this.#parts.push(start);
    for (const child of children ?? []) this.add(child);
    this.#parts.push(end);
  }

  #addText({ text, as }: TextNode): void {
    let html = this.#htmlOf(text, as);
    let shown = text;
    // A character may take several bytes, so what fits is found by halves.
    while (Buffer.byteLength(html) > this.#left) {
      this.#isFull = true;
      shown = wholeWords(shortened(shown, Math.min(this.#left, Math.floor(shown.length / 2))));
      html = shown === '' ? '' : this.#htmlOf(shown, as);
    }
    this.#left -= Buffer.byteLength(html);
    this.#parts.push(html);
  }

  #htmlOf(text: string, as: TextNode['as']): string {
    switch (as) {
      case 'prose':
        return this.#proseHtml(text);
      case 'code':
        return codeHtml(text);
      case 'lines':
        // An empty line would end a block of HTML, and Markdown begin.
        return escapeHtml(text).replaceAll('\n', '&#10;');
    }
  }
}

/** Drops the word that the cut has split; a very long one stays. */
function wholeWords(text: string): string {
  const end = text.lastIndexOf(' ');
  return text.length - end > longestWord ? text : text.slice(0, Math.max(0, end));
}

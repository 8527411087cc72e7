import { parseMarkdown } from '../../text/markdown/parse.ts';
import type { Block, Inline, TableRow } from '../../text/markdown/tree.ts';
import { plainText } from '../../text/plain-text.ts';
import { type Child, copyButton, h } from './dom.ts';

/** In UTF-16 units; a longer text is shown as source: laying it out would block the page. */
const longestRendered = 512 * 1024;

/** Untrusted Markdown as elements of the page. */
export function markdownView(markdown: string): HTMLElement {
  if (markdown.length > longestRendered) return sourceView(markdown);
  return h('div', { class: 'prose' }, parseMarkdown(markdown).map(blockView));
}

/** A text as source; invisible characters are shown by their names. */
export function sourceView(text: string): HTMLElement {
  return h('pre', { class: 'source', tabindex: 0 }, plainText(text));
}

function blockView(block: Block): Child {
  switch (block.kind) {
    case 'heading':
      return h(`h${block.rank + 2}` as 'h3', {}, inlines(block.content));
    case 'paragraph':
      return h('p', {}, inlines(block.content));
    case 'quote':
      return h('blockquote', {}, block.blocks.map(blockView));
    case 'list':
      return listView(block);
    case 'code':
      return h('div', { class: 'code' }, copyButton(block.text), h('pre', { tabindex: 0 }, h('code', {}, block.text)));
    case 'table':
      return tableView(block);
    case 'rule':
      return h('hr');
    default:
      return block satisfies never;
  }
}

function listView({ start, tight, items }: Extract<Block, { kind: 'list' }>): Child {
  const children = items.map((item) => h('li', {}, item.map(blockView)));
  const look = tight ? 'tight' : undefined;
  return start === undefined ? h('ul', { class: look }, children) : h('ol', { class: look, start }, children);
}

function tableView({ alignments, head, rows }: Extract<Block, { kind: 'table' }>): Child {
  const row = (cells: TableRow, tag: 'th' | 'td'): Child =>
    h(
      'tr',
      {},
      cells.map((cell, column) => h(tag, { class: alignments[column] ?? undefined }, inlines(cell))),
    );
  const body = h(
    'tbody',
    {},
    rows.map((cells) => row(cells, 'td')),
  );
  return h(
    'div',
    { class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Table' },
    h('table', {}, h('thead', {}, row(head, 'th')), body),
  );
}

function inlines(content: readonly Inline[]): Child {
  return content.map(inlineView);
}

function inlineView(inline: Inline): Child {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return h('code', {}, inline.text);
    case 'strong':
      return h('strong', {}, inlines(inline.content));
    case 'emphasis':
      return h('em', {}, inlines(inline.content));
    case 'strike':
      return h('s', {}, inlines(inline.content));
    case 'break':
      return h('br');
    default:
      return inline satisfies never;
  }
}

import { oneLine } from '../plain-text.ts';
import { parseMarkdown } from './parse.ts';
import { type Block, textOf } from './tree.ts';

/** In UTF-16 units: how much of a text is searched for its headline. */
const longestBeginning = 4_000;

/** A first sentence that is shorter than this, such as "Done.", is followed by the next one. */
const leastWords = 30;

/**
 * The headline of a text: one plain line of at most `longest` characters: whole sentences of its first paragraph or item as
 * far as they have room. A heading, a table or code is taken only where there is no prose. Empty when the text is.
 */
export function headlineOf(markdown: string, longest: number): string {
  const blocks = parseMarkdown(markdown.slice(0, longestBeginning));
  const lines = [...proseOf(blocks), ...headingsOf(blocks)].map((line) => line.trim()).filter((line) => line !== '');
  const [first = markdown.slice(0, longestBeginning)] = lines;
  return oneLine(sentences(first, longest), longest);
}

function* proseOf(blocks: readonly Block[]): Generator<string> {
  for (const block of blocks) {
    if (block.kind === 'paragraph') yield textOf(block.content);
    if (block.kind === 'quote') yield* proseOf(block.blocks);
    if (block.kind === 'list') for (const item of block.items) yield* proseOf(item);
  }
}

function headingsOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'heading') return [textOf(block.content)];
    if (block.kind === 'table') return [block.head.map(textOf).join(', ')];
    return block.kind === 'code' ? [block.text] : [];
  });
}

/** The first sentences that have room together; the colon before a list that is not shown goes. */
function sentences(paragraph: string, longest: number): string {
  let headline = '';
  for (const sentence of paragraph.split(/(?<=[.!?:])\s+/u)) {
    const more = headline === '' ? sentence : `${headline} ${sentence}`;
    if (headline.length >= leastWords && more.length > longest) break;
    headline = more;
    if (headline.length > longest) break;
  }
  return headline.replace(/:$/u, '');
}

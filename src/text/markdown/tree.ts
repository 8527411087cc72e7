/** A piece of a line of prose. The text of `code` may hold no line feed; neither may that of `text`. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'strike'; readonly content: readonly Inline[] }
  | { readonly kind: 'break' };

/** Alignment of a table's column. */
export type Alignment = 'left' | 'center' | 'right';

/** A row of a table, by its cells. */
export type TableRow = readonly (readonly Inline[])[];

/** A block of a document: everything that untrusted Markdown can become, as plain data that survives JSON. */
export type Block =
  /** `rank` counts the levels that occur in this document: 1 is its highest, 3 all below the second. */
  | { readonly kind: 'heading'; readonly rank: 1 | 2 | 3; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  /** Numbered from `start` where that is given. The paragraphs of a `tight` one stand close together. */
  | {
      readonly kind: 'list';
      readonly start?: number;
      readonly tight: boolean;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly alignments: readonly (Alignment | null)[];
      readonly head: TableRow;
      readonly rows: readonly TableRow[];
    }
  | { readonly kind: 'rule' };

/** The characters of inline content, without its markup. */
export function textOf(content: readonly Inline[]): string {
  return content.map(characters).join('');
}

function characters(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return inline.text;
    case 'break':
      return ' ';
    case 'strong':
    case 'emphasis':
    case 'strike':
      return textOf(inline.content);
  }
}

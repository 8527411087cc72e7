import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, type Token, type Tokens, walkTokens } from 'marked';

/** A document of this repository. */
export interface MarkdownDocument {
  /** Below the repository's root, such as `docs/offline.md`. */
  readonly path: string;
  readonly text: string;
}

/** Reads a document by its path below the repository's root. */
export function readDocument(path: string): MarkdownDocument {
  return { path, text: readFileSync(join(import.meta.dirname, '../..', path), 'utf8') };
}

/** All parts of a kind, at whatever depth, in their order. */
function partsOf<T extends Tokens.Generic>({ text }: MarkdownDocument, type: T['type']): readonly T[] {
  const parts: Token[] = [];
  void walkTokens(lexer(text), (token) => {
    parts.push(token);
  });
  return parts.filter((token): token is T => token.type === type);
}

/** The fenced blocks of a language, without their fences; those without a language are named ''. */
export function codeBlocks(document: MarkdownDocument, language: string): readonly string[] {
  const fenced = partsOf<Tokens.Code>(document, 'code').filter(({ codeBlockStyle }) => codeBlockStyle !== 'indented');
  return fenced.filter(({ lang = '' }) => lang === language).map(({ text }) => `${text}\n`);
}

/** The targets of all links and images. */
export function linksOf(document: MarkdownDocument): readonly string[] {
  const parts = [...partsOf<Tokens.Link>(document, 'link'), ...partsOf<Tokens.Image>(document, 'image')];
  return parts.map(({ href }) => href);
}

/** The anchors that GitHub gives to a document's headings; the second of a name gets a number. */
export function anchorsOf(document: MarkdownDocument): readonly string[] {
  const seen = new Map<string, number>();
  return partsOf<Tokens.Heading>(document, 'heading').map(({ text }) => {
    const anchor = text
      .toLowerCase()
      .replaceAll(' ', '-')
      .replace(/[^\w-]/g, '');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** The cells of all table rows whose first cell begins with code. */
export function codeRows(document: MarkdownDocument): readonly (readonly string[])[] {
  const rows = partsOf<Tokens.Table>(document, 'table').flatMap((table) => table.rows);
  return rows.map((row) => row.map(({ text }) => text)).filter(([first]) => first?.startsWith('`'));
}

/** The section below a heading, to the next heading of the same level. */
export function sectionOf({ path, text }: MarkdownDocument, title: string): MarkdownDocument {
  const isHeading = (part: Token): part is Tokens.Heading => part.type === 'heading' && part.depth === 2;
  const parts = lexer(text);
  const start = parts.findIndex((part) => isHeading(part) && part.text === title);
  if (start < 0) throw new Error(`${path} has no section "${title}".`);
  const end = parts.findIndex((part, index) => index > start && isHeading(part));
  const section = parts.slice(start + 1, end < 0 ? undefined : end);
  return { path, text: section.map(({ raw }) => raw).join('') };
}

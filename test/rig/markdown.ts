import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** The fenced blocks of a language, without their fences; those without a language are named ''. */
export function codeBlocks({ text }: MarkdownDocument, language: string): readonly string[] {
  const fenced = text.matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return [...fenced].filter(([, name]) => name === language).map(([, , code = '']) => code);
}

/** The targets of all links. */
export function linksOf({ text }: MarkdownDocument): readonly string[] {
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
}

/** The anchors that GitHub gives to a document's headings; the second of a name gets a number. */
export function anchorsOf({ text }: MarkdownDocument): readonly string[] {
  const seen = new Map<string, number>();
  return [...text.replace(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => {
    const anchor = title
      .toLowerCase()
      .replaceAll(' ', '-')
      .replace(/[^\w-]/g, '');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** The cells of all table rows whose first cell is code, without the code's marks in that cell. */
export function codeRows({ text }: MarkdownDocument): readonly (readonly string[])[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const cells = row.split(/(?<!\\)\|/).slice(1, -1);
    return cells.map((cell) => cell.trim());
  });
}

/** The section below a heading, to the next heading of the same level. */
export function sectionOf({ path, text }: MarkdownDocument, title: string): MarkdownDocument {
  const [, ...sections] = text.split(/^## /m);
  const section = sections.find((part) => part.startsWith(`${title}\n`));
  if (section === undefined) throw new Error(`${path} has no section "${title}".`);
  return { path, text: section };
}

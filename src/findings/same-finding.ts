import type { Finding } from '../model/finding.ts';

/** Largest distance in lines between two reports of one finding. */
export const nearLines = 3;

/** A finding as it is compared with others. */
export interface Comparable {
  /** 0 without a line. */
  readonly line: number;
  /** Empty when it has none. */
  readonly category: string;
  readonly words: ReadonlySet<string>;
}

/** Parts of a finding that are compared with others. */
export function comparable({
  line = 0,
  category = '',
  summary,
}: Pick<Finding, 'line' | 'category' | 'summary'>): Comparable {
  return { line, category: category.trim().toLowerCase(), words: wordsOf(summary) };
}

/** Whether each of two texts shares at least half of its words with the other. */
export function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  const needed = many.size / 2;
  if (few.size < needed) return false;
  let shared = 0;
  for (const word of few) if (many.has(word)) shared += 1;
  return shared >= needed;
}

/** The words of a text, each once; a text without any is one word. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu);
  return new Set(words ?? [text.trim()]);
}

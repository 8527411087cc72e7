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

/** Letters and marks of scripts that put no space between words. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
/** Runs of such letters, or of letters, marks and digits of all other scripts. */
const runs = new RegExp(String.raw`[${unspaced}\u30fc]+|[[\p{L}\p{M}\p{N}_]--[${unspaced}]]+`, 'gv');
const isUnspaced = new RegExp(`^[${unspaced}]`, 'v');

/** The words of a text, each once; a text without any is one word. Where words are not told apart, each pair of letters is one. */
function wordsOf(text: string): ReadonlySet<string> {
  const found = text
    .normalize('NFC')
    .toLowerCase()
    .match(runs)
    ?.flatMap((run) => (isUnspaced.test(run) ? pairsOf(run) : run));
  return new Set(found ?? [text.trim()]);
}

function pairsOf(run: string): readonly string[] {
  const letters = [...run];
  return letters.length === 1 ? letters : letters.slice(1).map((letter, place) => `${letters[place]}${letter}`);
}

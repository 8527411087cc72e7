import { Buffer } from 'node:buffer';
import { oneLine, wholeEnd } from './plain-text.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML that shows exactly this text. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}

/** The beginning of a text as HTML of at most `most` bytes, never a part of a character or entity. */
export function escapedStart(text: string, most: number): { readonly html: string; readonly isWhole: boolean } {
  const whole = escapeHtml(text);
  if (Buffer.byteLength(whole) <= most) return { html: whole, isWhole: true };
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(entities[character] ?? character);
    if (bytes > most) break;
    end += character.length;
  }
  return { html: escapeHtml(text.slice(0, wholeEnd(text, end))), isWhole: false };
}

/**
 * What a word holds that GitHub could make a link, a mention, a reference, an emoji, a formula, a note, a footnote or markup of.
 * For GitHub a word begins behind every character but the letters and digits of ASCII. A price is no formula: no digit may
 * follow the end of one.
 */
const alive = new RegExp(
  [
    '@|://|www\\.|#\\d|\\[[!^]|:[\\w+-]+:|\\$(?!\\d)',
    '(?:^|[^a-z\\d])(?:gh-\\d|ghsa-|cve-\\d|[\\da-f]{7,40}(?![a-z\\d]))',
    '<[a-z!?/]|[^=-]>|`|\\*\\*|~~|\\]\\(',
  ].join('|'),
  'iu',
);

const openingMarks = new Set('("\'‘“');
const closingMarks = new Set(')"\'’”.,;!?');

/**
 * Text for a page of GitHub, as HTML in which it finds nothing to bring to life: it leaves `code` alone, so every word
 * that could become more than text stands in one. The HTML is for a block without an empty line: Markdown looks into no other.
 */
export function inertHtml(text: string, toHtml: (text: string) => string = escapeHtml): string {
  return text
    .split(/(\s+)/u)
    .map((word) => (alive.test(word) ? inertWord(word, toHtml) : toHtml(word)))
    .join('')
    .replaceAll('</code> <code>', ' ');
}

/** The word without the punctuation around it as code. */
function inertWord(word: string, toHtml: (text: string) => string): string {
  let start = 0;
  while (start < word.length && openingMarks.has(word[start] as string)) start += 1;
  let end = word.length;
  while (end > start && closingMarks.has(word[end - 1] as string)) end -= 1;
  return `${toHtml(word.slice(0, start))}<code>${toHtml(word.slice(start, end))}</code>${toHtml(word.slice(end))}`;
}

/** The same for a line that Markdown reads, such as a heading: to it, an entity is no markup. */
export function headingHtml(text: string, longest: number): string {
  return inertHtml(oneLine(text, longest), (part) =>
    part.replace(/[!-/:-@[-`{-~]/gu, (mark) => (plainMarks.has(mark) ? mark : `&#${mark.charCodeAt(0)};`)),
  );
}

/** Punctuation that stands for itself wherever it is. */
const plainMarks = new Set(',.;:()/%+?-=');

/** One line of text as inline HTML in which GitHub finds nothing to bring to life. */
export function inlineHtml(text: string, longest: number): string {
  return inertHtml(oneLine(text, longest));
}

/** One line of text as inline code. */
export function codeHtml(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

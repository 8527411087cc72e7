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
 * Nothing in these words can become a mention, a reference, a link, an emoji, a formula or markup. For GitHub a word begins
 * behind every character but the letters and digits of ASCII, so no other letter may hide a `GH-12` or a commit.
 */
const harmlessWord =
  /^(?!.*[Ww]{3}\.)(?!(?:.*[^A-Za-z0-9])?(?:[Gg][Hh]-\d|[\dA-Fa-f]{7,40}(?![A-Za-z0-9])))(?:[\p{L}\p{N}.,;()%'"+=×…/_-]|\$(?=\d))+:?$/u;

/**
 * One line of text as inline HTML in which GitHub finds nothing to bring to life: it leaves `code` alone, so every word
 * that could become more than text stands in it.
 */
export function inlineHtml(text: string, longest: number): string {
  return oneLine(text, longest)
    .split(' ')
    .map((word) => (harmlessWord.test(word) ? escapeHtml(word) : codeHtml(word)))
    .join(' ')
    .replaceAll('</code> <code>', ' ');
}

/** One line of text as inline code. */
export function codeHtml(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

import { terminalSequences } from './terminal-sequences.ts';

/**
 * Characters that are not seen: control characters but for tab and line feed, format characters (bidirectional ones among them),
 * halves of a character, separators of lines, and what fonts draw as nothing, such as fillers and variation selectors.
 */
const unseen = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\t\n]]/gv;

/** Characters that join others into one picture are visible as a part of it: joiners, selectors, the letters of a flag. */
const emojiPart = /^[\u200d\ufe0f\u{e0020}-\u{e007f}]$/u;
const emojiModifier = /^\p{Emoji_Modifier}$/u;
const wholeEmoji = /\p{RGI_Emoji}/vy;

/** Most emoji that are looked up in a text: each takes 16 µs (Node 24), and a text with more is an attack. */
const mostLooks = 2_000;

/** The text without terminal sequences, with every character that would not be seen shown by its name. */
export function plainText(text: string): string {
  if (text.search(unseen) === -1) return text;
  const still = text.replace(terminalSequences, '').replace(/\r\n?/gu, '\n');
  let looks = 0;
  let emojiEnd = 0;
  return still.replace(unseen, (found, at: number) => {
    if (at < emojiEnd) return found;
    if (!emojiPart.test(found) || looks === mostLooks) return nameOf(found);
    looks += 1;
    emojiEnd = emojiEndAround(still, at);
    return at < emojiEnd ? found : nameOf(found);
  });
}

/** End of the emoji whose first unseen character stands at `at`; 0 when that belongs to none. */
function emojiEndAround(text: string, at: number): number {
  const before = startBefore(text, at);
  wholeEmoji.lastIndex = emojiModifier.test(text.slice(before, at)) ? startBefore(text, before) : before;
  return wholeEmoji.test(text) ? wholeEmoji.lastIndex : 0;
}

/** Start of the character that ends at `end`. */
function startBefore(text: string, end: number): number {
  const start = Math.max(0, end - 2);
  return (text.codePointAt(start) ?? 0) > 0xffff ? start : Math.max(0, end - 1);
}

/** Words of ASCII with one blank between them, which is what most lines begin with: nothing in it is to be changed. */
const plainWords = /^[!-~]+(?: [!-~]+)*$/;

/** The same on one line of at most `longest` characters. */
export function oneLine(text: string, longest: number): string {
  if (plainWords.test(text.slice(0, longest + 1))) {
    return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
  }
  // Names and removed sequences change the length; far more than what is shown need not be read.
  const line = plainText(shortened(text, longest * 4))
    .replace(/\s+/gu, ' ')
    .trim();
  return line.length <= longest ? line : `${shortened(line, longest - 1).trimEnd()}…`;
}

/**
 * The text without `##[`, which GitHub's runner obeys anywhere in a line. `::`, which it obeys at the beginning of one, is
 * left: our lines begin with something else. See "Commands" in docs/architecture.md.
 */
export function withoutCommands(text: string): string {
  return text.replaceAll('##[', '# #[');
}

/** The beginning of a text, at most `longest` UTF-16 units, never half a character or half an emoji. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, wholeEnd(text, longest));
}

/** No emoji has more characters: the longest are flags of regions and families. */
const longestEmoji = 16;
const joiner = 0x200d;
const followsInEmoji = /^[\u200d\ufe0f\u20e3\p{Emoji_Modifier}\u{e0020}-\u{e007f}]$/u;

/** The last place up to `end` at which a text may be cut: between two characters, and not within an emoji. */
export function wholeEnd(text: string, end: number): number {
  let place = startBefore(text, end + 1) < end ? startBefore(text, end + 1) : end;
  for (let back = 0; back < longestEmoji && place > 0; back += 1) {
    const next = String.fromCodePoint(text.codePointAt(place) ?? 0);
    if (text.charCodeAt(place - 1) !== joiner && !followsInEmoji.test(next)) break;
    place = startBefore(text, place);
  }
  return place;
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** White space, and what shows as nothing at all: control and format characters. */
export function isInvisible(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}]*$/u.test(text);
}

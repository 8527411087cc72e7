/**
 * What a terminal would obey: colours, moves, titles, links. An unfinished sequence loses its beginning only, so that no
 * text is hidden by it.
 */
const terminalSequences = new RegExp(
  [
    '\\x1b\\[[0-?]*[ -/]*[@-~]',
    '\\x1b\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)',
    '\\x1b[PX^_][^\\x1b]*\\x1b\\\\',
    '\\x1b[ -/]*[0-~]',
    '\\x9b[0-?]*[ -/]*[@-~]',
  ].join('|'),
  'gu',
);

/**
 * Emoji, whose selectors and joiners are seen as a part of the picture; or what is not seen: control characters, format
 * characters (bidirectional ones among them), separators of lines, fillers, variation selectors, halves of a character.
 */
const emojiOrUnseen =
  /\p{RGI_Emoji}|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gv;
const emoji = /^\p{Emoji}/u;

/** Most text has none of the above: to know that is a hundred times quicker than to look for emoji. */
const anyUnseen =
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}]--[\t\n]]/v;

/** The text without terminal sequences, with every character that would not be seen shown by its name. */
export function plainText(text: string): string {
  if (!anyUnseen.test(text)) return text;
  return text
    .replace(terminalSequences, '')
    .replace(/\r\n?/gu, '\n')
    .replace(emojiOrUnseen, (found) => (found === '\n' || found === '\t' || emoji.test(found) ? found : nameOf(found)));
}

/** The same on one line of at most `longest` characters. */
export function oneLine(text: string, longest: number): string {
  // Names and removed sequences change the length; far more than what is shown need not be read.
  const line = plainText(shortened(text, longest * 8))
    .replace(/\s+/gu, ' ')
    .trim();
  return line.length <= longest ? line : `${shortened(line, longest - 1).trimEnd()}…`;
}

/** The beginning of a text, at most `longest` UTF-16 units, never half a character. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const last = text.charCodeAt(longest - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? longest - 1 : longest);
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

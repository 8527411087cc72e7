const segmenter = new Intl.Segmenter();

/** Combining marks and joiners alone take no column. */
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;

/** What terminals draw in two columns: emoji, and the wide blocks of Unicode's East Asian Width (UAX #11). */
const wide =
  /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

function columnsOf(character: string): number {
  if (invisible.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** How many columns of a terminal a text without control characters takes. */
export function displayWidth(text: string): number {
  return [...segmenter.segment(text)].reduce((sum, { segment }) => sum + columnsOf(segment), 0);
}

/** The text in at most so many columns; an ellipsis stands for what is cut. */
export function fitColumns(text: string, columns: number): string {
  let [kept, width] = ['', 0];
  for (const { segment } of segmenter.segment(text)) {
    width += columnsOf(segment);
    if (width > columns) return columns < 1 ? '' : `${kept}…`;
    // The last column is left free for the ellipsis.
    if (width < columns) kept += segment;
  }
  return text;
}

import { oneLine, withoutCommands } from '../text/plain-text.ts';

/** Style of a line where colours are shown. */
export type LineStyle = 'dim' | 'green' | 'red' | 'yellow';

/** A line and how it looks. */
export interface StyledLine {
  readonly text: string;
  readonly style?: LineStyle;
}

const longestLine = 1_000;

/** The text on one line, in which neither a terminal nor GitHub's runner finds anything to obey. Blanks at its beginning stay. */
export function plainLine(text: string): string {
  const [blanks = ''] = /^ */u.exec(text) ?? [];
  return blanks + withoutCommands(oneLine(text, longestLine)).replace(/^::/u, ': :');
}

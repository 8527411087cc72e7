/** How a line looks where colours are shown. */
export type LineStyle = 'dim' | 'green' | 'red' | 'yellow';

/** A line and how it looks. */
export interface StyledLine {
  readonly text: string;
  readonly style?: LineStyle;
}

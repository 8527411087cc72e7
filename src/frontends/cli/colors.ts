import { styleText } from 'node:util';

/** Gives a text a colour or a weight, where colours are wanted. */
export type Paint = (style: Style, text: string) => string;

/** The few styles in use: the sixteen colours of every terminal, so that its theme decides. */
export type Style = 'bold' | 'cyan' | 'dim' | 'green' | 'red' | 'yellow';

/** A `Paint` for a stream that shows colours, or one that leaves every text as it is. */
export function paintFor({ hasColors }: { readonly hasColors: boolean }): Paint {
  // Whether this stream has colours was decided by the environment; styleText would look at standard output.
  return (style, text) => (hasColors && text !== '' ? styleText(style, text, { validateStream: false }) : text);
}

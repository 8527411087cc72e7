import { plainText, withoutCommands } from '../../text/plain-text.ts';

/** Text of others as neither a terminal nor GitHub's runner obeys it: the command may be a step of a workflow. */
export function inertText(text: string): string {
  // Blanks of the line itself: over line feeds, the work would grow with the square of their number.
  return withoutCommands(plainText(text)).replace(/^([^\S\n\u2028\u2029]*)::/gmu, '$1: :');
}

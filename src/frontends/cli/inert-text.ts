import { plainText, withoutCommands } from '../../text/plain-text.ts';

/** Untrusted text without anything that a terminal or GitHub's runner obeys: the command may be a step of a workflow. */
export function inertText(text: string): string {
  // Blanks of the line itself: over line feeds, the work would grow with the square of their number.
  return withoutCommands(plainText(text)).replace(/^([^\S\n\u2028\u2029]*)::/gmu, '$1: :');
}

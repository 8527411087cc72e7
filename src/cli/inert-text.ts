import { plainText, withoutCommands } from '../sinks/plain-text.ts';

/** Text of others as neither a terminal nor GitHub's runner obeys it: the command may be a step of a workflow. */
export function inertText(text: string): string {
  return withoutCommands(plainText(text)).replace(/^(\s*)::/gmu, '$1: :');
}

/** Blanks and one colon: with another one, the runner takes what follows for a command. */
const atCommand = /^\s*:?$/u;
/** The last two hashes that nothing visible parts; with a bracket, the runner takes what follows for a command. */
const openHashes = /(?:#[^\x20-\x7e]*){1,2}$/u;
const longestMemory = 64;

/**
 * Breaks what GitHub's runner would obey, in text that is printed piece by piece and has no control characters: `::` at the beginning
 * of a line, and `##[` anywhere. What is invisible to the runner's search does not keep them apart. See "Commands" in
 * docs/architecture.md.
 */
export class CommandGuard {
  /** The end of the current line that could begin a command. */
  #before = '';

  /** The next piece of what is printed, as text for the runner. */
  harmless(text: string): string {
    return text
      .split(/(?<=\n)/u)
      .map((part) => this.#part(part))
      .join('');
  }

  #part(part: string): string {
    const before = this.#before;
    const line = before + part;
    this.#before = line.endsWith('\n') ? '' : memoryOf(line);
    const broken = line
      .replace(/^(\s*:)(?=:)/u, '$1 ')
      .replace(/(#[^\x20-\x7e]*#[^\x20-\x7e]*)(?=\[)/gu, '$1\\')
      .slice(before.length);
    // Others print there, too, so that any piece may begin a line.
    return broken.replace(/^(\s*:)(?=:)/u, '$1 ');
  }
}

function memoryOf(line: string): string {
  if (atCommand.test(line)) return line.trim();
  return `x${openHashes.exec(line)?.[0].slice(-longestMemory) ?? ''}`;
}

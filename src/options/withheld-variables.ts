/** The runner's own: its tokens, every input, and the paths of its command files (SECURITY.md, T2). */
const withheld = /^(?:(?:ACTIONS|INPUT|STATE)_.*|GITHUB_(?:TOKEN|OUTPUT|ENV|PATH|STATE|STEP_SUMMARY|ARTIFACTS.*))$/i;

/** Whether a variable never reaches Claude: no glob matches it, and to name it is an error. */
export function isWithheldVariable(name: string): boolean {
  return withheld.test(name);
}

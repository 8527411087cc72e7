/** The oldest release line of Node that this package runs on; `engines` in package.json says the same. */
const oldestNode = 22;

/** Why this version of Node cannot run us, in one line; undefined when it can. */
export function nodeVersionFault(version: string): string | undefined {
  if (Number.parseInt(version, 10) >= oldestNode) return undefined;
  return `claude-ensemble needs Node ${oldestNode} or newer; this is Node ${version}. Install a newer one from https://nodejs.org.`;
}

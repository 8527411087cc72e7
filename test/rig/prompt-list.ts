/** A list of prompts as a workflow gives it, one process for each id. */
export function promptList(prompts: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(prompts).map(([id, prompt]) => ({ id, prompt })));
}

/** The files of a session's directory: scripts depend on these names, and so do the step's end and `resume-from`. */
export const sessionFiles = {
  log: 'session.log',
  journal: 'session.jsonl',
  manifest: 'manifest.json',
  results: 'results.json',
  summary: 'summary.md',
  report: 'report.html',
} as const;

/** The files of one process there. */
export function filesOfProcess(processId: string): Readonly<Record<'log' | 'stream' | 'output', string>> {
  return { log: `${processId}.log`, stream: `${processId}.jsonl`, output: `outputs/${processId}.md` };
}

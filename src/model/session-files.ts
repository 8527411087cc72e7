/** The files of a session's directory: scripts depend on these names, and so do the step's end and `resume-from`. */
export const sessionFiles = {
  log: 'session.log',
  events: 'events.jsonl',
  context: 'context.md',
  manifest: 'manifest.json',
  results: 'results.json',
  summary: 'summary.md',
  report: 'report.html',
  findings: 'findings.json',
  sarif: 'findings.sarif',
} as const;

/** The files of one process there. */
export function filesOfProcess(processId: string): Readonly<Record<'log' | 'stream' | 'prompt' | 'output', string>> {
  return {
    log: `${processId}.log`,
    stream: `${processId}.jsonl`,
    prompt: `${processId}.prompt.md`,
    output: `outputs/${processId}.md`,
  };
}

/** A file of a session by what was written to it: any copy of it can be proven by this. */
export interface WrittenFile {
  /** Below the session's directory. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 in hex. */
  readonly digest: string;
}

/** All that was written in a session, when it has ended. */
export interface WrittenSession {
  /** The files that are still ours. */
  readonly files: readonly WrittenFile[];
  /** SHA-256 in hex of the ledger, which says the same. */
  readonly ledgerDigest: string;
}

/** Record of what a session of the Action wrote to its files, for the end of the job; never uploaded. */
export const ledgerFile = '.ledger';

/** Version of the lines of `events.jsonl`: raised when a reader would have to know of a change. */
export const eventLogSchemaVersion = 1;

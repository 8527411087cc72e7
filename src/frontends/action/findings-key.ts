/** Names that identify a step. */
export interface StepIdentity {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The job's `matrix` as JSON. */
  readonly matrix: string;
  /** `comment-key`. */
  readonly given: string | undefined;
}

/** Distinguishes the findings of a step from those of others: the option, else workflow, job, matrix and step. */
export function findingsKey({ environment, matrix, given }: StepIdentity): string {
  if (given !== undefined) return given.trim();
  const { GITHUB_WORKFLOW = '', GITHUB_JOB = '', GITHUB_ACTION = '' } = environment;
  // Code scanning takes the part after the last slash for the id of a run, which changes each time.
  const parts = [
    GITHUB_WORKFLOW,
    GITHUB_JOB,
    ...(/^\s*(?:null|\{\})?\s*$/.test(matrix) ? [] : [matrix]),
    GITHUB_ACTION,
  ];
  return parts.map((part) => `${part.replaceAll('/', '-').replace(/\s+/g, ' ').trim()}/`).join('');
}

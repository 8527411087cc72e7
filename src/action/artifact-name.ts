import { createHash } from 'node:crypto';

/** What an artifact belongs to. Equal in every attempt of a run, so that a later attempt can find what an earlier left. */
export interface ArtifactOwner {
  /** The option `artifact-name`. */
  readonly artifactName: string;
  readonly workflow: string;
  readonly job: string;
  /** The job's `matrix` context as JSON: its legs share the job's name. */
  readonly matrix: string;
  /** The step's id or number: a job may use the Action twice. */
  readonly step: string;
  readonly processIds: readonly string[];
  /** The run's attempt, from 1. */
  readonly attempt: number;
}

/** GitHub refuses these, and line breaks, in the name of an artifact; the other control characters nobody can read. */
const forbidden = /[":<>|*?\\/\p{Cc}\s]+/gu;

/** A name that no other job, leg, step, attempt or try of the same run has. */
export function artifactNameFor(owner: ArtifactOwner, random: string): string {
  const { artifactName, workflow, job, matrix, step, processIds, attempt } = owner;
  const identity = JSON.stringify([workflow, job, matrix, step, processIds]);
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 10);
  return [readable(artifactName), readable(job), hash, String(attempt), random].filter(Boolean).join('-');
}

/** Cut, because GitHub has a limit for the whole name, and because it is shown in tables. */
function readable(part: string): string {
  return [...part.replaceAll(forbidden, '-')].slice(0, 80).join('');
}

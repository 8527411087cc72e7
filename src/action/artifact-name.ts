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
  return `${commonName(owner)}-${owner.attempt}-${random}`;
}

/** An artifact as GitHub lists it. */
export interface ListedArtifact {
  readonly name: string;
  /** Grows with time. */
  readonly id: number;
}

/** Of all artifacts of a run, the one that this owner left in its last attempt before this one. */
export function earlierArtifact<T extends ListedArtifact>(
  owner: ArtifactOwner,
  artifacts: readonly T[],
): T | undefined {
  const common = `${commonName(owner)}-`;
  const own = artifacts.flatMap((artifact) => {
    if (!artifact.name.startsWith(common)) return [];
    const attempt = Number(/^(\d{1,9})-[0-9a-f]+$/.exec(artifact.name.slice(common.length))?.[1]);
    return attempt < owner.attempt ? [{ artifact, attempt }] : [];
  });
  return own.toSorted((one, other) => one.attempt - other.attempt || one.artifact.id - other.artifact.id).at(-1)
    ?.artifact;
}

/** What the artifacts of all attempts have in common. */
function commonName({ artifactName, workflow, job, matrix, step, processIds }: ArtifactOwner): string {
  const identity = JSON.stringify([workflow, job, matrix, step, processIds]);
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 10);
  return [readable(artifactName), readable(job), hash].filter(Boolean).join('-');
}

/** Cut, because GitHub has a limit for the whole name, and because it is shown in tables. */
function readable(part: string): string {
  return [...part.replaceAll(forbidden, '-')].slice(0, 80).join('');
}

import { createHash, randomUUID } from 'node:crypto';
import type { Shard } from '../model/shard.ts';

/** The step that an artifact belongs to. All but the attempt is equal in every attempt of a run, so that a later attempt can find what an earlier one left. */
export interface ArtifactOwner {
  /** The option `artifact-name`. */
  readonly artifactName: string;
  readonly workflow: string;
  readonly job: string;
  /** The job's `matrix` context as JSON: its legs share the job's name. */
  readonly matrix: string;
  /** The step's id or number: a job may use the Action twice. */
  readonly step: string;
  /** The option `resume-key`; empty when it was not given. */
  readonly resumeKey: string;
  readonly processIds: readonly string[];
  /** The shard that the step runs. */
  readonly shard?: ShardOfArtifact;
  /** The run's attempt, from 1. */
  readonly attempt: number;
}

/** The part of a plan that an artifact has the record of. */
export interface ShardOfArtifact extends Shard {
  /** Hash of the plan. */
  readonly hash: string;
}

/** An artifact as GitHub lists it. */
export interface ListedArtifact {
  readonly name: string;
  /** Milliseconds since 1970; 0 when unknown. */
  readonly createdAt: number;
}

/** The artifact that an owner left in an earlier attempt; or several that nothing but their sessions tell apart. */
export type EarlierArtifact<T extends ListedArtifact> =
  | { readonly kind: 'found'; readonly artifact: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'ambiguous'; readonly attempt: number; readonly names: readonly string[] };

/** GitHub refuses these, and line breaks, in the name of an artifact; other control characters cannot be read. */
const forbidden = /[":<>|*?\\/\p{Cc}\s]+/gu;

/**
 * A name that no other job, leg, step, attempt, session or try of the same run has. A try that failed half-way has burned
 * its name, so each has a random part; the session's part shows that two tries are of one session.
 */
export function artifactNameFor(owner: ArtifactOwner, sessionId: string): string {
  const session = createHash('sha256').update(sessionId).digest('hex').slice(0, 8);
  return `${commonName(owner)}-${owner.attempt}-${session}-${randomUUID().slice(0, 4)}`;
}

/**
 * Of all artifacts of a run, the newest that this owner left before this attempt. Newest by the attempt in the name, then by
 * the time of its creation: ids do not grow with time.
 */
export function earlierArtifact<T extends ListedArtifact>(
  owner: ArtifactOwner,
  artifacts: readonly T[],
): EarlierArtifact<T> {
  const common = `${commonName(owner)}-`;
  const own = artifacts
    .filter(({ name }) => name.startsWith(common))
    .map((artifact) => ({ artifact, ...partsOf(artifact.name.slice(common.length)) }))
    .filter(({ attempt }) => attempt < owner.attempt);
  for (const [attempt, left] of Map.groupBy(own, (one) => one.attempt)) {
    const sessions = new Map(left.map(({ session, artifact }) => [session, artifact.name]));
    if (sessions.size > 1) return { kind: 'ambiguous', attempt, names: [...sessions.values()].sort() };
  }
  const [newest] = own.sort((a, b) => b.attempt - a.attempt || b.artifact.createdAt - a.artifact.createdAt);
  return newest === undefined ? { kind: 'missing' } : { kind: 'found', artifact: newest.artifact };
}

/** Reads what follows the common part of a name; a name that is not ours belongs to no attempt. */
function partsOf(suffix: string): { readonly attempt: number; readonly session: string } {
  const [, attempt, session = ''] = /^(\d{1,9})-([0-9a-f]{8})-[0-9a-f]{4}$/.exec(suffix) ?? [];
  return { attempt: Number(attempt), session };
}

/** The part of the name that the artifacts of all attempts share. */
function commonName({ artifactName, job, ...owner }: ArtifactOwner): string {
  const { workflow, matrix, step, resumeKey, processIds, shard } = owner;
  const identity = JSON.stringify([workflow, job, matrix, step, resumeKey, processIds]);
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 10);
  return [readable(artifactName), readable(job), hash, ...(shard === undefined ? [] : [shardPart(shard)])]
    .filter(Boolean)
    .join('-');
}

/** Everyone of the run can upload under such a name: the record decides, the name only says where to look. */
function shardPart({ hash, index, count }: ShardOfArtifact): string {
  return `shard-${hash.slice(0, 16)}-${index}of${count}`;
}

/** Cut, because GitHub has a limit for the whole name, and because it is shown in tables. */
function readable(part: string): string {
  return [...part.replaceAll(forbidden, '-')].slice(0, 80).join('');
}

/** An artifact whose name says that it is the record of a shard. */
export interface ShardArtifact<T extends ListedArtifact> {
  readonly artifact: T;
  /** `2of4`, and the plan. */
  readonly shard: string;
  readonly attempt: number;
  readonly session: string;
}

/** Attempts of one shard that are considered: the newest may be unusable. */
const mostAttempts = 3;

const shardName = /-shard-([0-9a-f]{16}-\d{1,3}of\d{1,3})-(\d{1,9})-([0-9a-f]{8})-[0-9a-f]{4}$/;

/** The records of shards among the artifacts of a run, of each shard the newest attempts; of two tries to upload the same session one. */
export function shardArtifacts<T extends ListedArtifact>(
  artifacts: readonly T[],
  { hash, attempt: latest }: { readonly hash?: string; readonly attempt: number },
): readonly ShardArtifact<T>[] {
  const wanted = artifacts.flatMap((artifact): ShardArtifact<T>[] => {
    const [, shard = '', attempt, session = ''] = shardName.exec(artifact.name) ?? [];
    const isOurs = shard !== '' && (hash === undefined || shard.startsWith(`${hash.slice(0, 16)}-`));
    return isOurs && Number(attempt) <= latest ? [{ artifact, shard, attempt: Number(attempt), session }] : [];
  });
  const newestFirst = wanted.toSorted(
    (one, other) => other.attempt - one.attempt || other.artifact.createdAt - one.artifact.createdAt,
  );
  return [...Map.groupBy(newestFirst, ({ shard }) => shard).values()].flatMap((same) => {
    const newest = new Set([...new Set(same.map(({ attempt }) => attempt))].slice(0, mostAttempts));
    const sessions = new Map<string, ShardArtifact<T>>();
    for (const one of same) {
      const key = `${one.attempt}-${one.session}`;
      if (newest.has(one.attempt) && !sessions.has(key)) sessions.set(key, one);
    }
    return [...sessions.values()];
  });
}

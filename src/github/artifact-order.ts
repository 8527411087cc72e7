import type { ArtifactOwner, EarlierArtifact, ListedArtifact } from './artifact-name.ts';
import type { RestRun } from './rest-artifacts.ts';

/** Request to the program that talks to GitHub's artifact service; the next one is sent after the answer. */
export type ArtifactOrder = UploadOrder | DownloadOrder | ShardOrder;

/** Files are to become an artifact. */
export interface UploadOrder {
  readonly kind: 'upload';
  readonly name: string;
  /** Absolute paths below `rootDirectory`. */
  readonly files: readonly string[];
  readonly rootDirectory: string;
  /** Absent means the repository's. */
  readonly retentionDays?: number;
  /** The one file is the artifact as it is, and gives it its name. */
  readonly isUnzipped?: true;
}

/** An artifact of this run is to become files. */
export interface DownloadOrder {
  readonly kind: 'download';
  /** The artifact of a name, or the one that this owner left in an earlier attempt. */
  readonly wanted: { readonly name: string } | { readonly owner: ArtifactOwner };
  /** Absolute, and empty. */
  readonly directory: string;
  /** The processes whose outputs are wanted. */
  readonly processIds: readonly string[];
  /** Absent without a token for the REST API. */
  readonly run?: RestRun;
}

/** The records of shards of this run are to become files. */
export interface ShardOrder {
  readonly kind: 'shards';
  /** Hash of their plan; absent means any. */
  readonly hash?: string;
  /** The attempt of the run that merges: artifacts of later attempts are ignored. */
  readonly attempt: number;
  /** Absolute, and empty: each gets a directory in it. */
  readonly directory: string;
  /** Absent without a token for the REST API. */
  readonly run?: RestRun;
}

/** A shard on this machine, or why it is not. */
export type FetchedShard =
  | { readonly directory: string; readonly name: string }
  | { readonly name: string; readonly fault: string };

/** Its answer. After a failure it is sent nothing more. */
export type ArtifactReport =
  | { readonly kind: 'uploaded'; readonly id: number; readonly size: number; readonly digest: string }
  | { readonly kind: 'downloaded'; readonly name: string }
  | { readonly kind: 'shards'; readonly shards: readonly FetchedShard[] }
  /** There is no such artifact, or there are several. */
  | Exclude<EarlierArtifact<ListedArtifact>, { kind: 'found' }>
  /** `isFinal`: another try would fail in the same way. */
  | { readonly kind: 'failed'; readonly message: string; readonly isFinal?: true };

import { basename } from 'node:path';
import { type ArtifactClient, oneSafeLine } from './artifact-child.ts';
import { type ArtifactOwner, artifactNameFor } from './artifact-name.ts';
import type { UploadOrder } from './artifact-order.ts';

/** Files to upload, and the way to do it. */
export interface UploadRequest {
  readonly owner: ArtifactOwner;
  /** The session that the files belong to. */
  readonly sessionId: string;
  /** Absolute paths of the files that we made; links and what cannot be opened are left out. */
  readonly files: readonly string[];
  /** Absolute; the paths in the artifact are relative to it. */
  readonly rootDirectory: string;
  /** The directory that a warning names after a failure; `rootDirectory` when absent. */
  readonly shownDirectory?: string;
  /** Absent means the repository's. */
  readonly retentionDays?: number;
  readonly client: ArtifactClient;
  /** Milliseconds for everything; 60,000 when absent (docs/reliability.md, R11). */
  readonly deadlineMs?: number;
  /** Ends the upload early, when the job is cancelled. */
  readonly cancel?: AbortSignal;
}

/** Outcome of an upload. A failure is for a warning; it never changes a verdict. */
export type UploadOutcome =
  | {
      readonly kind: 'uploaded';
      readonly id: number;
      readonly name: string;
      /** Address of the page that downloads it. */
      readonly url: string;
      /** SHA-256 in hex. */
      readonly digest: string;
      /** Bytes of the archive. */
      readonly size: number;
    }
  | { readonly kind: 'failed'; readonly message: string; readonly isFinal?: true };

/** A service that never answers may cost 60 s (docs/reliability.md, R11); 5 of them are for ending the uploading child and the step. */
const defaultDeadlineMs = 55_000;

/** Uploads files as one artifact, within the deadline whatever the service does; never throws for what it did. */
export async function uploadArtifact(request: UploadRequest): Promise<UploadOutcome> {
  const { deadlineMs = defaultDeadlineMs, cancel, rootDirectory, shownDirectory = rootDirectory } = request;
  const deadline = AbortSignal.timeout(deadlineMs);
  const stop = cancel ? AbortSignal.any([deadline, cancel]) : deadline;
  const first = await attempt(request, stop);
  if (first.kind === 'uploaded') return first;
  // A try that failed half-way has burned its name, and a name that is taken stays so: a new name avoids both.
  const second = stop.aborted || first.isFinal ? first : await attempt(request, stop);
  if (second.kind === 'uploaded') return second;
  const late = `it was not done after ${Math.round(deadlineMs / 1000)} s. GitHub's artifact service may be down, see githubstatus.com`;
  const cause = oneSafeLine(first.message) || (deadline.aborted ? late : 'the job was cancelled');
  return {
    kind: 'failed',
    message: `The logs were not uploaded: ${cause}. On the runner they are in ${shownDirectory}.`,
  };
}

function attempt(request: UploadRequest, stop: AbortSignal): Promise<UploadOutcome> {
  const { owner, sessionId, files, rootDirectory } = request;
  const name = artifactNameFor(owner, sessionId);
  return carryOut({ kind: 'upload', name, files, rootDirectory }, request, stop);
}

/** A file that is to be an artifact of its own, and how. */
export interface PageRequest extends Omit<UploadRequest, 'owner' | 'sessionId' | 'files' | 'shownDirectory'> {
  /** Absolute; its name becomes that of the artifact. */
  readonly file: string;
}

/** Uploads a page as it is: GitHub does not pack an artifact of one such file, so a browser opens it at one click. One try. */
export function uploadPage(request: PageRequest): Promise<UploadOutcome> {
  const { file, rootDirectory, deadlineMs = defaultDeadlineMs, cancel } = request;
  const deadline = AbortSignal.timeout(deadlineMs);
  const order = { kind: 'upload', name: basename(file), files: [file], rootDirectory, isUnzipped: true } as const;
  return carryOut(order, request, cancel ? AbortSignal.any([deadline, cancel]) : deadline);
}

async function carryOut(
  order: Omit<UploadOrder, 'retentionDays'>,
  { retentionDays, client }: Pick<UploadRequest, 'retentionDays' | 'client'>,
  stop: AbortSignal,
): Promise<UploadOutcome> {
  const retention = retentionDays === undefined ? {} : { retentionDays };
  const report = await client.order({ ...order, ...retention }, stop);
  if (report.kind === 'failed') return report;
  if (report.kind !== 'uploaded') return { kind: 'failed', message: '' };
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = client.environment;
  const url = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/artifacts/${report.id}`;
  return { ...report, name: order.name, url };
}

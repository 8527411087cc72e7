import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchedSession } from '../run-request.ts';
import { oneSafeLine, orderArtifact } from './artifact-child.ts';
import type { DownloadOrder } from './artifact-order.ts';

/** Which session to download, and how. */
export interface DownloadRequest {
  readonly wanted: DownloadOrder['wanted'];
  /** Absolute path of a directory that is emptied after the job. */
  readonly temporary: string;
  /** Path of the program that talks to GitHub: `artifact.ts` or its bundle. */
  readonly program: string;
  /** The step's environment; the program sees a few variables of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for everything; 60,000 when absent, as for an upload (promise R11). */
  readonly deadlineMs?: number;
  /** Ends the download early, when the job is cancelled. */
  readonly cancel: AbortSignal;
}

/** Brings the session in an artifact of this run to this machine, within the deadline whatever the service does; never rejects. */
export async function downloadSession(request: DownloadRequest): Promise<FetchedSession> {
  const { wanted, temporary, deadlineMs = 60_000, cancel } = request;
  if ('owner' in wanted && wanted.owner.attempt <= 1) {
    return { kind: 'nothing', message: 'this is the first attempt of the run, so every process runs.' };
  }
  const stop = AbortSignal.any([AbortSignal.timeout(deadlineMs), cancel]);
  const fail = (message: string): FetchedSession => ({ kind: 'failed', message });
  try {
    const directory = await mkdtemp(join(temporary, 'claude-ensemble-earlier-'));
    const report = await orderArtifact({ kind: 'download', wanted, directory }, { ...request, stop });
    if (report.kind === 'downloaded') return { kind: 'found', directory };
    if (report.kind === 'missing') return fail(absence(wanted));
    const told = 'message' in report ? oneSafeLine(report.message).replace(/\.$/, '') : '';
    const late = cancel.aborted ? 'the job was cancelled' : `it was not done after ${deadlineMs / 1000} s`;
    return fail(`the earlier session was not downloaded: ${told || late}.`);
  } catch (error) {
    return fail(`the earlier session was not downloaded: ${error instanceof Error ? error.message : error}.`);
  }
}

function absence(wanted: DownloadOrder['wanted']): string {
  return 'owner' in wanted
    ? 'no earlier attempt of this step has left an artifact in this run. Was upload-logs "never", or did it not get so far?'
    : `this run has no artifact ${JSON.stringify(wanted.name)}. Its whole name is in the output artifact-name.`;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../model/errors.ts';
import type { FetchedSession } from '../options/settings.ts';
import { oneSafeLine, orderArtifact } from './artifact-child.ts';
import type { ArtifactReport, DownloadOrder } from './artifact-order.ts';

/** Which session to download, and how. */
export interface DownloadRequest extends Pick<DownloadOrder, 'wanted' | 'processIds' | 'run'> {
  /** Absolute path of a directory that is emptied after the job. */
  readonly temporary: string;
  /** Path of the program that talks to GitHub: `artifact.ts` or its bundle. */
  readonly program: string;
  /** The step's environment; the program sees a few variables of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for everything; 60,000 when absent, as for an upload (docs/reliability.md, R11). */
  readonly deadlineMs?: number;
  /** Ends the download early, when the job is cancelled. */
  readonly cancel: AbortSignal;
  /** Ends the download early for any cause, a cancel included. */
  readonly stop?: AbortSignal;
}

/** Earlier sessions on this machine; disposing of it removes them. */
export class DownloadedSessions implements AsyncDisposable {
  readonly #directories: string[] = [];

  /** Downloads one. */
  async fetch(request: DownloadRequest): Promise<FetchedSession> {
    const fetched = await downloadSession(request);
    if (fetched.kind === 'found') this.#directories.push(fetched.directory);
    return fetched;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#directories.map(remove));
  }
}

/**
 * Brings the session in an artifact of this run to this machine, within the deadline whatever the service does; never rejects,
 * and leaves nothing behind when it fails.
 */
export async function downloadSession(request: DownloadRequest): Promise<FetchedSession> {
  const { wanted, processIds, run, temporary, deadlineMs = 60_000, cancel } = request;
  if ('owner' in wanted && wanted.owner.attempt <= 1) {
    return { kind: 'nothing', message: 'this is the first attempt of the run, so every process runs.' };
  }
  const stop = AbortSignal.any([AbortSignal.timeout(deadlineMs), cancel, ...(request.stop ? [request.stop] : [])]);
  try {
    const directory = await mkdtemp(join(temporary, 'claude-ensemble-earlier-'));
    const order = { kind: 'download', wanted, directory, processIds, ...(run !== undefined && { run }) } as const;
    const report = await orderArtifact(order, { ...request, stop });
    if (report.kind === 'downloaded') return { kind: 'found', directory };
    await remove(directory);
    return failureOf(report, request);
  } catch (error) {
    const message = errorMessage(error);
    return { kind: 'failed', message: `the earlier session was not downloaded: ${message}.` };
  }
}

function failureOf(
  report: Exclude<ArtifactReport, { kind: 'downloaded' }>,
  { wanted, run, cancel, deadlineMs = 60_000, stop }: DownloadRequest,
): FetchedSession {
  if (report.kind === 'ambiguous') return { kind: 'refused', message: ambiguity(report) };
  if (report.kind === 'missing') return { kind: 'failed', message: absence(wanted) };
  const reported = 'message' in report ? oneSafeLine(report.message).replace(/\.$/, '') : '';
  const late = stop?.aborted === true ? 'total-timeout had passed' : `it was not done after ${deadlineMs / 1000} s`;
  const cause = reported || (cancel.aborted ? 'the job was cancelled' : late);
  const hint = reported !== '' && run === undefined ? ' (there is no github-token to read other attempts with)' : '';
  return { kind: 'failed', message: `the earlier session was not downloaded: ${cause}${hint}.` };
}

function ambiguity({ attempt, names }: Extract<ArtifactReport, { kind: 'ambiguous' }>): string {
  const shown = names.slice(0, 4).map((name) => JSON.stringify(name));
  return (
    `in attempt ${attempt} of this run ${names.length} sessions have the same workflow, job, matrix, step and process ids, so it ` +
    `cannot be told which of their artifacts is that of this step: ${shown.join(', ')}. A reusable workflow or a composite action ` +
    'that is called twice does that: give each call a resume-key of its own, and start a new run.'
  );
}

function absence(wanted: DownloadRequest['wanted']): string {
  return 'owner' in wanted
    ? 'no earlier attempt of this step has left an artifact in this run. Was upload-logs "never", or did it not get so far?'
    : `this run has no artifact ${JSON.stringify(wanted.name)}. Its whole name is in the output artifact-name.`;
}

async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true }).catch(() => undefined);
}

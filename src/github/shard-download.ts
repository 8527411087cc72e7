import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../model/errors.ts';
import { oneSafeLine, orderArtifact } from './artifact-child.ts';
import type { FetchedShard, ShardOrder } from './artifact-order.ts';

/** Which shards to download, and how. */
export interface ShardRequest extends Pick<ShardOrder, 'hash' | 'attempt' | 'run'> {
  /** Absolute path of a directory that is emptied after the job. */
  readonly temporary: string;
  /** Path of the program that talks to GitHub: `artifact.ts` or its bundle. */
  readonly program: string;
  /** The step's environment; the program sees a few variables of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for everything; 15 minutes when absent: 256 archives take their time. */
  readonly deadlineMs?: number;
  /** Ends the download early, when the job is cancelled. */
  readonly cancel: AbortSignal;
}

/** Shards on this machine; disposing of it removes them. */
export class DownloadedShards implements AsyncDisposable {
  readonly #directories: string[] = [];

  /** Downloads what the shards of this run have left, within the deadline whatever the service does; never rejects. */
  async fetch({ hash, attempt, run, ...request }: ShardRequest): Promise<readonly FetchedShard[]> {
    const { temporary, deadlineMs = 15 * 60_000, cancel } = request;
    const refuse = (fault: string): readonly FetchedShard[] => [{ name: 'the artifacts of this run', fault }];
    try {
      const directory = await mkdtemp(join(temporary, 'claude-ensemble-shards-'));
      this.#directories.push(directory);
      const deadline = AbortSignal.timeout(deadlineMs);
      const common = { attempt, ...(hash !== undefined && { hash }), ...(run !== undefined && { run }) };
      const stop = AbortSignal.any([deadline, cancel]);
      const report = await orderArtifact({ kind: 'shards', directory, ...common }, { ...request, stop });
      if (report.kind === 'shards') return report.shards.map(safely);
      const reported = report.kind === 'failed' ? oneSafeLine(report.message).replace(/\.$/, '') : '';
      const late = cancel.aborted ? 'the job was cancelled' : `they were not there after ${deadlineMs / 1000} s`;
      return refuse(`they were not downloaded: ${reported || late}`);
    } catch (error) {
      return refuse(`they were not downloaded: ${errorMessage(error)}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const remove = (directory: string) => rm(directory, { recursive: true, force: true }).catch(() => undefined);
    await Promise.all(this.#directories.map(remove));
  }
}

function safely(shard: FetchedShard): FetchedShard {
  return 'fault' in shard ? { ...shard, fault: oneSafeLine(shard.fault).replace(/\.$/, '') } : shard;
}

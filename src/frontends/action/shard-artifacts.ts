import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ShardArtifact, shardArtifacts } from '../../github/artifact-name.ts';
import type { ArtifactReport, FetchedShard, ShardOrder } from '../../github/artifact-order.ts';
import type { RunArtifact } from '../../github/run-artifacts.ts';
import { errorMessage } from '../../model/errors.ts';
import { sessionFiles } from '../../model/session-files.ts';
import { bringArtifact, listers } from './artifact-download.ts';

/** At once: each waits for the network, then for the disk. */
const downloadsAtOnce = 4;

/** The files of a session that a merge copies; all else is left in the archive. */
const wantedFile = /^(?:outputs\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:log|jsonl|md)$/;

/** Brings the records of the shards of this run to this machine, each into a directory of its own. */
export async function downloadShards(order: ShardOrder): Promise<ArtifactReport> {
  const causes: string[] = [];
  for (const lister of listers(order)) {
    try {
      const found = shardArtifacts(await lister.list(undefined), order);
      return { kind: 'shards', shards: await bringAll(found, order) };
    } catch (error) {
      causes.push(errorMessage(error));
    }
  }
  return { kind: 'failed', message: causes.join('. ') };
}

async function bringAll(
  found: readonly ShardArtifact<RunArtifact>[],
  { directory }: ShardOrder,
): Promise<readonly FetchedShard[]> {
  const shards: FetchedShard[] = [];
  const waiting = [...found.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, { artifact }] = next;
      const { name } = artifact;
      const target = join(directory, String(place));
      try {
        await mkdir(target, { mode: 0o700 });
        const optional = { has: (file: string) => wantedFile.test(file) };
        await bringArtifact(artifact, { directory: target, required: sessionFiles.events, optional });
        shards[place] = { directory: target, name };
      } catch (error) {
        shards[place] = { name, fault: errorMessage(error) };
      }
    }
  };
  await Promise.all(Array.from({ length: downloadsAtOnce }, work));
  return shards;
}

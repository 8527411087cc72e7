import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { earlierArtifact } from '../../github/artifact-name.ts';
import type { ArtifactReport, DownloadOrder } from '../../github/artifact-order.ts';
import { restArtifacts } from '../../github/rest-artifacts.ts';
import { type ArtifactLister, fetchSteadily, type RunArtifact, refusalOf } from '../../github/run-artifacts.ts';
import { runtimeArtifacts } from '../../github/runtime-artifacts.ts';
import { type UnpackOrder, unpack } from '../../github/unpack.ts';
import { errorMessage } from '../../model/errors.ts';
import { filesOfProcess, sessionFiles } from '../../model/session-files.ts';

/** Bytes of an archive. With its logs a session of hours has some hundred MiB. */
const largestArchive = 1024 * 1024 * 1024;

/**
 * Brings an earlier session to this machine: its log of events, and the outputs of the processes that are wanted. Artifacts belong to
 * an attempt, and only the REST API reads those of another one; the runtime token is asked where that fails.
 */
export async function downloadArtifact(order: DownloadOrder): Promise<ArtifactReport> {
  const causes: string[] = [];
  for (const lister of listers(order)) {
    try {
      const found = await find(lister, order.wanted);
      if (found.kind === 'missing' && causes.length > 0) break;
      if (found.kind !== 'found') return found;
      await bring(found.artifact, order);
      return { kind: 'downloaded', name: found.artifact.name };
    } catch (error) {
      if (error instanceof Unusable) return { kind: 'failed', message: error.message };
      causes.push(errorMessage(error));
    }
  }
  return { kind: 'failed', message: causes.join('. ') };
}

/** The artifact is there, and no other service would give a better one. */
class Unusable extends Error {}

/** The services that know of artifacts, the one first that knows those of every attempt. */
export function* listers({ run }: Pick<DownloadOrder, 'run'>): Generator<ArtifactLister> {
  if (run !== undefined) yield restArtifacts(run);
  const { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: url } = process.env;
  if (!token || !url) throw new Error('ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set');
  yield runtimeArtifacts({ token, url });
}

async function find(lister: ArtifactLister, wanted: DownloadOrder['wanted']) {
  if ('owner' in wanted) return earlierArtifact(wanted.owner, await lister.list(undefined));
  const named = (await lister.list(wanted.name)).filter(({ name }) => name === wanted.name);
  const [artifact] = named.sort((one, other) => other.createdAt - one.createdAt);
  return artifact === undefined ? ({ kind: 'missing' } as const) : ({ kind: 'found', artifact } as const);
}

function bring(artifact: RunArtifact, { directory, processIds }: DownloadOrder): Promise<void> {
  const optional = new Set(processIds.map((id) => filesOfProcess(id).output));
  return bringArtifact(artifact, { directory, required: sessionFiles.events, optional });
}

/** Downloads an artifact, and unpacks the wanted files of it. */
export async function bringArtifact(
  artifact: RunArtifact,
  order: Pick<UnpackOrder, 'directory' | 'required' | 'optional'>,
): Promise<void> {
  if (artifact.isExpired) throw new Unusable(`${artifact.name} has expired, or was deleted`);
  const archive = join(order.directory, 'artifact.zip');
  try {
    await save(artifact, archive);
    await unpack({ ...order, archive }).catch((error: unknown) => {
      throw new Unusable(`${artifact.name} is not used: ${errorMessage(error)}`);
    });
  } finally {
    await rm(archive, { force: true });
  }
}

async function save(artifact: RunArtifact, path: string): Promise<void> {
  const tooLarge = () => new Unusable(`${artifact.name} is larger than ${largestArchive} bytes`);
  if (artifact.size > largestArchive) throw tooLarge();
  const response = await fetchSteadily(await artifact.signedUrl(), {});
  if (response.status !== 200 || response.body === null)
    throw new Error(`${artifact.name} was answered with ${await refusalOf(response)}`);
  const hash = createHash('sha256');
  let size = 0;
  async function* counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const part of bytes) {
      size += part.length;
      if (size > largestArchive) throw tooLarge();
      hash.update(part);
      yield part;
    }
  }
  await pipeline(Readable.fromWeb(response.body), counted, createWriteStream(path, { flags: 'w', mode: 0o600 }));
  if (artifact.digest !== undefined && artifact.digest !== `sha256:${hash.digest('hex')}`)
    throw new Unusable(`${artifact.name} is not what was uploaded`);
}

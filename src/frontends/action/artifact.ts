import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import process from 'node:process';
import type { ArtifactOrder, ArtifactReport, UploadOrder } from '../../github/artifact-order.ts';
import { errorMessage } from '../../model/errors.ts';
import { downloadArtifact } from './artifact-download.ts';
import { type RefusedCall, watchRefusals } from './refused-call.ts';
import { downloadShards } from './shard-artifacts.ts';

// Runs as a child of `artifact-child.ts`, which can kill it: the client may hang for a quarter of an hour, or throw from an
// event handler that no `try` reaches. Everything that the client prints is thrown away by the parent.

process.on('message', (order) => void carryOut(order as ArtifactOrder).then(report, reportError));
// The parent is gone, and with it everyone who would know of the artifact.
process.once('disconnect', () => process.exit());

// Before the client has given up, which may take half a minute, and in the service's own words.
let refusal: Promise<RefusedCall | undefined> = Promise.resolve(undefined);
watchRefusals((refused) => {
  refusal = refused;
  void refused.then((call) => call && report(refusalReport(call)));
});

function carryOut(order: ArtifactOrder): Promise<ArtifactReport> {
  switch (order.kind) {
    case 'upload':
      return upload(order);
    case 'download':
      return downloadArtifact(order);
    case 'shards':
      return downloadShards(order);
    default:
      return order satisfies never;
  }
}

async function upload({ name, files, rootDirectory, retentionDays, isUnzipped }: UploadOrder): Promise<ArtifactReport> {
  const ours = await regularFiles(files);
  const options = {
    ...(retentionDays !== undefined && { retentionDays }),
    ...(isUnzipped === true && { skipArchive: true }),
  };
  // Loaded where it is needed: it takes longer to load than a download needs.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const { id, size, digest } = await new DefaultArtifactClient().uploadArtifact(name, ours, rootDirectory, options);
  if (id === undefined || id === 0) return { kind: 'failed', message: 'GitHub answered without an id.' };
  return { kind: 'uploaded', id, size: size ?? 0, digest: digest ?? '' };
}

/** A link would publish another file, and one that cannot be opened would crash the client: both are left out. */
async function regularFiles(files: readonly string[]): Promise<string[]> {
  const readable: string[] = [];
  for (const file of files) if (await isReadableFile(file)) readable.push(file);
  return readable;
}

async function isReadableFile(file: string): Promise<boolean> {
  try {
    // Windows knows only the first of the three, and `|` takes `undefined` for 0.
    await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    return (await handle.stat()).isFile();
  } catch {
    return false;
  }
}

function report(answer: ArtifactReport): void {
  process.send?.(answer);
}

async function reportError(error: unknown): Promise<void> {
  const refused = await refusal;
  if (refused !== undefined) return report(refusalReport(refused));
  const message = storageAnswer(error) ?? errorMessage(error);
  const isFinal = error instanceof Error && hopeless.has(error.name);
  report({ kind: 'failed', message, ...(isFinal && { isFinal }) });
}

/**
 * The answer of the storage that takes the bytes, where that is the error, with the name of its host: it is not GitHub's own, and
 * a proxy or a firewall that does not let it pass answers with a whole page.
 */
function storageAnswer(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined;
  const request = 'request' in error ? (error.request as { readonly url?: unknown } | undefined) : undefined;
  const host = URL.parse(String(request?.url))?.host;
  const text = /^\s*<(?:!doctype|html)/i.test(error.message) ? 'a page, which no storage answers with' : error.message;
  const storage = host === undefined ? 'the storage of artifacts' : `the storage of artifacts, ${host},`;
  return `${storage} answered ${error.statusCode}: ${text.trim().slice(0, 300)}`;
}

/** Errors of the client that a retry cannot change. */
const hopeless: ReadonlySet<string> = new Set(['GHESNotSupportedError', 'UsageError', 'FilesNotFoundError']);

/** After a refusal half-way the name is burned: under a fresh one the same call may succeed. */
function refusalReport({ method, answer }: RefusedCall): ArtifactReport {
  const isFinal = method === 'CreateArtifact';
  return { kind: 'failed', message: `${method} was refused with ${answer}`, ...(isFinal && { isFinal }) };
}

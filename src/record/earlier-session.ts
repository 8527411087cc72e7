import { type FileHandle, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { filesOfProcess, sessionFiles } from '../model/session-files.ts';
import { boundedLines, logLimits, TooLarge } from './bounded-lines.ts';
import { type Fingerprint, parseRecord, type Success } from './journal.ts';
import { openOwnFile } from './own-file.ts';

/** A session that was run before, as its journal tells. */
export interface EarlierSession {
  readonly sessionId: string;
  readonly trust: 'trusted' | 'untrusted';
  readonly offline: boolean;
  /** What succeeded there, by the id of its process. */
  readonly successes: ReadonlyMap<string, Success>;
  /** Of every process that was to run there, by its id. */
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
  /** Opens the whole output of a process; undefined when it is not there as we left it. */
  openOutput(processId: string): Promise<FileHandle | undefined>;
}

/** Bytes of all outputs that are taken over whole; of those beyond, the first 1 MiB each. */
const largestOutputs = 1024 * 1024 * 1024;

/** Reads the journal of a session. It trusts no word and no file in the directory, and follows no link in it. */
export async function readEarlierSession(directory: string): Promise<EarlierSession | { readonly fault: string }> {
  const refuse = (cause: string) => ({
    fault: `no session can be read from ${JSON.stringify(directory)}: ${sessionFiles.journal} ${cause}.`,
  });
  try {
    const root = await realpath(directory);
    await using file = await openOwnFile(join(root, sessionFiles.journal), logLimits.bytes);
    const bytes = file.createReadStream({ autoClose: false, end: logLimits.bytes - 1, highWaterMark: 1024 * 1024 });
    return (await collect(boundedLines(bytes), root)) ?? refuse('is damaged, or was written by another version');
  } catch (error) {
    if (error instanceof TooLarge) return refuse(error.message);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return refuse('is not there');
    return refuse(`cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

async function collect(lines: AsyncIterable<string>, root: string): Promise<EarlierSession | undefined> {
  let session: Pick<EarlierSession, 'sessionId' | 'trust' | 'offline'> | undefined;
  const fingerprints = new Map<string, Fingerprint>();
  const results = new Map<string, Success>();
  let torn = false;
  for await (const line of lines) {
    // The last line is torn when the session was killed as it wrote it.
    if (torn) return undefined;
    const record = parseRecord(line);
    torn = record === undefined;
    if (record?.type === 'session') session = record;
    if (record?.type === 'process') fingerprints.set(record.processId, record.fingerprint);
    if (record?.type !== 'result') continue;
    const { result } = record;
    if (result.status === 'succeeded') results.set(result.processId, result);
    else results.delete(result.processId);
  }
  if (session === undefined) return undefined;
  const successes = [...results].filter(([id]) => fingerprints.has(id));
  return {
    sessionId: session.sessionId,
    trust: session.trust,
    offline: session.offline,
    successes: new Map(successes),
    fingerprints,
    openOutput: outputsBelow(root),
  };
}

/** Opens outputs as long as all of them together are within the limit: a hostile one may be large without taking up any disk. */
function outputsBelow(root: string): EarlierSession['openOutput'] {
  let left = largestOutputs;
  return async (id) => {
    const file = await openOwnFile(join(root, filesOfProcess(id).output), left).catch(() => undefined);
    left -= (await file?.stat())?.size ?? 0;
    return file;
  };
}

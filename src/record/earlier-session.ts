import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { filesOfProcess, sessionFiles } from '../model/session-files.ts';
import { type Fingerprint, parseRecord, type Success } from './journal.ts';
import { journalLines, TooLarge } from './journal-lines.ts';

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

/** Results of 1 MiB each fit 250 times or more. */
const largestJournal = 256 * 1024 * 1024;

/** Bytes of all outputs that are taken over whole; of those beyond, the first 1 MiB each. */
const largestOutputs = 1024 * 1024 * 1024;

/** Reads the journal of a session. It trusts no word and no file in the directory, and follows no link in it. */
export async function readEarlierSession(directory: string): Promise<EarlierSession | { readonly fault: string }> {
  const refuse = (cause: string) => ({
    fault: `no session can be read from ${JSON.stringify(directory)}: ${sessionFiles.journal} ${cause}.`,
  });
  try {
    const root = await realpath(directory);
    await using file = await openOwn(join(root, sessionFiles.journal), largestJournal);
    const bytes = file.createReadStream({ autoClose: false, end: largestJournal - 1, highWaterMark: 1024 * 1024 });
    return (await collect(journalLines(bytes), root)) ?? refuse('is damaged, or was written by another version');
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
    const file = await openOwn(join(root, filesOfProcess(id).output), left).catch(() => undefined);
    left -= (await file?.stat())?.size ?? 0;
    return file;
  };
}

/** Opens a file as we make it: regular, with one name, and reached by no link. */
async function openOwn(path: string, mostBytes: number): Promise<FileHandle> {
  if ((await realpath(path)) !== path) throw new Error('it is a symbolic link');
  // Windows knows only the first of the three, and `|` takes `undefined` for 0. A named pipe would block for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const state = await file.stat();
  if (state.isFile() && state.nlink === 1 && state.size <= mostBytes) return file;
  await file.close();
  throw new Error(state.size > mostBytes ? `it has ${state.size} bytes` : 'it is no file of its own');
}

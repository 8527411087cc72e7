import { access, type FileHandle, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, errorMessage } from '../model/errors.ts';
import type { Fingerprint } from '../model/event.ts';
import type { TrustDecision } from '../model/plan.ts';
import { filesOfProcess, sessionFiles } from '../model/session-files.ts';
import { boundedLines, TooLarge } from './bounded-lines.ts';
import { openLog, openOwnFile } from './own-file.ts';
import { isForeign, parseResumable, type ResumableEvent, type Success } from './resumable-events.ts';

/** A session that was run before, read from its event log. */
export interface EarlierSession {
  readonly sessionId: string;
  readonly trust: 'trusted' | 'untrusted';
  readonly offline: boolean;
  /** It was not killed before its end. */
  readonly hasEnded: boolean;
  /** Results of the processes that succeeded there, by their ids. */
  readonly successes: ReadonlyMap<string, Success>;
  /** Processes that were left out there because a condition did not hold. */
  readonly skippedByCondition: ReadonlySet<string>;
  /** The groups of lists that were found at run time there, however short. */
  readonly expanded: ReadonlySet<string>;
  /** Fingerprints of every process that was to run there, by its id, and of every list found at run time, by its node. */
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
  /** Opens the whole output of a process; undefined when it is not there as we left it. */
  openOutput(processId: string): Promise<FileHandle | undefined>;
}

/** Bytes of all outputs that are taken over whole; of those beyond, the first 1 MiB each. */
const largestOutputs = 1024 * 1024 * 1024;

/** Reads the log of a session. It trusts no word and no file in the directory, and follows no link in it. */
export async function readEarlierSession(directory: string): Promise<EarlierSession | { readonly fault: string }> {
  const refuseAll = (cause: string) => ({
    fault: `no session can be read from ${JSON.stringify(directory)}: ${cause}.`,
  });
  const refuse = (cause: string) => refuseAll(`${sessionFiles.events} ${cause}`);
  try {
    const root = await realpath(directory);
    await using log = await openLog(root);
    return (await collect(boundedLines(log.bytes), root)) ?? refuse('is damaged, or was written by another version');
  } catch (error) {
    if (error instanceof TooLarge) return refuse(error.message);
    if (errorCode(error) === 'ENOENT') return refuse(await absence(directory));
    if (errorCode(error) === 'ENOTDIR') return refuseAll('it is a file; a session is a directory');
    return refuse(`cannot be read: ${errorMessage(error)}`);
  }
}

/** The first version kept another record. */
async function absence(directory: string): Promise<string> {
  const isOld = await access(join(directory, 'session.jsonl')).then(
    () => true,
    () => false,
  );
  return isOld ? 'is not there: the session is of version 0.1.0, from which none can go on' : 'is not there';
}

async function collect(lines: AsyncIterable<string>, root: string): Promise<EarlierSession | undefined> {
  let session: (Pick<EarlierSession, 'sessionId' | 'offline'> & { trust: Pick<TrustDecision, 'level'> }) | undefined;
  const fingerprints = new Map<string, Fingerprint>();
  const results = new Map<string, Success>();
  const skippedByCondition = new Set<string>();
  const expanded = new Set<string>();
  let hasEnded = false;
  let torn = false;
  for await (const line of lines) {
    // The last line is torn when the session was killed as it wrote it.
    if (torn) return undefined;
    const event = parseResumable(line);
    torn = event === undefined;
    if (event === undefined) continue;
    if (isForeign(event)) return undefined;
    hasEnded = event.type === 'session-ended';
    if (event.type === 'session-started') session = event;
    for (const [id, fingerprint] of fingerprintsIn(event)) fingerprints.set(id, fingerprint);
    if (event.type === 'processes-added' && event.into !== undefined) expanded.add(event.into);
    if (event.type !== 'process-ended') continue;
    const { result } = event;
    if (result.status === 'succeeded') results.set(result.processId, result);
    else results.delete(result.processId);
    if (result.status === 'skipped' && result.reason === 'condition') skippedByCondition.add(result.processId);
    else skippedByCondition.delete(result.processId);
  }
  if (session === undefined) return undefined;
  const { sessionId, trust, offline } = session;
  const successes = new Map([...results].filter(([id]) => fingerprints.has(id)));
  const known = {
    sessionId,
    trust: trust.level,
    offline,
    hasEnded,
    successes,
    skippedByCondition,
    expanded,
    fingerprints,
  };
  return { ...known, openOutput: outputsBelow(root) };
}

function* fingerprintsIn(event: ResumableEvent): Iterable<readonly [id: string, fingerprint: Fingerprint]> {
  if (event.type !== 'session-started' && event.type !== 'processes-added') return;
  const groups = event.type === 'session-started' ? (event.groups ?? []) : [];
  const processes = event.processes.map(({ processId, fingerprint }) => ({ id: processId, fingerprint }));
  for (const { id, fingerprint } of [...groups, ...processes]) if (fingerprint !== undefined) yield [id, fingerprint];
}

/** Opens outputs as long as all of them together are within the limit: a hostile one may be large without taking up any disk. */
function outputsBelow(root: string): EarlierSession['openOutput'] {
  let left = largestOutputs;
  return async (id) => {
    const file = await openOwnFile(join(root, filesOfProcess(id).output), left).catch(() => undefined);
    left -= file?.size ?? 0;
    return file?.handle;
  };
}

import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { errorCode, errorMessage } from '../../model/errors.ts';
import { type Redactor, redactedBytes } from '../../model/redactor.ts';
import type { ProcessResult } from '../../model/result.ts';
import { filesOfProcess, sessionFiles } from '../../model/session-files.ts';
import { type OpenFile, openOwnFile } from '../../record/own-file.ts';
import type { ShardLog } from '../../record/shard-log.ts';
import { someOf } from '../../text/format.ts';
import type { SessionRecorder } from '../session-recorder.ts';
import type { FinishedShard } from './replayed-events.ts';

/** Destination of the files of the shards. */
export interface CopyTools {
  readonly logs: Pick<SessionRecorder, 'writeFile' | 'stateOf'>;
  readonly redactor: Redactor;
  /** The most bytes of one file. */
  readonly maxBytes: number;
  readonly warn: (message: string) => void;
  /** Ends the copying early. */
  readonly stop: AbortSignal;
}

/** At once: each waits for the disk. */
const copiesAtOnce = 4;

/** Copies the logs, streams, prompts and outputs of the processes of a shard; gives its results with what became of their logs. */
export async function copyFiles({ log, results }: FinishedShard, tools: CopyTools): Promise<readonly ProcessResult[]> {
  const lost: string[] = [];
  const done: ProcessResult[] = [];
  const waiting = [...results.values()];
  const work = async (): Promise<void> => {
    for (let result = waiting.shift(); result !== undefined; result = waiting.shift())
      done.push(await withFiles(result, { log, tools, lost }));
  };
  await Promise.all(Array.from({ length: copiesAtOnce }, work));
  if (lost.length > 0) tools.warn(`${log.name}: these files were not taken: ${someOf(lost, 5)}.`);
  return done;
}

interface Copying {
  readonly log: ShardLog;
  readonly tools: CopyTools;
  /** Files that could not be copied, with the cause. */
  readonly lost: string[];
}

async function withFiles(result: ProcessResult, { log, tools, lost }: Copying): Promise<ProcessResult> {
  const { logFile: _elsewhere, logIncomplete: _there, ...own } = result;
  const hasRun = result.attempts > 0 || result.resumedFrom !== undefined;
  if (!hasRun) return own;
  const { processId } = result;
  const files = filesOfProcess(processId);
  const causes = new Map<string, string>();
  for (const name of Object.values(files)) {
    const cause = await copy({ name, processId }, log, tools);
    if (cause !== undefined) causes.set(name, cause);
  }
  if (causes.get(files.output) === absent && (await writeOutput(own, tools))) causes.delete(files.output);
  // Only what a shard says that it has is missed when it is not there.
  const recorded = log.ended?.results.find((one) => one.processId === processId);
  const isMissed = recorded?.logFile !== undefined && causes.get(files.log) === absent;
  const missed = new Set([...(isMissed ? [files.log] : []), ...(own.output === '' ? [] : [files.output])]);
  lost.push(...[...causes].filter(([name, cause]) => cause !== absent || missed.has(name)).map(named));
  const { logFile, logIncomplete: isCut } = tools.logs.stateOf(processId);
  const isIncomplete = isCut === true || recorded?.logIncomplete === true || isMissed || !log.results.has(processId);
  return { ...own, ...(logFile !== undefined && { logFile }), ...(isIncomplete && { logIncomplete: true }) };
}

/** Writes an output whose file is not there from the record; gives whether that has the whole of it. */
async function writeOutput(result: ProcessResult, { logs, redactor, stop }: CopyTools): Promise<boolean> {
  const { processId, output, outputTruncated: isCut } = result;
  if (output === '' || stop.aborted) return false;
  const name = filesOfProcess(processId).output;
  await logs.writeFile({ name, processId }, redactedBytes(Readable.from([Buffer.from(output)]), redactor));
  return isCut !== true;
}

/** Context of all processes; the same in all shards. */
export async function copyContext(shards: readonly FinishedShard[], tools: CopyTools): Promise<void> {
  for (const { log } of shards) {
    const cause = await copy({ name: sessionFiles.context }, log, tools);
    if (cause === undefined) return;
    if (cause !== absent) tools.warn(`${log.name}: ${named([sessionFiles.context, cause])} was not taken.`);
  }
}

const absent = 'is not there';

/** Copies one file; gives the cause where it cannot be had as we made it. */
async function copy(
  file: { readonly name: string; readonly processId?: string },
  { directory }: ShardLog,
  { logs, redactor, maxBytes, stop }: CopyTools,
): Promise<string | undefined> {
  if (stop.aborted) return 'interrupted';
  try {
    await using source = await openOwnFile(join(directory, file.name), maxBytes);
    // Redacted once more: a merge may know of other secrets than its shards.
    await logs.writeFile(file, redactedBytes(chunksOf(source), redactor));
    return undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return absent;
    return errorMessage(error);
  }
}

/** Bytes that are read at once. */
const chunkBytes = 256 * 1024;

/** The bytes of a file; each chunk is valid until the next one is asked for, since most of the work would be memory for them. */
async function* chunksOf({ handle, size }: OpenFile): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.allocUnsafe(Math.min(size, chunkBytes));
  for (let left = size; left > 0; ) {
    const { bytesRead } = await handle.read(chunk, 0, Math.min(left, chunk.length));
    if (bytesRead === 0) return;
    left -= bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

function named([name, cause]: readonly [string, string]): string {
  return `${name} (${cause})`;
}

import { realpath } from 'node:fs/promises';
import { errorCode, errorMessage } from '../model/errors.ts';
import type { EnsembleEvent } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import { eventLogSchemaVersion, sessionFiles } from '../model/session-files.ts';
import { type EventOf, SessionState } from '../model/session-state.ts';
import type { ShardRecord } from '../model/shard.ts';
import { boundedLines, TooLarge } from './bounded-lines.ts';
import { EventReader, versionOf } from './event-reader.ts';
import { openLog } from './own-file.ts';

/** Content of a shard's log, as far as it is whole. */
export interface ShardLog {
  /** Absolute, with links resolved. */
  readonly directory: string;
  /** Name for people. */
  readonly name: string;
  readonly started: EventOf<'session-started'>;
  readonly shard: ShardRecord;
  /** Between the start and the end, in their order. */
  readonly events: readonly EnsembleEvent[];
  /** Results of the processes that have ended, by id. */
  readonly results: ReadonlyMap<string, ProcessResult>;
  /** Absent when the shard was killed, or still runs. */
  readonly ended?: EventOf<'session-ended'>;
  readonly state: SessionState;
  /** ISO 8601: of the last event. */
  readonly lastAt: string;
  /** Fault of its end, as the end of a sentence that begins with the name of the file. */
  readonly damage?: string;
  /** Bytes of the log. */
  readonly bytes: number;
}

/** A log that cannot be used; the cause goes on from the name of the shard. */
export interface UnusableLog {
  readonly name: string;
  readonly fault: string;
  /** It is the log of a session that is no shard. */
  readonly isWhole?: true;
}

/** Reads the log of a shard, which anyone may have written. It trusts no word and no file there, and follows no link in it. */
export async function readShardLog(
  directory: string,
  name: string,
  mostBytes: number,
): Promise<ShardLog | UnusableLog> {
  const refuse = (fault: string): UnusableLog => ({ name, fault: `${sessionFiles.events} ${fault}` });
  try {
    const root = await realpath(directory);
    await using log = await openLog(root, mostBytes);
    const collected = await collect(boundedLines(log.bytes), root);
    if (typeof collected !== 'string') return { ...collected, directory: root, name, bytes: log.size };
    return { ...refuse(collected), ...(collected === wholeSession && { isWhole: true }) };
  } catch (error) {
    if (error instanceof TooLarge) return refuse(error.message);
    if (errorCode(error) === 'ENOENT') return refuse('is not there');
    return refuse(`cannot be read: ${errorMessage(error)}`);
  }
}

const wholeSession = 'tells of a whole session, not of a shard';

type CollectedLog = Omit<ShardLog, 'directory' | 'name' | 'bytes'>;

/** Reads the lines up to the first that is not whole, or not ours: the rest could be anything. */
async function collect(lines: AsyncIterable<string>, directory: string): Promise<CollectedLog | string> {
  const reader = new EventReader({ directory });
  const state = new SessionState();
  const events: EnsembleEvent[] = [];
  const results = new Map<string, ProcessResult>();
  let lastAt = '';
  let damage: string | undefined;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (damage !== undefined) {
      damage = `is damaged in line ${number - 1}: what follows is not used`;
      break;
    }
    const event = reader.read(line);
    const version = versionOf(line);
    if (event === undefined && version !== undefined && version !== eventLogSchemaVersion)
      return `is of ${version > eventLogSchemaVersion ? 'a newer' : 'another'} version (${version}) than this program knows: merge with the version that ran the shards`;
    damage = event === undefined ? `is cut off in line ${number}` : surplus(event, state, results);
    if (event === undefined || damage !== undefined) continue;
    state.apply(event);
    lastAt = event.at;
    if (event.type === 'process-ended') results.set(event.result.processId, event.result);
    if (event.type !== 'session-started' && event.type !== 'session-ended') events.push(event);
  }
  const { started, ended } = state;
  if (started === undefined) return 'does not tell of a session';
  if (started.shard === undefined) return wholeSession;
  return {
    ...{ started, shard: started.shard, events, results, state, lastAt },
    ...(ended !== undefined && { ended }),
    ...(damage !== undefined && { damage }),
  };
}

/** Events that no shard of ours writes: more than one run, something after its end, a second end of a process. */
function surplus(
  event: EnsembleEvent,
  { started, ended }: SessionState,
  results: ReadonlyMap<string, ProcessResult>,
): string | undefined {
  if (started === undefined) return event.type === 'session-started' ? undefined : 'does not begin with its start';
  if (ended !== undefined || event.type === 'session-started') return 'tells of more than one run: the first is used';
  if (event.type === 'process-ended' && results.has(event.result.processId))
    return `tells twice how ${event.result.processId} ended: what follows is not used`;
  return undefined;
}

import { join } from 'node:path';
import type { EnsembleFact, ProcessIntroduction } from '../model/event.ts';
import type { ProcessDetails, ProcessResult } from '../model/result.ts';
import { eventLogSchemaVersion, filesOfProcess, sessionFiles } from '../model/session-files.ts';
import { type ProcessProgress, SessionState } from '../model/session-state.ts';
import { systemClock } from '../process/system-clock.ts';
import { boundedLines, TooLarge } from '../record/bounded-lines.ts';
import { EventReader, versionOf } from '../record/event-reader.ts';
import { locatedFindings } from './located-findings.ts';
import { judgeSession } from './verdict.ts';

/** The warning in the log, the summary and the report of a session that was recovered. */
export const recoveryWarning =
  `Recovered, not verified: the step was killed, and this was made from ${sessionFiles.events} afterwards. ` +
  'What ran counts as cancelled, what waited as skipped. A tool of the same user may have changed what the step left.';

/** Which session is to be recovered. */
export interface RecoveryOptions {
  /** Absent where a log of any session is accepted. */
  readonly sessionId?: string;
  /** Absolute path of the session's directory. */
  readonly directory: string;
  /** Whether this file of the session is there. */
  readonly holds: (name: string) => boolean;
  /** Key of the findings (`SessionFindings.key`); the title when absent. */
  readonly findingsKey?: string;
  /** Absolute path: where findings are looked for; nowhere when absent. */
  readonly checkout?: string;
}

/** A session brought to its end from its log. */
export type Recovery =
  | {
      readonly kind: 'recovered';
      readonly state: SessionState;
      /** The step was killed after that. */
      readonly hadEnded: boolean;
      /** In the order given. */
      readonly processIds: readonly string[];
    }
  /** The cause goes on from the name of the file. */
  | { readonly kind: 'refused'; readonly cause: string };

/** Makes the state of a session that was killed from the bytes of its log, which anyone may have written. */
export async function recoverSession(log: AsyncIterable<Uint8Array>, options: RecoveryOptions): Promise<Recovery> {
  try {
    const read = await readLog(boundedLines(log), options);
    return typeof read === 'string' ? { kind: 'refused', cause: read } : await recovered(read, options);
  } catch (error) {
    if (error instanceof TooLarge) return { kind: 'refused', cause: error.message };
    throw error;
  }
}

/** Content of the log of events. */
interface RecordedSession {
  readonly state: SessionState;
  readonly started: NonNullable<SessionState['started']>;
  readonly results: ReadonlyMap<string, ProcessResult>;
  /** US dollars that the attempts of a process cost, by its id. */
  readonly costs: ReadonlyMap<string, number>;
  /** ISO 8601: of the last event. */
  readonly lastAt: string;
}

/** Reads the complete lines, or says why they are not trusted; the last one is torn when the step was killed as it wrote it. */
async function readLog(
  lines: AsyncIterable<string>,
  { sessionId, directory }: RecoveryOptions,
): Promise<RecordedSession | string> {
  const reader = new EventReader({ directory });
  const state = new SessionState();
  const results = new Map<string, ProcessResult>();
  const costs = new Map<string, number>();
  let lastAt = '';
  let number = 0;
  let torn = false;
  for await (const line of lines) {
    if (torn) return `has a line that is none of ours, the ${number}th`;
    number += 1;
    const event = reader.read(line);
    if (event === undefined) {
      const version = versionOf(line);
      if (version !== undefined && version !== eventLogSchemaVersion) return `is of another version: ${version}`;
      torn = true;
      continue;
    }
    if (event.type === 'session-started' && sessionId !== undefined && event.sessionId !== sessionId)
      return `is of another session: ${event.sessionId}`;
    if (event.type === 'process-attempt-ended' && event.costUsd !== undefined)
      costs.set(event.processId, (costs.get(event.processId) ?? 0) + event.costUsd);
    if (event.type === 'process-ended') results.set(event.result.processId, event.result);
    state.apply(event);
    lastAt = event.at;
  }
  const { started } = state;
  return started === undefined ? 'does not tell of a session' : { state, started, results, costs, lastAt };
}

async function recovered(
  { state, started, results, costs, lastAt }: RecordedSession,
  { directory, holds, findingsKey: key = started.title ?? '', checkout }: RecoveryOptions,
): Promise<Recovery> {
  const at = lastAt;
  const apply = (fact: EnsembleFact): void => state.apply({ ...fact, at });
  const hadEnded = state.ended !== undefined;
  apply({ type: 'notice', level: 'warning', message: recoveryWarning });
  // Those of lists that were found at run time as well.
  const introduced = [...state.processes.values()].map(({ id, name }) => ({ processId: id, name }));
  const processIds = introduced.map(({ processId }) => processId);
  const recovery = { kind: 'recovered', state, hadEnded, processIds } as const;
  if (hadEnded) return recovery;
  const all = introduced.map((process): ProcessResult => {
    const known = results.get(process.processId);
    const costUsd = costs.get(process.processId);
    const result = known ?? { ...unfinished(process, state, at), ...(costUsd !== undefined && { costUsd }) };
    const { log } = filesOfProcess(process.processId);
    if (!holds(log)) return result;
    return { ...result, logFile: join(directory, log), ...(known === undefined && { logIncomplete: true }) };
  });
  for (const result of all) if (!results.has(result.processId)) apply({ type: 'process-ended', result });
  const found = await locatedFindings(all, { key, checkout, clock: systemClock, kill: new AbortController().signal });
  const verdict = judgeSession({
    ...found,
    pattern: started.pattern,
    succeeds: started.pattern === 'fallback' ? 'with-one' : 'by-fail-on',
    failOn: { kind: 'any' },
    results: all,
    durationSeconds: secondsBetween(state.startedAt ?? at, at),
    isRecovered: true,
    ...(state.interruptedBy !== undefined && { interruptedBy: state.interruptedBy }),
  });
  apply({ type: 'session-ended', ...verdict, results: all, ...found });
  return recovery;
}

/** The result of a process that had not ended when its session was killed. */
export function unfinished(process: ProcessIntroduction, state: SessionState, endedAt: string): ProcessResult {
  const progress = state.processes.get(process.processId);
  const { processId, name } = process;
  const role = state.roles.get(processId);
  const common = { processId, name, exitCode: -1, output: '', stderr: '', endedAt, permissionDenials: [], ...role };
  if (progress === undefined || !state.running.has(process.processId))
    return { ...common, status: 'skipped', reason: 'session-cancelled', duration: 0, attempts: 0 };
  return { ...common, status: 'cancelled', reason: 'cancelled', ...runOf(progress, endedAt) };
}

function runOf(
  { attempts, startedAt = '' }: ProcessProgress,
  endedAt: string,
): Pick<ProcessDetails, 'duration' | 'attempts' | 'startedAt' | 'message'> {
  const message = 'The step was killed while it ran.';
  return { duration: secondsBetween(startedAt, endedAt), attempts, startedAt, message };
}

/** The clock may have been set meanwhile. */
function secondsBetween(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from)) / 1000 || 0;
}

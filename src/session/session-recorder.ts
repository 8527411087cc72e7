import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseMessage } from '../agents/claude/messages.ts';
import type { Emit, Sink, SinkTarget } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import { filesOfProcess, sessionFiles, type WrittenSession } from '../model/session-files.ts';
import { SessionState } from '../model/session-state.ts';
import { systemClock } from '../process/system-clock.ts';
import type { AppendFile } from '../record/append-file.ts';
import { eventLog } from '../record/event-log.ts';
import { manifestFile } from '../record/manifest.ts';
import { outputFiles } from '../record/output-files.ts';
import { promptFiles } from '../record/prompt-files.ts';
import { SessionDirectory, type SessionFile } from '../record/session-directory.ts';
import { newSessionId } from '../record/session-id.ts';
import { streamLog } from '../record/stream-log.ts';
import { processLog } from '../reports/process-log.ts';
import { sessionDocuments } from '../reports/session-documents.ts';
import { sessionLog } from '../reports/session-log.ts';
import { someOf } from '../text/format.ts';
import type { EarlierRuns } from './earlier-runs.ts';

/** Which session is recorded, and where. */
export interface SessionLogsOptions {
  /** Absolute base of the session's directory. */
  readonly base: string;
  /** Absolute paths of the directories that processes work in; none of them is created. */
  readonly workingDirectories?: readonly string[];
  /** Key of a ledger of all that is written; absent where none is needed. */
  readonly ledgerKey?: Uint8Array;
  /** The most that each file of one process may hold; absent means no limit. */
  readonly maxFileBytes?: number;
  /** Goes into the session's id. */
  readonly startedAt: Date;
  /** The files of the processes are copied from elsewhere. */
  readonly isMerge?: true;
  /** Made when absent. */
  readonly sessionId?: string;
  /** Results of earlier runs of the session. */
  readonly earlier?: Pick<EarlierRuns, 'results' | 'state'>;
}

/** Writes the files of a session. No failure to write ends the session: such failures are reported as one warning. */
export interface SessionRecorder {
  readonly sessionId: string;
  /** Absolute path of the session's directory, whether or not it could be made. */
  readonly directory: string;
  /** To be given every event; one that waits for the disk slows the child whose output it is handed. */
  readonly sinks: readonly Sink[];
  /** State of the session after the events that the sinks were given. */
  readonly state: SessionState;
  /** The destination that they write to. */
  readonly target: SinkTarget;
  /** Absolute paths of the files that we made: what may be uploaded, nothing else. */
  readonly files: readonly string[];
  /** The bytes that we wrote to them; undefined without a ledger. */
  readonly written: WrittenSession | undefined;
  /** Path of a process's log, and whether it is complete; to be called when the process has ended. */
  stateOf(processId: string): Pick<ProcessResult, 'logFile' | 'logIncomplete'>;
  /** Writes a file of a process that is not run here; rejects only with what `chunks` does. */
  writeFile(file: SessionFile, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Says from now on, and once, when something cannot be written; also what could not be written before. */
  reportTo(emit: Emit): void;
  /** Warning about files that others wrote to; to be asked for when every process has ended. */
  changeByOthers(): Promise<string | undefined>;
  /** Gives back the last descriptor, when all sinks are closed. */
  closeLedger(): Promise<void>;
}

/** Makes the session's directory and the sinks that write into it; never rejects. */
export async function openSessionRecorder(options: SessionLogsOptions): Promise<SessionRecorder> {
  const { base, workingDirectories, maxFileBytes, startedAt, earlier, ledgerKey, isMerge } = options;
  const warnings = new Warnings();
  const directory = await SessionDirectory.open({
    base,
    ...(workingDirectories !== undefined && { neverMade: workingDirectories }),
    ...(ledgerKey !== undefined && { ledgerKey }),
    ...(maxFileBytes !== undefined && { maxFileBytes }),
    sessionId: options.sessionId ?? newSessionId(startedAt, randomBytes(4)),
    warn: (message) => warnings.add(message),
    ...(earlier !== undefined && { earlier: filesOfRun(earlier.results) }),
  });
  const target = targetOf(directory);
  const log = directory.appendFile({ name: sessionFiles.log });
  const events = directory.appendFile({ name: sessionFiles.events });
  const state = earlier?.state ?? new SessionState();
  const written = [
    eventLog(events, systemClock.now),
    sessionLog(log, state),
    ...(isMerge ? [] : processSinks(directory, state)),
    ...documentSinks(directory, state),
  ];
  return {
    sessionId: directory.sessionId,
    directory: directory.path,
    // The state first: what is written is made from it. It is no target's, for it cannot hang.
    sinks: [stateSink(state), ...written.map((sink) => ({ ...sink, target }))],
    state,
    target,
    get files() {
      return directory.files();
    },
    get written() {
      return directory.written();
    },
    stateOf: (processId) => stateOf(directory, processId),
    writeFile: (file, chunks) => writeChunks(directory.appendFile(file), chunks),
    reportTo: (emit) => warnings.reportTo(emit),
    async changeByOthers() {
      // What others added to a file shows when it is given back; it is opened again for what comes.
      await Promise.all([log, events].map((file) => file.close()));
      return changeText(await directory.changedByOthers());
    },
    closeLedger: () => directory.closeLedger(),
  };
}

async function writeChunks(file: AppendFile, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of chunks) await file.append(chunk);
  } finally {
    await file.close();
  }
}

function stateSink(state: SessionState): Sink {
  return { name: 'state of the session', handle: (event) => state.apply(event) };
}

function processSinks(directory: SessionDirectory, state: SessionState): readonly Sink[] {
  return [promptFiles(directory), processLog(directory, state), streamLog(directory), outputFiles(directory)];
}

function documentSinks(directory: SessionDirectory, state: SessionState): readonly Sink[] {
  return [manifestFile(directory, state, systemClock), sessionDocuments(directory, state, parseMessage)];
}

function targetOf(directory: SessionDirectory): SinkTarget {
  return {
    name: "The session's logs",
    advice: 'The disk that log-dir is on takes nothing: point log-dir to another. Results are kept.',
    onHang: () => directory.abandon(),
  };
}

/** Warnings, held until there is an event bus to emit them to. */
class Warnings {
  readonly #early: string[] = [];
  #emit: Emit | undefined;

  add(message: string): void {
    if (this.#emit === undefined) this.#early.push(message);
    // Emitting never rejects; waiting for it here, within an event, would wait for that event.
    else void this.#emit({ type: 'notice', level: 'warning', message });
  }

  reportTo(emit: Emit): void {
    this.#emit = emit;
    for (const message of this.#early.splice(0)) this.add(message);
  }
}

/** Names of files in a warning. */
const mostNames = 5;

function changeText(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return (
    `Others changed or removed logs while the session ran: ${someOf(names, mostNames)}. ` +
    'None of these is uploaded. The likely cause is a tool that Claude ran: see what it did, and set log-dir out of its way.'
  );
}

function stateOf(directory: SessionDirectory, processId: string): Pick<ProcessResult, 'logFile' | 'logIncomplete'> {
  const { log } = filesOfProcess(processId);
  return {
    ...(directory.holds(log) && { logFile: join(directory.path, log) }),
    ...(directory.incomplete(processId) && { logIncomplete: true }),
  };
}

function filesOfRun(results: readonly ProcessResult[]): readonly SessionFile[] {
  return [
    ...Object.values(sessionFiles).map((name) => ({ name })),
    ...results.flatMap(({ processId }) =>
      Object.values(filesOfProcess(processId)).map((name) => ({ name, processId })),
    ),
  ];
}

import type { Conclusion } from '../model/conclusion.ts';
import type { EnsembleEvent, Sink } from '../model/event.ts';
import type { Pattern, TrustDecision } from '../model/plan.ts';
import type { ProcessResult, Reason, Status } from '../model/result.ts';
import { sessionFiles } from '../model/session-files.ts';
import type { SessionDirectory } from './session-directory.ts';

/** Raised when a reader of `manifest.json` would have to know of a change. */
export const manifestSchemaVersion = 1;

/** How far a process has come; a process that waits for its next attempt is queued again. */
export type ProcessState = 'queued' | 'running' | 'ended';

/** One process in `manifest.json`. */
export interface ManifestProcess {
  readonly id: string;
  readonly name: string;
  readonly state: ProcessState;
  readonly attempts: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly status?: Status;
  readonly reason?: Reason;
  /** Of the child that runs, or ran last. */
  readonly pid?: number;
}

/** What `manifest.json` holds: the state of the session at any moment, also after we were killed. */
export interface Manifest {
  readonly schemaVersion: typeof manifestSchemaVersion;
  readonly sessionId: string;
  readonly pattern: Pattern;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly trust: TrustDecision;
  readonly offline: boolean;
  readonly executable: string;
  readonly interruptedBy?: string;
  /** Absent while the session runs. */
  readonly conclusion?: Conclusion;
  readonly verdict?: string;
  readonly processes: readonly ManifestProcess[];
}

/** `manifest.json`, replaced atomically at each change. `earlier` are results of earlier runs of the session. */
export function manifestFile(directory: SessionDirectory, earlier: readonly ProcessResult[]): Sink {
  const file = directory.replacedFile({ name: sessionFiles.manifest });
  const processes = new Map(earlier.map((result) => [result.processId, ended(result)]));
  let session: Omit<Manifest, 'processes'> | undefined;
  return {
    name: sessionFiles.manifest,
    handle(event) {
      const next = sessionAfter(session, event);
      const changed = changedProcesses(processes, event);
      if (next === session && changed.length === 0) return undefined;
      session = next;
      for (const process of changed) processes.set(process.id, process);
      return file.save(() => [`${JSON.stringify({ ...session, processes: [...processes.values()] }, null, 2)}\n`]);
    },
  };
}

type SessionPart = Omit<Manifest, 'processes'> | undefined;

function sessionAfter(session: SessionPart, event: EnsembleEvent): SessionPart {
  if (event.type === 'session-started') {
    const { sessionId, pattern, trust, offline, executable, at: startedAt } = event;
    return { schemaVersion: manifestSchemaVersion, sessionId, pattern, startedAt, trust, offline, executable };
  }
  if (session === undefined) return undefined;
  if (event.type === 'session-interrupted') return { ...session, interruptedBy: event.signal };
  if (event.type !== 'session-ended') return session;
  return { ...session, endedAt: event.at, conclusion: event.conclusion, verdict: event.verdict };
}

type KnownProcesses = ReadonlyMap<string, ManifestProcess>;

function changedProcesses(processes: KnownProcesses, event: EnsembleEvent): readonly ManifestProcess[] {
  const known = (id: string): ManifestProcess => processes.get(id) ?? { id, name: id, state: 'queued', attempts: 0 };
  switch (event.type) {
    case 'session-started':
      return event.processes.map(({ processId, name }) => ({ id: processId, name, state: 'queued', attempts: 0 }));
    case 'process-started': {
      const { pid: _earlier, ...process } = known(event.processId);
      const { attempt, pid, at } = event;
      return [{ startedAt: at, ...process, state: 'running', attempts: attempt, ...(pid !== undefined && { pid }) }];
    }
    case 'process-retrying':
      return [{ ...known(event.processId), state: 'queued' }];
    case 'process-ended':
      return [{ ...known(event.result.processId), ...ended(event.result) }];
    case 'notice':
    case 'process-output':
    case 'process-message':
    case 'process-stopping':
    case 'heartbeat':
    case 'session-interrupted':
    case 'session-ended':
      return [];
    default:
      return event satisfies never;
  }
}

function ended({ processId, name, attempts, status, reason, startedAt, endedAt }: ProcessResult): ManifestProcess {
  const facts = { ...(startedAt !== undefined && { startedAt }), ...(reason !== undefined && { reason }) };
  return { id: processId, name, state: 'ended', attempts, status, ...facts, endedAt };
}

import type { Conclusion } from '../model/conclusion.ts';
import type { EnsembleEvent, Sink } from '../model/event.ts';
import type { Pattern, TrustDecision } from '../model/plan.ts';
import { sessionFiles } from '../model/session-files.ts';
import type { ProcessProgress, SessionState } from '../model/session-state.ts';
import type { SessionDirectory } from './session-directory.ts';

/** Raised when a reader of `manifest.json` would have to know of a change. */
export const manifestSchemaVersion = 1;

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
  readonly processes: readonly ProcessProgress[];
}

/** `manifest.json`, replaced atomically at each change of the state. */
export function manifestFile(directory: SessionDirectory, state: SessionState): Sink {
  const file = directory.replacedFile({ name: sessionFiles.manifest });
  return {
    name: sessionFiles.manifest,
    handle: (event) => (changesManifest(event) ? file.save(() => [manifestJson(state)]) : undefined),
  };
}

/** The text of `manifest.json`. */
export function manifestJson(state: SessionState): string {
  return `${JSON.stringify({ ...sessionPart(state), processes: [...state.processes.values()] }, null, 2)}\n`;
}

function sessionPart({ started, interruptedBy, ended }: SessionState): Omit<Manifest, 'processes'> | undefined {
  if (started === undefined) return undefined;
  const { sessionId, pattern, trust, offline, executable, at: startedAt } = started;
  return {
    ...{ schemaVersion: manifestSchemaVersion, sessionId, pattern, startedAt, trust, offline, executable },
    ...(interruptedBy !== undefined && { interruptedBy }),
    ...(ended !== undefined && { endedAt: ended.at, conclusion: ended.conclusion, verdict: ended.verdict }),
  };
}

function changesManifest({ type }: EnsembleEvent): boolean {
  switch (type) {
    case 'session-started':
    case 'process-started':
    case 'process-retrying':
    case 'process-ended':
    case 'session-interrupted':
    case 'session-ended':
      return true;
    case 'notice':
    case 'process-output':
    case 'process-message':
    case 'process-stopping':
    case 'heartbeat':
      return false;
    default:
      return type satisfies never;
  }
}

import type { Clock } from '../model/clock.ts';
import type { Conclusion } from '../model/conclusion.ts';
import type { EnsembleEvent, Sink } from '../model/event.ts';
import type { Pattern, TrustDecision } from '../model/plan.ts';
import { sessionFiles } from '../model/session-files.ts';
import type { ProcessProgress, SessionState } from '../model/session-state.ts';
import type { SessionDirectory } from './session-directory.ts';

/** Raised when a reader of `manifest.json` would have to know of a change. */
export const manifestSchemaVersion = 1;

/** Content of `manifest.json`: the state of the session at any moment, also after we were killed. */
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

/** Milliseconds between two versions of the file: with many processes each takes a while to write. */
const paceMs = 250;

/** `manifest.json`, replaced atomically: at the start, when the state changes at most 4 times a second, and at the end. */
export function manifestFile(
  directory: Pick<SessionDirectory, 'replacedFile'>,
  state: SessionState,
  clock: Pick<Clock, 'now' | 'after'>,
): Sink {
  const file = directory.replacedFile({ name: sessionFiles.manifest });
  let savedAt = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;
  const save = (): Promise<void> => {
    cancel?.();
    cancel = undefined;
    savedAt = clock.now();
    return file.save(() => [manifestJson(state)]);
  };
  return {
    name: sessionFiles.manifest,
    handle(event) {
      if (!changesManifest(event)) return undefined;
      const waitMs = savedAt + paceMs - clock.now();
      if (event.type === 'session-ended' || waitMs <= 0) return save();
      cancel ??= clock.after(waitMs, () => void save()); // It never rejects.
      return undefined;
    },
    close: () => cancel?.(),
  };
}

/** The text of `manifest.json`. */
export function manifestJson(state: SessionState): string {
  return `${JSON.stringify({ ...sessionPart(state), processes: [...state.processes.values()] }, null, 2)}\n`;
}

function sessionPart({
  started,
  startedAt,
  interruptedBy,
  ended,
}: SessionState): Omit<Manifest, 'processes'> | undefined {
  if (started === undefined || startedAt === undefined) return undefined;
  const { sessionId, pattern, trust, offline, executable } = started;
  return {
    ...{ schemaVersion: manifestSchemaVersion, sessionId, pattern, startedAt, trust, offline, executable },
    ...(interruptedBy !== undefined && { interruptedBy }),
    ...(ended !== undefined && { endedAt: ended.at, conclusion: ended.conclusion, verdict: ended.verdict }),
  };
}

function changesManifest({ type }: EnsembleEvent): boolean {
  switch (type) {
    case 'session-started':
    case 'processes-added':
    case 'process-started':
    case 'process-retrying':
    case 'process-ended':
    case 'session-interrupted':
    case 'session-ended':
      return true;
    default:
      return false;
  }
}

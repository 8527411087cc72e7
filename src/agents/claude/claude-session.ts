import type { SlotRequest } from '../../model/agent.ts';
import type { Clock } from '../../model/clock.ts';
import type { Emit } from '../../model/event.ts';
import type { DataBlock, TrustDecision } from '../../model/plan.ts';
import type { Redactor } from '../../model/redactor.ts';
import type { ReadAhead } from '../../process/read-ahead.ts';
import type { Timings } from '../../process/timings.ts';
import type { ChildEnvironmentOptions } from './environment.ts';
import type { Executable } from './executable.ts';
import type { FileChanges } from './file-changes.ts';
import type { Recordings } from './recordings.ts';
import type { SharedContext } from './shared-context.ts';

/** The parts that all slots of a session share. */
export interface ClaudeSession {
  readonly executable: Executable;
  /** Why the executable cannot be started, when that is known before. */
  readonly unusable?: string;
  readonly trust: TrustDecision;
  readonly context: readonly DataBlock[];
  /** The context as the processes share it. */
  readonly shared: SharedContext;
  /** Files that its children may have changed. */
  readonly changes: FileChanges;
  /** Conversations that others continue; absent where there are none. */
  readonly recordings?: Recordings;
  readonly denialsFail: boolean;
  readonly idleTimeoutMs?: number;
  readonly environment: Pick<ChildEnvironmentOptions, 'environment' | 'credentials' | 'passEnv'>;
  /** The stand-in for the model, as one process is to see it; absent when the real model is asked. */
  readonly offline?: (process: SlotRequest['process']) => OfflineAccess;
  /** Absolute base of the logs. */
  readonly logDirectory: string;
  /** Private configuration directories are made here. */
  readonly temporaryBase: string;
  /** The user's own configuration directory and login are used. */
  readonly ownConfiguration: boolean;
  /** Aborted with a `StopCause` when what runs is to be ended. */
  readonly stop: AbortSignal;
  /** Aborted when it is to be killed at once. */
  readonly kill: AbortSignal;
  readonly redactor: Redactor;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly readAhead: ReadAhead;
}

/** Access of one process to the stand-in for the model. */
export interface OfflineAccess {
  readonly url: string;
  /** The CLI is to believe in a subscription instead of an API key. */
  readonly isSubscription: boolean;
}

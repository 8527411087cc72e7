import type { InstallClaude } from '../agents/claude/executable.ts';
import type { Clock } from '../model/clock.ts';
import type { EnsembleEvent, Sink } from '../model/event.ts';
import type { SessionFindings } from '../model/finding.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { ProcessResult } from '../model/result.ts';
import type { WrittenSession } from '../model/session-files.ts';
import type { FetchSession, Settings } from '../options/settings.ts';
import type { Timings } from '../process/timings.ts';
import type { Answers } from './answers.ts';
import type { EarlierRuns } from './earlier-runs.ts';
import type { StartedSearch } from './executable-search.ts';
import type { Joining } from './joining.ts';
import type { Verdict } from './verdict.ts';

/** Request of an entry point to the engine. */
export interface RunRequest {
  readonly settings: Settings;
  /** Notices of the configuration; emitted before the start. */
  readonly notices?: readonly string[];
  /** Notices of level `warning`. */
  readonly warnings?: readonly string[];
  /** The entry point's own environment; Claude sees an allowlist of it, redaction reads all of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Further sinks, such as a console; they see redacted events only. */
  readonly sinks: readonly Sink[];
  /** Aborted with the signal's name as its reason when someone interrupts us. */
  readonly interrupt?: AbortSignal;
  /** Aborted on the second interrupt: what runs is killed at once. */
  readonly kill?: AbortSignal;
  readonly onEvent?: (event: EnsembleEvent) => void;
  /** Installs the CLI where none fits; absent where the entry point may not. */
  readonly install?: InstallClaude;
  /** Absolute; a CLI among the dependencies of the project here is used where the PATH has none. */
  readonly project?: string;
  /** The search for the executable, where it was started ahead; it is of the same settings and environment. */
  readonly search?: StartedSearch;
  /** Brings an earlier session to this machine; absent where the settings can name a directory only. */
  readonly fetchSession?: FetchSession;
  /** `own`: without a credential, the user's own configuration directory and login are used (docs/reliability.md, R26). */
  readonly login: 'required' | 'own' | 'elsewhere';
  /** This event is known to come without secrets, so that `on-missing-credentials` applies. */
  readonly credentialsWithheld?: boolean;
  /** `fail-processes`: without a usable executable every result is `failed`, `spawn-error`. */
  readonly onMissingExecutable?: 'refuse' | 'fail-processes';
  /** The id of the session; made when absent. */
  readonly sessionId?: string;
  /** The runs that the session had before, when a library user runs more in it. */
  readonly earlierRuns?: EarlierRuns;
  /** Processes that join the session while it runs; absent when its plan names all of them. */
  readonly joining?: Joining;
  /** A process like those that join: what all of them have from the session is checked, and its secrets are known, ahead of the first. */
  readonly sample?: ProcessSpec;
  /** Base of the private configuration directories; the system's temporary directory when absent. */
  readonly temporaryDirectory?: string;
  /** Has a ledger of all that is written kept beside the logs, with this key; absent where none is needed. */
  readonly ledgerKey?: Uint8Array;
  /** Tells the findings of this session from those of others of the same commit; the title when absent. */
  readonly findingsKey?: string;
  readonly clock?: Clock;
  readonly timings?: Timings;
}

/** A finished session. */
export interface SessionOutcome {
  readonly sessionId: string;
  /** Absolute path of the session's directory. */
  readonly directory: string;
  /** Absolute paths of the files that we made in it: what may be uploaded, nothing else. */
  readonly files: readonly string[];
  /** The bytes that we wrote to them; absent without a ledger. */
  readonly written?: WrittenSession;
  /** One per process, in the order given; those of earlier runs of the session come first. */
  readonly results: readonly ProcessResult[];
  readonly conclusion: Verdict['conclusion'];
  /** One line for people: what happened and why. */
  readonly verdict: string;
  readonly totals: Verdict['totals'];
  readonly answers: Answers;
  /** ISO 8601: when the used up limit resets. */
  readonly retryAt?: string;
  /** The findings; absent when no process was asked for any. */
  readonly findings?: SessionFindings;
  /** Notices of level `warning`, for the places where people look first. */
  readonly warnings: readonly string[];
}

/** A session that ran, or every reason why it was not started. */
export type RunResult =
  | { readonly kind: 'finished'; readonly outcome: SessionOutcome; readonly runs: EarlierRuns }
  | { readonly kind: 'refused'; readonly faults: readonly string[] };

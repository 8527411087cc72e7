import type { Settings } from './config/settings.ts';
import type { EnsembleEvent, Sink } from './core/event.ts';
import type { ProcessResult } from './core/result.ts';
import type { Conclusion, Totals } from './core/verdict.ts';

/** What a door hands to the engine. */
export interface RunRequest {
  readonly settings: Settings;
  /** The door's own environment; Claude sees an allowlist of it, redaction reads all of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Further sinks, such as a console; they see redacted events only. */
  readonly sinks: readonly Sink[];
  /** Aborted with the signal's name as its reason when someone interrupts us; twice means kill at once. */
  readonly interrupt?: AbortSignal;
  /** Aborted on the second interrupt. */
  readonly kill?: AbortSignal;
  readonly onEvent?: (event: EnsembleEvent) => void;
}

/** A finished session. */
export interface SessionOutcome {
  readonly sessionId: string;
  /** Absolute path of the session's directory. */
  readonly directory: string;
  /** Absolute paths of the files that we made in it: what may be uploaded, nothing else. */
  readonly files: readonly string[];
  readonly results: readonly ProcessResult[];
  readonly conclusion: Conclusion;
  /** One line for people: what happened and why. */
  readonly verdict: string;
  readonly totals: Totals;
  /** What was said at level `warning`, for the places where people look first. */
  readonly warnings: readonly string[];
}

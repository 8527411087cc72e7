import type { Plan } from '../model/graph.ts';
import type { OptionRecord } from '../model/option-table.ts';
import type { SessionPolicy } from '../model/plan.ts';
import type { ShardRecord } from '../model/shard.ts';

/** The configuration of a session, parsed and valid: what `plan` makes of untrusted text. */
export type Settings = OptionRecord<'settings'> & {
  readonly plan: Plan;
  readonly policy: SessionPolicy;
  /** Absolute path of what may be hostile: the job's workspace, or the repository that a command was started in. */
  readonly checkout: string;
  /** Absolute, exists. */
  readonly workingDirectory: string;
  /** Absolute base of the session's directory. */
  readonly logDirectory: string;
  readonly claude: ExecutableChoice;
  /** Those given as options; the ones in the environment are read by the agent. */
  readonly credentials: OptionRecord<'credentials'>;
  /** Processes that succeeded there are not run again. */
  readonly resumeFrom?: ResumeSource;
  readonly delivery: OptionRecord<'delivery'>;
  /** The plan is this part of a larger one. */
  readonly shard?: Omit<ShardRecord, 'attempt'>;
};

/** Which executable is run as Claude. */
export interface ExecutableChoice {
  /** Absolute path of an executable to use as it is. */
  readonly path?: string;
  /** Exactly this version of the CLI. */
  readonly version?: string;
}

/** Location of an earlier session. */
export type ResumeSource =
  /** Its directory, as an absolute path. */
  | { readonly kind: 'directory'; readonly path: string }
  /** An artifact of this run; Action only. */
  | { readonly kind: 'artifact'; readonly name: string }
  /** The artifact that an earlier attempt of this step left; Action only. */
  | { readonly kind: 'previous-attempt' };

/** Brings the directory of an earlier session to this machine, unless `stop` is aborted before; never rejects. */
export type FetchSession = (
  source: Exclude<ResumeSource, { kind: 'directory' }>,
  stop: AbortSignal,
) => Promise<FetchedSession>;

/** `found`: the directory of an earlier session. `nothing`: there is none. `failed`: it could not be read. `refused`: it is ambiguous. */
export type FetchedSession =
  | { readonly kind: 'found'; readonly directory: string }
  | { readonly kind: 'nothing' | 'failed' | 'refused'; readonly message: string };

import type { Plan } from '../model/graph.ts';
import type { CommentMode, SessionPolicy } from '../model/plan.ts';
import type { ShardRecord } from '../model/shard.ts';

/** Everything a session needs to know, parsed and valid: what `config` makes of untrusted text. */
export interface Settings {
  readonly plan: Plan;
  readonly policy: SessionPolicy;
  /** Absolute path of what may be hostile: the job's workspace, or the repository that a command was started in. */
  readonly checkout: string;
  /** Absolute, exists. */
  readonly workingDirectory: string;
  /** Absolute base of the session's directory. */
  readonly logDirectory: string;
  /** The most that each log file of one process may hold. */
  readonly maxLogBytes: number;
  readonly claude: ExecutableChoice;
  /** Given as options; the environment is looked at elsewhere. */
  readonly credentials: { readonly anthropicApiKey?: string; readonly claudeCodeOauthToken?: string };
  /** Names or globs of further variables that Claude may see. */
  readonly passEnv: readonly string[];
  /** Further values to redact. */
  readonly mask: readonly string[];
  /** Heading of summary and report; absent means the name of this project. */
  readonly title?: string;
  readonly onMissingCredentials: 'fail' | 'skip';
  /** Processes that succeeded there are not run again. */
  readonly resumeFrom?: ResumeSource;
  readonly delivery: DeliverySettings;
  /** The plan is this part of a larger one. */
  readonly shard?: Omit<ShardRecord, 'attempt'>;
}

/** Which executable plays Claude. */
export interface ExecutableChoice {
  /** Absolute path of an executable to use as it is. */
  readonly path?: string;
  /** Exactly this version of the CLI. */
  readonly version?: string;
}

/** Where an earlier session is to be found. */
export type ResumeSource =
  /** Its directory, as an absolute path. */
  | { readonly kind: 'directory'; readonly path: string }
  /** An artifact of this run; Action only. */
  | { readonly kind: 'artifact'; readonly name: string }
  /** The artifact that an earlier attempt of this step left; Action only. */
  | { readonly kind: 'previous-attempt' };

/** Steps that only the Action takes with a finished session. */
export interface DeliverySettings {
  readonly uploadLogs: 'always' | 'on-failure' | 'never';
  readonly artifactName: string;
  /** Part of the artifact's identity. */
  readonly resumeKey?: string;
  /** Absent means the repository's. */
  readonly retentionDays?: number;
  readonly jobSummary: boolean;
  readonly comment: CommentMode;
  /** Absent means that of the event. */
  readonly pullRequest?: number;
  /** Absent means workflow, job, matrix and step. */
  readonly commentKey?: string;
  readonly githubToken?: string;
}

/** Brings the directory of an earlier session to this machine, unless `stop` is aborted before; never rejects. */
export type FetchSession = (
  source: Exclude<ResumeSource, { kind: 'directory' }>,
  stop: AbortSignal,
) => Promise<FetchedSession>;

/** The directory of an earlier session; that there can be none; why it could not be had; why it must not be guessed at. */
export type FetchedSession =
  | { readonly kind: 'found'; readonly directory: string }
  | { readonly kind: 'nothing' | 'failed' | 'refused'; readonly message: string };

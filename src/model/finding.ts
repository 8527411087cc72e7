import type { Reason, Status } from './result.ts';

/** Severity of a finding: a fault of the change, a possible improvement of it, or a fault that was there before. */
export const severities = ['important', 'nit', 'pre_existing'] as const;
export type Severity = (typeof severities)[number];

/** Confidence of the reporter in a finding. */
export const reportedVerdicts = ['CONFIRMED', 'PLAUSIBLE'] as const;
export type ReportedVerdict = (typeof reportedVerdicts)[number];

/** Verdict of a process that checks a finding. */
export const checkVerdicts = ['CONFIRMED', 'PLAUSIBLE', 'REFUTED'] as const;
export type CheckVerdict = (typeof checkVerdicts)[number];

/** One finding in the words of one process: an item of what `json-schema: findings` asks for. */
export interface Finding {
  /** The path as reported, with slashes and without a leading `./`; it may name anything. */
  readonly file: string;
  /** From 1. */
  readonly line?: number;
  readonly summary: string;
  /** At most 60 characters. */
  readonly short_summary?: string;
  readonly failure_scenario: string;
  readonly category?: string;
  readonly severity: Severity;
  readonly verdict?: ReportedVerdict;
}

/** A process as findings name it. */
export interface FindingProcess {
  readonly processId: string;
  readonly name: string;
}

/** A finding as one process reported it. */
export interface FindingSource extends FindingProcess {
  readonly findings: readonly Finding[];
}

/** A finding with the process that worded it so. */
export interface Wording extends Finding {
  readonly processId: string;
}

/** The answer of a process that was asked to check a finding: what `json-schema: finding-check` asks for. */
export interface FindingCheck {
  readonly verdict: CheckVerdict;
  readonly reason: string;
}

/** A check and the process that made it; one without `verdict` has no readable answer. */
export interface AttachedCheck extends FindingProcess, Partial<FindingCheck> {}

/** Place of a finding in the checkout, as far as the files there confirm it. */
export interface FindingPlace {
  /** Path from the root of the checkout, with slashes. */
  readonly path: string;
  /** Absent when the finding has no line, or one that the file does not have. */
  readonly line?: number;
  /** Hash of the text from that line on, which stays when the line moves. Absent without a line. */
  readonly lineHash?: string;
}

/** Findings of several processes in the same place, merged into one. */
export interface MergedFinding extends Finding {
  /** Identity of the finding: equal whenever the same reports are merged. */
  readonly id: string;
  /** Number of processes that reported it. */
  readonly agreement: number;
  readonly reportedBy: readonly FindingProcess[];
  /** Every report, the one whose words stand for all of them included. */
  readonly wordings: readonly Wording[];
  readonly checks: readonly AttachedCheck[];
  /** Every check with a readable answer refuted it. */
  readonly refuted: boolean;
  /** Absent when the file is not in the checkout. */
  readonly place?: FindingPlace;
}

/** Number of findings of each severity; those that were refuted are counted apart. */
export type FindingCounts = Readonly<Record<Severity | 'refuted', number>>;

/** A process that was asked for findings, or for a check of one, and gave no answer. */
export interface MissingReviewer extends FindingProcess {
  readonly status: Status;
  readonly reason?: Reason;
  /** ISO 8601: when the used up limit resets. */
  readonly retryAt?: string;
}

/** All that the processes of a session found. */
export interface SessionFindings {
  /** Distinguishes this review from others of the same commit, such as the other legs of a matrix. */
  readonly key: string;
  readonly counts: FindingCounts;
  /** Number of processes that were asked for findings. */
  readonly reviewers: number;
  /** Number of them that gave a list of findings. */
  readonly answered: number;
  /** Processes without a readable answer, those that were to check a finding included. */
  readonly missing: readonly MissingReviewer[];
  /** Items of answers that were no findings. */
  readonly unreadable: number;
  /** The gravest first. */
  readonly findings: readonly MergedFinding[];
}

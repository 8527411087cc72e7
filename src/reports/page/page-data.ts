/** The ending of a process as the page distinguishes it: `warned` succeeded, but needs attention. */
export type RowKind = 'succeeded' | 'warned' | 'failed' | 'timed-out' | 'cancelled' | 'skipped';

/** Kind of time that a process spent. */
export type SpanKind = 'waiting' | 'starting' | 'working' | 'tool' | 'limited' | 'retry' | 'stopping';

/** In milliseconds since the session began. */
export interface Span {
  readonly kind: SpanKind;
  readonly from: number;
  readonly to: number;
  readonly tool?: string;
}

/** A label and its value. */
export type Fact = readonly [label: string, value: string];

/** Position of a packed text: its block, and the index in it. */
export interface Place {
  readonly block: number;
  readonly index: number;
}

/** A process as a row of the page. */
export interface PageRow {
  readonly id: string;
  readonly name: string;
  readonly kind: RowKind;
  /** In words. */
  readonly ending: string;
  /** The first words of its answer, or what happened and why. */
  readonly headline: string;
  readonly needsAttention: boolean;
  /** Seconds; absent when it was never started. */
  readonly duration?: number;
  readonly costUsd?: number;
  readonly cost: string;
  readonly attempts: number;
  /** Places of the rows that it waited for; absent when there are none. */
  readonly needs?: readonly number[];
  readonly facts: readonly Fact[];
  readonly spans: readonly Span[];
  /** Names of its files beside the page. */
  readonly files: readonly string[];
  readonly texts: Place;
  /** The block with its transcript. */
  readonly transcript?: number;
}

/** Processes that need attention for the same cause. */
export interface Attention {
  /** A class of its style. */
  readonly kind: string;
  /** The cause without the processes' own messages. */
  readonly what: string;
  readonly cause: string;
  /** The next step, names of options between backquotes. */
  readonly next?: string;
  /** Places of their rows. */
  readonly rows: readonly number[];
}

/** A merged finding. */
export interface PageFinding {
  readonly severity: 'important' | 'nit' | 'pre_existing';
  /** The severity in words, with its mark. */
  readonly label: string;
  /** For example `src/a.ts:12`. */
  readonly where: string;
  readonly heading: string;
  readonly scenario: string;
  /** Summaries of other reports of it. */
  readonly wordings: readonly string[];
  /** For example `found by 2 of 3`. */
  readonly agreement: string;
  /** Places of the rows of the processes that reported it. */
  readonly reportedBy: readonly number[];
  readonly verdict?: string;
  readonly isRefuted?: true;
  readonly checks: readonly { readonly row: number; readonly verdict: string; readonly reason: string }[];
}

/** The findings of the session. */
export interface PageFindings {
  /** Counts by severity, how many reviewers answered, and who did not and why. */
  readonly facts: readonly string[];
  /** The gravest first, those that were refuted last. */
  readonly list: readonly PageFinding[];
  /** Findings that the page has no room for. */
  readonly leftOut: number;
}

/** Data that the page unpacks first. */
export interface PageData {
  readonly title: string;
  readonly conclusion: 'success' | 'failure' | 'cancelled' | 'skipped';
  readonly verdict: string;
  readonly badge?: string;
  readonly figures: readonly string[];
  readonly facts: readonly Fact[];
  readonly highlights: readonly string[];
  readonly models: readonly { readonly model: string; readonly input: number; readonly output: number }[];
  /** Stands above what needs attention, and in place of it. */
  readonly heading: string;
  readonly attention: readonly Attention[];
  /** Places of the rows whose answers the others were for. */
  readonly main: readonly number[];
  /** Milliseconds. */
  readonly length: number;
  readonly rows: readonly PageRow[];
  /** Absent when no process was asked for findings. */
  readonly findings?: PageFindings;
}

/** The texts of a process. */
export interface RowTexts {
  readonly answer: string;
  /** The answer is the beginning of a longer one. */
  readonly isCut?: true;
  readonly structured?: unknown;
  readonly prompt?: string;
  readonly message?: string;
  readonly stderr?: string;
}

/** A step of a transcript; `at` is in milliseconds since the session began, `sub` the tool call whose sub-agent it is of. */
export type TranscriptStep =
  | { readonly kind: 'attempt'; readonly number: number; readonly text: string; readonly at?: number }
  | {
      readonly kind: 'text' | 'thinking';
      readonly text: string;
      /** The CLI wrote it, not the model. */
      readonly synthetic?: true;
      readonly sub?: string;
      readonly at?: number;
    }
  | {
      readonly kind: 'tool';
      readonly id: string;
      readonly name: string;
      readonly subject: string;
      readonly input: string;
      readonly sub?: string;
      readonly at?: number;
    }
  | {
      readonly kind: 'result';
      readonly of: string;
      readonly text: string;
      readonly isError?: true;
      readonly at?: number;
    }
  | { readonly kind: 'note'; readonly text: string; readonly at?: number };

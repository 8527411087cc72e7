import { join } from 'node:path';
import { mainOutput } from '../core/main-output.ts';
import type { Pattern, TrustDecision } from '../core/plan.ts';
import type { ProcessResult } from '../core/result.ts';
import { sessionFiles } from '../core/session-files.ts';
import type { Conclusion, Totals } from '../core/verdict.ts';
import { isNotDone } from '../core/verdict.ts';
import type { SessionOutcome } from '../run.ts';
import { fitArray, fitTexts, fitValues, outputLimit, shorten } from './output-limits.ts';

/** Every output of the Action with its description, in the order of the documentation. */
export const outputTable = {
  conclusion: '`success`, `failure`, `cancelled` or `skipped` (also for a dry run).',
  verdict: 'One line for people: what happened and why.',
  results:
    'JSON array, in the order given: id, name, status, reason, exitCode, duration, attempts, costUsd, permissionDenials, structuredOutput, output (shortened), logFile, resumedFrom.',
  output:
    "Text: of a sequence the last output, of a fallback the winner's, of a single prompt its own; otherwise empty.",
  outputs: 'JSON object, process id to output (shortened).',
  'structured-output': 'JSON object, process id to structured output.',
  'session-id': 'Id of the session.',
  'session-dir': "The session's directory, with all logs.",
  'results-file': 'Path of results.json: every result in full.',
  'report-file': 'Path of report.html.',
  'summary-file': 'Path of summary.md.',
  'outputs-dir': 'Directory with every output in full, as `<process-id>.md`.',
  'total-count': 'How many processes there were.',
  'succeeded-count': 'How many succeeded.',
  'failed-count': 'How many failed, timed-out ones included.',
  'cancelled-count': 'How many were cancelled.',
  'skipped-count': 'How many were never started.',
  'denied-count': 'How many had tools denied.',
  'failed-ids':
    'JSON array of all that did not succeed, those skipped for an earlier success aside; usable in a matrix.',
  'winner-id': 'Fallback: the id of the process that succeeded.',
  'cost-usd': 'US dollars, as far as Claude reported them.',
  'input-tokens': 'Input tokens of all processes.',
  'output-tokens': 'Output tokens of all processes.',
  'duration-seconds': 'Seconds from the start of the session to its end.',
  trust: '`trusted` or `untrusted`, as decided from the event or by the `trust` option.',
  'artifact-id': 'Id of the uploaded artifact; empty when nothing was uploaded by the end of the step.',
  'artifact-name': 'Name of the uploaded artifact.',
  'artifact-url': 'Address of the uploaded artifact.',
  'artifact-digest': 'SHA-256 digest of the uploaded artifact.',
} as const;

/** The name of an output of the Action. */
export type OutputName = keyof typeof outputTable;

/** A value for every output. */
export type Outputs = Readonly<Record<OutputName, string>>;

/** What the outputs need to know of an uploaded artifact. */
export interface ArtifactFacts {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly digest: string;
}

/** What there is to tell at the end of a step, whichever way it ended. */
export interface StepEnd {
  readonly conclusion: Conclusion;
  readonly verdict: string;
  readonly trust: TrustDecision['level'];
  /** The session that was started; absent when none was. */
  readonly started?: StartedSession;
  /** Absent when no session came to its end. */
  readonly session?: { readonly outcome: SessionOutcome; readonly pattern: Pattern };
  readonly artifact?: ArtifactFacts;
}

/** What is known of a step before its end. */
export type StepFacts = Pick<StepEnd, 'trust' | 'started'>;

/** How the story of a step went. */
export interface StepStory extends Omit<StepEnd, keyof StepFacts> {
  /** Printed in place of the verdict, where that repeats one of the faults. */
  readonly headline?: string;
  /** Everything that stood in the way of a session, when it is more than one thing. */
  readonly faults?: readonly string[];
}

/** A session as it is known from its start on. */
export interface StartedSession {
  readonly sessionId: string;
  /** Absent when it could not be made. */
  readonly directory?: string;
}

const nothingDone: Totals = {
  total: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  skipped: 0,
  denied: 0,
  costUsd: 0,
  inputTokens: 0,
  outputTokens: 0,
  durationSeconds: 0,
};

/** Makes every output in every case; JSON outputs are always JSON and each is within GitHub's limits. */
export function outputsOf({ conclusion, verdict, trust, started, session, artifact }: StepEnd): Outputs {
  const results = session?.outcome.results ?? [];
  const winner = session?.pattern === 'fallback' ? results.find(({ status }) => status === 'succeeded') : undefined;
  return {
    conclusion,
    verdict: shorten(verdict.replaceAll(/\s+/g, ' '), 4096),
    results: resultsOutput(results),
    output: shorten((session && mainOutput(session.pattern, results)?.output) ?? '', outputLimit),
    outputs: fitTexts(results.map(({ processId, output }) => [processId, output])),
    'structured-output': fitValues(
      results
        .filter(({ structuredOutput }) => structuredOutput !== undefined)
        .map(({ processId, structuredOutput }) => [processId, structuredOutput]),
    ),
    'session-id': started?.sessionId ?? '',
    'session-dir': started?.directory ?? '',
    'outputs-dir': started?.directory === undefined ? '' : join(started.directory, 'outputs'),
    ...fileOutputs(session?.outcome),
    ...countOutputs(session?.outcome.totals ?? nothingDone),
    'failed-ids': fitArray({
      items: results.filter(isNotDone).map(({ processId }) => processId),
      withTexts: (id) => id,
      withoutTexts: [(id) => id],
      mark: (missing) => `[cut: ${missing} more]`,
    }),
    'winner-id': winner?.processId ?? '',
    trust,
    'artifact-id': artifact?.id ?? '',
    'artifact-name': artifact?.name ?? '',
    'artifact-url': artifact?.url ?? '',
    'artifact-digest': artifact?.digest ?? '',
  };
}

function resultsOutput(items: readonly ProcessResult[]): string {
  return fitArray({
    items,
    withTexts: (result, textLimit) => ({
      id: result.processId,
      name: result.name,
      status: result.status,
      reason: result.reason,
      exitCode: result.exitCode,
      duration: result.duration,
      attempts: result.attempts,
      costUsd: result.costUsd,
      permissionDenials: result.permissionDenials,
      structuredOutput: result.structuredOutput,
      output: shorten(result.output, textLimit),
      logFile: result.logFile,
      resumedFrom: result.resumedFrom,
    }),
    withoutTexts: [
      ({ processId, name, status, reason, exitCode, duration, attempts, costUsd }) => ({
        ...{ id: processId, name, status, reason, exitCode, duration, attempts, costUsd },
        cut: true,
      }),
      ({ processId, status, reason, exitCode }) => ({ id: processId, status, reason, exitCode, cut: true }),
    ],
    mark: (missing) => ({ cut: true, missing }),
  });
}

function fileOutputs({ directory, files }: Pick<SessionOutcome, 'directory' | 'files'> = { directory: '', files: [] }) {
  // What could not be written (a full disk) has no path.
  const pathOf = (name: string): string => files.find((file) => file === join(directory, name)) ?? '';
  return {
    'results-file': pathOf(sessionFiles.results),
    'report-file': pathOf(sessionFiles.report),
    'summary-file': pathOf(sessionFiles.summary),
  };
}

function countOutputs(totals: Totals) {
  return {
    'total-count': String(totals.total),
    'succeeded-count': String(totals.succeeded),
    'failed-count': String(totals.failed),
    'cancelled-count': String(totals.cancelled),
    'skipped-count': String(totals.skipped),
    'denied-count': String(totals.denied),
    'cost-usd': decimal(totals.costUsd),
    'input-tokens': String(totals.inputTokens),
    'output-tokens': String(totals.outputTokens),
    'duration-seconds': decimal(totals.durationSeconds),
  };
}

/** Micro-dollars and microseconds are enough, and a shell cannot compare 1e-7. */
function decimal(value: number): string {
  return String(Number(value.toFixed(6)));
}

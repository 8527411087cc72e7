import { join } from 'node:path';
import type { Conclusion, Totals } from '../../model/conclusion.ts';
import type { FindingCounts } from '../../model/finding.ts';
import type { TrustDecision } from '../../model/plan.ts';
import type { ProcessResult, UsageByModel } from '../../model/result.ts';
import { sessionFiles } from '../../model/session-files.ts';
import type { PlanInShards } from '../../model/shard.ts';
import { addByModel } from '../../model/usage.ts';
import type { SessionOutcome } from '../../session/run.ts';
import { isNotDone } from '../../session/verdict.ts';
import type { Annotation } from './annotations.ts';
import { fitArray, fitTexts, fitValues, outputLimit, shorten } from './output-limits.ts';

/** Every output of the Action with its description, in the order of the documentation. */
export const outputTable = {
  conclusion: '`success`, `failure`, `cancelled` or `skipped` (also for a dry run).',
  verdict: 'One line for people: what happened and why.',
  results:
    'JSON array, in the order given: id, name, status, reason, exitCode, duration, attempts, costUsd, permissionDenials, mcpFaults, structuredOutput, output (shortened), logFile, resumedFrom.',
  output:
    "Text: of a sequence the last output, of a fallback the winner's, of a single prompt its own, of a graph that of the one process that nothing else needs; otherwise empty, and so when it did not succeed.",
  outputs: 'JSON object, process id to output (shortened), of the processes that succeeded.',
  'structured-output': 'JSON object, process id to structured output.',
  'session-id': 'Id of the session.',
  'session-dir': "The session's directory, with all logs.",
  'results-file': 'Path of results.json: every result in full.',
  'findings-count':
    'JSON object: how many findings there are of each severity (`important`, `nit`, `pre_existing`), and how many were `refuted`.',
  'findings-file': 'Path of findings.json: every finding in full; empty when no process was asked for findings.',
  'sarif-file':
    'Path of findings.sarif, for code scanning; empty likewise, and where no reviewer answered: code scanning would close all alerts.',
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
    'JSON array of all that did not succeed, aside from those skipped for an earlier success or by a condition and those with continue-on-error; usable in a matrix. Empty when a fallback has a winner, and when nothing was to be started.',
  'winner-id': 'Fallback: the id of the process that succeeded.',
  'cost-usd': 'US dollars, as far as Claude reported them.',
  'input-tokens': 'Input tokens of all processes, those of the cache included.',
  'output-tokens': 'Output tokens of all processes.',
  usage:
    'JSON object: inputTokens (without the cache), outputTokens, cacheReadTokens, cacheWriteTokens, and the same for each model in byModel.',
  'duration-seconds': 'Seconds from the start of the session to its end.',
  'retry-at': 'When a used up limit resets, as ISO 8601 time such as 2026-11-27T15:00:00.000Z; otherwise empty.',
  'comment-url': 'Address of the comment with the findings; empty when there is none.',
  trust: '`trusted` or `untrusted`, as decided from the event or by the `trust` option.',
  'report-url':
    'Address of the report as a page that a browser opens, uploaded as an artifact of its own; empty for a shard, and when nothing was uploaded by the end of the step.',
  'artifact-id': 'Id of the uploaded artifact; empty when nothing was uploaded by the end of the step.',
  'artifact-name': 'Name of the uploaded artifact.',
  'artifact-url': 'Address of the uploaded artifact.',
  'artifact-digest': 'SHA-256 digest of the uploaded artifact.',
} as const;

/** The name of an output of the Action. */
export type OutputName = keyof typeof outputTable;

/** A value for every output. */
export type Outputs = Readonly<Record<OutputName, string>>;

/** The uploaded artifact, as the outputs describe it. */
export interface ArtifactFacts {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly digest: string;
  /** Bytes of the archive. */
  readonly size: number;
  /** Address of the report as a page of its own. */
  readonly reportUrl?: string;
}

/** Content of the outputs at the end of a step, whichever way it ended. */
export interface StepEnd {
  readonly conclusion: Conclusion;
  readonly verdict: string;
  readonly trust: TrustDecision['level'];
  /** The session that was started; absent when none was. */
  readonly started?: StartedSession;
  /** Absent when no session ended. */
  readonly outcome?: SessionOutcome;
  readonly artifact?: ArtifactFacts;
  /** Address of the comment with the findings. */
  readonly commentUrl?: string;
  /** The plan of a step that divides a session into shards. */
  readonly planned?: PlanInShards;
}

/** Content of the outputs that is known before the end of a step. */
export type StepFacts = Pick<StepEnd, 'trust' | 'started'>;

/** Result of a step, as far as it is known only at its end. */
export interface StepResult extends Omit<StepEnd, keyof StepFacts> {
  /** Printed in place of the verdict, where that repeats one of the faults. */
  readonly headline?: string;
  /** The faults that prevented a session, when there are several. */
  readonly faults?: readonly string[];
  /** Further lines for the page of the run. */
  readonly annotations?: readonly Annotation[];
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
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  durationSeconds: 0,
};

const noFindings: FindingCounts = { important: 0, nit: 0, pre_existing: 0, refuted: 0 };

/** Makes every output in every case; JSON outputs are always JSON and each is within GitHub's limits. */
export function outputsOf({ conclusion, verdict, trust, started, outcome, artifact, commentUrl }: StepEnd): Outputs {
  const results = outcome?.results ?? [];
  const succeeded = results.filter(({ status }) => status === 'succeeded');
  const main = results.find(({ processId }) => processId === outcome?.answers.mainId);
  const winnerId = outcome?.answers.winnerId;
  // A matrix over these ids would repeat what another process did, or run what was not to be run.
  const isNothingLeft = winnerId !== undefined || conclusion === 'skipped';
  return {
    conclusion,
    verdict: shorten(verdict.replaceAll(/\s+/g, ' '), 4096),
    results: resultsOutput(results),
    output: main?.status === 'succeeded' ? shorten(main.output, outputLimit) : '',
    outputs: fitTexts(succeeded.map(({ processId, output }) => [processId, output])),
    'structured-output': fitValues(
      results
        .filter(({ structuredOutput }) => structuredOutput !== undefined)
        .map(({ processId, structuredOutput }) => [processId, structuredOutput]),
    ),
    'session-id': started?.sessionId ?? '',
    'session-dir': started?.directory ?? '',
    'outputs-dir': started?.directory === undefined ? '' : join(started.directory, 'outputs'),
    'findings-count': JSON.stringify(outcome?.findings?.counts ?? noFindings),
    ...fileOutputs(outcome),
    ...countOutputs(outcome?.totals ?? nothingDone),
    'failed-ids': fitArray({
      items: isNothingLeft ? [] : results.filter(isNotDone).map(({ processId }) => processId),
      withTexts: (id) => id,
      withoutTexts: [(id) => id],
      mark: (missing) => `[cut: ${missing} more]`,
    }),
    'winner-id': winnerId ?? '',
    usage: usageOutput(outcome),
    'retry-at': outcome?.retryAt ?? '',
    'comment-url': commentUrl ?? '',
    trust,
    'report-url': artifact?.reportUrl ?? '',
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
      mcpFaults: result.mcpFaults,
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

type WithFiles = Pick<SessionOutcome, 'directory' | 'files' | 'findings'>;

function fileOutputs({ directory, files, findings }: WithFiles = { directory: '', files: [] }) {
  // What could not be written (a full disk) has no path.
  const pathOf = (name: string): string => files.find((file) => file === join(directory, name)) ?? '';
  return {
    'results-file': pathOf(sessionFiles.results),
    'findings-file': pathOf(sessionFiles.findings),
    'sarif-file': findings?.answered === 0 ? '' : pathOf(sessionFiles.sarif),
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
    'input-tokens': String(totals.inputTokens + totals.cacheReadTokens + totals.cacheWriteTokens),
    'output-tokens': String(totals.outputTokens),
    'duration-seconds': decimal(totals.durationSeconds),
  };
}

function usageOutput(
  { totals, results }: Pick<SessionOutcome, 'totals' | 'results'> = { totals: nothingDone, results: [] },
) {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = totals;
  const sums = { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens };
  const byModel = results.reduce<UsageByModel>((sum, result) => addByModel(sum, modelsOf(result)), {});
  return fitValues(Object.entries({ ...sums, byModel }));
}

/** A result without figures by model, such as one of an older session, has one model. */
function modelsOf({ usageByModel, usage, model }: ProcessResult): UsageByModel | undefined {
  return usageByModel ?? (usage === undefined || model === undefined ? undefined : { [model]: usage });
}

/** Micro-dollars and microseconds are enough, and a shell cannot compare 1e-7. */
function decimal(value: number): string {
  return String(Number(value.toFixed(6)));
}

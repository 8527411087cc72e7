import { countsText, missingTexts } from '../findings/finding-words.ts';
import type { Conclusion, Totals } from '../model/conclusion.ts';
import type { SessionFindings } from '../model/finding.ts';
import type { Graph } from '../model/graph.ts';
import { roundedUsd } from '../model/money.ts';
import type { FailOn } from '../model/option-row.ts';
import type { Pattern, SessionPolicy } from '../model/plan.ts';
import type { ProcessResult } from '../model/result.ts';
import { inBrackets, interruptionText, statusText } from '../text/causes.ts';
import { costText, minuteText, plural } from '../text/format.ts';
import { branchTexts, quotedName } from './branches.ts';
import type { EarlierRuns } from './earlier-runs.ts';

/** Faults of shards that the verdict names; the warnings have all of them. */
const mostShardFaults = 3;

/** Less than this is rounding. */
const smallestUsd = 0.005;

/** Inputs of a verdict. */
export interface VerdictOptions {
  /** For a graph, the branches that failed or did not run are named. */
  readonly pattern?: Pattern;
  readonly succeeds: Graph['succeeds'];
  readonly failOn: FailOn;
  readonly results: readonly ProcessResult[];
  /** Runs of the same session before this one; their results stand first in `results`. */
  readonly earlier?: Pick<EarlierRuns, 'results' | 'superseded'>;
  readonly durationSeconds: number;
  /** Someone interrupted us, by this signal. */
  readonly interruptedBy?: string;
  /** The session was killed, and this is made from its log afterwards. */
  readonly isRecovered?: true;
  /** Nothing was to be started. */
  readonly notRun?: NotRun;
  /** The session's ceiling in US dollars, what counts against it, and how far it was passed. */
  readonly budget?: BudgetFigures;
  /** The findings, when processes were asked for any. */
  readonly findings?: SessionFindings;
  readonly severityGate?: SeverityGate;
  /** It is a part of the whole, which merge judges; it fails by itself only under `any`, so that it can be run again. */
  readonly isShard?: true;
  /** Faults of the shards that this was merged from, a sentence each. */
  readonly shardFaults?: readonly string[];
}

/** When findings fail the session. */
export interface SeverityGate {
  readonly failOnSeverity: SessionPolicy['failOnSeverity'];
  /** In an untrusted session the author of what was reviewed may have influenced the answer: it decides nothing. */
  readonly isAdvice: boolean;
}

/** Why nothing was to be started, which is no fault. */
export type NotRun = 'dry-run' | 'missing-credentials' | 'no-prompts' | 'no-items';

/** The money of a session in US dollars. */
export interface BudgetFigures {
  readonly maxUsd: number;
  /** Unknown costs included, each as its ceiling. */
  readonly chargedUsd: number;
  readonly overspentUsd: number;
}

/** The session's conclusion and the line that explains it. */
export interface Verdict {
  readonly conclusion: Conclusion;
  readonly verdict: string;
  readonly totals: Totals;
  /** ISO 8601: when the used up limit resets, the last one if there are several. */
  readonly retryAt?: string;
}

/** Counts, sums and judges: the only place where a session's conclusion is made. */
export function judgeSession(options: VerdictOptions): Verdict {
  const totals = totalsOf(options.results, options.durationSeconds);
  const conclusion = conclusionOf(options, totals);
  const retryAt = options.results
    .flatMap((result) => result.retryAt ?? [])
    .toSorted()
    .at(-1);
  const verdict = sentence({ ...options, ...(retryAt !== undefined && { retryAt }) }, totals, conclusion);
  return { conclusion, verdict, totals, ...(retryAt !== undefined && { retryAt }) };
}

/** Whether the work of this process was not done: skipped because another had won, or by a condition, is no loss. */
export function isNotDone({ status, reason, continueOnError }: ProcessResult): boolean {
  if (status === 'succeeded' || continueOnError === true) return false;
  return reason !== 'earlier-success' && reason !== 'condition';
}

function conclusionOf(options: VerdictOptions, totals: Totals): Conclusion {
  const { failOn, results, interruptedBy, isRecovered, notRun, findings, severityGate, isShard } = options;
  const { shardFaults = [] } = options;
  if (interruptedBy !== undefined || isRecovered) return 'cancelled';
  if (shardFaults.length > 0) return 'failure';
  if (notRun !== undefined) return 'skipped';
  if (results.some(({ reason }) => reason === 'internal-error')) return 'failure';
  if (severityGate?.isAdvice === false && isGrave(findings, severityGate)) return 'failure';
  if (isShard && failOn.kind !== 'any') return 'success';
  return isFailure(options, totals) ? 'failure' : 'success';
}

/** The process that succeeded where one was enough. */
function winnerOf({ succeeds, results, earlier }: VerdictOptions): ProcessResult | undefined {
  if (succeeds !== 'with-one') return undefined;
  return results.slice(earlier?.results.length ?? 0).find(({ status }) => status === 'succeeded');
}

/** Processes whose work was not done, and that no other made up for. */
function lossesOf(options: VerdictOptions): readonly ProcessResult[] {
  const { results, earlier } = options;
  const before = earlier?.results ?? [];
  const counted = winnerOf(options) === undefined ? results : before;
  return counted.filter((result) => isNotDone(result) && earlier?.superseded.has(result.processId) !== true);
}

/** Whether a finding that was not refuted is as grave as `fail-on-severity` says, or graver. */
function isGrave(findings: SessionFindings | undefined, { failOnSeverity }: SeverityGate): boolean {
  if (findings === undefined || failOnSeverity === 'none') return false;
  const { important, nit } = findings.counts;
  return important > 0 || (failOnSeverity === 'nit' && nit > 0);
}

/** For example `findings: 3 important, 1 nit`, and who gave none. */
function findingParts({ findings, severityGate, pattern }: VerdictOptions): readonly string[] {
  if (findings === undefined) return [];
  const { missing } = findings;
  // Who did not succeed stands among the branches of a graph.
  const unnamed = pattern === 'graph' ? missing.filter(({ status }) => status === 'succeeded') : missing;
  const isMet = severityGate !== undefined && isGrave(findings, severityGate);
  const gate = `fail-on-severity: ${severityGate?.failOnSeverity}`;
  return [
    `${findings.answered === 0 ? '' : 'findings: '}${countsText(findings)}`,
    ...(isMet ? [severityGate.isAdvice ? `${gate} is advice in an untrusted session` : `failed by ${gate}`] : []),
    ...missingTexts({ ...findings, missing: unnamed }),
  ];
}

function isFailure(options: VerdictOptions, totals: Totals): boolean {
  const { succeeds, failOn } = options;
  if (succeeds === 'with-one' && winnerOf(options) === undefined) return failOn.kind !== 'none';
  const notDone = lossesOf(options).length;
  switch (failOn.kind) {
    case 'none':
      return false;
    case 'any':
      return notDone > 0;
    case 'all':
      return totals.succeeded === 0 && notDone > 0;
    case 'count':
      return notDone >= failOn.count;
    case 'share':
      return notDone > 0 && notDone * 100 >= failOn.percent * totals.total;
  }
}

function totalsOf(results: readonly ProcessResult[], durationSeconds: number): Totals {
  const count = (...statuses: readonly ProcessResult['status'][]): number =>
    results.filter(({ status }) => statuses.includes(status)).length;
  const sum = (value: (result: ProcessResult) => number | undefined): number =>
    results.reduce((total, result) => total + (value(result) ?? 0), 0);
  return {
    total: results.length,
    succeeded: count('succeeded'),
    failed: count('failed', 'timed-out'),
    cancelled: count('cancelled'),
    skipped: count('skipped'),
    denied: results.filter(({ permissionDenials }) => permissionDenials.length > 0).length,
    costUsd: roundedUsd(sum(({ costUsd }) => costUsd)),
    inputTokens: sum(({ usage }) => usage?.inputTokens),
    outputTokens: sum(({ usage }) => usage?.outputTokens),
    cacheReadTokens: sum(({ usage }) => usage?.cacheReadTokens),
    cacheWriteTokens: sum(({ usage }) => usage?.cacheWriteTokens),
    durationSeconds: Math.round(durationSeconds * 1000) / 1000,
  };
}

function sentence(options: VerdictOptions & Pick<Verdict, 'retryAt'>, totals: Totals, conclusion: Conclusion): string {
  const { pattern, succeeds, failOn, results, interruptedBy, isRecovered, budget, retryAt, isShard } = options;
  const { shardFaults = [] } = options;
  const notRun = shardFaults.length > 0 ? undefined : options.notRun;
  if (notRun === 'dry-run')
    return `Dry run: the plan of ${plural(totals.total, 'process', 'processes')} is valid; nothing was started.`;
  if (notRun === 'no-prompts' && isShard) return 'Skipped: this shard has no processes, so nothing was started.';
  if (notRun === 'no-prompts') return 'Skipped: the list of prompts is empty, so nothing was started.';
  if (notRun === 'no-items') return 'Skipped: every list of for-each is empty, so nothing was started.';
  if (notRun === 'missing-credentials')
    return 'Skipped: this event has no access to credentials, so nothing was started.';
  const oneIsEnough = succeeds === 'with-one';
  const winner = winnerOf(options);
  const withoutServers = results.filter(({ mcpFaults }) => mcpFaults !== undefined).length;
  const isOffline = results.some(({ offline }) => offline);
  const resumed = results.filter(({ resumedFrom }) => resumedFrom !== undefined).length;
  const parts = [
    ...shardFaults.slice(0, mostShardFaults).map((fault) => fault.replace(/\.$/, '')),
    shardFaults.length > mostShardFaults ? `${shardFaults.length - mostShardFaults} more faults of shards` : undefined,
    isRecovered ? 'recovered, not verified, after the step was killed' : undefined,
    interruptedBy === undefined ? undefined : interruptionText(interruptedBy),
    winner === undefined ? undefined : `${quotedName(winner)} won`,
    oneIsEnough && winner === undefined ? 'no process succeeded' : undefined,
    `${totals.succeeded} of ${plural(totals.total, 'process', 'processes')} succeeded`,
    ...(pattern === 'graph' ? branchTexts(results) : reasonsGiven(results)),
    ...findingParts(options),
    retryAt === undefined ? undefined : `the limit resets at ${minuteText(retryAt)}`,
    resumed === 0 ? undefined : `${resumed} taken from an earlier session`,
    totals.denied === 0 ? undefined : `${plural(totals.denied, 'process', 'processes')} had tools denied`,
    withoutServers === 0 ? undefined : `${plural(withoutServers, 'process', 'processes')} had MCP servers missing`,
    budget === undefined ? undefined : budgetPart(budget, totals, isOffline),
    conclusion === 'success' && lossesOf(options).length > 0 && !oneIsEnough ? acceptance(failOn, isShard) : undefined,
    isOffline ? 'offline, no model was asked' : undefined,
  ];
  return `${headline[conclusion]}: ${parts.filter((part) => part !== undefined).join('; ')}.`;
}

function acceptance(failOn: FailOn, isShard: true | undefined): string {
  const by = `fail-on: ${failOnText(failOn)}`;
  return isShard ? `merge judges by ${by}` : `accepted by ${by}`;
}

const headline: Readonly<Record<Conclusion, string>> = {
  success: 'Success',
  failure: 'Failure',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
};

/** For example `2 failed (key refused, no answer)`. */
function reasonsGiven(results: readonly ProcessResult[]): string[] {
  const byStatus = Map.groupBy(
    results.filter(({ status }) => status !== 'succeeded'),
    ({ status }) => status,
  );
  return [...byStatus].map(([status, group]) => {
    return `${group.length} ${statusText(status)}${inBrackets(group)}`;
  });
}

function budgetPart({ maxUsd, chargedUsd, overspentUsd }: BudgetFigures, totals: Totals, isOffline: boolean): string {
  const unknownUsd = chargedUsd - totals.costUsd;
  const unknown = unknownUsd >= smallestUsd ? `, and up to ${costText(unknownUsd)} more of unknown cost` : '';
  const over = overspentUsd > 0 ? `, over it by up to ${costText(overspentUsd)}` : '';
  return `${costText(totals.costUsd)} of max-budget-usd ${costText(maxUsd)} ${isOffline ? 'counted' : 'spent'}${over}${unknown}`;
}

function failOnText(failOn: FailOn): string {
  if (failOn.kind === 'count') return String(failOn.count);
  return failOn.kind === 'share' ? `${failOn.percent}%` : failOn.kind;
}

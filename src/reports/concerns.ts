import { isMisread } from '../findings/session-findings.ts';
import type { ProcessResult, Status } from '../model/result.ts';
import type { EventOf, SessionState } from '../model/session-state.ts';
import { counted, countText } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';
import { adviceFor, deniedAdvice, whatHappened, withWhy } from './advice.ts';

/** Something that people should look at, with all the processes that have it. */
export interface Concern {
  readonly kind: Exclude<Status, 'succeeded'> | 'denied' | 'servers' | 'no-findings';
  /** Description that follows the names. */
  readonly what: string;
  /** The description with the processes' own messages, each once. Plain text on one line. */
  readonly whole: string;
  /** The next step; backquotes around names of options. */
  readonly next: string;
  /** By `continue-on-error` it fails nothing. */
  readonly isContinuedOn?: true;
  readonly names: readonly string[];
  readonly processIds: readonly string[];
}

/** Why a process that was not started is no loss. */
const notNeeded: ReadonlySet<ProcessResult['reason']> = new Set(['earlier-success', 'condition']);
/** Why a process is not started as it was meant to be. */
const intended: ReadonlySet<ProcessResult['reason']> = new Set([...notNeeded, 'dry-run', 'missing-credentials']);

/** Whether a process that did not succeed needs attention. */
export function needsAttention({ status, reason }: Pick<ProcessResult, 'status' | 'reason'>): boolean {
  return status !== 'succeeded' && !intended.has(reason);
}

/** Whether a process did not succeed, and that was to be no loss. */
function isContinuedOn({ status, reason, continueOnError }: ProcessResult): boolean {
  return continueOnError === true && status !== 'succeeded' && !notNeeded.has(reason);
}

/** Whether a process succeeded without anything that needs attention. */
export function isClean(result: ProcessResult): boolean {
  return result.permissionDenials.length === 0 && result.mcpFaults === undefined && !isMisread(result);
}

/** Numbers of processes by outcome, in words: `6 of 9 done, 1 not, 1 allowed to fail, 1 not needed`. */
function doneText(results: readonly ProcessResult[]): string {
  const done = results.filter(({ status }) => status === 'succeeded').length;
  const notNeededCount = results.filter(({ reason }) => notNeeded.has(reason)).length;
  const continuedOn = results.filter(isContinuedOn).length;
  const missing = results.length - done - notNeededCount - continuedOn;
  return [
    `${countText(done)} of ${countText(results.length)} done`,
    ...(missing === 0 ? [] : [`${countText(missing)} not`]),
    ...(continuedOn === 0 ? [] : [`${countText(continuedOn)} allowed to fail`]),
    ...(notNeededCount === 0 ? [] : [`${countText(notNeededCount)} not needed`]),
  ].join(', ');
}

/** What came of a session in words: the numbers, or that nothing was to be started. */
export function outcomeText({ conclusion, results }: Pick<EventOf<'session-ended'>, 'conclusion' | 'results'>): string {
  if (conclusion !== 'skipped') return doneText(results);
  return results[0]?.reason === 'dry-run' ? 'dry run' : 'skipped';
}

/** Heading of the concerns: a fallback that succeeded lists there what it tried before. */
export function concernsTitle({ started, ended }: Pick<SessionState, 'started' | 'ended'>): string {
  return ended?.conclusion === 'success' && started?.pattern === 'fallback' ? 'Tried before' : 'Needs attention';
}

const longestMessage = 300;
/** Messages that are shown of one cause. */
const mostMessages = 3;

/**
 * Concerns of a session, one for each cause: failures, then processes that were not started, then successes with denied tools or
 * missing servers. A process that was not meant to run is not a concern.
 */
export function concernsOf(results: readonly ProcessResult[]): readonly Concern[] {
  const ranFirst = results
    .filter(needsAttention)
    .toSorted((one, other) => Number(one.status === 'skipped') - Number(other.status === 'skipped'));
  const causeOf = (result: ProcessResult): string => {
    const { what, next } = adviceFor(result) ?? {};
    return [result.status, result.reason, isContinuedOn(result), what, next].join();
  };
  const byCause = [...Map.groupBy(ranFirst, causeOf).values()];
  return [...byCause.map(unfinished), ...deniedTools(results), ...missingServers(results), ...misread(results)];
}

function unfinished(group: readonly ProcessResult[]): Concern {
  const [first] = group as readonly [ProcessResult, ...ProcessResult[]];
  const advice = adviceFor(first);
  const happened = group.length === 1 ? whatHappened(first) : (advice?.what ?? '');
  const what = isContinuedOn(first) ? `${happened}, which continue-on-error allows` : happened;
  const messages = group.flatMap(({ message }) => message ?? []);
  return {
    kind: first.status === 'succeeded' ? 'failed' : first.status,
    what,
    whole: withMessages(what, messages, group.length),
    next: advice?.next ?? '',
    ...(isContinuedOn(first) && { isContinuedOn: true as const }),
    ...whoseOf(group),
  };
}

/** Concerns about denied tools, one for each set of tools. */
function deniedTools(results: readonly ProcessResult[]): readonly Concern[] {
  // A process that failed for it is among the failures.
  const denied = results.filter(({ permissionDenials, reason }) => permissionDenials.length > 0 && reason !== 'denied');
  const toolsOf = ({ permissionDenials }: ProcessResult) => permissionDenials.map(({ toolName }) => toolName);
  return [...Map.groupBy(denied, (result) => [...new Set(toolsOf(result))].toSorted().join())].map(([, group]) => ({
    kind: 'denied',
    what: 'tools denied',
    whole: withMessages('tools denied', [counted(group.flatMap(toolsOf))]),
    next: deniedAdvice,
    ...whoseOf(group),
  }));
}

function missingServers(results: readonly ProcessResult[]): readonly Concern[] {
  const faulty = results.filter(({ mcpFaults }) => mcpFaults !== undefined);
  if (faulty.length === 0) return [];
  const faults = faulty.flatMap(({ mcpFaults = [] }) => mcpFaults.map(({ name, status }) => `${name} (${status})`));
  const next = 'Check `mcp-config`, and read the log for what the server said.';
  return [
    {
      kind: 'servers',
      what: 'MCP servers missing',
      whole: withMessages('MCP servers missing', faults),
      next,
      ...whoseOf(faulty),
    },
  ];
}

/** They succeeded, but what they found is unknown: a plain program, for example, is held to no schema. */
function misread(results: readonly ProcessResult[]): readonly Concern[] {
  const group = results.filter(isMisread);
  if (group.length === 0) return [];
  const what = 'answered otherwise than json-schema asks';
  const next =
    'What they found is not known. Let `claude-path` be the Claude CLI, which holds answers to `json-schema`.';
  return [{ kind: 'no-findings', what, whole: what, next, ...whoseOf(group) }];
}

/** The number of processes that have a message, where not all of `count` have one. */
function withMessages(what: string, messages: readonly string[], count = messages.length): string {
  const each = [...new Set(messages)].map((text) => oneLine(text, longestMessage).replace(/[.;]$/u, ''));
  const rest = each.length - mostMessages;
  const why = [...each.slice(0, mostMessages), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
  return withWhy(messages.length > 0 && messages.length < count ? `${what}, ${messages.length} of them` : what, why);
}

function whoseOf(results: readonly ProcessResult[]): Pick<Concern, 'names' | 'processIds'> {
  return {
    names: results.map(({ name }) => oneLine(name, longestMessage)),
    processIds: results.map(({ processId }) => processId),
  };
}

import type { ProcessResult, Reason, SkipReason } from '../model/result.ts';
import { durationText } from '../text/format.ts';

/** A way to end without success, for people. */
export interface Advice {
  /** Stands behind the name of a process, or of several: "Docs: timed out". */
  readonly what: string;
  /** The next step, in whole sentences; empty where nothing is to be done. */
  readonly next: string;
}

/** Advice for a process that ran, by its reason. */
const afterRun: Readonly<Record<Exclude<Reason, SkipReason> | 'auth' | 'quota' | 'budget' | 'deadline', Advice>> = {
  'exit-code': {
    what: 'ended with an error',
    next: 'Read the end of its log: what went wrong stands there.',
  },
  signal: {
    what: 'killed from outside',
    next: 'The machine probably ran out of memory: lower `max-workers`, or take a larger runner.',
  },
  'spawn-error': {
    what: 'could not be started',
    next: 'Check that Claude Code is installed and may be run, and that the machine has memory and processes left.',
  },
  'no-result': {
    what: 'ended without a result',
    next: 'Read the end of its log. If it happens again, pin another version with `claude-version`.',
  },
  'empty-output': {
    what: 'gave no answer',
    next: 'Read its log, and have the prompt ask for an answer in words.',
  },
  'blocked-by-hook': {
    what: 'stopped by a hook',
    next: 'Look at the hooks in the settings of the project: one of them refused.',
  },
  'claude-error': {
    what: 'stopped by an error of Claude Code or its service',
    next: 'Run it again, or raise `retries`. See status.claude.com when it goes on.',
  },
  'max-turns': {
    what: 'used up its turns',
    next: 'Raise `max-turns`, or ask for less in one prompt.',
  },
  budget: {
    what: 'ran out of money',
    next: 'Raise `max-process-budget-usd` or `max-budget-usd`, or ask for less.',
  },
  'rate-limited': {
    what: 'kept hitting the rate limit',
    next: 'Lower `max-workers`, or raise `retries`.',
  },
  quota: {
    what: 'reached the usage limit of the account',
    next: 'Start again when the limit resets, with `resume-from` to keep what is done.',
  },
  overloaded: {
    what: 'kept finding the service overloaded',
    next: 'Start again later, raise `retries`, or set a `fallback-model`.',
  },
  auth: {
    what: 'stopped, since the key or its account was refused',
    next: 'Check the key or the login: it may be missing, wrong, expired, without credit or not allowed to use this model.',
  },
  'invalid-request': {
    what: 'request refused by the service',
    next: 'Check `model` and the options that the message names. Trying again does not help.',
  },
  'prompt-too-long': {
    what: 'given more than the model can read',
    next: 'Shorten the prompt and its context, or split it into several processes.',
  },
  'schema-invalid': {
    what: 'gave no answer that fits the schema',
    next: 'Simplify `json-schema`, or say in the prompt what each field is for.',
  },
  denied: {
    what: 'not allowed to use a tool',
    next: 'Allow what it needs with `allowed-tools`, or set `on-denied` to `warn`.',
  },
  'internal-error': {
    what: 'ended by an internal error of Claude Ensemble',
    next: 'Please report it, with the logs of the session.',
  },
  timeout: {
    what: 'timed out',
    next: 'Raise `timeout`, or bound the command that it runs.',
  },
  'idle-timeout': {
    what: 'timed out without a sign of life',
    next: 'Raise `idle-timeout`, or have its commands print what they do.',
  },
  'invalid-items': {
    what: 'had no list to work on',
    next: 'Check the path that `for-each` names, and the `json-schema` of the process that writes the list.',
  },
  cancelled: {
    what: 'cancelled',
    next: 'Start again, with `resume-from` to keep what is done.',
  },
  deadline: {
    what: 'cancelled, since the time of the session was over',
    next: 'Raise `total-timeout` or `max-workers`, or give it less to do.',
  },
};

/** Advice for a process that was never started, by its reason. */
const beforeRun: Readonly<Record<SkipReason, Advice>> = {
  'earlier-failure': {
    what: 'not started, since another one had failed',
    next: 'See that one first; `stop-on-failure: false` starts the others all the same.',
  },
  'earlier-success': { what: 'not needed, since another one had succeeded', next: '' },
  needs: {
    what: 'not started, since something that it needs did not succeed',
    next: 'See that one first; `when: always` starts it all the same, unless it continues its conversation.',
  },
  condition: { what: 'not needed, since its condition did not hold', next: '' },
  'max-items': {
    what: 'not started, since the list is longer than allowed',
    next: 'Raise `max-items` or `max-prompts`, or ask for a shorter list.',
  },
  'not-run': {
    what: 'not run, since its shard is missing',
    next: 'See what became of the job of that shard: "Re-run failed jobs" runs it and the merge again.',
  },
  auth: { what: 'not started, since the key had been refused', next: afterRun.auth.next },
  quota: { what: 'not started, since the usage limit of the account was reached', next: afterRun.quota.next },
  budget: {
    // Also where some is left that does not cover the ceiling of the process.
    what: 'not started, since too little money was left',
    next: 'Raise `max-budget-usd`, lower `max-process-budget-usd`, or give the session less to do.',
  },
  deadline: { what: 'not started, since the time of the session was over', next: afterRun.deadline.next },
  'session-cancelled': { what: 'not started, since the session was cancelled', next: afterRun.cancelled.next },
  'missing-credentials': {
    what: 'not started, since this event has no access to secrets',
    next: 'Nothing is wrong: pull requests from forks and by Dependabot get no secrets.',
  },
  'dry-run': { what: 'not started, since this is a dry run', next: 'Leave `dry-run` out to run it.' },
};

/** Advice on a denied tool. */
export const deniedAdvice = 'Allow what is needed with `allowed-tools`, or set `on-denied` to `fail` or `ignore`.';

/** Advice where the reason alone does not tell the next step. */
const finer: readonly (Advice & { readonly reason: Reason; readonly applies: (result: Failure) => boolean })[] = [
  {
    reason: 'claude-error',
    applies: ({ cause }) => cause === 'safety-filter',
    what: 'refused by the safety filter of the model',
    next: 'Reword the prompt or its context, or set another `model`. Trying again seldom helps.',
  },
  {
    reason: 'claude-error',
    applies: ({ cause }) => cause === 'answer-too-long',
    what: 'began an answer that is too long for the model',
    next: 'Ask for a shorter answer, or split the prompt into several processes.',
  },
  {
    reason: 'timeout',
    applies: ({ message }) => !continuesSentence(message),
    what: 'timed out while no tool ran',
    next: 'Raise `timeout`, or ask for less. The end of its log says what it had done.',
  },
];

/** The ending of a process, as far as advice depends on it. */
type Failure = Pick<ProcessResult, 'status' | 'reason' | 'cause' | 'message'>;

/** Every way to end without success with its advice, those of a process that ran ahead. */
export const adviceTable: readonly (readonly [reason: Reason, advice: Advice])[] = [
  ...(Object.entries(afterRun) as [Reason, Advice][]).flatMap((row): (readonly [Reason, Advice])[] => [
    row,
    ...finer.filter(({ reason }) => reason === row[0]).map((advice) => [row[0], advice] as const),
  ]),
  ...(Object.entries(beforeRun) as [Reason, Advice][]),
];

/** The advice for a result; undefined where it succeeded. */
export function adviceFor(result: Failure): Advice | undefined {
  const { status, reason } = result;
  if (reason === undefined) return undefined;
  const found = finer.find((advice) => advice.reason === reason && advice.applies(result));
  if (found !== undefined) return found;
  const table: Readonly<Partial<Record<Reason, Advice>>> = status === 'skipped' ? beforeRun : afterRun;
  return table[reason];
}

/** The ending of a process as text, without its own message: `timed out after 20 min in attempt 2`. */
export function whatHappened(result: ProcessResult): string {
  const { status, attempts, resumedFrom } = result;
  if (resumedFrom !== undefined) return 'taken from an earlier session';
  if (status === 'timed-out') return timedOutText(result);
  const what = adviceFor(result)?.what ?? 'succeeded';
  return attempts > 1 ? `${what} in ${attempts} attempts` : what;
}

/** The limit, not the time that it took, which holds other attempts and the end of what did not end when asked to. */
function timedOutText({ reason, attempts, duration, timedOutAfter = duration }: ProcessResult): string {
  const silence = reason === 'idle-timeout' ? ' of silence' : '';
  const attempt = attempts > 1 ? ` in attempt ${attempts}` : '';
  return `timed out after ${durationText(timedOutAfter)}${silence}${attempt}`;
}

/** The ending of a process with its own message: `timed out after 20 min while Bash ran: make`. */
export function whatHappenedAndWhy(result: ProcessResult): string {
  return withWhy(whatHappened(result), result.status === 'succeeded' ? undefined : result.message);
}

/** Joins a description and a message: `while ...` continues the sentence, all else follows a colon. */
export function withWhy(what: string, why: string | undefined): string {
  if (why === undefined || why === '') return what;
  return `${what}${continuesSentence(why) ? ' ' : ': '}${why}`;
}

/** Whether a message says what was under way: `while Bash ran: make`. */
function continuesSentence(message = ''): boolean {
  return message.startsWith('while ');
}

import { constants } from 'node:os';
import type { AttemptOutcome, Refusal } from '../core/attempt.ts';
import type { FinalResult } from '../core/conversation.ts';
import type { StopCause } from '../core/event.ts';
import { firstBytes } from '../core/hand-over.ts';
import type { ChildExit, FailureReason } from '../core/result.ts';
import { exitCodeOf } from '../core/result.ts';
import type { ChildEnd } from './child-request.ts';
import type { Said } from './intake.ts';
import { outputLimitBytes } from './intake.ts';
import { credentialRefusal, exhaustedLimit, rejectedLimit } from './refusal.ts';

/** What the verdict over one attempt is made from: typed messages and the exit, never text. */
export interface OutcomeOptions {
  readonly end: Extract<ChildEnd, { kind: 'exited' }>;
  readonly said: Said;
  /** Structured output was asked for. */
  readonly schemaGiven: boolean;
  /** Denied tools fail the process (`on-denied: fail`). */
  readonly denialsFail: boolean;
  /** The time by the wall clock. */
  readonly now: Date;
}

type AttemptEnding = AttemptOutcome['ending'];

interface Judgement {
  readonly ending: AttemptEnding;
  readonly transient?: true;
  readonly refusal?: Refusal | undefined;
  readonly message?: string | undefined;
}

const messageLimit = 500;

/** The verdict over one attempt. */
export function outcomeOf(options: OutcomeOptions): AttemptOutcome {
  const { end, said } = options;
  const { ending, transient = false, refusal, message } = judge(options);
  const full = said.format === 'plain' ? said.plainOutput : (said.result?.text ?? '');
  const bytes = Buffer.from(full);
  const outputTruncated =
    said.format === 'plain' ? said.plainBytes > outputLimitBytes : bytes.length > outputLimitBytes;
  const { result } = said;
  return {
    ending,
    transient,
    pressure: false,
    toolsRan: said.toolsRan,
    exitCode: exitCodeOf(ending, end.exit, signalNumber(end)),
    childExit: end.exit,
    output: outputTruncated ? firstBytes(bytes, outputLimitBytes) : full,
    outputTruncated,
    stderr: said.stderr,
    permissionDenials: said.permissionDenials,
    killedAfterResult: end.stopCause !== undefined && ending.status === 'succeeded',
    ...defined('message', shortened(message)),
    ...defined('refusal', refusal),
    ...defined('retryAfterMs', said.retryAfterMs),
    ...defined('conversationId', result?.conversationId || said.conversationId),
    ...defined('model', result?.model ?? said.model),
    ...defined('usage', result?.usage),
    ...defined('usageByModel', result?.usageByModel),
    ...defined('costUsd', result?.costUsd),
    ...defined('numTurns', result?.numTurns),
    ...defined('structuredOutput', result?.structuredOutput),
  };
}

/** An attempt whose child could not be started, or whose preparation failed. */
export function failedToStart(reason: FailureReason, message: string, pressure = false): AttemptOutcome {
  return {
    ending: { status: 'failed', reason },
    transient: false,
    pressure,
    toolsRan: false,
    message,
    exitCode: -1,
    output: '',
    outputTruncated: false,
    stderr: '',
    costUsd: 0,
    permissionDenials: [],
    killedAfterResult: false,
  };
}

function judge(options: OutcomeOptions): Judgement {
  const { end, said } = options;
  if (end.stopCause !== undefined && !end.resultFirst) return { ending: stopEnding(end.stopCause) };
  if (said.format === 'plain') return judgePlain(end.exit, said);
  if (said.result === undefined) return judgeSilence(end.exit, said);
  return judgeResult(said.result, options);
}

function stopEnding(cause: StopCause): AttemptEnding {
  switch (cause) {
    case 'timeout':
    case 'idle-timeout':
      return { status: 'timed-out', reason: cause };
    case 'cancelled':
    case 'deadline':
      return { status: 'cancelled', reason: cause };
    case 'hang-after-result':
    case 'internal-error':
      return failed('internal-error');
  }
}

function judgePlain(exit: ChildExit, { plainOutput, stderr }: Said): Judgement {
  if (exit.signal !== null || exit.code !== 0) return judgeExit(exit, stderr);
  return isInvisible(plainOutput)
    ? { ending: failed('empty-output'), message: 'it ended without any output' }
    : { ending: { status: 'succeeded' } };
}

function judgeSilence(exit: ChildExit, said: Said): Judgement {
  const { stderr, unreadBytes } = said;
  const limit = exit.code === null || exit.code === 0 ? undefined : rejectedLimit(said);
  if (limit !== undefined) return { ending: failed('quota'), refusal: limit, message: 'the usage limit is used up' };
  if (exit.signal !== null || exit.code !== 0) return judgeExit(exit, stderr);
  const unread = unreadBytes === undefined ? '' : `; a line of ${unreadBytes} bytes was too long to be read`;
  return { ending: failed('no-result'), message: `it exited with 0 but without a result${unread}` };
}

function judgeExit(exit: ChildExit, stderr: string): Judgement {
  const said = stderr.trim().split('\n').at(-1);
  if (exit.signal !== null)
    return { ending: failed('signal'), message: `it was killed by ${exit.signal}, and not by us` };
  return { ending: failed('exit-code'), message: said === '' ? `it exited with ${exit.code}` : said };
}

function judgeResult(result: FinalResult, { end, said, schemaGiven, denialsFail, now }: OutcomeOptions): Judgement {
  if (result.isError || result.subtype.startsWith('error')) return judgeError(result, said, now);
  const { exit, stopCause } = end;
  if (stopCause === undefined && (exit.signal !== null || exit.code !== 0)) return judgeExit(exit, said.stderr);
  const hasStructured = result.structuredOutput !== undefined && result.structuredOutput !== null;
  if (schemaGiven && !hasStructured)
    return { ending: failed('schema-invalid'), message: 'it never gave output that fits the schema' };
  if (isInvisible(result.text) && !hasStructured)
    return { ending: failed('empty-output'), message: 'its answer was empty' };
  if (denialsFail && said.permissionDenials.length > 0) {
    const tools = [...new Set(said.permissionDenials.map(({ toolName }) => toolName))].join(', ');
    return { ending: failed('denied'), message: `denied: ${tools} (on-denied is "fail")` };
  }
  return { ending: { status: 'succeeded' } };
}

/** Limits have a subtype of their own; errors of the API keep the subtype "success" (facts: verdict). */
function judgeError(result: FinalResult, said: Said, now: Date): Judgement {
  const message = result.errors.join('; ') || result.text;
  switch (result.subtype) {
    case 'error_max_turns':
      return { ending: failed('max-turns'), message };
    case 'error_max_budget_usd':
      return { ending: failed('budget'), message };
    case 'error_max_structured_output_retries':
      return { ending: failed('schema-invalid'), message };
  }
  const { terminalReason, apiErrorStatus: status } = result;
  // `blocking_limit`: the CLI refused by itself, before any request.
  if (terminalReason === 'prompt_too_long' || terminalReason === 'blocking_limit')
    return { ending: failed('prompt-too-long'), message };
  const refused = credentialRefusal(result, said);
  if (refused !== undefined) return { ending: failed('auth'), refusal: refused, message };
  const limit = exhaustedLimit(result, said, now);
  if (limit !== undefined) return { ending: failed('quota'), refusal: limit, message };
  if (status === null) return { message, ...judgeWithoutStatus(result, said.apiErrorKind) };
  const reason = statusReason(status);
  return { ending: failed(reason), message, ...(isTransientStatus(status) && { transient: true as const }) };
}

/** No answer with a status came: a broken connection, a malformed or stalled answer, or an error of the CLI's own. */
function judgeWithoutStatus(
  { apiError, terminalReason, stopReason }: FinalResult,
  apiErrorKind: string | undefined,
): Judgement {
  const broken = apiError === 'connection_failed' || apiErrorKind === 'server_error';
  const malformed =
    apiErrorKind === 'unknown' && terminalReason === 'api_error' && apiError === null && stopReason !== 'refusal';
  return { ending: failed('claude-error'), ...((broken || malformed) && { transient: true as const }) };
}

function statusReason(status: number): FailureReason {
  if (status === 429) return 'rate-limited';
  if (status === 529) return 'overloaded';
  // 402 is a matter of the account that the credential belongs to.
  if (status === 401 || status === 402 || status === 403) return 'auth';
  if (status === 408 || status === 409 || status >= 500) return 'claude-error';
  return 'invalid-request';
}

function isTransientStatus(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/** White space, and what shows as nothing at all: control and format characters. */
function isInvisible(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}]*$/u.test(text);
}

function failed(reason: FailureReason): AttemptEnding {
  return { status: 'failed', reason };
}

/** Undefined when the signal was ours: only a foreign one makes 128 + n. */
function signalNumber({ exit, stopCause }: OutcomeOptions['end']): number | undefined {
  if (exit.signal === null || stopCause !== undefined) return undefined;
  return constants.signals[exit.signal as NodeJS.Signals];
}

function shortened(message: string | undefined): string | undefined {
  if (message === undefined || message.length <= messageLimit) return message;
  return `${message.slice(0, messageLimit)}…`;
}

function defined<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

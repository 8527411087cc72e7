import { constants } from 'node:os';
import type { AttemptOutcome, Refusal } from '../../model/attempt.ts';
import { compact } from '../../model/compact.ts';
import type { FinalResult } from '../../model/conversation.ts';
import { errorCode, errorMessage, internalErrorMessage } from '../../model/errors.ts';
import type { StopCause } from '../../model/event.ts';
import type { ChildExit, FailureCause, FailureReason } from '../../model/result.ts';
import { exitCodeOf } from '../../model/result.ts';
import { totalUsage } from '../../model/usage.ts';
import type { ChildEnd } from '../../process/child-request.ts';
import { resourceErrors } from '../../process/launcher.ts';
import { firstBytes, firstUnits } from '../../text/cut-text.ts';
import { judgeExit, judgePlain } from '../plain/judge.ts';
import { outputLimitBytes } from '../plain/plain-output.ts';
import type { Transcript } from './output-reader.ts';
import { credentialRefusal, exhaustedLimit, rejectedLimit } from './refusal.ts';
import { waysWithoutAnswer } from './without-answer.ts';

/** Inputs of the verdict over one attempt: typed messages and the exit, never text. */
export interface OutcomeOptions {
  readonly end: Extract<ChildEnd, { kind: 'exited' }>;
  readonly transcript: Transcript;
  /** Structured output was asked for. */
  readonly schemaGiven: boolean;
  /** Denied tools fail the process (`on-denied: fail`). */
  readonly denialsFail: boolean;
  /** US dollars that this attempt was allowed to spend. */
  readonly ceilingUsd?: number | undefined;
  /** Milliseconds that it was given, in all and without a sign of life. */
  readonly limits?: Readonly<Partial<Record<StopCause, number | undefined>>>;
  /** The time by the wall clock. */
  readonly now: Date;
}

type AttemptEnding = AttemptOutcome['ending'];

interface Judgement {
  readonly ending: AttemptEnding;
  readonly transient?: true;
  readonly refusal?: Refusal | undefined;
  readonly message?: string | undefined;
  readonly cause?: FailureCause | undefined;
}

const messageLimit = 500;

/** The verdict over one attempt. */
export function outcomeOf(options: OutcomeOptions): AttemptOutcome {
  const { end, transcript } = options;
  const { ending, transient = false, refusal, message, cause } = judge(options);
  const full = transcript.plain?.text ?? transcript.result?.output ?? transcript.lastText;
  const bytes = Buffer.from(full);
  const outputTruncated = transcript.plain?.isTruncated ?? bytes.length > outputLimitBytes;
  const { result } = transcript;
  return {
    ending,
    transient,
    resourceExhausted: false,
    toolsRan: transcript.toolsRan,
    exitCode: exitCodeOf(ending, end.exit, signalNumber(end)),
    childExit: end.exit,
    output: outputTruncated ? firstBytes(bytes, outputLimitBytes) : full,
    outputTruncated,
    stderr: transcript.stderr,
    permissionDenials: transcript.permissionDenials,
    mcpFaults: transcript.mcpFaults,
    killedAfterResult: end.stopCause !== undefined && ending.status === 'succeeded',
    ...compact({
      limitMs: ending.status === 'timed-out' ? options.limits?.[ending.reason] : undefined,
      survivorsKilled: end.survivorsKilled,
      message: message === undefined ? undefined : shortened(message),
      refusal,
      cause,
      retryAfterMs: transcript.retryAfterMs,
      conversationId: result?.conversationId || transcript.conversationId,
      model: result?.model ?? transcript.model,
      // By model the CLI counts all that it pays for: sub-agents, answers that were cut off or cost too much.
      usage: totalUsage(result?.usageByModel) ?? result?.usage,
      usageByModel: result?.usageByModel,
      costUsd: result?.costUsd,
      numTurns: result?.numTurns,
      structuredOutput: result?.structuredOutput,
    }),
  };
}

/** An attempt whose child could not be started, or whose preparation failed. */
export function failedToStart(reason: FailureReason, message: string, resourceExhausted = false): AttemptOutcome {
  return {
    ending: { status: 'failed', reason },
    transient: false,
    resourceExhausted,
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

/** Whether the service refused a request for a mark in it: only then is the error 400 about a field of this name. */
export function isMarkRefused({ ending, message = '' }: AttemptOutcome): boolean {
  return ending.reason === 'invalid-request' && message.includes('cache_control');
}

/** An attempt that could not be prepared. What the machine is short of may be there in a moment. */
export function failureOf(error: unknown, processName: string): AttemptOutcome {
  const code = errorCode(error);
  if (code === undefined) return failedToStart('internal-error', internalErrorMessage(error));
  return failedToStart(
    'spawn-error',
    `${processName} could not be prepared: ${errorMessage(error)}`,
    resourceErrors.has(code),
  );
}

function judge(options: OutcomeOptions): Judgement {
  const { end, transcript } = options;
  if (end.stopCause !== undefined && !end.resultFirst)
    return { ending: stopEnding(end.stopCause), ...stopMessage(transcript) };
  if (transcript.plain !== undefined) return judgePlain(end.exit, transcript.plain, transcript.stderr);
  if (transcript.result === undefined) return judgeSilence(end.exit, transcript);
  return judgeResult(transcript.result, options);
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

/** Names the tool that ran when a process was stopped, since a slow tool is the likely cause. */
function stopMessage({ runningTool }: Transcript): { readonly message?: string } {
  if (runningTool === undefined) return {};
  const { name, subject } = runningTool;
  return { message: subject === '' ? `while ${name} ran` : `while ${name} ran: ${subject}` };
}

function judgeSilence(exit: ChildExit, transcript: Transcript): Judgement {
  const { stderr, unreadBytes } = transcript;
  const limit = exit.code === null || exit.code === 0 ? undefined : rejectedLimit(transcript);
  if (limit !== undefined) return { ending: failed('quota'), refusal: limit, message: 'the usage limit is used up' };
  if (exit.signal !== null || exit.code !== 0) return judgeExit(exit, stderr);
  const unread = unreadBytes === undefined ? '' : `; a line of ${unreadBytes} bytes was too long to be read`;
  return { ending: failed('no-result'), message: `it exited with 0 but without a result${unread}` };
}

function judgeResult(result: FinalResult, options: OutcomeOptions): Judgement {
  const { end, transcript, denialsFail, now } = options;
  const run = { ...options, result };
  const row = waysWithoutAnswer.find(({ applies }) => applies(run));
  const { exit, stopCause } = end;
  const isBadExit = stopCause === undefined && (exit.signal !== null || exit.code !== 0);
  // A bad exit is the better explanation of an answer that is merely missing.
  if (isBadExit && (row === undefined || !row.isExplicit)) return judgeExit(exit, transcript.stderr);
  if (row !== undefined) {
    return {
      ending: failed(row.reason),
      message: row.message(run),
      refusal: refusalOf(row.reason, { result, transcript, now }),
      cause: row.cause?.(run),
      ...(row.isTransient && { transient: true as const }),
    };
  }
  if (denialsFail && transcript.permissionDenials.length > 0) {
    const tools = [...new Set(transcript.permissionDenials.map(({ toolName }) => toolName))].join(', ');
    return { ending: failed('denied'), message: `denied: ${tools} (on-denied is "fail")` };
  }
  return { ending: { status: 'succeeded' } };
}

/** The part of a refusal that concerns other processes of the session. */
function refusalOf(
  reason: FailureReason,
  { result, transcript, now }: { readonly result: FinalResult; readonly transcript: Transcript; readonly now: Date },
): Refusal | undefined {
  if (reason === 'auth') return credentialRefusal(result, transcript);
  return reason === 'quota' ? exhaustedLimit(result, transcript, now) : undefined;
}

function failed(reason: FailureReason): AttemptEnding {
  return { status: 'failed', reason };
}

/** Undefined when the signal was ours: only a foreign one makes 128 + n. */
function signalNumber({ exit, stopCause }: OutcomeOptions['end']): number | undefined {
  if (exit.signal === null || stopCause !== undefined) return undefined;
  return constants.signals[exit.signal as NodeJS.Signals];
}

/** The beginning of a message, never half a character. */
function shortened(message: string): string {
  return message.length <= messageLimit ? message : `${firstUnits(message, messageLimit)}…`;
}

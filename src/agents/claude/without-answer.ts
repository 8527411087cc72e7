import type { FinalResult } from '../../model/conversation.ts';
import type { FailureCause, FailureReason } from '../../model/result.ts';
import { costText } from '../../text/format.ts';
import { isInvisible } from '../../text/plain-text.ts';
import { credentialRefusal, exhaustedLimit } from './refusal.ts';
import { type ConversationFacts, isFailure } from './transcript.ts';

/** One run of the CLI that ended with a result, read from typed fields. */
export interface RunWithResult {
  readonly result: FinalResult;
  readonly transcript: ConversationFacts;
  /** Structured output was asked for. */
  readonly schemaGiven: boolean;
  /** US dollars that it was allowed to spend by itself. */
  readonly ceilingUsd?: number | undefined;
}

/** One way in which a run ends without an answer of the model. */
export interface WayWithoutAnswer {
  /** Names the way; its test against the real CLI has the same title. */
  readonly way: string;
  readonly applies: (run: RunWithResult) => boolean;
  readonly reason: FailureReason;
  /** Which of the causes that share the reason. */
  readonly cause?: (run: RunWithResult) => FailureCause | undefined;
  readonly message: (run: RunWithResult) => string;
  /** The CLI says so itself; otherwise the answer is merely missing. */
  readonly isExplicit: boolean;
  /** The same attempt may well succeed later. */
  readonly isTransient?: boolean;
}

type Row = Omit<WayWithoutAnswer, 'isExplicit'>;

/** The CLI's own explanation. Limits come with errors, and without a text. */
const explanation = ({ result }: RunWithResult): string => result.errors.join('; ') || result.text;

const endedBy =
  (...reasons: readonly string[]) =>
  ({ result }: RunWithResult): boolean =>
    result.terminalReason !== null && reasons.includes(result.terminalReason);

const failedBy =
  (subtype: string, terminalReason: string) =>
  (run: RunWithResult): boolean =>
    run.result.subtype === subtype || endedBy(terminalReason)(run);

const withStatus =
  (...statuses: readonly number[]) =>
  ({ result }: RunWithResult): boolean =>
    isFailure(result) && result.apiErrorStatus !== null && statuses.includes(result.apiErrorStatus);

const byHooks: readonly Row[] = [
  {
    way: 'a hook refuses the prompt',
    applies: ({ transcript }) => transcript.promptRefusal !== undefined,
    reason: 'blocked-by-hook',
    message: ({ transcript }) => `a hook refused the prompt: ${transcript.promptRefusal}`,
  },
  {
    way: 'a hook ends the run',
    applies: endedBy('hook_stopped'),
    reason: 'blocked-by-hook',
    message: () => 'a hook ended the run (continue: false) before the model answered',
  },
  {
    way: 'a hook denies a tool and interrupts the run',
    applies: (run) => endedBy('aborted_tools')(run) && run.transcript.hookDenial !== undefined,
    reason: 'blocked-by-hook',
    message: ({ transcript }) => `a hook denied a tool and interrupted the run: ${transcript.hookDenial}`,
  },
  {
    way: 'a hook puts a tool off',
    applies: (run) =>
      run.result.deferredTool !== undefined || endedBy('tool_deferred', 'tool_deferred_unavailable')(run),
    reason: 'blocked-by-hook',
    message: ({ result }) =>
      `a hook put off the tool ${result.deferredTool ?? ''} (permissionDecision: defer), and nobody is there to decide`,
  },
  {
    way: 'hooks refuse every end of the turn',
    applies: ({ transcript }) => transcript.isStopRefused,
    reason: 'blocked-by-hook',
    message: () => 'a Stop hook refused the end of the turn again and again, until Claude Code gave up',
  },
];

const byLimits: readonly Row[] = [
  {
    way: 'the turns are used up',
    applies: failedBy('error_max_turns', 'max_turns'),
    reason: 'max-turns',
    message: explanation,
  },
  {
    way: 'the budget is used up',
    applies: failedBy('error_max_budget_usd', 'budget_exhausted'),
    reason: 'budget',
    // The CLI names the limit that it was given, which has what a continued conversation cost before in it.
    message: (run) =>
      run.ceilingUsd === undefined ? explanation(run) : `it reached its ceiling of ${costText(run.ceilingUsd)}`,
  },
  {
    way: 'the tries at the schema are used up',
    applies: failedBy('error_max_structured_output_retries', 'structured_output_retry_exhausted'),
    reason: 'schema-invalid',
    message: explanation,
  },
  {
    way: 'the prompt is too long',
    // The latter two: the CLI refused by itself, before any request.
    applies: endedBy('prompt_too_long', 'blocking_limit', 'rapid_refill_breaker'),
    reason: 'prompt-too-long',
    message: explanation,
  },
];

/** Errors of the API keep the subtype "success"; they differ by status, or else by kind. */
const byErrors: readonly Row[] = [
  {
    way: 'the credential or its account is refused',
    applies: (run) =>
      // 402 is a matter of the account that the credential belongs to.
      withStatus(401, 402, 403)(run) ||
      (isFailure(run.result) && credentialRefusal(run.result, run.transcript) !== undefined),
    reason: 'auth',
    message: explanation,
  },
  {
    way: 'the usage limit of the account is used up',
    // When it resets does not matter here.
    applies: ({ result, transcript }) =>
      isFailure(result) && exhaustedLimit(result, transcript, new Date(0)) !== undefined,
    reason: 'quota',
    message: explanation,
  },
  {
    way: 'there are too many requests',
    applies: withStatus(429),
    reason: 'rate-limited',
    message: explanation,
    isTransient: true,
  },
  {
    way: 'the service is overloaded',
    applies: withStatus(529),
    reason: 'overloaded',
    message: explanation,
    isTransient: true,
  },
  {
    way: 'the service fails',
    applies: (run) => withStatus(408, 409)(run) || (isFailure(run.result) && (run.result.apiErrorStatus ?? 0) >= 500),
    reason: 'claude-error',
    message: explanation,
    isTransient: true,
  },
  {
    way: 'the request is refused',
    applies: ({ result }) => isFailure(result) && result.apiErrorStatus !== null,
    reason: 'invalid-request',
    message: explanation,
  },
  {
    way: 'the connection breaks, or the answer is malformed',
    applies: isBrokenAnswer,
    reason: 'claude-error',
    message: explanation,
    isTransient: true,
  },
  {
    way: 'the run ends in another error',
    applies: ({ result }) => isFailure(result),
    reason: 'claude-error',
    cause: ({ result }) => {
      if (result.stopReason === 'refusal') return 'safety-filter';
      return result.apiError === 'max_output_tokens' ? 'answer-too-long' : undefined;
    },
    message: explanation,
  },
];

const byAbsence: readonly Row[] = [
  {
    way: 'the prompt is a slash command',
    applies: ({ result }) => result.localCommand !== undefined,
    reason: 'empty-output',
    message: ({ result }) => `Claude Code took the prompt for its command /${result.localCommand}: no model was asked`,
  },
  {
    way: 'there is no turn at all',
    applies: ({ result }) => result.numTurns === 0,
    reason: 'empty-output',
    message: () => 'Claude Code ended without asking the model (0 turns)',
  },
  {
    way: 'the schema is never met',
    applies: ({ schemaGiven, result }) => schemaGiven && !hasStructured(result),
    reason: 'schema-invalid',
    message: () => 'Claude Code ended without structured output',
  },
  {
    way: 'there are nothing but tool calls and thoughts',
    applies: (run) => !hasStructured(run.result) && isInvisible(answerOf(run)),
    reason: 'empty-output',
    message: () => 'its answer was empty',
  },
];

/**
 * Every way in which a run of the Claude CLI that came to a result ends without an answer of the model. The first row that
 * applies decides; a run to which none applies has an answer.
 */
export const waysWithoutAnswer: readonly WayWithoutAnswer[] = [
  ...[...byHooks, ...byLimits, ...byErrors].map((row) => ({ ...row, isExplicit: true })),
  ...byAbsence.map((row) => ({ ...row, isExplicit: false })),
];

/** The result names the last block only, which may be a thought; what the model wrote before it is the answer all the same. */
function answerOf({ result, transcript }: RunWithResult): string {
  return result.text || (transcript.isAnswered ? transcript.lastText : '');
}

function hasStructured({ structuredOutput }: FinalResult): boolean {
  return structuredOutput !== undefined && structuredOutput !== null;
}

/** No answer with a status came: a broken connection, or an answer that is malformed or stalled. */
function isBrokenAnswer({ result, transcript: { apiErrorKind } }: RunWithResult): boolean {
  const { apiError, apiErrorStatus, terminalReason, stopReason } = result;
  if (!isFailure(result) || apiErrorStatus !== null) return false;
  const malformed = apiErrorKind === 'unknown' && terminalReason === 'api_error' && apiError === null;
  return apiError === 'connection_failed' || apiErrorKind === 'server_error' || (malformed && stopReason !== 'refusal');
}

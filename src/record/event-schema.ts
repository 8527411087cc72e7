import { z } from 'zod';
import { checkVerdicts, reportedVerdicts, severities } from '../model/finding.ts';
import { failureCauses, reasons } from '../model/result.ts';
import { eventLogSchemaVersion } from '../model/session-files.ts';
import { patterns } from '../model/session-options.ts';
import { freeText, nodeId, processId, sessionId, time } from './field-schemas.ts';
import { shard } from './shard-schema.ts';

const signal = z.string().regex(/^SIG[A-Z0-9]{1,12}$/);
const findingId = z.string().regex(/^[0-9a-f]{16}$/);
/** Far beyond what any session has; a sum of many stays finite, and so is a number in JSON. */
const largestCount = 1e18;
const count = z.number().min(-largestCount).max(largestCount);

const endings = {
  failed: z.enum(reasons.failed),
  'timed-out': z.enum(reasons['timed-out']),
  cancelled: z.enum(reasons.cancelled),
  skipped: z.enum(reasons.skipped),
};

const reason = z.enum([...reasons.failed, ...reasons['timed-out'], ...reasons.cancelled, ...reasons.skipped]);

const usage = z.strictObject({
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
});

const childExit = z.strictObject({ code: z.nullable(count), signal: z.nullable(signal) });
const permissionDenials = z.array(z.strictObject({ toolName: freeText, toolUseId: freeText }));

const answerRole = {
  answerKind: z.exactOptional(z.enum(['findings', 'finding-check'])),
  checkedFinding: z.exactOptional(findingId),
};

/** The path of a log depends on where the session's directory is: `session-ended` says which processes have one. */
const details = {
  processId,
  name: freeText,
  exitCode: count,
  output: freeText,
  stderr: freeText,
  duration: count,
  cause: z.exactOptional(z.enum(failureCauses)),
  timedOutAfter: z.exactOptional(count),
  attempts: count,
  startedAt: z.exactOptional(time),
  endedAt: time,
  message: z.exactOptional(freeText),
  retryAt: z.exactOptional(time),
  conversationId: z.exactOptional(freeText),
  model: z.exactOptional(freeText),
  usage: z.exactOptional(usage),
  usageByModel: z.exactOptional(z.record(freeText, usage)),
  costUsd: z.exactOptional(count),
  numTurns: z.exactOptional(count),
  permissionDenials,
  mcpFaults: z.exactOptional(z.array(z.strictObject({ name: freeText, status: freeText }))),
  structuredOutput: z.exactOptional(z.unknown()),
  ...answerRole,
  childExit: z.exactOptional(childExit),
  killedAfterResult: z.exactOptional(z.literal(true)),
  outputTruncated: z.exactOptional(z.literal(true)),
  continueOnError: z.exactOptional(z.literal(true)),
  offline: z.exactOptional(z.literal(true)),
  resumedFrom: z.exactOptional(sessionId),
};

const result = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('succeeded'), ...details }),
  z.strictObject({ status: z.literal('failed'), reason: endings.failed, ...details }),
  z.strictObject({ status: z.literal('timed-out'), reason: endings['timed-out'], ...details }),
  z.strictObject({ status: z.literal('cancelled'), reason: endings.cancelled, ...details }),
  z.strictObject({ status: z.literal('skipped'), reason: endings.skipped, ...details }),
]);

const totals = z.strictObject({
  total: count,
  succeeded: count,
  failed: count,
  cancelled: count,
  skipped: count,
  denied: count,
  costUsd: count,
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
  durationSeconds: count,
});

const finding = {
  file: freeText,
  line: z.exactOptional(count),
  summary: freeText,
  short_summary: z.exactOptional(freeText),
  failure_scenario: freeText,
  category: z.exactOptional(freeText),
  severity: z.enum(severities),
  verdict: z.exactOptional(z.enum(reportedVerdicts)),
};

const place = z.strictObject({
  path: freeText,
  line: z.exactOptional(count),
  lineHash: z.exactOptional(z.string().regex(/^[0-9a-f]{1,16}:\d{1,9}$/)),
});

const check = z.strictObject({
  processId,
  name: freeText,
  verdict: z.exactOptional(z.enum(checkVerdicts)),
  reason: z.exactOptional(freeText),
});

const mergedFinding = z.strictObject({
  id: findingId,
  ...finding,
  agreement: count,
  reportedBy: z.array(z.strictObject({ processId, name: freeText })),
  wordings: z.array(z.strictObject({ ...finding, processId })),
  checks: z.array(check),
  refuted: z.boolean(),
  place: z.exactOptional(place),
});

const findings = z.strictObject({
  key: freeText,
  counts: z.strictObject({ important: count, nit: count, pre_existing: count, refuted: count }),
  reviewers: count,
  answered: count,
  missing: z.array(
    z.strictObject({
      processId,
      name: freeText,
      status: z.enum(['succeeded', 'failed', 'timed-out', 'cancelled', 'skipped']),
      reason: z.exactOptional(reason),
      retryAt: z.exactOptional(time),
    }),
  ),
  unreadable: count,
  findings: z.array(mergedFinding),
});

const fingerprint = z.record(z.string().regex(/^[a-z-]{1,40}$/), z.string().regex(/^[0-9a-f]{64}$/));

const plannedProcess = z.strictObject({
  processId,
  name: freeText,
  model: z.exactOptional(freeText),
  timeoutMs: z.exactOptional(count),
  maxTurns: z.exactOptional(count),
  maxBudgetUsd: z.exactOptional(count),
  fingerprint: z.exactOptional(fingerprint),
  needs: z.exactOptional(z.array(nodeId)),
  ...answerRole,
});

const policy = z.strictObject({
  failOn: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['any', 'all', 'none']) }),
    z.strictObject({ kind: z.literal('count'), count }),
    z.strictObject({ kind: z.literal('share'), percent: count }),
  ]),
  onDenied: z.enum(['warn', 'fail', 'ignore']),
  maxWorkers: count,
  retries: count,
  idleTimeoutMs: z.exactOptional(count),
  totalTimeoutMs: z.exactOptional(count),
  maxBudgetUsd: z.exactOptional(count),
});

/** `seq` counts from 1 in each run; `t` is in milliseconds since the run began, by a clock that is never set. */
const head = { schemaVersion: z.exactOptional(z.literal(eventLogSchemaVersion)), seq: count, t: count, at: time };
const ofAttempt = { processId, attempt: count };

/**
 * A line of `events.jsonl`: every event but live ones (raw output, messages, heartbeats). It holds no path of ours: who reads
 * it knows where it lies. The first line of each run has the version.
 */
export const eventLine = z.discriminatedUnion('type', [
  z.strictObject({
    ...head,
    type: z.literal('session-started'),
    sessionId,
    title: z.exactOptional(freeText),
    pattern: z.enum(patterns),
    processes: z.array(plannedProcess),
    groups: z.exactOptional(
      z.array(z.strictObject({ id: nodeId, needs: z.array(nodeId), fingerprint: z.exactOptional(fingerprint) })),
    ),
    policy: z.exactOptional(policy),
    shard: z.exactOptional(shard),
    trust: z.strictObject({ level: z.enum(['trusted', 'untrusted']), why: freeText }),
    offline: z.boolean(),
    executable: freeText,
  }),
  z.strictObject({
    ...head,
    type: z.literal('notice'),
    level: z.enum(['info', 'warning']),
    message: freeText,
    processId: z.exactOptional(processId),
    starts: z.exactOptional(z.enum(['held', 'stopped'])),
    until: z.exactOptional(time),
  }),
  z.strictObject({
    ...head,
    type: z.literal('processes-added'),
    processes: z.array(plannedProcess),
    into: z.exactOptional(nodeId),
  }),
  z.strictObject({ ...head, type: z.literal('process-started'), ...ofAttempt, pid: z.exactOptional(count) }),
  z.strictObject({
    ...head,
    type: z.literal('process-phase'),
    ...ofAttempt,
    phase: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.enum(['working', 'limited']) }),
      z.strictObject({ kind: z.literal('tool'), tool: freeText }),
    ]),
  }),
  z.strictObject({
    ...head,
    type: z.literal('process-stopping'),
    ...ofAttempt,
    cause: z.enum(['timeout', 'idle-timeout', 'cancelled', 'deadline', 'hang-after-result', 'internal-error']),
    signal,
  }),
  z.strictObject({
    ...head,
    type: z.literal('process-retrying'),
    ...ofAttempt,
    reason,
    message: z.exactOptional(freeText),
    delayMs: count,
  }),
  z.strictObject({
    ...head,
    type: z.literal('process-attempt-ended'),
    ...ofAttempt,
    status: z.enum(['succeeded', 'failed', 'timed-out', 'cancelled']),
    reason: z.exactOptional(reason),
    childExit: z.exactOptional(childExit),
    costUsd: z.exactOptional(count),
    chargedUsd: z.exactOptional(count),
    usage: z.exactOptional(usage),
    usageByModel: z.exactOptional(z.record(freeText, usage)),
    permissionDenials,
    retryAt: z.exactOptional(time),
    survivorsKilled: z.exactOptional(count),
  }),
  z.strictObject({ ...head, type: z.literal('process-ended'), result }),
  z.strictObject({ ...head, type: z.literal('session-interrupted'), signal: z.string().regex(/^[\w -]{1,64}$/) }),
  z.strictObject({
    ...head,
    type: z.literal('session-ended'),
    conclusion: z.enum(['success', 'failure', 'cancelled', 'skipped']),
    verdict: freeText,
    /** In the order given; the results themselves are in `process-ended`. */
    results: z.array(
      z.strictObject({
        processId,
        hasLog: z.exactOptional(z.literal(true)),
        logIncomplete: z.exactOptional(z.literal(true)),
      }),
    ),
    totals,
    retryAt: z.exactOptional(time),
    findings: z.exactOptional(findings),
  }),
]);

type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

/** A line of `events.jsonl`. */
export type EventLine = Frozen<z.infer<typeof eventLine>>;

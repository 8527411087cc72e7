import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import type { ConversationEntry } from '../../src/model/conversation.ts';
import type { EnsembleFact } from '../../src/model/event.ts';
import type { Ending, ProcessResult } from '../../src/model/result.ts';
import { hostileValue } from './hostile-data.ts';
import { hostileBytes, hostileText } from './hostile-text.ts';
import { type ListPattern, listPatterns } from './plan.ts';
import { processResult } from './results.ts';
import { finalResult, processEnded, sessionEnded, sessionStarted } from './session-events.ts';

/** What happened in a session whose every word is hostile. */
export interface HostileSession {
  readonly facts: readonly EnsembleFact[];
  readonly results: readonly ProcessResult[];
  readonly pattern: ListPattern;
}

const endings: fc.Arbitrary<Ending> = fc.constantFrom<Ending>(
  { status: 'succeeded' },
  { status: 'succeeded' },
  { status: 'failed', reason: 'claude-error' },
  { status: 'timed-out', reason: 'idle-timeout' },
  { status: 'cancelled', reason: 'deadline' },
  { status: 'skipped', reason: 'earlier-failure' },
);

/** As far as the numbers of a child's messages are read, and some below. */
const number = fc.oneof(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.constantFrom(0, -1, 1e12, 1e-7));
const denials = fc.array(fc.record({ toolName: hostileText, toolUseId: hostileText }), { maxLength: 3 });

const details = fc.record({
  ending: endings,
  name: hostileText,
  output: hostileText,
  stderr: hostileText,
  message: fc.option(hostileText, { nil: undefined }),
  model: hostileText,
  permissionDenials: denials,
  structuredOutput: fc.option(hostileValue, { nil: undefined }),
  figures: fc.tuple(number, number, number),
});

/** A process's end with hostile words and figures. */
function resultOf(id: string, given: typeof details extends fc.Arbitrary<infer T> ? T : never): ProcessResult {
  const { ending, figures, message, structuredOutput, ...texts } = given;
  const [costUsd, inputTokens, outputTokens] = figures;
  return processResult(id, ending, {
    ...texts,
    costUsd,
    usage: { inputTokens, outputTokens, cacheReadTokens: inputTokens, cacheWriteTokens: outputTokens },
    ...(message !== undefined && { message }),
    ...(structuredOutput !== undefined && { structuredOutput }),
  });
}

const entry: fc.Arbitrary<ConversationEntry> = fc.oneof<fc.Arbitrary<ConversationEntry>[]>(
  fc.record({ kind: fc.constant('init'), conversationId: hostileText, model: hostileText, cliVersion: hostileText }),
  fc.record({ kind: fc.constant('text'), text: hostileText }),
  fc.record({ kind: fc.constant('thinking'), text: hostileText }),
  fc.record({ kind: fc.constant('tool-use'), id: hostileText, name: hostileText, input: hostileValue }),
  fc.record({
    kind: fc.constant('tool-use'),
    id: hostileText,
    name: hostileText,
    input: fc.record({ command: hostileText }),
  }),
  fc.record({ kind: fc.constant('tool-result'), toolUseId: hostileText, text: hostileText, isError: fc.boolean() }),
  fc.record({ kind: fc.constant('permission-denied'), toolName: hostileText, message: hostileText }),
  fc.record({
    kind: fc.constant('api-retry'),
    attempt: number,
    maxRetries: number,
    delayMs: number,
    status: fc.oneof(number, fc.constant(null)),
    error: hostileText,
  }),
  fc.record({ kind: fc.constant('model-fallback'), from: hostileText, to: hostileText }),
  fc
    .record({
      text: hostileText,
      subtype: hostileText,
      isError: fc.boolean(),
      error: hostileText,
      figure: number,
      denials,
    })
    .map(({ text, subtype, isError, error, figure, denials: permissionDenials }) =>
      finalResult(text, { subtype, isError, errors: [error], numTurns: figure, costUsd: figure, permissionDenials }),
    ),
);

/** Something that happens to one of the processes. */
const happening: fc.Arbitrary<(processId: string) => EnsembleFact> = fc.oneof(
  entry.map(
    (said) =>
      (processId: string): EnsembleFact => ({ type: 'process-message', processId, attempt: 1, entry: said }),
  ),
  fc
    .tuple(
      hostileBytes,
      fc.constantFrom('stdout' as const, 'stderr' as const),
      fc.constantFrom('plain' as const, 'stream-json' as const),
    )
    .map(
      ([bytes, stream, format]) =>
        (processId: string): EnsembleFact => ({
          type: 'process-output',
          processId,
          attempt: 1,
          stream,
          format,
          bytes: Buffer.from(bytes),
        }),
    ),
  fc.tuple(hostileText, fc.boolean()).map(
    ([message, isOfProcess]) =>
      (processId: string): EnsembleFact => ({
        type: 'notice',
        level: 'warning',
        message,
        ...(isOfProcess && { processId }),
      }),
  ),
  fc.tuple(hostileText, number).map(
    ([message, delayMs]) =>
      (processId: string): EnsembleFact => ({
        type: 'process-retrying',
        processId,
        attempt: 1,
        reason: 'overloaded',
        message,
        delayMs,
      }),
  ),
  fc.constant(
    (processId: string): EnsembleFact => ({
      type: 'process-stopping',
      processId,
      attempt: 1,
      cause: 'timeout',
      signal: 'SIGTERM',
    }),
  ),
);

/** A session of some processes, from its start to its end. */
export const hostileSession: fc.Arbitrary<HostileSession> = fc
  .record({
    ends: fc.array(details, { minLength: 1, maxLength: 4 }),
    happenings: fc.array(fc.tuple(fc.nat(3), happening), { maxLength: 12 }),
    pattern: fc.constantFrom(...listPatterns),
    why: hostileText,
    executable: hostileText,
    offline: fc.boolean(),
  })
  .map(({ ends, happenings, pattern, why, executable, offline }) => {
    const results = ends.map((end, index) => resultOf(`p${index}`, end));
    const introductions = results.map(({ processId, name }) => ({ processId, name }));
    const trust = { level: 'untrusted', why } as const;
    const started = sessionStarted([], { processes: introductions, pattern, trust, executable, offline });
    return {
      results,
      pattern,
      facts: [
        started,
        ...results.map(({ processId }): EnsembleFact => ({ type: 'process-started', processId, attempt: 1, pid: 7 })),
        ...happenings.map(([place, happen]) => happen(`p${place % results.length}`)),
        { type: 'heartbeat', running: introductions, waiting: 0, done: 0 },
        ...results.map(processEnded),
        sessionEnded(results),
      ],
    };
  });

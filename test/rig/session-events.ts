import { Buffer } from 'node:buffer';
import type { FinalResult } from '../../src/model/conversation.ts';
import type { EnsembleFact, Sink } from '../../src/model/event.ts';
import type { ProcessResult } from '../../src/model/result.ts';
import { judgeSession } from '../../src/session/verdict.ts';

type FactOf<Type extends EnsembleFact['type']> = Extract<EnsembleFact, { readonly type: Type }>;

/** The time of every event below, unless told otherwise. */
export const eventTime = '2026-11-22T10:20:30.456Z';

/** Hands facts to sinks as the engine does: one after the other, each taken by all before the next. */
export async function play(sinks: readonly Sink[], facts: readonly EnsembleFact[]): Promise<void> {
  for (const fact of facts) await Promise.all(sinks.map((sink) => sink.handle({ ...fact, at: eventTime })));
}

/** Closes sinks as the engine does after the last event. */
export async function closeAll(sinks: readonly Sink[]): Promise<void> {
  await Promise.all(sinks.map((sink) => sink.close?.()));
}

/** The first event of a session of processes with these ids. */
export function sessionStarted(
  ids: readonly string[],
  overrides: Partial<FactOf<'session-started'>> = {},
): FactOf<'session-started'> {
  return {
    type: 'session-started',
    sessionId: '20261122-102030-456-0123abcd',
    directory: '/logs/20261122-102030-456-0123abcd',
    pattern: 'parallel',
    processes: ids.map((id) => ({ processId: id, name: id })),
    trust: { level: 'trusted', why: 'a push' },
    offline: false,
    executable: 'Claude Code 2.1.330 at /usr/bin/claude',
    ...overrides,
  };
}

/** The last event of a session with these results. */
export function sessionEnded(
  results: readonly ProcessResult[],
  overrides: Partial<FactOf<'session-ended'>> = {},
): FactOf<'session-ended'> {
  const verdict = judgeSession({ succeeds: 'by-fail-on', failOn: { kind: 'any' }, results, durationSeconds: 12 });
  return { type: 'session-ended', ...verdict, results, ...overrides };
}

/** What a process is given to read. */
export function processPrompt(processId: string, prompt: string, received = prompt): EnsembleFact {
  return { type: 'process-prompt', processId, prompt, received };
}

/** The start of one attempt. */
export function processStarted(processId: string, attempt = 1): EnsembleFact {
  return { type: 'process-started', processId, attempt, pid: 4_711 };
}

/** Bytes that a process wrote. */
export function processOutput(
  processId: string,
  bytes: string | Uint8Array,
  { stream = 'stdout', format = 'stream-json', attempt = 1 }: Partial<FactOf<'process-output'>> = {},
): EnsembleFact {
  return { type: 'process-output', processId, attempt, stream, format, bytes: Buffer.from(bytes) };
}

/** Something that Claude said. */
export function processMessage(
  processId: string,
  entry: FactOf<'process-message'>['entry'],
  attempt = 1,
): EnsembleFact {
  return { type: 'process-message', processId, attempt, entry };
}

/** A final message of the CLI. */
export function finalResult(text: string, overrides: Partial<FinalResult> = {}): FinalResult {
  return {
    kind: 'result',
    subtype: 'success',
    isError: false,
    text,
    output: text,
    errors: [],
    apiErrorStatus: null,
    apiError: null,
    terminalReason: 'completed',
    stopReason: 'end_turn',
    conversationId: 'ead22331-b203-403f-9d63-d72b604e9f66',
    numTurns: 2,
    costUsd: 0.0123,
    permissionDenials: [],
    ...overrides,
  };
}

/** A failed attempt that is followed by another. */
export function processRetrying(processId: string, attempt = 1): EnsembleFact {
  return {
    type: 'process-retrying',
    processId,
    attempt,
    reason: 'overloaded',
    message: 'the API said 529',
    delayMs: 5_000,
  };
}

/** The end of a process. */
export function processEnded(result: ProcessResult): EnsembleFact {
  return { type: 'process-ended', result };
}

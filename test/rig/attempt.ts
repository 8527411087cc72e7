import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { AttemptContext } from '../../src/agents/claude/attempt.ts';
import { runAttempt } from '../../src/agents/claude/attempt.ts';
import type { AttemptOutcome } from '../../src/model/attempt.ts';
import type { EnsembleFact } from '../../src/model/event.ts';
import type { DataBlock, ProcessSpec } from '../../src/model/plan.ts';
import type { Redactor } from '../../src/model/redactor.ts';
import { ReadAhead } from '../../src/process/read-ahead.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import { defaultTimings } from '../../src/process/timings.ts';
import { openMessages } from './message-stream.ts';
import { processSpec } from './results.ts';

/** A redactor that knows no secret. */
export const plainRedactor: Redactor = {
  text: (text) => text,
  payload: (data) => data,
  stream: () => ({ push: (bytes) => bytes, end: () => new Uint8Array() }),
  messages: () => openMessages,
};

/** One attempt under test. */
export interface TestAttempt {
  readonly outcome: Promise<AttemptOutcome>;
  readonly facts: readonly EnsembleFact[];
  readonly stop: AbortController;
  readonly kill: AbortController;
}

/** What a test may choose. */
export interface TestAttemptOptions {
  readonly executable: string;
  readonly kind?: AttemptContext['executable']['kind'];
  readonly process?: Partial<ProcessSpec>;
  readonly passed?: readonly DataBlock[];
  readonly context?: Partial<AttemptContext>;
}

/** Starts one attempt as a session would. */
export function startAttempt({ executable, kind = 'claude', ...options }: TestAttemptOptions): TestAttempt {
  const facts: EnsembleFact[] = [];
  const stop = new AbortController();
  const kill = new AbortController();
  const outcome = runAttempt(
    {
      process: processSpec('p1', options.process),
      passed: options.passed ?? [],
      attempt: 1,
      onStarted: () => undefined,
    },
    {
      executable: { path: executable, kind },
      trust: { level: 'trusted', why: 'a test' },
      context: [],
      denialsFail: false,
      environment: { environment: process.env, credentials: {}, passEnv: [] },
      logDirectory: '/logs',
      temporaryBase: join(tmpdir(), 'claude-ensemble-test', randomUUID()),
      ownConfiguration: false,
      stop: stop.signal,
      kill: kill.signal,
      redactor: plainRedactor,
      emit: (fact) => {
        facts.push(fact.type === 'process-output' ? { ...fact, bytes: fact.bytes.slice() } : fact);
        return Promise.resolve();
      },
      clock: systemClock,
      timings: defaultTimings,
      readAhead: new ReadAhead(),
      ...options.context,
    },
  );
  return { outcome, facts, stop, kill };
}

import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { ClaudeSession } from '../../src/agents/claude/claude-session.ts';
import { claudeConnection } from '../../src/agents/claude/connection.ts';
import { FileChanges } from '../../src/agents/claude/file-changes.ts';
import { failedToStart } from '../../src/agents/claude/outcome.ts';
import { SharedContext } from '../../src/agents/claude/shared-context.ts';
import type { Connection } from '../../src/model/agent.ts';
import type { AttemptOutcome } from '../../src/model/attempt.ts';
import type { EnsembleFact } from '../../src/model/event.ts';
import type { DataBlock, ProcessSpec } from '../../src/model/plan.ts';
import type { Redactor } from '../../src/model/redactor.ts';
import { ReadAhead } from '../../src/process/read-ahead.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import { defaultTimings } from '../../src/process/timings.ts';
import { PrefixGate } from '../../src/scheduler/prefix-gate.ts';
import { runInSlot } from '../../src/scheduler/slot-run.ts';
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
  readonly kind?: ClaudeSession['executable']['kind'];
  readonly process?: Partial<ProcessSpec>;
  readonly passed?: readonly DataBlock[];
  readonly ceilingUsd?: number;
  readonly context?: Partial<ClaudeSession>;
}

/** A session's connection with an agent, under test. */
export interface TestConnection extends Omit<TestAttempt, 'outcome'> {
  readonly connection: Connection;
}

/** Connects with an executable as a session would. */
export function connectTo({ executable, kind = 'claude', ...options }: TestAttemptOptions): TestConnection {
  const facts: EnsembleFact[] = [];
  const stop = new AbortController();
  const kill = new AbortController();
  const program = { path: executable, kind };
  const shared = new SharedContext({ context: [], promptCaching: 'auto', executable: program, variables: {} });
  const connection = claudeConnection({
    executable: program,
    shared,
    changes: new FileChanges(),
    trust: { level: 'trusted', why: 'a test' },
    context: [],
    denialsFail: false,
    environment: { environment: process.env, credentials: {}, passEnv: [] },
    logDirectory: '/logs',
    temporaryBase: join(tmpdir(), `claude-ensemble-test-${randomUUID()}`),
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
  });
  return { connection, facts, stop, kill };
}

/** Starts one attempt as a session would. */
export function startAttempt(options: TestAttemptOptions): TestAttempt {
  const { connection, ...rest } = connectTo(options);
  const request = {
    process: processSpec('p1', options.process),
    passed: { blocks: options.passed ?? [], omitted: [] },
    attempt: 1,
    onStarted: () => undefined,
    skipSignal: new AbortController().signal,
    ...(options.ceilingUsd !== undefined && { ceilingUsd: options.ceilingUsd }),
  };
  const gate = new PrefixGate(systemClock);
  const outcome = runInSlot(request, { connection, gate }).then(
    (made) => made ?? failedToStart('no-result', 'skipped'),
  );
  return { outcome, ...rest };
}

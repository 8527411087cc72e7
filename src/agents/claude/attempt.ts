import { randomUUID } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { AttemptOutcome } from '../../model/attempt.ts';
import type { Clock } from '../../model/clock.ts';
import type { Emit } from '../../model/event.ts';
import type { DataBlock, TrustDecision } from '../../model/plan.ts';
import type { Redactor } from '../../model/redactor.ts';
import { Child } from '../../process/child.ts';
import { requireDescriptors } from '../../process/descriptors.ts';
import { launcher, newLimitMark, resourceErrors } from '../../process/launcher.ts';
import { markerVariable } from '../../process/process-tree.ts';
import type { ReadAhead } from '../../process/read-ahead.ts';
import type { Timings } from '../../process/timings.ts';
import type { AttemptRequest } from '../../scheduler/process-run.ts';
import { composePrompt } from '../hand-over.ts';
import { commandLine } from './command-line.ts';
import type { ConfigDirectory } from './config-directory.ts';
import { createConfigDirectory } from './config-directory.ts';
import type { ChildEnvironmentOptions } from './environment.ts';
import { childEnvironment } from './environment.ts';
import type { Executable } from './executable.ts';
import { Intake } from './intake.ts';
import { failedToStart, outcomeOf } from './outcome.ts';

/** What all attempts of a session have in common. */
export interface AttemptContext {
  readonly executable: Executable;
  /** Why the executable cannot be started, when that is known before. */
  readonly unusable?: string;
  readonly trust: TrustDecision;
  readonly context: readonly DataBlock[];
  readonly denialsFail: boolean;
  readonly idleTimeoutMs?: number;
  readonly environment: Pick<ChildEnvironmentOptions, 'environment' | 'credentials' | 'passEnv'>;
  /** Gives the stand-in's address for a process; absent when the real model is asked. */
  readonly offlineUrl?: (processId: string) => string;
  /** Offline: whether the prompt is about a subscription. */
  readonly offlineSubscription?: (prompt: string) => boolean;
  /** Absolute base of the logs. */
  readonly logDirectory: string;
  /** Private configuration directories are made here. */
  readonly temporaryBase: string;
  /** The user's own configuration directory and login are used. */
  readonly ownConfiguration: boolean;
  /** Aborted with a `StopCause` when what runs is to be ended. */
  readonly stop: AbortSignal;
  /** Aborted when it is to be killed at once. */
  readonly kill: AbortSignal;
  readonly redactor: Redactor;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly readAhead: ReadAhead;
}

/** Makes one attempt at one process: prepares, starts, listens, and judges. Never rejects. */
export async function runAttempt(request: AttemptRequest, context: AttemptContext): Promise<AttemptOutcome> {
  try {
    const fault = context.unusable ?? (await startFault(context.executable.path, request.process.workingDirectory));
    if (fault !== undefined) return failedToStart('spawn-error', fault);
    using directory = await createConfigDirectory({
      base: context.temporaryBase,
      processId: request.process.id,
      attempt: request.attempt,
      workingDirectory: request.process.workingDirectory,
      trusted: context.trust.level === 'trusted',
    });
    return await listen(request, context, directory);
  } catch (error) {
    return failureOf(error, request);
  }
}

async function listen(
  request: AttemptRequest,
  context: AttemptContext,
  directory: ConfigDirectory,
): Promise<AttemptOutcome> {
  const { process, attempt } = request;
  const { executable, emit } = context;
  const intake = new Intake({
    processId: process.id,
    attempt,
    format: executable.kind === 'unknown' ? 'unknown' : 'stream-json',
    redactor: context.redactor,
    emit,
    onMessage: request.onStarted,
    onResult: () => child.resultSeen(),
    schemaGiven: process.claude.jsonSchema !== undefined,
  });
  requireDescriptors();
  const child: Child = startChild({ request, context, directory, intake });
  using _ = obeying(child, context);
  child.deliver(
    composePrompt({
      prompt: process.prompt,
      context: context.context,
      passed: request.passed,
      own: process.data ?? [],
      boundary: randomUUID(),
    }),
  );
  using __ = startUpOf(request, context);
  // No sink is waited for: it could hold up what ends the child. Emitting never rejects.
  if (child.pid !== undefined) void emit({ type: 'process-started', processId: process.id, attempt, pid: child.pid });
  const end = await child.ended;
  if (end.kind === 'not-started') {
    return failedToStart(
      'spawn-error',
      `${executable.path} could not be started: ${end.message}`,
      resourceErrors.has(end.code),
    );
  }
  return outcomeOf({
    end,
    said: await intake.end(),
    schemaGiven: process.claude.jsonSchema !== undefined,
    denialsFail: context.denialsFail,
    now: context.clock.date(),
  });
}

interface ChildParts {
  readonly request: AttemptRequest;
  readonly context: AttemptContext;
  readonly directory: ConfigDirectory;
  readonly intake: Intake;
}

function startChild({ request, context, directory, intake }: ChildParts): Child {
  const { process, attempt, ceilingUsd } = request;
  const { executable, trust, clock, timings, readAhead, idleTimeoutMs } = context;
  const [marker, limitMark] = [randomUUID(), newLimitMark()];
  const offlineUrl = context.offlineUrl?.(process.id);
  const args = commandLine({
    claude: process.claude,
    trust,
    logDirectory: context.logDirectory,
    offline: offlineUrl !== undefined,
    ...(ceilingUsd !== undefined && { ceilingUsd }),
  });
  const environment = childEnvironment({
    ...context.environment,
    ...(offlineUrl !== undefined && {
      offlineUrl,
      offlineSubscription: context.offlineSubscription?.(process.prompt) === true,
    }),
    ...(!context.ownConfiguration && { configDirectory: directory.config }),
    temporaryDirectory: directory.temporary,
  });
  return new Child({
    command: [...launcher(limitMark), executable.path, ...args] as [string, ...string[]],
    environment: { ...environment, [markerVariable]: marker },
    workingDirectory: process.workingDirectory,
    marker,
    ...(limitMark !== undefined && { limitMark }),
    ...(process.timeoutMs !== undefined && { timeoutMs: process.timeoutMs }),
    ...(idleTimeoutMs !== undefined && { idleTimeoutMs }),
    clock,
    timings,
    readAhead,
    onOutput: (stream, bytes) => intake.take(stream, bytes),
    onStop: (cause, signal) =>
      void context.emit({ type: 'process-stopping', processId: process.id, attempt, cause, signal }),
  });
}

/** Only a CLI says something when its start-up is over; of a plain program nobody knows, so it holds up no other. */
const longestStartMs = 10_000;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Says that the start-up is over where the child does not say it itself. */
function startUpOf({ onStarted }: AttemptRequest, { executable, clock }: AttemptContext): Disposable {
  const cancel = clock.after(executable.kind === 'unknown' ? 0 : longestStartMs, onStarted);
  return { [Symbol.dispose]: cancel };
}

/** Ends the child when the session says so, now or later. */
function obeying(child: Child, { stop, kill }: AttemptContext): Disposable {
  const onStop = (): void => child.stop(stop.reason);
  const onKill = (): void => child.kill('cancelled');
  if (stop.aborted) onStop();
  if (kill.aborted) onKill();
  stop.addEventListener('abort', onStop);
  kill.addEventListener('abort', onKill);
  return {
    [Symbol.dispose]() {
      stop.removeEventListener('abort', onStop);
      kill.removeEventListener('abort', onKill);
    },
  };
}

function failureOf(error: unknown, { process }: AttemptRequest): AttemptOutcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  const pressure = resourceErrors.has(code);
  if (code !== '') return failedToStart('spawn-error', `${process.name} could not be prepared: ${message}`, pressure);
  return failedToStart('internal-error', `Internal error: ${message}`);
}

/** What would be reported wrongly: a missing directory as a missing executable, and this one by a wrapper's exit code. */
async function startFault(executable: string, directory: string): Promise<string | undefined> {
  const stats = await stat(directory).catch(() => undefined);
  const name = `working-directory: ${JSON.stringify(directory)}`;
  if (stats === undefined) return `${name} does not exist, or is out of reach`;
  if (!stats.isDirectory()) return `${name} is not a directory`;
  return isExecutable(executable) ? undefined : `${executable} is not there any more, or not executable`;
}

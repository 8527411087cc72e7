import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Slot, SlotRequest, TaskInput, TaskListener } from '../../model/agent.ts';
import type { AttemptOutcome } from '../../model/attempt.ts';
import { Child } from '../../process/child.ts';
import { requireDescriptors } from '../../process/descriptors.ts';
import { launcher, newLimitMark, resourceErrors } from '../../process/launcher.ts';
import { markerVariable } from '../../process/process-tree.ts';
import { untilIdle } from '../../process/until-idle.ts';
import { composePrompt, type PromptParts } from '../prompt-input.ts';
import type { ClaudeSession } from './claude-session.ts';
import { commandLine } from './command-line.ts';
import type { ConfigDirectory } from './config-directory.ts';
import { childEnvironment } from './environment.ts';
import type { AttemptChanges } from './file-changes.ts';
import { failedToStart, failureOf, isMarkRefused, outcomeOf } from './outcome.ts';
import { OutputReader } from './output-reader.ts';
import { awaitRemoval } from './removal.ts';
import { closeConversation, configOf, type SlotConversation } from './slot-conversation.ts';
import { type TextBlock, userMessage } from './user-message.ts';

/** The parts of a slot. */
export interface SlotParts {
  readonly request: SlotRequest;
  readonly session: ClaudeSession;
  readonly directory: ConfigDirectory;
  readonly conversation: SlotConversation;
}

/** Only a CLI shows when its start-up is over; a plain program does not, so it holds up no other. */
const longestStartMs = 10_000;

/** One child of an agent, from its start to the verdict over its task. */
export class ClaudeSlot implements Slot {
  readonly #parts: SlotParts;
  readonly #child: Child;
  readonly #changes: AttemptChanges;
  readonly #changesBefore: number;
  readonly #place: string;
  #isUsed = false;
  /** The task was sent with the mark of the shared context. */
  #isMarked = false;

  constructor(parts: SlotParts) {
    requireDescriptors();
    this.#parts = parts;
    this.#changes = parts.session.changes.ofAttempt();
    this.#changesBefore = parts.session.changes.count;
    this.#place = placeOf(parts);
    this.#child = startChild(parts);
  }

  get isWaiting(): boolean {
    if (!this.#child.isWaiting) return false;
    const { request, session } = this.#parts;
    return (
      request.isAhead !== true ||
      (session.changes.count === this.#changesBefore && placeOf(this.#parts) === this.#place)
    );
  }

  async run(input: TaskInput, listener: TaskListener): Promise<AttemptOutcome> {
    this.#isUsed = true;
    try {
      return await this.#run(input, listener);
    } catch (error) {
      return failureOf(error, input.process.name);
    } finally {
      this.#changes.end();
      void this.#parts.directory.remove(); // It never rejects, and nobody waits for it.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isUsed) return;
    this.#child.stop('cancelled');
    using _ = forwardStop(this.#child, this.#parts.session);
    await this.#child.ended;
    await awaitRemoval(this.#parts.directory.remove(), this.#parts.session);
  }

  async #run(input: TaskInput, listener: TaskListener): Promise<AttemptOutcome> {
    const { session, request } = this.#parts;
    const { process } = input;
    const child = this.#child;
    const reader = this.#reader(input, listener);
    this.#deliver(input, reader);
    using _ = forwardStop(child, session);
    using __ = input.cancel && forwardStop(child, { stop: input.cancel, kill: session.kill });
    using ___ = this.#startUp(listener);
    const { id: processId } = process;
    const { attempt } = request;
    // No sink is waited for: it could hold up what ends the child. Emitting never rejects.
    if (child.pid !== undefined) void session.emit({ type: 'process-started', processId, attempt, pid: child.pid });
    const end = await child.ended;
    if (end.kind === 'not-started') {
      const message = `${session.executable.path} could not be started: ${end.message}`;
      return failedToStart('spawn-error', message, resourceErrors.has(end.code));
    }
    const outcome = outcomeOf({
      end,
      transcript: await reader.end(),
      schemaGiven: process.claude.jsonSchema !== undefined,
      denialsFail: session.denialsFail,
      ceilingUsd: this.#parts.request.ceilingUsd,
      limits: { timeout: process.timeoutMs, 'idle-timeout': session.idleTimeoutMs },
      now: session.clock.date(),
    });
    const closed = await closeConversation(this.#parts.conversation, outcome, { process, session });
    return this.#isMarked && isMarkRefused(outcome) ? this.#withoutMark(closed) : closed;
  }

  /** The service names what it refuses; the model has not been asked. */
  #withoutMark(outcome: AttemptOutcome): AttemptOutcome {
    this.#parts.session.shared.refuseMark();
    const message = 'prompt-caching: the service refuses marks for its cache; the session goes on without them';
    void this.#parts.session.emit({ type: 'notice', level: 'warning', message });
    return { ...outcome, isAdapted: true };
  }

  startedUp(): Promise<void> {
    const { pid } = this.#child;
    return pid === undefined ? Promise.resolve() : untilIdle(pid, () => this.#child.isWaiting);
  }

  #reader({ process }: TaskInput, { onStarted, onResponding }: TaskListener): OutputReader {
    const { session, request } = this.#parts;
    return new OutputReader({
      processId: process.id,
      attempt: request.attempt,
      format: session.executable.kind === 'unknown' ? 'unknown' : 'stream-json',
      redactor: session.redactor,
      emit: session.emit,
      onMessage: onStarted,
      ...(onResponding !== undefined && { onResponding }),
      onEntry: (entry) => this.#changes.take(entry),
      onResult: () => this.#child.resultSeen(),
      schemaGiven: process.claude.jsonSchema !== undefined,
    });
  }

  #deliver({ process, passed }: TaskInput, reader: OutputReader): void {
    const { session, request } = this.#parts;
    const { idleTimeoutMs, context, emit } = session;
    const { attempt } = request;
    const { prompt, data: own = [] } = process;
    const isContinued = this.#parts.conversation.continued !== undefined;
    // A conversation that goes on has the context already.
    const parts = { prompt, context: isContinued ? [] : context, passed, own, boundary: randomUUID() };
    // The context is reported once, for all processes.
    const received = composePrompt({ ...parts, context: [] });
    if (attempt === 1) void emit({ type: 'process-prompt', processId: process.id, prompt, received });
    this.#isMarked = sharedBlock(this.#parts)?.cache_control !== undefined;
    this.#child.deliver({
      input: inputOf(parts, this.#parts),
      ...(process.timeoutMs !== undefined && { timeoutMs: process.timeoutMs }),
      ...(idleTimeoutMs !== undefined && { idleTimeoutMs }),
      onOutput: (stream, bytes) => reader.take(stream, bytes),
      onStop: (cause, signal) => {
        reader.stopping();
        void emit({ type: 'process-stopping', processId: process.id, attempt, cause, signal });
      },
    });
  }

  /** Says that the start-up is over where the child does not say it itself. */
  #startUp({ onStarted }: TaskListener): Disposable {
    const { executable, clock } = this.#parts.session;
    const cancel = clock.after(executable.kind === 'unknown' ? 0 : longestStartMs, onStarted);
    return { [Symbol.dispose]: cancel };
  }
}

/** Identity of the working directory; it changes when another directory takes its name after the child was started. */
function placeOf({ request: { process } }: SlotParts): string {
  try {
    const { dev, ino } = statSync(process.workingDirectory);
    return `${dev}:${ino}`;
  } catch {
    return '';
  }
}

/** Only the CLI reads messages; everything else gets the prompt as plain text. */
function inputFormat(parts: SlotParts): 'text' | 'stream-json' {
  const { request, session, conversation } = parts;
  const isMessage =
    request.isAhead === true || conversation.continued !== undefined || sharedBlock(parts) !== undefined;
  return isMessage && session.executable.kind === 'claude' ? 'stream-json' : 'text';
}

/** The context as a block of its own, unless what is continued has it already. */
function sharedBlock({ session, conversation }: SlotParts): TextBlock | undefined {
  return conversation.continued === undefined ? session.shared.block : undefined;
}

/** The shared context, then a block with a boundary of its own: who has seen one boundary cannot close another's block. */
function inputOf(parts: PromptParts, slot: SlotParts): string {
  const block = sharedBlock(slot);
  if (inputFormat(slot) === 'text') return composePrompt(parts);
  if (block === undefined) return userMessage([{ type: 'text', text: composePrompt(parts) }]);
  return userMessage([block, { type: 'text', text: composePrompt({ ...parts, context: [] }) }]);
}

function startChild(parts: SlotParts): Child {
  const { request, session, directory, conversation } = parts;
  const { recorded, continued } = conversation;
  const { process, ceilingUsd } = request;
  const { executable, trust, clock, timings, readAhead, offline } = session;
  const [marker, limitMark] = [randomUUID(), newLimitMark()];
  const standIn = offline?.(process);
  const args = commandLine({
    claude: process.claude,
    trust,
    logDirectory: session.logDirectory,
    offline: standIn !== undefined,
    input: inputFormat(parts),
    isPartial: session.shared.isWorthWaiting,
    ...(recorded !== undefined && { recordedAs: recorded.id }),
    ...(continued !== undefined && { continues: continued.file }),
    ...(session.recordings !== undefined && { recordingsBase: session.temporaryBase }),
    ...(session.recordings !== undefined &&
      session.ownConfiguration && { ownConfiguration: configOf(session, directory) }),
    ...(ceilingUsd !== undefined && { ceilingUsd }),
  });
  const environment = childEnvironment({
    ...session.environment,
    ...(standIn !== undefined && { offlineUrl: standIn.url, offlineSubscription: standIn.isSubscription }),
    ...(!session.ownConfiguration && { configDirectory: directory.config }),
    temporaryDirectory: directory.temporary,
    isMemoryOff: session.shared.block !== undefined || session.recordings !== undefined,
    ...(session.shared.lifetime !== undefined && { cacheLifetime: session.shared.lifetime }),
  });
  return new Child({
    command: [...launcher(limitMark), executable.path, ...args] as [string, ...string[]],
    environment: { ...environment, [markerVariable]: marker },
    workingDirectory: process.workingDirectory,
    marker,
    ...(limitMark !== undefined && { limitMark }),
    clock,
    timings,
    readAhead,
  });
}

/** Ends the child when the session says so, now or later. */
function forwardStop(child: Child, { stop, kill }: Pick<ClaudeSession, 'stop' | 'kill'>): Disposable {
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

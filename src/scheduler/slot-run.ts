import type { Connection, Slot } from '../model/agent.ts';
import type { AttemptOutcome } from '../model/attempt.ts';
import type { Passage, PrefixGate } from './prefix-gate.ts';
import type { AttemptRequest } from './process-run.ts';
import type { SlotAhead, SlotsAhead } from './slots-ahead.ts';

/** Dependencies of an attempt. */
export interface SlotTools {
  readonly connection: Connection;
  readonly gate: PrefixGate;
  /** Absent where nothing is started ahead. */
  readonly ahead?: Pick<SlotsAhead, 'take'>;
}

/** Makes one attempt: opens a slot, waits for its turn, and gives it the task. Undefined when it was skipped before that. Never rejects. */
export async function runInSlot(given: AttemptRequest, tools: SlotTools): Promise<AttemptOutcome | undefined> {
  const ahead = given.attempt === 1 ? await tools.ahead?.take(given.process.id) : undefined;
  try {
    return await runWith(ahead, given, tools);
  } finally {
    // Its child may have ended before it had started up.
    ahead?.markStarted();
  }
}

async function runWith(
  ahead: SlotAhead | undefined,
  given: AttemptRequest,
  tools: SlotTools,
): Promise<AttemptOutcome | undefined> {
  const { connection } = tools;
  const request = ahead === undefined ? given : { ...given, onStarted: both(ahead.markStarted, given.onStarted) };
  const opened = ahead === undefined ? await connection.open(request) : ({ kind: 'open', slot: ahead.slot } as const);
  if (opened.kind === 'failed') return opened.outcome;
  await using slot = opened.slot;
  using passage = await passageFor(slot, request, tools);
  if (passage === undefined) return undefined;
  const listener = { onStarted: request.onStarted, onResponding: passage.responding };
  // Awaited here: the passage ends when the attempt does.
  if (slot.isWaiting || !passage.hasWaited) return await slot.run(request, listener);
  // It ended while it waited: another one takes its place.
  const other = await connection.open(request);
  return other.kind === 'failed' ? other.outcome : await other.slot.run(request, listener);
}

function both(one: () => void, other: () => void): () => void {
  return () => {
    one();
    other();
  };
}

type GatePassage = Passage & { readonly hasWaited: boolean };

async function passageFor(slot: Slot, request: AttemptRequest, tools: SlotTools): Promise<GatePassage | undefined> {
  const { connection, gate } = tools;
  const prefix = connection.prefix(request.process);
  if (prefix === undefined) return { hasWaited: false, responding: () => undefined, [Symbol.dispose]: () => undefined };
  const hasWaited = gate.isClosed(prefix);
  // While it waits, others may start up.
  if (hasWaited) void slot.startedUp().then(request.onStarted);
  const passage = await gate.enter(prefix, request.skipSignal);
  return passage && { ...passage, hasWaited };
}

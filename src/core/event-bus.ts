import type { Clock } from './clock.ts';
import type { Emit, EnsembleEvent, EnsembleFact, Sink } from './event.ts';
import type { FieldRedactor } from './redacted-fields.ts';
import { redactedFact } from './redacted-fields.ts';

/** What the bus carries events between. */
export interface EventBusOptions {
  readonly sinks: readonly Sink[];
  readonly redactor: FieldRedactor;
  readonly clock: Clock;
}

/**
 * Makes the one way from the engine to the sinks: every fact is redacted here, then handed to each sink in turn. A sink
 * that fails is named in a warning and left out from then on: it can neither break the session nor fail silently.
 */
export function createEmit({ sinks, redactor, clock }: EventBusOptions): Emit {
  const working = new Set(sinks);

  // No async function: its frame would keep the event, and the bytes in it, until the last sink has written them.
  const deliver = (event: EnsembleEvent): Promise<void> => {
    const pending: Promise<void>[] = [];
    for (const sink of working) {
      try {
        const taken = sink.handle(event);
        if (taken !== undefined) pending.push(taken.catch((error: unknown) => giveUp(sink, error)));
      } catch (error) {
        pending.push(giveUp(sink, error));
      }
    }
    return allOf(pending);
  };

  const giveUp = async (sink: Sink, error: unknown): Promise<void> => {
    if (!working.delete(sink)) return;
    const cause = error instanceof Error ? error.message : String(error);
    await emit({
      type: 'notice',
      level: 'warning',
      message: `${sink.name} failed and was left out from then on: ${cause}`,
    });
  };

  const emit = (fact: EnsembleFact): Promise<void> =>
    deliver({ ...redactedFact(fact, redactor), at: clock.date().toISOString() });

  return emit;
}

async function allOf(pending: readonly Promise<void>[]): Promise<void> {
  if (pending.length > 0) await Promise.all(pending);
}

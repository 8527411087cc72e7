import type { EnsembleEvent, StopCause } from './event.ts';
import type { Reason } from './result.ts';

/** An event of one type. */
export type EventOf<Type extends EnsembleEvent['type']> = Extract<EnsembleEvent, { readonly type: Type }>;

/** What a document about a whole session tells, gathered from its events. */
export class SessionRecord {
  started: EventOf<'session-started'> | undefined;
  ended: EventOf<'session-ended'> | undefined;
  interruptedBy: string | undefined;
  readonly warnings: string[] = [];
  /** Why each process was tried again, by its id. */
  readonly retries = new Map<string, Reason[]>();
  /** Why we ended a running child, by the id of its process. */
  readonly stops = new Map<string, StopCause>();

  /** Takes in one event. */
  take(event: EnsembleEvent): void {
    switch (event.type) {
      case 'session-started':
        this.started = event;
        return;
      case 'session-interrupted':
        this.interruptedBy = event.signal;
        return;
      case 'notice':
        // Many processes may have the same cause to complain.
        if (event.level === 'warning' && !this.warnings.includes(event.message)) this.warnings.push(event.message);
        return;
      case 'process-retrying':
        this.retries.set(event.processId, [...(this.retries.get(event.processId) ?? []), event.reason]);
        return;
      case 'process-stopping':
        this.stops.set(event.processId, event.cause);
        return;
      case 'session-ended':
        this.ended = event;
        return;
      case 'process-started':
      case 'process-output':
      case 'process-message':
      case 'process-ended':
      case 'heartbeat':
        return;
      default:
        event satisfies never;
    }
  }
}

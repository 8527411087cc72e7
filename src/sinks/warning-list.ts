import type { EnsembleEvent, Sink } from '../core/event.ts';

/** Keeps what was said at level `warning`. */
export class WarningList implements Sink {
  readonly name = 'list of warnings';
  readonly messages: string[] = [];

  handle(event: EnsembleEvent): void {
    if (event.type === 'notice' && event.level === 'warning') this.messages.push(event.message);
  }
}

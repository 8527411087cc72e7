import type { EnsembleEvent, Sink } from './event.ts';

/** Collects the warnings of a session, each once. */
export class WarningList implements Sink {
  readonly name = 'list of warnings';
  readonly messages: string[] = [];

  handle(event: EnsembleEvent): void {
    if (event.type !== 'notice' || event.level !== 'warning' || this.messages.includes(event.message)) return;
    this.messages.push(event.message);
  }
}

import type { ConversationEntry } from '../../model/conversation.ts';
import type { Phase } from '../../model/event.ts';

/** Most phase changes that are reported for one conversation; the phase after the last of them lasts to its end. */
const mostChanges = 400;

/** Follows what an attempt spends its time on through the messages of the main conversation. */
export class PhaseTracker {
  /** Tools that run, by the id of the call. */
  readonly #tools = new Map<string, string>();
  #last = '';
  #changes = 0;

  /** The phase that begins with an entry; undefined when the one before goes on. */
  take(entry: ConversationEntry): Phase | undefined {
    const phase = this.#phaseAfter(entry);
    if (phase === undefined || this.#changes === mostChanges) return undefined;
    const key = JSON.stringify(phase);
    if (key === this.#last) return undefined;
    this.#last = key;
    this.#changes += 1;
    return phase;
  }

  #phaseAfter(entry: ConversationEntry): Phase | undefined {
    if ('subagentOf' in entry) return undefined; // A tool of the main conversation, which runs meanwhile.
    switch (entry.kind) {
      case 'api-retry':
        return { kind: 'limited' };
      case 'tool-use':
        this.#tools.set(entry.id, entry.name);
        return this.#current();
      case 'tool-result':
        this.#tools.delete(entry.toolUseId);
        return this.#current();
      case 'init':
      case 'text':
      case 'thinking':
      case 'result':
        return this.#current();
      default:
        return undefined;
    }
  }

  #current(): Phase {
    const [tool] = this.#tools.values();
    return tool === undefined ? { kind: 'working' } : { kind: 'tool', tool };
  }
}

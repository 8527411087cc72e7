import type { ConversationEntry } from '../../model/conversation.ts';

/** Tools that change no file; any other may. */
const readingTools = new Set([
  ...['Glob', 'Grep', 'Read', 'ReportFindings', 'StructuredOutput', 'TodoWrite', 'ToolSearch', 'WebFetch', 'WebSearch'],
]);

/**
 * Counts what the processes of a session may have changed in files. A CLI reads `CLAUDE.md` and the state of the repository when
 * it starts: one that was started before a change would give its model outdated facts.
 */
export class FileChanges {
  readonly #running = new Set<string>();
  #count = 0;

  /** Changes so far. */
  get count(): number {
    return this.#count;
  }

  /** Takes note of a message of any process. */
  take(entry: ConversationEntry): void {
    if (entry.kind === 'tool-use' && !readingTools.has(entry.name)) {
      this.#running.add(entry.id);
      this.#count += 1;
    } else if (entry.kind === 'tool-result' && this.#running.delete(entry.toolUseId)) this.#count += 1;
  }
}

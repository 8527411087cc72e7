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
  #count = 0;

  /** Changes so far. */
  get count(): number {
    return this.#count;
  }

  /** Starts to count for one attempt. */
  ofAttempt(): AttemptChanges {
    return new AttemptChanges(() => {
      this.#count += 1;
    });
  }
}

/** The tools of one attempt that may change files. */
export class AttemptChanges {
  readonly #onChange: () => void;
  readonly #running = new Set<string>();
  #hasStarted = false;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Takes note of a message. */
  take(entry: ConversationEntry): void {
    if (entry.kind === 'tool-use' && !readingTools.has(entry.name)) {
      this.#running.add(entry.id);
      this.#hasStarted = true;
      this.#onChange();
    } else if (entry.kind === 'tool-result' && this.#running.delete(entry.toolUseId)) this.#onChange();
  }

  /** The process has ended. A tool that was killed has no result, and a command in the background goes on after it. */
  end(): void {
    if (this.#hasStarted) this.#onChange();
  }
}

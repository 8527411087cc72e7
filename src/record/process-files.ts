import type { AppendFile } from './append-file.ts';
import type { SessionDirectory, SessionFile } from './session-directory.ts';

/** One growing file for each process, opened when it is first written to and closed when its process has ended. */
export class ProcessFiles {
  readonly #open = new Map<string, AppendFile>();
  readonly #directory: SessionDirectory;
  readonly #nameOf: (processId: string) => string;

  constructor(directory: SessionDirectory, nameOf: (processId: string) => string) {
    this.#directory = directory;
    this.#nameOf = nameOf;
  }

  /** Adds bytes, or text, to the file of a process; resolves when they are written. */
  append(processId: string, content: Uint8Array | string): Promise<void> {
    return this.#fileOf(processId).append(content);
  }

  /** Empties the file of a process, when there is one. */
  truncate(processId: string): Promise<void> | undefined {
    return this.#open.get(processId)?.truncate();
  }

  /** Gives back the descriptor of a process's file. */
  async close(processId: string): Promise<void> {
    const file = this.#open.get(processId);
    this.#open.delete(processId);
    await file?.close();
  }

  /** Gives back all descriptors. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((processId) => this.close(processId)));
  }

  #fileOf(processId: string): AppendFile {
    const known = this.#open.get(processId);
    if (known !== undefined) return known;
    const file: SessionFile = { name: this.#nameOf(processId), processId };
    const opened = this.#directory.appendFile(file);
    this.#open.set(processId, opened);
    return opened;
  }
}

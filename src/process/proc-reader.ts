import { readdirSync, readFileSync } from 'node:fs';

/** What /proc says of the processes of the machine. What it reads of a process throws when there is no such process. */
export interface ProcReader {
  /** Numbers of all processes, the newest first. */
  processes(): readonly number[];
  /** The resource limits of a process, as text. */
  limits(pid: number): string;
  environment(pid: number): Uint8Array;
}

/** Reads anew whatever it is asked for. */
export const freshReader: ProcReader = {
  processes: () => {
    try {
      return readdirSync('/proc')
        .map(Number)
        .filter(Number.isInteger)
        .sort((one, other) => other - one);
    } catch {
      return [];
    }
  },
  limits: (pid) => readFileSync(`/proc/${pid}/limits`, 'latin1'),
  environment: (pid) => readFileSync(`/proc/${pid}/environ`),
};

/** Reads everything once. */
class Look implements ProcReader {
  #processes: readonly number[] | undefined;
  readonly #limits = new Map<number, () => string>();
  readonly #environments = new Map<number, () => Uint8Array>();

  processes(): readonly number[] {
    this.#processes ??= freshReader.processes();
    return this.#processes;
  }

  limits(pid: number): string {
    return once(this.#limits, pid, freshReader.limits);
  }

  environment(pid: number): Uint8Array {
    return once(this.#environments, pid, freshReader.environment);
  }
}

function once<Content>(known: Map<number, () => Content>, pid: number, read: (pid: number) => Content): Content {
  const found = known.get(pid);
  if (found !== undefined) return found();
  try {
    const content = read(pid);
    known.set(pid, () => content);
    return content;
  } catch (error) {
    known.set(pid, () => {
      throw error;
    });
    throw error;
  }
}

let shared: Look | undefined;

/**
 * One look for all who ask for it in the same turn of the event loop. It begins after each of them has asked: what had ended by
 * then, had ended before the look.
 */
export async function sharedLook(): Promise<ProcReader> {
  await new Promise((resolve) => setImmediate(resolve));
  // Whoever asks from now on waits behind this in the queue of the event loop, and so gets a look of its own.
  if (shared === undefined) setImmediate(() => (shared = undefined));
  shared ??= new Look();
  return shared;
}

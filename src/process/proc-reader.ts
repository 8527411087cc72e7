import { readdirSync, readFileSync } from 'node:fs';

/** Reader of the machine's processes in /proc. A read of one process throws when there is no such process. */
export interface ProcReader {
  /** Numbers of all processes, the newest first. */
  processes(): readonly number[];
  /** The number that was given to a process last (proc(5), loadavg). */
  lastNumber(): number;
  /** The resource limits of a process, as text. */
  limits(pid: number): string;
  environment(pid: number): string;
}

/** Reads each file anew, as UTF-8: other ways of Node allocate 64 KiB for a file without a known size. */
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
  lastNumber: () => {
    try {
      return Number(readFileSync('/proc/loadavg', 'utf8').trim().split(' ').at(-1));
    } catch {
      return 0;
    }
  },
  limits: (pid) => readFileSync(`/proc/${pid}/limits`, 'utf8'),
  environment: (pid) => readFileSync(`/proc/${pid}/environ`, 'utf8'),
};

/** Reads everything once. */
class Snapshot implements ProcReader {
  #processes: readonly number[] | undefined;
  #lastNumber: number | undefined;
  readonly #limits = new Map<number, () => string>();
  readonly #environments = new Map<number, () => string>();

  processes(): readonly number[] {
    this.#processes ??= freshReader.processes();
    return this.#processes;
  }

  lastNumber(): number {
    this.#lastNumber ??= freshReader.lastNumber();
    return this.#lastNumber;
  }

  limits(pid: number): string {
    return once(this.#limits, pid, freshReader.limits);
  }

  environment(pid: number): string {
    return once(this.#environments, pid, freshReader.environment);
  }
}

function once(known: Map<number, () => string>, pid: number, read: (pid: number) => string): string {
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

let shared: Snapshot | undefined;

/**
 * One snapshot for all who ask for it in the same turn of the event loop. It begins after each of them has asked: what had ended by
 * then, had ended before the snapshot.
 */
export async function sharedSnapshot(): Promise<ProcReader> {
  await new Promise((resolve) => setImmediate(resolve));
  // Whoever asks from now on waits behind this in the queue of the event loop, and so gets a snapshot of its own.
  if (shared === undefined) setImmediate(() => (shared = undefined));
  shared ??= new Snapshot();
  return shared;
}

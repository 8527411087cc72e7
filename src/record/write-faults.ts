import { errorCode, errorMessage } from '../model/errors.ts';
import { sizeText } from '../text/format.ts';

/** Owner of a file in the session's directory. */
export interface FileOwner {
  /** Absent for the files of the whole session. */
  readonly processId?: string;
}

/** Collects failed writes: no failure of a log ends a session, and one warning stands for all of them. */
export class WriteFaults {
  readonly #warn: (message: string) => void;
  readonly #processIds = new Set<string>();
  readonly #full = new Set<string>();
  #warned = false;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /** Notes that `what` could not be written. */
  report(error: unknown, { what, processId }: FileOwner & { readonly what: string }): void {
    if (processId !== undefined) this.#processIds.add(processId);
    if (this.#warned) return;
    this.#warned = true;
    const detail = errorMessage(error);
    this.#warn(
      `The session's logs are incomplete: ${what} could not be written (${detail}). ${advice(error)} Results are kept.`,
    );
  }

  /** Notes that output of a process is left out, since its files may hold no more; there is one warning for each process. */
  reachedCeiling(processId: string, bytes: number): void {
    this.#processIds.add(processId);
    if (this.#full.has(processId)) return;
    this.#full.add(processId);
    this.#warn(
      `The logs of ${processId} are incomplete: they reached max-log-size, ${sizeText(bytes)} a file, and the rest is left ` +
        'out. The process goes on. See what it prints so much of, or raise max-log-size.',
    );
  }

  /** Whether a log of this process is missing something. */
  touched(processId: string): boolean {
    return this.#processIds.has(processId);
  }
}

function advice(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full: free some space, or point log-dir to another disk.';
    case 'EFBIG':
      return 'A file may not become larger: raise the limit (ulimit -f).';
    case 'EROFS':
      return 'The disk is read-only: point log-dir to one that can be written.';
    case 'EACCES':
    case 'EPERM':
      return 'Permission is missing: point log-dir to a directory of your own.';
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open: lower max-workers, or raise the limit (ulimit -n).';
    case 'EREPLACED':
    case 'ENOTDIR':
    case 'ELOOP':
      return 'The likely cause is a tool that Claude ran: see what it did, and set log-dir out of its way.';
    case 'ENOENT':
      return "The session's directory is gone: see whether something cleans it up.";
    default:
      return 'See whether log-dir names a directory that can be written.';
  }
}

import { chmodSync, lstatSync } from 'node:fs';
import process from 'node:process';

/** Identity of a file or a directory: another one that is put in its place has another identity. */
export interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** The directories of a session by their identity: a tool may take rights on one, remove it, or replace it. */
export class DirectoryGuard {
  readonly #known = new Map<string, Identity>();

  /** Takes a directory as it is for ours, below those that were taken before. */
  take(path: string): void {
    this.#known.set(path, lstatSync(path, { bigint: true }));
  }

  /** Gives us back the rights that we had on them; throws when one of them is not there any more. */
  demandAll(): void {
    for (const [path, { dev, ino }] of this.#known) {
      const found = lstatSync(path, { bigint: true });
      if (found.dev !== dev || found.ino !== ino) throw replaced(path);
      const mode = Number(found.mode) & 0o7777;
      const isOwn = process.getuid !== undefined && found.uid === BigInt(process.getuid());
      if (isOwn && (mode & 0o700) !== 0o700) chmodSync(path, mode | 0o700);
    }
  }

  /** Why they cannot be used; undefined when they can, with the rights that we had on them. */
  fault(): unknown {
    try {
      this.demandAll();
      return undefined;
    } catch (error) {
      return error;
    }
  }
}

function replaced(path: string): Error {
  return Object.assign(new Error(`something else is in the place of ${path}`), { code: 'EREPLACED' });
}

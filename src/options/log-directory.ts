import { lstatSync } from 'node:fs';
import { errorCode } from '../model/errors.ts';
import type { TrustDecision } from '../model/plan.ts';
import { isInside, isNamedIn } from './containment.ts';
import { type Diagnostic, diagnosticOf, quote } from './diagnostic.ts';

/** A base of sessions' directories, and who has chosen it. */
export interface LogDirectoryInput {
  /** Absolute. */
  readonly path: string;
  /** It was given, it is not the default. */
  readonly isGiven: boolean;
  /** Absolute path of the checkout. */
  readonly checkout: string;
  readonly trust: TrustDecision;
}

function problemOf({ path, isGiven, checkout, trust }: LogDirectoryInput): string | undefined {
  try {
    const found = lstatSync(path);
    if (found.isSymbolicLink()) return 'is a symbolic link. Name the directory that it leads to.';
    if (!found.isDirectory()) return 'is not a directory.';
  } catch (error) {
    const code = errorCode(error) ?? '';
    // What else fails shows when it is made: a session goes on without logs, and warns.
    if (code === 'ENOTDIR') return 'leads through a file.';
  }
  // People keep their own `.claude` behind a link; the default leads there by their own will.
  const isForeign = isGiven || trust.level === 'untrusted';
  const leaves = isForeign && isNamedIn(path, checkout) && !isInside(path, checkout);
  return leaves ? `leads out of ${checkout} by a symbolic link. Name the directory that it leads to.` : undefined;
}

/** Refuses a directory in which no logs could be kept, or only in another place than the one that was named. */
export function logDirectoryFaults(input: LogDirectoryInput): readonly Diagnostic[] {
  const problem = problemOf(input);
  return problem === undefined
    ? []
    : [diagnosticOf('log-dir', { kind: 'range', text: `${quote(input.path)} ${problem}` })];
}

import type { TrustDecision } from '../model/plan.ts';
import { consent } from './consent.ts';
import { isInReachOf } from './containment.ts';
import type { TextFileRequest } from './text-file.ts';

/** Standard input, as far as it was read. */
export interface StandardInput {
  /** All of it; absent when it was not read because other things are wrong already. */
  readonly bytes?: Uint8Array;
}

/** Directories that files of prompts and of context may lie in, and trust of the session. */
export interface FileAccess {
  readonly trust: TrustDecision;
  /** Absolute; paths are relative to it. */
  readonly workspace: string;
  /** Absolute; the checkout that may be hostile, when the workspace is only a part of it. */
  readonly checkout?: string;
  /** Absolute; files must lie in one of them. */
  readonly allowedRoots: readonly string[];
  /** Absent when nothing was read from it. */
  readonly standardInput?: StandardInput;
  /** Why only there, for the error line. */
  readonly why?: string | undefined;
}

/** Directories that a file must be in, links resolved: one that a hostile checkout can name must be a part of the checkout. */
export function fileBounds(path: string, access: FileAccess): Pick<TextFileRequest, 'roots' | 'why'> {
  const { trust, workspace, checkout = workspace, allowedRoots, why } = access;
  if (trust.level === 'trusted' || !isInReachOf(path, checkout)) return { roots: allowedRoots, why };
  return { roots: [checkout], why: consent(trust) };
}

import type { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { sessionIdPattern } from '../../record/session-id.ts';
import type { CommandFiles } from './command-files.ts';

/** A session whose files the step could not deliver: it was cancelled, or it was killed. */
export interface LeftSession {
  readonly sessionId: string;
  /** SHA-256 in hex of the session's ledger; absent while the session runs. */
  readonly ledgerDigest?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Key of the ledger, which the runner gives to this step and to its end, and that we give to nobody: whoever has the token
 * that it is made of needs no `post` to upload what they like. Undefined where nothing can be uploaded.
 */
export function ledgerKeyOf({ ACTIONS_RUNTIME_TOKEN: token }: Environment): Buffer | undefined {
  return token ? createHmac('sha256', token).update('claude-ensemble ledger').digest() : undefined;
}

/** Saves what `post` needs to deliver the session, should this step not get to it. All else `post` finds by itself. */
export function leaveSession(files: CommandFiles, { sessionId, ledgerDigest }: LeftSession): void {
  files.saveState({ delivery: sessionId, ...(ledgerDigest !== undefined && { ledger: ledgerDigest }) });
}

/** Takes the delivery back from `post`: it was made, or tried for as long as is right. */
export function settleDelivery(files: CommandFiles): void {
  files.saveState({ delivery: '' });
}

/** The session left for `post`; `forged` when the state is not one that a step saves. */
export type LeftState = { readonly kind: 'none' | 'forged' } | { readonly kind: 'left'; readonly session: LeftSession };

/** Reads the state, which a tool may have written: nothing in it can name a path. */
export function readState({ STATE_delivery: sessionId, STATE_ledger: ledgerDigest }: Environment): LeftState {
  if (!sessionId) return { kind: 'none' };
  const isOurs = sessionIdPattern.test(sessionId) && /^[0-9a-f]{64}$|^$/.test(ledgerDigest ?? '');
  return isOurs ? { kind: 'left', session: { sessionId, ...(ledgerDigest && { ledgerDigest }) } } : { kind: 'forged' };
}

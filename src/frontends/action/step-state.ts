import { Buffer } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { ArtifactOwner } from '../../github/artifact-name.ts';
import type { CommandFiles } from './command-files.ts';

/** What `post` needs to upload the logs when the step could not: it was cancelled, or it was killed. */
export interface UnfinishedDelivery {
  /** The session's directory. */
  readonly directory: string;
  readonly owner: ArtifactOwner;
  /** Absent means the repository's. */
  readonly retentionDays?: number;
  /** SHA-256 in hex of the session's ledger; absent while the session runs. */
  readonly ledgerDigest?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const schema = z.object({
  directory: z.string(),
  owner: z.object({
    artifactName: z.string(),
    workflow: z.string(),
    job: z.string(),
    matrix: z.string(),
    step: z.string(),
    resumeKey: z.string(),
    processIds: z.array(z.string()),
    attempt: z.number(),
  }),
  retentionDays: z.number().optional(),
  ledgerDigest: z.string().optional(),
});

/**
 * A key that the runner gives to this step and to its end, and that we give to nobody: whoever has the token that it is made
 * of needs no `post` to upload what they like. Undefined where nothing can be uploaded.
 */
export function proofKey(
  { ACTIONS_RUNTIME_TOKEN: token }: Environment,
  purpose: 'state' | 'ledger',
): Buffer | undefined {
  return token ? createHmac('sha256', token).update(`claude-ensemble ${purpose}`).digest() : undefined;
}

/** Leaves the delivery to `post`, in case that nobody else gets to it. */
export function leaveDelivery(files: CommandFiles, delivery: UnfinishedDelivery, environment: Environment): void {
  const text = JSON.stringify(delivery);
  const proof = proofOf(text, environment);
  if (proof !== undefined) files.saveState({ delivery: `${proof} ${text}` });
}

/** Takes the delivery back from `post`: it was made, or tried for as long as is right. */
export function settleDelivery(files: CommandFiles): void {
  files.saveState({ delivery: '' });
}

/** The delivery left for `post`; `forged` when the state is not the one that the step saved. */
export type LeftDelivery =
  | { readonly kind: 'none' | 'forged' }
  | { readonly kind: 'left'; readonly delivery: UnfinishedDelivery };

/** Reads the state, which a tool may have written. */
export function readDelivery(environment: Environment): LeftDelivery {
  const { STATE_delivery: state } = environment;
  if (!state) return { kind: 'none' };
  const [proof = '', text = ''] = state.split(/ (.*)/s);
  const expected = proofOf(text, environment);
  if (expected === undefined || !isEqual(proof, expected)) return { kind: 'forged' };
  const { retentionDays, ledgerDigest, ...rest } = schema.parse(JSON.parse(text));
  const optional = { ...(retentionDays !== undefined && { retentionDays }), ...(ledgerDigest && { ledgerDigest }) };
  return { kind: 'left', delivery: { ...rest, ...optional } };
}

function proofOf(text: string, environment: Environment): string | undefined {
  const key = proofKey(environment, 'state');
  return key && createHmac('sha256', key).update(text).digest('hex');
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

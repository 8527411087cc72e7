import { z } from 'zod';
import type { ArtifactOwner } from './artifact-name.ts';
import type { CommandFiles } from './command-files.ts';

/** What `post` needs to upload the logs when the step could not: it was cancelled, or it was killed. */
export interface UnfinishedDelivery {
  /** The session's directory. */
  readonly directory: string;
  readonly owner: ArtifactOwner;
  /** Absent means the repository's. */
  readonly retentionDays?: number;
}

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
});

/** Leaves the delivery to `post`, in case that nobody else gets to it. */
export function leaveDelivery(files: CommandFiles, delivery: UnfinishedDelivery): void {
  files.saveState({ delivery: JSON.stringify(delivery) });
}

/** Takes the delivery back from `post`: it was made, or tried for as long as is right. */
export function settleDelivery(files: CommandFiles): void {
  files.saveState({ delivery: '' });
}

/** What `post` is left to deliver; undefined when there is nothing. */
export function readDelivery(
  environment: Readonly<Record<string, string | undefined>>,
): UnfinishedDelivery | undefined {
  const { STATE_delivery: state } = environment;
  if (!state) return undefined;
  const { retentionDays, ...rest } = schema.parse(JSON.parse(state));
  return { ...rest, ...(retentionDays !== undefined && { retentionDays }) };
}

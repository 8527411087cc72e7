import type { ArtifactOwner } from '../../github/artifact-name.ts';
import type { OptionRecord } from '../../model/option-table.ts';
import type { Redactor } from '../../model/redactor.ts';

/** Identity of a step's artifact; the same in the step and in `post`. */
export interface OwnerOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly delivery: Pick<OptionRecord<'delivery'>, 'artifactName' | 'resumeKey'>;
  /** The job's `matrix` as JSON. */
  readonly matrix: string;
  readonly processIds: readonly string[];
  readonly shard?: ArtifactOwner['shard'];
  readonly redactor: Redactor;
}

/** The step that the artifact of a session belongs to. */
export function artifactOwner({
  environment,
  delivery,
  matrix,
  processIds,
  shard,
  redactor,
}: OwnerOptions): ArtifactOwner {
  const { GITHUB_WORKFLOW = '', GITHUB_JOB = '', GITHUB_ACTION = '', GITHUB_RUN_ATTEMPT } = environment;
  return {
    // Everyone who can read the repository sees it.
    artifactName: redactor.text(delivery.artifactName),
    workflow: GITHUB_WORKFLOW,
    job: GITHUB_JOB,
    matrix,
    step: GITHUB_ACTION,
    resumeKey: delivery.resumeKey ?? '',
    processIds,
    ...(shard !== undefined && { shard }),
    attempt: Number(GITHUB_RUN_ATTEMPT ?? 1),
  };
}

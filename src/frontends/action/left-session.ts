import { join } from 'node:path';
import type { OptionRecord } from '../../model/option-table.ts';
import type { Redactor } from '../../model/redactor.ts';
import { optionsAt, parseOptionValues, withDefaults } from '../../options/option-values.ts';
import { gitCredentials } from '../../redaction/git-credentials.ts';
import { createRedactor } from '../../redaction/redaction.ts';
import { findingsKey } from './findings-key.ts';
import { readInputs, readJob, secretInputs } from './inputs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Directory and delivery of the session that a step left: derived from the inputs and the environment alone. */
export interface SessionPlace {
  /** The session's directory. */
  readonly directory: string;
  readonly temporary: string;
  /** Checkout and key of the findings. */
  readonly findings: { readonly checkout: string; readonly findingsKey: string };
  readonly delivery: Pick<OptionRecord<'delivery'>, 'artifactName' | 'resumeKey' | 'retentionDays' | 'jobSummary'>;
  /** The job's `matrix` as JSON. */
  readonly matrix: string;
  readonly redactor: Redactor;
}

/** Finds the place of a session by the inputs that its step was given as well; undefined when there is no job. */
export async function sessionPlace(sessionId: string, environment: Environment): Promise<SessionPlace | undefined> {
  const inputs = readInputs(environment);
  const job = readJob(environment);
  if (job.kind === 'none') return undefined;
  const { workspace, temporary } = job;
  const parsed = parseOptionValues({
    frontend: 'action',
    options: inputs.options,
    allowed: optionsAt('action'),
    base: workspace,
  });
  const values = withDefaults(parsed.values, 'action');
  const left = await gitCredentials({ checkout: workspace, workingDirectories: [], runnerTemp: temporary });
  const redactor = createRedactor({ values: [...secretInputs(inputs), ...left], environment });
  return {
    directory: join(values['log-dir'] ?? job.logDirectory, sessionId),
    temporary,
    findings: {
      checkout: workspace,
      findingsKey: redactor.text(findingsKey({ environment, matrix: inputs.matrix, given: values['comment-key'] })),
    },
    delivery: {
      artifactName: values['artifact-name'],
      ...(values['resume-key'] !== undefined && { resumeKey: values['resume-key'] }),
      ...(values['retention-days'] !== undefined && { retentionDays: values['retention-days'] }),
      jobSummary: values['job-summary'],
    },
    matrix: inputs.matrix,
    redactor,
  };
}

import { Buffer } from 'node:buffer';
import { type ChildSecret, childSecrets } from '../agents/claude/child-secrets.ts';
import { processesAndTemplatesOf } from '../model/graph.ts';
import { gitCredentials } from '../redaction/git-credentials.ts';
import { leastSecretLength } from '../redaction/secret-forms.ts';
import { secretVariables } from '../redaction/secret-values.ts';
import { someOf } from '../text/format.ts';
import type { RunRequest } from './run-request.ts';

/** Secrets that a session redacts, and the notices about them. */
export interface SessionSecrets {
  readonly values: readonly string[];
  readonly notices: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Knows what we were given to keep: credentials, masks, the token for GitHub, what a checkout left, the environment, and all
 * that Claude is given.
 */
export async function sessionSecrets({
  settings,
  environment,
  earlierRuns,
  sample,
}: RunRequest): Promise<SessionSecrets> {
  const { credentials, mask, delivery, checkout, plan, passEnv } = settings;
  const processes = [...processesAndTemplatesOf(plan.graph), ...(sample === undefined ? [] : [sample])];
  const workingDirectories = processes.map(({ workingDirectory }) => workingDirectory);
  const left = await gitCredentials({ checkout, workingDirectories, runnerTemp: environment.RUNNER_TEMP });
  const handed = await childSecrets({ environment, passEnv }, processes);
  const variables = secretVariables(environment);
  const given = [...Object.values(credentials), delivery.githubToken].filter((value) => value !== undefined);
  const known = handed.filter(({ value }) => Buffer.byteLength(value) >= leastSecretLength);
  const words = variables.words.filter((name) => !known.some(({ source }) => source === name));
  // Further runs of one session would only say it again.
  const isFirst = earlierRuns === undefined;
  return {
    values: [...mask, ...left, ...given, ...variables.values, ...handed.map(({ value }) => value)],
    notices: isFirst ? noticeOf(variables.names, known) : [],
    warnings: isFirst ? warningOf(words) : [],
  };
}

/** People read no more of them. */
const mostNames = 30;

function listOf(names: readonly string[]): string {
  return someOf(names.toSorted(), mostNames);
}

function noticeOf(secretVariables: readonly string[], known: readonly ChildSecret[]): readonly string[] {
  const of = (kind: ChildSecret['kind']) => known.filter((secret) => secret.kind === kind).map(({ source }) => source);
  const variables = [...new Set([...secretVariables, ...of('variable')])];
  const options = [...new Set(of('option'))];
  const count =
    variables.length === 1 ? 'The value of 1 variable is' : `The values of ${variables.length} variables are`;
  return [
    ...(variables.length > 0 ? [`${count} redacted: ${listOf(variables)}.`] : []),
    ...(options.length > 0 ? [`The credentials in ${listOf(options)} are redacted.`] : []),
  ];
}

function warningOf(words: readonly string[]): readonly string[] {
  if (words.length === 0) return [];
  const what = words.length === 1 ? 'the value is an ordinary word' : 'the values are ordinary words';
  return [
    `${listOf(words)}: ${what}, which would be missing from every text: not redacted. If it is a secret, give it to "mask".`,
  ];
}

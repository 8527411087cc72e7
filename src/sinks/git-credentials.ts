import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gitExtraHeaderValues } from './secret-values.ts';

/** Where a checkout may have left credentials. */
export interface GitCredentialPlaces {
  /** Absolute path of the checkout. */
  readonly checkout: string;
  /** RUNNER_TEMP; absent outside of a runner. */
  readonly runnerTemp: string | undefined;
}

/** From its version 6 on, actions/checkout keeps the token in such a file and includes it from `.git/config`. */
const credentialsFile = /^git-credentials-.*\.config$/;

/** The credentials that actions/checkout left in git's configuration; a file that cannot be read holds none for Claude either. */
export async function gitCredentials({ checkout, runnerTemp }: GitCredentialPlaces): Promise<readonly string[]> {
  const names = runnerTemp === undefined ? [] : await readdir(runnerTemp).catch(() => []);
  const included = names.filter((name) => credentialsFile.test(name)).map((name) => join(runnerTemp ?? '', name));
  const texts = [join(checkout, '.git', 'config'), ...included].map((path) => readFile(path, 'utf8').catch(() => ''));
  return (await Promise.all(texts)).flatMap((text) => gitExtraHeaderValues(text));
}

import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { looksIssued } from '../model/ordinary-word.ts';
import { gitAddressPasswords, gitExtraHeaderValues } from './secret-values.ts';

/** Directories in which a checkout may have left credentials. */
export interface GitCredentialPlaces {
  /** Absolute path of the workspace: `path` of actions/checkout may put a repository into a directory of it. */
  readonly checkout: string;
  /** Absolute paths of the directories that Claude works in. */
  readonly workingDirectories: readonly string[];
  /** RUNNER_TEMP; absent outside of a runner. */
  readonly runnerTemp: string | undefined;
}

/** From its version 6 on, actions/checkout keeps the token in such a file and includes it from `.git/config`. */
const credentialsFile = /^git-credentials-.*\.config$/;

/** Far more than any that a person or a tool has written. */
const largestConfiguration = 1024 * 1024;

/** The credentials that actions/checkout left in git's configuration; a file that cannot be read holds none for Claude either. */
export async function gitCredentials(places: GitCredentialPlaces): Promise<readonly string[]> {
  const { checkout, workingDirectories, runnerTemp } = places;
  const besides = (await entriesOf(checkout))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(checkout, name));
  const repositories = new Set([checkout, ...besides, ...workingDirectories.flatMap(withParents)]);
  const included = runnerTemp === undefined ? [] : await entriesOf(runnerTemp);
  const paths = [
    ...[...repositories].map((directory) => join(directory, '.git', 'config')),
    ...included.filter(({ name }) => credentialsFile.test(name)).map(({ name }) => join(runnerTemp ?? '', name)),
  ];
  const texts = await Promise.all(paths.map((path) => textOf(path).catch(() => '')));
  // Whoever could write there must not choose words that reviews then lose.
  const values = texts.flatMap((text) => [...gitExtraHeaderValues(text), ...gitAddressPasswords(text)]);
  return [...new Set(values)].filter(looksIssued);
}

function entriesOf(directory: string): Promise<readonly Dirent[]> {
  return readdir(directory, { withFileTypes: true }).catch(() => []);
}

/** Looked at before it is opened: what others left there may be a pipe, or a file without an end. */
async function textOf(path: string): Promise<string> {
  const found = await stat(path);
  return found.isFile() && found.size <= largestConfiguration ? readFile(path, 'utf8') : '';
}

/** Git looks for its repository upwards. */
function withParents(directory: string): readonly string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...withParents(parent)];
}

import { parse } from 'node:path';
import { automaticTrust, isOwnTerminal } from '../../github/automatic-trust.ts';
import { optionRows } from '../../model/option-table.ts';
import type { Redactor } from '../../model/redactor.ts';
import { checkoutOf } from '../../options/containment.ts';
import type { ConfigurationRequest } from '../../plan/session-options.ts';
import { createRedactor } from '../../redaction/redaction.ts';
import type { CliContext } from './cli-context.ts';

/** The configuration request of a command: paths are relative to the current directory. */
export async function configurationRequest(
  options: Readonly<Record<string, string>>,
  { directory, environment }: Pick<CliContext, 'directory' | 'environment'>,
): Promise<ConfigurationRequest & { readonly redactor: Redactor }> {
  const secrets = optionRows.filter(({ secret }) => secret === true).flatMap(({ name }) => options[name] ?? []);
  return {
    frontend: 'command',
    options,
    workspace: directory,
    // A person at a terminal may read all of their files; a job has a checkout, which may be hostile.
    allowedRoots: isOwnTerminal(environment)
      ? [parse(directory).root]
      : [directory, ...(environment.RUNNER_TEMP ? [environment.RUNNER_TEMP] : [])],
    checkout: checkoutOf(directory, environment.GITHUB_WORKSPACE),
    autoTrust: await automaticTrust(environment),
    logDirectoryDefault: logDirectory,
    redactor: createRedactor({ values: secrets, environment }),
  };
}

/** Default of `log-dir`, relative to the working directory. */
export const logDirectory = '.claude/runtime/logs';

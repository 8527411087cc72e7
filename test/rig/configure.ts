import { type Configuration, readConfiguration } from '../../src/plan/configuration.ts';
import type { ConfigurationRequest } from '../../src/plan/session-options.ts';

/** What a test says of a configuration; all else is as in the Action, on a trusted event. */
export type ConfigureOptions = Partial<ConfigurationRequest> & Pick<ConfigurationRequest, 'workspace'>;

/** Reads options as an entry point does. */
export function configure(
  options: Readonly<Record<string, unknown>>,
  request: ConfigureOptions,
): Promise<Configuration> {
  return readConfiguration({
    frontend: 'action',
    allowedRoots: [request.workspace],
    autoTrust: { level: 'trusted', why: 'a push' },
    logDirectoryDefault: 'logs',
    options,
    ...request,
  });
}

/** The error lines for options, none when they are valid. */
export async function faultLines(
  options: Readonly<Record<string, unknown>>,
  request: ConfigureOptions,
): Promise<readonly string[]> {
  const configuration = await configure(options, request);
  return configuration.kind === 'valid' ? [] : configuration.faults.map(({ message }) => message);
}

/** The settings, notices and warnings of options that must be valid. */
export async function validSettings(
  options: Readonly<Record<string, unknown>>,
  request: ConfigureOptions,
): Promise<Extract<Configuration, { kind: 'valid' }>> {
  const configuration = await configure(options, request);
  if (configuration.kind === 'valid') return configuration;
  throw new Error(`Not valid:\n${configuration.faults.map(({ message }) => message).join('\n')}`);
}

import { optionRows } from '../../model/option-table.ts';
import { parseCredential } from '../../options/scalar-values.ts';
import type { Settings } from '../../options/settings.ts';
import { credentialNames } from './cli-variables.ts';
import { hasCredentials } from './environment.ts';
import type { Executable } from './executable.ts';

/** Input of the check of credentials. */
export interface LoginInput {
  /** Our own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * `own`: without a credential, the user's own configuration directory and login are used (docs/reliability.md, R26). `elsewhere`: nothing is run
   * here, and another machine has the credentials.
   */
  readonly login: 'required' | 'own' | 'elsewhere';
  /** This event is known to come without secrets, so that `on-missing-credentials` applies. */
  readonly credentialsWithheld?: boolean;
  readonly settings: Omit<Settings, 'plan'>;
}

/** Claude's way to log in. `excused`: none, which is no fault. */
export type Login = 'given' | 'own' | 'not-needed' | 'excused' | 'missing';

/** Decides how Claude will log in; it needs to know only whether the executable is held to the CLI's rules. */
export function loginOf(input: LoginInput, executable: Pick<Executable, 'kind'>): Login {
  const { settings, environment, login, credentialsWithheld } = input;
  if (executable.kind !== 'claude' || settings.policy.offline || login === 'elsewhere') return 'not-needed';
  if (hasCredentials(environment, settings.credentials)) return 'given';
  if (login === 'own') return 'own';
  return credentialsWithheld === true && settings.onMissingCredentials === 'skip' ? 'excused' : 'missing';
}

/** Faults of the login, a line each. A credential of the environment is held to the same rules as one that is given as an option. */
export function loginFaults(input: LoginInput, login: Login): readonly string[] {
  if (login === 'missing') return [missingCredentials(input)];
  const { settings, environment } = input;
  if (login !== 'given' || Object.keys(settings.credentials).length > 0) return [];
  return credentialNames.flatMap((name) => {
    const parsed = parseCredential(environment[name] || 'none');
    return parsed.ok ? [] : parsed.diagnostics.map(({ text }) => `${name}: ${text}`);
  });
}

/** Names of the options that are credentials of Claude. */
export const credentialOptions = optionRows.flatMap(({ name, record }) => (record === 'credentials' ? name : []));

function missingCredentials({ credentialsWithheld }: LoginInput): string {
  const hint =
    credentialsWithheld === true
      ? 'Pull requests from forks and by Dependabot get no secrets: set on-missing-credentials to "skip" to let them pass.'
      : `Give ${credentialOptions.join(' or ')}, usually from a secret, or set offline to "true" to try without.`;
  return `anthropic-api-key: there are no credentials for Claude. ${hint}`;
}

/** Told at the start when the login is the user's own. */
export const ownLoginNotice =
  "There is no credential in the environment: the login of the user's own Claude configuration is used.";

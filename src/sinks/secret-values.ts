import { Buffer } from 'node:buffer';

/** Variables by name, as a process is given them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const secretName = /TOKEN|SECRET|PASSWORD|API_?KEY|PRIVATE_?KEY|CREDENTIAL/u;

/** Git's own way to hand over a configuration, and the CLI's `ANTHROPIC_CUSTOM_HEADERS`. */
const holdsHeaders = /^GIT_CONFIG|HEADERS?$/iu;

/** The values in an environment that must not be shown: those with a telling name, and headers that authorize. */
export function environmentSecrets(environment: Environment): readonly string[] {
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || value === '') continue;
    if (isSecretName(name)) secrets.push(value);
    if (holdsHeaders.test(name)) secrets.push(...gitExtraHeaderValues(value), ...headerSecrets(value));
  }
  return secrets;
}

/**
 * The credentials that stand in a git configuration's `extraheader`, such as actions/checkout leaves behind, and the
 * tokens encoded in them. Takes the text of a configuration file, or the value of a `GIT_CONFIG_…` variable.
 */
export function gitExtraHeaderValues(gitConfigText: string): readonly string[] {
  const headers = gitConfigText.matchAll(/authorization:[ \t]*(?:basic|bearer|token)[ \t]+([^\s'"]+)/giu);
  return [...headers].flatMap(([, credential = '']) => {
    const decoded = Buffer.from(credential, 'base64').toString();
    return [credential, ...(decoded.includes(':') ? [decoded.slice(decoded.indexOf(':') + 1)] : [])];
  });
}

/** The values of lines such as `x-api-key: …`. */
function headerSecrets(value: string): readonly string[] {
  const headers = value.matchAll(/^[ \t]*([\w-]{1,64}):[ \t]+(\S+)/gmu);
  return [...headers].flatMap(([, name = '', secret = '']) => (isSecretName(name) ? [secret] : []));
}

/** An input's variable keeps the hyphens of its name: `INPUT_ANTHROPIC-API-KEY`. */
function isSecretName(name: string): boolean {
  return secretName.test(name.toUpperCase().replaceAll('-', '_'));
}

import { Buffer } from 'node:buffer';
import { isOrdinaryWord } from '../model/ordinary-word.ts';
import { isSecretName } from '../model/secret-names.ts';
import { leastSecretLength } from './secret-forms.ts';

/** Variables by name, as a process is given them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Git's own way to hand over a configuration, and the CLI's `ANTHROPIC_CUSTOM_HEADERS`. */
const holdsHeaders = /^GIT_CONFIG|HEADERS?$/iu;

/** The path of a secret is not a secret itself. */
const holdsPath = /_(?:FILE|PATH|DIR|DIRECTORY)$/iu;
const absolutePath = /^(?:[~/]|[a-z]:[\\/])/iu;

/** Values of variables whose names suggest a secret. */
export interface SecretVariables {
  readonly values: readonly string[];
  /** The names of those variables, inputs aside. */
  readonly names: readonly string[];
  /** The names of variables that are not redacted: their value is a word that means something in many a text. */
  readonly words: readonly string[];
}

/** The values in an environment that must not be shown: those with a telling name, and headers that authorize. */
export function secretVariables(environment: Environment): SecretVariables {
  const values: string[] = [];
  const names: string[] = [];
  const words: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || Buffer.byteLength(value) < leastSecretLength) continue;
    const found = secretsOf(name, value);
    // An input that is declared secret counts as one, whatever its value.
    const isInput = name.startsWith('INPUT_');
    if (found.length === 0) continue;
    if (!isInput && isOrdinaryWord(value)) words.push(name);
    else values.push(...found);
    if (!isInput && !isOrdinaryWord(value)) names.push(name);
  }
  return { values, names, words };
}

function secretsOf(name: string, value: string): readonly string[] {
  const isSecret = isSecretName(name) && !(holdsPath.test(name) && absolutePath.test(value));
  const headers = holdsHeaders.test(name) ? [...gitExtraHeaderValues(value), ...headerSecrets(value)] : [];
  return isSecret ? [value, ...headers] : headers;
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

/** The passwords in the addresses that a git configuration holds. */
export function gitAddressPasswords(gitConfigText: string): readonly string[] {
  return [...gitConfigText.matchAll(/:\/\/(?:[^\s/@:]*:)?([^\s/@:]+)@/gu)].map(([, password = '']) => password);
}

/** The values of lines such as `x-api-key: …`. */
function headerSecrets(value: string): readonly string[] {
  const headers = value.matchAll(/^[ \t]*([\w-]{1,64}):[ \t]+(\S+)/gmu);
  return [...headers].flatMap(([, name = '', secret = '']) => (isSecretName(name) ? [secret] : []));
}

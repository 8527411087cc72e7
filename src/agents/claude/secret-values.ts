import { Buffer } from 'node:buffer';
import { looksIssued } from '../../model/ordinary-word.ts';
import { isSecretName } from '../../model/secret-names.ts';

/** Secrets in the value of a header: the value, the credential behind the name of a scheme, a password in it. */
export function headerSecrets(value: string): readonly string[] {
  const [, scheme, credential] = /^(basic|bearer|token|digest|negotiate)[ \t]+(\S.*)$/iu.exec(value.trim()) ?? [];
  if (credential === undefined) return [value.trim()];
  return scheme?.toLowerCase() === 'basic' ? [credential, ...passwordIn(credential)] : [credential];
}

function passwordIn(base64: string): readonly string[] {
  const decoded = Buffer.from(base64, 'base64').toString();
  return decoded.includes(':') ? [decoded.slice(decoded.indexOf(':') + 1)] : [];
}

/** Lines such as `x-api-key: …`, as ANTHROPIC_CUSTOM_HEADERS has them. */
export function headerLineSecrets(lines: string): readonly string[] {
  return lines.split(/\r?\n/u).flatMap((line) => {
    const colon = line.indexOf(':');
    return colon === -1 ? [] : headerSecrets(line.slice(colon + 1));
  });
}

/** Pairs such as `api-key=…,team=…`, as OTEL_EXPORTER_OTLP_HEADERS has them, percent-encoded or not. */
export function pairSecrets(pairs: string): readonly string[] {
  return pairs.split(',').flatMap((pair) => {
    const value = pair.slice(pair.indexOf('=') + 1).trim();
    return pair.includes('=') ? [value, ...headerSecrets(value), ...headerSecrets(decoded(value))] : [];
  });
}

const address = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?([^/?#\s@]*(?:@[^/?#\s@]*)*)@[^/?#\s]/iu;

/** The password of an address, or the name where there is none; and what its query calls a secret. */
export function addressSecrets(text: string): readonly string[] {
  const [, user = ''] = address.exec(text) ?? [];
  const password = user.includes(':') ? user.slice(user.indexOf(':') + 1) : user;
  const query = text.includes('?') ? text.slice(text.indexOf('?') + 1).split('#', 1)[0] : '';
  const named = [...new URLSearchParams(query)].flatMap(([name, value]) => (isSecretName(name) ? [value] : []));
  return [password, decoded(password), ...named].filter((value) => value !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Variables by name, which a configuration may refer to as `${NAME}`. */
type Variables = Readonly<Record<string, string | undefined>>;

const deepestLevel = 50;

/** The credentials in a configuration of the CLI's in JSON: settings, servers, or the key of a service account. */
export function configurationSecrets(json: string, variables: Variables = {}): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown, names: readonly string[]): void => {
    if (typeof value === 'string') found.push(...fieldSecrets(expanded(value, variables), names));
    if (typeof value !== 'object' || value === null || names.length > deepestLevel) return;
    if (Array.isArray(value)) found.push(...argumentSecrets(value, variables));
    for (const [name, inner] of Object.entries(value)) visit(inner, [...names, name]);
  };
  try {
    visit(JSON.parse(json), []);
  } catch {
    // Whoever reads it next says what is wrong with it.
  }
  return found;
}

function fieldSecrets(value: string, names: readonly string[]): readonly string[] {
  const [name = '', above = ''] = names.toReversed();
  if (above === 'headers') return [...headerSecrets(value), ...(isSecretName(name) ? [value] : [])];
  // A helper is a command that prints a credential.
  if (isSecretName(name) && !isPath(value) && !/helper$/iu.test(name)) return [value, ...headerSecrets(value)];
  return [...addressSecrets(value), ...(above === 'env' && looksIssued(value) && !isPath(value) ? [value] : [])];
}

function isPath(value: string): boolean {
  return /^(?:[~.]{0,2}\/|[a-z]:[\\/])/iu.test(value);
}

/** `--api-key`, and its value behind it or as the next argument; `--header` and a header. */
function argumentSecrets(values: readonly unknown[], variables: Variables): readonly string[] {
  const all = values.map((value) => (typeof value === 'string' ? expanded(value, variables) : ''));
  return all.flatMap((argument, index) => {
    const [, flag = '', value = all[index + 1] ?? ''] = /^--?([\w-]+)(?:=(.*))?$/su.exec(argument) ?? [];
    if (isSecretName(flag)) return [value];
    const [, header = '', content = ''] = /^([\w-]+):\s*(.+)$/su.exec(argument) ?? [];
    return isSecretName(header) ? headerSecrets(content) : [];
  });
}

function expanded(value: string, variables: Variables): string {
  return value.replace(/\$\{(\w+)(?::-([^}]*))?\}/gu, (_whole, name: string, otherwise = '') => {
    return variables[name] ?? otherwise;
  });
}

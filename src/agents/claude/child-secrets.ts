import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isOrdinaryWord } from '../../model/ordinary-word.ts';
import type { ProcessSpec } from '../../model/plan.ts';
import { isSecretName } from '../../model/secret-names.ts';
import type { ChildEnvironmentOptions, Environment, PassedVariable } from './environment.ts';
import { passedVariables } from './environment.ts';
import { addressSecrets, configurationSecrets, headerLineSecrets, pairSecrets } from './secret-values.ts';

/** A value that a child is given and that must not be shown. */
export interface ChildSecret {
  readonly kind: 'variable' | 'option';
  /** The name of what it comes from. */
  readonly source: string;
  readonly value: string;
}

/** Far more than any that a person or a tool has written. */
const largestFile = 1024 * 1024;

/** Everything secret that the children of a session are given: in variables, in files that these name, in configurations. */
export async function childSecrets(
  options: Pick<ChildEnvironmentOptions, 'environment' | 'passEnv'>,
  processes: readonly ProcessSpec[],
): Promise<readonly ChildSecret[]> {
  const variables = await Promise.all(passedVariables(options).map(secretsOfVariable));
  const texts = new Map(processes.flatMap(configurationsOf));
  const configured = await Promise.all(
    [...texts].map(([text, source]) => secretsOfConfiguration(source, text, options.environment)),
  );
  return [...variables, ...configured].flat();
}

async function secretsOfVariable({ name, value, holds }: PassedVariable): Promise<readonly ChildSecret[]> {
  const values = await valuesIn(value, holds);
  // A word that means something everywhere would be missing from every text.
  const secrets = holds === 'credential' ? values : values.filter((text) => !isOrdinaryWord(text));
  return secrets.map((secret) => ({ kind: 'variable', source: name, value: secret }));
}

async function valuesIn(value: string, holds: PassedVariable['holds']): Promise<readonly string[]> {
  switch (holds) {
    case 'nothing':
      return [];
    case 'credential':
      return [value];
    case 'address':
    case 'unknown':
      return addressSecrets(value);
    case 'headers':
      return headerLineSecrets(value);
    case 'pairs':
      return pairSecrets(value);
    case 'file':
      return fileSecrets(await textOf(value));
    default:
      return holds satisfies never;
  }
}

/** A token alone, the key of a service account, or settings in lines; a key in PEM is known by its look. */
function fileSecrets(text: string): readonly string[] {
  const whole = text.trim();
  if (whole.startsWith('{')) return configurationSecrets(whole);
  if (/^\S+$/u.test(whole)) return [whole];
  const lines = whole.matchAll(/^[ \t]*([\w.-]+)[ \t]*[=:][ \t]*(\S+)/gmu);
  return [...lines].flatMap(([, name = '', value = '']) => (isSecretName(name) ? [value] : []));
}

/** Texts or paths of configurations, each with the option that names it. */
function configurationsOf({ claude, workingDirectory }: ProcessSpec): readonly (readonly [string, string])[] {
  const given = [
    ['mcp-config', claude.mcpConfig],
    ['settings', claude.settings],
    ...claude.claudeArgs.filter((argument) => isJson(argument)).map((argument) => ['claude-args', argument]),
  ] as const;
  return given.flatMap(([source, text]) =>
    text === undefined || source === undefined ? [] : [[isJson(text) ? text : resolve(workingDirectory, text), source]],
  );
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('{');
}

async function secretsOfConfiguration(
  source: string,
  text: string,
  environment: Environment,
): Promise<readonly ChildSecret[]> {
  const json = isJson(text) ? text : await textOf(text);
  const values = configurationSecrets(json.replace(/^\uFEFF/u, ''), environment);
  return values.filter((value) => !isOrdinaryWord(value)).map((value) => ({ kind: 'option', source, value }));
}

/** Text of a small regular file, checked first, since a pipe has no end; empty for one that cannot be read, by Claude neither. */
async function textOf(path: string): Promise<string> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= largestFile ? await readFile(path, 'utf8') : '';
  } catch {
    return '';
  }
}

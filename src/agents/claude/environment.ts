import process from 'node:process';
import type { OptionRecord } from '../../model/option-table.ts';
import { isWithheldVariable } from '../../options/withheld-variables.ts';
import { someOf } from '../../text/format.ts';
import {
  behaviourVariables,
  connectionVariables,
  credentialNames,
  credentialVariables,
  type Holds,
  providers,
  setByTheCli,
  settingLike,
  type Variables,
} from './cli-variables.ts';

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];

/** The machine, the locale, the network and the runner: what any program may see (SECURITY.md, T2). */
const plainVariables: readonly Variables[] = [
  {
    holds: 'nothing',
    names: [
      ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TERM', 'LANG', 'LC_*', 'TZ', 'TMPDIR', 'TMP', 'TEMP'],
      ...['NO_PROXY', 'no_proxy', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
      ...['CI', 'GITHUB_ACTIONS', 'RUNNER_TRACKING_ID'],
    ],
  },
  { holds: 'address', names: proxies },
];

const windowsVariables: Variables = {
  holds: 'nothing',
  names: ['SystemRoot', 'ComSpec', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'],
};

const plain = [...plainVariables, ...(process.platform === 'win32' ? [windowsVariables] : [])];

/** Variables that lead neither to a model nor away from the machine. */
const harmless = [...plain, ...behaviourVariables];

/** The CLI's own retries: two, so that its layer and ours do not multiply (docs/claude-cli.md). */
const cliRetries = '2';

/** Variables of a process environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that any program of ours may see: none of them is secret, except that a proxy's address may hold a password. `further` are globs. */
export function plainEnvironment(environment: Environment, further: readonly string[] = []): Record<string, string> {
  return allowedOf(environment, [...namesOf(plain), ...further]);
}

/** Inputs of the environment of one child. */
export interface ChildEnvironmentOptions {
  /** Our own environment. */
  readonly environment: Environment;
  /** Credentials given as options; they win over the environment's. */
  readonly credentials: Partial<OptionRecord<'credentials'>>;
  /** Names or globs of further variables. */
  readonly passEnv: readonly string[];
  /** The stand-in for the model: replaces every credential, provider and gateway. */
  readonly offlineUrl?: string;
  /** Offline, the CLI is to believe in a subscription instead of an API key. */
  readonly offlineSubscription?: boolean;
  /** A private configuration directory; absent means the user's own. */
  readonly configDirectory?: string;
  readonly temporaryDirectory: string;
  /** The system prompt is not to name a directory for memories: it would be another one for each process. */
  readonly isMemoryOff?: boolean;
  /** Lifetime of the cache entries that the CLI marks; absent leaves it to the CLI. */
  readonly cacheLifetime?: '5m' | '1h';
}

/** Builds the environment that all attempts of one process get: an allowlist of ours, and what steers the CLI. */
export function childEnvironment(options: ChildEnvironmentOptions): Record<string, string> {
  const { environment, credentials, passEnv, offlineUrl } = options;
  const offline = offlineUrl !== undefined;
  const passed = allowedOf(environment, [...namesOf(offline ? harmless : variablesIn(environment)), ...passEnv]);
  return {
    ...Object.fromEntries(Object.entries(passed).filter(([name]) => !isReplaced(name, options))),
    ...(offline ? offlineVariables(offlineUrl, options) : variablesOf(credentials)),
    ...configVariable(options),
    CLAUDE_CODE_TMPDIR: options.temporaryDirectory,
    CLAUDE_CODE_MAX_RETRIES: cliRetries,
    CLAUDE_CODE_DISABLE_FILE_MENTIONS: '1',
    ...(options.isMemoryOff === true && { CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1' }),
    // An hour is there only when the environment asks for it.
    ...(options.cacheLifetime === '5m' && { FORCE_PROMPT_CACHING_5M: '1' }),
    CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
  };
}

/** A variable that a child is given, and the kind of its value; for one that `pass-env` names, only the name hints at it. */
export interface PassedVariable {
  readonly name: string;
  readonly value: string;
  readonly holds: Holds | 'unknown';
}

/** Every variable of our environment that a child may be given. */
export function passedVariables({
  environment,
  passEnv,
}: Pick<ChildEnvironmentOptions, 'environment' | 'passEnv'>): readonly PassedVariable[] {
  const known = variablesIn(environment);
  return Object.entries(allowedOf(environment, [...namesOf(known), ...passEnv])).map(([name, value]) => ({
    name,
    value,
    holds: known.find(({ names }) => matchesAny(name, names))?.holds ?? 'unknown',
  }));
}

function variablesIn(environment: Environment): readonly Variables[] {
  const chosen = providers.filter(({ chosenBy }) => isOn(environment[chosenBy])).flatMap(({ variables }) => variables);
  return [...plain, ...connectionVariables, ...behaviourVariables, ...chosen];
}

function namesOf(variables: readonly Variables[]): readonly string[] {
  return variables.flatMap(({ names }) => names);
}

/** A notice names no more variables than people read. */
const mostNamed = 20;

/** Says which variables look like settings of the CLI and do not reach it as they are; undefined when there are none. */
export function withheldNotice(options: ChildEnvironmentOptions): string | undefined {
  const child = childEnvironment(options);
  const names = Object.entries(options.environment)
    .filter(([name, value]) => value !== undefined && value !== '' && isUnexpectedlyAbsent(name, options))
    .filter(([name, value]) => child[name] !== value && !(isOn(child[name]) && isOn(value) && /DISABLE_/.test(name)))
    .map(([name]) => name);
  if (names.length === 0) return undefined;
  const withheld = names.filter((name) => child[name] === undefined);
  const replaced = names.filter((name) => child[name] !== undefined);
  const parts = [
    ...(withheld.length === 0
      ? []
      : [
          `These variables are withheld from Claude, though they look meant for it: ${someOf(withheld, mostNamed)}. pass-env hands on what it names.`,
        ]),
    ...(replaced.length === 0
      ? []
      : [`Set by us for every process, whatever the environment says: ${someOf(replaced, mostNamed)}.`]),
  ];
  return parts.join(' ');
}

/** A credential gives way to one that is an option, and to none offline, as intended: neither is worth a notice. */
function isUnexpectedlyAbsent(name: string, { offlineUrl }: ChildEnvironmentOptions): boolean {
  if (!matchesAny(name, settingLike) || matchesAny(name, setByTheCli) || credentialNames.includes(name)) return false;
  if (offlineUrl === undefined) return true;
  return !matchesAny(name, [
    'ANTHROPIC_*',
    ...namesOf([...connectionVariables, ...providers.flatMap(({ variables }) => variables)]),
  ]);
}

/** Whether the CLI will find something to authenticate with in this environment or in these options. */
export function hasCredentials(environment: Environment, credentials: ChildEnvironmentOptions['credentials']): boolean {
  return (
    Object.keys(credentials).length > 0 ||
    credentialNames.some((name) => Boolean(environment[name])) ||
    providers.some(({ chosenBy }) => isOn(environment[chosenBy]))
  );
}

function allowedOf(environment: Environment, globs: readonly string[]): Record<string, string> {
  const isNamed = matcherOf(globs);
  const passed = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && isNamed(entry[0]) && !isWithheldVariable(entry[0]),
  );
  return Object.fromEntries(passed);
}

function variablesOf(credentials: ChildEnvironmentOptions['credentials']): Record<string, string> {
  const given = Object.entries(credentials) as readonly (readonly [keyof typeof credentialVariables, string])[];
  return Object.fromEntries(given.map(([key, value]) => [credentialVariables[key], value]));
}

function offlineVariables(url: string, { offlineSubscription }: ChildEnvironmentOptions): Record<string, string> {
  const credential = offlineSubscription === true ? 'CLAUDE_CODE_OAUTH_TOKEN' : 'ANTHROPIC_API_KEY';
  return { ANTHROPIC_BASE_URL: url, [credential]: 'offline' };
}

function configVariable({ configDirectory, environment }: ChildEnvironmentOptions): Record<string, string> {
  const directory = configDirectory ?? environment.CLAUDE_CONFIG_DIR;
  return directory === undefined ? {} : { CLAUDE_CONFIG_DIR: directory };
}

/** A credential given as an option replaces all of the environment's; the stand-in replaces whatever leads to a model. */
function isReplaced(name: string, { credentials, offlineUrl }: ChildEnvironmentOptions): boolean {
  if (credentialNames.includes(name)) return offlineUrl !== undefined || Object.keys(credentials).length > 0;
  if (offlineUrl === undefined) return false;
  // A proxy would be handed the prompt, though the stand-in is on this machine.
  return /^ANTHROPIC_|_proxy$/i.test(name) || providers.some(({ chosenBy }) => chosenBy === name);
}

/** Whether a variable of the CLI switches something on. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false';
}

function matchesAny(name: string, globs: readonly string[]): boolean {
  return matcherOf(globs)(name);
}

/** Most globs are plain names: those are not compared one by one, for each variable of each child. */
function matcherOf(globs: readonly string[]): (name: string) => boolean {
  // To Windows, PATH and Path are the same name.
  const spelled = (text: string): string => (process.platform === 'win32' ? text.toLowerCase() : text);
  const names = new Set(globs.map(spelled));
  const patterns = [...names].filter((glob) => /[*?]/.test(glob));
  return (name) => names.has(spelled(name)) || patterns.some((glob) => matchesGlob(spelled(name), glob));
}

/** When it fails, it tries again from the last `*` only. A regular expression would try every `*` anew: many take forever. */
function matchesGlob(name: string, glob: string): boolean {
  let at = 0;
  let inGlob = 0;
  /** The place in the glob behind its last `*`, -1 before the first; and where in the name the rest was tried last. */
  let behindStar = -1;
  let retryAt = 0;
  while (at < name.length) {
    if (glob[inGlob] === '*') {
      inGlob += 1;
      behindStar = inGlob;
      retryAt = at;
    } else if (glob[inGlob] === '?' || glob[inGlob] === name[at]) {
      inGlob += 1;
      at += 1;
    } else if (behindStar >= 0) {
      retryAt += 1;
      at = retryAt;
      inGlob = behindStar;
    } else return false;
  }
  return /^\**$/.test(glob.slice(inGlob));
}

import { credentialNames, hasCredentials } from './claude/environment.ts';
import type { Executable, ExecutableSearch } from './claude/executable.ts';
import { findExecutable } from './claude/executable.ts';
import type { Fault } from './config/fault.ts';
import { parseCredential } from './config/scalar-values.ts';
import type { Settings } from './config/settings.ts';
import { sessionEnvironment } from './config/trusted-path.ts';
import type { ProcessSpec } from './core/plan.ts';
import type { Redactor } from './core/redactor.ts';
import type { EarlierSession } from './resume/earlier-session.ts';
import type { Fingerprint } from './resume/fingerprint.ts';
import { findResumption, fingerprintsOf, noResumption } from './resumption.ts';
import type { RunRequest } from './run-request.ts';

/** What was found before anything starts. */
export interface Preparation {
  readonly kind: 'ready';
  readonly executable: Executable;
  /** Why nothing can be started; the door wants that told by every result. */
  readonly unusable?: string;
  /** For people: what runs, and from where. */
  readonly description: string;
  /** The user's own configuration directory and login are used. */
  readonly ownConfiguration: boolean;
  /** Nothing is to be started, and that is no fault. */
  readonly notRun?: 'dry-run' | 'missing-credentials';
  readonly notices: readonly string[];
  /** As a notice, but to be told where people look first. */
  readonly warnings: readonly string[];
  /** Of every process, by its id. */
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
  /** The session to go on from. */
  readonly earlier?: EarlierSession;
}

/** Everything that stands in the way of a session, all at once. */
export interface Refusal {
  readonly kind: 'refused';
  readonly faults: readonly string[];
}

/** Checks what the settings cannot know: the executable, the credentials, the environment. Starts nothing but `--version`. */
export async function prepare(request: RunRequest, redactor: Redactor): Promise<Preparation | Refusal> {
  const { settings } = request;
  const { policy } = settings;
  const search = await searchFor(request);
  const tolerated =
    search.kind === 'unusable' &&
    (request.onUnusable === 'fail-processes' || (policy.dryRun && request.install !== undefined));
  const executable = executableOf(search, settings);
  const login = search.kind === 'found' ? loginOf(request, executable) : 'not-needed';
  const fingerprints = fingerprintsOf(request, executable, redactor);
  // Without an executable every process fails, or it is not known what would run: nothing to compare.
  const resumption = search.kind === 'found' ? await findResumption(request, fingerprints) : noResumption;
  const faults = [
    ...idFaults(settings, redactor),
    ...faultsOf({ search, tolerated, executable, login }, request),
    ...resumption.faults,
  ];
  if (faults.length > 0) return { kind: 'refused', faults };
  const notRun = notRunReason(policy.dryRun, login);
  return {
    kind: 'ready',
    executable,
    ...(search.kind === 'unusable' && { unusable: search.message }),
    description: search.kind === 'unusable' ? 'nothing that can be started' : descriptionOf(executable),
    ownConfiguration: login === 'own',
    ...(notRun !== undefined && { notRun }),
    notices: [...noticesOf(search, tolerated), ...(login === 'own' ? [ownLoginNotice] : []), ...resumption.notices],
    warnings: resumption.warnings,
    fingerprints,
    ...(resumption.earlier !== undefined && { earlier: resumption.earlier }),
  };
}

/** What surrounds a session, whatever its plan is. */
export type Surroundings = Pick<RunRequest, 'environment' | 'install' | 'login' | 'credentialsWithheld'> & {
  readonly settings: Omit<Settings, 'plan'>;
};

/** Options that decide what would be run, and those that decide whether it can log in. */
const choosing: ReadonlySet<string> = new Set(['claude-path', 'claude-version', 'trust']);
const authorizing: ReadonlySet<string> = new Set([
  'offline',
  'on-missing-credentials',
  'anthropic-api-key',
  'claude-code-oauth-token',
]);

/**
 * What `prepare` would refuse in a session whose options are refused already, so that everything is told at once. Installs
 * nothing, and looks at nothing that depends on an option that is `wrong` itself.
 */
export async function surroundingFaults(
  { install, ...surroundings }: Surroundings,
  wrong: readonly Fault[],
): Promise<readonly string[]> {
  if (wrong.some(({ option }) => choosing.has(option))) return [];
  const { settings } = surroundings;
  const search = await searchFor(surroundings);
  const tolerated = search.kind === 'unusable' && install !== undefined && settings.claude.path === undefined;
  const executable = executableOf(search, settings);
  const isKnown = (search.kind === 'found' || tolerated) && !wrong.some(({ option }) => authorizing.has(option));
  const login = isKnown ? loginOf(surroundings, executable) : 'not-needed';
  return faultsOf({ search, tolerated, executable, login }, surroundings);
}

interface Found {
  readonly search: ExecutableSearch;
  /** That there is no executable is no fault here. */
  readonly tolerated: boolean;
  readonly executable: Executable;
  readonly login: Login;
}

function faultsOf({ search, tolerated, executable, login }: Found, surroundings: Surroundings): string[] {
  const { policy } = surroundings.settings;
  return [
    ...credentialFaults(surroundings, login),
    ...(search.kind === 'unusable' && !tolerated ? [search.message] : []),
    ...(executable.kind === 'unknown' && policy.maxBudgetUsd !== undefined ? [plainBudgetFault] : []),
    ...(login === 'missing' ? [missingCredentials(surroundings)] : []),
  ];
}

function executableOf(search: ExecutableSearch, { claude }: Surroundings['settings']): Executable {
  return search.kind === 'found' ? search.executable : { path: claude.path ?? 'claude', kind: 'claude' };
}

/** The plan of a dry run, for people: a line per process. */
export function planLines({ plan, policy }: Settings): string[] {
  const trust = `The session would be ${policy.trust.level}: ${policy.trust.why}.`;
  return [trust, ...plan.processes.map((process, index) => `${index + 1}. ${processLine(process)}`)];
}

function processLine({ id, name, prompt, timeoutMs, claude, workingDirectory }: ProcessSpec): string {
  const parts = [
    name === id ? id : `${id} (${name})`,
    `prompt of ${prompt.length} characters`,
    claude.model === undefined ? "the CLI's model" : `model ${claude.model}`,
    timeoutMs === undefined ? 'no timeout' : `timeout ${timeoutMs / 1000} s`,
    `in ${workingDirectory}`,
  ];
  return parts.join(', ');
}

const plainBudgetFault =
  'max-budget-usd: a plain program does not say what it costs. Leave the option out, or let claude-path be the Claude CLI.';

const ownLoginNotice =
  "There is no credential in the environment: the login of the user's own Claude configuration is used.";

function searchFor({ settings, environment, install }: Surroundings): Promise<ExecutableSearch> {
  const { trust } = settings.policy;
  return findExecutable({
    choice: settings.claude,
    environment: sessionEnvironment({ trust, checkout: settings.checkout }, environment),
    ...(install !== undefined && !settings.policy.dryRun && { install }),
    ...(trust.level === 'untrusted' && { distrusted: settings.checkout }),
  });
}

function noticesOf(search: ExecutableSearch, tolerated: boolean): string[] {
  if (search.kind === 'found') return search.notice === undefined ? [] : [search.notice];
  return tolerated ? [search.message] : [];
}

/** A credential of the environment is held to the same rules as one that is given as an option. */
function credentialFaults({ settings, environment }: Surroundings, login: Login): string[] {
  if (login !== 'given' || Object.keys(settings.credentials).length > 0) return [];
  return credentialNames.flatMap((name) => {
    const parsed = parseCredential(environment[name] || 'none');
    return parsed.ok ? [] : parsed.problems.map(({ text }) => `${name}: ${text}`);
  });
}

/** Files are named by the ids, and every event by one: they must come through redaction as they are. */
function idFaults({ plan }: Settings, redactor: Redactor): string[] {
  const holdsSecret = (id: string): boolean => redactor.text(id) !== id;
  return plan.processes.flatMap(({ id }, index) => (holdsSecret(id) ? [secretIdFault(index + 1)] : []));
}

function secretIdFault(position: number): string {
  return (
    `id: that of process ${position} holds a value that is redacted everywhere (a credential, a mask, or a variable ` +
    'with a name such as DB_PASSWORD). Give the process another id.'
  );
}

type Login = 'given' | 'own' | 'not-needed' | 'excused' | 'missing';

function loginOf({ settings, environment, login, credentialsWithheld }: Surroundings, executable: Executable): Login {
  if (executable.kind !== 'claude' || settings.policy.offline) return 'not-needed';
  if (hasCredentials(environment, settings.credentials)) return 'given';
  if (login === 'own') return 'own';
  return credentialsWithheld === true && settings.onMissingCredentials === 'skip' ? 'excused' : 'missing';
}

function missingCredentials({ credentialsWithheld }: Surroundings): string {
  const hint =
    credentialsWithheld === true
      ? 'Pull requests from forks and by Dependabot get no secrets: set on-missing-credentials to "skip" to let them pass.'
      : 'Give anthropic-api-key or claude-code-oauth-token, usually from a secret, or set offline to "true" to try without.';
  return `anthropic-api-key: there are no credentials for Claude. ${hint}`;
}

function notRunReason(dryRun: boolean, login: Login): Preparation['notRun'] {
  if (dryRun) return 'dry-run';
  return login === 'excused' ? 'missing-credentials' : undefined;
}

function descriptionOf({ path, kind, version }: Executable): string {
  return kind === 'claude' ? `Claude Code ${version ?? 'of unknown version'} at ${path}` : `plain program at ${path}`;
}

import {
  absenceFault,
  type Executable,
  type ExecutableSearch,
  installExecutable,
} from '../agents/claude/executable.ts';
import {
  credentialOptions,
  type Login,
  type LoginInput,
  loginFaults,
  loginOf,
  ownLoginNotice,
} from '../agents/claude/login.ts';
import type { CheckResult } from '../agents/claude/settings-check.ts';
import type { Fingerprint } from '../model/event.ts';
import { type Plan, processesAndTemplatesOf, processesOf } from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { Redactor } from '../model/redactor.ts';
import type { Diagnostic } from '../options/diagnostic.ts';
import type { Settings } from '../options/settings.ts';
import { sessionEnvironment } from '../options/trusted-path.ts';
import { parallel } from '../plan/patterns.ts';
import type { EarlierSession } from '../record/earlier-session.ts';
import { searchFor } from './executable-search.ts';
import { checkPlanOptions, commandLineFaults, withheldNotices } from './option-check.ts';
import { findResumePlan, fingerprintsOf, noResumePlan, type ResumedSession, withoutChanged } from './resume.ts';
import type { RunRequest } from './run-request.ts';
import type { NotRun } from './verdict.ts';

/** Results of the checks before a session that may start. */
export interface Preflight {
  readonly kind: 'ready';
  readonly executable: Executable;
  /** Why nothing can be started; the message of every result. */
  readonly unusable?: string;
  /** For people: what runs, and from where. */
  readonly description: string;
  /** The user's own configuration directory and login are used. */
  readonly ownConfiguration: boolean;
  /** Nothing is to be started, and that is no fault. */
  readonly notRun?: NotRun;
  readonly notices: readonly string[];
  /** Notices of level `warning`. */
  readonly warnings: readonly string[];
  /** Fingerprints of every process, by its id. */
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
  /** The session to go on from, with the successes that still stand. */
  readonly earlier?: ResumedSession;
}

/** Every fault that prevents a session, all at once. */
export interface Refusal {
  readonly kind: 'refused';
  readonly faults: readonly string[];
}

/**
 * Checks what the settings cannot know: the executable, the credentials, the environment, the earlier session. Starts nothing
 * but `--version`. The CLI is installed last, and only for a session that will start it; `stop` ends what takes long.
 */
export async function prepare(
  request: RunRequest,
  redactor: Redactor,
  stop: AbortSignal,
): Promise<Preflight | Refusal> {
  const { settings } = request;
  if (hasNothingToDo(request)) return nothingToDo(settings);
  const search = await (request.search?.result(stop) ?? searchFor(request, { stop }));
  const likely = executableOf(search, settings);
  const login = search.kind === 'unusable' ? 'not-needed' : loginFor(request, likely);
  const notRun = notRunReason(settings.policy.dryRun, login);
  const canRun = search.kind === 'found' || (search.kind === 'absent' && request.install !== undefined);
  const isWanted = canRun && login !== 'missing' && notRun !== 'missing-credentials';
  const checked = await checkPlanOptions(request, search, stop);
  const resumePlan = isWanted ? await findResumePlan(request, stop) : noResumePlan;
  const faults = [
    ...idFaults(settings, redactor),
    // A deadline that passes meanwhile ends the session as any other does: with results.
    ...(stop.reason === 'deadline' ? [] : executableFaults(search, request)),
    ...loginFaults(request, login),
    ...checked.faults,
    ...commandLineFaults(request, likely),
    ...resumePlan.faults,
  ];
  if (faults.length > 0) return refusedFor(faults);
  const expected = withoutChanged(request, resumePlan, fingerprintsOf(request, likely, redactor));
  const settled =
    notRun !== undefined || (request.joining === undefined && isAllKnown(settings.plan, expected.earlier))
      ? search
      : await withInstallation(search, request, stop);
  const isLate = stop.reason === 'deadline';
  if (settled !== search && settled.kind === 'unusable' && !isLate) return refusedFor([settled.message]);
  const executable = settled.kind === 'found' ? settled.executable : likely;
  const options = settled === search ? checked : await checkPlanOptions(request, settled, stop);
  if (options.faults.length > 0) return refusedFor(options.faults);
  const fingerprints = fingerprintsOf(request, executable, redactor);
  const { notices, warnings, earlier } = withoutChanged(request, resumePlan, fingerprints);
  return {
    kind: 'ready',
    executable,
    ...startOf(settled, request),
    ownConfiguration: login === 'own',
    ...(notRun !== undefined && { notRun }),
    ...{ notices: [...noticesOf(settled, login, request), ...withheldNotices(request, executable, login), ...notices] },
    ...{ warnings: [...options.warnings, ...warnings], fingerprints },
    ...(earlier !== undefined && { earlier }),
  };
}

/** The checks for a plan that is run elsewhere: no credentials, no earlier session, no fingerprints. */
export async function checkOnly(request: RunRequest, redactor: Redactor, stop: AbortSignal): Promise<CheckResult> {
  const search = await searchFor(request, { stop });
  const { faults, warnings } = await checkPlanOptions(request, search, stop);
  const executable = executableOf(search, request.settings);
  const own = [...idFaults(request.settings, redactor), ...executableFaults(search, request)];
  return { faults: [...own, ...faults, ...commandLineFaults(request, executable)], warnings };
}

function refusedFor(faults: readonly string[]): Refusal {
  return { kind: 'refused', faults };
}

function loginFor(request: RunRequest, executable: Executable): Login | 'not-needed' {
  const { settings, joining } = request;
  const isNeeded = joining !== undefined || processesAndTemplatesOf(settings.plan.graph).length > 0;
  return isNeeded ? loginOf(request, executable) : 'not-needed';
}

/** Whether every process of a plan has succeeded in an earlier session. */
function isAllKnown({ graph }: Plan, earlier: EarlierSession | undefined): boolean {
  return processesAndTemplatesOf(graph).every(({ id }) => earlier?.successes.has(id));
}

/** An empty list is no fault: whatever made it found nothing to do, and nothing more needs to be there. */
function hasNothingToDo({ settings, earlierRuns, joining }: RunRequest): boolean {
  return (
    joining === undefined &&
    processesAndTemplatesOf(settings.plan.graph).length === 0 &&
    (earlierRuns === undefined || earlierRuns.results.length === 0)
  );
}

function nothingToDo({ plan, policy, claude }: Settings): Preflight {
  // Empty lists have groups that stand for them.
  const nothing = plan.graph.nodes.length > 0 ? 'no-items' : 'no-prompts';
  return {
    kind: 'ready',
    executable: { path: claude.path ?? 'claude', kind: 'claude' },
    description: 'no program is run',
    ownConfiguration: false,
    notRun: policy.dryRun ? 'dry-run' : nothing,
    notices: [],
    warnings: [],
    fingerprints: new Map(),
  };
}

/** The part of a request that does not depend on the plan. */
export type PreflightInput = LoginInput & Pick<RunRequest, 'install' | 'onMissingExecutable' | 'project'>;

/** Options that decide what would be run, and those that decide whether it can log in. */
const choosing: ReadonlySet<string> = new Set(['claude-path', 'claude-version', 'trust']);
const authorizing: ReadonlySet<string> = new Set(['offline', 'on-missing-credentials', ...credentialOptions]);

/**
 * What `prepare` would refuse in a session whose options are refused already, so that every fault is reported at once. Installs
 * nothing, and looks at nothing that depends on an option that is `wrong` itself.
 */
export async function preflightDiagnostics(
  input: PreflightInput,
  wrong: readonly Diagnostic[],
): Promise<readonly string[]> {
  if (wrong.some(({ option }) => choosing.has(option))) return [];
  const search = await searchFor(input);
  const isKnown = search.kind !== 'unusable' && !wrong.some(({ option }) => authorizing.has(option));
  const login = isKnown ? loginOf(input, executableOf(search, input.settings)) : 'not-needed';
  return [...executableFaults(search, input), ...loginFaults(input, login)];
}

function executableFaults(
  search: ExecutableSearch,
  { settings, install, onMissingExecutable }: PreflightInput,
): string[] {
  switch (search.kind) {
    case 'unusable':
      return onMissingExecutable === 'fail-processes' ? [] : [search.message];
    case 'absent':
      return install !== undefined || onMissingExecutable === 'fail-processes' ? [] : [absenceFault(search)];
    case 'found': {
      const isPlain = search.executable.kind === 'unknown';
      const why = search.notice === undefined ? '' : ` ${search.notice}`;
      return isPlain && settings.policy.maxBudgetUsd !== undefined ? [plainBudgetFault + why] : [];
    }
  }
}

function executableOf(search: ExecutableSearch, { claude }: PreflightInput['settings']): Executable {
  switch (search.kind) {
    case 'found':
      return search.executable;
    case 'absent':
      return { path: 'claude', kind: 'claude', version: search.version };
    case 'unusable':
      return { path: claude.path ?? 'claude', kind: 'claude' };
  }
}

const plainBudgetFault =
  'max-budget-usd: a plain program does not say what it costs. Leave the option out, or let claude-path be the Claude CLI.';

async function withInstallation(
  search: ExecutableSearch,
  { settings, environment, install }: RunRequest,
  stop: AbortSignal,
): Promise<ExecutableSearch> {
  if (search.kind !== 'absent' || install === undefined) return search;
  const { trust } = settings.policy;
  const own = sessionEnvironment({ trust, checkout: settings.checkout }, environment);
  return await installExecutable(search, { install, environment: own, stop });
}

function startOf(search: ExecutableSearch, { install }: RunRequest): Pick<Preflight, 'description' | 'unusable'> {
  const nothing = 'nothing that can be started';
  switch (search.kind) {
    case 'found':
      return { description: descriptionOf(search.executable) };
    case 'unusable':
      return { description: nothing, unusable: search.message };
    case 'absent':
      return install === undefined
        ? { description: nothing, unusable: absenceFault(search) }
        : { description: `Claude Code ${search.version}, which is not installed yet` };
  }
}

function noticesOf(search: ExecutableSearch, login: Login, { settings, install }: RunRequest): string[] {
  const notices = login === 'own' ? [ownLoginNotice] : [];
  const { dryRun } = settings.policy;
  if (dryRun && login === 'excused')
    notices.push(
      'There are no credentials for Claude: with on-missing-credentials "skip" every process would be skipped.',
    );
  switch (search.kind) {
    case 'found':
      return search.notice === undefined ? notices : [search.notice, ...notices];
    case 'unusable':
      return [search.message, ...notices];
    case 'absent':
      if (install === undefined) return [absenceFault(search), ...notices];
      return dryRun
        ? [`${search.why} Claude Code ${search.version} would be installed from npm.`, ...notices]
        : notices;
  }
}

/** Faults of one process that joins the session. */
export function joinFaults(request: RunRequest, executable: Executable, redactor: Redactor) {
  return (process: ProcessSpec): readonly string[] => {
    const plan = parallel([process], { maxWorkers: 1, stopOnFailure: false });
    const settings = { ...request.settings, plan };
    return [...idFaults(settings, redactor), ...commandLineFaults({ ...request, settings }, executable)];
  };
}

/** Files are named by the ids, and every event by one: they must come through redaction as they are. */
function idFaults({ plan }: Settings, redactor: Redactor): string[] {
  const holdsSecret = (id: string): boolean => redactor.text(id) !== id;
  return processesOf(plan.graph).flatMap(({ id }, index) => (holdsSecret(id) ? [secretIdFault(index + 1)] : []));
}

function secretIdFault(position: number): string {
  return (
    `id: that of process ${position} holds a value that is redacted everywhere (a credential, a mask, or a variable ` +
    'with a name such as DB_PASSWORD). Give the process another id.'
  );
}

function notRunReason(dryRun: boolean, login: Login): Preflight['notRun'] {
  if (dryRun) return 'dry-run';
  return login === 'excused' ? 'missing-credentials' : undefined;
}

function descriptionOf({ path, kind, version }: Executable): string {
  return kind === 'claude' ? `Claude Code ${version ?? 'of unknown version'} at ${path}` : `plain program at ${path}`;
}

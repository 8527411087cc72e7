import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, commandLineFault } from '../agents/claude/command-line.ts';
import { childEnvironment, withheldNotice } from '../agents/claude/environment.ts';
import { type Executable, type ExecutableSearch, isTested, minimumVersion } from '../agents/claude/executable.ts';
import type { Login } from '../agents/claude/login.ts';
import { type CheckedOptions, type CheckResult, checkOptions, isOwnProgram } from '../agents/claude/settings-check.ts';
import { type Plan, processesAndTemplatesOf } from '../model/graph.ts';
import { sessionEnvironment } from '../options/trusted-path.ts';
import type { RunRequest } from './run-request.ts';

/** Each is a start of the CLI; a list with more schemas than this has the rest of them judged when their processes run. */
const mostChecks = 16;

/** An address that cannot be reached: no model is asked. */
const noModel = 'http://127.0.0.1:9';

const nothingFound: CheckResult = { faults: [], warnings: [] };

/** Has the CLI itself look at the settings, schemas and permission modes of a plan, where there are some. */
export async function checkPlanOptions(
  request: RunRequest,
  search: ExecutableSearch,
  stop: AbortSignal,
): Promise<CheckResult> {
  const checks = distinctOptions(request);
  if (checks.size === 0 || search.kind !== 'found') return nothingFound;
  const { kind, path } = search.executable;
  if (kind !== 'claude' || !isOwnProgram(path)) return nothingFound;
  const base = await mkdtemp(join(request.temporaryDirectory ?? tmpdir(), 'claude-ensemble-check-')).catch(
    () => undefined,
  );
  if (base === undefined) return nothingFound;
  try {
    const waiting = [...checks].slice(0, mostChecks);
    const results: CheckResult[] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [processId, options] = next;
        const environment = environmentIn(base, request);
        const found = await checkOptions(options, { executable: path, environment, interrupt: stop });
        results.push(checks.size === 1 ? found : named(found, processId));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    return {
      faults: [...new Set(results.flatMap(({ faults }) => faults))],
      warnings: [...new Set(results.flatMap(({ warnings }) => warnings))],
    };
  } finally {
    await rm(base, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/** Values to check, each once, by the id of the first process that has it. */
function distinctOptions({ settings, sample }: RunRequest): ReadonlyMap<string, CheckedOptions> {
  const { plan, policy } = settings;
  const found = new Map<string, { readonly id: string; readonly options: CheckedOptions }>();
  const processes = [...processesAndTemplatesOf(plan.graph), ...(sample === undefined ? [] : [sample])];
  for (const { id, claude, workingDirectory } of processes) {
    const options = {
      ...(claude.settings !== undefined && { settings: claude.settings }),
      ...(claude.jsonSchema !== undefined && { jsonSchema: claude.jsonSchema }),
      // The only mode that the CLI may refuse.
      ...(claude.permissionMode === 'bypassPermissions' && { permissionMode: claude.permissionMode }),
    };
    const key = JSON.stringify(options);
    if (key === '{}' || found.has(key)) continue;
    const userSettingsOnly = policy.trust.level === 'untrusted' || policy.offline;
    found.set(key, { id, options: { ...options, workingDirectory, userSettingsOnly } });
  }
  return new Map([...found.values()].map(({ id, options }) => [id, options]));
}

/** Names the processes whose arguments are too long for this system to start them. */
export function commandLineFaults({ settings }: RunRequest, executable: Executable): readonly string[] {
  const { plan, policy, logDirectory } = settings;
  const { trust, offline } = policy;
  const tooLong = processesAndTemplatesOf(plan.graph).flatMap(({ id, claude }) => {
    const argsOf = () => commandLine({ claude, trust, offline, logDirectory, ceilingUsd: 0.01 });
    const fault = commandLineFault(executable.path, argsOf);
    return fault === undefined ? [] : [`process ${id}: ${fault}`];
  });
  return [...tooLong, ...conversationFaults(plan, executable)];
}

/** Names the variables that look like settings of the CLI and do not reach it. */
export function withheldNotices(
  { settings, environment }: RunRequest,
  { kind }: Executable,
  login: Login,
): readonly string[] {
  if (kind !== 'claude') return [];
  const { credentials, passEnv, policy } = settings;
  const notice = withheldNotice({
    environment,
    credentials,
    passEnv,
    ...(policy.offline && { offlineUrl: noModel }),
    ...(login !== 'own' && { configDirectory: 'private' }),
    temporaryDirectory: 'private',
  });
  return notice === undefined ? [] : [notice];
}

function environmentIn(base: string, { settings, environment }: RunRequest): Readonly<Record<string, string>> {
  const { policy, checkout, passEnv } = settings;
  return childEnvironment({
    environment: sessionEnvironment({ trust: policy.trust, checkout }, environment),
    credentials: {},
    passEnv,
    offlineUrl: noModel,
    configDirectory: base,
    temporaryDirectory: base,
  });
}

function named({ faults, warnings }: CheckResult, processId: string): CheckResult {
  const name = (line: string): string => line.replace(/^json-schema:/, `json-schema: process ${processId}:`);
  return { faults: faults.map(name), warnings };
}

/** Causes for which an executable cannot continue the conversations of a plan; a line each. */
function conversationFaults({ graph }: Plan, executable: Executable): readonly string[] {
  const isWanted = processesAndTemplatesOf(graph).some(({ conversationFrom }) => conversationFrom !== undefined);
  // An executable of an unknown version is reported elsewhere.
  const isUnknown = executable.kind === 'claude' && executable.version === undefined;
  if (!isWanted || isUnknown || isTested(executable)) return [];
  const why =
    executable.kind === 'claude'
      ? `it needs Claude Code ${minimumVersion} or newer, and this is ${executable.version}`
      : 'a plain program has no conversation that could go on';
  return [`conversation-from: ${why}.`];
}

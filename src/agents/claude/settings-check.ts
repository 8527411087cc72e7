import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { parseJson } from '../../text/json.ts';

/** Options whose content only the CLI can check. */
export interface CheckedOptions {
  /** Path or JSON text. */
  readonly settings?: string;
  /** JSON text. */
  readonly jsonSchema?: string;
  readonly permissionMode?: string;
  readonly workingDirectory: string;
  /** Nothing of the checkout is loaded. */
  readonly userSettingsOnly: boolean;
}

/** Asks the CLI to check options before anything is paid; each line of the answer begins with the name of an option or a file. */
export interface CheckResult {
  /** It would refuse to start, or ignore what was meant to hold. */
  readonly faults: readonly string[];
  /** It would ignore something else. */
  readonly warnings: readonly string[];
}

/** Inputs of a check. */
export interface CheckTools {
  /** Absolute path of the CLI. */
  readonly executable: string;
  /** The environment of a child, but with an address of the model that cannot be reached. */
  readonly environment: Readonly<Record<string, string>>;
  readonly interrupt?: AbortSignal | undefined;
}

/** A cold disk has to read its 364 MB first. */
const patienceMs = 30_000;
const nothingFound: CheckResult = { faults: [], warnings: [] };
const question = { type: 'control_request', request_id: 'settings', request: { subtype: 'get_settings' } };

const answerSchema = z.object({
  type: z.literal('control_response'),
  response: z.object({
    response: z.object({
      sources: z.array(z.object({ source: z.string(), settings: z.record(z.string(), z.unknown()) })),
      errors: z.array(z.object({ file: z.string().optional(), path: z.string(), message: z.string() })).optional(),
    }),
  }),
});
type Answer = z.infer<typeof answerSchema>['response']['response'];

/**
 * Whether an executable is the CLI itself. A script of the same name may do its work when it is started, so it is not asked.
 */
export function isOwnProgram(executable: string): boolean {
  try {
    const file = openSync(executable, 'r');
    const head = Buffer.alloc(4);
    readSync(file, head, 0, 4, 0);
    closeSync(file);
    const magic = head.toString('latin1');
    // ELF, PE, and Mach-O in its forms
    return magic === '\x7fELF' || magic.startsWith('MZ') || /^(?:\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)$/.test(magic);
  } catch {
    return false;
  }
}

/**
 * Has the CLI read options without a prompt, and report the settings in effect. It starts no hook (`--bare`) and no MCP server, and
 * asks no model. What it does not answer is left to the processes.
 */
export async function checkOptions(options: CheckedOptions, tools: CheckTools): Promise<CheckResult> {
  const { executable, environment, interrupt } = tools;
  const result = await execa(executable, argumentsOf(options), {
    cwd: options.workingDirectory,
    env: environment,
    extendEnv: false,
    input: `${JSON.stringify(question)}\n`,
    reject: false,
    killDescendants: true,
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
    ...(interrupt !== undefined && { cancelSignal: interrupt }),
  });
  const answer = answerIn(result.stdout);
  if (answer !== undefined) return judge(answer, options);
  const refusal =
    result.exitCode === undefined || result.exitCode === 0 ? undefined : refusalIn(result.stderr, options);
  return refusal === undefined ? nothingFound : { faults: [refusal], warnings: [] };
}

function argumentsOf({ settings, jsonSchema, permissionMode, userSettingsOnly }: CheckedOptions): readonly string[] {
  return [
    ...['--bare', '-p', '--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose'],
    ...['--no-session-persistence', '--strict-mcp-config', ...(userSettingsOnly ? ['--setting-sources', 'user'] : [])],
    ...(settings === undefined ? [] : ['--settings', settings]),
    ...(jsonSchema === undefined ? [] : ['--json-schema', jsonSchema]),
    ...(permissionMode === undefined ? [] : ['--permission-mode', permissionMode]),
  ];
}

function answerIn(stdout: string): Answer | undefined {
  for (const line of stdout.split('\n')) {
    if (!line.includes('"control_response"')) continue;
    try {
      return answerSchema.parse(JSON.parse(line)).response.response;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** The option that the CLI names in its error; undefined for an error that concerns none, such as a lack of memory. */
function refusalIn(stderr: string, { permissionMode }: CheckedOptions): string | undefined {
  const text = oneLine(stderr.replace(/^\s*Error:\s*/i, ''));
  if (text.includes('--json-schema'))
    return `json-schema: Claude refuses it: ${text.replace('--json-schema is not a valid JSON Schema: ', '')}`;
  if (text.includes('skip-permissions') && permissionMode !== undefined) {
    const hint = text.includes('root')
      ? ' In a container that is thrown away, set IS_SANDBOX: 1 in the env of the step.'
      : '';
    return `permission-mode: "${permissionMode}": Claude refuses it: ${text}.${hint}`;
  }
  return text.includes('--settings') ? `settings: Claude refuses to start with them: ${text}` : undefined;
}

function judge({ sources, errors = [] }: Answer, { settings, workingDirectory }: CheckedOptions): CheckResult {
  const path = settings === undefined || settings.startsWith('{') ? undefined : resolve(workingDirectory, settings);
  const isOurs = (file: string | undefined): boolean =>
    settings !== undefined && (file === path || /claude-settings-[\da-f]+\.json$/.test(file ?? ''));
  const faults = errors.filter(({ file }) => isOurs(file));
  const others = errors.filter(({ file }) => !isOurs(file));
  const warnings = others.map(
    ({ file = 'settings', ...error }) => `${file}: Claude ignores it as a whole: ${errorText(error)}`,
  );
  if (faults.length > 0) {
    return { faults: [`settings: Claude would ignore all of them: ${faults.map(errorText).join('; ')}`], warnings };
  }
  const applied = sources.find(({ source }) => source === 'flagSettings')?.settings ?? {};
  const dropped =
    settings === undefined ? [] : missingIn(parseJson(path === undefined ? settings : contentOf(path)) ?? {}, applied);
  const [guards, rest] = [dropped.filter(isGuard), dropped.filter((path) => !isGuard(path))];
  return {
    faults: guards.map(
      (path) => `settings: Claude would ignore ${path}: it is malformed, or nothing that Claude knows.`,
    ),
    warnings: [...warnings, ...rest.map((path) => `settings: Claude ignores ${path}.`)],
  };
}

function errorText({ path, message }: { readonly path: string; readonly message: string }): string {
  return oneLine(path === '' ? message : `${path}: ${message}`);
}

/** A rule that forbids or asks, and a hook, which may guard as well: a session must not run without one that was meant. */
function isGuard(path: string): boolean {
  return /^(?:permissions\.(?:deny|ask)|hooks)(?:$|[.[])/.test(path);
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return '';
  }
}

/** The paths of what was given and is not in what applies. Numbers may have become text. */
function missingIn(given: unknown, applied: unknown, path = ''): readonly string[] {
  if (Array.isArray(given)) {
    if (!Array.isArray(applied)) return [path];
    const isSame = given.length === applied.length;
    return given.flatMap((item, index) => {
      if (isSame && typeof item === 'object') return missingIn(item, applied[index], `${path}[${index}]`);
      return applied.some((other) => isEqual(item, other))
        ? []
        : [`${path}[${index}] (${JSON.stringify(item).slice(0, 80)})`];
    });
  }
  if (typeof given !== 'object' || given === null) return applied === undefined ? [path] : [];
  const known: object = typeof applied === 'object' && applied !== null ? applied : {};
  return Object.entries(given).flatMap(([key, value]) =>
    missingIn(
      value,
      Object.hasOwn(known, key) ? known[key as keyof typeof known] : undefined,
      path === '' ? key : `${path}.${key}`,
    ),
  );
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other) || (typeof one !== 'object' && String(one) === String(other));
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, 600);
}

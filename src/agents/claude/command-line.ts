import { join } from 'node:path';
import process from 'node:process';
import { fieldsOf } from '../../model/option-table.ts';
import type { ClaudeOptions, TrustDecision } from '../../model/plan.ts';

/** Inputs of the command line of one attempt. */
export interface CommandLineOptions {
  readonly claude: ClaudeOptions;
  readonly trust: TrustDecision;
  readonly offline: boolean;
  /** Absolute base of the logs: out of Claude's reach. */
  readonly logDirectory: string;
  /** US dollars that this attempt may spend. */
  readonly ceilingUsd?: number;
  /** Text by default. The CLI waits for messages as long as it takes, but for the beginning of a text for 3 seconds only. */
  readonly input?: 'text' | 'stream-json';
  /** The id under which the conversation is recorded; absent means that none of it is kept. */
  readonly recordedAs?: string;
  /** Absolute path of the recording of a conversation that is continued, as a copy. */
  readonly continues?: string;
  /** Absolute base of private directories with recordings in them: out of Claude's reach. */
  readonly recordingsBase?: string;
  /** Absolute configuration directory of the user, where that is the CLI's: recordings are written there first. */
  readonly ownConfiguration?: string;
  /** Partial messages are requested: they show when a response begins. */
  readonly isPartial?: boolean;
}

/** In an untrusted checkout nothing that configures Claude may be read as if it were plain text either (SECURITY.md, T1). */
const agentFiles = ['CLAUDE.md', 'CLAUDE.local.md', '.claude/**', '.mcp.json'];

/** Tools that end a turn in order to be woken later: nothing wakes a run with `-p`, so the work would end before it is done. */
const wakingTools = ['CronCreate', 'CronDelete', 'CronList', 'Monitor', 'ScheduleWakeup', 'Workflow'];

/** The arguments for the Claude CLI. The prompt is not among them: it goes to standard input. */
export function commandLine(options: CommandLineOptions): string[] {
  const { claude, trust, offline, logDirectory, ceilingUsd, recordingsBase, ownConfiguration } = options;
  const untrusted = trust.level === 'untrusted';
  const { mcpConfig: _servers, settings: _settings, ...onStandIn } = claude;
  const denied = [
    ...['Read', 'Edit'].flatMap((tool) => [
      directoryRule(tool, logDirectory),
      ...(recordingsBase === undefined ? [] : recordingRules(tool, recordingsBase)),
      ...(ownConfiguration === undefined ? [] : [directoryRule(tool, join(ownConfiguration, 'projects'))]),
    ]),
    ...(untrusted ? [] : wakingTools.filter((tool) => !isNamed(tool, claude))),
    ...(untrusted ? agentFiles.flatMap((file) => [`Read(./${file})`, `Read(./**/${file})`]) : []),
  ];
  return [
    '-p',
    '--output-format',
    'stream-json',
    '--verbose',
    ...flag('--input-format', options.input === 'stream-json' ? options.input : undefined),
    ...(options.isPartial === true ? ['--include-partial-messages'] : []),
    ...(options.recordedAs === undefined ? ['--no-session-persistence'] : ['--session-id', options.recordedAs]),
    ...(options.continues === undefined ? [] : ['--resume', options.continues, '--fork-session']),
    // Holds against hooks, helpers, servers and memory of a hostile checkout, where --bare and --safe-mode do not (docs/claude-cli.md).
    ...(untrusted || offline ? ['--setting-sources', 'user', '--strict-mcp-config'] : []),
    // Without --restricted, the mode "plan" reads outside of the working directory (tried with 2.1.330).
    ...(untrusted ? ['--tools', 'Read', '--restricted'] : []),
    ...flag('--max-budget-usd', ceilingUsd),
    ...optionArguments({ ...(offline ? onStandIn : claude), disallowedTools: [...claude.disallowedTools, ...denied] }),
    ...claude.claudeArgs,
  ];
}

/** Whether someone asked for a tool by its name. */
function isNamed(tool: string, { allowedTools, claudeArgs }: ClaudeOptions): boolean {
  return [...allowedTools, ...claudeArgs.flatMap((argument) => argument.split(/[\s,=]/))].some(
    (rule) => rule.replace(/\(.*/s, '') === tool,
  );
}

/** The options that are handed on, each under the first of its flags. */
const passedOn = fieldsOf('claude').flatMap(({ key, cliFlags: [name] = [] }) =>
  name === undefined ? [] : [{ name, key }],
);

/** Lists come last: the CLI reads whatever follows one, up to the next flag, as a part of it. */
function optionArguments(claude: ClaudeOptions): string[] {
  const given = passedOn.map(({ name, key }) => ({ name, value: claude[key] }));
  return [
    ...given.flatMap(({ name, value }) => (typeof value === 'object' ? [] : flag(name, value))),
    ...given.flatMap(({ name, value }) => (typeof value === 'object' && value.length > 0 ? [name, ...value] : [])),
  ];
}

function flag(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [name, String(value)];
}

/** In UTF-16 units, for the whole line with its final zero (CreateProcess). Elsewhere each argument has a limit of its own. */
const longestWindowsLine = 32_767;

/** Why a command line is too long to be started; undefined when it is not. */
export function commandLineFault(
  executable: string,
  argsOf: () => readonly string[],
  platform = process.platform,
): string | undefined {
  if (platform !== 'win32') return undefined;
  const quoted = [executable, ...argsOf()].map(
    (arg) => arg.replace(/(\\*)("|$)/g, '$1$1$2').replaceAll('"', '\\"').length + 2,
  );
  const length = quoted.reduce((sum, part) => sum + part + 1, 0);
  if (length <= longestWindowsLine) return undefined;
  return (
    `its command line has ${length} characters, and Windows takes ${longestWindowsLine - 1}. Shorten append-system-prompt, ` +
    'json-schema, allowed-tools or claude-args, or let settings and mcp-config name files.'
  );
}

/**
 * A permission rule for all that lies below an absolute directory, written so that every character of the path stands for
 * itself: the CLI reads a pattern as git does in `.gitignore`, in parentheses in which `\` quotes (tried with 2.1.330).
 */
export function directoryRule(tool: string, directory: string, platform = process.platform): string {
  return `${tool}(/${quotedPath(directory, platform)}/**)`;
}

/** Rules for the recordings of conversations, while they are written and when they are kept. */
function recordingRules(tool: string, base: string): string[] {
  const path = quotedPath(base, process.platform);
  return [`${tool}(/${path}/recordings/**)`, `${tool}(/${path}/*/config/**/*.jsonl)`];
}

function quotedPath(directory: string, platform: NodeJS.Platform): string {
  const path = platform === 'win32' ? slashed(directory) : directory;
  const pattern = path.replace(/[\\*[\]]/g, '\\$&');
  return pattern.replace(/[\\()]/g, '\\$&');
}

/** `C:\logs` as the CLI writes it: `/c/logs`. */
function slashed(path: string): string {
  return path.replace(/^[A-Za-z]:/, (drive) => `/${drive.charAt(0).toLowerCase()}`).replaceAll('\\', '/');
}

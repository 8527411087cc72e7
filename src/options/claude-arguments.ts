import type { OptionRow } from '../model/option-row.ts';
import { optionRows } from '../model/option-table.ts';
import { accept, parseEach, quote, type Result, refuseRange, refuseType } from './diagnostic.ts';
import { parseLines } from './list-values.ts';
import { parseText } from './scalar-values.ts';

/** Flags that decide how we talk to the CLI, or that would hand the work to someone else; no option sets them. */
const ourFlags = [
  ...['-p', '--print', '--input-format', '--output-format', '--verbose', '--setting-sources', '--strict-mcp-config'],
  ...['--session-id', '-r', '--resume', '-c', '--continue', '--fork-session', '--from-pr', '--teleport'],
  ...['--resume-session-at', '--rewind-files', '--environment', '--remote', '--remote-control', '--rc', '--sdk-url'],
  '--include-partial-messages',
  ...['--bg', '--background', '--cloud', '--desktop', '-h', '--help', '-v', '--version'],
] as const;

const ownedFlags: ReadonlyMap<string, OptionRow | undefined> = new Map<string, OptionRow | undefined>([
  ...ourFlags.map((flag) => [flag, undefined] as const),
  ...optionRows.flatMap((row) => (row.cliFlags ?? []).map((flag) => [flag, row] as const)),
]);

/** Flags of the CLI 2.1.330 that take no value: a word after one of them would become a prompt. */
const switches: ReadonlySet<string> = new Set([
  ...['--ax-screen-reader', '--bare', '--brief', '--chrome', '--no-chrome', '--disable-slash-commands'],
  ...['--exclude-dynamic-system-prompt-sections', '--forward-subagent-text', '--ide', '--include-hook-events'],
  ...['--enable-auto-mode', '--init', '--init-only', '--maintenance', '--tmux'],
  ...['--no-session-persistence', '--replay-user-messages', '--restricted', '--safe-mode'],
]);

/** Flags of the CLI 2.1.330 that take several values. */
const variadic: ReadonlySet<string> = new Set(['--add-dir', '--betas', '--file', '--tools']);

/** The items of an array stand as they are: `--tools` with an empty text means "no tools". */
function itemsOf(input: unknown): Result<readonly string[]> {
  if (Array.isArray(input)) return parseEach<unknown, string>(input, parseText);
  if (typeof input !== 'string' || !input.trimStart().startsWith('[')) return parseLines(input);
  try {
    const parsed: unknown = JSON.parse(input);
    return Array.isArray(parsed)
      ? parseEach<unknown, string>(parsed, parseText)
      : refuseType(`${quote(input)} is not a JSON array.`);
  } catch {
    return refuseType(`${quote(input)} begins like a JSON array and is none.`);
  }
}

/** The flag that an argument begins with, without a value after `=`; undefined for a word. */
function flagOf(argument: string): string | undefined {
  const flag = /^--?[A-Za-z][^\s=]*/.exec(argument)?.[0];
  // All short flags of the CLI that take no value are ours, so what follows the first letter is a value.
  return flag?.startsWith('--') ? flag : flag?.slice(0, 2);
}

function checkFlag(argument: string, flag: string): Result<string> {
  if (ownedFlags.has(flag)) {
    const row = ownedFlags.get(flag);
    const advice = row === undefined ? 'it would change how Claude is run' : `use the option ${row.name}`;
    return refuseRange(`${quote(flag)} is not allowed here: ${advice}.`);
  }
  const rest = argument.slice(flag.length);
  if (!/^\s/.test(rest)) return accept(argument);
  return refuseRange(
    `${quote(argument)} is a flag and its value on one line. Write two lines: ${quote(flag)} and ${quote(rest.trim())}.`,
  );
}

function valuesOf(flag: string): number {
  if (variadic.has(flag)) return Number.POSITIVE_INFINITY;
  return switches.has(flag) ? 0 : 1;
}

/** Reads arguments for Claude: one a line, or a JSON array; refuses every flag that is ours and every stray word. */
export function parseArguments(input: unknown): Result<readonly string[]> {
  const given = itemsOf(input);
  if (!given.ok) return given;
  /** Number of words that may still follow as values of the flag before. */
  let room = 0;
  return parseEach(given.value, (argument) => {
    const flag = flagOf(argument);
    if (flag !== undefined) {
      const hasValue = argument.length > flag.length;
      room = hasValue ? 0 : valuesOf(flag);
      return checkFlag(argument, flag);
    }
    if (argument === '--') return refuseRange('"--" is not allowed here: what follows it would become a prompt.');
    if (room === 0)
      return refuseRange(`${quote(argument)} is not the value of a flag; Claude would take it for a prompt.`);
    room -= 1;
    return accept(argument);
  });
}

/** The flags among arguments that `parseArguments` has read. */
export function flagsIn(claudeArgs: readonly string[]): readonly string[] {
  return claudeArgs.flatMap((argument) => flagOf(argument) ?? []);
}

import { resolve } from 'node:path';
import {
  defaultOf,
  type FailOn,
  type Frontend,
  fieldOf,
  isAtFrontend,
  type OptionKind,
  type OptionRow,
  type Task,
} from '../model/option-row.ts';
import { type CompleteValues, type OptionName, type OptionValues, optionRows } from '../model/option-table.ts';
import type { Shard } from '../model/shard.ts';
import { didYouMean } from '../text/nearest.ts';
import { parseArguments } from './claude-arguments.ts';
import { accept, type Diagnostic, diagnosticOf, type Place, quote, type Result, refuseRange } from './diagnostic.ts';
import { parseDuration } from './duration.ts';
import { parseSchema } from './json-schema.ts';
import { parseJsonOrPath } from './json-values.ts';
import { parseLines, parseSecrets, parseTools, parseVariableNames } from './list-values.ts';
import {
  parseArtifactName,
  parseBoolean,
  parseChoice,
  parseCount,
  parseCredential,
  parseFailOn,
  parseMoney,
  parseText,
  parseVersion,
  parseWord,
} from './scalar-values.ts';
import { parsePlanHash, parseShard } from './shard.ts';
import { parseSize } from './size.ts';
import { standardInputMark } from './standard-input.ts';

type OptionValue = string | number | boolean | readonly string[] | FailOn | Shard;

/** Linux allows no longer path (PATH_MAX). */
const longestPath = 4096;

function parsePath(input: unknown, base: string): Result<string> {
  const text = parseText(input);
  if (!text.ok) return text;
  if (Buffer.byteLength(text.value) <= longestPath) return accept(resolve(base, text.value.trim()));
  return refuseRange(`${quote(input)} is longer than ${longestPath} bytes, too long for a path.`);
}

/** The grammars that need nothing but the input. */
const plainParsers = {
  boolean: parseBoolean,
  money: parseMoney,
  size: parseSize,
  'fail-on': parseFailOn,
  word: parseWord,
  text: parseText,
  lines: parseLines,
  tools: parseTools,
  arguments: parseArguments,
  credential: parseCredential,
  secrets: parseSecrets,
  'variable-names': parseVariableNames,
  version: parseVersion,
  'artifact-name': parseArtifactName,
  shard: parseShard,
  'plan-hash': parsePlanHash,
} as const satisfies { readonly [Type in OptionKind['type']]?: (input: unknown) => Result<OptionValue> };

/** Reads what was given for an option of a kind; paths are relative to `base`. */
function parseValue(kind: OptionKind, input: unknown, base: string): Result<OptionValue> {
  switch (kind.type) {
    case 'choice':
      return parseChoice(input, kind.values);
    case 'count':
      return parseCount(input, kind);
    case 'duration':
      return parseDuration(input, kind.zero === true);
    case 'verbatim':
      return typeof input === 'string' ? accept(input) : parseText(input);
    case 'path':
      return kind.standardInput === true && input === standardInputMark ? accept(input) : parsePath(input, base);
    case 'json-or-path':
      return parseJsonOrPath(input, base);
    case 'json-schema':
      return parseSchema(input, base);
    default:
      return plainParsers[kind.type](input);
  }
}

/** Empty means "not given" for every option; blank too, but for text that is taken as it stands. */
function isGiven(kind: OptionKind, input: unknown): boolean {
  if (input === undefined || input === null || input === '') return false;
  return kind.type === 'verbatim' || typeof input !== 'string' || input.trim() !== '';
}

/** Raw input of an entry point. */
export interface RawOptions {
  readonly frontend: Frontend;
  /** By name; the library's fields are in camel case. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Which options are allowed here. */
  readonly allowed: ReadonlySet<OptionName>;
  /** Absolute; paths are relative to it. */
  readonly base: string;
  /** Place of these options, when they are those of one entry in a list. */
  readonly place?: Place;
}

/** Values that could be read, and diagnostics of those that could not. */
export interface ParsedOptions {
  readonly values: OptionValues;
  readonly faults: readonly Diagnostic[];
}

function unknownOption(name: string, raw: RawOptions): Diagnostic {
  const nameOf = (row: OptionRow) => (raw.frontend === 'library' ? fieldOf(row) : row.name);
  const shown = quote(name).slice(1, -1);
  const elsewhere = optionRows.find((row) => nameOf(row) === name);
  if (elsewhere !== undefined) {
    return diagnosticOf(shown, { kind: 'type', text: whyNotHere(elsewhere, raw) }, raw.place);
  }
  const names = optionRows.filter((row) => raw.allowed.has(row.name)).map(nameOf);
  return diagnosticOf(shown, { kind: 'type', text: `there is no such option.${didYouMean(name, names)}` }, raw.place);
}

function whyNotHere(row: OptionRow, { frontend, place }: RawOptions): string {
  if (row.frontends !== undefined && !row.frontends.includes(frontend))
    return `the ${frontend} does not have this option.`;
  const isOfTask = place === undefined && row.tasks !== undefined;
  return isOfTask ? `it belongs to ${row.tasks.join(' and ')}.` : 'this option is not allowed here.';
}

const rowsByName: ReadonlyMap<string, (typeof optionRows)[number]> = new Map(optionRows.map((row) => [row.name, row]));
const rowsByField = new Map(optionRows.map((row) => [fieldOf(row), row]));

/** The row of an option under the names that its entry point knows. */
function allowedRow(name: string, { frontend, allowed }: RawOptions): OptionRow | undefined {
  const row = rowsByName.get(name) ?? (frontend === 'library' ? rowsByField.get(name) : undefined);
  return row !== undefined && allowed.has(row.name) ? row : undefined;
}

/** Reads options by the table, without defaults; everything that is wrong comes together, in the table's order. */
export function parseOptionValues(raw: RawOptions): ParsedOptions {
  if (typeof raw.options !== 'object' || raw.options === null) {
    return {
      values: {},
      faults: [diagnosticOf('options', { kind: 'type', text: `${quote(raw.options)} is not an object.` })],
    };
  }
  const faults: Diagnostic[] = [];
  const given = new Map<OptionRow, unknown>();
  for (const [name, input] of Object.entries(raw.options)) {
    if (input === undefined) continue;
    const row = allowedRow(name, raw);
    if (row === undefined) faults.push(unknownOption(name, raw));
    else if (given.has(row))
      faults.push(diagnosticOf(row.name, { kind: 'type', text: 'the option is given under two names.' }, raw.place));
    else if (isGiven(row.kind, input)) given.set(row, input);
  }
  const values: Record<string, OptionValue> = {};
  for (const row of given.size === 0 ? [] : optionRows) {
    if (!given.has(row)) continue;
    const parsed = parseValue(row.kind, given.get(row), raw.base);
    if (parsed.ok) values[row.name] = parsed.value;
    else faults.push(...parsed.diagnostics.map((diagnostic) => diagnosticOf(row.name, diagnostic, raw.place)));
  }
  return { values, faults };
}

/** The names of all options that an entry point has for a task. */
export function optionsAt(frontend: Frontend, task: Task = 'run'): ReadonlySet<OptionName> {
  return new Set(optionRows.filter((row) => isAtFrontend(row, frontend, task)).map((row) => row.name));
}

/** The names of the options that one process may have of its own. */
export const processOptions: ReadonlySet<OptionName> = new Set(
  optionRows.filter((row) => row.perProcess === true).map((row) => row.name),
);

/** Given values, completed by the defaults of the entry point. */
export function withDefaults(values: OptionValues, frontend: Frontend): CompleteValues {
  const options = Object.fromEntries(optionRows.map((row) => [row.name, defaultOf(row, frontend)]));
  const defaults = parseOptionValues({
    frontend,
    options,
    allowed: new Set(optionRows.map((row) => row.name)),
    base: '/',
  });
  // Every row with a default has a value now: a test reads all defaults.
  return { ...defaults.values, ...values } as CompleteValues;
}

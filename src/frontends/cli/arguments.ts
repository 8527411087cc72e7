import type { OptionKind } from '../../model/option-row.ts';
import { optionRows } from '../../model/option-table.ts';
import { standardInputMark } from '../../options/standard-input.ts';
import { firstUnits } from '../../text/cut-text.ts';
import { didYouMean } from '../../text/nearest.ts';
import type { FlagKind, FlagKinds } from './flags.ts';
import { readFlags } from './flags.ts';
import { type PrintChoice, readPrintChoice } from './print-choice.ts';

/** Topics with a help text of their own. */
export type HelpTopic = 'overview' | 'run' | 'validate' | 'plan' | 'merge' | 'demo' | 'findings';

/** Output formats of findings. */
export const findingsFormats = ['markdown', 'sarif', 'json'] as const;

/** Which output of a session is printed. */
export interface OutputMode {
  /** One JSON object on standard output in place of the answers. */
  readonly json: boolean;
  /** No progress. */
  readonly quiet: boolean;
  /** The processes whose answers go to standard output. */
  readonly print: PrintChoice;
}

/** A command, as read from the command line. */
export type Command =
  | { readonly kind: 'help'; readonly topic: HelpTopic }
  | { readonly kind: 'version' }
  /** It cannot be understood at all; with no faults, nothing was asked. */
  | {
      readonly kind: 'unclear';
      readonly faults: readonly string[];
      readonly topic: HelpTopic;
      /** The refusal is wanted as JSON, too. */
      readonly json?: boolean;
    }
  | {
      readonly kind: 'run';
      /** By name, as written. */
      readonly options: Readonly<Record<string, string>>;
      readonly mode: OutputMode;
      /** Faults of the flags; the options' values are still to be read. */
      readonly faults: readonly string[];
    }
  | {
      readonly kind: 'validate';
      /** Files of prompts. */
      readonly files: readonly string[];
      /** By name, as written. */
      readonly options: Readonly<Record<string, string>>;
      readonly json: boolean;
    }
  | {
      readonly kind: 'plan';
      /** By name, as written. */
      readonly options: Readonly<Record<string, string>>;
      readonly mode: Omit<OutputMode, 'print'>;
      readonly faults: readonly string[];
    }
  | {
      readonly kind: 'merge';
      /** Directories of shards, or that hold such. */
      readonly directories: readonly string[];
      /** By name, as written. */
      readonly options: Readonly<Record<string, string>>;
      readonly mode: OutputMode;
      readonly faults: readonly string[];
    }
  | { readonly kind: 'demo'; readonly online: boolean; readonly json: boolean }
  | {
      readonly kind: 'findings';
      /** Directory of a session. */
      readonly directory: string;
      readonly format: (typeof findingsFormats)[number];
    };

const topics = ['run', 'validate', 'plan', 'merge', 'demo', 'findings'] as const satisfies readonly HelpTopic[];

const commands = ['run', 'validate', 'plan', 'merge', 'demo', 'findings', 'help'] as const;

/** Reads the words behind the program's name. */
export function readCommand([word, ...rest]: readonly string[]): Command {
  switch (word) {
    case undefined:
      return { kind: 'unclear', faults: [], topic: 'overview' };
    case 'run':
      return readRun(rest);
    case 'validate':
      return readValidate(rest);
    case 'plan':
      return readPlan(rest);
    case 'merge':
      return readMerge(rest);
    case 'demo':
      return readDemo(rest);
    case 'findings':
      return readFindingsCommand(rest);
    case 'help':
      return readHelp(rest);
    case '--help':
    case '-h':
      return { kind: 'help', topic: 'overview' };
    case '--version':
    case '-v':
    case '-V':
      return { kind: 'version' };
    default:
      return { kind: 'unclear', faults: [noCommand(word)], topic: 'overview' };
  }
}

function noCommand(word: string): string {
  const flag = word.replace(/=[\s\S]*/, '');
  const hint = didYouMean(flag, [...commands, '--version', '--help']);
  if (!word.startsWith('-')) {
    const text = JSON.stringify(firstUnits(word, 60));
    return `There is no command ${text}.${hint} To run a prompt: claude-ensemble run "..."`;
  }
  if (runFlags.has(flag)) return `${flag}: a command comes before the flags: claude-ensemble run ${flag} ...`;
  return `${flag}: there is no such flag.${hint} A command comes before its flags: claude-ensemble run ...`;
}

function readHelp([topic, ...rest]: readonly string[]): Command {
  if (topic === undefined || topic === 'help' || topic === '--help') return { kind: 'help', topic: 'overview' };
  const known = topics.find((name) => name === topic);
  if (known !== undefined && rest.length === 0) return { kind: 'help', topic: known };
  const word = rest[0] ?? topic;
  const fault = `There is no help on ${JSON.stringify(firstUnits(word, 60))}.${didYouMean(word, commands)} There is: ${commands.join(', ')}.`;
  return { kind: 'unclear', faults: [fault], topic: 'overview' };
}

const modeFlags: readonly (readonly [string, FlagKind])[] = [
  ['--print', 'lines'],
  ['--json', 'switch'],
  ['--quiet', 'switch'],
  ['--help', 'switch'],
];

/** The options of the other entry points are flags as well, so that the configuration can say where they belong. */
const runFlags: FlagKinds = new Map([
  ...optionRows.map(({ name, kind }) => [`--${name}`, flagKindOf(kind)] as const),
  ...modeFlags,
]);

const demoFlags: FlagKinds = new Map([
  ['--online', 'switch'],
  ['--json', 'switch'],
  ['--help', 'switch'],
]);

function flagKindOf({ type }: OptionKind): FlagKind {
  switch (type) {
    case 'boolean':
      return 'boolean';
    case 'lines':
    case 'tools':
    case 'arguments':
    case 'secrets':
    case 'variable-names':
      return 'lines';
    default:
      return 'text';
  }
}

function readRun(words: readonly string[]): Command {
  const { values, texts, faults } = readFlags(words, runFlags);
  if (values.has('help')) return { kind: 'help', topic: 'run' };
  const { json, quiet, print, ...given } = Object.fromEntries(values);
  const prompts = promptsOf(texts);
  const twice = Object.keys(prompts).filter((source) => source in given);
  const printed = readPrintChoice(print);
  return {
    kind: 'run',
    options: { ...given, ...prompts },
    mode: { json: json !== undefined, quiet: quiet !== undefined, print: printed.choice },
    faults: [
      ...faults,
      ...printed.faults,
      ...(texts.length > 1 && texts.includes(standardInputMark) ? [inputAmongTexts] : []),
      ...twice.map((source) => `${source}: given by --${source} and as text as well. Use one of the two.`),
      ...bothFaults(json, print),
    ],
  };
}

function bothFaults(json: string | undefined, print: string | undefined): readonly string[] {
  if (json === undefined || print === undefined) return [];
  return ['--print: the object that --json prints holds all answers. Leave one of the two out.'];
}

/** The options are those that a run of the files would have. */
function readValidate(words: readonly string[]): Command {
  const { values, texts, faults } = readFlags(words, runFlags);
  if (values.has('help')) return { kind: 'help', topic: 'validate' };
  const { json, quiet: _quiet, print, ...options } = Object.fromEntries(values);
  const wrong = [
    ...faults,
    ...(print === undefined ? [] : ['--print: there are no answers to print.']),
    ...(texts.length === 0 ? ['It takes files of prompts: claude-ensemble validate FILE...'] : []),
    ...(texts.includes(standardInputMark) ? ['-: it reads files, not standard input.'] : []),
  ];
  if (wrong.length > 0) return { kind: 'unclear', faults: wrong, topic: 'validate', json: json !== undefined };
  return { kind: 'validate', files: texts, options, json: json !== undefined };
}

/** The prompts and options are those of the session that is to be dealt out. */
function readPlan(words: readonly string[]): Command {
  const read = readRun(words);
  if (read.kind !== 'run') return { kind: 'help', topic: 'plan' };
  const { options, mode, faults } = read;
  const printFaults = mode.print.kind === 'few' ? [] : ['--print: a plan has no answers to print.'];
  return { kind: 'plan', options, mode, faults: [...faults, ...printFaults] };
}

function readMerge(words: readonly string[]): Command {
  const { values, texts, faults } = readFlags(words, runFlags);
  if (values.has('help')) return { kind: 'help', topic: 'merge' };
  const { json, quiet, print, ...options } = Object.fromEntries(values);
  const printed = readPrintChoice(print);
  const missing = texts.length === 0 ? ['It takes the directories of shards: claude-ensemble merge DIRECTORY...'] : [];
  return {
    kind: 'merge',
    directories: texts,
    options,
    mode: { json: json !== undefined, quiet: quiet !== undefined, print: printed.choice },
    faults: [...faults, ...printed.faults, ...bothFaults(json, print), ...missing],
  };
}

const inputAmongTexts =
  '-: it reads the prompt from standard input, so it is the only prompt. To hand over data: --context-files -';

/** The option that texts are: one is a prompt, or where to read it; JSON is the form in which each of several stays as it is. */
function promptsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  const [only] = texts;
  if (only === undefined) return {};
  if (texts.length > 1) return { prompts: JSON.stringify(texts) };
  return only === standardInputMark ? { 'prompt-file': only } : { prompt: only };
}

function readDemo(words: readonly string[]): Command {
  const { values, texts, faults } = readFlags(words, demoFlags);
  if (values.has('help')) return { kind: 'help', topic: 'demo' };
  const stray = texts.map((text) => `${JSON.stringify(firstUnits(text, 60))}: the demo takes no text.`);
  const json = values.has('json');
  if (faults.length + stray.length > 0) return { kind: 'unclear', faults: [...faults, ...stray], topic: 'demo', json };
  return { kind: 'demo', online: values.has('online'), json };
}

const findingsFlags: FlagKinds = new Map([
  ['--format', 'text'],
  ['--json', 'switch'],
  ['--help', 'switch'],
]);

function readFindingsCommand(words: readonly string[]): Command {
  const { values, texts, faults } = readFlags(words, findingsFlags);
  if (values.has('help')) return { kind: 'help', topic: 'findings' };
  const given = values.get('format') ?? (values.has('json') ? 'json' : 'markdown');
  const format = findingsFormats.find((name) => name === given);
  const [directory, ...more] = texts;
  const wrong = [
    ...faults,
    ...(format === undefined
      ? [
          `--format: ${JSON.stringify(firstUnits(given, 60))} is not one of ${findingsFormats.join(', ')}.${didYouMean(given, findingsFormats)}`,
        ]
      : []),
    ...(values.has('json') && given !== 'json' ? ['--json: --format says something else.'] : []),
    ...(directory === undefined ? ['It takes the directory of a session: claude-ensemble findings DIRECTORY'] : []),
    ...more.map((text) => `${JSON.stringify(firstUnits(text, 60))}: it takes the directory of one session only.`),
  ];
  if (format === undefined || directory === undefined || wrong.length > 0)
    return { kind: 'unclear', faults: wrong, topic: 'findings', json: given === 'json' };
  return { kind: 'findings', directory, format };
}

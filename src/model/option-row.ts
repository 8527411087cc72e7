import type { Shard } from './shard.ts';

/** When a session fails: `any`, `all`, `none`, a count of processes, or a share of all prompts in percent. */
export type FailOn =
  | { readonly kind: 'any' }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly percent: number };

/** Source of options: inputs of the Action, flags of the command, fields of the library. */
export type Frontend = 'action' | 'command' | 'library';

/** A command that takes options: a session, the plan of one for several machines, or the merge of what those did. */
export type Task = 'run' | 'plan' | 'merge';

/** The tasks of an option that applies to every task. */
export const everyTask = ['run', 'plan', 'merge'] as const satisfies readonly Task[];

/** The sections of the tables that people read, in their order, with their titles. */
export const optionGroups = {
  prompts: 'Prompts',
  pattern: 'Pattern',
  verdict: 'Verdict',
  time: 'Time and retries',
  budget: 'Money',
  claude: 'Claude',
  shards: 'Several machines',
  session: 'Session',
  safety: 'Safety',
  action: 'Action only',
} as const;

/** Type of an option's value, and the grammar of its text. */
export type OptionKind =
  | { readonly type: 'boolean' }
  | { readonly type: 'choice'; readonly values: readonly string[] }
  /** A whole number. */
  | { readonly type: 'count'; readonly min: number; readonly max: number }
  /** US dollars. */
  | { readonly type: 'money' }
  /** Held in milliseconds. */
  | { readonly type: 'duration'; readonly zero?: true }
  /** Held in bytes. */
  | { readonly type: 'size' }
  | { readonly type: 'fail-on' }
  /** One line that cannot be taken for a flag. */
  | { readonly type: 'word' }
  /** Any text that fits into one argument of a program. */
  | { readonly type: 'text' }
  /** Text that is taken as it stands, blanks included. */
  | { readonly type: 'verbatim' }
  /** Held as an absolute path; "-" for standard input stays as it is where that is allowed. */
  | { readonly type: 'path'; readonly standardInput?: true }
  | { readonly type: 'lines' }
  | { readonly type: 'tools' }
  | { readonly type: 'arguments' }
  /** JSON text, or the path of a file of it; the path is held as absolute. */
  | { readonly type: 'json-or-path' }
  /** A schema as JSON text, or the path of a file of it; always held as text. */
  | { readonly type: 'json-schema' }
  | { readonly type: 'credential' }
  | { readonly type: 'secrets' }
  | { readonly type: 'variable-names' }
  | { readonly type: 'version' }
  | { readonly type: 'artifact-name' }
  /** A part of the whole, such as `2/4`. */
  | { readonly type: 'shard' }
  | { readonly type: 'plan-hash' };

interface ValueByType {
  readonly boolean: boolean;
  readonly count: number;
  readonly money: number;
  readonly duration: number;
  readonly size: number;
  readonly 'fail-on': FailOn;
  readonly shard: Shard;
  readonly lines: readonly string[];
  readonly tools: readonly string[];
  readonly arguments: readonly string[];
  readonly secrets: readonly string[];
  readonly 'variable-names': readonly string[];
}

/** The TypeScript type of a parsed value. */
export type ValueOf<Kind extends OptionKind> = Kind extends { readonly values: readonly (infer Value)[] }
  ? Value
  : Kind['type'] extends keyof ValueByType
    ? ValueByType[Kind['type']]
    : string;

/**
 * The records that values of options travel in: what Claude's command line is made of, the rules that hold for every
 * process, what the session needs besides, the credentials, and what the Action does with a finished session.
 */
export type RecordName = 'claude' | 'policy' | 'settings' | 'credentials' | 'delivery';

/** One option: what every entry point, table and help text says of it. */
export interface OptionRow {
  /** The name of the input and of the flag; see `fieldOf` for the library's. */
  readonly name: string;
  readonly group: keyof typeof optionGroups;
  readonly kind: OptionKind;
  /** The record that carries its value, see `OptionRecord`; absent where code reads the option by its name. */
  readonly record?: RecordName;
  /** Absent means every entry point. */
  readonly frontends?: readonly Frontend[];
  /** Absent means a session and its plan. */
  readonly tasks?: readonly Task[];
  /** The default at every entry point, as text. */
  readonly default?: string;
  /** The defaults of the entry points that have one, where they differ. */
  readonly frontendDefaults?: { readonly [D in Frontend]?: string };
  /** Description of the default where it is no literal value. */
  readonly defaultNote?: string;
  /** The library's field, where it is not the name in camel case. */
  readonly field?: string;
  /** Allowed in an entry of a list of prompts, and for one process of the library. */
  readonly perProcess?: true;
  /** Flags of the Claude CLI that this option sets; `claude-args` may not contain them. */
  readonly cliFlags?: readonly string[];
  /** The value is never shown. */
  readonly secret?: true;
  /** One or two sentences for people. */
  readonly description: string;
}

/** Whether an entry point has this option for a task. */
export function isAtFrontend(row: OptionRow, frontend: Frontend, task: Task = 'run'): boolean {
  const { tasks = ['run', 'plan'] } = row;
  return (row.frontends === undefined || row.frontends.includes(frontend)) && tasks.includes(task);
}

/** The option's default at an entry point, as text. */
export function defaultOf(row: OptionRow, frontend: Frontend): string | undefined {
  return row.default ?? row.frontendDefaults?.[frontend];
}

/** The name of the option's field in the library. */
export function fieldOf(row: OptionRow): string {
  return row.field ?? camelCase(row.name);
}

/** The key of the option's value in a record: its name in camel case, and its unit where it is a time. */
export function keyOf({ name, kind }: OptionRow): string {
  return kind.type === 'duration' ? `${camelCase(name)}Ms` : camelCase(name);
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

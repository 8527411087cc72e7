import { quote } from '../../options/diagnostic.ts';
import { didYouMean, nearest } from '../../text/nearest.ts';

/** The value of a flag: none, `true` or `false`, a text given once, or texts given several times, each a line. */
export type FlagKind = 'switch' | 'boolean' | 'text' | 'lines';

/** The flags of one command, with their dashes. */
export type FlagKinds = ReadonlyMap<string, FlagKind>;

/** A command line taken apart. */
export interface ReadFlags {
  /** The values given, by the flag without its dashes. */
  readonly values: ReadonlyMap<string, string>;
  /** The words that are not flags. */
  readonly texts: readonly string[];
  /** Flags that cannot be read, a line each. */
  readonly faults: readonly string[];
}

interface Flag {
  readonly name: string;
  readonly kind: FlagKind;
  readonly isNegated?: true;
}

const shortFlags: Readonly<Record<string, string>> = { '-h': '--help', '-q': '--quiet' };

/**
 * `--name` or `--name=value`. With too many dashes, or typographic ones, it is refused as an unknown flag rather than paid for as a
 * prompt; a text such as "- one point" is not a flag, since prompts may begin with a dash.
 */
const flagForm = /^([-–—]+[A-Za-z][\w-]*)(?:=([\s\S]*))?$/;

/** Reads words as flags and texts; after `--` everything is text. */
export function readFlags(words: readonly string[], kinds: FlagKinds): ReadFlags {
  const values = new Map<string, string>();
  const texts: string[] = [];
  const faults: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      texts.push(...rest.splice(0));
      break;
    }
    const [, written, inline] = flagForm.exec(word) ?? [];
    if (written === undefined) {
      if (/^--[A-Za-z]/.test(word)) faults.push(oneWordFault(word));
      else texts.push(word);
      continue;
    }
    const { flag, fault } = flagNamed(shortFlags[written] ?? written, kinds);
    if (fault !== undefined) faults.push(fault);
    if (flag === undefined) continue;
    const value = inline ?? takeValue(rest, flag, kinds);
    const problem = valueFault(flag, value, values);
    if (problem !== undefined) faults.push(`--${flag.name}: ${problem}`);
    else values.set(flag.name, withValue(flag, value, values));
  }
  return { values, texts, faults };
}

/** The flag that was written; with a fault, the one that was probably meant, so that its value is read as such. */
function flagNamed(written: string, kinds: FlagKinds): { readonly flag?: Flag; readonly fault?: string } {
  const kind = kinds.get(written);
  if (kind !== undefined) return { flag: { name: written.slice(2), kind } };
  const positive = written.replace(/^--no-/, '--');
  if (kinds.get(positive) === 'boolean') return { flag: { name: positive.slice(2), kind: 'boolean', isNegated: true } };
  const names = [...kinds.keys()];
  const meant = nearest(written, names);
  const hint = meant === undefined ? ' A text that begins so is written after --.' : didYouMean(written, names);
  const fault = `${written}: there is no such flag.${hint}`;
  return { ...(meant !== undefined && flagNamed(meant, kinds)), fault };
}

/** Takes the value of a flag that is a word of its own. */
function takeValue(rest: string[], { kind, isNegated }: Flag, kinds: FlagKinds): string | undefined {
  const [next] = rest;
  if (next === undefined || kind === 'switch' || isNegated) return undefined;
  const isValue = kind === 'boolean' ? next === 'true' || next === 'false' : !kinds.has(next.replace(/=[\s\S]*/, ''));
  return isValue ? rest.shift() : undefined;
}

function valueFault(
  { name, kind, isNegated }: Flag,
  value: string | undefined,
  values: ReadonlyMap<string, string>,
): string | undefined {
  if (kind === 'switch' || isNegated) return value === undefined ? undefined : 'this flag takes no value.';
  if (value === undefined && kind !== 'boolean') {
    return `its value is missing. A value that looks like a flag is written --${name}=value.`;
  }
  return values.has(name) && kind !== 'lines' ? 'given twice.' : undefined;
}

function withValue(
  { name, kind, isNegated }: Flag,
  value: string | undefined,
  values: ReadonlyMap<string, string>,
): string {
  if (value === undefined) return isNegated ? 'false' : 'true';
  const before = values.get(name);
  return kind === 'lines' && before !== undefined ? `${before}\n${value}` : value;
}

/** Names the flag only: its value may be a credential. */
function oneWordFault(word: string): string {
  const flag = quote(word.split(/\s/)[0]);
  return `${flag} and what follows it are one word. Write two words, or put -- before a prompt that begins so.`;
}

import {
  accept,
  parseEach,
  quote,
  type Result,
  refuseRange,
  refuseType,
  type ValueDiagnostic,
} from '../options/diagnostic.ts';
import { parseBoolean, parseCount } from '../options/scalar-values.ts';
import { didYouMean } from '../text/nearest.ts';

/** A value of a list as it was written: every scalar is text. */
export type ListValue = string | readonly ListValue[] | { readonly [key: string]: ListValue };

/** The keys of an entry that say what it waits for, and how often it runs. */
export const graphKeyNames = [
  ...(['needs', 'when', 'for-each', 'repeat', 'max-items', 'conversation-from', 'continue-on-error'] as const),
] as const;
export type GraphKeyName = (typeof graphKeyNames)[number];

/** One condition as it was written: an id and a path, and the texts that are allowed. */
export interface WrittenCondition {
  readonly key: string;
  readonly oneOf: readonly string[];
}

/** Source of the items of an entry. */
export type ForEach =
  | { readonly kind: 'list'; readonly items: readonly ListValue[] }
  | { readonly kind: 'glob'; readonly patterns: readonly string[] }
  | { readonly kind: 'file'; readonly file: string; readonly path: readonly string[] }
  | { readonly kind: 'from'; readonly ids: readonly string[]; readonly path: readonly string[] };

/** Parsed graph keys of an entry. */
export interface GraphKeys {
  readonly needs?: 'all' | readonly string[];
  readonly when?: 'success' | 'always' | 'failure' | readonly WrittenCondition[];
  readonly forEach?: ForEach;
  readonly repeat?: number;
  readonly maxItems?: number;
  readonly conversationFrom?: string;
  readonly continueOnError?: boolean;
}

/** Whether an entry stands for several processes, or for how many is not known yet. */
export function isSeveral(keys: GraphKeys | undefined): boolean {
  return keys?.repeat !== undefined || keys?.forEach !== undefined;
}

/** Copies of one entry, and items of one list. */
export const mostCopies = 10_000;

/** Reads the keys of an entry; diagnostics name the key first. */
export function parseGraphKeys(values: ReadonlyMap<string, ListValue>): Result<GraphKeys> {
  if (values.size === 0) return accept({});
  const diagnostics: ValueDiagnostic[] = [];
  const read = <T>(name: GraphKeyName, parse: (value: ListValue) => Result<T>): T | undefined => {
    const value = values.get(name);
    if (value === undefined || value === '') return undefined;
    const parsed = parse(value);
    if (parsed.ok) return parsed.value;
    diagnostics.push(
      ...parsed.diagnostics.map((diagnostic) => ({ ...diagnostic, text: `${name}: ${diagnostic.text}` })),
    );
    return undefined;
  };
  const keys = {
    needs: read('needs', parseNeeds),
    when: read('when', parseWhen),
    forEach: read('for-each', parseForEach),
    repeat: read('repeat', (value) => parseCount(value, { min: 1, max: mostCopies })),
    maxItems: read('max-items', (value) => parseCount(value, { min: 1, max: mostCopies })),
    conversationFrom: read('conversation-from', parseId),
    continueOnError: read('continue-on-error', parseBoolean),
  };
  if (keys.forEach !== undefined && keys.repeat !== undefined)
    diagnostics.push({ kind: 'range', text: 'repeat: it has for-each as well; give one of them.' });
  if (keys.maxItems !== undefined && keys.forEach === undefined)
    diagnostics.push({ kind: 'range', text: 'max-items: it has no for-each, whose items could be too many.' });
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  return accept(Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined)));
}

function parseNeeds(value: ListValue): Result<'all' | readonly string[]> {
  const isAlone = Array.isArray(value) && value.length === 1;
  if ((isAlone ? value[0] : value) === 'all') return accept('all');
  const ids = idsOf(value);
  if (ids.ok && ids.value.includes('all'))
    return refuseRange('"all" stands for every entry before this one; give it alone.');
  return ids;
}

function idsOf(value: ListValue): Result<readonly string[]> {
  const list = typeof value === 'string' ? value.split(/[\s,]+/).filter((id) => id !== '') : value;
  if (!Array.isArray(list)) return refuseType('a mapping is not an id or a list of ids.');
  return parseEach(list as readonly ListValue[], (id) =>
    typeof id === 'string' ? accept(id) : refuseType(`${quote(id)} is not an id.`),
  );
}

function parseId(value: ListValue): Result<string> {
  return typeof value === 'string' ? accept(value) : refuseType('give the id of one entry.');
}

/** The words that `when` knows. */
export const outcomes = ['success', 'always', 'failure'] as const;

function parseWhen(value: ListValue): Result<GraphKeys['when']> {
  if (typeof value === 'string') {
    const found = outcomes.find((outcome) => outcome === value);
    return found === undefined
      ? refuseRange(
          `${quote(value)} is not one of ${outcomes.join(', ')}, nor a mapping of conditions.${didYouMean(value, outcomes)}`,
        )
      : accept(found);
  }
  if (Array.isArray(value))
    return refuseType('a list is not one of success, always, failure, nor a mapping of conditions.');
  if (Object.keys(value).length === 0)
    return refuseRange('the mapping is empty; give a condition, such as {id.name: text}.');
  return parseEach(Object.entries(value), ([key, allowed]): Result<WrittenCondition> => {
    const texts = typeof allowed === 'string' ? [allowed] : allowed;
    const isList = Array.isArray(texts) && texts.every((text) => typeof text === 'string');
    return isList && texts.length > 0
      ? accept({ key, oneOf: texts as readonly string[] })
      : refuseType(`${quote(key)} needs a string or a list of strings that it is compared with.`);
  });
}

const sources: readonly string[] = ['glob', 'file', 'from', 'path'];

function parseForEach(value: ListValue): Result<ForEach> {
  if (typeof value === 'string')
    return refuseType(`${quote(value)} is neither a list nor a mapping with one of glob, file, from.`);
  if (Array.isArray(value)) return accept({ kind: 'list', items: value as readonly ListValue[] });
  const map = value as { readonly [key: string]: ListValue };
  const unknown = Object.keys(map).find((key) => !sources.includes(key));
  if (unknown !== undefined)
    return refuseRange(`${quote(unknown)} is not one of ${sources.join(', ')}.${didYouMean(unknown, sources)}`);
  const { glob, file, from, path } = map;
  const given = [glob, file, from].filter((each) => each !== undefined);
  if (given.length !== 1) return refuseRange('give exactly one of glob, file, from, or a list.');
  if (path !== undefined && typeof path !== 'string') return refuseType(`path: ${quote(path)} is not a string.`);
  const names = path === undefined || path === '' ? [] : path.split('.');
  if (names.includes(''))
    return refuseRange(`path: ${quote(path)} has an empty name; give names with a dot between two.`);
  if (glob !== undefined) return globOf(glob, path);
  if (file === '') return refuseRange('file: give the path of a file of JSON.');
  if (file !== undefined)
    return typeof file === 'string'
      ? accept({ kind: 'file', file, path: names })
      : refuseType(`file: ${quote(file)} is not a string.`);
  if (names.length === 0) return refuseRange('from needs path, the name of the list in the structured output.');
  const ids = idsOf(from ?? '');
  if (ids.ok && ids.value.length === 0) return refuseRange('from: give the id of at least one entry.');
  return ids.ok ? accept({ kind: 'from', ids: ids.value, path: names }) : ids;
}

function globOf(glob: ListValue, path: ListValue | undefined): Result<ForEach> {
  if (path !== undefined) return refuseRange('path belongs to file and from; a glob has none.');
  const patterns = typeof glob === 'string' ? glob.split('\n').filter((line) => line.trim() !== '') : glob;
  if (!Array.isArray(patterns) || !patterns.every((each) => typeof each === 'string'))
    return refuseType('glob: give one pattern, or a list of patterns.');
  if (patterns.length === 0) return refuseRange('glob: give at least one pattern.');
  return accept({ kind: 'glob', patterns: patterns as readonly string[] });
}

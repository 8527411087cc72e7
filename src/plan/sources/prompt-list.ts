import { isMap, isScalar, isSeq, Scalar, type YAMLMap } from 'yaml';
import {
  accept,
  parseEach,
  quote,
  type Result,
  refuseRange,
  refuseType,
  type ValueDiagnostic,
} from '../../options/diagnostic.ts';
import { graphKeyNames, type ListValue } from '../graph-keys.ts';
import { quotingAdvice, readBoundedYaml } from './bounded-yaml.ts';
import { largestList } from './prompt-draft.ts';

const noList = refuseRange('there is no list. One without prompts is written [].');

/** Lists within lists; real ones have three levels. */
const deepestList = 16;

/** A prompt may have 2.5 MiB; the rest is room for its quotes and its indentation. */
const longestText = 4 * 1024 * 1024;

/** One entry of a list, its texts as they were written. */
export interface ListEntry {
  /** From 0. */
  readonly position: number;
  /** `entry 3 (line 12)`. */
  readonly where: string;
  /** The keys of a mapping; an entry that is a text has `prompt` only. */
  readonly fields: ReadonlyMap<string, string | readonly string[]>;
  /** The keys whose values may be lists and mappings within each other. */
  readonly graph: ReadonlyMap<string, ListValue>;
}

/** The entries that could be read, and what is wrong with the others. */
export interface PromptList {
  readonly entries: readonly ListEntry[];
  readonly diagnostics: readonly ValueDiagnostic[];
}

/** Keys whose values are prose, in which `#` and `-` are not meant for YAML. */
const proseKeys: readonly string[] = ['prompt', 'name', 'append-system-prompt'];

/** A null that is written as such: programs write one for what is not given. */
function isNull(node: unknown): boolean {
  return isScalar(node) && node.type === Scalar.PLAIN && /^(?:null|~)$/i.test(String(node.value));
}

/** The texts of a value; undefined when it is more than a text or a list of texts. */
function textsOf(node: unknown): string | readonly string[] | undefined {
  if (node === null) return '';
  if (isScalar(node)) return String(node.value ?? '');
  if (!isSeq(node)) return undefined;
  const isText = (item: unknown) => isScalar(item) && !isNull(item);
  return node.items.every(isText) ? node.items.map((item) => String(isScalar(item) ? item.value : '')) : undefined;
}

/** A value with all that is in it; a null is an empty text. */
function listValueOf(node: unknown): ListValue {
  if (isSeq(node)) return node.items.map(listValueOf);
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), listValueOf(value)]),
    );
  return isScalar(node) && !isNull(node) ? String(node.value ?? '') : '';
}

/** Values that YAML silently makes of unquoted prose. */
function misreading(node: unknown, list: string): string | undefined {
  if (!isScalar(node) || node.type !== Scalar.PLAIN) return undefined;
  if (typeof node.comment === 'string')
    return `${quote(`#${node.comment}`)} is a comment in YAML and would be left out. ${quotingAdvice}`;
  const [start, end] = node.range ?? [0, 0];
  if (!/[\r\n][ \t]*-(?:\s|$)/.test(list.slice(start, end))) return undefined;
  return `a line in it begins with "-", and YAML would join it to the line above. Indent each "-" of a list alike. ${quotingAdvice}`;
}

/** Position of an entry, for people, and the text that it is in. */
interface EntryPlace {
  readonly position: number;
  readonly where: string;
  readonly list: string;
}

function readMapping(map: YAMLMap, { position, where, list }: EntryPlace): Result<ListEntry> {
  const fields = new Map<string, string | readonly string[]>();
  const graph = new Map<string, ListValue>();
  const read = parseEach(map.items, ({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : undefined;
    if (name === undefined) return refuseType(`${where}: a key is not a string. ${quotingAdvice}`);
    if (fields.has(name) || graph.has(name)) return refuseRange(`${where}: the key ${quote(name)} is given twice.`);
    if ((graphKeyNames as readonly string[]).includes(name)) return accept(graph.set(name, listValueOf(value)));
    const misread = proseKeys.includes(name) ? misreading(value, list) : undefined;
    if (misread !== undefined) return refuseRange(`${where}: ${name}: ${misread}`);
    const texts = isNull(value) ? '' : textsOf(value);
    if (texts === undefined)
      return refuseType(`${where}: the value of ${quote(name)} is not a string. ${quotingAdvice}`);
    return accept(fields.set(name, texts));
  });
  return read.ok ? accept({ position, where, fields, graph }) : read;
}

/** Reads a YAML or JSON list of prompts; every scalar is text, whatever it looks like. */
export function parsePromptList(given: string, maxPrompts: number): PromptList {
  const refuse = (diagnostic: ReturnType<typeof refuseRange>): PromptList => ({
    entries: [],
    diagnostics: diagnostic.diagnostics,
  });
  // The parser takes a byte order mark for indentation of the first line.
  const text = given.replace(/^\uFEFF/, '');
  if (Buffer.byteLength(text) > largestList)
    return refuse(
      refuseRange(`the list has more than ${largestList / 1024 / 1024} MiB. Divide it into several sessions.`),
    );
  // The parser takes half a second of CPU for 32 MiB of nothing.
  if (text.trimStart() === '') return refuse(noList);
  const document = readBoundedYaml(text, {
    depth: deepestList,
    items: maxPrompts,
    // A pair of key and text has about 8 parts, so this is room for every entry to set every option.
    parts: 10_000 + 120 * maxPrompts,
    textLength: longestText,
  });
  if (!document.ok) return refuse(document);
  const { root, lineAt } = document.value;
  if (!isSeq(root)) {
    const what = isMap(root) ? 'a mapping' : 'a single string';
    // `toJSON` of an output that is not set gives `null`, or an empty string in quotes.
    if (root === null || isNull(root) || (isScalar(root) && String(root.value).trim() === '')) return refuse(noList);
    return refuse(
      refuseType(`${what} is not a list. Begin each prompt with "- "; for a single prompt use the option prompt.`),
    );
  }
  if (root.items.length > maxPrompts) {
    return refuse(refuseRange(`more than ${maxPrompts} entries. To allow more, raise max-prompts.`));
  }
  const read = root.items.map((item, position): Result<ListEntry> => {
    const line = isScalar(item) || isMap(item) || isSeq(item) ? lineAt(item.range?.[0] ?? 0) : 1;
    const where = `entry ${position + 1} (line ${line})`;
    if (isMap(item)) return readMapping(item, { position, where, list: text });
    const misread = misreading(item, text);
    if (misread !== undefined) return refuseRange(`${where}: ${misread}`);
    if (root.flow === true && isNull(item)) return refuseType(`${where}: null is not a string. ${quotingAdvice}`);
    const prompt = textsOf(item);
    if (typeof prompt === 'string')
      return accept({ position, where, fields: new Map([['prompt', prompt]]), graph: new Map() });
    return refuseType(`${where}: a list is not a prompt; an entry is a string or a mapping. ${quotingAdvice}`);
  });
  return {
    entries: read.flatMap((entry) => (entry.ok ? [entry.value] : [])),
    diagnostics: read.flatMap((entry, position) =>
      entry.ok ? [] : entry.diagnostics.map((diagnostic) => ({ ...diagnostic, position })),
    ),
  };
}

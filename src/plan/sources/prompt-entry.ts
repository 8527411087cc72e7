import type { OptionName } from '../../model/option-table.ts';
import {
  accept,
  type Diagnostic,
  diagnosticOf,
  type Place,
  quote,
  type Result,
  refuseType,
  type ValueDiagnostic,
} from '../../options/diagnostic.ts';
import { parseOptionValues, processOptions } from '../../options/option-values.ts';
import { parseProcessId } from '../../options/process-id.ts';
import { didYouMean } from '../../text/nearest.ts';
import { graphKeyNames, parseGraphKeys } from '../graph-keys.ts';
import { schemaFaults } from '../trust-limits.ts';
import { type PromptAccess, type PromptDraft, parsePrompt, readPromptFile } from './prompt-draft.ts';
import type { ListEntry } from './prompt-list.ts';

/** A draft, or what is wrong with its entry. */
export interface Drafted {
  readonly draft?: PromptDraft;
  readonly faults: readonly Diagnostic[];
}

/** The keys of an entry that are neither options nor keys of a graph. */
export const ownKeys = ['id', 'name', 'prompt', 'prompt-file'] as const;
const entryKeys: readonly string[] = [...ownKeys, ...graphKeyNames, ...processOptions];

function unknownKeys(entry: ListEntry): readonly ValueDiagnostic[] {
  const unknown = [...entry.fields.keys()].filter((key) => !entryKeys.includes(key));
  const isProse = unknown.length === entry.fields.size && entry.graph.size === 0;
  return unknown.map((key) => {
    const hint = isProse ? ' If the entry is the text of a prompt, quote it, or use |.' : '';
    return {
      kind: 'type',
      text: `${quote(key)} is not one of ${entryKeys.join(', ')}.${didYouMean(key, entryKeys)}${hint}`,
    };
  });
}

function promptOf(entry: ListEntry, access: PromptAccess): Result<string> {
  const prompt = entry.fields.get('prompt') ?? '';
  const file = entry.fields.get('prompt-file') ?? '';
  if (prompt !== '' && file !== '') return refuseType('it has both prompt and prompt-file; give one of them.');
  if (file === '')
    return entry.fields.has('prompt')
      ? parsePrompt(prompt)
      : refuseType('it has no prompt; give prompt or prompt-file.');
  if (typeof file !== 'string') return refuseType(`prompt-file: ${quote(file)} is not a string.`);
  return readPromptFile(file, access);
}

function nameOf(entry: ListEntry): Result<string> {
  const name = entry.fields.get('name') ?? '';
  return typeof name === 'string' ? accept(name.trim()) : refuseType(`${quote(name)} is not a string.`);
}

function idOf(entry: ListEntry): Result<string> {
  const id = entry.fields.get('id') ?? '';
  return id === '' ? accept('') : parseProcessId(id);
}

/** Makes a draft of an entry in a list, or names everything that is wrong with it. */
export function draftOf(entry: ListEntry, source: OptionName, access: PromptAccess): Drafted {
  const place: Place = { option: source, where: entry.where, position: entry.position };
  const { frontend, workspace: base } = access;
  const unknown = unknownKeys(entry);
  // An entry without a key that we know was meant as prose: that it has no prompt either is the same mistake.
  const isProse = entry.fields.size > 0 && unknown.length === entry.fields.size && entry.graph.size === 0;
  const id = idOf(entry);
  const name = nameOf(entry);
  const prompt: Result<string> = isProse ? { ok: false, diagnostics: [] } : promptOf(entry, access);
  const graph = parseGraphKeys(entry.graph);
  const isOption = ([key]: readonly [string, unknown]) => processOptions.has(key as OptionName);
  const options = Object.fromEntries([...entry.fields].filter(isOption));
  const { values, faults } = parseOptionValues({ frontend, options, allowed: processOptions, base, place });
  const faultsIn = (key: string, parsed: Result<unknown>): readonly Diagnostic[] =>
    parsed.ok ? [] : parsed.diagnostics.map((diagnostic) => diagnosticOf(key, diagnostic, place));
  const all = [
    ...unknown.map((diagnostic) => diagnosticOf(source, diagnostic, place)),
    ...faultsIn('id', id),
    ...faultsIn('name', name),
    ...faultsIn(source, prompt),
    ...faultsIn(source, graph),
    ...faults,
    ...schemaFaults({ ...access, given: entry.fields.get('json-schema'), place }),
  ];
  if (!(id.ok && name.ok && prompt.ok && graph.ok) || all.length > 0) return { faults: all };
  const named = { ...(id.value !== '' && { id: id.value }), ...(name.value !== '' && { name: name.value }) };
  return {
    draft: {
      ...{ source, place, ...named, prompt: prompt.value, values },
      // An empty value is none: it makes no graph, and nobody is refused for it.
      ...(Object.keys(graph.value).length > 0 && { graph: graph.value }),
      ...((entry.fields.get('prompt-file') ?? '') !== '' && { isFromFile: true }),
      keys: [...entry.fields, ...entry.graph].flatMap(([key, value]) => (value === '' ? [] : [key])),
    },
    faults: [],
  };
}

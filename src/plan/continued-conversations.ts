import { fieldsOf } from '../model/option-table.ts';
import type { ProcessSpec } from '../model/plan.ts';
import { type Diagnostic, diagnosticOf, quote } from '../options/diagnostic.ts';
import { someOf } from '../text/format.ts';
import { didYouMean } from '../text/nearest.ts';
import type { GraphEntry } from './graph-entry.ts';
import { isSeveral } from './graph-keys.ts';

/** Options that may differ between a conversation and what continues it: a limit, and the tool by which the answer is given. */
const mayDiffer: ReadonlySet<string> = new Set(['max-turns', 'json-schema']);

/** Options that must be equal for the model to see the conversation unchanged. */
const sameOptions = fieldsOf('claude').filter(({ name }) => !mayDiffer.has(name));

/** The entries with what they continue and whether they are continued, or what keeps them from it. */
export function withConversations(entries: readonly GraphEntry[]): {
  readonly entries: readonly GraphEntry[];
  readonly faults: Diagnostic[];
} {
  const byId = new Map(entries.map((entry) => [entry.process.id.toLowerCase(), entry]));
  const faults: Diagnostic[] = [];
  const continued = new Set<GraphEntry>();
  const originals = entries.map((entry): string | undefined => {
    const id = entry.draft.graph?.conversationFrom;
    if (id === undefined) return undefined;
    const original = byId.get(id.toLowerCase());
    const fault = faultOf(entry, original, { id, known: entries.map(({ process }) => process.id) });
    if (fault !== undefined) {
      faults.push(diagnosticOf('conversation-from', { kind: 'range', text: fault }, entry.draft.place));
      return undefined;
    }
    if (original !== undefined) continued.add(original);
    return original?.process.id;
  });
  return {
    entries: entries.map((entry, index): GraphEntry => {
      const conversationFrom = originals[index];
      const process: ProcessSpec = {
        ...entry.process,
        ...(conversationFrom !== undefined && { conversationFrom }),
        ...(continued.has(entry) && { isContinued: true }),
      };
      return { ...entry, process };
    }),
    faults,
  };
}

function faultOf(
  { process }: GraphEntry,
  original: GraphEntry | undefined,
  { id, known }: { readonly id: string; readonly known: readonly string[] },
): string | undefined {
  if (original === undefined) return `there is no entry ${quote(id)}.${didYouMean(id, known)}`;
  if (isSeveral(original.draft.graph))
    return `${quote(original.process.id)} stands for several processes; a conversation is that of one.`;
  return continuationFault(process, original.process);
}

/** Why a process cannot continue the conversation of another; undefined when it can. */
export function continuationFault(process: ProcessSpec, original: ProcessSpec): string | undefined {
  const differing: string[] = sameOptions
    .filter(({ key }) => JSON.stringify(process.claude[key]) !== JSON.stringify(original.claude[key]))
    .map(({ name }) => name);
  if (process.workingDirectory !== original.workingDirectory) differing.push('working-directory');
  if (differing.length === 0) return undefined;
  const names = differing.join(', ');
  return `${names} must be as in ${quote(original.id)}, whose conversation it continues. Set it for both, or for neither.`;
}

/** Warnings about processes that continue a conversation with another `json-schema`, one line each. */
export function continuationWarnings(processes: readonly ProcessSpec[]): readonly string[] {
  const byId = new Map(processes.map((process) => [process.id, process]));
  const differing = new Map<string, string[]>();
  for (const { id, conversationFrom, claude } of processes) {
    const original = conversationFrom === undefined ? undefined : byId.get(conversationFrom);
    if (original === undefined || original.claude.jsonSchema === claude.jsonSchema) continue;
    differing.set(original.id, [...(differing.get(original.id) ?? []), id]);
  }
  return [...differing].map(([original, ids]) => {
    return `conversation-from: the json-schema of ${someOf(ids.map(quote), 3)} is not that of ${quote(original)}: a schema is a tool, which the model reads first, so the whole conversation is paid for again instead of read from the cache.`;
  });
}

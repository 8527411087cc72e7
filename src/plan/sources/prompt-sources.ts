import type { OptionName } from '../../model/option-table.ts';
import { shownPath } from '../../options/containment.ts';
import {
  type Diagnostic,
  diagnosticOf,
  quote,
  type Result,
  refuseRange,
  type ValueDiagnostic,
} from '../../options/diagnostic.ts';
import { fileBounds } from '../../options/file-bounds.ts';
import { type FileIdentity, identifyFiles } from '../../options/file-ids.ts';
import { isStandardInput, readPromptsFromStandardInput } from '../../options/standard-input.ts';
import { readTextFile } from '../../options/text-file.ts';
import { draftsOfLines } from './each-line.ts';
import {
  largestList,
  largestPrompt,
  type PromptDraft,
  type PromptRequest,
  parsePrompt,
  readPromptFile,
} from './prompt-draft.ts';
import { draftOf } from './prompt-entry.ts';

/** The options of which exactly one must be given. */
export const promptSources = [
  'prompt',
  'prompt-file',
  'prompts',
  'prompts-file',
  'prompts-glob',
] as const satisfies readonly OptionName[];
type Source = (typeof promptSources)[number];

/** The prompts that could be read, in their order, and what is wrong with the others. */
export interface ReadPrompts {
  readonly drafts: readonly PromptDraft[];
  readonly faults: readonly Diagnostic[];
  readonly notices: readonly string[];
  /** The file that holds the list, with links resolved, when there is one. */
  readonly listFile?: string;
}

function refused(source: OptionName, diagnostics: readonly ValueDiagnostic[]): ReadPrompts {
  return { drafts: [], faults: diagnostics.map((diagnostic) => diagnosticOf(source, diagnostic)), notices: [] };
}

function single(source: Source, prompt: Result<string>): ReadPrompts {
  if (!prompt.ok) return refused(source, prompt.diagnostics);
  return { drafts: [{ source, prompt: prompt.value, values: {}, keys: [] }], faults: [], notices: [] };
}

async function list(source: Source, text: string, request: PromptRequest): Promise<ReadPrompts> {
  // Most sessions have one prompt, which takes no parser.
  const { parsePromptList } = await import('./prompt-list.ts');
  const parsed = parsePromptList(text, request.values['max-prompts']);
  const read = parsed.entries.map((entry) => draftOf(entry, source, request));
  const faults = [...refused(source, parsed.diagnostics).faults, ...read.flatMap((entry) => entry.faults)];
  // A list that a program made may well hold nothing to do.
  const isEmpty = parsed.entries.length + faults.length === 0;
  const notices = isEmpty ? [`${source}: the list is empty: there is nothing to do.`] : [];
  return { drafts: read.flatMap(({ draft }) => (draft === undefined ? [] : [draft])), faults, notices };
}

async function listFile(path: string, request: PromptRequest): Promise<ReadPrompts> {
  if (isStandardInput(path, request)) {
    const input = readPromptsFromStandardInput(request, largestList);
    return input.ok ? await list('prompts-file', input.value, request) : refused('prompts-file', input.diagnostics);
  }
  const shown = shownPath(path, request.workspace);
  const file = readTextFile({ path, shown, maxBytes: largestList, ...fileBounds(path, request) });
  if (!file.ok) return refused('prompts-file', file.diagnostics);
  const { realPath, text } = file.value;
  const { roots: allowedRoots = [], why } = fileBounds(realPath, request);
  return { ...(await list('prompts-file', text, { ...request, allowedRoots, why })), listFile: realPath };
}

function draftOfFile(path: string, identity: FileIdentity, request: PromptRequest): ReadPrompts {
  const source = 'prompts-glob';
  const prompt = readPromptFile(path, request);
  if (!prompt.ok) return refused(source, prompt.diagnostics);
  const place = { option: source, where: quote(path) };
  return {
    drafts: [{ source, place, ...identity, prompt: prompt.value, values: {}, keys: [] }],
    faults: [],
    notices: [],
  };
}

async function matchingFiles(patterns: readonly string[], request: PromptRequest): Promise<ReadPrompts> {
  const { findFiles } = await import('./prompt-globs.ts');
  const files = await findFiles(patterns, request);
  if (!files.ok) return refused('prompts-glob', files.diagnostics);
  const most = request.values['max-prompts'];
  if (files.value.length > most) {
    const text = `${files.value.length} files match, more than ${most} prompts. To allow more, raise max-prompts.`;
    return refused('prompts-glob', refuseRange(text).diagnostics);
  }
  const identities = identifyFiles(files.value);
  const read = files.value.map((file, index) => draftOfFile(file, identities[index] as FileIdentity, request));
  return { drafts: read.flatMap(({ drafts }) => drafts), faults: read.flatMap(({ faults }) => faults), notices: [] };
}

async function readSource(source: Source, request: PromptRequest): Promise<ReadPrompts> {
  const { values, workspace } = request;
  switch (source) {
    case 'prompt':
      return single(source, parsePrompt(values.prompt));
    case 'prompt-file':
      if (isStandardInput(values['prompt-file'], request))
        return single(source, readPromptsFromStandardInput(request, largestPrompt));
      return single(source, readPromptFile(shownPath(values['prompt-file'] ?? '', workspace), request));
    case 'prompts':
      return await list(source, values.prompts ?? '', request);
    case 'prompts-file':
      return await listFile(values['prompts-file'] ?? '', request);
    case 'prompts-glob':
      return await matchingFiles(values['prompts-glob'] ?? [], request);
    default:
      return source satisfies never;
  }
}

/** With `each`, one prompt becomes a process for each line. */
function withEach(read: ReadPrompts, request: PromptRequest): ReadPrompts {
  const [draft] = read.drafts;
  if (request.values.each === undefined || draft === undefined) return read;
  if (draft.source !== 'prompt' && draft.source !== 'prompt-file') {
    const text = `it takes one prompt, from prompt or prompt-file; ${draft.source} gives a list.`;
    return {
      drafts: [],
      faults: [...read.faults, ...refused('each', refuseRange(text).diagnostics).faults],
      notices: [],
    };
  }
  const drafts = draftsOfLines(draft, request);
  return drafts.ok ? { drafts: drafts.value, faults: [], notices: [] } : refused('each', drafts.diagnostics);
}

/**
 * The sources that were given. A blank text beside another source is none: `prompts: |` with an empty expression below it is a
 * line feed. Alone it is one, for the sake of the error line.
 */
function givenSources({ values }: PromptRequest): readonly Source[] {
  const named = promptSources.filter((source) => values[source] !== undefined);
  const filled = named.filter((source) => {
    const value = values[source];
    return typeof value !== 'string' || value.trim() !== '';
  });
  return filled.length > 0 ? filled : named.slice(0, 1);
}

/** Reads the one source of prompts that was given. */
export async function readPrompts(request: PromptRequest): Promise<ReadPrompts> {
  const given = givenSources(request);
  const [source, ...others] = given;
  const names = `${promptSources.slice(0, -1).join(', ')} or ${promptSources.at(-1)}`;
  if (source === undefined) {
    const hint =
      request.frontend === 'command' ? ' A text without a flag is a prompt; - reads it from standard input.' : '';
    return refused('prompt', refuseRange(`there is none. Give exactly one of ${names}.${hint}`).diagnostics);
  }
  if (others.length === 0) return withEach(await readSource(source, request), request);
  const text = `a second source of prompts beside ${source}. Give exactly one of ${names}.`;
  return { drafts: [], faults: others.map((other) => diagnosticOf(other, { kind: 'range', text })), notices: [] };
}

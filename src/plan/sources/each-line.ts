import { resolve } from 'node:path';
import { shownPath } from '../../options/containment.ts';
import { accept, type Result, refuseRange } from '../../options/diagnostic.ts';
import { fileBounds } from '../../options/file-bounds.ts';
import { isStandardInput, readStandardInput } from '../../options/standard-input.ts';
import { readTextFile } from '../../options/text-file.ts';
import { largestList, type PromptDraft, type PromptRequest } from './prompt-draft.ts';

/** In characters. A name is for people; the item itself is handed over whole. */
const longestName = 60;

/** One process a line, all with the prompt of the draft: each has its line as data, never within its prompt. */
export function draftsOfLines(draft: PromptDraft, request: PromptRequest): Result<readonly PromptDraft[]> {
  const text = readItems(request);
  if (!text.ok) return text;
  const lines = text.value.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }));
  const items = lines.filter(({ line }) => line.trim() !== '');
  const most = request.values['max-prompts'];
  if (items.length === 0) return refuseRange('every line is blank.');
  if (items.length > most) {
    return refuseRange(`${items.length} lines, more than ${most} prompts. To allow more, raise max-prompts.`);
  }
  return accept(
    items.map(({ line, number }) => ({
      ...draft,
      source: 'each',
      place: { option: 'each', where: `line ${number}` },
      name: nameOf(line.trim()),
      data: [{ id: 'item', text: line }],
    })),
  );
}

function readItems(request: PromptRequest): Result<string> {
  const { values, workspace } = request;
  const given = values.each ?? '';
  if (isStandardInput(given, request)) return readStandardInput(request, largestList);
  const path = resolve(workspace, given);
  const shown = shownPath(path, workspace);
  const file = readTextFile({ path, shown, maxBytes: largestList, ...fileBounds(path, request) });
  return file.ok ? accept(file.value.text) : file;
}

function nameOf(line: string): string {
  const characters = [...line.slice(0, 2 * (longestName + 1))];
  return characters.length <= longestName ? line : `${characters.slice(0, longestName - 1).join('')}…`;
}
